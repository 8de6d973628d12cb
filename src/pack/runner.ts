// What each thread does with its share of a database. Whole objects that hold an anchor go to the detector at once, while they
// are still in the kernel's memory.

import { createHash, randomBytes } from 'node:crypto';
import { closeSync } from 'node:fs';
import path from 'node:path';
import { anchorsOf } from '../detect/anchors.js';
import { createDetector } from '../detect/detector.js';
import { rulesFor } from '../detect/rules.js';
import type { Detector, DetectorOptions, Scanned } from '../detect/types.js';
import { reasonOf } from '../errors.js';
import type { HashFormat } from '../git/hash.js';
import { openFile } from '../git/open-file.js';
import { bytesAt, createPackKernel, NOBODY, type PackHost, type PackKernel } from './kernel.js';
import { checkNames, loadNames, looseIn } from './known-names.js';
import { LARGEST_LOOSE, readLoose } from './loose-objects.js';
import { nameAt } from './names.js';
import { JOB, type Plan } from './plan.js';
import type { Held, LooseResult, ObjectType, PackResult } from './results.js';
import { HANDS, LARGEST, runGroups } from './windows.js';

/** What every thread is told; can be sent from one to another. */
export interface RunnerSettings {
  readonly hash: HashFormat;
  readonly detector: DetectorOptions;
  /** Bytes above which the user wants no object read; null: no limit. */
  readonly maxSize: number | null;
  /** `anchors`: every object that holds an anchor counts as holding something, and nothing more is asked. */
  readonly judge: 'detector' | 'anchors';
  /** Whether every object's checksum is verified, or only those of objects that hold something. */
  readonly verify: 'all' | 'hits';
  /** With `verify: 'all'`: the names of objects that are what their names stand for are told. */
  readonly genuine?: 'told';
  /** To search for instead of the rules' own. */
  readonly anchors?: readonly string[];
  /** WebAssembly to run instead of the built kernel. */
  readonly program?: Uint8Array;
  /** Of which objects it is checked that what they name is there. */
  readonly check: 'nothing' | 'messages' | 'all';
  /** The index files and the folders of loose objects that list what is there. */
  readonly known: { readonly indexes: readonly string[]; readonly loose: readonly string[] };
  /** Shared: objects read, bytes read. */
  readonly progress: BigInt64Array;
}

export interface Runner {
  readonly kernel: PackKernel;
  /** Runs what no other thread has taken; pauses after each group when `pause` says so. */
  runPack(plan: Plan, next: Int32Array, pause?: () => Promise<void> | null): Promise<PackResult>;
  /** Reads the loose objects of folders that no other thread has taken. */
  runLoose(folders: readonly string[], next: Int32Array, pause?: () => Promise<void> | null): Promise<LooseResult>;
  /** Names that objects held, or that are given, and that no object has; in binary, one behind the other, each once. */
  missing(named: Uint8Array): Uint8Array;
}

