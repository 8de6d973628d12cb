// The history of one repository: every object is read once, and git is asked where a thing came from only when it holds
// something.

import { createDetector } from '../../detect/detector.js';
import { reasonOf } from '../../errors.js';
import { createObjectReader, type ObjectReader } from '../../git/object-reader.js';
import type { Repository } from '../../git/repository.js';
import { type Completeness, checkCompleteness } from '../../git/walk.js';
import { createFilter, type Filter } from '../filter.js';
import { complete, MOST_LONE } from '../siblings.js';
import type { Sighting, Sink, SourceOptions } from '../types.js';
import { createHits, type Hit } from './hits.js';
import { findOrigins, type Origin } from './origins.js';
import { historyRange } from './range.js';
import { readObjects } from './read-objects.js';
import { siblingsInCommit } from './siblings.js';

export const scanHistory = async (
  target: string,
  repository: Repository,
  options: SourceOptions,
  sink: Sink,
): Promise<void> => {
  const { place } = repository;
  const skip: Skip = (what, reason, because = 'fault') =>
    sink.skipped({ type: 'skipped', schema: 1, target, what, reason, because });

  const range = await historyRange(place, options);
  if (range === null) {
    skip(null, `there is no branch ${JSON.stringify(options.branch)} here, so its history was not read`);
    return;
  }
  const { hits, check } = await readHistory(repository, range, options, sink, skip);
  let completeness = await check;
  if (hits.length > 0) {
    options.progress.update('history: asking git where findings came from');
    const walked = await report(
      { target, repository, range, until: completeness === null ? 'end' : 'found' },
      hits,
      options,
      sink,
    );
    completeness ??= walked;
  }
  completeness ??= await checkCompleteness(place, range, options.signal);
  sayWhatIsMissing(repository, completeness, options, skip);
};

type Skip = (what: string | null, reason: string, because?: 'fault' | 'limit') => void;

/** The share of the objects that is read when the check begins; any later, it would outlast the reading. */
const HALF = 1 / 2;

interface HistoryRead {
  readonly hits: readonly Hit[];
  /** Under way or over when history is large and had held nothing at half time; else null. */
  readonly check: Promise<Completeness> | null;
}

const readHistory = async (
  repository: Repository,
  range: readonly string[],
  options: SourceOptions,
  sink: Sink,
  skip: Skip,
): Promise<HistoryRead> => {
  const { place } = repository;
  const { threads, maxSize, detector, signal } = options;
  const narrowed = options.since !== null || options.branch !== null;
  const hits = createHits();
  let left = 0;
  let objects = 0;
  let trees = 0;
  let total = 0;
  let check: Promise<Completeness> | null = null;
  void expectedObjects(repository, options).then((count) => {
    total = count;
  });

  const progress = (read: number, bytes: number): void => {
    const before = objects >> 12;
    objects += read;
    sink.count({ objects: read, bytes });
    if (objects >> 12 === before) return;
    options.progress.update(`history: ${amount(objects)}${total > 0 ? ` of ${amount(total)}` : ''} objects`);
    // Where findings came from takes a walk that tells this too; without findings it is had for less, beside the reading.
    // Trees are counted long before the rest is read, and would have it begin too early, for nothing.
    if (check === null && hits.all.length === 0 && total > 0 && objects - trees > (total - trees) * HALF) {
      check = checkCompleteness(place, range, signal);
      check.catch(() => {});
    }
  };
  try {
    await readObjects(
      { place, range: narrowed ? range : null, threads, maxSize, detector, signal },
      {
        hit: (head, scanned) => {
          if (scanned.capped) skip(head.oid, 'holds more credentials than are reported of one object');
          if (scanned.detections.length > 0 && !hits.add({ head, detections: scanned.detections })) left += 1;
        },
        tooLarge: (head) => skip(head.oid, `larger than --max-size: ${head.size} bytes`, 'limit'),
        fault: (oid, reason) => skip(oid, reason),
        trees: (count) => {
          trees += count;
          progress(count, 0);
        },
        progress,
      },
    );
  } catch (error) {
    signal.throwIfAborted();
    skip(null, `history could not be read to its end: ${reasonOf(error)}`);
  }
  if (left > 0) skip(null, `${amount(left)} more objects of the history hold credentials than can be reported at once`);
  return { hits: hits.all, check };
};

