// Gives every object of a database to the detector, each where it lies: packs and loose objects, of the repository itself and
// of those it borrows from. What cannot be read here is named, for a reader that asks git.

import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createBreather } from '../breather.js';
import type { HashFormat } from '../git/hash.js';
import { contentOf, objectFolders, type PackFile } from './database.js';
import { openIfReadable } from './index-file.js';
import { NOT_GENUINE, readPack } from './read-pack.js';
import { createRunner, type RunnerSettings } from './runner.js';
import { type DatabaseEvents, type Scan, threadsFor } from './scan.js';

export interface ScanDatabase extends Omit<RunnerSettings, 'progress' | 'check' | 'known'> {
  /** The repository's folder of objects, absolute. */
  readonly objects: string;
  readonly threads: number;
  /** Whose names are looked up, to tell what is missing; asked with about how many objects there are. */
  readonly check: (objects: number) => RunnerSettings['check'];
  /** More names to look up, in binary: what refs name. */
  readonly named: () => Promise<Uint8Array>;
  /** For tests: entries planned at once. */
  readonly mostEntries?: number;
  readonly signal: AbortSignal;
}

export interface DatabaseRead {
  /** Names of what could not be read here; may be asked for several times. */
  readonly unread: Iterable<string>;
  /** Packs came and went too often, or are not where they should be: everything has to be read some other way. */
  readonly restless: boolean;
  /** Names that are held by what was checked, and that the database lacks; in hexadecimal. */
  readonly missing: ReadonlySet<string>;
}

/** A repack takes packs away while they are read; what was in them lies in new ones, which are read then. */
const ROUNDS = 4;
/** Milliseconds in which a pack that comes or goes has its index, or has gone. */
const SETTLING = 500;

export const scanDatabase = async (options: ScanDatabase, events: DatabaseEvents): Promise<DatabaseRead> => {
  const { hash, detector, maxSize, judge, verify, signal } = options;
  const { folders, missing } = objectFolders(options.objects);
  if (folders.length === 0) return { unread: [], restless: true, missing: new Set() };
  for (const place of missing) events.fault(place, 'objects are borrowed from there, but it cannot be read');
  const first = listFolders(folders);
  const objects = first.packs.reduce((sum, { index }) => sum + countIn(index, hash), 0);
  events.expected(objects);
  const progress = new BigInt64Array(new SharedArrayBuffer(16));
  const settings: RunnerSettings = {
    hash,
    detector,
    maxSize,
    judge,
    verify,
    check: options.check(objects),
    known: { indexes: first.packs.map(({ index }) => index), loose: first.loose },
    progress,
    ...(options.genuine === undefined ? {} : { genuine: options.genuine }),
    ...(options.anchors === undefined ? {} : { anchors: options.anchors }),
    ...(options.program === undefined ? {} : { program: options.program }),
  };
  const scan: Scan = {
    events,
    hash,
    settings,
    runner: createRunner(settings, events.holds),
    pause: createPause(signal, () => report(progress, events)),
    signal,
    mostThreads: options.threads,
    mostEntries: options.mostEntries,
    threads: null,
    unread: [],
    gone: false,
  };
  try {
    await readAll(folders, first, scan);
    const absent = await findMissing(scan, options.named);
    report(progress, events);
    return { unread: eachOf(scan.unread), restless: scan.gone, missing: absent };
  } finally {
    scan.threads?.stop();
  }
};

interface Listing {
  readonly packs: readonly PackFile[];
  /** Packs without an index, and the other way round. */
  readonly unindexed: readonly string[];
  readonly packless: readonly string[];
  /** Folders of loose objects. */
  readonly loose: readonly string[];
}

const listFolders = (folders: readonly string[]): Listing => {
  const contents = folders.map((folder) => ({ folder, ...contentOf(folder) }));
  return {
    packs: contents.flatMap(({ packs }) => packs),
    unindexed: contents.flatMap(({ unindexed }) => unindexed),
    packless: contents.flatMap(({ packless }) => packless),
    loose: contents.flatMap(({ folder, loose }) => loose.map((name) => path.join(folder, name))),
  };
};

