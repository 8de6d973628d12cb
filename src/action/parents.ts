// The parents that a commit names itself. A shallow clone hides them from everything else that git is asked.

import { type GitPlace, runGit } from '../git/run.js';

/** None when it is not here. */
export const mergeParents = async (
  place: GitPlace,
  commit: string,
  signal: AbortSignal,
): Promise<readonly string[]> => {
  const { code, stdout } = await runGit(place, ['cat-file', 'commit', commit], signal);
  if (code !== 0) return [];
  const header = stdout.toString('latin1').split('\n\n', 1)[0] ?? '';
  return [...header.matchAll(/^parent ([0-9a-f]{40,64})$/gm)].flatMap(([, oid]) => oid ?? []);
};
