// Names of objects from where they lie in a pack, asked for few of them: those that held something and those that could not
// be read.

import type { HashFormat } from '../git/hash.js';
import { eachName, eachOffset, type IndexFile, openIfReadable } from './index-file.js';
import { bytesAt, type PackKernel, wordsAt } from './kernel.js';

export interface Named {
  readonly offset: number;
  readonly oid: string;
}

/** The names of the entries that begin at `wanted`, in the order of their offsets. One that the index lacks is left out. */
export const namesAt = (index: IndexFile, wanted: Iterable<number>): readonly Named[] => {
  const left = new Set(wanted);
  if (left.size === 0) return [];
  const named: Named[] = [];
  eachOffset(index, (offset, position) => {
    if (left.has(offset)) named.push({ offset, oid: index.nameOf(position) });
  });
  return named.sort((a, b) => a.offset - b.offset);
};

/**
 * The names of all objects that an index lists; may be asked for several times. Of one that went away meanwhile, none: what it
 * was the index of has been told of.
 */
export const allNames = (file: string, hash: HashFormat): Iterable<string> => ({
  *[Symbol.iterator]() {
    const index = openIfReadable(file, hash);
    if (index === null) return;
    try {
      yield* eachName(index, hash);
    } finally {
      index.close();
    }
  },
});

/** Objects of which all names may be held in memory. */
const MOST_NAMES = 3_000_000;

/** Names of all entries of a pack, to be found by where they begin. Shared between threads. */
export interface NamesByOffset {
  /** `offset * (count + 1) + position in the index`, ascending: numbers are all there is to sort. */
  readonly order: Float64Array;
  readonly names: Uint8Array;
  readonly hashBytes: number;
}

/** Null when they are too many to be held, or when offsets and positions together are more than a number holds. */
export const namesByOffset = (index: IndexFile, { bytes }: HashFormat): NamesByOffset | null => {
  const order = orderOf(index, () => new SharedArrayBuffer(index.count * 8));
  if (order === null) return null;
  const names = new Uint8Array(new SharedArrayBuffer(index.count * bytes));
  index.namesInto(names, 0);
  return { order, names, hashBytes: bytes };
};

/** As in NamesByOffset. */
const orderOf = (index: IndexFile, room: () => ArrayBufferLike): Float64Array | null => {
  if (index.count > MOST_NAMES) return null;
  const width = index.count + 1;
  const order = new Float64Array(room());
  eachOffset(index, (offset, position) => {
    order[position] = offset * width + position;
  });
  order.sort();
  return (order.at(-1) ?? 0) > Number.MAX_SAFE_INTEGER ? null : order;
};

/** Empty when no entry begins there. */
export const nameAt = ({ order, names, hashBytes }: NamesByOffset, offset: number): Uint8Array => {
  const width = order.length + 1;
  const sought = offset * width;
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((order[middle] ?? 0) < sought) low = middle + 1;
    else high = middle;
  }
  const position = (order[low] ?? -1) - sought;
  return position >= 0 && position < width
    ? names.subarray(position * hashBytes, (position + 1) * hashBytes)
    : new Uint8Array();
};

/** Names told to the kernel at once. */
const PIECE = 8_192;

/**
 * Has the kernel number the trees of a pack by their names (assembly/entry-numbers.ts).
 * @param types what planning said of each entry, in the order of the pack
 * @param bytes of a name
 * @returns false when there are too many names
 */
export const numberEntries = (kernel: PackKernel, index: IndexFile, types: Uint8Array, bytes: number): boolean => {
  if (index.count > MOST_NAMES) return false;
  const places = kernel.openPlaces(index.count);
  bytesAt(kernel, kernel.typesAt(), index.count).set(types);
  if (index.hasFar) {
    const order = orderOf(index, () => new ArrayBuffer(index.count * 8));
    if (order === null) return false;
    const words = wordsAt(kernel, places, index.count);
    for (const [nth, number] of order.entries()) words[number % (index.count + 1)] = nth;
  } else {
    index.offsetsInto(bytesAt(kernel, places, index.count * 4), 0);
    kernel.sortPlaces();
  }
  const piece = kernel.allocate(PIECE * bytes);
  for (let first = 0; first < index.count; first += PIECE) {
    const count = Math.min(PIECE, index.count - first);
    index.namesInto(bytesAt(kernel, piece, count * bytes), first);
    kernel.numberEntries(piece, first, count);
  }
  kernel.closePlaces();
  return true;
};
