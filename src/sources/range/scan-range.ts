// What a range of commits adds: a pull request, or what a push brings. All its objects are read once; git is asked more only
// when they hold something.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createDetector } from '../../detect/detector.js';
import type { Detector } from '../../detect/types.js';
import { type Batch, createBatch } from '../../git/batch.js';
import { findHere, type Here } from '../../git/here.js';
import { filterFor } from '../lazy-filter.js';
import type { Sink, SourceOptions } from '../types.js';
import { type HookInput, spansOf } from './hook-lines.js';
import { type Held, judgeSpan } from './judge-span.js';
import { ACCEPT, readSpans, type Skip } from './read-spans.js';
import { type RangeText, resolveRange, type Span, shallowFileOf } from './revisions.js';

export type RangeRequest =
  | { readonly kind: 'range'; readonly range: RangeText }
  /** `remote`: whose branches are known to have been pushed; null: those of all remotes. */
  | { readonly kind: 'hook'; readonly input: HookInput; readonly remote: string | null };

/** @throws AkscanError outside a repository, or for a revision that is unknown */
export const scanRange = async (request: RangeRequest, options: SourceOptions, sink: Sink): Promise<void> => {
  const here = findHere();
  const batch = createBatch(here.place, options.signal);
  try {
    const resolving = spansFor(request, here, batch, options.signal);
    // Made while git works; whether that fails is told below.
    resolving.catch(() => {});
    const detector = createDetector(options.detector);
    const { spans, shallowFile } = await resolving;
    const work = { here, detector, options, sink, shallow: shallowFile !== null };
    const edges = edgesIn(shallowFile);
    const held = await readSpans(spans, { place: here.place, detector, options, sink, skip: skipFor(work), edges });
    if (held.detections.size === 0 && held.secrets.size === 0) return;
    await report(spans, held, { ...work, batch });
  } finally {
    await batch.close().catch(() => {});
  }
};

interface Spans {
  readonly spans: readonly Span[];
  readonly shallowFile: string | null;
}

const spansFor = async (request: RangeRequest, here: Here, batch: Batch, signal: AbortSignal): Promise<Spans> => {
  if (request.kind === 'range') {
    const { span, shallowFile } = await resolveRange(request.range, here.place, signal);
    return { spans: [span], shallowFile };
  }
  const shallowFile = await shallowFileOf(here.place, signal);
  return { spans: await spansOf(request.input, request.remote, batch), shallowFile };
};

/** Commits whose parents a shallow clone lacks (gitformat-pack, shallow). */
const edgesIn = (file: string | null): ReadonlySet<string> => {
  if (file === null) return new Set();
  try {
    return new Set(readFileSync(path.resolve(file), 'latin1').split('\n').filter(Boolean));
  } catch {
    return new Set();
  }
};

interface Work {
  readonly here: Here;
  readonly detector: Detector;
  readonly options: SourceOptions;
  readonly sink: Sink;
  readonly shallow: boolean;
}

const report = async (spans: readonly Span[], held: Held, work: Work & { readonly batch: Batch }): Promise<void> => {
  const { here, batch, detector, options, sink, shallow } = work;
  const { include, exclude, maxSize, signal, progress } = options;
  const skip = skipFor(work);
  for (const span of spans) {
    const sightings = await judgeSpan(span, held, {
      target: here.target,
      place: here.place,
      batch,
      detector,
      filter: await filterFor(include, exclude),
      messages: include.length === 0,
      maxSize,
      shallow,
      signal,
      update: progress.update,
      fault: (reason) => skip(null, `${span.name}: ${reason} ${ACCEPT}`, options.allowPartial ? 'limit' : 'fault'),
      note: sink.note,
    });
    for (const sighting of sightings) sink.sighting(sighting);
  }
};

const skipFor =
  ({ here, sink }: Work): Skip =>
  (what, reason, because = 'fault') =>
    sink.skipped({ type: 'skipped', schema: 1, target: here.target, what, reason, because });
