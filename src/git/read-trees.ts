// All trees of a database, reachable or not, as a graph (tree-graph.ts). As many `git cat-file` as there are threads read
// them, each a stretch of what git lists in the order of its packs, which keeps deltas near their bases.

import { LINE_FEED } from './lines.js';
import { bytesOfHex, createObjectNames, type ObjectNames } from './object-names.js';
import { type NameLines, readMany } from './read-many.js';
import { type GitPlace, gitReason, startGit } from './run.js';
import { createTreeGraph, type TreeGraph } from './tree-graph.js';

export interface ReadTreesOptions {
  readonly place: GitPlace;
  readonly nameLength: number;
  /** Blobs that are looked for, each once. */
  readonly wanted: readonly string[];
  /** `tell`: note which blobs trees name that are not there. */
  readonly absent: 'tell' | 'known';
  readonly threads: number;
  readonly signal: AbortSignal;
}

/** Histories with more trees are walked by git, which takes longer and less memory. */
const MOST_TREES = 2_000_000;
const MOST_OBJECTS = 4_000_000;
const LARGEST_TREE = 64 << 20;

/** Null when the trees are too many, too large, or one of them cannot be read: then only git can tell what is what. */
export const readTrees = async (options: ReadTreesOptions): Promise<TreeGraph | null> => {
  const { place, nameLength, wanted, threads, signal } = options;
  const listed = await listTrees(options);
  if (listed === null) return null;
  const graph = createTreeGraph({ nameLength, wanted, present: listed.present });
  const name = new Uint8Array(nameLength);
  const view = new DataView(name.buffer);
  let whole = true;
  const stop = new AbortController();
  const read = (names: NameLines): Promise<void> => {
    const each = (index: number, bytes: Buffer | null): void => {
      bytesOfHex(names, index * (2 * nameLength + 1), name, 0, nameLength);
      if (bytes !== null && graph.add(graph.trees.add(view, 0), bytes)) return;
      whole = false;
      stop.abort();
    };
    return readMany(place, names, LARGEST_TREE, each, AbortSignal.any([signal, stop.signal]));
  };
  try {
    await Promise.all(shares(listed.trees, 2 * nameLength + 1, threads).map(read));
  } catch (error) {
    signal.throwIfAborted();
    if (whole) throw error;
  }
  return whole ? graph : null;
};

/** Stretches of about the same number of names. */
const shares = (names: NameLines, width: number, count: number): readonly NameLines[] => {
  const each = Math.ceil(names.length / width / count) * width;
  return Array.from({ length: count }, (_, index) => names.subarray(index * each, (index + 1) * each));
};

const listTrees = async ({
  place,
  nameLength,
  absent,
  signal,
}: ReadTreesOptions): Promise<{ readonly trees: NameLines; readonly present: ObjectNames | null } | null> => {
  const format = '--batch-check=%(objectname) %(objecttype)';
  const git = startGit(place, ['cat-file', '--batch-all-objects', '--unordered', '--buffer', format], signal);
  git.stdin.end();
  const width = 2 * nameLength + 1;
  const present = absent === 'tell' ? createObjectNames(nameLength) : null;
  const name = new Uint8Array(nameLength);
  const view = new DataView(name.buffer);
  let trees: NameLines = Buffer.allocUnsafeSlow(width << 10);
  let filled = 0;
  let objects = 0;
  const take = (bytes: Buffer, from: number): void => {
    objects += 1;
    if (present !== null && bytesOfHex(bytes, from, name, 0, nameLength)) present.add(view, 0);
    // `<oid> tree`: told by two letters, since there are many.
    if (bytes[from + width] !== LETTER_T || bytes[from + width + 1] !== LETTER_R) return;
    if (filled === trees.length) trees = Buffer.concat([trees, Buffer.allocUnsafeSlow(trees.length)]);
    bytes.copy(trees, filled, from, from + width);
    trees[filled + width - 1] = LINE_FEED;
    filled += width;
  };
  let rest: Buffer = Buffer.alloc(0);
  let tooMany = false;
  git.stdout.on('data', (chunk: Buffer) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let end = bytes.indexOf(LINE_FEED, width); end >= 0; end = bytes.indexOf(LINE_FEED, from + width)) {
      take(bytes, from);
      from = end + 1;
    }
    rest = bytes.subarray(from);
    if (tooMany || (filled <= MOST_TREES * width && objects <= MOST_OBJECTS)) return;
    tooMany = true;
    git.kill();
  });
  const { code, stderr } = await git.ended;
  if (tooMany) return null;
  if (code !== 0) throw new Error(`git could not list all objects: ${gitReason(stderr)}`);
  return { trees: trees.subarray(0, filled), present };
};

const LETTER_T = 116;
const LETTER_R = 114;
