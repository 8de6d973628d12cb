// The names of all commits of a database, whether anything reaches them or not. Nothing is inflated for it but loose objects:
// the headers of packs say which entries are commits.

import { closeSync } from 'node:fs';
import path from 'node:path';
import type { HashFormat } from '../git/hash.js';
import { openFile } from '../git/open-file.js';
import { contentOf, objectFolders, type PackFile } from './database.js';
import { openIndex } from './index-file.js';
import { createPackKernel, NOBODY, type PackKernel } from './kernel.js';
import { looseIn } from './known-names.js';
import { LARGEST_LOOSE, readLoose } from './loose-objects.js';
import { nameAt, namesByOffset } from './names.js';
import { JOB, KINDS, planPack } from './plan.js';
import { LARGEST } from './windows.js';

/**
 * In hexadecimal; some may come twice. What cannot be read is left out: whoever reads the objects tells of it.
 * @param objects the repository's own folder of objects, absolute
 */
export function* listCommits(objects: string, hash: HashFormat): Generator<string> {
  const kernel = createPackKernel([], NOBODY);
  for (const folder of objectFolders(objects).folders) {
    const { packs, loose } = contentOf(folder);
    for (const pack of packs) yield* orNothing(() => commitsOfPack(kernel, pack, hash));
    kernel.rewind();
    kernel.openLoose(LARGEST_LOOSE, LARGEST);
    for (const name of loose) yield* looseCommits(kernel, path.join(folder, name), hash);
  }
}

const orNothing = (list: () => readonly string[]): readonly string[] => {
  try {
    return list();
  } catch {
    return [];
  }
};

const commitsOfPack = (kernel: PackKernel, file: PackFile, hash: HashFormat): readonly string[] => {
  const index = openIndex(file.index, hash);
  const fd = openFile(file.pack);
  try {
    const names = namesByOffset(index, hash);
    if (names === null) return [];
    const commits: string[] = [];
    const planning = { hash, largest: LARGEST, kinds: KINDS.commits, entries: 'by start', names: null } as const;
    for (const { plan } of planPack(() => kernel, { pack: file.pack, fd, index }, planning)) {
      for (let at = JOB.entry; at < plan.jobs.length; at += JOB.words) {
        commits.push(Buffer.from(nameAt(names, plan.origin + (plan.jobs[at] ?? 0))).toString('hex'));
      }
    }
    return commits;
  } finally {
    closeSync(fd);
    index.close();
  }
};

function* looseCommits(kernel: PackKernel, folder: string, hash: HashFormat): Generator<string> {
  for (const oid of orNothing(() => looseIn(folder, hash))) {
    const object = readLoose(kernel, path.join(folder, oid.slice(2)));
    if (typeof object === 'object' && object.type === 'commit') yield oid;
  }
}
