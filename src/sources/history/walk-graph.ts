// The answers of walks.ts from the graph of all trees. Git lists the commits, since it knows best what a range means and
// which order it has; what they hold is a walk through memory.

import { createBreather } from '../../breather.js';
import { pathsOfChains } from '../../git/chain-paths.js';
import { type CommitList, readCommits } from '../../git/commit-list.js';
import type { HashFormat } from '../../git/hash.js';
import type { Met, Walked } from '../../git/walk.js';
import { readAllTrees } from '../../pack/read-trees.js';
import { createTreeGraph, type TreeGraph } from '../../pack/tree-graph.js';
import type { Walks, WalksOptions } from './walks.js';

export interface GraphOptions extends WalksOptions {
  /** All of history, asked for already. */
  readonly reading: Promise<CommitList>;
  /** Blobs that are looked for, each once. */
  readonly blobs: readonly string[];
  /** The repository's folder of objects, absolute. */
  readonly objects: string;
  readonly hash: HashFormat;
}

/** The trees on the way to an object. */
interface Way {
  readonly oid: string;
  readonly trees: readonly number[];
}

/** Folders in a path, as many as systems open; and in all paths: a hostile repository has them deeper, and gets none. */
const DEEPEST = 2_048;
const MOST_STEPS = 2_000_000;

/** Null when the graph cannot take this history in, or git cannot list the commits: then git has to walk. */
export const walksByGraph = async (options: GraphOptions): Promise<Walks | null> => {
  const { place, range, reading, blobs, signal } = options;
  const [history, graph] = await Promise.all([reading, graphFor(options)]);
  if (graph === null || history.damage !== null) return null;
  const ofHistory = rootsOf(history, graph);

  const meet = async (list: CommitList, roots: Uint32Array, wanted: ReadonlySet<string>): Promise<Walked> => {
    const met = new Map<string, Met>();
    const chains: Way[] = [];
    let room = MOST_STEPS;
    let left = blobs.filter((oid) => wanted.has(oid)).length;
    const walk = graph.walk();
    /** The commit whose tree is walked; null below a tag. There are so many that nothing is made for each. */
    let from: number | null = null;
    const tell = (index: number, chain: Uint32Array): void => {
      const oid = blobs[index] ?? '';
      if (!wanted.has(oid)) return;
      left -= 1;
      met.set(oid, { commit: from === null ? null : list.commits.hex(from), path: null });
      if (chain.length > DEEPEST || chain.length > room) return;
      room -= chain.length;
      chains.push({ oid, trees: [...chain] });
    };
    for (let index = 0; index < roots.length && left > 0; index++) {
      from = index;
      walk.enter(roots[index] ?? 0, tell);
    }
    from = null;
    // What tags name comes last: a commit says more about where a blob came from.
    for (const oid of list.named) {
      const tree = graph.numberOf(oid);
      if (tree !== null) walk.enter(tree, tell);
      if (wanted.has(oid) && !met.has(oid)) met.set(oid, { commit: null, path: null });
    }
    for (const oid of wanted) if (list.commits.findHex(oid) >= 0) met.set(oid, { commit: oid, path: null });
    const named = ({ oid, trees }: Way): readonly string[] => [...trees.map(graph.oidOf), oid];
    const paths = await pathsOfChains(place, chains, named, signal);
    for (const [index, { oid }] of chains.entries()) {
      met.set(oid, { commit: met.get(oid)?.commit ?? null, path: paths[index] ?? null });
    }
    // Whether objects are missing is asked elsewhere.
    return { met, missing: 0, example: null, damage: list.damage };
  };

  return {
    first: (wanted) => meet(history, ofHistory, wanted),
    last: async (wanted) => {
      const last = new Map<string, string>();
      const walk = graph.walk();
      let from = ofHistory.length - 1;
      const tell = (index: number): void => {
        const oid = blobs[index] ?? '';
        if (wanted.has(oid)) last.set(oid, history.commits.hex(from));
      };
      for (; from >= 0 && last.size < wanted.size; from--) walk.enter(ofHistory[from] ?? 0, tell);
      return last;
    },
    beyond: async ({ args, input }, wanted) => {
      const list = await readCommits(place, [...args, '--not', ...range], signal, input?.() ?? null);
      const { met } = await meet(list, rootsOf(list, graph), wanted);
      return met;
    },
  };
};

/** Null when there are too many trees, or one of them cannot be read. */
const graphFor = async ({ objects, hash, blobs, signal }: GraphOptions): Promise<TreeGraph | null> => {
  const graph = createTreeGraph({ nameLength: hash.bytes, wanted: blobs });
  // Messages are in no tree: when there are only those, none is read.
  if (blobs.length === 0) return graph;
  const breather = createBreather(signal);
  const pause = (): Promise<void> | null => (breather.due() ? breather.take() : null);
  try {
    return (await readAllTrees({ objects, hash, sieve: graph.sieve, pause }, graph.into)) ? graph : null;
  } catch {
    // A repack, an index that is broken: git knows a way.
    signal.throwIfAborted();
    return null;
  }
};

/** The root trees of commits, as the graph numbers them; those that are not there get a number too. */
const rootsOf = ({ commits, roots, nameLength }: CommitList, graph: TreeGraph): Uint32Array =>
  graph.numbersOf(new Uint8Array(roots.buffer, roots.byteOffset, commits.count * nameLength));
