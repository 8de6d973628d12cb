// --include and --exclude: globs over paths relative to the target. A glob without a slash is matched against
// the name at any depth, and one that names a folder covers what is in it, as people expect from .gitignore.

import { compileGlobs } from '../glob.js';

export interface Filter {
  /** Whether the path is to be read. */
  admits(path: string): boolean;
  /** Whether there is nothing to be asked. */
  readonly admitsAll: boolean;
}

const EVERYTHING: Filter = { admits: () => true, admitsAll: true };

export const createFilter = (include: readonly string[], exclude: readonly string[]): Filter => {
  if (include.length === 0 && exclude.length === 0) return EVERYTHING;
  const wanted = include.length === 0 ? () => true : matcher(include);
  const unwanted = exclude.length === 0 ? () => false : matcher(exclude);
  return { admits: (path) => wanted(path) && !unwanted(path), admitsAll: false };
};

const matcher = (globs: readonly string[]): ((path: string) => boolean) =>
  compileGlobs(
    globs.flatMap((glob) => {
      const bare = glob.replace(/^\.?\/+/, '').replace(/\/+$/, '');
      const anywhere = glob.replace(/\/+$/, '').includes('/') ? bare : `**/${bare}`;
      return [anywhere, `${anywhere}/**`];
    }),
  );
