import { describe, expect, it } from 'vitest';
import { createKernel, type Words } from '../../src/kernel/kernel.js';
import { randomFrom } from '../support/keys.js';

const LOWER = 1;
const UPPER = 2;
const SIGN = 4;

const classes = new Uint8Array(256).fill(LOWER, 97, 123).fill(UPPER, 65, 91);
classes[43] = SIGN;

/** Words of both cases and no sign that are 6 or 9 long, and such as have a sign that are 8 or 9. */
const WORDS: Words = {
  classes,
  kinds: new Map([
    [6, 1],
    [8, 2],
    [9, 3],
  ]),
  needs: [LOWER | UPPER, SIGN],
  lacks: [SIGN, 0],
};

const holdsWord = (text: string): boolean =>
  text.split(/[^a-zA-Z+]+/).some((word) => {
    const cased = /[a-z]/.test(word) && /[A-Z]/.test(word) && !word.includes('+');
    return ((word.length === 6 || word.length === 9) && cased) || (/^.{8,9}$/.test(word) && word.includes('+'));
  });

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('words that are looked for', () => {
  it('are found as by splitting, on random text', () => {
    const next = randomFrom(3);
    const test = createKernel([bytes('abc')], 4_096).wordTest(WORDS);
    const seen = { yes: 0, no: 0 };
    for (let round = 0; round < 30_000; round += 1) {
      const letters = next() < 0.5 ? 'abAB+ ' : 'aA \xe4';
      const text = Array.from(
        { length: Math.floor(next() * 40) },
        () => letters[Math.floor(next() * letters.length)],
      ).join('');
      const expected = holdsWord(text);
      seen[expected ? 'yes' : 'no'] += 1;
      expect([text, test(bytes(text))]).toEqual([text, expected]);
    }
    expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(1_000);
  });

  it('end where the bytes do, whatever stands behind or before them', () => {
    const kernel = createKernel([bytes('abc')], 64);
    const test = kernel.wordTest(WORDS);
    kernel.buffer.set(bytes('xxaaaBBBxx'));
    expect(test(kernel.buffer.subarray(2, 8))).toBe(true);
    expect(test(kernel.buffer.subarray(0, 10))).toBe(false);
    expect(test(kernel.buffer.subarray(2, 7))).toBe(false);
    expect(kernel.buffer.subarray(0, 10)).toEqual(new Uint8Array(bytes('xxaaaBBBxx')));
    expect(test(bytes('aaaBBB'))).toBe(true);
    expect(test(bytes(''))).toBe(false);
  });

  it('are taken to be in what the kernel cannot hold', () => {
    const test = createKernel([bytes('abc')], 64).wordTest(WORDS);
    expect(test(new Uint8Array(64))).toBe(false);
    expect(test(new Uint8Array(65))).toBe(true);
  });

  it('may be as long as the longest secret of a rule', () => {
    const kinds = new Map([[350, 1]]);
    const test = createKernel([bytes('abc')], 4_096).wordTest({ ...WORDS, kinds });
    expect(test(bytes(` ${'aB'.repeat(175)} `))).toBe(true);
    expect(test(bytes(` ${'aB'.repeat(175)}a `))).toBe(false);
  });
});
