// A second thread: runs its share of every plan it is sent, and answers with what there is to say.

import { parentPort, workerData } from 'node:worker_threads';
import { reasonOf } from '../errors.js';
import type { Plan } from './plan.js';
import type { LooseResult, PackResult } from './results.js';
import { createRunner, type RunnerSettings } from './runner.js';

export type ToPackWorker =
  | { readonly kind: 'pack'; readonly plan: Plan; readonly next: Int32Array }
  | { readonly kind: 'loose'; readonly folders: readonly string[]; readonly next: Int32Array }
  | { readonly kind: 'missing' };

/** There will be none: the thread ends by itself. */
export type LastTask = null;

export type FromPackWorker = PackResult | LooseResult | Uint8Array;

/** Instead of an answer: why there is none. The next task may well succeed. */
export interface PackWorkerFailure {
  readonly failure: 'task';
  readonly reason: string;
}

/** The first message: the program is loaded. */
export type PackWorkerUp = 'up';

const runner = createRunner(workerData as RunnerSettings);

const answer = (task: ToPackWorker): Promise<FromPackWorker> | FromPackWorker => {
  switch (task.kind) {
    case 'pack':
      return runner.runPack(task.plan, task.next);
    case 'loose':
      return runner.runLoose(task.folders, task.next);
    case 'missing':
      return runner.missing(new Uint8Array());
  }
};

parentPort?.on('message', async (task: ToPackWorker | LastTask) => {
  if (task === null) process.exit();
  try {
    parentPort?.postMessage(await answer(task));
  } catch (error) {
    parentPort?.postMessage({ failure: 'task', reason: reasonOf(error) } satisfies PackWorkerFailure);
  }
});
parentPort?.postMessage('up' satisfies PackWorkerUp);
