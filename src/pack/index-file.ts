// Pack index files: the names of a pack's objects, sorted, and where each begins (gitformat-pack, "pack-*.idx files").
// Versions 1 and 2; what does not fit the file's size is refused, so that nothing is read beyond it.

import { closeSync, fstatSync, readSync } from 'node:fs';
import type { HashFormat } from '../git/hash.js';
import { openFile } from '../git/open-file.js';

export interface IndexFile {
  /** Objects in the pack. */
  readonly count: number;
  /**
   * Fills `bytes` with offsets from the `first`th object on, big-endian, 4 bytes each; with the highest bit set it is
   * `farOffset`'s to say.
   */
  offsetsInto(bytes: Uint8Array, first: number): void;
  /** Whether any offset takes more than 31 bits. */
  readonly hasFar: boolean;
  farOffset(number: number): number;
  /** The checksum of the pack this is the index of. */
  packChecksum(): Buffer;
  /** Fills `bytes` with names in ascending order, `hash.bytes` each, from the `first`th on. */
  namesInto(bytes: Uint8Array, first: number): void;
  /** Names of the objects at these positions of the index, in hexadecimal. */
  nameOf(position: number): string;
  close(): void;
}

export class BrokenIndex extends Error {}

const MAGIC = 0xff744f63;
const FANOUT = 256 * 4;
const HIGHEST = 0x80000000;

/**
 * @throws BrokenIndex when it is none
 * @throws Error as `openFile`
 */
export const openIndex = (file: string, hash: HashFormat): IndexFile => {
  const fd = openFile(file);
  try {
    return readIndex(fd, hash);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
};

/** Null when there is none that can be read: whoever reads its pack tells of it. */
export const openIfReadable = (file: string, hash: HashFormat): IndexFile | null => {
  try {
    return openIndex(file, hash);
  } catch {
    return null;
  }
};

const readIndex = (fd: number, hash: HashFormat): IndexFile => {
  const { size } = fstatSync(fd);
  const head = readAt(fd, 0, Math.min(size, 8 + FANOUT));
  if (head.length < 8 + FANOUT) throw new BrokenIndex('it is too short');
  const version = head.readUInt32BE(0) === MAGIC ? head.readUInt32BE(4) : 1;
  if (version > 2) throw new BrokenIndex(`its version is ${version}`);
  const fanout = version === 1 ? 0 : 8;
  let count = 0;
  for (let at = 0; at < 256; at++) {
    const next = head.readUInt32BE(fanout + at * 4);
    if (next < count) throw new BrokenIndex('its table of first bytes goes down');
    count = next;
  }
  const first = fanout + FANOUT;
  const trailer = 2 * hash.bytes;
  const names = version === 1 ? first : first + count * hash.bytes;
  const offsets = version === 1 ? first : names + count * 4;
  const far = version === 1 ? first + count * (hash.bytes + 4) : offsets + count * 4;
  const farCount = Math.floor((size - trailer - far) / 8);
  if (farCount < 0) throw new BrokenIndex('it is shorter than its number of objects');

  let farTable: Buffer | null = null;
  const stride = version === 1 ? hash.bytes + 4 : hash.bytes;
  const nameStart = version === 1 ? first + 4 : first;
  return {
    count,
    hasFar: version === 2 && farCount >= 1,
    offsetsInto: (bytes, first) => {
      if (version === 2) return readInto(fd, offsets + first * 4, bytes);
      const wanted = bytes.length / 4;
      const table = readAt(fd, offsets + first * stride, Math.max(0, wanted * stride - hash.bytes));
      for (let at = 0; at < wanted; at++) bytes.set(table.subarray(at * stride, at * stride + 4), at * 4);
    },
    farOffset: (number) => {
      if (number >= farCount) throw new BrokenIndex('an offset points outside it');
      farTable ??= readAt(fd, far, farCount * 8);
      return farTable.readUInt32BE(number * 8) * 2 ** 32 + farTable.readUInt32BE(number * 8 + 4);
    },
    packChecksum: () => readAt(fd, size - trailer, hash.bytes),
    namesInto: (bytes, first) => {
      if (version === 2) return readInto(fd, nameStart + first * stride, bytes);
      const wanted = bytes.length / hash.bytes;
      const table = readAt(fd, nameStart + first * stride, Math.max(0, wanted * stride - 4));
      for (let at = 0; at < wanted; at++)
        bytes.set(table.subarray(at * stride, at * stride + hash.bytes), at * hash.bytes);
    },
    nameOf: (position) => readAt(fd, nameStart + position * stride, hash.bytes).toString('hex'),
    close: () => closeSync(fd),
  };
};

/** All names, in ascending order. */
export const namesOf = (index: IndexFile, { bytes }: HashFormat): Buffer => {
  const names = Buffer.alloc(index.count * bytes);
  index.namesInto(names, 0);
  return names;
};

/** Objects whose names or offsets are read at once. */
const PIECE = 16_384;

/** Where each object begins, in the order of their names. */
export const eachOffset = (index: IndexFile, each: (offset: number, position: number) => void): void => {
  const bytes = Buffer.alloc(Math.min(PIECE, index.count) * 4);
  for (let from = 0; from < index.count; from += PIECE) {
    const count = Math.min(PIECE, index.count - from);
    index.offsetsInto(bytes.subarray(0, count * 4), from);
    for (let at = 0; at < count; at++) {
      const offset = bytes.readUInt32BE(at * 4);
      each(offset >= HIGHEST && index.hasFar ? index.farOffset(offset - HIGHEST) : offset, from + at);
    }
  }
};

export const offsetsOf = (index: IndexFile): Float64Array => {
  const offsets = new Float64Array(index.count);
  eachOffset(index, (offset, position) => {
    offsets[position] = offset;
  });
  return offsets;
};

/** All names in hexadecimal, in ascending order. */
export function* eachName(index: IndexFile, { bytes }: HashFormat): Generator<string> {
  const piece = Buffer.alloc(Math.min(PIECE, index.count) * bytes);
  for (let from = 0; from < index.count; from += PIECE) {
    const length = Math.min(PIECE, index.count - from) * bytes;
    index.namesInto(piece.subarray(0, length), from);
    for (let at = 0; at < length; at += bytes) yield piece.toString('hex', at, at + bytes);
  }
}

/** Position of a name among sorted ones, or -1. */
export const positionOf = (names: Buffer, { bytes }: HashFormat, name: Uint8Array): number => {
  let low = 0;
  let high = names.length / bytes;
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = names.compare(name, 0, bytes, middle * bytes, middle * bytes + bytes);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return -1;
};

const readAt = (fd: number, at: number, length: number): Buffer => {
  const bytes = Buffer.allocUnsafe(length);
  readInto(fd, at, bytes);
  return bytes;
};

/** @throws BrokenIndex when the file ends first */
const readInto = (fd: number, at: number, bytes: Uint8Array): void => {
  for (let got = 0; got < bytes.length; ) {
    const more = readSync(fd, bytes, got, bytes.length - got, at + got);
    if (more === 0) throw new BrokenIndex('it ends too soon');
    got += more;
  }
};
