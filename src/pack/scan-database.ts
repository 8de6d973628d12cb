// Gives every object of a database to the detector, each where it lies: packs and loose objects, of the repository itself and
// of those it borrows from. What cannot be read here is named, for a reader that asks git.

import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { reasonOf } from '../errors.js';
import type { HashFormat } from '../git/hash.js';
import { contentOf, objectFolders, type PackFile } from './database.js';
import { BrokenIndex, type IndexFile, openIndex } from './index-file.js';
import { missingNames, type NameTable, tableOfNames } from './links.js';
import { allNames, namesAt } from './names.js';
import { BrokenPack, planPack } from './plan.js';
import type { Held, LooseResult, ObjectType, PackResult } from './results.js';
import { createRunner, LARGEST, looseNames, type Runner, type RunnerSettings } from './runner.js';
import { createPackThreads, type PackThreads } from './threads.js';

export interface ScanDatabase extends Omit<RunnerSettings, 'progress'> {
  /** The repository's folder of objects, absolute. */
  readonly objects: string;
  readonly threads: number;
  /** More names to look up, in binary, when those that commits and tags hold are; null: none are looked up. */
  readonly named: (() => Promise<Uint8Array>) | null;
  /** For tests: entries planned at once. */
  readonly mostEntries?: number;
  readonly signal: AbortSignal;
}

export interface DatabaseEvents {
  /** It held something. `genuine`: its bytes are those its name stands for. */
  held(oid: string, held: Held, genuine: boolean): void;
  tooLarge(oid: string, type: ObjectType, size: number): void;
  /** Something is wrong with a pack, or a folder is not there. */
  fault(what: string, reason: string): void;
  /** Objects read and bytes searched since the last call. */
  progress(objects: number, bytes: number): void;
}

export interface DatabaseRead {
  /** Names of what could not be read here. */
  readonly unread: Iterable<string>;
  /** Packs came and went too often: everything has to be read some other way. */
  readonly restless: boolean;
  /** Names that commits or tags hold and the database lacks, in hexadecimal; empty when they were not checked. */
  readonly missing: readonly string[];
}

/** A repack takes packs away while they are read; what was in them lies in new ones, which are read then. */
const ROUNDS = 4;
/** Objects below which one thread is done before another has begun. */
const WORTH_A_THREAD = 20_000;
/** Milliseconds between two looks at whatever else the process has to do. */
const BREATH = 40;

export const scanDatabase = async (options: ScanDatabase, events: DatabaseEvents): Promise<DatabaseRead> => {
  const { hash, objects } = options;
  const progress = new Int32Array(new SharedArrayBuffer(8));
  const settings: RunnerSettings = { ...runnerSettings(options), progress };
  const { folders, missing } = objectFolders(objects);
  for (const folder of missing) events.fault(folder, 'objects are borrowed from there, but there is no such folder');

  const scan: Scan = {
    options,
    events,
    hash,
    runner: createRunner(settings),
    threads: null,
    settings,
    pause: createPause(options.signal, () => report(progress, events)),
    tables: [],
    unread: [],
    gone: false,
  };
  try {
    await readFolders(folders, scan);
    const absent = await checkLinks(scan);
    report(progress, events);
    return { unread: eachOf(scan.unread), restless: scan.gone, missing: absent };
  } finally {
    scan.threads?.stop();
  }
};

/** Objects in the packs of a repository, those of all it borrows from included; zero when they cannot be told. */
export const countObjects = (objects: string, hash: HashFormat): number => {
  let count = 0;
  for (const folder of objectFolders(objects).folders) {
    for (const { index } of contentOf(folder).packs) count += countIn(index, hash);
  }
  return count;
};

const countIn = (file: string, hash: HashFormat): number => {
  try {
    const index = openIndex(file, hash);
    index.close();
    return index.count;
  } catch {
    return 0;
  }
};

const runnerSettings = (options: ScanDatabase): Omit<RunnerSettings, 'progress'> => ({
  hash: options.hash,
  detector: options.detector,
  maxSize: options.maxSize,
  judge: options.judge,
  ...(options.anchors === undefined ? {} : { anchors: options.anchors }),
  ...(options.program === undefined ? {} : { program: options.program }),
});

interface Scan {
  readonly options: ScanDatabase;
  readonly events: DatabaseEvents;
  readonly hash: HashFormat;
  readonly settings: RunnerSettings;
  readonly runner: Runner;
  /** Made when there is enough to read. */
  threads: PackThreads | null;
  readonly pause: () => Promise<void> | null;
  /** Of all names in the database, when links are checked. */
  readonly tables: Promise<NameTable>[];
  readonly unread: Iterable<string>[];
  /** A pack was gone when it was to be read, and nothing has come in its place yet. */
  gone: boolean;
}

function* eachOf(lists: readonly Iterable<string>[]): Generator<string> {
  for (const list of lists) yield* list;
}

const readFolders = async (folders: readonly string[], scan: Scan): Promise<void> => {
  const seen = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const packs: PackFile[] = [];
    const unindexed: string[] = [];
    const loose: string[] = [];
    for (const folder of folders) {
      const content = contentOf(folder);
      packs.push(...content.packs.filter(({ pack }) => !seen.has(pack)));
      unindexed.push(...content.unindexed);
      if (round === 0) loose.push(...content.loose.map((name) => path.join(folder, name)));
    }
    if (round > 0 && packs.length === 0) {
      for (const pack of unindexed)
        scan.events.fault(path.basename(pack), 'the pack has no index (git index-pack makes one)');
      return;
    }
    scan.gone = false;
    if (loose.length > 0) await readLooseObjects(loose, scan);
    for (const pack of packs) {
      seen.add(pack.pack);
      await readPack(pack, scan);
    }
  }
};

