// Whether a repository's packs hold a commit, told without git: what a commit hook wants to know of HEAD.

import { closeSync, fstatSync, readdirSync, readSync } from 'node:fs';
import path from 'node:path';
import { hashFormat } from '../git/hash.js';
import { openFile } from '../git/open-file.js';
import { type IndexFile, openIfReadable } from './index-file.js';

/** Packs; git looks through more of them sooner. */
const MOST_PACKS = 16;
/** In the first byte of an entry (gitformat-pack). */
const COMMIT = 1;

/**
 * @param objects the folder
 * @param oid whole, in hexadecimal
 * @returns false also where only git can tell
 */
export const isPackedCommit = (objects: string, oid: string): boolean => {
  const folder = path.join(objects, 'pack');
  const hash = hashFormat(oid.length === 64 ? 'sha256' : 'sha1');
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.idx'));
    if (names.length > MOST_PACKS) return false;
    for (const name of names) {
      const index = openIfReadable(path.join(folder, name), hash);
      if (index === null) continue;
      try {
        const offset = offsetIn(index, oid);
        if (offset !== null) return isCommitAt(path.join(folder, name.replace(/idx$/, 'pack')), index, offset);
      } finally {
        index.close();
      }
    }
    return false;
  } catch {
    return false;
  }
};

/** Where an object begins; null also beyond two gigabytes. */
const offsetIn = (index: IndexFile, oid: string): number | null => {
  let low = 0;
  let high = index.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    const name = index.nameOf(middle);
    if (name === oid) {
      const bytes = Buffer.alloc(4);
      index.offsetsInto(bytes, middle);
      const offset = bytes.readInt32BE(0);
      return offset < 0 ? null : offset;
    }
    if (name < oid) low = middle + 1;
    else high = middle;
  }
  return null;
};

/** Whether git would take the pack for that of the index (its packfile.c), and begins a commit there. */
const isCommitAt = (pack: string, index: IndexFile, offset: number): boolean => {
  const fd = openFile(pack);
  const read = (at: number, length: number): Buffer => {
    const bytes = Buffer.alloc(length);
    readSync(fd, bytes, 0, length, at);
    return bytes;
  };
  try {
    const head = read(0, 12);
    const trailer = index.packChecksum();
    return (
      head.toString('latin1', 0, 4) === 'PACK' &&
      (head.readUInt32BE(4) === 2 || head.readUInt32BE(4) === 3) &&
      head.readUInt32BE(8) === index.count &&
      read(fstatSync(fd).size - trailer.length, trailer.length).equals(trailer) &&
      (((read(offset, 1)[0] ?? 0) >> 4) & 7) === COMMIT
    );
  } finally {
    closeSync(fd);
  }
};
