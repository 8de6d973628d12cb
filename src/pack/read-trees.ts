// Gives all trees of a database, each once and in any order, for the graph of its history (tree-graph.ts): sifted in the
// kernel, so that of each only the trees it names are left, and the few blobs that may be looked for.

import { closeSync } from 'node:fs';
import path from 'node:path';
import type { HashFormat } from '../git/hash.js';
import { openFile } from '../git/open-file.js';
import { contentOf, objectFolders, type PackFile } from './database.js';
import { type IndexFile, openIndex } from './index-file.js';
import { bytesAt, createPackKernel, NOBODY, wordsAt } from './kernel.js';
import { looseIn } from './known-names.js';
import { collectorFor } from './leftovers.js';
import { LARGEST_LOOSE, readLoose } from './loose-objects.js';
import { JOB, KINDS, type Plan, planPack } from './plan.js';
import { HANDS, LARGEST, runGroups } from './windows.js';

/** Of each tree of a batch, words of 32 bits: its length in bytes, its entry of the pack; then the tree, up to a whole word. */
export const HEAD = { words: 2, length: 0, entry: 1 } as const;

/** Where trees go, names of files left out. What is handed over is valid during the call only; false ends the reading. */
export interface TakesTrees {
  /** A pack comes. @param types what planning said of each of its entries */
  pack(index: IndexFile, types: Uint8Array): boolean;
  /** Trees of the pack, one behind the other (HEAD). */
  trees(batch: Uint8Array): boolean;
  /** A loose one. */
  tree(name: Uint8Array, tree: Uint8Array): boolean;
}

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
 * False when not every tree could be read, whatever the reason, or `into` ended it.
 */
export const readAllTrees = async (options: ReadTrees, into: TakesTrees): Promise<boolean> => {
  const { folders, missing } = objectFolders(options.objects);
  if (missing.length > 0) return false;
  for (const folder of folders) {
    const { packs, unindexed, packless, loose } = contentOf(folder);
    if (unindexed.length + packless.length > 0) return false;
    for (const pack of packs) if (!(await readPackTrees(pack, options, into))) return false;
    const all = loose.map((name) => path.join(folder, name));
    if (!(await readLooseTrees(all, options, into))) return false;
  }
  return true;
};

const readPackTrees = async (file: PackFile, options: ReadTrees, into: TakesTrees): Promise<boolean> => {
  const { hash, sieve, pause } = options;
  const index = openIndex(file.index, hash);
  const fd = openFile(file.pack);
  let whole = true;
  try {
    const planned = planTrees({ pack: file.pack, fd, index }, hash);
    // What planning took is given back before the trees are kept.
    collectorFor(index.count)?.();
    if (planned === null || !into.pack(index, planned.types)) return false;
    const kernel = createPackKernel([], {
      ...NOBODY,
      unread: () => {
        whole = false;
      },
      trees: (at, length) => {
        whole = whole && into.trees(bytesAt(kernel, at, length));
      },
    });
    for (const plan of planned.plans) {
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
const planTrees = (
  pack: Parameters<typeof planPack>[1],
  hash: HashFormat,
): { readonly plans: readonly Plan[]; readonly types: Uint8Array } | null => {
  const kernel = createPackKernel([], NOBODY);
  const types = new Uint8Array(pack.index.count);
  const plans: Plan[] = [];
  let trees = 0;
  for (const { plan, objects, unplanned, circular } of planPack(() => kernel, pack, {
    hash,
    largest: LARGEST,
    kinds: KINDS.trees,
    entries: 'by index',
    names: null,
  })) {
    trees += plan.jobs.length / JOB.words;
    if (unplanned.length + circular.length > 0 || trees > MOST_TREES) return null;
    plans.push(plan);
    types.set(bytesAt(kernel, kernel.number('types'), objects), plan.before);
  }
  return { plans, types };
};

const readLooseTrees = async (folders: readonly string[], options: ReadTrees, into: TakesTrees): Promise<boolean> => {
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
      if (type === 'tree' && !into.tree(Buffer.from(oid, 'hex'), bytes)) return false;
    }
    const paused = options.pause();
    if (paused !== null) await paused;
  }
  return true;
};
