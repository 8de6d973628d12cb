// What git is asked about a range before anything is read: which commits it means, and what they add. Asked before the rest
// of the program is loaded: git works meanwhile.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Batch, createBatch } from '../../git/batch.js';
import { commonFolder, findHere, type Here } from '../../git/here.js';
import { type ChainedPrograms, endBoth, startChained } from '../../git/object-programs.js';
import { once } from '../../once.js';
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
  /** What reads the only span, where there is no more than one. */
  readonly begun: Begun | null;
  /** Rejects with an AkscanError for a revision that is unknown. Git is asked once. */
  resolve(): Promise<Spans>;
  /** Nothing more is asked; may be called twice. */
  close(): Promise<void>;
}

export interface Begun {
  readonly name: string;
  readonly programs: ChainedPrograms;
  /** Whether history may be cut off somewhere: where must be known before it is read. */
  readonly mayBeShallow: boolean;
}

/** @throws AkscanError outside a repository */
export const askRange = (request: RangeRequest, signal: AbortSignal): AskedRange => {
  const here = findHere();
  const batch = createBatch(here.place, signal);
  const begun = request.kind === 'range' && canBeChained ? beginWith(request.range, here, signal) : null;
  const resolve = once(() => spansFor(request, here, batch, signal));
  // Else asked for when the rest of the program is loaded: git has enough to do with listing.
  if (begun === null || begun.mayBeShallow) {
    // Told to whoever awaits it.
    resolve().catch(() => {});
  }
  const close = async (): Promise<void> => {
    if (begun !== null) endBoth(begun.programs);
    await batch.close().catch(() => {});
  };
  return { here, batch, begun, resolve, close };
};

/** Programs of Windows cannot be given each other's pipes as Node makes them. */
const canBeChained = process.platform !== 'win32';

/** Fails where one of the names is no commit's: what they are then is asked by `resolve`. */
const beginWith = ({ text, from, to }: RangeText, here: Here, signal: AbortSignal): Begun => {
  const programs = startChained(here.place, listBetween([from], [to]), signal);
  return { name: text, programs, mayBeShallow: mayBeShallow(here) };
};

/**
 * Arguments of `rev-list` that list the same in the same order, whether names or what they stand for are given. A tag is listed
 * itself: its message is part of what is added.
 */
export const listBetween = (from: readonly string[], to: readonly string[]): readonly string[] => {
  const withCommits = (names: readonly string[]): readonly string[] =>
    names.flatMap((name) => [name, `${name}^{commit}`]);
  return [...withCommits(to), '--not', ...withCommits(from), '--'];
};

const mayBeShallow = (here: Here): boolean => {
  const { GIT_SHALLOW_FILE: named, GIT_COMMON_DIR: elsewhere } = process.env;
  return named !== undefined || elsewhere !== undefined || existsSync(path.join(commonFolder(here), 'shallow'));
};

const spansFor = async (request: RangeRequest, here: Here, batch: Batch, signal: AbortSignal): Promise<Spans> => {
  if (request.kind === 'range') {
    const { span, shallowFile } = await resolveRange(request.range, here.place, signal);
    return { spans: [span], shallowFile };
  }
  const shallowFile = await shallowFileOf(here.place, signal);
  return { spans: await spansOf(request.input, request.remote, batch), shallowFile };
};
