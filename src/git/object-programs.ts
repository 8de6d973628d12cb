// The two of git's programs that a set of objects is read with: one lists them, one gives them. Each takes as long to start as
// to answer, so that who knows the set starts both before it is ready to read.

import { type GitOutput, type GitPlace, type GitProcess, startGit, startGitAlone, startGitOn } from './run.js';

export interface ObjectPrograms {
  readonly listing: GitOutput;
  readonly reading: GitProcess;
}

/**
 * Lists what some commits reach and others do not, by name.
 *
 * @param args of `rev-list`: object names, revisions that were checked, `--not`, `--all`
 */
export const startListing = (place: GitPlace, args: readonly string[], signal: AbortSignal): GitOutput => {
  const git = list(place, args, signal);
  keepOutput(git);
  return git;
};

const list = (place: GitPlace, args: readonly string[], signal: AbortSignal): GitOutput =>
  startGitAlone(place, [...LIST, ...args], signal);

/** Node throws away what nobody reads when a program ends; whoever listens for this is taken for a reader. */
const keepOutput = ({ stdout }: GitOutput): void => void stdout.on('readable', () => {});

/** Has output that was kept flow to who listens for 'data'. Whoever kept it may be another bundle's copy of this file. */
export const giveOutput = ({ stdout }: GitOutput): void => void stdout.removeAllListeners('readable');

const LIST = ['rev-list', '--objects', '--no-object-names', '--in-commit-order', '--missing=print'];
const READ = ['cat-file', '--buffer', '--batch'];

/** Gives the objects whose names it is told. */
export const startReading = (place: GitPlace, signal: AbortSignal): GitProcess => startGit(place, READ, signal);

/** Ends both, whatever they have still to say; what has ended already stays as it is. */
export const endBoth = ({ listing, reading }: ObjectPrograms | ChainedPrograms): void => {
  for (const git of [listing, reading]) {
    git.kill();
    git.stdout.destroy();
  }
};

export const startBoth = (place: GitPlace, args: readonly string[], signal: AbortSignal): ObjectPrograms => ({
  listing: startListing(place, args, signal),
  reading: startReading(place, signal),
});

/** One reads what the other lists: the objects come as soon as they are listed, and what is listed is seen by nobody else. */
export interface ChainedPrograms {
  readonly listing: GitOutput;
  readonly reading: GitOutput;
}

/** @param args as for `startListing` */
export const startChained = (place: GitPlace, args: readonly string[], signal: AbortSignal): ChainedPrograms => {
  const listing = list(place, args, signal);
  try {
    const reading = startGitOn(listing, place, READ, signal);
    keepOutput(reading);
    return { listing, reading };
  } catch (error) {
    endBoth({ listing, reading: listing });
    throw error;
  }
};
