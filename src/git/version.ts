// Which git there is. Older ones than 2.31 lack `ls-files --deduplicate`.

import { AkscanError } from '../errors.js';
import { type GitPlace, runGit } from './run.js';

const OLDEST = { major: 2, minor: 31 } as const;

/** @throws AkscanError when git is not installed or too old */
export const requireGit = async (place: GitPlace, signal: AbortSignal): Promise<void> => {
  const { stdout } = await runGit(place, ['version'], signal);
  requireVersion(stdout.toString('utf8').trim());
};

/** @param said `git version 2.39.5 (Apple Git-154)` */
export const requireVersion = (said: string): void => {
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(said) ?? [];
  const { major: needed, minor: atLeast } = OLDEST;
  if (Number(major) > needed || (Number(major) === needed && Number(minor) >= atLeast)) return;
  throw new AkscanError(`${said || 'git'} is too old`, 'Install git 2.31 or newer.');
};
