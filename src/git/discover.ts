// Where repositories are, told from the look of folders alone: cheap enough for the scan of a single file, for which git
// is never started.

import { statSync } from 'node:fs';
import path from 'node:path';

/** Whether `folder` looks like the top of a work tree or like a bare repository; git itself decides later. */
export const looksLike = (folder: string): 'work-tree' | 'bare' | 'neither' => {
  if (exists(path.join(folder, '.git'))) return 'work-tree';
  const parts = ['HEAD', 'objects', 'refs'];
  return parts.every((part) => exists(path.join(folder, part))) ? 'bare' : 'neither';
};

/** The nearest folder above `folder` (not itself) that is the top of a work tree, or null. */
export const workTreeAbove = (folder: string): string | null => {
  for (let at = folder; ; ) {
    // What lies inside .git is git's own and no part of a work tree.
    if (path.basename(at) === '.git') return null;
    const parent = path.dirname(at);
    if (parent === at) return null;
    if (exists(path.join(parent, '.git'))) return parent;
    at = parent;
  }
};

/** What may not be looked at counts as absent: whoever reads the folder tells that it is closed. */
const exists = (file: string): boolean => {
  try {
    return statSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
};
