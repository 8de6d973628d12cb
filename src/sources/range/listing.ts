// All objects that some commits reach and others do not, by name.

import { type GitPlace, type GitProcess, startGit } from '../../git/run.js';

/** @param args of `rev-list`: object names, revisions that were checked, `--not`, `--all` */
export const startListing = (place: GitPlace, args: readonly string[], signal: AbortSignal): GitProcess => {
  const git = startGit(
    place,
    ['rev-list', '--objects', '--no-object-names', '--in-commit-order', '--missing=print', ...args],
    signal,
  );
  git.stdin.end();
  return git;
};
