// Whether packs and their indexes are as they were written: both end in a checksum of all that comes before, and an index
// names that of its pack (gitformat-pack). It tells damage, not lies: whoever writes an index writes its checksum, too.

import { createHash } from 'node:crypto';
import { closeSync, fstatSync, readSync } from 'node:fs';
import type { HashFormat } from '../git/hash.js';
import { openFile } from '../git/open-file.js';
import { contentOf, objectFolders } from './database.js';
import { openIndex } from './index-file.js';

const PIECE = 1 << 20;

/**
 * Whether all folders, packs and indexes are there and undamaged; loose objects are not looked at.
 * @param objects the repository's own folder of objects; those it borrows from count, too
 * @param pause asked after each piece; what it gives is awaited
 */
export const areWhole = async (
  objects: string,
  hash: HashFormat,
  depth: 'listed' | 'checksums',
  pause: () => Promise<void> | null,
): Promise<boolean> => {
  try {
    const { folders, missing } = objectFolders(objects);
    const contents = folders.map(contentOf);
    if (folders.length === 0 || missing.length > 0) return false;
    if (contents.some(({ unindexed, packless }) => unindexed.length + packless.length > 0)) return false;
    if (depth === 'listed') return true;
    for (const { pack, index } of contents.flatMap(({ packs }) => packs)) {
      const named = packChecksum(index, hash);
      const [own, indexIsWhole] = [await checksumOf(pack, hash, pause), await checksumOf(index, hash, pause)];
      if (indexIsWhole === null || own === null || !own.equals(named)) return false;
    }
    return true;
  } catch {
    return false;
  }
};

const packChecksum = (file: string, hash: HashFormat): Buffer => {
  const index = openIndex(file, hash);
  try {
    return index.packChecksum();
  } finally {
    index.close();
  }
};

/** What a file ends in, when that is the checksum of the rest; else null. */
const checksumOf = async (
  file: string,
  { name, bytes }: HashFormat,
  pause: () => Promise<void> | null,
): Promise<Buffer | null> => {
  const fd = openFile(file);
  try {
    const end = fstatSync(fd).size - bytes;
    if (end < 0) return null;
    const digest = createHash(name);
    const piece = Buffer.allocUnsafe(Math.min(PIECE, Math.max(end, bytes)));
    for (let at = 0; at < end; ) {
      const got = readSync(fd, piece, 0, Math.min(piece.length, end - at), at);
      if (got === 0) return null;
      digest.update(piece.subarray(0, got));
      at += got;
      const paused = pause();
      if (paused !== null) await paused;
    }
    const last = Buffer.alloc(bytes);
    if (readSync(fd, last, 0, bytes, end) !== bytes) return null;
    return digest.digest().equals(last) ? last : null;
  } finally {
    closeSync(fd);
  }
};
