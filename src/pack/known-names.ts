// The names of all objects of a database, told to the kernel, which then says what objects name although it is not there.

import path from 'node:path';
import type { HashFormat } from '../git/hash.js';
import { namesIn } from './database.js';
import { openIfReadable } from './index-file.js';
import { bytesAt, type PackKernel } from './kernel.js';

/** Names told to the kernel at once. */
const PIECE = 8_192;

/** To be called when the kernel's memory is free; what it takes is not given back. */
export const loadNames = (
  kernel: PackKernel,
  known: { readonly indexes: readonly string[]; readonly loose: readonly string[] },
  hash: HashFormat,
): void => {
  const indexes = known.indexes.flatMap((file) => openIfReadable(file, hash) ?? []);
  try {
    const loose = known.loose.flatMap((folder) => looseIfListed(folder, hash));
    kernel.openNames(indexes.reduce((sum, { count }) => sum + count, loose.length));
    kernel.settle();
    const at = kernel.allocate(PIECE * hash.bytes);
    for (const index of indexes) {
      for (let from = 0; from < index.count; from += PIECE) {
        const count = Math.min(PIECE, index.count - from);
        index.namesInto(bytesAt(kernel, at, count * hash.bytes), from);
        kernel.addNames(at, count);
      }
    }
    give(kernel, at, Buffer.from(loose.join(''), 'hex'), hash, kernel.addNames);
  } finally {
    for (const index of indexes) index.close();
    kernel.rewind();
  }
};

/** Has the kernel check names that somebody else gathered. */
export const checkNames = (kernel: PackKernel, names: Uint8Array, hash: HashFormat, ready: () => void): void => {
  ready();
  give(kernel, kernel.allocate(PIECE * hash.bytes), names, hash, kernel.checkNames);
};

const give = (
  kernel: PackKernel,
  at: number,
  names: Uint8Array,
  { bytes }: HashFormat,
  take: (at: number, count: number) => void,
): void => {
  for (let from = 0; from < names.length; from += PIECE * bytes) {
    const piece = names.subarray(from, from + PIECE * bytes);
    bytesAt(kernel, at, piece.length).set(piece);
    take(at, piece.length / bytes);
  }
};

/** Names of the loose objects in a folder; none when git has emptied and removed it a moment ago. @throws Error as `readdirSync` */
export const looseIn = (folder: string, { bytes }: HashFormat): readonly string[] => {
  const rest = bytes * 2 - 2;
  return namesIn(folder)
    .filter((name) => name.length === rest && /^[0-9a-f]+$/.test(name))
    .map((name) => path.basename(folder) + name);
};

/** A folder that cannot be listed says so when its objects are read. */
const looseIfListed = (folder: string, hash: HashFormat): readonly string[] => {
  try {
    return looseIn(folder, hash);
  } catch {
    return [];
  }
};
