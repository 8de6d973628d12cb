import { describe, expect, it } from 'vitest';
import { createRunFinder } from '../../src/detect/runs.js';

const spans = (text: string, least: number): readonly (readonly [number, number])[] => {
  const finder = createRunFinder(/[a-c]/, least);
  const found: (readonly [number, number])[] = [];
  for (let from = finder.next(text, 0); from >= 0; from = finder.next(text, finder.end(text, from)))
    found.push([from, finder.end(text, from)]);
  return found;
};

const byRegExp = (text: string, least: number): readonly (readonly [number, number])[] =>
  [...text.matchAll(new RegExp(`[a-c]{${least},}`, 'g'))].map((match) => [match.index, match.index + match[0].length]);

describe('runs of characters', () => {
  it.each(['', 'a', 'abc', 'abcabc', '-abc', 'abc-', 'ab-abc-abcd', 'abczabcab', 'ĀabcĀ', 'aaaaaaaaaaaaaaaaaaaa'])(
    'are in %j where a regular expression finds them',
    (text) => {
      for (const least of [1, 2, 3, 4, 7]) expect(spans(text, least)).toEqual(byRegExp(text, least));
    },
  );

  it('are in random text where a regular expression finds them', () => {
    let state = 7;
    const random = (below: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 16) % below;
    };
    for (let turn = 0; turn < 500; turn++) {
      const text = Array.from({ length: random(80) }, () => 'aabbcc-. é'[random(10)]).join('');
      for (const least of [1, 3, 5]) expect(spans(text, least)).toEqual(byRegExp(text, least));
    }
  });

  it('may begin inside a run', () => {
    expect(createRunFinder(/[a-c]/, 3).next('abcabc', 2)).toBe(2);
    expect(createRunFinder(/[a-c]/, 3).next('abcabc', 4)).toBe(-1);
  });
});
