// What an audit is to read, as plain data: the store keeps it, so that `--resume` goes on with the same, whatever is typed then.
// Nothing in it is secret: tokens are looked up in the environment when they are needed.

import type { ListOptions } from './sources/types.js';
import type { JobSettings } from './types.js';

export interface AuditPlan {
  /** As they were written. */
  readonly sources: readonly string[];
  readonly listing: Listing;
  readonly settings: JobSettings;
}

/** Which of a source's repositories count. */
export type Listing = Pick<
  ListOptions,
  'include' | 'exclude' | 'visibility' | 'archived' | 'forks' | 'wiki' | 'snippets' | 'pullRequests'
> & {
  /** Pushed to since, ISO 8601. */
  readonly since: string | null;
};

/**
 * What it means that a repository which was listed last time is not any more. Of a filtered list nobody can tell whether it is gone: it
 * may have been archived, renamed, or made private since.
 */
export const missingOf = ({ include, exclude, visibility, archived, forks, since }: Listing): 'gone' | 'left-out' =>
  include.length === 0 &&
  exclude.length === 0 &&
  visibility === 'any' &&
  archived === 'include' &&
  forks === 'include' &&
  since === null
    ? 'gone'
    : 'left-out';
