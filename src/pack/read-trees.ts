// Gives all trees of a database, each once and in any order, for the graph of its history (tree-graph.ts): sifted in the
// kernel, so that of each only the trees it names are left, and the few blobs that may be looked for.

import { closeSync } from 'node:fs';
import path from 'node:path';
import type { HashFormat } from '../git/hash.js';
import { contentOf, objectFolders, type PackFile } from './database.js';
import { openIndex } from './index-file.js';
import { bytesAt, createPackKernel, NOBODY, wordsAt } from './kernel.js';
import { looseIn } from './known-names.js';
import { LARGEST_LOOSE, readLoose } from './loose-objects.js';
import { loadEntryNames } from './names.js';
import { openFile } from './open-file.js';
import { JOB, KINDS, type Plan, planPack } from './plan.js';
import { HANDS, LARGEST, runGroups } from './windows.js';

/**
 * Trees one behind the other, names of files left out: of each a head (HEAD), then what is left of it, filled up to whole
 * words of four bytes.
 */
export type TreeBatch = Uint8Array;

/** Words of 32 bits before each tree of a batch: its length in bytes, its name. */
export const HEAD = { words: 9, length: 0, name: 1 } as const;

/** A batch is valid during the call only. False ends the reading. */
type TakeTrees = (trees: TreeBatch) => boolean;

export interface ReadTrees {
  /** The repository's folder of objects, absolute. */
  readonly objects: string;
  readonly hash: HashFormat;
  /** One bit for each value of a name's first 20 bits: whether an object that is looked for begins so. */
  readonly sieve: Uint32Array;
  /** What it gives is awaited now and then. */
  readonly pause: () => Promise<void> | null;
}

/**
 * False when not every tree could be read, whatever the reason, or `take` ended it.
 */
export const readAllTrees = async (options: ReadTrees, take: TakeTrees): Promise<boolean> => {
  const { folders, missing } = objectFolders(options.objects);
  if (missing.length > 0) return false;
  for (const folder of folders) {
    const { packs, unindexed, packless, loose } = contentOf(folder);
    if (unindexed.length + packless.length > 0) return false;
    for (const pack of packs) if (!(await readPackTrees(pack, options, take))) return false;
    const all = loose.map((name) => path.join(folder, name));
    if (!(await readLooseTrees(all, options, take))) return false;
  }
  return true;
};

const readPackTrees = async (file: PackFile, options: ReadTrees, take: TakeTrees): Promise<boolean> => {
  const { hash, sieve, pause } = options;
  const index = openIndex(file.index, hash);
  const fd = openFile(file.pack);
  let whole = true;
  try {
    const plans = planTrees({ pack: file.pack, fd, index }, hash);
    if (plans === null) return false;
    // Another kernel than the one that planned: what planning took is given back before the trees are kept.
    const kernel = createPackKernel([], {
      ...NOBODY,
      unread: () => {
        whole = false;
      },
      trees: (at, length) => {
        whole = whole && take(bytesAt(kernel, at, length));
      },
    });
    if (!loadEntryNames(kernel, index, hash)) return false;
    for (const plan of plans) {
      kernel.rewind();
      const at = kernel.openSieve(hash.bytes, LARGEST, plan.before);
      wordsAt(kernel, at, sieve.length).set(sieve);
      const { mostJobs, mostDepth, mostWindow, mostDelta } = plan;
      kernel.openRun(mostJobs, mostDepth, mostWindow, mostDelta, LARGEST, LARGEST, HANDS.trees);
      const read = await runGroups(kernel, fd, plan, new Int32Array(1), {
        window: () => {},
        group: pause,
      });
      if (!read || !whole) return false;
    }
    return true;
  } finally {
    closeSync(fd);
    index.close();
  }
};

/** Trees of a pack: what their plans take is kept while they are read. */
const MOST_TREES = 2_000_000;

/** Null when not all trees can be planned, or there are too many. */
const planTrees = (pack: Parameters<typeof planPack>[1], hash: HashFormat): readonly Plan[] | null => {
  const kernel = createPackKernel([], NOBODY);
  const plans: Plan[] = [];
  let trees = 0;
  for (const { plan, unplanned, circular } of planPack(kernel, pack, {
    hash,
    largest: LARGEST,
    kinds: KINDS.trees,
    entries: 'by index',
    names: null,
  })) {
    trees += plan.jobs.length / JOB.words;
    if (unplanned.length + circular.length > 0 || trees > MOST_TREES) return null;
    plans.push(plan);
  }
  return plans;
};

const readLooseTrees = async (folders: readonly string[], options: ReadTrees, take: TakeTrees): Promise<boolean> => {
  if (folders.length === 0) return true;
  const kernel = createPackKernel([], NOBODY);
  kernel.rewind();
  kernel.openLoose(LARGEST_LOOSE, LARGEST);
  for (const folder of folders) {
    for (const oid of looseIn(folder, options.hash)) {
      const object = readLoose(kernel, path.join(folder, oid.slice(2)));
      if (object === 'gone' || object === 'unread' || object === 'damaged') return false;
      const { type, from, to } = object;
      const bytes = bytesAt(kernel, kernel.looseObjectAt() + from, to - from);
      if (type === 'tree' && !take(batchOf(Buffer.from(oid, 'hex'), bytes))) return false;
    }
    const paused = options.pause();
    if (paused !== null) await paused;
  }
  return true;
};

/** One tree as a batch. */
export const batchOf = (name: Uint8Array, tree: Uint8Array): TreeBatch => {
  const words = new Uint32Array(HEAD.words + Math.ceil(tree.length / 4));
  words[HEAD.length] = tree.length;
  const batch = new Uint8Array(words.buffer);
  batch.set(name, HEAD.name * 4);
  batch.set(tree, HEAD.words * 4);
  return batch;
};
