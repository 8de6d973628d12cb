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
    const by = commit === null ? null : await batch.read(commit, LARGEST_COMMIT);
    const author = by?.kind === 'object' && by.bytes !== null ? authorshipOf(by.bytes) : {};
    const provenance = { blob: oid, ...named(commit), ...author, order };
    brought.set(oid, { source: 'history', path, provenance });
  }
  return brought;
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
  const order = ['rev-list', '--reverse', '--topo-order', '--parents'];
  const { stdout: commits } = await runGit(place, [...order, ...range], signal);
  const show = (commit: string, oid: string, pathOf: () => string): void => {
    if (!refused.has(oid) || found.has(oid)) return;
    const path = pathOf();
    if (admits(path)) found.set(oid, { commit, path });
  };
  await eachChange(place, commits, show, signal);
  return found;
};

const named = (commit: string | null): { readonly commit?: string } => (commit === null ? {} : { commit });
