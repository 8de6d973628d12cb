// What a range of commits adds: a pull request, or what a push brings. All its objects are read once; git is asked more only
// when they hold something.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createDetector } from '../../detect/detector.js';
import type { Detector } from '../../detect/types.js';
import type { Batch } from '../../git/batch.js';
import type { Here } from '../../git/here.js';
import { once } from '../../once.js';
import { filterFor } from '../lazy-filter.js';
import type { Sink, SourceOptions } from '../types.js';
import { type AskedRange, askRange, type RangeRequest } from './ask-range.js';
import { type Held, judgeSpan } from './judge-span.js';
import { ACCEPT, createSpanReader, type Skip } from './read-spans.js';
import type { Span } from './revisions.js';

/** @throws AkscanError outside a repository, or for a revision that is unknown */
export const scanRange = async (request: RangeRequest, options: SourceOptions, sink: Sink): Promise<void> =>
  scanAskedRange(askRange(request, options.signal), options, sink);

/** @throws AkscanError for a revision that is unknown */
export const scanAskedRange = async (asked: AskedRange, options: SourceOptions, sink: Sink): Promise<void> => {
  const { here, batch, begun } = asked;
  // Made while git lists objects.
  const detector = once(() => createDetector(options.detector));
  try {
    // Not later: a branch that moves meanwhile would have other objects judged than were read.
    const resolving = asked.resolve();
    resolving.catch(() => {});
    const shallowFile = begun === null || begun.mayBeShallow ? (await resolving).shallowFile : null;
    const edges = edgesIn(shallowFile);
    const skip = skipFor({ here, sink });
    const reader = createSpanReader({ place: here.place, detector, options, sink, skip, edges });
    const passOver = begun === null ? null : await reader.readBegun(begun);
    if (begun === null || passOver !== null) await reader.read((await resolving).spans, passOver);
    const { held } = reader;
    if (held.detections.size === 0 && held.secrets.size === 0) return;
    const { spans } = await resolving;
    const shallow = shallowFile !== null;
    await report(spans, held, { here, options, sink, shallow, batch, detector: detector() });
  } finally {
    await asked.close();
  }
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

interface Reporting {
  readonly here: Here;
  readonly options: SourceOptions;
  readonly sink: Sink;
  /** Whether history was cut off. */
  readonly shallow: boolean;
  readonly batch: Batch;
  readonly detector: Detector;
}

const report = async (spans: readonly Span[], held: Held, work: Reporting): Promise<void> => {
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
  ({ here, sink }: Pick<Reporting, 'here' | 'sink'>): Skip =>
  (what, reason, because = 'fault') =>
    sink.skipped({ type: 'skipped', schema: 1, target: here.target, what, reason, because });
