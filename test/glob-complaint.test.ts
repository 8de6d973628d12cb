import picomatch from 'picomatch';
import { describe, expect, it } from 'vitest';
import { complaintAbout } from '../src/glob-complaint.js';

const isCompiled = (glob: string): boolean => {
  try {
    // It tells only then.
    picomatch.makeRe(glob, { dot: true, noextglob: true, nonegate: true, posix: true, debug: true });
    return true;
  } catch {
    return false;
  }
};

/** All texts of these letters, up to a length. */
const textsOf = function* (letters: string, length: number, before = ''): Iterable<string> {
  if (before !== '') yield before;
  if (length > 0) for (const letter of letters) yield* textsOf(letters, length - 1, before + letter);
};

describe('a glob that no path can match', () => {
  it.each([
    ['[z-a]', 'has the set [z-a], whose range runs backwards'],
    ['src/[!z-a].ts', 'has the set [!z-a], whose range runs backwards'],
    ['{a,b', 'has a `{` that is not closed'],
    ['{a,{b', 'has a `{` that is not closed'],
    ['a\\', 'ends with a backslash'],
    ['', 'is empty'],
  ])('is named: %j', (glob, what) => {
    expect(complaintAbout(glob)?.what).toBe(what);
  });

  it.each(['\\{a', '[{]a', 'a}', '{a,b}', '{}', '[a-z]', '[!a-z]', '[a-]', '[\\]]', 'a\\\\', '[', '[[:alpha:]]'])(
    'is not one that some path matches: %j',
    (glob) => {
      expect(complaintAbout(glob)).toBeNull();
    },
  );

  // An empty set is one to some and a beginning to others: glob.ts refuses what it cannot compile of them.
  it('is each that cannot be compiled', () => {
    const unnamed = [...textsOf('{},[]-za!\\*', 4)].filter(
      (glob) => !glob.includes('[]') && complaintAbout(glob) === null && !isCompiled(glob),
    );
    expect(unnamed).toEqual([]);
  });
});
