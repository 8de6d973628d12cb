// Shares work between this thread and others. Others are started only when this one has had enough to do for a while.

import { existsSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';
import { createBreather } from '../../breather.js';
import { anchorsOf } from '../../detect/anchors.js';
import { createDetector } from '../../detect/detector.js';
import { rulesFor } from '../../detect/rules.js';
import { once } from '../../once.js';
import { createSifter } from '../../sift/sifter.js';
import { compileLater, keepBytecode } from '../../v8-flags.js';
import { filterFor } from '../lazy-filter.js';
import { createReader, PIECE, type Reader } from './reader.js';
import { createSearch } from './search.js';
import { cut, namesOf, type Outcome, type Settings, type Work } from './work.js';

export interface WorkerData {
  readonly anchors: readonly Uint8Array[];
  readonly settings: Settings;
  /** Shared by all threads: 1 while somebody wants some of what another has at hand; who gives it sets it back to 0. */
  readonly wanted: Int32Array;
}
export interface ToWorker {
  /** The last is done first. Null when there will be none: the thread ends by itself. */
  readonly work: readonly Work[] | null;
}
export interface FromWorker {
  /** Of a part of the work; `rest` is what the thread does not keep for itself. */
  readonly outcome: Outcome;
  /** Whether nothing is left of what one message sent. */
  readonly done: boolean;
}

export interface Threads {
  /** Takes work over; settles when there is room for more. */
  add(work: Work): Promise<void>;
  /** Reads the files of one folder, and gives the paths of the folders in it, which are left to the caller. */
  enter(folder: Work): Promise<readonly string[]>;
  /** Settles when all work was done and its outcome given. */
  finish(): Promise<void>;
  /** Ends the other threads, whatever they do. */
  stop(): void;
}

export interface ThreadsOptions {
  readonly settings: Settings;
  readonly threads: number;
  readonly signal: AbortSignal;
  /** The program of a second thread; null where there is none (sources run unbuilt): one thread does it all. */
  worker(): URL | null;
}

/** Where the build puts the second thread's program: beside the entry points, one level above their chunks. */
export const builtWorker = (): URL | null =>
  ['./scan-worker.cjs', '../scan-worker.cjs']
    .map((place) => new URL(place, import.meta.url))
    .find((url) => existsSync(url)) ?? null;

/** Milliseconds this thread reads before it looks after the others. */
const OWN_SPELL = 1;
/** Bytes that are read before a sifter is made, and before others are started: less is read sooner than that is done. */
const BEFORE_SIFTER = 6 << 20;
const BEFORE_HELPERS = 10 << 20;
/** Characters in names of files that wait: some thousand files. */
const A_LOT = 40_000;
/** A folder is reckoned at this many files, with those in the folders in it. */
const NAMES_TO_A_FOLDER = 24;
/** What opening a file is reckoned at, in bytes. */
const OPENING = 16_384;
/** Messages a thread has at hand, so that it never waits for the next. */
const AT_HAND = 2;
/** Work that waits at most: beyond, whoever adds more waits until this thread has done some of it. */
const WAITING = 4;
/** Characters of names in folders that are shared out at a time, at least and at most: some 8 to 300 folders. */
const FEW_FOLDERS = 256;
const MANY_FOLDERS = 8_192;

interface Helper {
  readonly worker: Worker;
  atHand: number;
}

export const createThreads = (options: ThreadsOptions, give: (outcome: Outcome) => void): Threads => {
  const { signal, settings } = options;
  const anchors = anchorsOf(rulesFor(settings.detector));
  const breather = createBreather(signal);
  const waiting: Work[] = [];
  /** Only this thread judges these. */
  const suspects: Work[] = [];
  const workers: Worker[] = [];
  /** Those that are ready. */
  const helpers: Helper[] = [];
  const wanted = new Int32Array(new SharedArrayBuffer(4));
  let own: Promise<Reader> | null = null;
  let atWork = 0;
  let done = 0;
  let compileAsUsual: () => void = () => {};
  let failure: unknown = null;
  let changed: () => void = () => {};
  let started = false;
  let stopped = false;

  /** Whether there was this much to read, or a lot is known to wait. */
  const isMuch = (bytes: number): boolean =>
    done > bytes ||
    waiting.reduce((sum, { kind, names }) => sum + (kind === 'files' ? 1 : NAMES_TO_A_FOLDER) * names.length, 0) >
      A_LOT;
  const wake = (): void => changed();
  signal.addEventListener('abort', wake);

  const fail = (error: unknown): void => {
    failure ??= error;
    changed();
  };

  const startHelpers = async (): Promise<void> => {
    started = true;
    const url = options.worker();
    if (url === null) return;
    let starting = options.threads - 1;
    const onUp = (): void => {
      starting -= 1;
      if (starting > 0 || stopped) return;
      compileAsUsual = compileLater();
      keepBytecode();
    };
    const { Worker } = await import('node:worker_threads');
    for (let count = 1; count < options.threads && !stopped; count += 1) {
      const workerData: WorkerData = { anchors, settings, wanted };
      const helper: Helper = { worker: new Worker(url, { workerData, trackUnmanagedFds: false }), atHand: 0 };
      // Not before: this thread would run out of work while another is only getting ready.
      helper.worker.on('online', () => {
        helpers.push(helper);
        handOut();
      });
      helper.worker.once('message', onUp);
      helper.worker.on('message', ({ outcome, done: isDone }: FromWorker) => {
        if (isDone) {
          helper.atHand -= 1;
          atWork -= 1;
        }
        take(outcome);
        changed();
      });
      helper.worker.on('error', fail);
      workers.push(helper.worker);
    }
  };

  const take = (outcome: Outcome): void => {
    waiting.push(...outcome.rest);
    suspects.push(...outcome.suspects);
    done += outcome.bytes + OPENING * outcome.files;
    give(outcome);
    handOut();
  };

  /** Of folders a part, and the rest waits where they did. */
  const share = (work: Work, rest: (work: Work) => void): Work => {
    if (work.kind === 'files') return work;
    const part = Math.ceil(work.names.length / options.threads);
    const [names, left] = cut(work.names, Math.max(FEW_FOLDERS, Math.min(part, MANY_FOLDERS)));
    if (left !== '') rest({ ...work, names: left });
    return { ...work, names };
  };

  /** This thread does first what came last, so that few folders wait at a time. */
  const next = (): Work | undefined => {
    const work = waiting.pop();
    const part = work === undefined ? work : share(work, (rest) => void waiting.push(rest));
    askForMore();
    return part;
  };

  /** The others get what has waited longest: folders that hold most. They give back what is too much. */
  const nextForOthers = (): readonly Work[] => {
    if (waiting.length > 1) return waiting.splice(0, Math.ceil(waiting.length / options.threads));
    return waiting.splice(0).map((work) => share(work, (rest) => void waiting.unshift(rest)));
  };

  /** Whether something waits beside what this thread does next. */
  const isEnough = (): boolean => {
    const [first] = waiting;
    return waiting.length > 1 || (first?.kind === 'folders' && first.names.length > FEW_FOLDERS);
  };

  const handOut = (): void => {
    for (const helper of helpers) {
      while (waiting.length > 0 && (helper.atHand === 0 || (helper.atHand < AT_HAND && isEnough()))) {
        helper.atHand += 1;
        atWork += 1;
        const message: ToWorker = { work: nextForOthers() };
        helper.worker.postMessage(message);
      }
    }
    askForMore();
  };

  /** While nothing waits here, whoever has much at hand gives some of it back. */
  const askForMore = (): void => void Atomics.store(wanted, 0, waiting.length === 0 ? 1 : 0);

  const start = async (): Promise<Reader> => {
    const sifter = once(() => createSifter(anchors, settings.maxSize));
    const tools = {
      sifter: () => (isMuch(BEFORE_SIFTER) ? sifter() : null),
      search: once(() => createSearch(anchors)),
      filter: await filterFor(settings.include, settings.exclude),
      detector: () => createDetector(settings.detector),
      allowance: 0,
      spell: OWN_SPELL,
      isWanted: () => false,
    };
    return createReader(tools, settings.maxSize, signal);
  };

  const read = async (work: Work): Promise<Outcome> => {
    own ??= start();
    return (await own).read(work);
  };

  /** Lets listing, the other threads and Ctrl-C have their turn. */
  const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  const doOne = async (): Promise<void> => {
    const work = suspects.pop() ?? next();
    if (work === undefined) return;
    take(await read(work));
    if (!started && waiting.length > 0 && isMuch(BEFORE_HELPERS)) startHelpers().catch(fail);
    await breathe();
  };

  const check = (): void => {
    signal.throwIfAborted();
    if (failure !== null) throw failure;
  };

  const makeRoom = async (): Promise<void> => {
    check();
    while (waiting.length >= WAITING) {
      await doOne();
      check();
    }
  };

  return {
    add: async (work) => {
      for (let [piece, rest] = cut(work.names, PIECE); piece !== ''; [piece, rest] = cut(rest, PIECE))
        waiting.push({ ...work, names: piece });
      handOut();
      await makeRoom();
    },
    enter: async (folder) => {
      const outcome = await read(folder);
      const isInside = ({ kind }: Work): boolean => kind === 'folders';
      take({ ...outcome, rest: outcome.rest.filter((work) => !isInside(work)) });
      if (breather.due()) await breather.take();
      await makeRoom();
      return outcome.rest.filter(isInside).flatMap(({ names }) => namesOf(names));
    },
    finish: async () => {
      for (;;) {
        check();
        if (waiting.length + suspects.length > 0) await doOne();
        else if (atWork === 0) return;
        else await new Promise<void>((resolve) => (changed = resolve));
      }
    },
    stop: () => {
      signal.removeEventListener('abort', wake);
      stopped = true;
      compileAsUsual();
      for (const worker of workers) {
        // Cut short; what its WASI has opened then stays open.
        if (helpers.some((helper) => helper.worker === worker && helper.atHand > 0)) {
          void worker.terminate();
          continue;
        }
        worker.unref();
        const end: ToWorker = { work: null };
        worker.postMessage(end);
      }
    },
  };
};
