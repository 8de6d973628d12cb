// Which commits count as history, as arguments of `git rev-list`.

import { type GitPlace, runGit } from '../../git/run.js';
import type { SourceOptions } from '../types.js';

/**
 * Everything refs reach; or one branch; or what was committed since a date. The latter leaves out what the commits just
 * before that date held already, so that it is not taken for new.
 * Null when there is no such branch.
 */
export const historyRange = async (
  place: GitPlace,
  { since, branch, signal }: Pick<SourceOptions, 'since' | 'branch' | 'signal'>,
): Promise<readonly string[] | null> => {
  const tips = branch === null ? ['--all'] : await commitOf(place, branch, signal);
  if (tips === null) return null;
  if (since === null) return tips;
  const limit = `--since=${since}`;
  const { stdout } = await runGit(place, ['rev-list', '--boundary', limit, ...tips], signal);
  const boundary = stdout
    .toString('latin1')
    .split('\n')
    .filter((line) => line.startsWith('-'));
  return [limit, ...tips, '--not', ...boundary.map((line) => line.slice(1))];
};

const commitOf = async (place: GitPlace, branch: string, signal: AbortSignal): Promise<readonly string[] | null> => {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${branch}^{commit}`];
  const { code, stdout } = await runGit(place, args, signal);
  return code === 0 ? [stdout.toString('latin1').trim()] : null;
};
