// Turns ways through trees into paths: each tree on the way is read once and asked what it calls the next.

import { linesOf, readMany } from './read-many.js';
import type { GitPlace } from './run.js';
import { entriesOfTree } from './tree.js';

/** Names of the trees from a root to the one that names the object, and of the object. */
export type NamedChain = readonly string[];

const LARGEST_TREE = 64 << 20;
/** Chains looked up at a time, so that memory stays flat. */
const AT_ONCE = 4_096;

/**
 * A path for each chain, in their order; null where a tree cannot be read.
 * @param named names the trees of a chain
 */
export const pathsOfChains = async <Chain>(
  place: GitPlace,
  chains: readonly Chain[],
  named: (chain: Chain) => NamedChain,
  signal: AbortSignal,
): Promise<readonly (string | null)[]> => {
  const paths: (string | null)[] = [];
  for (let from = 0; from < chains.length; from += AT_ONCE) {
    const part = chains.slice(from, from + AT_ONCE).map(named);
    const names = await namesIn(place, part, signal);
    for (const chain of part) paths.push(pathOf(chain, names));
  }
  return paths;
};

/** What a tree calls what it holds: by the tree's name, then by the other's. */
type Names = ReadonlyMap<string, ReadonlyMap<string, string>>;

const namesIn = async (place: GitPlace, chains: readonly NamedChain[], signal: AbortSignal): Promise<Names> => {
  const asked = new Map<string, Map<string, string>>();
  for (const chain of chains) {
    for (const [index, child] of chain.entries()) {
      const tree = chain[index - 1];
      if (tree === undefined) continue;
      const children = asked.get(tree);
      if (children === undefined) asked.set(tree, new Map([[child, '']]));
      else children.set(child, '');
    }
  }
  const trees = [...asked.entries()];
  const lines = linesOf(asked.keys());
  const each = (index: number, bytes: Buffer | null): void => {
    const [tree, children] = trees[index] ?? [];
    if (bytes === null || tree === undefined || children === undefined) return;
    for (const { oid, name } of entriesOfTree(bytes, tree.length)) {
      // The first of several: the way a walk takes.
      if (children.get(oid) === '') children.set(oid, name);
    }
  };
  await readMany(place, lines, LARGEST_TREE, each, signal);
  return asked;
};

const pathOf = (chain: NamedChain, names: Names): string | null => {
  const parts = chain.slice(1).map((child, index) => names.get(chain[index] ?? '')?.get(child) ?? '');
  return parts.includes('') ? null : parts.join('/');
};
