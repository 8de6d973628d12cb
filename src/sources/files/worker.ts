// The second thread: does the work it is sent and answers with what came of it. Ended from outside. It starts with the
// search alone; the detector is loaded when there is more to judge than the first thread can do by the way.

import { parentPort, workerData } from 'node:worker_threads';
import { once } from '../../once.js';
import { closeSifters, createSifter } from '../../sift/sifter.js';
import { filterFor } from '../lazy-filter.js';
import { createReader, type Reader } from './reader.js';
import { createSearch } from './search.js';
import type { FromWorker, ToWorker, WorkerData } from './threads.js';

/** Bytes of files left to the thread that has a detector: about what is judged while another is loaded. */
const ALLOWANCE = 1 << 20;
/** Milliseconds of reading between two answers. */
const SPELL = 8;

const start = async ({ anchors, settings: { include, exclude, maxSize, detector } }: WorkerData): Promise<Reader> => {
  const sifter = createSifter(anchors, maxSize);
  const tools = {
    sifter: () => sifter,
    search: once(() => createSearch(anchors)),
    filter: await filterFor(include, exclude),
    detector: async () => (await import('../../detect/detector.js')).createDetector(detector),
    allowance: ALLOWANCE,
    spell: SPELL,
  };
  return createReader(tools, maxSize, new AbortController().signal);
};

const reader = start(workerData as WorkerData);

parentPort?.on('message', async ({ work }: ToWorker) => {
  if (work === null) {
    await reader;
    closeSifters();
    process.exit();
  }
  const answer: FromWorker = { outcome: await (await reader).read(work) };
  parentPort?.postMessage(answer);
});
