// What git is asked about the commit that is about to be made: which entries of the index HEAD does not have. Asked before
// anything else is loaded: git works meanwhile.

import { AkscanError } from '../../errors.js';
import { findHere, type Here } from '../../git/here.js';
import { indexChanges } from '../../git/index-diff.js';

export interface AskedStaged {
  readonly here: Here;
  readonly comparing: ReturnType<typeof indexChanges>;
}

/** @throws AkscanError outside a repository, or in a bare one */
export const askStaged = (signal: AbortSignal): AskedStaged => {
  const here = findHere();
  if (here.bare) {
    throw new AkscanError(
      `${process.cwd()} has no work tree, and so no index`,
      'Use akscan range for what a push brings, or akscan scan.',
    );
  }
  const comparing = indexChanges(here.place, signal);
  // Told to whoever awaits it.
  comparing.catch(() => {});
  return { here, comparing };
};
