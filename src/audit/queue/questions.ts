// Whose objects may these be? Workers ask the coordinator, who holds the store. A question that nobody answers in time is
// answered by null: then everything is read, which is right, too, and only slower.

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { now } from '../../clock.js';
import type { Family, FamilyQuestion, Knowledge } from '../types.js';
import { KEPT, repliesOf, runKeys } from './keys.js';
import { packFamily, unpackFamily } from './parcel.js';
import type { QueueSeal } from './seal.js';

/** An answer that nobody fetches, in seconds. */
const STALE = 120;
const ID = 36;

/** A question may have been lost with the coordinator that took it: after so many milliseconds it is asked again. */
const FIRST_WAIT = 2_000;

/** Larger answers cost more than they spare. */
export const LARGEST_ANSWER = 4 << 20;

interface Asked {
  readonly worker: string;
  readonly id: string;
  readonly question: FamilyQuestion;
}

/** Answers what came in the inbox. */
export const answer = async (
  redis: Redis,
  seal: QueueSeal,
  run: string,
  sealed: Buffer,
  knowledge: Knowledge,
): Promise<void> => {
  const { worker, id, question } = JSON.parse(seal.open(['question', run], sealed).toString()) as Asked;
  const known = packFamily(await knowledge.family(question).catch(() => null));
  const bytes = known.length > LARGEST_ANSWER ? packFamily(null) : known;
  const reply = Buffer.concat([Buffer.from(id), seal.seal(['answer', id], bytes)]);
  await redis.multi().rpush(repliesOf(worker), reply).expire(repliesOf(worker), STALE).exec();
};

export interface Questions {
  /** @param run the run's tag */
  family(run: string, question: FamilyQuestion): Promise<Family | null>;
  close(): void;
}

/**
 * @param redis for all but waiting
 * @param patience milliseconds
 */
export const createQuestions = (redis: Redis, seal: QueueSeal, worker: string, patience = 30_000): Questions => {
  const asked = new Map<string, (answer: Family | null) => void>();
  // Who waits for an answer can ask for nothing else meanwhile.
  const waiting = redis.duplicate();
  waiting.on('error', () => {});
  let closed = false;

  const listen = async (): Promise<void> => {
    while (!closed) {
      const [, reply] = (await waiting.blpopBuffer(repliesOf(worker), 5)) ?? [];
      if (reply === undefined) continue;
      const id = reply.toString('latin1', 0, ID);
      asked.get(id)?.(opened(id, reply.subarray(ID)));
    }
  };
  const opened = (id: string, sealed: Buffer): Family | null => {
    try {
      return unpackFamily(seal.open(['answer', id], sealed));
    } catch {
      return null;
    }
  };
  const listening = async (): Promise<void> => {
    // A first try that fails is followed by others.
    if (waiting.status === 'wait') await waiting.connect().catch(() => {});
    for (;;) {
      try {
        return await listen();
      } catch (error) {
        // A connection that was lost takes the waiting with it; the next one waits again.
        if (closed) return;
        if (waiting.status === 'end') throw error;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  };
  listening().catch(() => {});

  return {
    family: async (run, question) => {
      const keys = runKeys(run);
      const id = randomUUID();
      const sealed = seal.seal(['question', run], Buffer.from(JSON.stringify({ worker, id, question })));
      const stop = new AbortController();
      const ask = async (): Promise<null> => {
        let wait = FIRST_WAIT;
        for (const end = now() + patience; now() < end; wait *= 2) {
          if ((await redis.exists(keys.alive)) === 0) return null;
          await redis.multi().rpush(keys.inbox, sealed).expire(keys.inbox, KEPT).exec();
          await sleep(Math.min(wait, Math.max(0, end - now())), undefined, { signal: stop.signal });
        }
        return null;
      };
      try {
        const reply = new Promise<Family | null>((resolve) => {
          asked.set(id, resolve);
        });
        return await Promise.race([reply, ask()]);
      } finally {
        stop.abort();
        asked.delete(id);
      }
    },
    close: () => {
      closed = true;
      waiting.disconnect();
      redis.del(repliesOf(worker)).catch(() => {});
      for (const resolve of asked.values()) resolve(null);
    },
  };
};
