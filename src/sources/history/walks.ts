// Where objects were first met, oldest commit first, and which commit held them last. Two ways to the same answers: by the
// graph of all trees, which is read once for all questions (walk-graph.ts), or by git, which walks through history for
// each (here): for narrowed histories, and for those that the graph cannot take in.

import { withExactPaths } from '../../git/exact-paths.js';
import type { ObjectReader } from '../../git/object-reader.js';
import type { GitPlace } from '../../git/run.js';
import { type Met, type Walked, walkObjects } from '../../git/walk.js';

/** Commits to walk from: arguments of `rev-list`, and lines for its `--stdin`. */
export interface Tips {
  readonly args: readonly string[];
  readonly input?: () => AsyncIterable<string>;
}

export interface Walks {
  /** Where each of `wanted` is first met in history. Paths are exact; null when there is none or no tree to read it in. */
  first(wanted: ReadonlySet<string>): Promise<Walked>;
  /** The commit of history that held each last. */
  last(wanted: ReadonlySet<string>): Promise<ReadonlyMap<string, string>>;
  /** Where each of `wanted`, which history does not reach, is first met from elsewhere. */
  beyond(tips: Tips, wanted: ReadonlySet<string>): Promise<ReadonlyMap<string, Met>>;
}

export interface WalksOptions {
  readonly place: GitPlace;
  /** Arguments of `rev-list` that say which commits count as history. */
  readonly range: readonly string[];
  /** `tell`: how many objects are missing is asked, too. */
  readonly completeness: 'tell' | 'known';
  readonly signal: AbortSignal;
}

export interface GitWalksOptions extends WalksOptions {
  readonly reader: ObjectReader;
  /** The part of history that brought in all that is asked about, where that is known. */
  readonly within?: Tips;
}

export const walksByGit = ({ place, range, within, completeness, reader, signal }: GitWalksOptions): Walks => {
  const until = completeness === 'tell' ? 'end' : 'found';
  const leadsTo = async (oid: string, commit: string, path: string): Promise<boolean> =>
    (await reader.info(`${commit}:${path}`))?.oid === oid;
  return {
    first: async (wanted) => {
      const { args, input } = within ?? { args: range };
      const given = input === undefined ? {} : { input: input() };
      const walked = await walkObjects(place, ['--reverse', ...args], wanted, { until, ...given, signal });
      return { ...walked, met: await withExactPaths(walked.met, { place, leadsTo, signal }) };
    },
    last: async (wanted) => {
      const { met } = await walkObjects(place, range, wanted, { until: 'found', signal });
      return new Map([...met].flatMap(([oid, { commit }]) => (commit === null ? [] : [[oid, commit]])));
    },
    beyond: async ({ args, input }, wanted) => {
      const all = ['--reverse', ...args, '--not', ...range];
      const given = input === undefined ? {} : { input: input() };
      const { met } = await walkObjects(place, all, wanted, { until: 'found', ...given, signal });
      return withExactPaths(met, { place, leadsTo, signal });
    },
  };
};
