// Which of the listed repositories an audit reads.

import { compileGlobs } from '../../glob.js';
import type { Repository } from '../types.js';
import type { Found, ListOptions, Take } from './types.js';

export type Verdict = 'read' | 'too-large' | 'left-out';

/** @throws AkscanError for a glob that could take longer than anybody waits */
export const createFilter = (options: ListOptions): ((found: Found) => Verdict) => {
  const { include, exclude, visibility, archived, forks, maxRepoSizeBytes } = options;
  const isIncluded = include.length === 0 ? () => true : byName(include);
  const isExcluded = byName(exclude);
  const since = options.since?.getTime() ?? Number.NEGATIVE_INFINITY;
  return ({ path, repository }) => {
    const isWanted =
      namesOf(path, repository).some(isIncluded) &&
      !namesOf(path, repository).some(isExcluded) &&
      (visibility === 'any' || repository.visibility === null || repository.visibility === visibility) &&
      takes(archived, repository.archived) &&
      takes(forks, repository.fork) &&
      (repository.pushedAt === null || Date.parse(repository.pushedAt) >= since);
    if (!isWanted) return 'left-out';
    return isAbove(repository, maxRepoSizeBytes) ? 'too-large' : 'read';
  };
};

/** A wiki goes with its repository: whoever leaves that out does not want to hear of it. */
const namesOf = (path: string, { kind }: Repository): readonly string[] =>
  kind === 'wiki' ? [path, path.replace(/\.wiki$/, '')] : [path];

const takes = (take: Take, is: boolean): boolean => take === 'include' || (take === 'only') === is;

const isAbove = ({ sizeKb }: Repository, most: number | null): boolean =>
  most !== null && sizeKb !== null && sizeKb * 1024 > most;

/** As people write them: `acme/*`, or `*-docs` for every `-docs` whosever it is. */
const byName = (globs: readonly string[]): ((path: string) => boolean) => {
  const whole = compileGlobs(globs.filter((glob) => glob.includes('/')));
  const last = compileGlobs(globs.filter((glob) => !glob.includes('/')));
  return (path) => whole(path) || last(path.slice(path.lastIndexOf('/') + 1));
};
