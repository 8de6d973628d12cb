// This thread and its helpers, as one: each task goes to all of them, and its results come back when all are done.

import { existsSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';
import { isProgram } from '../standard-streams.js';
import { keepBytecode } from '../v8-flags.js';
import type { Plan } from './plan.js';
import type { LooseResult, PackResult } from './results.js';
import type { Runner, RunnerSettings } from './runner.js';
import type { FromPackWorker, LastTask, PackWorkerFailure, PackWorkerUp, ToPackWorker } from './worker.js';

export interface PackThreads {
  runPack(plan: Plan): Promise<readonly PackResult[]>;
  runLoose(folders: readonly string[]): Promise<readonly LooseResult[]>;
  /** Names that are missing, each thread's by itself. */
  missing(named: Uint8Array): Promise<readonly Uint8Array[]>;
  stop(): void;
}

/** Where the build puts the second thread's program: beside the entry points, one level above their chunks. */
const builtWorker = (): URL | null =>
  ['./pack-worker.cjs', '../pack-worker.cjs']
    .map((place) => new URL(place, import.meta.url))
    .find((url) => existsSync(url)) ?? null;

/**
 * @param threads all together, this one included; where the program of a second one is not built, this one does it all
 * @param pause asked after each piece of work: what it gives is awaited before the next
 */
export const createPackThreads = async (
  runner: Runner,
  settings: RunnerSettings,
  threads: number,
  pause: () => Promise<void> | null,
): Promise<PackThreads> => {
  const url = threads > 1 ? builtWorker() : null;
  const helpers = url === null ? [] : await startHelpers(url, settings, threads - 1);
  if (helpers.length === 0) keepBytecode();

  /** Each kind of task has one kind of answer, here as in the helpers. */
  const ask = async <Result extends FromPackWorker>(
    task: ToPackWorker,
    own: () => Promise<Result>,
  ): Promise<readonly Result[]> => {
    const others = Promise.all(helpers.filter((helper) => helper.isAlive()).map((helper) => helper.ask(task)));
    // Looked at below, but this thread may fail first.
    others.catch(() => {});
    const first = await own();
    return [first, ...((await whileLooking(others, pause)) as readonly FromPackWorker[] as readonly Result[])];
  };
  const counter = (): Int32Array => new Int32Array(new SharedArrayBuffer(4));

  return {
    runPack: (plan) => {
      const next = counter();
      return ask({ kind: 'pack', plan, next }, () => runner.runPack(plan, next, pause));
    },
    runLoose: (folders) => {
      const next = counter();
      return ask({ kind: 'loose', folders, next }, () => runner.runLoose(folders, next, pause));
    },
    missing: (named) => ask({ kind: 'missing' }, async () => runner.missing(named)),
    stop: () => {
      for (const helper of helpers) helper.stop();
    },
  };
};

/** Milliseconds. */
const LOOK = 50;

/** Progress and Ctrl-C count, too, while this thread has nothing more to do. */
const whileLooking = async <Result>(others: Promise<Result>, pause: () => Promise<void> | null): Promise<Result> => {
  let timer: NodeJS.Timeout | undefined;
  const stopped = new Promise<never>((_, reject) => {
    timer = setInterval(() => void pause()?.catch(reject), LOOK);
  });
  try {
    return await Promise.race([others, stopped]);
  } finally {
    clearInterval(timer);
  }
};

/** Little of what a helper makes lives on; by default a young generation takes three times as much. */
const YOUNG = { maxYoungGenerationSizeMb: 16 } as const;

export interface Helper {
  isAlive(): boolean;
  /** @throws Error when it fails at this task, or has ended */
  ask(task: ToPackWorker): Promise<FromPackWorker>;
  stop(): void;
}

const startHelpers = async (url: URL, settings: RunnerSettings, count: number): Promise<readonly Helper[]> => {
  const { Worker } = await import('node:worker_threads');
  let starting = count;
  // Holds on to nothing else: helpers have it until they have ended, long after the kernel of this thread should be gone.
  const onUp = (): void => {
    starting -= 1;
    if (starting === 0) keepBytecode();
  };
  // A library keeps nothing in the cache of whoever uses it.
  const options = isProgram() ? {} : { env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' } };
  return Array.from({ length: count }, () =>
    helperOf(new Worker(url, { ...options, workerData: settings, resourceLimits: YOUNG }), onUp),
  );
};

/**
 * Answers come in the order of the tasks.
 *
 * @param onUp called when it has loaded its program
 */
export const helperOf = (worker: Worker, onUp: () => void = () => {}): Helper => {
  const waiting: { readonly resolve: (answer: FromPackWorker) => void; readonly reject: (error: unknown) => void }[] =
    [];
  let failure: unknown = null;
  let isUp = false;
  const end = (error: unknown): void => {
    failure ??= error;
    for (const { reject } of waiting.splice(0)) reject(failure);
  };
  worker.on('message', (answer: FromPackWorker | PackWorkerFailure | PackWorkerUp) => {
    if (answer === 'up') {
      isUp = true;
      onUp();
      return;
    }
    const asked = waiting.shift();
    if (hasFailed(answer)) asked?.reject(new Error(answer.reason));
    else asked?.resolve(answer);
  });
  worker.on('error', end);
  worker.on('messageerror', end);
  worker.on('exit', () => end(new Error('a thread ended before its work was done')));
  return {
    isAlive: () => failure === null,
    ask: (task) =>
      new Promise((resolve, reject) => {
        if (failure !== null) return reject(failure);
        waiting.push({ resolve, reject });
        worker.postMessage(task);
      }),
    stop: () => {
      // One that has nothing to do keeps its code first (src/code-cache.ts); any other is cut short.
      if (isUp && waiting.length === 0) worker.postMessage(null satisfies LastTask);
      else void worker.terminate();
    },
  };
};

const hasFailed = (answer: FromPackWorker | PackWorkerFailure): answer is PackWorkerFailure =>
  'failure' in answer && answer.failure === 'task';
