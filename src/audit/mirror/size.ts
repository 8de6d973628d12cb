// How many bytes a folder takes on the disk.

import type { Dirent, Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';

/** Files that vanish meanwhile count for nothing. */
export const bytesIn = async (top: string): Promise<number> => {
  let bytes = 0;
  const folders = [top];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await entriesOf(folder)) {
      const inside = path.join(folder, entry.name);
      if (entry.isDirectory()) folders.push(inside);
      else bytes += onDisk(await lstat(inside).catch(() => null));
    }
  }
  return bytes;
};

const entriesOf = (folder: string): Promise<readonly Dirent[]> =>
  readdir(folder, { withFileTypes: true }).catch(() => []);

/** What a small file takes is a block; what was only just written may have none yet. Windows says nothing of blocks. */
const onDisk = (stats: Stats | null): number => (stats === null ? 0 : Math.max(stats.size, (stats.blocks ?? 0) * 512));
