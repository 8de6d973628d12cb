// One scan of a database, as its parts share it.

import type { HashFormat } from '../git/hash.js';
import type { Held, ObjectType } from './results.js';
import type { Runner, RunnerSettings } from './runner.js';
import { createPackThreads, type PackThreads } from './threads.js';

export interface DatabaseEvents {
  /** About how many objects there are, before any is read. */
  expected(objects: number): void;
  /** Some object holds something: told early, before it has a name, and perhaps again and again. */
  holds(): void;
  /** It held something. */
  held(oid: string, held: Held): void;
  tooLarge(oid: string, type: ObjectType, size: number): void;
  /** Names, in binary, worked out of what was read and found right; told where that is asked for. */
  genuine?(names: Uint8Array): void;
  /** Something is wrong with an object or a pack, or a folder is not there. */
  fault(what: string, reason: string): void;
  /** Objects read and bytes searched since the last call. */
  progress(objects: number, bytes: number): void;
}

export interface Scan {
  readonly events: DatabaseEvents;
  readonly hash: HashFormat;
  readonly settings: RunnerSettings;
  readonly runner: Runner;
  readonly pause: () => Promise<void> | null;
  readonly signal: AbortSignal;
  readonly mostThreads: number;
  readonly mostEntries: number | undefined;
  /** Made when there is enough to read. */
  threads: PackThreads | null;
  /** Names of what has to be read some other way. */
  readonly unread: Iterable<string>[];
  /** A pack was gone when it was to be read, and nothing has come in its place yet. */
  gone: boolean;
}

/** Objects below which one thread is done before another has begun. */
const WORTH_A_THREAD = 20_000;

/** @param objects how many are about to be read */
export const threadsFor = async (objects: number, scan: Scan): Promise<Omit<PackThreads, 'stop'>> => {
  if (scan.threads !== null) return scan.threads;
  if (objects < WORTH_A_THREAD) return alone(scan);
  scan.threads = await createPackThreads(scan.runner, scan.settings, scan.mostThreads, scan.pause);
  return scan.threads;
};

/** The same with this thread only. */
const alone = ({ runner, pause }: Scan): Omit<PackThreads, 'stop'> => ({
  runPack: async (plan) => [await runner.runPack(plan, new Int32Array(1), pause)],
  runLoose: async (folders) => [await runner.runLoose(folders, new Int32Array(1), pause)],
  missing: async (named) => [runner.missing(named)],
});
