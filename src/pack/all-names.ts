// The names of all objects of a database, sorted, each once: from the indexes of its packs and the folders of its loose
// objects, without asking git. A day later, what is not among them is new, however the database was repacked.

import path from 'node:path';
import type { HashFormat } from '../git/hash.js';
import { contentOf, objectFolders } from './database.js';
import { namesOf, openIndex, positionOf } from './index-file.js';
import { looseIn } from './known-names.js';

/** Names in binary, one after the other, in ascending order. */
export type SortedNames = Buffer;

/**
 * @param objects the repository's own folder of objects; those it borrows from count, too
 * @throws Error when an index cannot be read, or a pack has none: then only git knows what there is
 */
export const allObjectNames = (objects: string, hash: HashFormat): SortedNames => {
  const lists: SortedNames[] = [];
  const { folders } = objectFolders(objects);
  if (folders.length === 0) throw new Error(`there is no folder ${objects}`);
  for (const folder of folders) {
    const { packs, unindexed, loose } = contentOf(folder);
    if (unindexed.length > 0) throw new Error(`${path.basename(unindexed[0] ?? '')} has no index`);
    for (const { index } of packs) lists.push(namesOfPack(index, hash));
    lists.push(looseNames(folder, loose, hash));
  }
  // Small ones first, so that no name is moved oftener than needed.
  lists.sort((a, b) => a.length - b.length);
  return lists.reduce((all, names) => union(all, names, hash), Buffer.alloc(0));
};

export interface LooseNames {
  readonly names: SortedNames;
  /** One of them at least is in a pack as well, or loose in two folders. */
  readonly storedTwice: boolean;
}

/** Of loose objects only. @throws Error as `allObjectNames` */
export const looseObjectNames = (objects: string, hash: HashFormat): LooseNames => {
  const contents = objectFolders(objects).folders.map((folder) => ({ folder, ...contentOf(folder) }));
  const lists = contents.map(({ folder, loose }) => looseNames(folder, loose, hash));
  const names = lists.reduce((all, list) => union(all, list, hash), Buffer.alloc(0));
  if (names.length < lists.reduce((sum, { length }) => sum + length, 0)) return { names, storedTwice: true };
  const isIn = (index: string): boolean => intersection(names, namesOfPack(index, hash), hash).length > 0;
  const storedTwice = names.length > 0 && contents.some(({ packs }) => packs.some(({ index }) => isIn(index)));
  return { names, storedTwice };
};

const namesOfPack = (file: string, hash: HashFormat): SortedNames => {
  const index = openIndex(file, hash);
  try {
    return namesOf(index, hash);
  } finally {
    index.close();
  }
};

const looseNames = (folder: string, loose: readonly string[], hash: HashFormat): SortedNames =>
  namesOfHex(loose.flatMap((two) => looseIn(path.join(folder, two), hash)));

/** Whether the name at `at` comes before that at `other`: negative, zero or positive. */
const compareAt = (a: SortedNames, at: number, b: SortedNames, other: number, bytes: number): number =>
  a.compare(b, other, other + bytes, at, at + bytes);

export const union = (a: SortedNames, b: SortedNames, hash: HashFormat): SortedNames => {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  return merge(a, b, hash, ({ order }) => (order <= 0 ? 'a' : 'b'));
};

/** Those of `a` that `b` lacks. */
export const difference = (a: SortedNames, b: SortedNames, hash: HashFormat): SortedNames =>
  b.length === 0 ? a : merge(a, b, hash, ({ order }) => (order < 0 ? 'a' : 'none'));

export const intersection = (a: SortedNames, b: SortedNames, hash: HashFormat): SortedNames =>
  a.equals(b) ? a : merge(a, b, hash, ({ order }) => (order === 0 ? 'a' : 'none'));

/** Walks through both at once; `choose` says what to keep where the names differ, or are one. */
const merge = (
  a: SortedNames,
  b: SortedNames,
  { bytes }: HashFormat,
  choose: (at: { readonly order: number }) => 'a' | 'b' | 'none',
): SortedNames => {
  const kept = Buffer.allocUnsafe(a.length + b.length);
  let filled = 0;
  for (let at = 0, other = 0; at < a.length || other < b.length; ) {
    const order = at === a.length ? 1 : other === b.length ? -1 : compareAt(a, at, b, other, bytes);
    const choice = choose({ order });
    if (choice === 'a') a.copy(kept, filled, at, at + bytes);
    if (choice === 'b') b.copy(kept, filled, other, other + bytes);
    if (choice !== 'none') filled += bytes;
    if (order <= 0) at += bytes;
    if (order >= 0) other += bytes;
  }
  return Buffer.from(kept.subarray(0, filled));
};

/** Names in any order, some perhaps twice. */
export const inOrder = (names: Uint8Array, { bytes }: HashFormat): SortedNames => {
  const all = Buffer.from(names.buffer, names.byteOffset, names.length);
  const places = Uint32Array.from({ length: names.length / bytes }, (_, index) => index * bytes);
  places.sort((a, b) => compareAt(all, a, all, b, bytes));
  const sorted = Buffer.allocUnsafe(names.length);
  let filled = 0;
  for (const at of places) {
    if (filled > 0 && compareAt(all, at, sorted, filled - bytes, bytes) === 0) continue;
    all.copy(sorted, filled, at, at + bytes);
    filled += bytes;
  }
  return Buffer.from(sorted.subarray(0, filled));
};

export const holdsName = (names: SortedNames, name: Uint8Array, hash: HashFormat): boolean =>
  positionOf(names, hash, name) >= 0;

export function* eachName(names: SortedNames, { bytes }: HashFormat): Generator<string> {
  for (let at = 0; at < names.length; at += bytes) yield names.toString('hex', at, at + bytes);
}

export const namesOfHex = (oids: Iterable<string>): SortedNames => Buffer.from([...oids].sort().join(''), 'hex');
