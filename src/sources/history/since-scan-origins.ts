// Where hits came from, when most of them were there at the last scan: what was known of those still holds as long as
// history has only grown, and what is new came in with new commits, which git walks alone.

import type { ObjectHead } from '../../git/batch-format.js';
import { createObjectReader } from '../../git/object-reader.js';
import type { Repository } from '../../git/repository.js';
import { type GitPlace, runGit, startGit } from '../../git/run.js';
import { pathsIn } from '../../git/tree.js';
import type { Provenance } from '../types.js';
import type { Attribution } from './attribution.js';
import { findOrigins, type Origin, type Origins } from './origins.js';
import type { Seen } from './since-scan-file.js';
import { walksByGit } from './walks.js';

export interface SinceOriginsOptions {
  /** What refs and HEADs name now. */
  readonly tips: readonly string[];
  readonly repository: Repository;
  readonly attribution: Attribution;
  readonly signal: AbortSignal;
}

export const originsSince = async (
  seen: Seen,
  heads: readonly ObjectHead[],
  options: SinceOriginsOptions,
): Promise<Origins> => {
  const { attribution } = options;
  // What was missing then may have come since, from anywhere in history.
  if (!seen.complete || (await hasLost(seen, options))) return attribution.finish(heads, 'tell');
  const known = new Map(
    seen.hits.flatMap(({ head, origin }) => (origin !== null && isStable(origin) ? [[head.oid, origin]] : [])),
  );
  const asked = heads.filter(({ oid }) => !known.has(oid));
  const { origins, completeness } = await walkNew(seen, asked, options);
  const kept = heads.filter(({ oid }) => known.has(oid));
  const after = [...known.values()].reduce((most, { provenance }) => Math.max(most, (provenance.order ?? -1) + 1), 0);
  const added = [...origins].map(([oid, origin]) => [oid, later(origin, after)] as const);
  return { origins: new Map([...added, ...(await refresh(kept, known, options))]), completeness };
};

/** Behind all that was known. */
const later = (origin: Origin, by: number): Origin => {
  const { order } = origin.provenance;
  return order === undefined ? origin : { ...origin, provenance: { ...origin.provenance, order: order + by } };
};

/** What is staged, or reached by no ref, may have got into a commit since. */
const isStable = ({ source, provenance }: Origin): boolean => source !== 'index' && provenance.unreachable !== true;

/** By the commits that came since: no older one can name what was not there. */
const walkNew = async (
  seen: Seen,
  heads: readonly ObjectHead[],
  { repository, tips, signal }: SinceOriginsOptions,
): Promise<Origins> => {
  const { place, objects, hash } = repository;
  const added = without(tips, seen.tips);
  if (added.length + heads.length === 0) return NOTHING_NEW;
  const range = ['--all'];
  const lines = [...added, ...seen.tips.map((tip) => `^${tip}`)];
  const within = { args: ['--stdin'], input: () => textOf(`${lines.join('\n')}\n`) };
  const reader = createObjectReader(place, signal);
  try {
    const walks = walksByGit({ place, range, within, completeness: 'tell', reader, signal });
    return await findOrigins(heads, { place, range, objects, hash, walks, signal });
  } finally {
    reader.close();
  }
};

/** Whether refs no longer reach all that they reached then. */
const hasLost = async (seen: Seen, { repository, tips, signal }: SinceOriginsOptions): Promise<boolean> => {
  const removed = without(seen.tips, tips);
  if (removed.length === 0) return false;
  // With objects, a tag that was moved is told, too, although what it named is still there.
  const asked = ['rev-list', '--objects', '--max-count=1', '--stdin', '--not', '--all'];
  const git = startGit(repository.place, asked, signal);
  let printed = 0;
  git.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.length;
  });
  git.stdin.end(`${removed.join('\n')}\n`);
  // A tip that is gone for good is an error of git's, and a loss.
  return (await git.ended).code !== 0 || printed > 0;
};

/** Whether HEAD still has what it had; for what it has no longer, which commit had it last. */
const refresh = async (
  heads: readonly ObjectHead[],
  known: ReadonlyMap<string, Origin>,
  { repository, signal }: SinceOriginsOptions,
): Promise<ReadonlyMap<string, Origin>> => {
  const { place } = repository;
  const blobs = new Set(heads.filter(({ type }) => type === 'blob').map(({ oid }) => oid));
  const inHead = blobs.size === 0 ? new Map<string, string>() : await pathsIn(place, 'HEAD', blobs, signal);
  const gone = [...blobs].filter((oid) => !inHead.has(oid) && known.get(oid)?.provenance.inHead === true);
  const last = gone.length === 0 ? new Map<string, string>() : await heldLast(new Set(gone), place, signal);
  return new Map(
    heads.flatMap(({ oid, type }) => {
      const origin = known.get(oid);
      if (origin === undefined) return [];
      if (type !== 'blob') return [[oid, origin]];
      const { lastCommit: before, ...provenance } = origin.provenance;
      const lastCommit = inHead.has(oid) ? undefined : (last.get(oid) ?? before);
      const fresh: Provenance = {
        ...provenance,
        ...(lastCommit === undefined ? {} : { lastCommit }),
        inHead: inHead.has(oid),
      };
      return [[oid, { ...origin, provenance: fresh }]];
    }),
  );
};

const heldLast = async (
  blobs: ReadonlySet<string>,
  place: GitPlace,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> => {
  const reader = createObjectReader(place, signal);
  try {
    return await walksByGit({ place, range: ['--all'], completeness: 'known', reader, signal }).last(blobs);
  } finally {
    reader.close();
  }
};

/** What refs name, and the HEADs of all work trees: where `rev-list --all` begins. */
export const tipsOf = async ({ place }: Repository, signal: AbortSignal): Promise<readonly string[]> => {
  const commands = [
    ['for-each-ref', '--format=%(objectname)'],
    ['rev-parse', '--verify', '--quiet', 'HEAD'],
    ['worktree', 'list', '--porcelain'],
  ];
  const said = await Promise.all(commands.map((command) => runGit(place, command, signal)));
  const lines = said.flatMap(({ stdout }) => stdout.toString('latin1').split('\n'));
  const names = lines.flatMap((line) => /^(?:HEAD )?([0-9a-f]{40,64})$/.exec(line)?.[1] ?? []);
  // A HEAD that is not born yet is told as zeros.
  return [...new Set(names.filter((name) => !/^0+$/.test(name)))].sort();
};

const without = (all: readonly string[], some: readonly string[]): readonly string[] => {
  const left = new Set(some);
  return all.filter((each) => !left.has(each));
};

const NOTHING_NEW: Origins = { origins: new Map(), completeness: { missing: 0, example: null, damage: null } };

async function* textOf(text: string): AsyncGenerator<string> {
  yield text;
}
