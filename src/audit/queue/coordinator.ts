// The workforce behind a queue: jobs are posted as there is room for them, outcomes are taken as they come, questions are
// answered, and what nobody can do is given up with its reason.
//
// A job counts as outstanding from when it is posted until its outcome is in the store: no more than a small multiple of
// what the workers do at a time, so that neither side fills the Redis. Outcomes may come twice, from a worker that died
// after it handed one in, or late, from orders of a coordinator that died: each repository's first one counts.

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { AkscanError } from '../../errors.js';
import type { Job, Knowledge, Outcome, Workforce } from '../types.js';
import { queueAddressOf } from './address.js';
import { createBell } from './bell.js';
import { connectQueue } from './connect.js';
import { KEPT, PREFIX, roomOf, runKeys } from './keys.js';
import { dropLetter, type Letter, oldest, readLetter, waiting } from './mail.js';
import { packOrder } from './parcel.js';
import { createPresence, RENEWED, readCards } from './presence.js';
import { answer } from './questions.js';
import { queueSeal } from './seal.js';
import { createStaff } from './staff.js';
import { post, standingOf, type Ticket, TRIES, tidy, withdraw } from './tickets.js';

export interface QueueSettings {
  readonly env: NodeJS.ProcessEnv;
  /** Whose jobs these are: the same when an audit goes on after a crash. */
  readonly run: string;
  tell(sentence: string): void;
  /** Milliseconds between looks at workers and at jobs that are lost. */
  readonly look?: number;
}

/** Milliseconds without the queue after which an audit ends; `--resume` goes on with it. */
const LONGEST_LOSS = 5 * 60_000;
const ALIVE = 20_000;
/** Milliseconds that are waited for what is being saved when an audit is stopped. */
const LONGEST_END = 10_000;

/**
 * @param typed what `--queue` was given; null: the environment's AKSCAN_QUEUE_URL
 * @throws AkscanError for a wrong address, without AKSCAN_STORE_KEY, and when the queue cannot be reached
 */
