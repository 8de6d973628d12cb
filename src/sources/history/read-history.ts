// Gives every object of a history to the detector: from the packs themselves where all of it is wanted (src/pack), through
// git where only a part is, or where the packs cannot be read as they are.

import { amount } from '../../amount.js';
import { reasonOf } from '../../errors.js';
import type { ObjectHead } from '../../git/batch-format.js';
import { listTips, type Tips } from '../../git/refs.js';
import type { Repository } from '../../git/repository.js';
import { type Completeness, checkCompleteness } from '../../git/walk.js';
import { NOT_GENUINE } from '../../pack/read-pack.js';
import { type DatabaseRead, scanDatabase } from '../../pack/scan-database.js';
import { keepBytecode } from '../../v8-flags.js';
import { cappedReason } from '../capped.js';
import type { Sink, SourceOptions } from '../types.js';
import { createHits, type Hit, type Hits } from './hits.js';
import { type ObjectEvents, readObjects, type WhichObjects } from './read-objects.js';
import { falseObjects } from './verify-objects.js';

export interface HistoryRead {
  readonly hits: readonly Hit[];
  /** Whether all that commits name is there; null: it was not asked, since finding out where hits came from tells. */
  readonly completeness: Completeness | null;
}

export type Skip = (what: string | null, reason: string, because?: 'fault' | 'limit') => void;

/** How history is read: tests choose a reader, and whoever remembers what was read before names objects. */
export interface HowToRead {
  readonly reader?: 'packs' | 'cat-file';
  /** WebAssembly to run instead of the pack kernel. */
  readonly program?: Uint8Array;
  /** Only these objects. */
  readonly named?: Iterable<string>;
  /** Where hits are kept; several reads of one repository share their bounds. */
  readonly hits?: Hits;
  /** Objects below which all are read, whatever is known (read-few.ts); tests choose. */
  readonly small?: number;
  /** What refs and HEAD name, where that was asked already. */
  readonly tips?: Promise<Tips>;
}

export interface HistoryEvents {
  /** An object that holds something was found: at least the first of them. */
  readonly firstHit: () => void;
  readonly sink: Sink;
  readonly skip: Skip;
  /** Names, in binary, that are what the bytes read stand for; told when every object is verified. */
  readonly genuine?: (names: Uint8Array) => void;
  /** What a commit, a tag or a tree holds; told of objects that are asked for by name. The bytes are valid only during the call. */
  readonly structure?: (head: ObjectHead, bytes: Uint8Array) => void;
}

export const readHistory = async (
  repository: Repository,
  range: readonly string[],
  options: SourceOptions,
  events: HistoryEvents,
  how: HowToRead = {},
): Promise<HistoryRead> => {
  const { skip } = events;
  const hits = how.hits ?? createHits();
  const leftBefore = hits.left;
  const reading: Reading = { repository, range, options, events, hits, counts: { objects: 0, bytes: 0, total: 0 } };
  let completeness: Completeness | null = null;
  try {
    if (how.named !== undefined) await readThroughGit({ which: 'named', oids: how.named }, reading);
    else if (options.since !== null || options.branch !== null)
      await readThroughGit({ which: 'reached', range }, reading);
    else if (how.reader === 'cat-file') await readThroughGit({ which: 'all' }, reading);
    else completeness = await readPacks(reading, how);
  } catch (error) {
    options.signal.throwIfAborted();
    skip(null, `history could not be read to its end: ${reasonOf(error)}`);
  }
  if (hits.left > leftBefore)
    skip(
      null,
      `${amount(hits.left - leftBefore)} more objects of the history hold credentials than can be reported at once`,
    );
  return { hits: hits.all, completeness };
};

interface Reading {
  readonly repository: Repository;
  readonly range: readonly string[];
  readonly options: SourceOptions;
  readonly events: HistoryEvents;
  readonly hits: Hits;
  readonly counts: { objects: number; bytes: number; total: number };
}

const readThroughGit = async (objects: WhichObjects, reading: Reading): Promise<void> => {
  const { repository, options } = reading;
  if (objects.which !== 'named') keepBytecode();
  const { threads, maxSize, detector, signal } = options;
  if (objects.which !== 'named') void expectedObjects(reading);
  await readObjects({ place: repository.place, objects, threads, maxSize, detector, signal }, objectEvents(reading));
};

const objectEvents = (reading: Reading): ObjectEvents => {
  const { skip } = reading.events;
  return {
    hit: (head, { detections, capped }) => takeHit({ head, detections }, capped, reading),
    tooLarge: ({ oid, size }) => sayTooLarge(skip, oid, size),
    ...(reading.events.structure === undefined ? {} : { structure: reading.events.structure }),
    fault: (oid, reason) => skip(oid, reason),
    trees: (count) => progress(count, 0, reading),
    progress: (objects, bytes) => progress(objects, bytes, reading),
  };
};

