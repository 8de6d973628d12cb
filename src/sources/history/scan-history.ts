// The history of one repository: every object is read once, and git is asked where a thing came from only when it holds
// something.

import { amount } from '../../amount.js';
import { createDetector } from '../../detect/detector.js';
import { compareText } from '../../findings/order.js';
import { createObjectReader, type ObjectReader } from '../../git/object-reader.js';
import type { Repository } from '../../git/repository.js';
import type { Completeness } from '../../git/walk.js';
import { createFilter, type Filter } from '../filter.js';
import { complete, MOST_LONE } from '../siblings.js';
import type { Sighting, Sink, SourceOptions } from '../types.js';
import { withAdmittedPaths } from './admitted.js';
import { createAttribution } from './attribution.js';
import type { Hit } from './hits.js';
import type { Origin } from './origins.js';
import { historyRange } from './range.js';
import { type HistoryEvents, type HowToRead, readHistory, type Skip } from './read-history.js';
import { scanRemembered } from './remembered.js';
import { siblingsInCommit } from './siblings.js';
import { type HistoryFound, type HistoryScan, scanNew, withOrigins } from './since-scan-history.js';
import { whereaboutsOf } from './whereabouts.js';

export const scanHistory = async (
  target: string,
  repository: Repository,
  options: SourceOptions,
  sink: Sink,
  how: HowToRead = {},
): Promise<void> => {
  const { place } = repository;
  const skip: Skip = (what, reason, because = 'fault') =>
    sink.skipped({ type: 'skipped', schema: 1, target, what, reason, because });

  const range = await historyRange(place, options);
  if (range === null) {
    skip(null, `there is no branch ${JSON.stringify(options.branch)} here, so its history was not read`);
    return;
  }
  const { objects, hash } = repository;
  const attribution = createAttribution({ place, range, objects, hash, signal: options.signal });
  const events: HistoryEvents = { sink, skip, firstHit: attribution.begin };
  const since = options.sinceScan ?? null;
  const scan = { repository, range, options, attribution, events, how };
  const { memory } = options;
  const found =
    memory !== undefined ? scanRemembered(memory, scan) : since !== null ? scanNew(since, scan) : scanAll(scan);
  const { hits, origins, completeness } = await found;
  const filter = createFilter(options.include, options.exclude);
  const { admits } = filter;
  const admitted = await withAdmittedPaths(origins, { place, range, admits, signal: options.signal });
  const told = options.whereabouts === 'all' ? await withWhereabouts(admitted, hits, scan) : admitted;
  await report({ target, repository, origins: told, filter }, hits, options, sink);
  sayWhatIsMissing(repository, completeness, options, skip);
};

const scanAll = async (scan: HistoryScan): Promise<HistoryFound> => {
  const { repository, range, options, events, how } = scan;
  return withOrigins(await readHistory(repository, range, options, events, how), scan);
};

const withWhereabouts = async (
  origins: ReadonlyMap<string, Origin>,
  hits: readonly Hit[],
  { repository, range, options }: HistoryScan,
): Promise<ReadonlyMap<string, Origin>> => {
  const heads = hits.map((hit) => hit.head);
  const { place } = repository;
  const all = await whereaboutsOf(heads, { place, range, signal: options.signal });
  return new Map(
    [...origins].map(([oid, origin]) => {
      const whereabouts = all.get(oid);
      return [
        oid,
        whereabouts === undefined ? origin : { ...origin, provenance: { ...origin.provenance, whereabouts } },
      ];
    }),
  );
};

interface ReportOf {
  readonly target: string;
  readonly repository: Repository;
  readonly origins: ReadonlyMap<string, Origin>;
  readonly filter: Filter;
}

const report = async (
  { target, repository, origins, filter }: ReportOf,
  hits: readonly Hit[],
  options: SourceOptions,
  sink: Sink,
): Promise<void> => {
  if (hits.length === 0) return;
  const reader = createObjectReader(repository.place, options.signal);
  try {
    const lone: Lone[] = [];
    // Of too many IDs that stand alone the same are completed, in whatever order objects were read.
    for (const { head, detections } of [...hits].sort((a, b) => compareText(a.head.oid, b.head.oid))) {
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
