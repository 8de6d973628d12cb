// Whether an anchor can begin a key, for the prefixes that are also words or ends of words (`HOSTS.`, `VOLTAIRE`). Asked of
// every hit of the search, so it reads bytes and allocates nothing but where an escape may stand. Wrong only in the safe
// direction.

import { isBinaryAround } from './layers/lengths.js';

/** What may follow a literal prefix: a character of the key, or what a split, an escape or a colour begins with. */
const MAY_FOLLOW = /[0-9A-Za-z"'`\\=&%<[+/_\x1b\x00-]/;
/** An escape or a colour that ends in a letter or digit just before a key. */
const ESCAPED =
  /(?:%(?:25){0,3}[0-9A-Fa-f]{2}|\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[0-7]{3}|[0nrtbf])|=[0-9A-F]{2}|(?:\[|%5[Bb])[0-9;]*[mK])$/;
const REACH = 12;
/** Bytes of an anchor that the search compares. */
const COMPARED = 8;
/** Text of which every letter is written as an escape: a key in some encoding of its own may be written so. */
const WRITTEN_OUT =
  /^(?:(?:\\u00[2-7][0-9a-f]){8}|(?:\\x[2-7][0-9a-f]){8}|(?:%[2-7][0-9a-f]){8}|(?:&#x[2-7][0-9a-f];){8}|(?:&#\d{2,3};){8}|(?:\\[01][0-7]{2}){8})/i;
const LONGEST_RUN = 64;
/** Of a key, behind its prefix. */
const SHORTEST_BODY = 12;

const tableOf = (matches: (character: string) => boolean): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, code) => (matches(String.fromCharCode(code)) ? 1 : 0));

/** @returns whether the anchor at `at` of `bytes`, whose end is `end`, may begin a key */
type KeyStart = (bytes: Uint8Array, at: number, end: number) => boolean;

/** What a word that stands glued before a key ends in: the cheap test before the words themselves. */
export const lastLettersOf = (glue: readonly string[]): ReadonlySet<string> =>
  new Set(glue.flatMap((word) => [word.slice(-1), word.slice(-1).toUpperCase()]));

/**
 * @param forms all anchors (anchors.ts): the search compares no more than eight bytes of the longer ones
 * @param glue words that may stand glued before a key
 */
export const createKeyStart = (
  prefixes: readonly string[],
  forms: readonly Uint8Array[],
  glue: readonly string[],
): KeyStart => {
  const long = forms.filter((form) => form.length > COMPARED);
  const literals = prefixes.map((prefix) => Buffer.from(prefix));
  const follows = tableOf((character) => MAY_FOLLOW.test(character));
  const lastLetters = lastLettersOf(glue);
  const precedes = tableOf((character) => !/[0-9A-Za-z]/.test(character) || lastLetters.has(character));

  const begins = tableOf((character) => '%\\=['.includes(character));

  /** How many bytes at `at` are those that `form` begins with. */
  const sameBytes = (bytes: Uint8Array, at: number, form: Uint8Array): number => {
    let same = 0;
    while (same < form.length && bytes[at + same] === form[same]) same++;
    return same;
  };

  const isRepeated = (bytes: Uint8Array, from: number, literal: Uint8Array): boolean => {
    for (let at = from; at < from + SHORTEST_BODY; at++)
      if (sameBytes(bytes, at, literal) === literal.length) return true;
    return false;
  };

  return (bytes, at, end) => {
    for (const literal of literals) {
      if (sameBytes(bytes, at, literal) < literal.length) continue;
      const next = at + literal.length;
      if (next < end && follows[bytes[next] ?? 0] === 0) return false;
      if (at === 0 || precedes[bytes[at - 1] ?? 0] === 1) return true;
      // Values stand end to end there. A key holds its prefix once, so that nothing but prefixes is no work.
      if (!isRepeated(bytes, next, literal) && isBinaryAround(bytes, at, end)) return true;
      const from = Math.max(0, at - REACH);
      let mark = at - 1;
      while (mark >= from && begins[bytes[mark] ?? 0] === 0) mark--;
      return (
        mark >= from && ESCAPED.test(Buffer.from(bytes.buffer, bytes.byteOffset + from, at - from).toString('latin1'))
      );
    }
    // A derived form: base64, UTF-16, escapes.
    let isCut = false;
    for (const form of long) {
      const same = sameBytes(bytes, at, form);
      if (same === form.length) return true;
      isCut ||= same >= COMPARED;
    }
    return (
      !isCut || WRITTEN_OUT.test(Buffer.from(bytes.subarray(at, Math.min(end, at + LONGEST_RUN))).toString('latin1'))
    );
  };
};
