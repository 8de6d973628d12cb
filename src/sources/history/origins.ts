// Says of each object that held something where it came from: the commit that brought it in, on which path, whether HEAD
// still has it, which commit had it last, and whether any ref reaches it at all. Asked only for hits.

import type { ObjectReader } from '../../git/object-reader.js';
import { type Authorship, authorshipOf, taggedCommit } from '../../git/people.js';
import { type GitPlace, startGit } from '../../git/run.js';
import { pathsIn, pathsInIndex } from '../../git/tree.js';
import { type Completeness, type Met, walkObjects } from '../../git/walk.js';
import type { Provenance } from '../types.js';
import type { ObjectHead } from './blocks.js';

export interface Origin {
  readonly source: 'history' | 'message' | 'index';
  readonly path: string | null;
  readonly provenance: Provenance;
}

export interface OriginsOptions {
  readonly place: GitPlace;
  /** Arguments of `rev-list` that say which commits count as history. */
  readonly range: readonly string[];
  readonly reader: ObjectReader;
  /** `end`: walk all of history, which tells whether it is complete. */
  readonly until: 'found' | 'end';
  readonly signal: AbortSignal;
}

/** Commits larger than this have no author worth waiting for. */
const LARGEST_COMMIT = 1 << 20;

export const findOrigins = async (
  heads: readonly ObjectHead[],
  options: OriginsOptions,
): Promise<{ readonly origins: ReadonlyMap<string, Origin>; readonly completeness: Completeness }> => {
  const { place, range, reader, until, signal } = options;
  const wanted = new Set(heads.map((head) => head.oid));
  const blobs = new Set(heads.filter((head) => head.type === 'blob').map((head) => head.oid));
  const inHead = blobs.size === 0 ? NOWHERE : await pathsIn(place, 'HEAD', blobs, signal);
  // Two walks at once: one finds who brought a blob in, the other who had it last.
  const [walked, last] = await Promise.all([
    walkObjects(place, ['--reverse', ...range], wanted, { until, signal }),
    walkObjects(place, range, without(blobs, inHead), { until: 'found', signal }),
  ]);
  const reached = walked.met;
  const lost = await findLost(without(wanted, reached), options);

  const authors = new Map<string, Authorship>();
  const authorOf = async (commit: string): Promise<Authorship> => {
    const known = authors.get(commit);
    if (known !== undefined) return known;
    const object = await reader.read(commit, LARGEST_COMMIT);
    const authorship = object === null ? {} : authorshipOf(object.bytes);
    authors.set(commit, authorship);
    return authorship;
  };

  const origins = new Map<string, Origin>();
  for (const { oid, type } of heads) {
    signal.throwIfAborted();
    // A walk that broke off proves nothing about what it did not reach.
    const unreachable = reached.has(oid) || walked.damage !== null ? {} : { unreachable: true };
    if (type !== 'blob') {
      const commit = type === 'commit' ? oid : await targetOf(oid, reader);
      const provenance = { blob: oid, ...named('commit', commit), ...(await authorOf(oid)), ...unreachable };
      origins.set(oid, { source: 'message', path: null, provenance });
      continue;
    }
    const staged = lost.index.get(oid);
    if (staged !== undefined) {
      origins.set(oid, { source: 'index', path: staged, provenance: { blob: oid } });
      continue;
    }
    const met = reached.get(oid) ?? lost.commits.get(oid);
    const commit = met?.commit ?? null;
    const path = met === undefined ? null : await exactPath(oid, met, options);
    const provenance: Provenance = {
      blob: oid,
      ...named('commit', commit),
      ...(commit === null ? {} : await authorOf(commit)),
      ...named('lastCommit', last.met.get(oid)?.commit ?? null),
      ...unreachable,
      inHead: inHead.has(oid),
    };
    origins.set(oid, { source: 'history', path, provenance });
  }
  return { origins, completeness: walked };
};

interface Lost {
  readonly index: ReadonlyMap<string, string>;
  readonly commits: ReadonlyMap<string, Met>;
}

/**
 * What no ref reaches: staged and not yet committed; or kept by a reflog (amended, reset away, older stashes); or by a
 * commit that nothing names any more.
 */
const findLost = async (oids: ReadonlySet<string>, { place, range, signal }: OriginsOptions): Promise<Lost> => {
  if (oids.size === 0) return { index: NOWHERE, commits: new Map() };
  const index = await pathsInIndex(place, oids, signal);
  const uncommitted = without(oids, index);
  const byReflog = ['--reverse', '--reflog', '--not', ...range];
  const { met: logged } = await walkObjects(place, byReflog, uncommitted, { until: 'found', signal });
  const byNothing = ['--reverse', '--ignore-missing', '--stdin', '--not', ...range];
  const { met: dangling } = await walkObjects(place, byNothing, without(uncommitted, logged), {
    until: 'found',
    input: listCommits(place, signal),
    signal,
  });
  return { index, commits: new Map([...logged, ...dangling]) };
};

/** Every commit there is, one a line. */
async function* listCommits(place: GitPlace, signal: AbortSignal): AsyncGenerator<string> {
  const format = '--batch-check=%(objecttype) %(objectname)';
  const git = startGit(place, ['cat-file', '--batch-all-objects', '--unordered', '--buffer', format], signal);
  git.stdin.end();
  let rest = '';
  for await (const chunk of git.stdout) {
    const lines = (rest + (chunk as Buffer).toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    const commits = lines.filter((line) => line.startsWith('commit ')).map((line) => line.slice(7));
    if (commits.length > 0) yield `${commits.join('\n')}\n`;
  }
  await git.ended;
}

/** `rev-list` cuts a path at its first line feed; a path that does not lead to the blob is looked up in the tree. */
const exactPath = async (oid: string, { commit, path }: Met, options: OriginsOptions): Promise<string | null> => {
  if (path === null || commit === null) return path;
  const there = await options.reader.info(`${commit}:${path}`);
  if (there?.oid === oid) return path;
  const paths = await pathsIn(options.place, commit, new Set([oid]), options.signal);
  return paths.get(oid) ?? path;
};

const targetOf = async (tag: string, reader: ObjectReader): Promise<string | null> => {
  const object = await reader.read(tag, LARGEST_COMMIT);
  return object === null ? null : taggedCommit(object.bytes);
};

const without = (all: ReadonlySet<string>, some: { has(oid: string): boolean }): ReadonlySet<string> =>
  new Set([...all].filter((oid) => !some.has(oid)));

const named = <Name extends string>(name: Name, value: string | null): Partial<Record<Name, string>> =>
  value === null ? {} : ({ [name]: value } as Record<Name, string>);

const NOWHERE: ReadonlyMap<string, string> = new Map();
