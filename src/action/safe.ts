// A workflow of `pull_request_target` runs with the base's secrets and a token that may write. With a checkout of the pull
// request's head, one step that builds or tests it hands both to whoever opened it.

import { AkscanError } from '../errors.js';
import type { GitPlace } from '../git/run.js';
import type { Change } from './event.js';
import { mergeParents } from './parents.js';
import { isAncestor, oidOf } from './shallow.js';

/** @throws AkscanError when the files that lie here are the pull request's */
export const refuseUnsafe = async (
  { base, head }: Change,
  checkout: GitPlace,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<void> => {
  const here = await oidOf(checkout, 'HEAD^{commit}', signal);
  if (here === null || here === env['GITHUB_SHA'] || here === base) return;
  const parents = await mergeParents(checkout, here, signal);
  // A base branch that moved on is no pull request; anything that cannot be told from one is taken for it.
  const isBase =
    base !== null && here !== head && !parents.includes(head) && (await isAncestor(checkout, here, base, signal));
  if (isBase) return;
  throw new AkscanError(
    'pull_request_target with a checkout that is not the base branch: any step that runs these files gives the secrets of this repository to whoever opened the pull request.',
    "Leave out the ref of actions/checkout: akscan fetches the pull request's commits itself and only reads them. Or use on: pull_request.",
  );
};