/** A pack gets its index when it lies in its place, and loses it before it goes: halves are looked at again. */
const listSettled = async (folders: readonly string[], signal: AbortSignal): Promise<Listing> => {
  const listing = listFolders(folders);
  if (listing.unindexed.length + listing.packless.length === 0) return listing;
  await wait(SETTLING, undefined, { signal });
  return listFolders(folders);
};

const countIn = (file: string, hash: HashFormat): number => {
  const index = openIfReadable(file, hash);
  index?.close();
  return index?.count ?? 0;
};

const readAll = async (folders: readonly string[], first: Listing, scan: Scan): Promise<void> => {
  await readLoose(first.loose, scan);
  const seen = new Set<string>();
  let last = first;
  let { packs } = first;
  let vanished = false;
  // Once even without a pack: the first repack takes loose objects away while they are read.
  for (let round = 0; round < ROUNDS && (round === 0 || packs.length > 0); round++) {
    scan.gone = false;
    for (const pack of packs) {
      seen.add(pack.pack);
      await readPack(pack, scan);
    }
    vanished ||= scan.gone;
    last = await listSettled(folders, scan.signal);
    packs = last.packs.filter(({ pack }) => !seen.has(pack));
  }
  if (packs.length > 0) scan.gone = true;
  // A repack makes loose what nothing reaches any more; hits that come twice are one.
  if (vanished) await readLoose(last.loose, scan);
  for (const pack of last.unindexed)
    scan.events.fault(path.basename(pack), 'the pack has no index (git index-pack makes one)');
  for (const index of last.packless) scan.events.fault(path.basename(index), 'the pack of this index is not there');
};

const readLoose = async (folders: readonly string[], scan: Scan): Promise<void> => {
  if (folders.length === 0) return;
  const threads = await threadsFor(0, scan);
  for (const { held, unread, unlisted, damaged, tooLarge, genuine } of await threads.runLoose(folders)) {
    scan.events.genuine?.(genuine);
    for (const { folder, reason } of unlisted) scan.events.fault(folder, `its objects cannot be listed: ${reason}`);
    for (const oid of damaged) scan.events.fault(oid, 'damaged: it is not what its header or its name says');
    for (const one of held) {
      if (one.digest !== one.oid && !damaged.includes(one.oid)) scan.events.fault(one.oid, NOT_GENUINE);
      scan.events.held(one.oid, one);
    }
    for (const { oid, type, size } of tooLarge) scan.events.tooLarge(oid, type, size);
    scan.unread.push(unread);
  }
};

const findMissing = async (scan: Scan, named: () => Promise<Uint8Array>): Promise<ReadonlySet<string>> => {
  const missing = new Set<string>();
  if (scan.settings.check === 'nothing') return missing;
  const { bytes } = scan.hash;
  const threads = await threadsFor(0, scan);
  for (const names of await threads.missing(await named())) {
    const hex = Buffer.from(names.buffer, names.byteOffset, names.length).toString('hex');
    for (let at = 0; at < hex.length; at += bytes * 2) missing.add(hex.slice(at, at + bytes * 2));
  }
  return missing;
};

const eachOf = (lists: readonly Iterable<string>[]): Iterable<string> => ({
  *[Symbol.iterator]() {
    for (const list of lists) yield* list;
  },
});

const report = (progress: BigInt64Array, events: DatabaseEvents): void => {
  const objects = Number(Atomics.exchange(progress, 0, 0n));
  const bytes = Number(Atomics.exchange(progress, 1, 0n));
  if (objects > 0 || bytes > 0) events.progress(objects, bytes);
};

/** Lets Ctrl-C and the progress line have their turn. */
const createPause = (signal: AbortSignal, say: () => void): (() => Promise<void> | null) => {
  const breather = createBreather(signal);
  return () => (breather.due() ? breather.take().then(say) : null);
};
