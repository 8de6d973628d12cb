// Which blobs the files of a commit are: trees alone are read.

import type { Answer, Batch } from '../../git/batch.js';
import { entriesOfTree, isFolder } from '../../git/tree.js';

const ROUND = 256;
const LARGEST_TREE = 64 << 20;

/**
 * @param roots what git resolves to commits, tags or trees
 * @returns those of `wanted` that stand in one of them
 */
export const presentIn = async (
  batch: Batch,
  roots: readonly string[],
  wanted: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> => {
  const present = new Set<string>();
  const asked = new Set<string>();
  const see = (oid: string): void => {
    if (wanted.has(oid)) present.add(oid);
  };
  const openRoot = async (root: string): Promise<void> => {
    const answer = await openTree(`${root}^{tree}`);
    if (answer.kind === 'object') return;
    // A tag may name a blob by itself.
    const blob = await batch.read(`${root}^{blob}`, 0);
    if (blob.kind === 'object') see(blob.oid);
  };
  const openTree = async (name: string): Promise<Answer> => {
    const answer = await batch.read(name, LARGEST_TREE);
    if (answer.kind !== 'object' || answer.bytes === null) return answer;
    for (const entry of entriesOfTree(answer.bytes, answer.oid.length)) {
      const { oid } = entry;
      if (!isFolder(entry)) see(oid);
      else if (!asked.has(oid)) {
        asked.add(oid);
        tasks.push(() => openTree(oid));
      }
    }
    return answer;
  };
  const tasks: (() => Promise<unknown>)[] = roots.map((root) => () => openRoot(root));
  for (let at = 0; present.size < wanted.size && at < tasks.length; ) {
    signal.throwIfAborted();
    const round = tasks.slice(at, at + ROUND);
    at += round.length;
    await Promise.all(round.map((open) => open()));
  }
  return present;
};
