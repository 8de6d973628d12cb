// Which blobs the files of a commit are: trees alone are read.

import type { Batch } from '../../git/batch.js';
import { entriesOfTree, isFolder } from '../../git/tree.js';

const ROUND = 256;
const LARGEST_TREE = 64 << 20;

/** @returns those of `wanted` that stand in one of the trees */
export const presentIn = async (
  batch: Batch,
  roots: readonly string[],
  wanted: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> => {
  const present = new Set<string>();
  const asked = new Set<string>();
  const trees = roots.map((root) => `${root}^{tree}`);
  /** What a tag may name by itself. */
  const look = async (root: string): Promise<void> => {
    const answer = await batch.read(`${root}^{blob}`, 0);
    if (answer.kind === 'object' && wanted.has(answer.oid)) present.add(answer.oid);
  };
  const open = async (name: string): Promise<void> => {
    const answer = await batch.read(name, LARGEST_TREE);
    if (answer.kind !== 'object' && name.endsWith('^{tree}')) await look(name.slice(0, -'^{tree}'.length));
    if (answer.kind !== 'object' || answer.bytes === null) return;
    for (const entry of entriesOfTree(answer.bytes, answer.oid.length)) {
      const { oid } = entry;
      if (!isFolder(entry)) {
        if (wanted.has(oid)) present.add(oid);
      } else if (!asked.has(oid)) {
        asked.add(oid);
        trees.push(oid);
      }
    }
  };
  for (let at = 0; present.size < wanted.size && at < trees.length; ) {
    signal.throwIfAborted();
    const round = trees.slice(at, at + ROUND);
    at += round.length;
    await Promise.all(round.map(open));
  }
  return present;
};
