// Outcomes on their way from workers to the coordinator: a list of heads in Redis, and for each the parts of its sealed
// content. A head is taken off the list only when what it stands for is in the store, so that a crash of either side loses
// nothing; what comes twice the coordinator knows.

import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { KEPT, runKeys } from './keys.js';
import { type Delivery, LARGEST_JSON, packDelivery, unpackDelivery } from './parcel.js';
import type { QueueSeal } from './seal.js';

/** An outcome that waits. */
export interface Letter {
  /** The job's tag. */
  readonly job: string;
  readonly id: string;
  readonly parts: number;
  readonly bytes: number;
}

/** Bytes of one value in Redis; of one outcome, sealed; of all outcomes of an audit that wait. */
export const PART = 8 << 20;
const LARGEST = 192 << 20;
const WAITING = 256 << 20;

/** Milliseconds between looks whether there is room. */
const LOOK = 500;

export interface MailLimits {
  readonly largest: number;
  /** Of one outcome, bytes that it unfolds to: more than that the coordinator would not open. */
  readonly unfolded: number;
  readonly waiting: number;
}

const LIMITS: MailLimits = { largest: LARGEST, unfolded: LARGEST_JSON, waiting: WAITING };

/**
 * Hands an outcome in; waits while too much is waiting already.
 *
 * @param run the run's tag
 * @param job the job's
 * @param whenFull awaited as long as there is no room, with the milliseconds until the next look
 */
export const deliver = async (
  redis: Redis,
  seal: QueueSeal,
  { run, job }: { readonly run: string; readonly job: string },
  delivery: Delivery,
  whenFull: (ms: number) => Promise<void>,
  limits: MailLimits = LIMITS,
): Promise<void> => {
  const keys = runKeys(run);
  const id = randomUUID();
  const sealed = seal.seal(['outcome', run, job, id], fitting(delivery, limits));
  for (;;) {
    const letters = await waiting(redis, run);
    const bytes = letters.reduce((sum, letter) => sum + letter.bytes, 0);
    if (letters.length === 0 || bytes + sealed.length <= limits.waiting) break;
    await whenFull(LOOK);
  }
  const parts = Math.ceil(sealed.length / PART);
  for (let index = 0; index < parts; index += 1) {
    await redis.set(keys.part(id, index), sealed.subarray(index * PART, (index + 1) * PART), 'EX', KEPT);
  }
  const letter: Letter = { job, id, parts, bytes: sealed.length };
  await whole(
    redis
      .multi()
      .rpush(keys.outcomes, JSON.stringify(letter))
      .expire(keys.outcomes, KEPT)
      .rpush(keys.inbox, '')
      .expire(keys.inbox, KEPT)
      .exec(),
  );
};

/** What is too large goes without the names it adds to a family, and at last without all. */
const fitting = (delivery: Delivery, limits: MailLimits): Buffer => {
  const { outcome } = delivery;
  const packed =
    packedWithin(delivery, limits) ??
    ('family' in outcome ? packedWithin({ ...delivery, outcome: { ...outcome, family: null } }, limits) : null);
  if (packed !== null) return packed;
  const { run, repository } = outcome;
  const reason = `what was found in it is larger than the queue carries (${limits.unfolded >> 20} MB): audit it without a queue`;
  return packDelivery({ ...delivery, outcome: { run, repository, state: 'broken', reason, look: null } });
};

/** Null when it is too large. */
const packedWithin = (delivery: Delivery, { largest, unfolded }: MailLimits): Buffer | null => {
  try {
    const packed = packDelivery(delivery, unfolded);
    return packed.length <= largest ? packed : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
};

/** @throws the first error of a transaction, which ioredis puts among its answers */
const whole = async (answers: Promise<readonly (readonly [Error | null, unknown])[] | null>): Promise<void> => {
  const failed = (await answers)?.find(([error]) => error !== null)?.[0];
  if (failed !== undefined && failed !== null) throw failed;
};

/** All that wait, the oldest first. */
export const waiting = async (redis: Redis, run: string): Promise<readonly Letter[]> =>
  (await redis.lrange(runKeys(run).outcomes, 0, -1)).flatMap((text) => letterOf(text) ?? []);

/** The oldest; what is none is taken off the list. */
export const oldest = async (redis: Redis, run: string): Promise<Letter | null> => {
  for (;;) {
    const text = await redis.lindex(runKeys(run).outcomes, 0);
    if (text === null) return null;
    const letter = letterOf(text);
    if (letter !== null) return letter;
    await redis.lpop(runKeys(run).outcomes);
  }
};

const letterOf = (text: string): Letter | null => {
  try {
    const { job, id, parts, bytes } = JSON.parse(text);
    const known = /^[0-9a-f]{32}$/.test(job) && /^[0-9a-f-]{36}$/.test(id);
    const possible = bytes > 0 && bytes <= LARGEST + 1024 && parts === Math.ceil(bytes / PART);
    return known && possible ? { job, id, parts, bytes } : null;
  } catch {
    return null;
  }
};

/** @throws Error when a part is gone, or it is not what it says */
export const readLetter = async (redis: Redis, seal: QueueSeal, run: string, letter: Letter): Promise<Delivery> => {
  const keys = runKeys(run);
  const parts: Buffer[] = [];
  for (let index = 0; index < letter.parts; index += 1) {
    const part = await redis.getBuffer(keys.part(letter.id, index));
    if (part === null) throw new Error('a part of it is gone');
    parts.push(part);
  }
  return unpackDelivery(seal.open(['outcome', run, letter.job, letter.id], Buffer.concat(parts)));
};

/** Takes it off the list, and its parts out of Redis. */
export const dropLetter = async (redis: Redis, run: string, letter: Letter): Promise<void> => {
  const keys = runKeys(run);
  const parts = Array.from({ length: letter.parts }, (_, index) => keys.part(letter.id, index));
  await whole(
    redis
      .multi()
      .lrem(keys.outcomes, 1, JSON.stringify(letter))
      .unlink(...parts)
      .exec(),
  );
};
