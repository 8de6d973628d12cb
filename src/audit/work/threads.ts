// Jobs done by threads of this process. A thread takes the next job when it is free; it may begin one while what came of
// the one before is still being saved, so that neither waits for the other.

import { setMaxListeners } from 'node:events';
import { existsSync } from 'node:fs';
import { doJob, notRead } from '../job/do-job.js';
import type { Mirrors } from '../mirror/types.js';
import type { Job, Knowledge, Outcome, Workforce } from '../types.js';
import { type Lane, ThreadDied } from './lane.js';
import { createThreadLane } from './thread-lane.js';
import { createTurns } from './turns.js';

export interface ThreadsDeps {
  /** Opened by who then closes them; asked from this thread. */
  readonly mirrors: Mirrors;
  /** The program of a thread; null: all is done in this one. Absent: what the build made, if it did. */
  readonly program?: URL | null;
}

/** Where the build puts it: beside the entry points, one level above their chunks. */
const builtProgram = (): URL | null =>
  ['./audit-worker.js', '../audit-worker.js']
    .map((place) => new URL(place, import.meta.url))
    .find((url) => existsSync(url)) ?? null;

/** How often a job is begun when threads die with it. */
const TRIES = 2;

/** @param count jobs at once */
export const createThreads = (count: number, { mirrors, program = builtProgram() }: ThreadsDeps): Workforce => {
  const idle: Lane[] = [];
  const all = new Set<Lane>();

  const open = (): Lane => {
    const lane = idle.pop() ?? (program === null ? createOwnLane(mirrors) : createThreadLane(program, mirrors));
    all.add(lane);
    return lane;
  };

  const discard = async (lane: Lane): Promise<void> => {
    all.delete(lane);
    await lane.close();
  };

  const doOne = async (job: Job, lane: Lane, knowledge: Knowledge, signal: AbortSignal): Promise<Done> => {
    let current = lane;
    for (let tried = 1; ; tried += 1) {
      try {
        return { outcome: await current.work(job, knowledge, signal), lane: current };
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof ThreadDied)) throw error;
        await discard(current);
        current = open();
        const reason = `it could not be read: its thread ended each time (${error.message})`;
        if (tried === TRIES) return { outcome: notRead(job, { state: 'broken', reason, look: null }), lane: current };
      }
    }
  };

  const run: Workforce['run'] = async (jobs, { knowledge, done }, signal) => {
    const failed = new AbortController();
    const either = AbortSignal.any([signal, failed.signal]);
    // As many listen as there are threads and programs of theirs.
    setMaxListeners(0, either);
    const turns = createTurns(jobs);
    const worker = async (): Promise<void> => {
      let lane: Lane | null = null;
      let saving: Promise<void> = Promise.resolve();
      try {
        for (let turn = await turns.next(either); turn !== null; turn = await turns.next(either)) {
          lane ??= open();
          const did: Done = await doOne(withThreads(turn), lane, knowledge, either);
          lane = did.lane;
          await saving;
          saving = done(did.outcome);
          // Looked at before the next one is saved.
          saving.catch(() => {});
        }
        await saving;
      } finally {
        // Whoever hears that all has ended may close what it is saved to. What failed in it is told above, or came second.
        await saving.catch(() => {});
        if (lane?.isAlive() === true) idle.push(lane);
      }
    };
    const guarded = (): Promise<void> =>
      worker().catch((error) => {
        failed.abort(error);
        throw error;
      });
    const ended = await Promise.allSettled(Array.from({ length: count }, guarded));
    await turns.close();
    signal.throwIfAborted();
    if (failed.signal.aborted) throw failed.signal.reason;
    for (const each of ended) if (each.status === 'rejected') throw each.reason;
  };

  return {
    run,
    close: async () => {
      idle.length = 0;
      await Promise.all([...all].map(discard));
    },
  };
};

interface Done {
  readonly outcome: Outcome;
  readonly lane: Lane;
}

/** The last jobs share the threads that have nothing more to do. */
const withThreads = ({ job, threads }: { readonly job: Job; readonly threads: number }): Job =>
  threads <= job.settings.threads ? job : { ...job, settings: { ...job.settings, threads } };

const createOwnLane = (mirrors: Mirrors): Lane => ({
  work: (job, knowledge, signal) => doJob(job, { mirrors, knowledge, signal }),
  isAlive: () => true,
  close: async () => {},
});
