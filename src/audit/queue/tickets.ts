// What BullMQ keeps of a job, and how often a job is tried. Its number is the tag of (run, repository): the same job twice is
// one, also for an audit that goes on after a crash.

import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { KEPT } from './keys.js';

/** Hexadecimal: base64 can spell anything by chance, a key's first letters too. */
export interface Ticket {
  /** The run's tag. */
  readonly run: string;
  /** The order. Absent when it lapsed. */
  readonly sealed?: string;
  /** Why the last attempt failed. */
  readonly reason?: string;
}

export const TRIES = 3;

export const post = async (queue: Queue<Ticket>, redis: Redis, tag: string, ticket: Ticket): Promise<void> => {
  await queue.add('read', ticket, {
    jobId: tag,
    attempts: TRIES,
    backoff: { type: 'exponential', delay: 1_000 },
    removeOnComplete: true,
    removeOnFail: false,
    stackTraceLimit: 0,
    keepLogs: 0,
  });
  await redis.expire(queue.toKey(tag), KEPT);
};

/** How jobs are, in one look. */
export interface Standing {
  readonly exists: boolean;
  readonly failed: boolean;
}

export const standingOf = async (
  queue: Queue<Ticket>,
  redis: Redis,
  tags: readonly string[],
): Promise<ReadonlyMap<string, Standing>> => {
  const asking = redis.pipeline();
  for (const tag of tags) asking.exists(queue.toKey(tag)).zscore(queue.toKey('failed'), tag);
  const answers = (await asking.exec()) ?? [];
  return new Map(
    tags.flatMap((tag, at): readonly [string, Standing][] => {
      const [[problem, exists] = [null, 1], [other, score] = [null, null]] = answers.slice(2 * at, 2 * at + 2);
      return problem !== null || other !== null ? [] : [[tag, { exists: exists === 1, failed: score !== null }]];
    }),
  );
};

/** What is left of a run's jobs: nobody waits for them. Those in somebody's hands end by themselves. */
export const withdraw = async (queue: Queue<Ticket>, run: string): Promise<void> => {
  const left = await queue.getJobs(['waiting', 'delayed', 'failed', 'prioritized'], 0, 4096);
  for (const job of left) {
    if (job?.data.run === run) await job.remove().catch(() => {});
  }
};

/** What BullMQ keeps beside the jobs, none of which is left; workers that wait go on waiting. */
export const tidy = async (queue: Queue<Ticket>, redis: Redis): Promise<void> => {
  await redis.del(['meta', 'events', 'id', 'marker', 'stalled-check'].map((name) => queue.toKey(name)));
};
