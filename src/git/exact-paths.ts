// `rev-list` cuts a path at its first line feed: what it says is tried, and where it leads elsewhere the tree is asked.

import type { GitPlace } from './run.js';
import { pathsIn } from './tree.js';
import type { Met } from './walk.js';

export interface PathsOptions {
  readonly place: GitPlace;
  /** Whether the commit has the object at that path. */
  readonly leadsTo: (oid: string, commit: string, path: string) => Promise<boolean>;
  readonly signal: AbortSignal;
}

export interface ExactPaths {
  /** The same objects in the same order. */
  readonly met: ReadonlyMap<string, Met>;
  /** Those that are in no file of the commit. */
  readonly astray: ReadonlySet<string>;
}

export const withExactPaths = async (
  met: ReadonlyMap<string, Met>,
  { place, leadsTo, signal }: PathsOptions,
): Promise<ExactPaths> => {
  const exact = new Map(met);
  const astray = new Set<string>();
  const asked = new Map<string, Set<string>>();
  for (const [oid, { commit, path }] of met) {
    if (commit === null || commit === oid) continue;
    if (path !== null && (await leadsTo(oid, commit, path))) continue;
    astray.add(oid);
    const oids = asked.get(commit);
    if (oids === undefined) asked.set(commit, new Set([oid]));
    else oids.add(oid);
  }
  for (const [commit, oids] of asked) {
    for (const [oid, path] of await pathsIn(place, commit, oids, signal)) {
      exact.set(oid, { commit, path });
      astray.delete(oid);
    }
  }
  return { met: exact, astray };
};
