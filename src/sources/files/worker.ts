// The second thread: reads the batches it is sent and answers with what there is to say. Ended from outside.

import { parentPort, workerData } from 'node:worker_threads';
import { createDetector } from '../../detect/detector.js';
import { createBatchReader } from './batch.js';
import type { FromWorker, ToWorker, WorkerData } from './threads.js';

const { detector, settings } = workerData as WorkerData;
const reader = createBatchReader(createDetector(detector), settings, new AbortController().signal);

parentPort?.on('message', async ({ batch }: ToWorker) => {
  const { read } = await reader;
  const answer: FromWorker = { result: await read(batch) };
  parentPort?.postMessage(answer);
});
