// A thread that does jobs, seen from the main thread.

import { Worker } from 'node:worker_threads';
import { reasonOf } from '../../errors.js';
import type { Mirror, Mirrors } from '../mirror/types.js';
import type { Knowledge, Outcome } from '../types.js';
import { type Lane, ThreadDied } from './lane.js';
import {
  type Answer,
  type Ask,
  type FromThread,
  type MirrorAnswer,
  packFamily,
  type ToThread,
  unpackOutcome,
} from './messages.js';

/** Milliseconds in which a thread that was stopped ends its programs; then it is ended itself. */
const GRACE = 5_000;
/** Little of what a thread makes lives on; by default a young generation takes three times as much. */
const YOUNG = { maxYoungGenerationSizeMb: 16 } as const;

interface InHand {
  readonly knowledge: Knowledge;
  readonly signal: AbortSignal;
  readonly resolve: (outcome: Outcome | 'stopped') => void;
  readonly reject: (error: unknown) => void;
}

/** @param program of the thread (worker.ts), built */
export const createThreadLane = (program: URL, mirrors: Mirrors): Lane => {
  const worker = new Worker(program, { resourceLimits: YOUNG });
  const lent = new Map<number, Extract<Mirror, { state: 'ready' }>>();
  let lastLent = 0;
  let inHand: InHand | null = null;
  let died: ThreadDied | null = null;

  const say = (message: ToThread, transfer: readonly ArrayBuffer[] = []): void => worker.postMessage(message, transfer);

  const end = (error: unknown): void => {
    died ??= new ThreadDied(reasonOf(error));
    inHand?.reject(died);
    takeBack();
  };

  /** What a job has not given back. */
  const takeBack = (): void => {
    for (const mirror of lent.values()) mirror.release().catch(() => {});
    lent.clear();
  };

  const obtain = async (
    { repository, lastLook, largest }: Extract<Ask, { what: 'obtain' }>,
    signal: AbortSignal,
  ): Promise<Mirror> => {
    try {
      return await mirrors.obtain(repository, lastLook, signal, largest);
    } catch (error) {
      signal.throwIfAborted();
      return { state: 'broken', reason: reasonOf(error), look: null };
    }
  };

  const lend = async (mirror: Mirror, to: InHand): Promise<MirrorAnswer> => {
    if (mirror.state !== 'ready') return mirror;
    if (inHand !== to) {
      // Nobody waits for it any more.
      await mirror.release();
      return { state: 'broken', reason: 'reading was stopped', look: null };
    }
    lastLent += 1;
    lent.set(lastLent, mirror);
    return { state: 'ready', folder: mirror.folder, look: mirror.look, number: lastLent };
  };

  const answerTo = async (ask: Ask, to: InHand): Promise<Answer> => {
    const { knowledge, signal } = to;
    switch (ask.what) {
      case 'family':
        return { to: 'family', family: await knowledge.family(ask.question).catch(() => null) };
      case 'obtain':
        return { to: 'obtain', mirror: await obtain(ask, signal).then((mirror) => lend(mirror, to)) };
      case 'release': {
        const mirror = lent.get(ask.mirror);
        lent.delete(ask.mirror);
        // What cannot be taken away now is when they are closed.
        await mirror?.release().catch(() => {});
        return { to: 'release' };
      }
    }
  };

  const give = async (number: number, ask: Ask, to: InHand): Promise<void> => {
    const answer = await answerTo(ask, to);
    if (answer.to !== 'family') return say({ kind: 'answer', number, answer });
    const { content, transfer } = packFamily(answer.family);
    say({ kind: 'answer', number, answer: { to: 'family', family: content } }, transfer);
  };

  worker.on('message', (message: FromThread) => {
    if (inHand === null) return;
    if (message.kind === 'outcome') inHand.resolve(unpackOutcome(message.outcome));
    else if (message.kind === 'stopped') inHand.resolve('stopped');
    // Without an answer the job has no end.
    else give(message.number, message.ask, inHand).catch(inHand.reject);
  });
  worker.on('error', end);
  worker.on('messageerror', end);
  worker.on('exit', () => end(new Error('its thread ended')));

  return {
    work: async (job, knowledge, signal) => {
      if (died !== null) throw died;
      signal.throwIfAborted();
      const stop = (): void => {
        say({ kind: 'stop' });
        timer = setTimeout(() => {
          end(new Error('it did not stop'));
          void worker.terminate();
        }, GRACE);
      };
      let timer: NodeJS.Timeout | undefined;
      signal.addEventListener('abort', stop, { once: true });
      try {
        const outcome = await new Promise<Outcome | 'stopped'>((resolve, reject) => {
          inHand = { knowledge, signal, resolve, reject };
          say({ kind: 'job', job });
        });
        if (outcome !== 'stopped') return outcome;
        signal.throwIfAborted();
        throw new ThreadDied('it was stopped');
      } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        inHand = null;
        takeBack();
      }
    },
    isAlive: () => died === null,
    close: async () => void (await worker.terminate()),
  };
};
