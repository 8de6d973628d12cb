// Says of each object that held something where it came from: the commit that brought it in, on which path, whether HEAD
// still has it, which commit had it last, and, when no ref reaches it, what keeps it. Asked only for hits.

import type { ObjectHead } from '../../git/batch-format.js';
import type { HashFormat } from '../../git/hash.js';
import { type Authorship, authorshipOf, taggedCommit } from '../../git/people.js';
import { linesOf, readMany } from '../../git/read-many.js';
import type { GitPlace } from '../../git/run.js';
import { pathsIn } from '../../git/tree.js';
import type { Completeness, Met } from '../../git/walk.js';
import type { Provenance } from '../types.js';
import { findLost } from './lost.js';
import type { Walks } from './walks.js';

export interface Origin {
  readonly source: 'history' | 'message' | 'index';
  readonly path: string | null;
  readonly provenance: Provenance;
}

export interface Origins {
  readonly origins: ReadonlyMap<string, Origin>;
  /** Known only when it was asked for (WalksOptions). */
  readonly completeness: Completeness;
}

export interface OriginsOptions {
  readonly place: GitPlace;
  /** Arguments of `rev-list` that say which commits count as history. */
  readonly range: readonly string[];
  /** The repository's folder of objects, absolute. */
  readonly objects: string;
  readonly hash: HashFormat;
  /** Perhaps still in the making: what HEAD holds is asked meanwhile. */
  readonly walks: Walks | Promise<Walks>;
  readonly signal: AbortSignal;
}

/** Commits larger than this have no author worth waiting for. */
const LARGEST_COMMIT = 1 << 20;

export const findOrigins = async (heads: readonly ObjectHead[], options: OriginsOptions): Promise<Origins> => {
  const { place, signal } = options;
  const wanted = new Set(heads.map(({ oid }) => oid));
  const blobs = new Set(heads.filter(({ type }) => type === 'blob').map(({ oid }) => oid));
  const [walks, inHead] = await Promise.all([
    options.walks,
    blobs.size === 0 ? NOWHERE : pathsIn(place, 'HEAD', blobs, signal),
  ]);
  // Two walks at once: one finds who brought a blob in, the other who had it last.
  const gone = without(blobs, inHead);
  const [walked, last] = await Promise.all([walks.first(wanted), gone.size === 0 ? NOWHERE : walks.last(gone)]);
  const lost = await findLost(without(wanted, walked.met), { ...options, walks });
  const people = await peopleOf(heads, [...walked.met.values(), ...lost.met.values()], options);

  const orders = ordersOf(walked.met, blobs);
  const origins = new Map<string, Origin>();
  for (const { oid, type } of heads) {
    const staged = lost.index.get(oid);
    // A walk that broke off proves nothing about what it did not reach.
    const unreachable =
      walked.met.has(oid) || walked.damage !== null ? {} : { unreachable: true, keptBy: lost.keptBy(oid) };
    if (type !== 'blob') {
      const commit = type === 'commit' ? oid : people.get(oid)?.target;
      const provenance = {
        blob: oid,
        ...(commit === undefined ? {} : { commit }),
        ...people.get(oid)?.of,
        ...unreachable,
      };
      origins.set(oid, { source: 'message', path: null, provenance });
    } else if (staged !== undefined) {
      origins.set(oid, { source: 'index', path: staged, provenance: { blob: oid } });
    } else {
      const { commit, path } = walked.met.get(oid) ?? lost.met.get(oid) ?? { commit: null, path: null };
      const lastCommit = last.get(oid);
      const order = walked.met.has(oid) && commit !== null ? orders.get(commit) : undefined;
      const provenance: Provenance = {
        blob: oid,
        ...(commit === null ? {} : { commit, ...people.get(commit)?.of }),
        ...(lastCommit === undefined ? {} : { lastCommit }),
        ...(order === undefined ? {} : { order }),
        ...unreachable,
        inHead: inHead.has(oid),
      };
      origins.set(oid, { source: 'history', path, provenance });
    }
  }
  return { origins, completeness: walked };
};

/** Of the commits that brought blobs in, the how many-th each is: what was met first came first. */
const ordersOf = (met: ReadonlyMap<string, Met>, blobs: ReadonlySet<string>): ReadonlyMap<string, number> => {
  const orders = new Map<string, number>();
  for (const [oid, { commit }] of met) {
    if (commit !== null && blobs.has(oid) && !orders.has(commit)) orders.set(commit, orders.size);
  }
  return orders;
};

interface Person {
  readonly of: Authorship;
  /** The commit a tag stands for. */
  readonly target?: string;
}

/** Authors of commits, taggers of tags. */
const peopleOf = async (
  heads: readonly ObjectHead[],
  met: readonly Met[],
  { place, signal }: OriginsOptions,
): Promise<ReadonlyMap<string, Person>> => {
  const messages = heads.filter(({ type }) => type !== 'blob').map(({ oid }) => oid);
  const commits = met.flatMap(({ commit }) => (commit === null ? [] : [commit]));
  const oids = [...new Set([...messages, ...commits])];
  const people = new Map<string, Person>();
  const each = (index: number, bytes: Buffer | null): void => {
    const oid = oids[index];
    if (oid === undefined || bytes === null) return;
    const target = taggedCommit(bytes);
    people.set(oid, { of: authorshipOf(bytes), ...(target === null ? {} : { target }) });
  };
  await readMany(place, linesOf(oids), LARGEST_COMMIT, each, signal);
  return people;
};

const without = (all: ReadonlySet<string>, some: { has(oid: string): boolean }): ReadonlySet<string> =>
  new Set([...all].filter((oid) => !some.has(oid)));

const NOWHERE: ReadonlyMap<string, string> = new Map();
