// `rev-list` cuts a path at its first line feed: what it says is tried, and where it leads elsewhere the tree is asked.

import type { GitPlace } from './run.js';
import { pathsIn } from './tree.js';
import type { Met } from './walk.js';

export interface ExactPaths {
  readonly place: GitPlace;
  /** Whether the commit has the object at that path. */
  readonly leadsTo: (oid: string, commit: string, path: string) => Promise<boolean>;
  readonly signal: AbortSignal;
}

/** The same objects in the same order. */
export const withExactPaths = async (
  met: ReadonlyMap<string, Met>,
  { place, leadsTo, signal }: ExactPaths,
): Promise<ReadonlyMap<string, Met>> => {
  const exact = new Map(met);
  const astray = new Map<string, Set<string>>();
  for (const [oid, { commit, path }] of met) {
    if (commit === null || path === null || (await leadsTo(oid, commit, path))) continue;
    const oids = astray.get(commit);
    if (oids === undefined) astray.set(commit, new Set([oid]));
    else oids.add(oid);
  }
  for (const [commit, oids] of astray) {
    for (const [oid, path] of await pathsIn(place, commit, oids, signal)) exact.set(oid, { commit, path });
  }
  return exact;
};
