// Words as long as a secret, or as base64 of one: what a file that holds a secret without its ID has at least one of. The kernel
// looks for them, and almost every file is told by that.

import type { Words } from '../kernel/kernel.js';
import { once } from '../once.js';
import type { Rule } from './rules.js';

/** Of secrets that go with an ID. */
export const secretLengths = (rules: readonly Rule[]): readonly number[] =>
  rules.flatMap(({ key, secret }) => (key === undefined ? [] : (secret?.lengths ?? [])));

/** How long the words are of which such a file holds one at least: letters of both cases, digits, `+` and `/`. */
export const wordLengthsOf = (rules: readonly Rule[]): readonly number[] => [
  ...wordLengths(secretLengths(rules)).keys(),
];

/** Bits: a secret as it is, and base64 of one. */
const PLAIN = 1;
const BASE64 = 2;

/** How long a word is that may be a secret, plain or in base64 with a line feed or two, and nothing else: PLAIN, BASE64 or both. */
const wordLengths = (lengths: readonly number[]): ReadonlyMap<number, number> => {
  const words = new Map<number, number>(lengths.map((length) => [length, PLAIN]));
  for (const length of lengths) {
    for (let word = Math.floor((length * 4) / 3); word <= Math.ceil(((length + 4) * 4) / 3); word += 1) {
      words.set(word, (words.get(word) ?? 0) | BASE64);
    }
  }
  return words;
};

const UPPER = 1;
const LOWER = 2;
const DIGIT = 4;
const SIGN = 8;

/** Of a letter, a digit or one of the signs of base64; 0 for what ends a word. */
const classes = once(() => {
  const table = new Uint8Array(256).fill(LOWER, 97, 123).fill(UPPER, 65, 91).fill(DIGIT, 48, 58);
  table[43] = SIGN;
  table[47] = SIGN;
  return table;
});

/** A word of the right length that may be a secret: in both cases, or base64 of one. Hashes of lock files are longer. */
export const secretWords = (lengths: readonly number[]): Words => ({
  classes: classes(),
  kinds: wordLengths(lengths),
  needs: [UPPER | LOWER, UPPER | LOWER | DIGIT],
  lacks: [SIGN, 0],
});
