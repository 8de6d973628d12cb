// Whether everything that commits, tags and refs name is there. Names are looked up among all names of the database by their
// first eight bytes, which no two objects share by chance. Tables lie in shared memory: every thread looks up what it has met.

import type { HashFormat } from '../git/hash.js';
import type { IndexFile } from './index-file.js';

/** The names of a pack, or of loose objects. */
export interface NameTable {
  /** The first and second four bytes of each name, sorted by both. */
  readonly high: Uint32Array;
  readonly low: Uint32Array;
  /** First position of each first two bytes; one more for the end. */
  readonly starts: Uint32Array;
}

/** Names that are missing after which the rest is not looked for: the history is ruined. */
const MOST = 1_000;
/** Names read at once. */
const PIECE = 16_384;

export const tableOfIndex = (index: IndexFile, { bytes: stride }: HashFormat): NameTable => {
  const table = emptyTable(index.count);
  const piece = Buffer.alloc(PIECE * stride);
  const view = new DataView(piece.buffer, piece.byteOffset, piece.length);
  for (let from = 0; from < index.count; from += PIECE) {
    const count = Math.min(PIECE, index.count - from);
    index.namesInto(piece.subarray(0, count * stride), from);
    for (let at = 0; at < count; at++) {
      table.high[from + at] = view.getUint32(at * stride);
      table.low[from + at] = view.getUint32(at * stride + 4);
    }
  }
  fillStarts(table);
  return table;
};

/** @param names in hexadecimal, in any order */
export const tableOfNames = (names: readonly string[]): NameTable => {
  const table = emptyTable(names.length);
  for (const [at, name] of [...names].sort().entries()) {
    table.high[at] = Number.parseInt(name.slice(0, 8), 16);
    table.low[at] = Number.parseInt(name.slice(8, 16), 16);
  }
  fillStarts(table);
  return table;
};

const emptyTable = (count: number): NameTable => ({
  high: new Uint32Array(new SharedArrayBuffer(count * 4)),
  low: new Uint32Array(new SharedArrayBuffer(count * 4)),
  starts: new Uint32Array(new SharedArrayBuffer(65_537 * 4)),
});

const fillStarts = ({ high, starts }: NameTable): void => {
  let next = 0;
  for (let at = 0; at < high.length; at++) {
    const first = (high[at] ?? 0) >>> 16;
    while (next <= first) starts[next++] = at;
  }
  starts.fill(high.length, next);
};

/** Those of the names, in binary, that no table holds; in hexadecimal, each once. */
export const missingNames = (
  tables: readonly NameTable[],
  names: Uint8Array,
  { bytes: stride }: HashFormat,
): readonly string[] => {
  const missing = new Set<string>();
  const view = new DataView(names.buffer, names.byteOffset, names.length);
  for (let at = 0; at < names.length && missing.size < MOST; at += stride) {
    if (isInAny(tables, view.getUint32(at), view.getUint32(at + 4))) continue;
    missing.add(Buffer.from(names.subarray(at, at + stride)).toString('hex'));
  }
  return [...missing];
};

const isInAny = (tables: readonly NameTable[], first: number, second: number): boolean => {
  for (const table of tables) if (isIn(table, first, second)) return true;
  return false;
};

const isIn = ({ high, low, starts }: NameTable, first: number, second: number): boolean => {
  let from = starts[first >>> 16] ?? 0;
  let to = starts[(first >>> 16) + 1] ?? 0;
  while (from < to) {
    const middle = (from + to) >> 1;
    const found = high[middle] ?? 0;
    if (found < first || (found === first && (low[middle] ?? 0) < second)) from = middle + 1;
    else to = middle;
  }
  return high[from] === first && low[from] === second;
};
