// The files that stood beside a blob when it was brought in: the same folder of that commit's tree.

import type { ObjectReader } from '../../git/object-reader.js';
import { filesOfTree, treeOfFolder } from '../../git/tree.js';
import { folderOf, joined, LARGEST_SIBLING, MOST_SIBLINGS, type Sibling } from '../siblings.js';

const LARGEST_TREE = 4 << 20;

export const siblingsInCommit = async (
  reader: ObjectReader,
  commit: string,
  path: string,
  admits: (path: string) => boolean,
): Promise<readonly Sibling[]> => {
  const folder = folderOf(path);
  const tree = await treeOfFolder(commit, folder, async (name) => {
    const found = await reader.read(name, LARGEST_TREE);
    return found?.type === 'tree' ? found : null;
  });
  if (tree === null) return [];
  const entries = filesOfTree(tree.bytes, tree.oid.length)
    .map(({ name, oid }) => ({ path: joined(folder, name), oid }))
    .filter((entry) => entry.path !== path && admits(entry.path));
  if (entries.length > MOST_SIBLINGS) return [];
  const siblings: Sibling[] = [];
  for (const entry of entries) {
    const blob = await reader.read(entry.oid, LARGEST_SIBLING);
    if (blob !== null) siblings.push({ path: entry.path, bytes: blob.bytes });
  }
  return siblings;
};
