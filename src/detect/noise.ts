// Tells made-up values from issued ones, by the value alone: never by its path or its neighbours. Issued values are drawn
// evenly from 58 or 62 characters, so each test below asks for something that chance gives at most once in a few
// thousand such values. There is no entropy gate: one strict enough to help drops real keys.

import type { Alphabet, Vocabulary } from './rules.js';

/** Pairs of letters that make up most of English and pinyin text; of all pairs of letters they are one in six. */
const COMMON_PAIRS = new Set(
  (
    'th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me de hi ri ro ic ne ea ra ce li ch ll be ma si om ur ' +
    'ca el ta la ns di fo ho pe ec pr no ct us ac ot il tr ly nc et ut ss so rs un lo wa ge ie ad ol rt po na ul im mi ai sh id ig'
  ).split(' '),
);

const fold = (value: string): string => value.toLowerCase();

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

/** Words in camel case, acronyms and a number at the end allowed: capitals stand where words begin. */
const CAMEL = /^[a-z]*(?:[A-Z]{1,5}[a-z]{2,})+[A-Z]{0,4}\d{0,3}$/;

/** Two words or more of three letters each, written as a name is: chance does it to a few values in ten thousand. */
const TWO_WORDS = /^(?:[a-z]{3,}|[A-Z][a-z]{2,})(?:[A-Z][a-z]{2,})+$/;

interface Stretch {
  readonly from: number;
  readonly length: number;
}

/** The runs in which each character follows the last (`abcd`, `4321`), three and longer. */
const sequences = (folded: string): readonly Stretch[] => {
  const found: Stretch[] = [];
  let run = 1;
  let step = 0;
  for (let i = 1; i <= folded.length; i++) {
    const here = i < folded.length ? folded.charCodeAt(i) - folded.charCodeAt(i - 1) : 0;
    // 9 is followed by 0 on the keyboard
    const wrapped = folded[i - 1] === '9' && folded[i] === '0' ? 1 : here;
    if (wrapped === step && (step === 1 || step === -1)) run++;
    else {
      if (run >= 3) found.push({ from: i - run, length: run });
      run = wrapped === 1 || wrapped === -1 ? 2 : 1;
      step = wrapped;
    }
  }
  return found;
};

/** Share of the positions at which the character `stride` further on is the same or the next: `a1b2c3d4`, `abcabcabc`. */
const periodicity = (folded: string): number => {
  let best = 0;
  for (let stride = 1; stride <= 10 && stride * 2 <= folded.length; stride++) {
    let same = 0;
    for (let i = stride; i < folded.length; i++) {
      const step = folded.charCodeAt(i) - folded.charCodeAt(i - stride);
      if (step === 0 || (stride < 5 && step === 1)) same++;
    }
    best = Math.max(best, same / (folded.length - stride));
  }
  return best;
};

/** Share of neighbouring characters that read like words in camel case: a letter, then a lower-case letter that often follows. */
export const wordShare = (value: string): number => {
  let words = 0;
  for (let i = 1; i < value.length; i++) {
    const second = value.charCodeAt(i);
    if (second >= 0x61 && second <= 0x7a && COMMON_PAIRS.has(fold(value.slice(i - 1, i + 1)))) words++;
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

export interface Noise {
  /** Why a value drawn from an alphabet was never issued, or null when it may have been. */
  madeUp(value: string, alphabet: Alphabet): string | null;
}

/** Stretches of a value that read as made up, as a mask: words, sequences, repeats. */
const coverage = (value: string, folded: string, words: readonly string[]): number => {
  const covered = new Uint8Array(value.length);
  for (const word of words) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1))
      covered.fill(1, at, at + word.length);
  }
  for (const stretch of value.matchAll(/(.)\1{2,}|[A-Z]?[a-z]{4,}|[A-Z]{6,}/g)) {
    const text = stretch[0];
    if (/^(.)\1/.test(text) || wordShare(text.toLowerCase()) >= 0.75)
      covered.fill(1, stretch.index, stretch.index + text.length);
  }
  for (const { from, length } of sequences(folded)) covered.fill(1, from, from + length);
  return covered.reduce((sum, one) => sum + one, 0) / value.length;
};

/** A value of which this much reads as made up was. */
const MOSTLY = 0.5;

export const createNoise = ({ placeholders }: Vocabulary): Noise => {
  const words = [...placeholders.long, ...placeholders.short];
  return {
    madeUp: (value, alphabet) => {
      const folded = fold(value);
      const long = value.length >= 20;
      const letters = alphabet === 'alphanumeric' || alphabet === 'base58' || alphabet === 'base64';
      // The commonest decoys first: what comes after costs more.
      if (letters && CAMEL.test(value) && wordShare(value) >= (long ? 0.35 : 0.45)) return 'words';
      if (letters && TWO_WORDS.test(value) && wordShare(value) >= 0.25) return 'words';
      if (/(.)\1{3}$/.test(value)) return 'mask';
      if (longestRepeat(value) >= 5 || longestRepeat(folded) >= 6) return 'repeats';
      if (alphabet !== 'digits' && distinct(value) < fewestDistinct(value.length, alphabet)) return 'few characters';
      if (sequences(folded).some(({ length }) => length >= 5)) return 'sequence';
      if (periodicity(folded) >= (value.length <= 12 ? 0.7 : 0.5)) return 'pattern';
      const word = placeholders.long.find((candidate) => folded.includes(candidate));
      if (word !== undefined) return `word ${word}`;
      // Four letters happen by chance somewhere in a value, hardly ever just at its beginning.
      const first = placeholders.short.find((candidate) => folded.startsWith(candidate));
      if (first !== undefined && value.length <= 20) return `word ${first}`;
      if (coverage(value, folded, words) >= (long ? MOSTLY : 0.65)) return 'words';
      // What follows tells letters of both cases apart from words, hashes and numbers.
      if (alphabet === 'hex' || alphabet === 'digits' || alphabet === 'lower-alphanumeric') return null;
      if (/^[0-9a-f]+$/i.test(value)) return 'hexadecimal';
      if (!/[a-z]/.test(value) && (long || !/\d/.test(value))) return 'one case';
      if (!/[A-Z]/.test(value) && (long || !/\d/.test(value) || !/[a-z]/.test(value))) return 'one case';
      if (wordShare(value) >= (value.length <= 12 ? 0.64 : value.length <= 26 ? 0.5 : 0.42)) return 'words';
      return null;
    },
  };
};
