// The files beside one file, as a tree object names them.

import type { Batch } from '../../git/batch.js';
import { filesOfTree, type Tree, type TreeEntry, treeOfFolder } from '../../git/tree.js';
import { LARGEST_SIBLING, MOST_SIBLINGS, type Sibling } from '../siblings.js';

const LARGEST_TREE = 4 << 20;

/** The regular files of a folder in a commit; none when there is no such folder. */
export const filesInFolder = async (batch: Batch, commit: string, folder: string): Promise<readonly TreeEntry[]> =>
  filesOf(await treeOfFolder(commit, folder, (name) => readTree(batch, name)));

const filesOf = (tree: Tree | null): readonly TreeEntry[] =>
  tree === null ? [] : filesOfTree(tree.bytes, tree.oid.length);

const readTree = async (batch: Batch, name: string): Promise<Tree | null> => {
  const answer = await batch.read(name, LARGEST_TREE);
  if (answer.kind !== 'object' || answer.type !== 'tree' || answer.bytes === null) return null;
  return { oid: answer.oid, bytes: answer.bytes };
};

/** A small file; null for a large one or one that git cannot give. */
export const smallFile = async (batch: Batch, blob: string): Promise<Buffer | null> => {
  const answer = await batch.read(blob, LARGEST_SIBLING);
  return answer.kind === 'object' ? answer.bytes : null;
};

/** @param own the name of the file whose siblings are asked for */
export const siblingsInTree = async (batch: Batch, tree: string, own: string): Promise<readonly Sibling[]> => {
  const others = filesOf(await readTree(batch, tree)).filter(({ name }) => name !== own);
  if (others.length > MOST_SIBLINGS) return [];
  const files = await Promise.all(
    others.map(async ({ name, oid }) => ({ path: name, bytes: await smallFile(batch, oid) })),
  );
  return files.flatMap(({ path, bytes }) => (bytes === null ? [] : [{ path, bytes }]));
};
