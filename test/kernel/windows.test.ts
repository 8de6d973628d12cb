import made from 'akscan:anchors';
import { describe, expect, it } from 'vitest';
import { BUCKETS } from '../../src/kernel/arrange.js';
import { chooseWindows, settleWindows } from '../../src/kernel/windows.js';

/** What a number says, as the kernel's addAnchor reads it. */
const read = (windows: number): { readonly froms: readonly number[]; readonly buckets: readonly number[] } => ({
  froms: [windows & 255, ((windows >> 16) & 255) - 1],
  buckets: [(windows >> 8) & 255, windows >> 24],
});

const words = ['LTAI', 'STS.', '\\u004c\\u', 'abc', 'MVEFJ', 'L\0T\0A\0I'];

describe.each([
  ['chosen once', (from: readonly string[]) => chooseWindows(from, new Map())],
  ['settled', settleWindows],
])('windows %s', (_, windowsFor) => {
  it('are two within each anchor, an even one and an odd one, each in a bucket', () => {
    for (const [index, windows] of windowsFor(words).entries()) {
      const { froms, buckets } = read(windows);
      const length = words[index]?.length ?? 0;
      expect(froms.map((from) => from & 1)).toEqual([0, 1]);
      expect(froms.every((from) => from + 3 <= length)).toBe(true);
      expect(buckets.every((bucket) => bucket >= 0 && bucket < BUCKETS)).toBe(true);
    }
  });

  it('begin a byte before an anchor only where it has three bytes', () => {
    expect(windowsFor(words).map((windows) => read(windows).froms[1] === -1)).toEqual(
      words.map((word) => word.length === 3),
    );
  });

  it('are what is rare in an anchor', () => {
    expect(read(windowsFor(['return\0\xfe'])[0] ?? 0).froms).toEqual([4, 5]);
  });

  it('are none of no anchors', () => {
    expect(windowsFor([])).toEqual([]);
  });
});

describe("windows of rules of one's own", () => {
  it('are added to those of the built-in rules, which stay as they are', () => {
    const builtIn = made.words.split('\n');
    const known = new Map(builtIn.map((word, index) => [word, made.windows[index] ?? 0]));
    const both = [...builtIn, 'internal-'.slice(0, 8)].sort();
    const windows = chooseWindows(both, known);
    for (const [index, word] of both.entries()) expect(windows[index]).toBe(known.get(word) ?? windows[index]);
    expect(windows).toHaveLength(both.length);
  });
});
