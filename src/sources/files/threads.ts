// Shares batches of files between this thread and others. Others are started only when there is enough to read; this
// thread reads only while they have their hands full, so that it goes on listing meanwhile.

import { existsSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';
import { createDetector } from '../../detect/detector.js';
import type { DetectorOptions } from '../../detect/types.js';
import { type Batch, type BatchReader, type BatchResult, type BatchSettings, createBatchReader } from './batch.js';

export interface WorkerData {
  readonly detector: DetectorOptions;
  readonly settings: BatchSettings;
}
export interface ToWorker {
  readonly batch: Batch;
}
export interface FromWorker {
  readonly result: BatchResult;
}

export interface Threads {
  /** Hands a batch over; settles when there is room for the next. */
  add(batch: Batch): Promise<void>;
  /** Settles when every batch was read and its result given. */
  finish(): Promise<void>;
  /** Ends the other threads, whatever they do. */
  stop(): void;
}

export interface ThreadsOptions extends WorkerData {
  readonly threads: number;
  readonly signal: AbortSignal;
  /** The program of a second thread; null where there is none (sources run unbuilt): one thread does it all. */
  readonly worker: URL | null;
}

/** Where the build puts the second thread's program: beside the entry points, one level above their chunks. */
export const builtWorker = (): URL | null =>
  ['./scan-worker.js', '../scan-worker.js']
    .map((place) => new URL(place, import.meta.url))
    .find((url) => existsSync(url)) ?? null;

/** Batches that wait before another thread is worth its start. */
const WORTH_A_THREAD = 2;
/** Batches a thread has at hand, so that it never waits for the next. */
const AT_HAND = 2;
/** Batches that wait at most: beyond, listing pauses and this thread reads one, while the others have enough at hand. */
const WAITING = 4;

interface Helper {
  readonly worker: Worker;
  atHand: number;
}

export const createThreads = (options: ThreadsOptions, give: (result: BatchResult) => void): Threads => {
  const { signal } = options;
  const waiting: Batch[] = [];
  const helpers: Helper[] = [];
  let own: BatchReader | null = null;
  let reading = 0;
  let failure: unknown = null;
  let changed: () => void = () => {};
  let starting = false;

  const wake = (): void => changed();
  signal.addEventListener('abort', wake);

  const fail = (error: unknown): void => {
    failure ??= error;
    changed();
  };

  const startHelper = async (url: URL): Promise<void> => {
    starting = true;
    const { Worker } = await import('node:worker_threads');
    starting = false;
    const workerData: WorkerData = { detector: options.detector, settings: options.settings };
    const helper: Helper = { worker: new Worker(url, { workerData }), atHand: 0 };
    helper.worker.on('message', ({ result }: FromWorker) => {
      helper.atHand -= 1;
      reading -= 1;
      give(result);
      handOut();
      changed();
    });
    helper.worker.on('error', fail);
    helpers.push(helper);
    handOut();
  };

  const handOut = (): void => {
    for (const helper of helpers) {
      while (helper.atHand < AT_HAND) {
        const batch = waiting.shift();
        if (batch === undefined) return;
        helper.atHand += 1;
        reading += 1;
        const message: ToWorker = { batch };
        helper.worker.postMessage(message);
      }
    }
    const { worker } = options;
    if (worker === null || starting || waiting.length < WORTH_A_THREAD || helpers.length + 1 >= options.threads) return;
    startHelper(worker).catch(fail);
  };

  const readOne = async (): Promise<void> => {
    const batch = waiting.shift();
    if (batch === undefined) return;
    own ??= await createBatchReader(createDetector(options.detector), options.settings, signal);
    give(await own.read(batch));
    // Lets listing, the other threads and Ctrl-C have their turn.
    await new Promise((resolve) => setImmediate(resolve));
  };

  const check = (): void => {
    signal.throwIfAborted();
    if (failure !== null) throw failure;
  };

  return {
    add: async (batch) => {
      waiting.push(batch);
      handOut();
      check();
      while (waiting.length >= WAITING) {
        await readOne();
        check();
      }
    },
    finish: async () => {
      for (;;) {
        check();
        if (waiting.length > 0) await readOne();
        else if (reading === 0) return;
        else await new Promise<void>((resolve) => (changed = resolve));
      }
    },
    stop: () => {
      signal.removeEventListener('abort', wake);
      for (const { worker } of helpers) void worker.terminate();
    },
  };
};
