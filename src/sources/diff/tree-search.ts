// Looks for credentials in all files of a commit: the other side of a change, asked only when the change brings some. Every
// folder and file is read once, however many paths it has, and no longer than until all are found.

import type { Detection, Detector } from '../../detect/types.js';
import type { Answer, Batch } from '../../git/batch.js';
import { entriesOfTree, isFolder } from '../../git/tree.js';
import { complete } from '../siblings.js';
import { judgeBlob } from './judge-blob.js';
import { siblingsInTree } from './siblings-in-tree.js';
import type { Wanted } from './wanted.js';

export interface TreeSearch {
  readonly batch: Batch;
  readonly detector: Detector;
  readonly signal: AbortSignal;
  /** Names of trees or commits, as git resolves them; those that are not there hold nothing. */
  readonly roots: readonly string[];
  /** Blobs to look at before all others. */
  readonly first?: readonly string[];
  /** Blobs known to hold nothing that is wanted. */
  readonly passOver?: ReadonlySet<string>;
}

export interface TreeSearched {
  /** Blobs that were looked at, or passed over. */
  readonly seen: ReadonlySet<string>;
  /** Objects of these trees that git could not give. */
  readonly unread: number;
}

type Task = { readonly kind: 'tree'; readonly name: string } | { readonly kind: 'blob'; readonly oid: string };

interface Place {
  readonly tree: string;
  readonly name: string;
}

/** Questions put to git at once. */
const ROUND = 256;
const LARGEST_TREE = 64 << 20;

/** Takes off `wanted` what the trees hold. */
export const searchTrees = async (wanted: Wanted, search: TreeSearch): Promise<TreeSearched> => {
  const { batch, detector, signal, roots, first = [], passOver = new Set() } = search;
  const places = new Map<string, Place[]>();
  const asked = new Set<string>(passOver);
  const lone = new Map<string, readonly Detection[]>();
  let unread = 0;
  const tasks: Task[] = [];
  const add = (task: Task, key: string): void => {
    if (asked.has(key)) return;
    asked.add(key);
    tasks.push(task);
  };
  for (const oid of first) add({ kind: 'blob', oid }, oid);
  for (const name of roots) add({ kind: 'tree', name }, name);

  const open = ({ bytes, oid }: Extract<Answer, { kind: 'object' }>): void => {
    for (const entry of entriesOfTree(bytes ?? Buffer.alloc(0), oid.length)) {
      if (isFolder(entry)) add({ kind: 'tree', name: entry.oid }, entry.oid);
      else if (entry.mode !== SUBMODULE) {
        add({ kind: 'blob', oid: entry.oid }, entry.oid);
        note(places, entry.oid, { tree: oid, name: entry.name });
      }
    }
  };

  const run = async (task: Task): Promise<void> => {
    if (task.kind === 'tree') {
      const answer = await batch.read(treeOf(task.name), LARGEST_TREE);
      // A root that is no commit holds nothing; one that is, but whose tree is not here, may.
      if (answer.kind === 'object') open(answer);
      else if (!roots.includes(task.name) || (await isCommit(batch, task.name))) unread += 1;
      return;
    }
    const { answer, scanned } = await judgeBlob(batch, detector, task.oid);
    if (answer.kind !== 'object') unread += 1;
    for (const detection of scanned?.detections ?? []) wanted.see(detection);
    const halves = (scanned?.detections ?? []).filter((each) => each.kind === 'id-only' && wanted.mayComplete(each));
    if (halves.length > 0) lone.set(task.oid, halves);
  };

  for (let at = 0; wanted.size > 0 && at < tasks.length; ) {
    signal.throwIfAborted();
    const round = tasks.slice(at, at + ROUND);
    at += round.length;
    await Promise.all(round.map(run));
  }
  for (const [oid, halves] of lone) {
    for (const { tree, name } of places.get(oid) ?? []) {
      const left = halves.filter(wanted.mayComplete);
      const siblings = left.length === 0 ? [] : await siblingsInTree(batch, tree, name);
      for (const half of left) {
        const completed = complete(detector, half, name, siblings);
        if (completed !== null) wanted.see(completed.detection);
      }
    }
  }
  return { seen: asked, unread };
};

const isCommit = async (batch: Batch, name: string): Promise<boolean> =>
  (await batch.read(`${name}^{commit}`, 0)).kind === 'object';

/** A root may be named by its commit, or by a tag. */
const treeOf = (name: string): string => `${name}^{tree}`;

const SUBMODULE = '160000';

const note = (places: Map<string, Place[]>, oid: string, place: Place): void => {
  const known = places.get(oid);
  if (known === undefined) places.set(oid, [place]);
  else known.push(place);
};
