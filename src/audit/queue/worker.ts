// `akscan worker`: takes jobs off the queue and does them with the threads of this machine. BullMQ keeps the order: a job in
// hand is locked, the lock is renewed from this thread while others read; a worker that dies stops renewing, and another one
// takes the job. What a job came to is handed in before the job is done with, so that it may come twice, and is never lost.

import { randomUUID } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DelayedError, type Job as QueueJob, WaitingError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { AkscanError, reasonOf } from '../../errors.js';
import type { Outcome, Repository, Workforce } from '../types.js';
import { queueAddressOf } from './address.js';
import { connectQueue } from './connect.js';
import { createHands } from './hands.js';
import { PREFIX, roomOf, runKeys } from './keys.js';
import { deliver } from './mail.js';
import { createPace } from './pace.js';
import { type Order, unpackOrder } from './parcel.js';
import { createPresence, differenceOf, type Presence, RENEWED } from './presence.js';
import { createQuestions } from './questions.js';
import { queueSeal } from './seal.js';
import { type Ticket, TRIES } from './tickets.js';

export interface WorkerSettings {
  readonly env: NodeJS.ProcessEnv;
  /** Asked, once the queue was reached, for whoever does the jobs here; closed at the end. */
  readonly hire: () => Promise<Workforce>;
  /** Jobs at a time. */
  readonly threads: number;
  /** Folders below which repositories may be read in place; without any, only what can be fetched is read. */
  readonly folders: readonly string[];
  /** Of all workers together, at one host. */
  readonly fetchesPerMinute: number;
  /** Milliseconds that jobs in hand are given to end, once `signal` was aborted; then they go back to the queue. */
  readonly grace: number;
  readonly signal: AbortSignal;
  tell(sentence: string): void;
  /** Milliseconds after which the job of a worker that died is somebody else's. */
  readonly lock?: number;
  /** Milliseconds between looks at audits. */
  readonly look?: number;
}

export interface Worked {
  readonly done: number;
  readonly handedBack: number;
}

const LOCK = 20_000;
/** Milliseconds for which a job in hand waits for its turn at a host; beyond, it goes back to the queue until then. */
const LONGEST_WAIT = 15_000;
/** Milliseconds that a worker which stops waits for the queue to take back what it has. */
const LONGEST_END = 5_000;

/**
 * Works until `signal` is aborted.
 *
 * @param typed what `--queue` was given; null: the environment's AKSCAN_QUEUE_URL
 * @throws AkscanError when the queue cannot be reached at first; what ended the workforce, if something did
 */