export const createQueue = async (typed: string | null, settings: QueueSettings): Promise<Workforce> => {
  const { env, tell, look = RENEWED } = settings;
  const address = queueAddressOf(typed, env);
  const seal = queueSeal(env);
  const redis = await connectQueue(address, tell);
  const waitingOne = redis.duplicate();
  waitingOne.on('error', () => {});
  await waitingOne.connect();
  const queue = new Queue<Ticket>(roomOf(seal), {
    connection: redis,
    prefix: PREFIX,
    skipVersionCheck: true,
    streams: { events: { maxLen: 100 } },
  });
  queue.on('error', () => {});
  const run = seal.tag('run', settings.run);
  const keys = runKeys(run);
  const coordinator = randomUUID();
  const presence = createPresence(redis, seal, 'audits', { id: coordinator, threads: 0 });
  const tagOf = (job: Pick<Job, 'run' | 'repository'>): string => seal.tag('job', job.run, job.repository.id);

  const work = (
    jobs: AsyncIterable<Job>,
    { knowledge, done }: { readonly knowledge: Knowledge; readonly done: (outcome: Outcome) => Promise<void> },
    signal: AbortSignal,
  ): { readonly finished: Promise<unknown>; readonly ended: () => Promise<unknown> } => {
    const outstanding = new Map<string, Job>();
    /** Delivered for a coordinator before this one: they may come again, or be asked for again. */
    const inherited = new Set<string>();
    /** Outcomes that no worker handed in. */
    const own: Outcome[] = [];
    const bell = createBell();
    const staff = createStaff(presence.card, tell, address.shown);
    /** Given up, and not settled yet. */
    const parked = new Set<string>();
    let saving: Promise<unknown> = Promise.resolve();
    let fed = false;
    signal.addEventListener('abort', bell.ring, { once: true });

    const settle = async (tag: string, outcome: Outcome): Promise<void> => {
      const saved = done(outcome);
      saving = saved.catch(() => {});
      await saved;
      outstanding.delete(tag);
      parked.delete(tag);
      bell.ring();
    };

    const take = async (letter: Letter): Promise<void> => {
      const read = await readLetter(redis, seal, run, letter).catch(() => null);
      if (read === null || read.outcome.run !== settings.run || tagOf(read.outcome) !== letter.job) {
        tell('An outcome in the queue was damaged: its repository is read again.');
      } else {
        const isOwn = read.coordinator === coordinator;
        const awaited = outstanding.has(letter.job);
        if (awaited || (!isOwn && !inherited.has(letter.job))) await settle(letter.job, read.outcome);
        if (!isOwn) inherited.add(letter.job);
      }
      await dropLetter(redis, run, letter);
    };

    const takeAll = async (): Promise<void> => {
      while (!signal.aborted) {
        const mine = own.shift();
        if (mine !== undefined) {
          await settle(tagOf(mine), mine);
          continue;
        }
        const letter = await oldest(redis, run);
        if (letter === null) return;
        await take(letter);
      }
    };

    const send = async (tag: string, job: Job): Promise<void> => {
      const sealed = seal.seal(['order', run, tag], packOrder({ job, coordinator })).toString('hex');
      await post(queue, redis, tag, { run, sealed });
    };

    const feed = async (): Promise<void> => {
      for await (const job of jobs) {
        const tag = tagOf(job);
        if (inherited.has(tag) || outstanding.has(tag)) continue;
        while (!signal.aborted && outstanding.size >= staff.room()) await bell.rung();
        if (signal.aborted) return;
        outstanding.set(tag, job);
        await send(tag, job);
      }
      fed = true;
      bell.ring();
    };

    const collect = async (): Promise<void> => {
      while (!signal.aborted) {
        const rung = bell.rung();
        await takeAll();
        if (fed && outstanding.size === 0) return;
        await rung;
      }
    };

    const listen = async (): Promise<void> => {
      while (!signal.aborted) {
        const [, message] = (await waitingOne.blpopBuffer(keys.inbox, 2).catch(() => null)) ?? [];
        if (message === undefined && waitingOne.status !== 'ready') await pause(200, signal);
        if (message === undefined || message.length === 0) bell.ring();
        else answer(redis, seal, run, message, knowledge).catch(() => {});
      }
    };

    /** Jobs that failed for good, and those that a Redis lost when it lost its memory. */
    const lookAfter = async (tags: readonly string[]): Promise<void> => {
      const standing = await standingOf(queue, redis, tags);
      // After: an outcome is handed in before its job is gone.
      const waits = new Set((await waiting(redis, run)).map(({ job }) => job));
      for (const [tag, { exists, failed }] of standing) {
        const job = outstanding.get(tag);
        if (job === undefined || waits.has(tag) || parked.has(tag)) continue;
        if (failed) {
          parked.add(tag);
          own.push(await givenUp(tag, job));
        } else if (!exists) await send(tag, job);
      }
      if (own.length > 0) bell.ring();
    };

    const givenUp = async (tag: string, { repository }: Job): Promise<Outcome> => {
      const ticket = await queue.getJob(tag);
      const reason = reasonOf(tag, ticket?.data.reason);
      await ticket?.remove().catch(() => {});
      return { run: settings.run, repository, state: 'broken', reason, look: null };
    };

    const watch = async (): Promise<void> => {
      let before: readonly string[] = [];
      while (!signal.aborted) {
        // A Redis that lost its memory knows of no coordinator.
        await redis.set(keys.coordinator, coordinator, 'EX', KEPT, 'NX');
        if ((await redis.get(keys.coordinator)) !== coordinator) {
          throw new AkscanError('Another akscan goes on with this audit.');
        }
        await presence.here();
        await redis.multi().set(keys.alive, '1', 'PX', ALIVE).expire(keys.coordinator, KEPT).exec();
        staff.seen(await presence.others());
        // Those posted since the last look are given time to arrive.
        await lookAfter(before.filter((tag) => outstanding.has(tag)));
        before = [...outstanding.keys()];
        bell.ring();
        await pause(look, signal);
      }
    };

    const reach = async (): Promise<void> => {
      for (let lost = 0; !signal.aborted; lost = redis.status === 'ready' ? 0 : lost + look) {
        if (lost > LONGEST_LOSS) {
          throw new AkscanError(
            `The queue at ${address.shown} has been away for ${LONGEST_LOSS / 60_000} minutes.`,
            'akscan audit --resume goes on with what was not read yet.',
          );
        }
        await pause(look, signal);
      }
    };

    // What was handed in while nobody was here comes first: it need not be asked for again.
    const begun = takeAll();
    const collecting = begun.then(collect);
    const helping = [listen(), watch(), reach()];
    return {
      finished: Promise.race([Promise.all([begun.then(feed), collecting]), ...helping]),
      // What is being saved is saved; who gives jobs out may never end.
      ended: async () => {
        // Whoever asks a queue that is away waits for it without end.
        if (redis.status === 'ready') await Promise.allSettled([collecting, ...helping]);
        else await saving;
      },
    };
  };

  const reasonOf = (tag: string, sealed: string | undefined): string => {
    if (sealed === undefined)
      return `${TRIES} workers ended while they read it: it may need more memory than they have`;
    try {
      const said = seal.open(['reason', run, tag], Buffer.from(sealed, 'hex')).toString();
      return `workers tried it ${TRIES} times: ${said.replace(/\.$/, '')}`;
    } catch {
      return `workers tried it ${TRIES} times`;
    }
  };

  /** Nothing of an audit that has ended stays. */
  const clear = async (): Promise<void> => {
    await redis.del(keys.coordinator);
    await withdraw(queue, run);
    for (const letter of await waiting(redis, run)) await dropLetter(redis, run, letter);
    await redis.del(keys.alive, keys.inbox, keys.outcomes);
    const audits = await readCards(redis, 'audits');
    if (audits.every(({ id }) => id === coordinator)) await tidy(queue, redis);
    await presence.gone();
  };

  /** What is in the workers' hands they finish, and `--resume` finds it. */
  const leave = async (): Promise<void> => {
    await withdraw(queue, run);
    await redis.del(keys.alive);
    await presence.gone();
  };

  return {
    run: async (jobs, to, signal) => {
      signal.throwIfAborted();
      await redis.multi().set(keys.coordinator, coordinator, 'EX', KEPT).set(keys.alive, '1', 'PX', ALIVE).exec();
      const stopping = new AbortController();
      const aborted = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
      const working = work(jobs, to, stopping.signal);
      const failure = await Promise.race([working.finished, aborted]).then(
        () => null,
        (error: unknown) => ({ error }),
      );
      stopping.abort();
      waitingOne.disconnect();
      await Promise.race([working.ended(), sleep(LONGEST_END, undefined, { ref: false })]);
      if (failure === null) return clear();
      if (redis.status === 'ready') await leave().catch(() => {});
      throw failure.error;
    },
    close: async () => {
      waitingOne.disconnect();
      await queue.close().catch(() => {});
      redis.disconnect();
    },
  };
};

const pause = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal }).catch(() => {});
