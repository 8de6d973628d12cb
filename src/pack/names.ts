// Names of objects from where they lie in a pack, asked for few of them: those that held something and those that could not
// be read.

import type { HashFormat } from '../git/hash.js';
import { type IndexFile, namesOf, offsetsOf, openIndex } from './index-file.js';

export interface Named {
  readonly offset: number;
  readonly oid: string;
}

/** The names of the entries that begin at `wanted`, in the order of their offsets. One that the index lacks is left out. */
export const namesAt = (index: IndexFile, wanted: Iterable<number>): readonly Named[] => {
  const left = new Set(wanted);
  if (left.size === 0) return [];
  const named: Named[] = [];
  offsetsOf(index).forEach((offset, position) => {
    if (left.has(offset)) named.push({ offset, oid: index.nameOf(position) });
  });
  return named.sort((a, b) => a.offset - b.offset);
};

/** The names of all objects that an index lists. */
export function* allNames(file: string, hash: HashFormat): Generator<string> {
  const index = openIndex(file, hash);
  try {
    const names = namesOf(index, hash);
    for (let at = 0; at < names.length; at += hash.bytes) yield names.toString('hex', at, at + hash.bytes);
  } finally {
    index.close();
  }
}