const readPack = async (file: PackFile, scan: Scan): Promise<void> => {
  const { events, hash, options } = scan;
  let index: IndexFile;
  try {
    index = openIndex(file.index, hash);
  } catch (error) {
    if (isGone(error)) scan.gone = true;
    else events.fault(path.basename(file.index), `the index cannot be read: ${reasonOf(error)}`);
    return;
  }
  let fd = -1;
  try {
    fd = openSync(file.pack, 'r');
    scan.threads ??= await threadsFor(index.count, scan);
    if (options.named !== null) scan.tables.push(tableOf(file.index, scan));
    const planning = {
      hash,
      largest: LARGEST,
      ...(options.mostEntries === undefined ? {} : { mostEntries: options.mostEntries }),
    };
    for (const { plan, objects, unplanned } of planPack(scan.runner.kernel, { pack: file.pack, fd, index }, planning)) {
      const results = await threadsOf(scan).runPack(plan);
      const jobs = plan.jobs.length / JOB_WORDS;
      events.progress(objects - jobs - unplanned.length, 0);
      takePack(file, index, [...unplanned], results, scan);
      options.signal.throwIfAborted();
    }
  } catch (error) {
    if (isGone(error)) scan.gone = true;
    else if (error instanceof BrokenPack || error instanceof BrokenIndex) {
      events.fault(path.basename(file.pack), `the pack cannot be read as it is: ${error.message}`);
      scan.unread.push(allNames(file.index, hash));
    } else throw error;
  } finally {
    if (fd >= 0) closeSync(fd);
    index.close();
  }
};

const JOB_WORDS = 5;

const takePack = (
  file: PackFile,
  index: IndexFile,
  unplanned: readonly number[],
  results: readonly PackResult[],
  scan: Scan,
): void => {
  const { events } = scan;
  const offsets = new Set(unplanned);
  for (const result of results) {
    for (const offset of result.unread) offsets.add(offset);
    for (const { offset } of result.held) offsets.add(offset);
    for (const { offset } of result.tooLarge) offsets.add(offset);
    if (result.failure === 'gone') scan.gone = true;
    if (result.failure === 'short') events.fault(path.basename(file.pack), 'the pack is shorter than its index says');
  }
  const named = namesAt(index, offsets);
  const oids = new Map(named.map(({ offset, oid }) => [offset, oid]));
  for (const { held, tooLarge } of results) {
    for (const one of held) {
      const oid = oids.get(one.offset);
      if (oid === undefined) continue;
      oids.delete(one.offset);
      events.held(oid, one, one.digest === oid);
    }
    for (const { offset, type, size } of tooLarge) {
      const oid = oids.get(offset);
      if (oid !== undefined) events.tooLarge(oid, type, size);
      oids.delete(offset);
    }
  }
  if (oids.size > 0) scan.unread.push(oids.values());
};

const readLooseObjects = async (folders: readonly string[], scan: Scan): Promise<void> => {
  const results: readonly LooseResult[] = await threadsOf(scan).runLoose(folders);
  for (const { held, unread, tooLarge } of results) {
    for (const one of held) scan.events.held(one.oid, one, one.digest === one.oid);
    for (const { oid, type, size } of tooLarge) scan.events.tooLarge(oid, type, size);
    scan.unread.push(unread);
  }
  if (scan.options.named !== null) scan.tables.push(Promise.resolve(tableOfNames(looseNames(folders, scan.hash))));
};

const isGone = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

const threadsFor = async (objects: number, scan: Scan): Promise<PackThreads | null> =>
  objects < WORTH_A_THREAD ? null : createPackThreads(scan.runner, scan.settings, scan.options.threads, scan.pause);

const threadsOf = (scan: Scan): Omit<PackThreads, 'stop'> => scan.threads ?? alone(scan);

/** The same with this thread only. */
const alone = ({ runner, pause }: Scan): Omit<PackThreads, 'stop'> => ({
  runPack: async (plan) => [await runner.runPack(plan, new Int32Array(1), pause)],
  runLoose: async (folders) => [await runner.runLoose(folders, new Int32Array(1), pause)],
  tableOf: async (index) => runner.tableOf(index),
  missing: async (tables) => [runner.missing(tables)],
});

/** An index that cannot be read has said so by itself. */
const tableOf = (index: string, scan: Scan): Promise<NameTable> =>
  threadsOf(scan)
    .tableOf(index)
    .catch(() => tableOfNames([]));

const checkLinks = async (scan: Scan): Promise<readonly string[]> => {
  const { named } = scan.options;
  if (named === null) return [];
  const tables = await Promise.all(scan.tables);
  const missing = await threadsOf(scan).missing(tables);
  return [...new Set([...missing.flat(), ...missingNames(tables, await named(), scan.hash)])];
};

const report = (progress: Int32Array, events: DatabaseEvents): void => {
  const objects = Atomics.exchange(progress, 0, 0);
  const kilobytes = Atomics.exchange(progress, 1, 0);
  if (objects > 0 || kilobytes > 0) events.progress(objects, kilobytes * 1024);
};

/** Lets Ctrl-C and the progress line have their turn. */
const createPause = (signal: AbortSignal, say: () => void): (() => Promise<void> | null) => {
  let last = performance.now();
  return () => {
    if (performance.now() - last < BREATH) return null;
    return new Promise((resolve, reject) =>
      setImmediate(() => {
        say();
        last = performance.now();
        if (signal.aborted) reject(signal.reason);
        else resolve();
      }),
    );
  };
};
