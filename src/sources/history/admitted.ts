// A blob goes by the path it came in on. Where that is one the user leaves out, the blob may have stood at another since, and
// counts for that one.

import { eachChange } from '../../git/changes.js';
import { createObjectReader } from '../../git/object-reader.js';
import { authorshipOf } from '../../git/people.js';
import { type GitPlace, runGit } from '../../git/run.js';
import type { Origin } from './origins.js';

export interface AdmittedOptions {
  readonly place: GitPlace;
  /** Arguments of `rev-list` that say which commits count as history. */
  readonly range: readonly string[];
  readonly admits: (path: string) => boolean;
  readonly signal: AbortSignal;
}

/** Commits larger than this have no author worth waiting for. */
const LARGEST_COMMIT = 1 << 20;

/** The same, but for blobs at paths that are left out: those come with the first path that is not, where there is one. */
export const withAdmittedPaths = async (
  origins: ReadonlyMap<string, Origin>,
  { place, range, admits, signal }: AdmittedOptions,
): Promise<ReadonlyMap<string, Origin>> => {
  const leftOut = new Map(
    [...origins].filter(([, { source, path }]) => source === 'history' && path !== null && !admits(path)),
  );
  if (leftOut.size === 0) return origins;
  const commits = await runGit(place, ['rev-list', '--topo-order', '--reverse', '--parents', ...range], signal);
  const found = new Map<string, { readonly commit: string; readonly path: string }>();
  await eachChange(
    place,
    commits.stdout,
    (commit, oid, pathOf) => {
      if (!leftOut.has(oid) || found.has(oid)) return;
      const path = pathOf();
      if (admits(path)) found.set(oid, { commit, path });
    },
    signal,
  );
  const told = new Map(origins);
  const reader = createObjectReader(place, signal);
  try {
    for (const [oid, { commit, path }] of found) {
      const origin = leftOut.get(oid);
      const object = await reader.read(commit, LARGEST_COMMIT);
      if (origin === undefined) continue;
      const { author: _author, date: _date, ...provenance } = origin.provenance;
      const authorship = object === null ? {} : authorshipOf(object.bytes);
      told.set(oid, { ...origin, path, provenance: { ...provenance, commit, ...authorship } });
    }
    return told;
  } finally {
    reader.close();
  }
};
