// Which commit of a range brought an object in first, on which path, and who wrote it.

import type { Batch } from '../../git/batch.js';
import { authorshipOf, taggedCommit } from '../../git/people.js';
import type { GitPlace } from '../../git/run.js';
import { walkObjects } from '../../git/walk.js';
import type { Provenance } from '../types.js';
import type { Span } from './revisions.js';

export interface Brought {
  readonly source: 'history' | 'message';
  /** Null for messages, and for what a tag names directly. */
  readonly path: string | null;
  readonly provenance: Provenance;
}

const LARGEST_COMMIT = 1 << 20;

/** @returns the objects of `wanted` that the span adds, the first added first */
export const findBrought = async (
  { tips, not }: Span,
  wanted: ReadonlySet<string>,
  place: GitPlace,
  batch: Batch,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Brought>> => {
  const args = ['--reverse', ...tips, '--not', ...not];
  const { met } = await walkObjects(place, args, wanted, { until: 'found', signal });
  const brought = new Map<string, Brought>();
  for (const [oid, { commit, path }] of met) {
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
    // A blob that a ref names by itself is listed as if it were a commit.
    const isCommit = by?.kind === 'object' && by.type === 'commit';
    const author = isCommit && by.bytes !== null ? authorshipOf(by.bytes) : {};
    const provenance = { blob: oid, ...named(isCommit ? commit : null), ...author, order };
    brought.set(oid, { source: 'history', path, provenance });
  }
  return brought;
};

const named = (commit: string | null): { readonly commit?: string } => (commit === null ? {} : { commit });