/** @param onHeld called when an object is met that holds something, before anybody knows its name */
export const createRunner = (settings: RunnerSettings, onHeld: () => void = () => {}): Runner => {
  let onCandidate: PackHost['candidate'] = () => {};
  let onUnread: PackHost['unread'] = () => {};
  let onTooLarge: PackHost['tooLarge'] = () => {};
  const missing: Uint8Array[] = [];
  const anchors =
    settings.anchors?.map((anchor) => Buffer.from(anchor, 'latin1')) ?? anchorsOf(rulesFor(settings.detector));
  const kernel = createPackKernel(
    anchors,
    {
      ...NOBODY,
      candidate: (job, at, length) => onCandidate(job, at, length),
      unread: (job) => onUnread(job),
      tooLarge: (job, length) => onTooLarge(job, length),
      missing: (at) => {
        if (missing.length < MOST_MISSING) missing.push(bytesAt(kernel, at, settings.hash.bytes).slice());
      },
    },
    settings.program,
  );
  kernel.setNames(settings.hash.bytes, randomBytes(8).readBigInt64LE() | 1n);
  let loaded = settings.check === 'nothing';
  /** As late as can be: this thread plans for the others first. */
  const ready = (): void => {
    kernel.rewind();
    if (loaded) return;
    loadNames(kernel, settings.known, settings.hash);
    loaded = true;
  };
  const tellRead = (objects: number, bytes: number): void => {
    Atomics.add(settings.progress, 0, BigInt(objects));
    Atomics.add(settings.progress, 1, BigInt(bytes));
  };
  const tellProgress = (told: { count: number; bytes: number }): void => {
    const count = kernel.number('readCount');
    const bytes = kernel.number('readBytes');
    tellRead(count - told.count, bytes - told.bytes);
    Object.assign(told, { count, bytes });
  };
  const judge = createJudge(settings);
  let genuine = createNameList(settings.hash);
  const isGenuine = (type: ObjectType, bytes: Uint8Array, name: Uint8Array): boolean => {
    const digest = digestOf(settings.hash, type, bytes);
    if (!digest.equals(name)) return false;
    if (settings.genuine === 'told') genuine.add(digest);
    return true;
  };
  const takeGenuine = (): Uint8Array => {
    const names = genuine.names();
    genuine = createNameList(settings.hash);
    return names;
  };
  const wanted = Math.min(settings.maxSize ?? NO_LIMIT, NO_LIMIT);

  const runPack: Runner['runPack'] = async (plan, next, pause) => {
    const { jobs, pack, origin } = plan;
    const result = {
      held: [] as (Held & { offset: number })[],
      unread: [] as number[],
      damaged: [] as number[],
      tooLarge: [] as Large[],
    };
    let firstJob = 0;
    const startOf = (job: number): number => origin + (jobs[(firstJob + job) * JOB.words + JOB.entry] ?? 0);
    const typeOf = (job: number): ObjectType =>
      TYPES[((jobs[(firstJob + job) * JOB.words + JOB.meta] ?? 0) >> 4) & 15] ?? 'blob';
    onCandidate = (job, at, length) => {
      const bytes = bytesAt(kernel, at, length);
      if (plan.names !== null && !isGenuine(typeOf(job), bytes, nameAt(plan.names, startOf(job))))
        result.damaged.push(startOf(job));
      const held = typeOf(job) === 'tree' ? null : judge(typeOf(job), bytes);
      if (held === null) return;
      result.held.push({ ...held, offset: startOf(job) });
      onHeld();
    };
    onUnread = (job) => void result.unread.push(startOf(job));
    onTooLarge = (job, size) => void result.tooLarge.push({ offset: startOf(job), type: typeOf(job), size });

    const fd = openOrGone(pack);
    if (fd === null) return { ...result, genuine: takeGenuine(), failure: 'gone' };
    try {
      ready();
      const { mostJobs, mostDepth, mostWindow, mostDelta } = plan;
      kernel.openRun(
        mostJobs,
        mostDepth,
        mostWindow,
        mostDelta,
        LARGEST,
        wanted,
        plan.names === null ? HANDS.nothing : HANDS.everything,
      );
      const told = { count: 0, bytes: 0 };
      const whole = await runGroups(kernel, fd, plan, next, {
        window: (first) => {
          firstJob = first;
        },
        group: () => {
          tellProgress(told);
          return pause?.() ?? null;
        },
      });
      return { ...result, genuine: takeGenuine(), failure: whole ? null : 'short' };
    } finally {
      closeSync(fd);
    }
  };

  const runLoose: Runner['runLoose'] = async (folders, next, pause) => {
    const result = {
      held: [] as (Held & { oid: string })[],
      unread: [] as string[],
      unlisted: [] as { folder: string; reason: string }[],
      damaged: [] as string[],
      tooLarge: [] as { oid: string; type: ObjectType; size: number }[],
    };
    const list = (folder: string): readonly string[] => {
      try {
        return looseIn(folder, settings.hash);
      } catch (error) {
        result.unlisted.push({ folder, reason: reasonOf(error) });
        return [];
      }
    };
    ready();
    kernel.openLoose(LARGEST_LOOSE, LARGEST);
    for (let at = Atomics.add(next, 0, 1); at < folders.length; at = Atomics.add(next, 0, 1)) {
      const folder = folders[at] ?? '';
      for (const oid of list(folder)) {
        const object = readLoose(kernel, path.join(folder, oid.slice(2)));
        if (object === 'gone') continue;
        if (object === 'unread' || object === 'damaged') {
          result[object].push(oid);
          continue;
        }
        const { type, from, to } = object;
        const bytes = bytesAt(kernel, kernel.looseObjectAt() + from, to - from);
        if (settings.verify === 'all' && !isGenuine(type, bytes, Buffer.from(oid, 'hex'))) result.damaged.push(oid);
        const size = to - from;
        tellRead(1, type === 'tree' ? 0 : size);
        if (type === 'tree') {
          if (settings.check === 'all') kernel.checkLooseTree(from, to);
          continue;
        }
        if (type !== 'blob') kernel.checkLooseMessage(from, to);
        if (size > wanted) result.tooLarge.push({ oid, type, size });
        else if (kernel.searchLoose(from, to) === 1) {
          const held = judge(type, bytes);
          if (held !== null) result.held.push({ ...held, oid });
        }
        const paused = pause?.();
        if (paused) await paused;
      }
    }
    return { ...result, genuine: takeGenuine() };
  };

  return {
    kernel,
    runPack,
    runLoose,
    missing: (named) => {
      if (settings.check !== 'nothing') checkNames(kernel, named, settings.hash, ready);
      return Buffer.concat(missing.splice(0));
    },
  };
};

/** Names in binary, one behind the other, in the order they come. */
const createNameList = ({ bytes }: HashFormat) => {
  let held = Buffer.alloc(0);
  let filled = 0;
  return {
    add: (name: Uint8Array): void => {
      if (filled === held.length) {
        const larger = Buffer.allocUnsafeSlow(Math.max(1_024 * bytes, held.length * 2));
        held.copy(larger, 0, 0, filled);
        held = larger;
      }
      held.set(name, filled);
      filled += bytes;
    },
    // Of its own, since it may be sent to another thread.
    names: (): Uint8Array => new Uint8Array(held.subarray(0, filled)),
  };
};

const NO_LIMIT = 0xffffffff;
/** Missing names kept by a thread. */
const MOST_MISSING = 200_000;
const TYPES: Readonly<Record<number, ObjectType>> = { 1: 'commit', 2: 'tree', 3: 'blob', 4: 'tag' };

type Large = PackResult['tooLarge'][number];
const NOTHING: Scanned = { detections: [], capped: false };

/** What an object's name is (git-hash-object). */
const digestOf = (hash: HashFormat, type: ObjectType, bytes: Uint8Array): Buffer =>
  createHash(hash.name).update(`${type} ${bytes.length}\0`).update(bytes).digest();

/** Says what an object with an anchor holds; null when that is nothing. */
const createJudge = ({ judge, detector, hash }: RunnerSettings) => {
  let made: Detector | null = null;
  return (type: ObjectType, bytes: Uint8Array): Held | null => {
    made ??= judge === 'anchors' ? null : createDetector(detector);
    const scanned = made?.scan(bytes) ?? NOTHING;
    if (made !== null && scanned.detections.length === 0 && !scanned.capped) return null;
    const size = bytes.length;
    return { type, size, digest: digestOf(hash, type, bytes).toString('hex'), scanned };
  };
};

const openOrGone = (file: string): number | null => {
  try {
    return openFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};
