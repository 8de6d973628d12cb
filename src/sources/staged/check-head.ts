// Git takes a HEAD that leads nowhere for one before the first commit, and all that is staged for new.

import { AkscanError } from '../../errors.js';
import type { Batch } from '../../git/batch.js';
import { brokenHead, commitOfHead } from '../../git/head.js';
import type { Here } from '../../git/here.js';
import type { IndexChange } from '../../git/index-diff.js';
import { isLooseCommit, objectsFolder } from '../../git/loose.js';
import { isPackedCommit } from '../../pack/packed-commit.js';

/**
 * @param changes what git says that the index adds over HEAD
 * @throws AkscanError when HEAD names a commit that is not there
 */
export const checkHead = async (here: Here, batch: Batch, changes: readonly IndexChange[]): Promise<void> => {
  // Git found something in HEAD to compare with.
  if (changes.some((change) => 'before' in change && change.before !== null)) return;
  if (isPlainCommit(here) || (await isCommit(batch))) return;
  const broken = brokenHead(here);
  if (broken === null) return;
  throw new AkscanError(`${broken} leads to no commit, so what is staged cannot be compared`, 'git fsck says more.');
};

/** Told without git, where files say it. */
const isPlainCommit = (here: Here): boolean => {
  const head = commitOfHead(here);
  const objects = objectsFolder(here);
  return head !== null && objects !== null && (isLooseCommit(here, head) || isPackedCommit(objects, head));
};

/** True also where git cannot be asked: it says why with the first object. */
const isCommit = (batch: Batch): Promise<boolean> =>
  batch.read('HEAD^{commit}', 0).then(
    ({ kind }) => kind === 'object',
    () => true,
  );
