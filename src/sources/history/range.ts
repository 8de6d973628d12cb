// Which commits count as history, as arguments of `git rev-list`.

import { AkscanError } from '../../errors.js';
import { type GitPlace, runGit } from '../../git/run.js';
import type { SourceOptions } from '../types.js';

/**
 * Everything refs reach; or one branch; or what was committed since a date. The latter leaves out what the commits just
 * before that date held already, so that it is not taken for new.
 * @throws AkscanError when the branch is unknown
 */
export const historyRange = async (
  place: GitPlace,
  { since, branch, signal }: Pick<SourceOptions, 'since' | 'branch' | 'signal'>,
): Promise<readonly string[]> => {
  const tips = branch === null ? ['--all'] : [await commitOf(place, branch, signal)];
  if (since === null) return tips;
  const limit = `--since=${since}`;
  const { stdout } = await runGit(place, ['rev-list', '--boundary', limit, ...tips], signal);
  const boundary = stdout
    .toString('latin1')
    .split('\n')
    .filter((line) => line.startsWith('-'));
  return [limit, ...tips, '--not', ...boundary.map((line) => line.slice(1))];
};

const commitOf = async (place: GitPlace, branch: string, signal: AbortSignal): Promise<string> => {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${branch}^{commit}`];
  const { code, stdout } = await runGit(place, args, signal);
  if (code === 0) return stdout.toString('latin1').trim().split('\n').at(-1) ?? '';
  throw new AkscanError(
    `${place.top} has no branch ${JSON.stringify(branch)}`,
    'git branch --all lists what there is.',
  );
};
