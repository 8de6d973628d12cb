// Where a repository keeps its own things: the folder of this work tree (HEAD, index), the one all of its work trees
// share (objects, refs, logs), and the other work trees linked to it (gitrepository-layout, git-worktree).

import { readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { type GitPlace, runGit } from './run.js';

export interface GitFolders {
  readonly own: string;
  readonly common: string;
  /** Work trees of the same repository but this one, and what git calls them: `worktrees/NAME`, `main-worktree`. */
  readonly others: readonly { readonly name: string; readonly folder: string }[];
}

/** Null when git cannot say. */
export const gitFolders = async (place: GitPlace, signal: AbortSignal): Promise<GitFolders | null> => {
  const own = await askFor(place, '--git-dir', signal);
  const common = await askFor(place, '--git-common-dir', signal);
  if (own === null || common === null) return null;
  const linked = namesIn(path.join(common, 'worktrees')).map((name) => ({
    name: `worktrees/${name}`,
    folder: path.join(common, 'worktrees', name),
  }));
  const others = [...linked, ...(own === common ? [] : [{ name: 'main-worktree', folder: common }])];
  return { own, common, others: others.filter(({ folder }) => folder !== own) };
};

const askFor = async (place: GitPlace, what: string, signal: AbortSignal): Promise<string | null> => {
  const { code, stdout } = await runGit(place, ['rev-parse', what], signal);
  if (code !== 0) return null;
  try {
    return realpathSync(path.resolve(place.cwd, stdout.toString('utf8').replace(/\n$/, '')));
  } catch {
    return null;
  }
};

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
};