interface ReportOf {
  readonly target: string;
  readonly repository: Repository;
  readonly range: readonly string[];
  readonly until: 'found' | 'end';
}

const report = async (
  { target, repository, range, until }: ReportOf,
  hits: readonly Hit[],
  options: SourceOptions,
  sink: Sink,
): Promise<Completeness> => {
  const { place } = repository;
  const { signal } = options;
  const reader = createObjectReader(place, signal);
  try {
    const heads = hits.map((hit) => hit.head);
    const { origins, completeness } = await findOrigins(heads, { place, range, reader, until, signal });
    const filter = createFilter(options.include, options.exclude);
    const lone: Lone[] = [];
    for (const { head, detections } of hits) {
      const origin = origins.get(head.oid);
      if (origin === undefined || !inScope(origin, filter, options)) continue;
      for (const detection of detections) {
        const sighting = { target, ...origin, detection };
        if (detection.kind === 'id-only' && origin.provenance.commit !== undefined && origin.path !== null)
          lone.push({ sighting, commit: origin.provenance.commit, path: origin.path });
        else sink.sighting(sighting);
      }
    }
    await reportLone(lone, reader, filter, options, sink);
    return completeness;
  } finally {
    reader.close();
  }
};

interface Lone {
  readonly sighting: Sighting;
  readonly commit: string;
  readonly path: string;
}

const reportLone = async (
  lone: readonly Lone[],
  reader: ObjectReader,
  filter: Filter,
  options: SourceOptions,
  sink: Sink,
): Promise<void> => {
  if (lone.length === 0) return;
  const detector = createDetector(options.detector);
  for (const [index, { sighting, commit, path }] of lone.entries()) {
    options.signal.throwIfAborted();
    const siblings = index < MOST_LONE ? await siblingsInCommit(reader, commit, path, filter.admits) : [];
    const completed = complete(detector, sighting.detection, path, siblings);
    sink.sighting(completed === null ? sighting : { ...sighting, ...completed });
  }
};

/** Messages have no path: they are left out only when the user asked for certain paths. */
const inScope = (origin: Origin, filter: Filter, options: SourceOptions): boolean =>
  origin.path === null ? options.include.length === 0 : filter.admits(origin.path);

/** What is not there to be read: cut off by a shallow clone, left out of a partial one, or lost. */
const sayWhatIsMissing = (
  { shallow, partial, top }: Repository,
  { missing, example, damage }: Completeness,
  options: SourceOptions,
  skip: Skip,
): void => {
  const because = options.allowPartial ? 'limit' : 'fault';
  if (shallow) {
    const hint = `git -C ${top} fetch --unshallow`;
    skip(null, `a shallow clone: older history is not here (${hint} brings it, --allow-partial accepts it)`, because);
  }
  if (missing > 0) {
    const why = partial ? 'left out of this partial clone' : 'missing from this repository';
    const names = missing === 1 ? `object ${example} is` : `${amount(missing)} objects are`;
    skip(
      null,
      `${names} ${why}${missing === 1 ? '' : `, ${example} among them`} (--allow-partial accepts it)`,
      because,
    );
  }
  if (damage !== null) skip(null, `history is damaged: ${damage}`);
};

/** For the progress line only; zero when git cannot say. */
const expectedObjects = async ({ top }: Repository, { signal }: SourceOptions): Promise<number> => {
  const { countObjects } = await import('../../git/porcelain.js');
  return countObjects(top, signal);
};

const amount = (value: number): string => value.toLocaleString('en-GB');
