// The program of a thread that does jobs, one at a time. Mirrors and knowledge are the main thread's: it asks for both.

import { setMaxListeners } from 'node:events';
import { parentPort } from 'node:worker_threads';
import { doJob } from '../job/do-job.js';
import { openMirrors } from '../mirror/open-mirrors.js';
import type { Mirrors } from '../mirror/types.js';
import type { Knowledge } from '../types.js';
import { type Answer, type Ask, type FromThread, packOutcome, type ToThread, unpackFamily } from './messages.js';

const waiting = new Map<number, (answer: Answer) => void>();
let asked = 0;
let stop = new AbortController();

const say = (message: FromThread, transfer: readonly ArrayBuffer[] = []): void =>
  parentPort?.postMessage(message, transfer);

const ask = (what: Ask): Promise<Answer> =>
  new Promise((resolve) => {
    asked += 1;
    waiting.set(asked, resolve);
    say({ kind: 'ask', number: asked, ask: what });
  });

/** Waits for the answer, but not when the job is stopped meanwhile. */
const askUnlessStopped = async (what: Ask, signal: AbortSignal): Promise<Answer> => {
  signal.throwIfAborted();
  let ended = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    ended = () => reject(signal.reason);
    signal.addEventListener('abort', ended, { once: true });
  });
  try {
    return await Promise.race([ask(what), aborted]);
  } finally {
    signal.removeEventListener('abort', ended);
  }
};

/** What lies in a folder is looked at here: the main thread has enough to do. No cache is opened for it. */
const folders = openMirrors(
  { folder: '', cacheSize: 0, maxRepositorySize: null, after: 'keep' },
  { credentialFor: async () => null, tell: () => {} },
);

const mirrors: Pick<Mirrors, 'obtain'> = {
  obtain: async (repository, lastLook, signal, largest = null) => {
    if (repository.clone.from === 'folder') return (await folders).obtain(repository, lastLook, signal);
    const answer = await askUnlessStopped({ what: 'obtain', repository, lastLook, largest }, signal);
    if (answer.to !== 'obtain') throw new Error('the answer to another question');
    const { mirror } = answer;
    if (mirror.state !== 'ready') return mirror;
    const { number } = mirror;
    return { ...mirror, release: async () => void (await ask({ what: 'release', mirror: number })) };
  },
};

const knowledge: Knowledge = {
  family: async (question) => {
    const answer = await askUnlessStopped({ what: 'family', question }, stop.signal);
    return answer.to === 'family' ? unpackFamily(answer.family) : null;
  },
};

parentPort?.on('message', async (message: ToThread) => {
  switch (message.kind) {
    case 'answer':
      waiting.get(message.number)?.(message.answer);
      waiting.delete(message.number);
      return;
    case 'stop':
      stop.abort();
      return;
    case 'job': {
      stop = new AbortController();
      const { signal } = stop;
      // Each git that reads the repository listens.
      setMaxListeners(0, signal);
      try {
        const { content, transfer } = packOutcome(await doJob(message.job, { mirrors, knowledge, signal }));
        say({ kind: 'outcome', outcome: content }, transfer);
      } catch {
        // It throws only when it was stopped.
        say({ kind: 'stopped' });
      }
    }
  }
});
