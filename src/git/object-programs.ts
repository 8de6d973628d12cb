// The two of git's programs that a set of objects is read with: one lists them, one gives them. Each takes as long to start as
// to answer, so that who knows the set starts both before it is ready to read.

import { type GitPlace, type GitProcess, startGit } from './run.js';

export interface ObjectPrograms {
  readonly listing: GitProcess;
  readonly reading: GitProcess;
}

/**
 * Lists what some commits reach and others do not, by name.
 *
 * @param args of `rev-list`: object names, revisions that were checked, `--not`, `--all`
 */
export const startListing = (place: GitPlace, args: readonly string[], signal: AbortSignal): GitProcess => {
  const git = startGit(
    place,
    ['rev-list', '--objects', '--no-object-names', '--in-commit-order', '--missing=print', ...args],
    signal,
  );
  git.stdin.end();
  // Node throws away what nobody reads when a program ends; whoever listens for this is taken for a reader.
  git.stdout.on('readable', () => {});
  return git;
};

/** Gives the objects whose names it is told. */
export const startReading = (place: GitPlace, signal: AbortSignal): GitProcess =>
  startGit(place, ['cat-file', '--buffer', '--batch'], signal);

/** Ends both, whatever they have still to say; what has ended already stays as it is. */
export const endBoth = ({ listing, reading }: ObjectPrograms): void => {
  for (const git of [listing, reading]) {
    git.kill();
    git.stdout.destroy();
  }
};

export const startBoth = (place: GitPlace, args: readonly string[], signal: AbortSignal): ObjectPrograms => ({
  listing: startListing(place, args, signal),
  reading: startReading(place, signal),
});
