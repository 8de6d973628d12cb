// The answers of walks.ts from the graph of all trees. Git lists the commits, since it knows best what a range means and
// which order it has; what they hold is a walk through memory.

import { pathsOfChains } from '../../git/chain-paths.js';
import { type CommitList, type CommitReading, readCommits } from '../../git/commit-list.js';
import { readTrees } from '../../git/read-trees.js';
import { createTreeGraph, type TreeGraph } from '../../git/tree-graph.js';
import type { Met, Walked } from '../../git/walk.js';
import type { Walks, WalksOptions } from './walks.js';

export interface GraphOptions extends WalksOptions {
  /** All of history, asked for already. */
  readonly reading: CommitReading;
  /** Blobs that are looked for, each once. */
  readonly blobs: readonly string[];
  /** Bytes of an object's name. */
  readonly nameLength: number;
  readonly threads: number;
}

/** Null when the graph cannot take this history in, or git cannot list it: then git has to walk. */
export const walksByGraph = async (options: GraphOptions): Promise<Walks | null> => {
  const { place, range, reading, blobs, signal } = options;
  const [history, graph] = await Promise.all([reading.list, graphFor(options)]);
  if (graph === null || history.damage !== null) return null;
  const roots = rootsOf(history, graph);

  const meet = async (list: CommitList, from: Uint32Array, wanted: ReadonlySet<string>): Promise<Walked> => {
    const met = new Map<string, Met>();
    const chains = new Map<string, readonly string[]>();
    const walk = graph.walk();
    const enter = (root: number, commitOf: () => string | null): void =>
      walk.enter(root, (index, chain) => {
        const oid = blobs[index] ?? '';
        if (!wanted.has(oid)) return;
        met.set(oid, { commit: commitOf(), path: null });
        chains.set(oid, [...chain.map((tree) => graph.trees.hex(tree)), oid]);
      });
    for (const [index, root] of from.entries()) enter(root, () => list.commits.hex(index));
    // What tags name comes last: a commit says more about where a blob came from.
    for (const oid of list.named) {
      const tree = graph.trees.findHex(oid);
      if (tree >= 0) enter(tree, () => null);
      if (wanted.has(oid) && !met.has(oid)) met.set(oid, { commit: null, path: null });
    }
    for (const oid of wanted) if (list.commits.findHex(oid) >= 0) met.set(oid, { commit: oid, path: null });
    const paths = await pathsOfChains(place, [...chains.values()], signal);
    for (const [index, oid] of [...chains.keys()].entries()) {
      met.set(oid, { commit: met.get(oid)?.commit ?? null, path: paths[index] ?? null });
    }
    const { missing, example } = walk.missing();
    return {
      met,
      missing: missing + list.missing.length,
      example: example ?? list.missing[0] ?? null,
      damage: list.damage,
    };
  };

  return {
    first: (wanted) => meet(history, roots, wanted),
    last: async (wanted) => {
      const last = new Map<string, string>();
      const walk = graph.walk();
      for (let index = roots.length - 1; index >= 0 && last.size < wanted.size; index--) {
        walk.enter(roots[index] ?? 0, (blob) => {
          const oid = blobs[blob] ?? '';
          if (wanted.has(oid)) last.set(oid, history.commits.hex(index));
        });
      }
      return last;
    },
    beyond: async ({ args, input }, wanted) => {
      const list = await readCommits(place, [...args, '--not', ...range], signal, input?.() ?? null).list;
      const { met } = await meet(list, rootsOf(list, graph), wanted);
      return met;
    },
  };
};

/** Messages are in no tree: when there are only those, and nothing else is asked, no tree is read. */
const graphFor = async (options: GraphOptions): Promise<TreeGraph | null> => {
  const { place, nameLength, blobs: wanted, completeness: absent, threads, signal } = options;
  return wanted.length === 0 && absent === 'known'
    ? createTreeGraph({ nameLength, wanted, present: null })
    : readTrees({ place, nameLength, wanted, absent, threads, signal });
};

/** The root trees of commits, as the graph numbers them; those that are not there get a number too. */
const rootsOf = ({ commits, roots, nameLength }: CommitList, { trees }: TreeGraph): Uint32Array =>
  Uint32Array.from({ length: commits.count }, (_, index) => trees.add(roots, index * nameLength));
