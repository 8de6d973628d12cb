// Where hits came from, asked for while history is still being read. `begin` at the first hit lets git list the commits
// beside the reading; `finish`, when all hits are known, reads the trees and tells.

import { type CommitReading, readCommits } from '../../git/commit-list.js';
import { createObjectReader } from '../../git/object-reader.js';
import type { GitPlace } from '../../git/run.js';
import type { ObjectHead } from './blocks.js';
import { findOrigins, type Origins } from './origins.js';
import { walksByGraph } from './walk-graph.js';
import { type Walks, type WalksOptions, walksByGit } from './walks.js';

export interface AttributionOptions {
  readonly place: GitPlace;
  /** Arguments of `rev-list` that say which commits count as history. */
  readonly range: readonly string[];
  readonly threads: number;
  readonly signal: AbortSignal;
}

export interface Attribution {
  /** May be called at every hit: the first one starts git, the others do nothing. */
  begin(): void;
  /** @param completeness `tell`: whether all that commits name is there is asked, too; else it is not known */
  finish(heads: readonly ObjectHead[], completeness: WalksOptions['completeness']): Promise<Origins>;
  /** Ends what was begun, when nobody will ask. */
  stop(): void;
}

export const createAttribution = (options: AttributionOptions): Attribution => {
  const { place, range, signal } = options;
  /** What the commits left out hold counts as known before; which that is only git's own walk tells. */
  const excludes = range.includes('--not');
  let reading: CommitReading | null = null;

  const begin = (): void => {
    if (!excludes) reading ??= readCommits(place, range, signal);
  };

  const finish: Attribution['finish'] = async (heads, completeness) => {
    begin();
    const reader = createObjectReader(place, signal);
    try {
      const byGraph = reading === null ? null : await graphOf(reading, heads, { ...options, completeness });
      const walks = byGraph ?? walksByGit({ ...options, completeness, reader });
      return await findOrigins(heads, { place, range, walks, signal });
    } finally {
      reader.close();
    }
  };

  return { begin, finish, stop: () => reading?.stop() };
};

const graphOf = (
  reading: CommitReading,
  heads: readonly ObjectHead[],
  options: AttributionOptions & WalksOptions,
): Promise<Walks | null> => {
  const blobs = [...new Set(heads.filter(({ type }) => type === 'blob').map(({ oid }) => oid))];
  const nameLength = (heads[0]?.oid.length ?? 40) / 2;
  return walksByGraph({ ...options, reading, blobs, nameLength });
};
