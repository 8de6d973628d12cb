// Everywhere a hit is, for `--where`: all paths it ever had, and the branches and tags that reach it.

import type { ObjectHead } from '../../git/batch-format.js';
import { eachChange } from '../../git/changes.js';
import { listRefs, readAncestry, refsReaching } from '../../git/reach.js';
import type { GitPlace } from '../../git/run.js';
import type { Whereabouts } from '../types.js';

export interface WhereaboutsOptions {
  readonly place: GitPlace;
  /** Arguments of `rev-list` that say which commits count as history. */
  readonly range: readonly string[];
  readonly signal: AbortSignal;
}

/** Paths and commits kept of one object: a file that is moved for ever fills no memory. */
const MOST = 10_000;

export const whereaboutsOf = async (
  heads: readonly ObjectHead[],
  { place, range, signal }: WhereaboutsOptions,
): Promise<ReadonlyMap<string, Whereabouts>> => {
  const [first] = heads;
  if (first === undefined) return new Map();
  const [ancestry, refs] = await Promise.all([
    readAncestry(place, range, first.oid.length / 2, signal),
    listRefs(place, signal),
  ]);
  const found = new Map(heads.map(({ oid }) => [oid, { paths: new Set<string>(), commits: new Set<string>() }]));
  for (const { oid, type } of heads) if (type === 'commit') found.get(oid)?.commits.add(oid);
  if (heads.some(({ type }) => type === 'blob')) {
    // Where git stumbles, what it had found by then is told; that history is damaged is said elsewhere.
    await eachChange(
      place,
      ancestry.lines,
      (commit, oid, path) => {
        const places = found.get(oid);
        if (places === undefined) return;
        if (places.paths.size < MOST) places.paths.add(path());
        if (places.commits.size < MOST) places.commits.add(commit);
      },
      signal,
    );
  }
  const all = [...found];
  const reached = refsReaching(
    ancestry,
    refs,
    all.map(([, { commits }]) => [...commits]),
  );
  return new Map(
    all.map(([oid, { paths }], index) => {
      const named = refs.filter((ref) => ref.oid === oid || ref.commit === oid).map(({ name }) => name);
      return [oid, { paths: [...paths].sort(), refs: [...new Set([...(reached[index] ?? []), ...named])].sort() }];
    }),
  );
};
