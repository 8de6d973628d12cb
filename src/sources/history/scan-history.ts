// The history of one repository: every object is read once, and git is asked where a thing came from only when it holds
// something.

import { createDetector } from '../../detect/detector.js';
import { reasonOf } from '../../errors.js';
import { createObjectReader, type ObjectReader } from '../../git/object-reader.js';
import type { Repository } from '../../git/repository.js';
import { gitReason } from '../../git/run.js';
import { countMissing } from '../../git/walk.js';
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
  const skip = (what: string | null, reason: string, because: 'fault' | 'limit' = 'fault'): void =>
    sink.skipped({ type: 'skipped', schema: 1, target, what, reason, because });

  const range = await historyRange(place, options);
  if (range === null) {
    skip(null, `there is no branch ${JSON.stringify(options.branch)} here, so its history was not read`);
    return;
  }
  const narrowed = options.since !== null || options.branch !== null;
  const hits = createHits();
  let left = 0;
  // Beside the reading, since both wait for git most of the time.
  const completeness = reportMissing(repository, range, options, skip);
  // Awaited below, but perhaps only after the reading has failed.
  completeness.catch(() => {});
  let total = '';
  void expectedObjects(repository, options).then((count) => {
    if (count > 0) total = ` of ${amount(count)}`;
  });
  let objects = 0;
  try {
    await readObjects(
      {
        place,
        range: narrowed ? range : null,
        threads: options.threads,
        maxSize: options.maxSize,
        detector: options.detector,
        signal: options.signal,
      },
      {
        hit: (head, scanned) => {
          if (scanned.capped) skip(head.oid, 'holds more credentials than are reported of one object');
          if (scanned.detections.length > 0 && !hits.add({ head, detections: scanned.detections })) left += 1;
        },
        tooLarge: (head) => skip(head.oid, `larger than --max-size: ${head.size} bytes`, 'limit'),
        fault: (oid, reason) => skip(oid, reason),
        progress: (read, bytes) => {
          const before = objects >> 12;
          objects += read;
          sink.count({ objects: read, bytes });
          if (objects >> 12 !== before) options.progress.update(`history: ${amount(objects)}${total} objects`);
        },
      },
    );
  } catch (error) {
    options.signal.throwIfAborted();
    skip(null, `history could not be read to its end: ${reasonOf(error)}`);
  }
  await completeness;
  if (left > 0) skip(null, `${amount(left)} more objects of the history hold credentials than can be reported at once`);
  if (hits.all.length === 0) return;
  options.progress.update('history: asking git where findings came from');
  await report(target, repository, hits.all, range, options, sink);
};

const report = async (
  target: string,
  { place }: Repository,
  hits: readonly Hit[],
  range: readonly string[],
  options: SourceOptions,
  sink: Sink,
): Promise<void> => {
  const reader = createObjectReader(place, options.signal);
  try {
    const heads = hits.map((hit) => hit.head);
    const origins = await findOrigins(heads, { place, range, reader, signal: options.signal });
    const filter = await createFilter(options.include, options.exclude);
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

type Skip = (what: string | null, reason: string, because?: 'fault' | 'limit') => void;

/** Says what is not there to be read: cut off by a shallow clone, left out by a partial one, or lost. */
const reportMissing = async (
  { place, shallow, partial, top }: Repository,
  range: readonly string[],
  options: SourceOptions,
  skip: Skip,
): Promise<void> => {
  const because = options.allowPartial ? 'limit' : 'fault';
  if (shallow) {
    const hint = `git -C ${top} fetch --unshallow`;
    skip(null, `a shallow clone: older history is not here (${hint} brings it, --allow-partial accepts it)`, because);
  }
  const { missing, example, end } = await countMissing(place, range, options.signal);
  if (missing > 0) {
    const why = partial ? 'left out of this partial clone' : 'missing from this repository';
    const names = missing === 1 ? `object ${example} is` : `${amount(missing)} objects are`;
    skip(
      null,
      `${names} ${why}${missing === 1 ? '' : `, ${example} among them`} (--allow-partial accepts it)`,
      because,
    );
  }
  if (end.code !== 0) skip(null, `history is damaged: ${gitReason(end.stderr)}`);
};

/** For the progress line only; zero when git cannot say. */
const expectedObjects = async ({ top }: Repository, { signal }: SourceOptions): Promise<number> => {
  const { countObjects } = await import('../../git/porcelain.js');
  return countObjects(top, signal);
};

const amount = (value: number): string => value.toLocaleString('en-GB');
