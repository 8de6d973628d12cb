// Names of objects from where they lie in a pack, asked for few of them: those that held something and those that could not
// be read.

import type { HashFormat } from '../git/hash.js';
import { eachName, eachOffset, type IndexFile, openIfReadable } from './index-file.js';

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

/** Names of all entries of a pack, to be had by the how many-th there each is. */
export interface NamesByPlace {
  /** Puts a name, as words of 32 bits, into `words` from `at` on. */
  copy(nth: number, words: Uint32Array, at: number): void;
}

/** Null when they are too many to be held. */
export const namesByPlace = (index: IndexFile, { bytes }: HashFormat): NamesByPlace | null => {
  const positions = positionsInOrder(index);
  if (positions === null) return null;
  const length = bytes / 4;
  const names = new Uint32Array(index.count * length);
  index.namesInto(new Uint8Array(names.buffer), 0);
  return {
    copy: (nth, words, at) => {
      const from = (positions[nth] ?? 0) * length;
      for (let word = 0; word < length; word++) words[at + word] = names[from + word] ?? 0;
    },
  };
};

/** Where in the index each entry of the pack is, in the order in which they lie there; null when they are too many. */
const positionsInOrder = (index: IndexFile): Uint32Array | null => {
  if (index.hasFar) {
    const order = orderOf(index, () => new ArrayBuffer(index.count * 8));
    return order === null ? null : Uint32Array.from(order, (number) => number % (index.count + 1));
  }
  if (index.count > MOST_NAMES) return null;
  const offsets = new Uint32Array(index.count);
  let positions = new Uint32Array(index.count);
  let sorted = new Uint32Array(index.count);
  eachOffset(index, (offset, position) => {
    offsets[position] = offset;
    positions[position] = position;
  });
  // Three passes of eleven bits.
  for (let shift = 0; shift < 32; shift += 11) {
    const places = new Uint32Array(DIGITS + 1);
    for (let at = 0; at < offsets.length; at++) {
      const next = (((offsets[at] ?? 0) >>> shift) & (DIGITS - 1)) + 1;
      places[next] = (places[next] ?? 0) + 1;
    }
    for (let digit = 1; digit < DIGITS; digit++) places[digit] = (places[digit] ?? 0) + (places[digit - 1] ?? 0);
    for (let at = 0; at < positions.length; at++) {
      const position = positions[at] ?? 0;
      const digit = ((offsets[position] ?? 0) >>> shift) & (DIGITS - 1);
      const place = places[digit] ?? 0;
      places[digit] = place + 1;
      sorted[place] = position;
    }
    [positions, sorted] = [sorted, positions];
  }
  return positions;
};

const DIGITS = 1 << 11;
