// One folder as the index has it, told without asking git for the index: HEAD's folder, with what is staged laid over it.

import type { Batch } from '../../git/batch.js';
import type { IndexChange } from '../../git/index-diff.js';
import type { FolderFile } from '../diff/folders.js';
import { filesInFolder } from '../diff/siblings-in-tree.js';
import { joined } from '../siblings.js';

export const filesInIndex = async (
  batch: Batch,
  folder: string,
  /** Those in this folder. */
  changes: readonly IndexChange[],
): Promise<readonly FolderFile[]> => {
  const inHead = (await filesInFolder(batch, 'HEAD', folder)).map(({ name, oid }) => ({
    path: joined(folder, name),
    blob: oid,
  }));
  const files = new Map(inHead.map((file) => [file.path, file]));
  for (const change of changes) {
    if (change.kind === 'put') files.set(change.path, { path: change.path, blob: change.blob });
    else files.delete(change.path);
  }
  return [...files.values()];
};