const takeHit = (hit: Hit, capped: boolean, { events, hits }: Reading): void => {
  if (capped) events.skip(hit.head.oid, cappedReason('object'));
  if (hit.detections.length === 0) return;
  if (hits.all.length === 0) events.firstHit();
  hits.add(hit);
};

const sayTooLarge = (skip: Skip, oid: string, size: number): void =>
  skip(oid, `larger than --max-size: ${size} bytes`, 'limit');

const progress = (objects: number, bytes: number, { options, events, counts }: Reading): void => {
  events.sink.count({ objects, bytes });
  const before = counts.objects >> 12;
  counts.objects += objects;
  counts.bytes += bytes;
  if (counts.objects >> 12 === before) return;
  const of = counts.total > 0 ? ` of ${amount(counts.total)}` : '';
  options.progress.update(`history: ${amount(counts.objects)}${of} objects`, {
    done: counts.objects,
    bytes: counts.bytes,
    ...(counts.total > 0 ? { total: counts.total } : {}),
  });
};

/**
 * Objects up to which all that trees name is looked up. Beyond, the names that commits, tags and refs hold have to do, which
 * are had for nothing: what a lost pack held is missed among those. A partial clone is checked in full: it lacks something.
 */
const CHECKED_IN_FULL = 100_000;
/** Objects beyond which the table of all names would take too much memory: then git is asked. */
const MOST_CHECKED = 8_000_000;

const readPacks = async (reading: Reading, how: HowToRead): Promise<Completeness | null> => {
  const { repository, range, options, events, hits, counts } = reading;
  const { place, objects, hash, shallow, partial } = repository;
  const { threads, maxSize, detector, signal, verifyObjects = 'hits' } = options;
  const { skip } = events;
  const tips = how.tips ?? listTips(place, hash, signal);
  // Looked at when all is read.
  tips.catch(() => {});
  const scanned = scanDatabase(
    {
      objects,
      hash,
      threads,
      maxSize,
      detector,
      judge: 'detector',
      verify: verifyObjects,
      ...(events.genuine === undefined ? {} : { genuine: 'told' }),
      check: (count) => {
        if (count > MOST_CHECKED) return 'nothing';
        return partial || verifyObjects === 'all' || count <= CHECKED_IN_FULL ? 'all' : 'messages';
      },
      named: async () => (await tips).names,
      signal,
      ...(how.program === undefined ? {} : { program: how.program }),
    },
    {
      expected: (count) => {
        counts.total = count;
      },
      holds: events.firstHit,
      held: (oid, { type, size, scanned: { detections, capped } }) => {
        takeHit({ head: { oid, type, size }, detections }, capped, reading);
      },
      tooLarge: (oid, _type, size) => sayTooLarge(skip, oid, size),
      ...(events.genuine === undefined ? {} : { genuine: events.genuine }),
      fault: (what, reason) => skip(what, reason),
      progress: (count, bytes) => progress(count, bytes, reading),
    },
  );
  const { unread, restless, missing } = await scanned.catch((error: unknown): DatabaseRead => {
    signal.throwIfAborted();
    skip(null, `the packs could not be read to their end, so git was asked for all objects: ${reasonOf(error)}`);
    return { unread: [], restless: true, missing: new Set() };
  });
  await readThroughGit(restless ? { which: 'all' } : { which: 'named', oids: unread }, reading);
  const held = new Set(hits.all.map(({ head }) => head.oid));
  const doubtful = verifyObjects === 'all' ? unread : amongThose(unread, held);
  for (const oid of await falseObjects(place, hash, doubtful, signal)) skip(oid, NOT_GENUINE);
  const { damage } = await tips;
  if (counts.total > MOST_CHECKED) return null;
  const [example = null] = [...missing].sort();
  if (damage === null && (example === null || (partial && !shallow))) return { missing: missing.size, example, damage };
  // What is missing may be cut off on purpose, or hang on objects that nothing needs any more: git knows.
  return checkCompleteness(place, range, signal);
};

function* amongThose(oids: Iterable<string>, wanted: ReadonlySet<string>): Generator<string> {
  if (wanted.size > 0) for (const oid of oids) if (wanted.has(oid)) yield oid;
}

/** For the progress line only. */
const expectedObjects = async ({ repository, options, counts }: Reading): Promise<void> => {
  const porcelain = await import('../../git/porcelain.js');
  counts.total = await porcelain.countObjects(repository.top, options.signal);
};
