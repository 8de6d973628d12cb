// What git is asked about the commit that is about to be made: which entries of the index HEAD does not have. Asked before
// anything else is loaded: git works meanwhile.

import { AkscanError } from '../../errors.js';
import { type Batch, createBatch } from '../../git/batch.js';
import { findHere, type Here, headOf } from '../../git/here.js';
import { indexChanges } from '../../git/index-diff.js';
import { isLooseCommit, objectsFolder, withLooseObjects } from '../../git/loose.js';
import { isPackedCommit } from '../../pack/packed-commit.js';

export interface AskedStaged {
  readonly here: Here;
  /** For whatever else is asked. */
  readonly batch: Batch;
  readonly comparing: ReturnType<typeof indexChanges>;
  /** Whether HEAD is a commit; also where git could not be asked. */
  headIsCommit(): Promise<boolean>;
  /** Nothing more is asked; may be called twice. */
  close(): Promise<void>;
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
  const batch = withLooseObjects(createBatch(here.place, signal), here);
  const comparing = indexChanges(here.place, signal);
  // Told to whoever awaits it.
  comparing.catch(() => {});
  const headIsCommit = async (): Promise<boolean> => {
    const head = headOf(here);
    const objects = objectsFolder(here);
    if (head !== null && (isLooseCommit(here, head) || (objects !== null && isPackedCommit(objects, head))))
      return true;
    return batch.read('HEAD^{commit}', 0).then(
      ({ kind }) => kind === 'object',
      () => true,
    );
  };
  // Whatever git says at its end was said with the object it concerns.
  return { here, batch, comparing, headIsCommit, close: () => batch.close().catch(() => {}) };
};
