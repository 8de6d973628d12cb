// Runs plans in one thread: takes groups of windows off a counter that all threads share, reads their bytes into the kernel's
// memory and has it run them. Whole objects that hold an anchor go to the detector at once, while they are still there.

import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { anchorsOf } from '../detect/anchors.js';
import { createDetector } from '../detect/detector.js';
import { rulesetFor } from '../detect/rules.js';
import type { Detector, DetectorOptions, Scanned } from '../detect/types.js';
import type { HashFormat } from '../git/hash.js';
import { bytesAt, createPackKernel, type PackHost, type PackKernel, wordsAt } from './kernel.js';
import { checkNames, loadNames, looseIn } from './known-names.js';
import { fill, JOB, type Plan, RUN, WINDOW } from './plan.js';
import type { Held, LooseResult, ObjectType, PackResult } from './results.js';

/** Inflated bytes above which an object is left to another reader, which can stream it. */
export const LARGEST = 8 << 20;
const LARGEST_LOOSE = 1 << 20;

/** What every thread is told; can be sent from one to another. */
export interface RunnerSettings {
  readonly hash: HashFormat;
  readonly detector: DetectorOptions;
  /** Bytes above which the user wants no object read; null: no limit. */
  readonly maxSize: number | null;
  /** `anchors`: every object that holds an anchor counts as holding something, and nothing more is asked. */
  readonly judge: 'detector' | 'anchors';
  /** To search for instead of the rules' own. */
  readonly anchors?: readonly string[];
  /** WebAssembly to run instead of the built kernel. */
  readonly program?: Uint8Array;
  /** Of which objects it is checked that what they name is there. */
  readonly check: 'nothing' | 'messages' | 'all';
  /** The index files and the folders of loose objects that list what is there. */
  readonly known: { readonly indexes: readonly string[]; readonly loose: readonly string[] };
  /** Shared: objects read, KB read. */
  readonly progress: Int32Array;
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

export const createRunner = (settings: RunnerSettings): Runner => {
  let onCandidate: PackHost['candidate'] = () => {};
  let onUnread: PackHost['unread'] = () => {};
  let onTooLarge: PackHost['tooLarge'] = () => {};
  const missing: Uint8Array[] = [];
  const anchors =
    settings.anchors?.map((anchor) => Buffer.from(anchor, 'latin1')) ?? anchorsOf(rulesetFor(settings.detector));
  const kernel = createPackKernel(
    anchors,
    {
      candidate: (job, at, length) => onCandidate(job, at, length),
      unread: (job) => onUnread(job),
      tooLarge: (job, length) => onTooLarge(job, length),
      missing: (at) => {
        if (missing.length < MOST_MISSING) missing.push(bytesAt(kernel, at, settings.hash.bytes).slice());
      },
    },
    settings.program,
  );
  kernel.setNameLength(settings.hash.bytes);
  let loaded = settings.check === 'nothing';
  /** As late as can be: this thread plans for the others first. */
  const ready = (): void => {
    kernel.rewind();
    if (loaded) return;
    loadNames(kernel, settings.known, settings.hash);
    loaded = true;
  };
  const judge = createJudge(settings);
  const wanted = Math.min(settings.maxSize ?? NO_LIMIT, NO_LIMIT);

  const runPack: Runner['runPack'] = async (plan, next, pause) => {
    const { jobs, windows, groups, pack, origin } = plan;
    const result = { held: [] as (Held & { offset: number })[], unread: [] as number[], tooLarge: [] as Large[] };
    let failure: PackResult['failure'] = null;
    let firstJob = 0;
    const startOf = (job: number): number => origin + (jobs[(firstJob + job) * JOB.words + JOB.start] ?? 0);
    const typeOf = (job: number): ObjectType =>
      TYPES[((jobs[(firstJob + job) * JOB.words + JOB.meta] ?? 0) >> 4) & 15] ?? 'blob';
    onCandidate = (job, at, length) => {
      const held = judge(typeOf(job), bytesAt(kernel, at, length));
      if (held !== null) result.held.push({ ...held, offset: startOf(job) });
    };
    onUnread = (job) => void result.unread.push(startOf(job));
    onTooLarge = (job, size) => void result.tooLarge.push({ offset: startOf(job), type: typeOf(job), size });

    const fd = openOrGone(pack);
    if (fd === null) return { ...result, failure: 'gone' };
    try {
      ready();
      const { mostJobs, mostDepth, mostWindow, mostDelta } = plan;
      kernel.openRun(mostJobs, mostDepth, mostWindow, mostDelta, LARGEST, wanted);
      let read = 0;
      let kilobytes = 0;
      for (let group = Atomics.add(next, 0, 1); group + 1 < groups.length; group = Atomics.add(next, 0, 1)) {
        const end = groups[group + 1] ?? 0;
        for (let window = groups[group] ?? 0; window < end; window++) {
          const at = window * WINDOW.words;
          const [first = 0, endJob = 0, firstRun = 0, endRun = 0] = windows.subarray(at, at + WINDOW.words);
          firstJob = first;
          if (!readRuns(kernel, fd, plan, firstRun, endRun)) failure = 'short';
          wordsAt(kernel, kernel.jobsAt(), (endJob - first) * JOB.words).set(
            jobs.subarray(first * JOB.words, endJob * JOB.words),
          );
          kernel.runWindow(endJob - first);
        }
        const count = kernel.number('readCount');
        const size = Math.floor(kernel.number('readBytes') / 1024);
        Atomics.add(settings.progress, 0, count - read);
        Atomics.add(settings.progress, 1, size - kilobytes);
        read = count;
        kilobytes = size;
        const paused = pause?.();
        if (paused) await paused;
      }
    } finally {
      closeSync(fd);
    }
    return { ...result, failure };
  };

  const runLoose: Runner['runLoose'] = async (folders, next, pause) => {
    const result = {
      held: [] as (Held & { oid: string })[],
      unread: [] as string[],
      damaged: [] as string[],
      tooLarge: [] as { oid: string; type: ObjectType; size: number }[],
    };
    ready();
    kernel.openLoose(LARGEST_LOOSE, LARGEST);
    for (let at = Atomics.add(next, 0, 1); at < folders.length; at = Atomics.add(next, 0, 1)) {
      const folder = folders[at] ?? '';
      for (const oid of looseIn(folder, settings.hash)) {
        const object = readLoose(kernel, path.join(folder, oid.slice(2)));
        if (object === 'gone') continue;
        if (object === 'unread' || object === 'damaged') {
          result[object].push(oid);
          continue;
        }
        const { type, from, to } = object;
        Atomics.add(settings.progress, 0, 1);
        if (type === 'tree') {
          if (settings.check === 'all') kernel.checkLooseTree(from, to);
          continue;
        }
        const size = to - from;
        Atomics.add(settings.progress, 1, size >> 10);
        if (type !== 'blob') kernel.checkLooseMessage(from, to);
        if (size > wanted) result.tooLarge.push({ oid, type, size });
        else if (kernel.searchLoose(from, to) === 1) {
          const held = judge(type, bytesAt(kernel, kernel.looseObjectAt() + from, size));
          if (held !== null) result.held.push({ ...held, oid });
        }
        const paused = pause?.();
        if (paused) await paused;
      }
    }
    return result;
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

const NO_LIMIT = 0xffffffff;
/** Missing names kept by a thread. */
const MOST_MISSING = 200_000;
const TYPES: Readonly<Record<number, ObjectType>> = { 1: 'commit', 3: 'blob', 4: 'tag' };

type Large = PackResult['tooLarge'][number];
const NOTHING: Scanned = { detections: [], capped: false };

/** Says what an object with an anchor holds; null when that is nothing. */
const createJudge = ({ judge, detector, hash }: RunnerSettings) => {
  let made: Detector | null = null;
  return (type: ObjectType, bytes: Uint8Array): Held | null => {
    made ??= judge === 'anchors' ? null : createDetector(detector);
    const scanned = made?.scan(bytes) ?? NOTHING;
    if (made !== null && scanned.detections.length === 0 && !scanned.capped) return null;
    const size = bytes.length;
    const digest = createHash(hash.name).update(`${type} ${size}\0`).update(bytes).digest('hex');
    return { type, size, digest, scanned };
  };
};

/** False when the pack ends before its runs do; what is missing is zeros then, and fails in the kernel. */
const readRuns = (kernel: PackKernel, fd: number, { runs, origin }: Plan, first: number, end: number): boolean => {
  const memory = new Uint8Array(kernel.memory.buffer);
  const window = kernel.windowAt();
  let whole = true;
  for (let run = first * RUN.words; run < end * RUN.words; run += RUN.words) {
    const from = runs[run + RUN.from] ?? 0;
    const length = (runs[run + RUN.to] ?? 0) - from;
    const at = window + (runs[run + RUN.place] ?? 0);
    let got = readSync(fd, memory, at, length, origin + from);
    if (got < length) got += fill(fd, memory.subarray(at + got, at + length), origin + from + got);
    if (got < length) {
      memory.fill(0, at + got, at + length);
      whole = false;
    }
  }
  return whole;
};

const openOrGone = (file: string): number | null => {
  try {
    return openSync(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};

const UNREADABLE = 0xffffffff;
const LONGEST_HEADER = 32;

interface LooseObject {
  readonly type: ObjectType;
  /** Where its content lies in the object that the kernel has inflated. */
  readonly from: number;
  readonly to: number;
}

const readLoose = (kernel: PackKernel, file: string): LooseObject | 'gone' | 'unread' | 'damaged' => {
  let fd = -1;
  try {
    fd = openSync(file, 'r');
    const into = bytesAt(kernel, kernel.looseFileAt(), LARGEST_LOOSE);
    const length = fill(fd, into, 0);
    if (length === LARGEST_LOOSE) return 'unread';
    const inflated = kernel.readLoose(length) >>> 0;
    if (inflated === UNREADABLE) return 'unread';
    const start = bytesAt(kernel, kernel.looseObjectAt(), Math.min(inflated, LONGEST_HEADER));
    const header = /^(blob|commit|tag|tree) (0|[1-9]\d{0,12})\0/.exec(Buffer.from(start).toString('latin1'));
    if (header === null) return 'damaged';
    const from = header[0].length;
    if (from + Number(header[2]) !== inflated) return 'damaged';
    return { type: header[1] as ObjectType, from, to: inflated };
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'gone' : 'unread';
  } finally {
    if (fd >= 0) closeSync(fd);
  }
};