export const startWorker = async (typed: string | null, settings: WorkerSettings): Promise<Worked> => {
  const { env, threads, signal, tell, lock = LOCK, look = RENEWED } = settings;
  const address = queueAddressOf(typed, env);
  const seal = queueSeal(env);
  const folders = await Promise.all(settings.folders.map(existing));
  const redis = await connectQueue(address, tell);
  const workforce = await settings.hire().catch((error: unknown) => {
    redis.disconnect();
    throw error;
  });
  const id = randomUUID();
  const presence = createPresence(redis, seal, 'workers', { id, threads });
  const pace = createPace(redis, settings.fetchesPerMinute, (host) => seal.tag('host', host));
  const questions = createQuestions(redis, seal, id);
  /** Aborted when there is no more time to wait for jobs in hand. */
  const ending = new AbortController();
  const hands = createHands(workforce, ending.signal);
  const active = new Set<Promise<unknown>>();
  const counted = { done: 0, handedBack: 0 };

  const handBack = async (job: QueueJob<Ticket>, token: string): Promise<never> => {
    counted.handedBack += 1;
    await job.moveToWait(token);
    throw new WaitingError();
  };

  const turn = async ({ clone }: Repository, job: QueueJob<Ticket>, token: string): Promise<void> => {
    const host = clone.from === 'url' && URL.canParse(clone.url) ? new URL(clone.url).host : '';
    if (host === '') return;
    const wait = await pace.turn(host, LONGEST_WAIT);
    if (wait >= 0) return void (await sleep(wait, undefined, { signal: ending.signal }));
    await job.moveToDelayed(Date.now() - wait, token);
    throw new DelayedError();
  };

  const outcomeOf = async ({ job: order }: Order, job: QueueJob<Ticket>, token: string): Promise<Outcome> => {
    const { run, repository } = order;
    const reason = await refusalOf(repository, folders);
    if (reason !== null) return { run, repository, state: 'broken', reason, look: null };
    await turn(repository, job, token);
    return hands.perform(order, (question) => questions.family(job.data.run, question));
  };

  const work = async (job: QueueJob<Ticket>, token: string): Promise<void> => {
    const { run, sealed } = job.data;
    const tag = job.id ?? '';
    const isAwaited = async (): Promise<boolean> => (await redis.exists(runKeys(run).coordinator)) === 1;
    if (sealed === undefined || !(await isAwaited())) return;
    if (signal.aborted || ending.signal.aborted) return handBack(job, token);
    try {
      const order = unpackOrder(seal.open(['order', run, tag], Buffer.from(sealed, 'hex')));
      const outcome = await outcomeOf(order, job, token);
      const { coordinator } = order;
      // Somebody else's outcome may have ended the audit meanwhile.
      if (!(await isAwaited())) return;
      await deliver(redis, seal, { run, job: tag }, { outcome, coordinator }, async (ms) => {
        await sleep(ms, undefined, { signal: ending.signal });
      });
      counted.done += 1;
    } catch (error) {
      if (error instanceof DelayedError) throw error;
      if (ending.signal.aborted) return handBack(job, token);
      const reason = seal.seal(['reason', run, tag], Buffer.from(reasonOf(error)));
      await job.updateData({ ...job.data, reason: reason.toString('hex') });
      // BullMQ writes it down in the clear.
      throw new Error('the attempt failed');
    }
  };

  const worker = new Worker<Ticket>(
    roomOf(seal),
    (job, token = '') => {
      const working = work(job, token).finally(() => active.delete(working));
      active.add(working);
      return working;
    },
    {
      connection: redis,
      prefix: PREFIX,
      skipVersionCheck: true,
      concurrency: threads,
      lockDuration: lock,
      stalledInterval: lock / 2,
      maxStalledCount: TRIES - 1,
      drainDelay: 2,
      runRetryDelay: 1_000,
    },
  );
  // Lost connections are told of elsewhere, and what failed in a job is known to its coordinator.
  worker.on('error', () => {});

  tell(`Waiting for audits at ${address.shown}: ${threads} at a time.`);
  const failure = await Promise.race([keepPresence({ redis, presence, signal, tell, look }), hands.ended]).then(
    () => null,
    (error: unknown) => ({ error }),
  );
  // Whose threads are gone can end nothing, and gives it to others.
  if (failure !== null) ending.abort(failure.error);
  if (active.size > 0)
    tell(`Stopping: ${active.size} in hand are finished, or handed back after ${settings.grace / 1000} s.`);
  await worker.pause(true);
  const patience = failure === null ? settings.grace : 0;
  await Promise.race([Promise.allSettled(active), sleep(patience, undefined, { ref: false })]);
  ending.abort();
  const leave = async (): Promise<void> => {
    await Promise.allSettled(active);
    await worker.close(redis.status !== 'ready');
    if (redis.status === 'ready') await presence.gone().catch(() => {});
  };
  // What is asked of a queue that is away waits for it to come back, which may be never: what was in hand is another's then.
  const longest = Math.min(LONGEST_END, lock);
  await Promise.race([leave(), sleep(longest, undefined, { ref: false })]);
  questions.close();
  redis.disconnect();
  await Promise.race([worker.close(true), sleep(longest, undefined, { ref: false })]);
  await workforce.close();
  if (failure !== null) throw failure.error;
  return counted;
};

const existing = async (folder: string): Promise<string> => {
  try {
    return await realpath(folder);
  } catch (error) {
    throw new AkscanError(`--allow-folder: there is no folder ${folder} (${reasonOf(error)}).`);
  }
};

/** A path is the coordinator's: here it may be another thing, or nobody's business. */
const refusalOf = async ({ clone }: Repository, folders: readonly string[]): Promise<string | null> => {
  if (clone.from === 'url') return null;
  if (folders.length === 0) return 'it is a folder, and the worker reads none: start it with --allow-folder FOLDER';
  const real = await realpath(clone.folder).catch(() => null);
  if (real === null) return 'the worker has no such folder';
  const allowed = folders.some((folder) => real === folder || real.startsWith(folder.replace(/[\\/]?$/, path.sep)));
  return allowed ? null : 'it lies outside the folders that the worker may read (--allow-folder)';
};

/** Until `signal` is aborted. */
const keepPresence = async ({
  redis,
  presence,
  signal,
  tell,
  look,
}: {
  readonly redis: Redis;
  readonly presence: Presence;
  readonly signal: AbortSignal;
  readonly tell: (sentence: string) => void;
  readonly look: number;
}): Promise<void> => {
  const refused = new Set<string>();
  const meet = async (): Promise<void> => {
    await presence.here();
    for (const audit of await presence.others()) {
      const why = differenceOf(presence.card, audit);
      if (why === null || refused.has(audit.id)) continue;
      refused.add(audit.id);
      tell(`Takes no jobs of the audit on ${audit.host}: ${why}.`);
    }
  };
  while (!signal.aborted) {
    if (redis.status === 'ready') await meet().catch(() => {});
    await sleep(look, undefined, { signal }).catch(() => {});
  }
};
