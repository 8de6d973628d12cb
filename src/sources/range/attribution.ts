// Which commit of a range brought an object in first, on which path, and who wrote it.

import type { Batch } from '../../git/batch.js';
import { eachChange } from '../../git/changes.js';
import { type MeetOptions, meetObjects } from '../../git/meet.js';
import { authorshipOf, taggedCommit } from '../../git/people.js';
import { type GitPlace, runGit } from '../../git/run.js';
import type { Met } from '../../git/walk.js';
import { filesInFolder } from '../diff/siblings-in-tree.js';
import { folderOf, joined } from '../siblings.js';
import type { Provenance } from '../types.js';
import type { Span } from './revisions.js';

export interface Brought {
  readonly source: 'history' | 'message';
  /** Null for messages, and for what a tag names directly. */
  readonly path: string | null;
  readonly provenance: Provenance;
}

const LARGEST_COMMIT = 1 << 20;
/** Places that are looked at beside the first: of one object, and of all. */
const MOST_COPIES = 100;
const MOST_COPIES_IN_ALL = 10_000;

export interface FindBrought {
  readonly place: GitPlace;
  readonly batch: Batch;
  /** Of several paths of an object the first one that is asked about is told. */
  readonly admits: (path: string) => boolean;
  readonly signal: AbortSignal;
}

/** @returns the objects of `wanted` that the span adds, the first added first */
export const findBrought = async (
  { tips, not }: Span,
  wanted: ReadonlySet<string>,
  { place, batch, admits, signal }: FindBrought,
): Promise<ReadonlyMap<string, Brought>> => {
  const range = [...tips, '--not', ...not];
  const { met } = await meetObjects(place, range, wanted, {
    from: 'oldest',
    until: 'found',
    leadsTo: leadsToIn(batch),
    isBlob: async (oid) => {
      const own = await batch.read(oid, 0);
      return own.kind === 'object' && own.type === 'blob';
    },
    signal,
  });
  const refused = new Set([...met].flatMap(([oid, { path }]) => (path === null || admits(path) ? [] : [oid])));
  const elsewhere = await findAdmitted(range, refused, { place, admits, signal });
  const brought = new Map<string, Brought>();
  for (const [oid, first] of met) {
    const { commit, path } = elsewhere.get(oid) ?? first;
    const own = await batch.read(oid, LARGEST_COMMIT);
    const type = own.kind === 'object' ? own.type : 'blob';
    const order = brought.size;
    if (type === 'commit' || type === 'tag') {
      const bytes = own.kind === 'object' ? own.bytes : null;
      const of = type === 'commit' ? oid : bytes === null ? null : taggedCommit(bytes);
      const provenance = { blob: oid, ...named(of), ...(bytes === null ? {} : authorshipOf(bytes)), order };
      brought.set(oid, { source: 'message', path: null, provenance });
      continue;
    }
    const provenance = { blob: oid, ...(await authored(commit, batch)), order };
    brought.set(oid, { source: 'history', path, provenance });
  }
  return brought;
};

const authored = async (commit: string | null, batch: Batch): Promise<Omit<Provenance, 'blob'>> => {
  const by = commit === null ? null : await batch.read(commit, LARGEST_COMMIT);
  const author = by?.kind === 'object' && by.bytes !== null ? authorshipOf(by.bytes) : {};
  return { ...named(commit), ...author };
};

/** Where else the span puts each: another path, or the same once more. Of very many places the first. */
export const findCopies = async (
  { tips, not }: Span,
  brought: ReadonlyMap<string, Brought>,
  { place, batch, admits, signal }: FindBrought,
): Promise<ReadonlyMap<string, readonly Brought[]>> => {
  const copies = new Map<string, { readonly commit: string; readonly path: string }[]>();
  let left = MOST_COPIES_IN_ALL;
  const note = (oid: string, commit: string, pathOf: () => string): void => {
    const first = brought.get(oid);
    if (first === undefined || left === 0) return;
    const known = copies.get(oid) ?? [];
    if (known.length === MOST_COPIES) return;
    const path = pathOf();
    if ((first.path === path && first.provenance.commit === commit) || !admits(path)) return;
    known.push({ commit, path });
    copies.set(oid, known);
    left -= 1;
  };
  await eachPlace([...tips, '--not', ...not], { place, signal }, note);
  const found = new Map<string, readonly Brought[]>();
  for (const [oid, places] of copies) {
    const order = brought.get(oid)?.provenance.order;
    const all: Brought[] = [];
    for (const { commit, path } of places) {
      const provenance = { blob: oid, ...(await authored(commit, batch)), ...(order === undefined ? {} : { order }) };
      all.push({ source: 'history', path, provenance });
    }
    found.set(oid, all);
  }
  return found;
};

/** By the tree of its folder: asked for the file itself, git would give all of it. */
const leadsToIn =
  (batch: Batch): MeetOptions['leadsTo'] =>
  async (oid, commit, path) => {
    const folder = folderOf(path);
    const files = await filesInFolder(batch, commit, folder);
    return files.some((file) => file.oid === oid && joined(folder, file.name) === path);
  };

/** A walk names one path of each object; where that is of no interest, what the commits change tells of others. */
const findAdmitted = async (
  range: readonly string[],
  refused: ReadonlySet<string>,
  { place, admits, signal }: Omit<FindBrought, 'batch'>,
): Promise<ReadonlyMap<string, Met>> => {
  const found = new Map<string, Met>();
  if (refused.size === 0) return found;
  await eachPlace(range, { place, signal }, (oid, commit, pathOf) => {
    if (!refused.has(oid) || found.has(oid)) return;
    const path = pathOf();
    if (admits(path)) found.set(oid, { commit, path });
  });
  return found;
};

/** All that the commits put somewhere, oldest first. */
const eachPlace = async (
  range: readonly string[],
  { place, signal }: Pick<FindBrought, 'place' | 'signal'>,
  show: (oid: string, commit: string, pathOf: () => string) => void,
): Promise<void> => {
  const order = ['rev-list', '--reverse', '--topo-order', '--parents'];
  const { stdout: commits } = await runGit(place, [...order, ...range], signal);
  await eachChange(place, commits, (commit, oid, pathOf) => show(oid, commit, pathOf), signal);
};

const named = (commit: string | null): { readonly commit?: string } => (commit === null ? {} : { commit });
