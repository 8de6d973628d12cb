// What git is asked about a range before anything is read: which commits it means, and what they add. Asked before the rest
// of the program is loaded: git works meanwhile.

import { type Batch, createBatch } from '../../git/batch.js';
import { findHere, type Here } from '../../git/here.js';
import { endBoth, type ObjectPrograms, startBoth } from '../../git/object-programs.js';
import { type HookInput, spansOf } from './hook-lines.js';
import { type RangeText, resolveRange, type Span, shallowFileOf } from './revisions.js';

export type RangeRequest =
  | { readonly kind: 'range'; readonly range: RangeText }
  /** `remote`: whose branches are known to have been pushed; null: those of all remotes. */
  | { readonly kind: 'hook'; readonly input: HookInput; readonly remote: string | null };

export interface Spans {
  readonly spans: readonly Span[];
  /** Git's list of the commits a shallow clone was cut off at, from the current directory; null when history is whole. */
  readonly shallowFile: string | null;
}

export interface AskedRange {
  readonly here: Here;
  /** For whatever else is asked. */
  readonly batch: Batch;
  /** Rejects with an AkscanError for a revision that is unknown. */
  readonly resolving: Promise<Spans>;
  /** What reads the only span; null where that has to wait for `resolving`. */
  readonly begun: ObjectPrograms | null;
  /** Nothing more is asked; may be called twice. */
  close(): Promise<void>;
}

/** @throws AkscanError outside a repository */
export const askRange = (request: RangeRequest, signal: AbortSignal): AskedRange => {
  const here = findHere();
  const batch = createBatch(here.place, signal);
  const resolving = spansFor(request, here, batch, signal);
  // Told to whoever awaits it.
  resolving.catch(() => {});
  const begun = request.kind === 'range' ? beginWith(request.range, here, signal) : null;
  const close = async (): Promise<void> => {
    if (begun !== null) endBoth(begun);
    await batch.close().catch(() => {});
  };
  return { here, batch, resolving, begun, close };
};

/** What is listed when the names turn out to be none is not read. */
const beginWith = ({ from, to }: RangeText, { place }: Here, signal: AbortSignal): ObjectPrograms =>
  startBoth(place, [to, '--not', from, '--'], signal);

const spansFor = async (request: RangeRequest, here: Here, batch: Batch, signal: AbortSignal): Promise<Spans> => {
  if (request.kind === 'range') {
    const { span, shallowFile } = await resolveRange(request.range, here.place, signal);
    return { spans: [span], shallowFile };
  }
  const shallowFile = await shallowFileOf(here.place, signal);
  return { spans: await spansOf(request.input, request.remote, batch), shallowFile };
};
