// The second thread: does the work it is sent and answers with what came of it, spell by spell. What is left after a spell it
// goes on with, and gives some of it back when others want it: so it hardly ever waits. Ended from outside. It starts with the
// search alone; the detector is loaded when there is more to judge than the first thread can do by the way.

import { parentPort, workerData } from 'node:worker_threads';
import { once } from '../../once.js';
import { closeSifters, createSifter } from '../../sift/sifter.js';
import { filterFor } from '../lazy-filter.js';
import { createReader, type Reader } from './reader.js';
import { createSearch } from './search.js';
import type { FromWorker, ToWorker, WorkerData } from './threads.js';
import { cut, type Work } from './work.js';

/** Bytes of files left to the thread that has a detector: about what is judged while another is loaded. */
const ALLOWANCE = 1 << 20;
/** Milliseconds of reading between two answers. */
const SPELL = 8;

const { wanted } = workerData as WorkerData;

const start = async ({ anchors, settings: { include, exclude, maxSize, detector } }: WorkerData): Promise<Reader> => {
  const sifter = createSifter(anchors, maxSize);
  const tools = {
    sifter: () => sifter,
    search: once(() => createSearch(anchors)),
    filter: await filterFor(include, exclude),
    detector: async () => (await import('../../detect/detector.js')).createDetector(detector),
    allowance: ALLOWANCE,
    spell: SPELL,
    isWanted: () => Atomics.load(wanted, 0) === 1,
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
  const left = [...work];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const outcome = await (await reader).read(next);
    left.push(...outcome.rest);
    const rest = Atomics.exchange(wanted, 0, 0) === 1 ? halfOf(left) : [];
    const answer: FromWorker = { outcome: { ...outcome, rest }, done: left.length === 0 };
    parentPort?.postMessage(answer);
  }
});

/** Takes away half of each: what it takes to read a folder, nobody knows beforehand. */
const halfOf = (left: Work[]): readonly Work[] => {
  const halves = left.splice(0).map((work) => ({ work, names: cut(work.names, work.names.length >> 1) }));
  left.push(...halves.flatMap(({ work, names: [, names] }) => (names === '' ? [] : [{ ...work, names }])));
  return halves.map(({ work, names: [names] }) => ({ ...work, names }));
};
