// Where hits came from, asked for while history is still being read. `begin` at the first hit lets git list the commits
// beside the reading; `finish`, when all hits are known, reads the trees and tells.

import type { ObjectHead } from '../../git/batch-format.js';
import { type CommitList, readCommits } from '../../git/commit-list.js';
import type { HashFormat } from '../../git/hash.js';
import { createObjectReader } from '../../git/object-reader.js';
import type { GitPlace } from '../../git/run.js';
import { giveBack } from '../../pack/leftovers.js';
import { findOrigins, type Origins } from './origins.js';
import { walksByGraph } from './walk-graph.js';
import { type Walks, type WalksOptions, walksByGit } from './walks.js';

export interface AttributionOptions {
  readonly place: GitPlace;
  /** Arguments of `rev-list` that say which commits count as history. */
  readonly range: readonly string[];
  /** The repository's folder of objects, absolute. */
  readonly objects: string;
  readonly hash: HashFormat;
  readonly signal: AbortSignal;
}

export interface Attribution {
  /** May be called at every hit: the first one starts git, the others do nothing. */
  begin(): void;
  /** @param completeness `tell`: whether all that commits name is there is asked, too; else it is not known */
  finish(heads: readonly ObjectHead[], completeness: WalksOptions['completeness']): Promise<Origins>;
}

export const createAttribution = (options: AttributionOptions): Attribution => {
  const { place, range, objects, hash, signal } = options;
  /** What the commits left out hold counts as known before; which that is only git's own walk tells. */
  const excludes = range.includes('--not');
  let reading: Promise<CommitList> | null = null;

  const begin = (): void => {
    if (!excludes) reading ??= readCommits(place, range, signal);
  };

  const trace: Attribution['finish'] = async (heads, completeness) => {
    // What is missing is found out on a way through all of history: then git may as well tell the rest on it.
    if (completeness === 'known') begin();
    const reader = createObjectReader(place, signal);
    try {
      const byGit = (): Walks => walksByGit({ ...options, completeness, reader });
      const byGraph = reading !== null && completeness === 'known' ? graphOf(reading, heads, options) : null;
      const walks = byGraph === null ? byGit() : byGraph.then((graph) => graph ?? byGit());
      return await findOrigins(heads, { place, range, objects, hash, walks, signal });
    } finally {
      reader.close();
    }
  };

  return {
    begin,
    finish: async (heads, completeness) => {
      const origins = await trace(heads, completeness);
      // The graph of all trees is gone: what follows, up to the report, need not stand on top of its memory.
      giveBack();
      return origins;
    },
  };
};

const graphOf = (
  reading: Promise<CommitList>,
  heads: readonly ObjectHead[],
  options: AttributionOptions,
): Promise<Walks | null> => {
  const blobs = [...new Set(heads.filter(({ type }) => type === 'blob').map(({ oid }) => oid))];
  return walksByGraph({ ...options, completeness: 'known', reading, blobs });
};
