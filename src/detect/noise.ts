// Tells made-up values from issued ones, by the value alone: never by its path or its neighbours. Issued values are drawn
// evenly from 58 or 62 characters, so each test below asks for something that chance gives hardly ever in such values, and
// what is only probable is not held against a key that has a secret of its own. There is no entropy gate: one strict
// enough to help drops real keys.

import { createDescribe } from './description.js';
import type { Alphabet } from './rules.js';
import type { Vocabulary } from './vocabulary.js';

/** Pairs of letters that make up most of English and pinyin text; of all pairs of letters they are one in six. */
const COMMON_PAIRS = new Set(
  (
    'th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me de hi ri ro ic ne ea ra ce li ch ll be ma si om ur ' +
    'ca el ta la ns di fo ho pe ec pr no ct us ac ot il tr ly nc et ut ss so rs un lo wa ge ie ad ol rt po na ul im mi ai sh id ig'
  ).split(' '),
);

/** Longest run of one character. */
const longestRepeat = (value: string): number => {
  let best = 1;
  let run = 1;
  for (let i = 1; i < value.length; i++) {
    run = value[i] === value[i - 1] ? run + 1 : 1;
    if (run > best) best = run;
  }
  return best;
};

/** Share of neighbouring characters that read like words in camel case: a letter, then a lower-case letter that often follows. */
export const wordShare = (value: string): number => {
  let words = 0;
  for (let i = 1; i < value.length; i++) {
    const second = value.charCodeAt(i);
    if (second >= 0x61 && second <= 0x7a && COMMON_PAIRS.has(value.slice(i - 1, i + 1).toLowerCase())) words++;
  }
  return words / Math.max(1, value.length - 1);
};

const distinct = (value: string): number => new Set(value).size;

/** Fewest distinct characters that chance still gives, by length. */
const fewestDistinct = (length: number, alphabet: Alphabet): number =>
  alphabet === 'hex'
    ? Math.min(6, length / 2)
    : length <= 12
      ? Math.ceil(length * 0.58)
      : length <= 20
        ? 10
        : length <= 24
          ? 12
          : 15;

/** A long name in camel case, as most text of a secret's length is: told at once. */
const LONG_NAME = /^[a-z]*(?:[A-Z]{1,5}[a-z]{2,})+[A-Z]{0,4}\d{0,3}$/;

export interface Noise {
  /** Why a value drawn from an alphabet was probably never issued, or null when it may have been. */
  madeUp(value: string, alphabet: Alphabet): string | null;
  /** Whether a value was certainly never issued: a random one is called so once in ten thousand at most. */
  surelyMadeUp(value: string, alphabet: Alphabet): boolean;
}

/** Different characters of the alphabets. */
const SIZES: Readonly<Record<Alphabet, number>> = {
  alphanumeric: 62,
  base58: 58,
  base64: 64,
  hex: 16,
  'lower-alphanumeric': 36,
  digits: 10,
};

/** Bits saved by describing a value from which on it was probably, and certainly, made up (description.ts). */
const PROBABLE = 10;
const CERTAIN = 14;

/** A word of fewer letters stands in random values now and then. */
const TELLING_WORD = 6;

export const createNoise = ({ placeholders, words }: Vocabulary): Noise => {
  const telling = placeholders.long.filter((word) => word.length >= TELLING_WORD);
  const describe = createDescribe(
    [...placeholders.long, ...placeholders.short, ...words].map((word) => word.toLowerCase()),
  );

  const repeated = (value: string): string | null => {
    if (/(.)\1{3}$/.test(value)) return 'mask';
    return longestRepeat(value) >= 5 || longestRepeat(value.toLowerCase()) >= 6 ? 'repeats' : null;
  };

  return {
    madeUp: (value, alphabet) => {
      const folded = value.toLowerCase();
      if (value.length >= 26 && LONG_NAME.test(value) && wordShare(value) >= 0.35) return 'words';
      const repeats = repeated(value);
      if (repeats !== null) return repeats;
      if (alphabet !== 'digits' && distinct(value) < fewestDistinct(value.length, alphabet)) return 'few characters';
      const word = telling.find((candidate) => folded.includes(candidate));
      if (word !== undefined) return `word ${word}`;
      // Four letters happen by chance somewhere in a value, hardly ever just at its beginning.
      const first = placeholders.short.find((candidate) => folded.startsWith(candidate));
      if (first !== undefined && value.length <= 20) return `word ${first}`;
      if (SIZES[alphabet] > 36 && /^[0-9a-f]+$/i.test(value)) return 'hexadecimal';
      return describe(value, SIZES[alphabet]) >= PROBABLE ? 'pattern' : null;
    },
    surelyMadeUp: (value, alphabet) => repeated(value) !== null || describe(value, SIZES[alphabet]) >= CERTAIN,
  };
};
