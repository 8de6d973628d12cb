import { describe, expect, it } from 'vitest';
import { formatBaseline, parseBaseline } from '../../src/findings/baseline.js';
import { sha256 } from '../../src/findings/fingerprint.js';

const entry = (name: string, path: string | null = 'a.env') => ({ fingerprint: sha256(name), rule: 'rule', path });

describe('the baseline', () => {
  it('is the same text whatever the order of findings', () => {
    const [a, b, c] = [entry('a'), entry('b', null), entry('c')];
    expect(formatBaseline([a, b, c])).toBe(formatBaseline([c, a, b, a]));
  });

  it('reads back what it writes', () => {
    const entries = [entry('a'), entry('b', null), entry('c', 'name with # and blanks')];
    expect([...parseBaseline(formatBaseline(entries), 'f')].sort()).toEqual(
      entries.map((each) => each.fingerprint).sort(),
    );
  });

  it('survives a merge that keeps the lines of both sides', () => {
    const [ours, theirs] = [formatBaseline([entry('a'), entry('b')]), formatBaseline([entry('c'), entry('a')])];
    expect(parseBaseline(`${ours}${theirs}`, 'f').size).toBe(3);
  });

  it('lets no file name write an entry of its own', () => {
    const text = formatBaseline([entry('a', `x\n${sha256('b')} # rule`)]);
    expect(parseBaseline(text, 'f')).toEqual(new Set([sha256('a')]));
  });

  it('names file and line of what is no fingerprint, and of a merge conflict', () => {
    expect(() => parseBaseline('# x\nnonsense', 'base.txt')).toThrow('base.txt:2: a line is a fingerprint');
    expect(() => parseBaseline('<<<<<<< HEAD', 'base.txt')).toThrow('base.txt:1: a merge conflict');
  });
});
