// Turns offsets into lines and columns, going forward only, so that many places in one long line cost no more than one
// reading of it.

import type { Place } from './types.js';

/** What came before the first byte of a piece of a blob. */
export interface Before {
  readonly bytes: number;
  readonly lines: number;
  /** Code points since the last line break. */
  readonly columns: number;
}

export const START: Before = { bytes: 0, lines: 0, columns: 0 };

const FEED = 0x0a;

/** Bytes that begin a code point in UTF-8, and stray bytes of other encodings, count one; continuation bytes none. */
const beginsCodePoint = (byte: number): boolean => (byte & 0xc0) !== 0x80;

const hasMark = (bytes: Uint8Array): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

const countFeeds = (bytes: Uint8Array): number => {
  let lines = 0;
  for (let at = bytes.indexOf(FEED); at >= 0; at = bytes.indexOf(FEED, at + 1)) lines++;
  return lines;
};

/**
 * The state after `bytes`.
 * @param lines how many line feeds they hold, where that is known: the kernel counts large pieces many times faster
 */
export const advance = (bytes: Uint8Array, before: Before, lines: number = countFeeds(bytes)): Before => {
  let columns = lines > 0 ? 0 : before.columns;
  if (before.bytes === 0 && lines === 0 && hasMark(bytes)) columns--;
  for (let i = bytes.lastIndexOf(FEED) + 1; i < bytes.length; i++) if (beginsCodePoint(bytes[i] ?? 0)) columns++;
  return { bytes: before.bytes + bytes.length, lines: before.lines + lines, columns };
};

/**
 * Places of offsets asked for in ascending order.
 * @param countLines how many line feeds stand from one offset up to another
 */
export const createPlacer = (
  bytes: Uint8Array,
  before: Before,
  countLines: (from: number, to: number) => number = (from, to) => countFeeds(bytes.subarray(from, to)),
): ((offset: number) => Place) => {
  let at = 0;
  let state = before;
  return (offset) => {
    state = advance(bytes.subarray(at, offset), state, countLines(at, offset));
    at = offset;
    return { offset: state.bytes, line: state.lines + 1, column: state.columns + 1 };
  };
};

/** Places in UTF-16 text: two bytes a unit, a surrogate pair one code point. */
export const createWidePlacer = (
  bytes: Uint8Array,
  order: 'le' | 'be',
  parity: number,
  base: Before,
): ((offset: number) => Place) => {
  let at = parity;
  let line = base.lines + 1;
  let column = base.columns + 1;
  const [low, high] = order === 'le' ? [0, 1] : [1, 0];
  return (offset) => {
    for (; at + 1 < bytes.length && at < offset; at += 2) {
      const unit = (bytes[at + low] ?? 0) | ((bytes[at + high] ?? 0) << 8);
      if (unit === FEED) {
        line++;
        column = 1;
      } else if (unit !== 0xfeff && (unit & 0xfc00) !== 0xdc00) column++;
    }
    return { offset: base.bytes + offset, line, column };
  };
};
