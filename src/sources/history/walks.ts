// Where objects were first met, oldest commit first, and which commit held them last. Two ways to the same answers: by the
// graph of all trees, which is read once for all questions (walk-graph.ts), or by git, which walks through history for
// each (here): for narrowed histories, and for those that the graph cannot take in.

import { type MeetOptions, meetObjects } from '../../git/meet.js';
import type { ObjectReader } from '../../git/object-reader.js';
import type { GitPlace } from '../../git/run.js';
import type { Met, Walked } from '../../git/walk.js';

/** Commits to walk from: arguments of `rev-list`, and lines for its `--stdin`. */
export interface Tips {
  readonly args: readonly string[];
  readonly input?: (() => AsyncIterable<string>) | undefined;
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
  const objects: Pick<MeetOptions, 'leadsTo' | 'isBlob'> = {
    leadsTo: async (oid, commit, path) => (await reader.info(`${commit}:${path}`))?.oid === oid,
    isBlob: async (oid) => (await reader.info(oid))?.type === 'blob',
  };
  return {
    first: (wanted) => {
      const { args, input } = within ?? { args: range };
      const until = completeness === 'tell' ? 'end' : 'found';
      return meetObjects(place, args, wanted, { from: 'oldest', until, input, ...objects, signal });
    },
    last: async (wanted) => {
      const { met } = await meetObjects(place, range, wanted, { from: 'newest', until: 'found', ...objects, signal });
      return new Map([...met].flatMap(([oid, { commit }]) => (commit === null ? [] : [[oid, commit]])));
    },
    beyond: async ({ args, input }, wanted) => {
      const all = [...args, '--not', ...range];
      const { met } = await meetObjects(place, all, wanted, {
        from: 'oldest',
        until: 'found',
        input,
        ...objects,
        signal,
      });
      return met;
    },
  };
};
