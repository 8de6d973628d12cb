// Paths in findings are relative to their target; ignore entries speak of paths relative to the folder that holds the
// ignore file. This is the bridge between the two.

import { statSync } from 'node:fs';
import path from 'node:path';
import type { Finding, Occurrence } from './model.js';

export interface PathOf {
  (finding: Finding, occurrence: Occurrence): string | null;
  /** Whether a target is the root itself. */
  isRoot(target: string): boolean;
}

/** @param root absolute path of the folder that ignore entries are relative to */
export const createPathOf = (root: string): PathOf => {
  const prefixes = new Map<string, string>();
  const prefixOf = (target: string): string => {
    const known = prefixes.get(target);
    if (known !== undefined) return known;
    const prefix = path.relative(root, folderOf(target)).split(path.sep).join('/');
    prefixes.set(target, prefix);
    return prefix;
  };
  const pathOf = (finding: Finding, occurrence: Occurrence): string | null => {
    if (occurrence.path === null) return null;
    const prefix = prefixOf(occurrence.target ?? finding.target);
    return prefix === '' ? occurrence.path : path.posix.normalize(`${prefix}/${occurrence.path}`);
  };
  return Object.assign(pathOf, { isRoot: (target: string) => path.resolve(target) === root });
};

/** A file that is itself the target is named by its base name. */
const folderOf = (target: string): string => {
  if (target === '-') return process.cwd();
  const resolved = path.resolve(target);
  const isFolder = statSync(resolved, { throwIfNoEntry: false })?.isDirectory() ?? true;
  return isFolder ? resolved : path.dirname(resolved);
};
