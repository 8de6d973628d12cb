// What the queue is made of, each on a real Redis by itself.

import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runKeys } from '../../../src/audit/queue/keys.js';
import { deliver, dropLetter, type MailLimits, oldest, readLetter, waiting } from '../../../src/audit/queue/mail.js';
import { createPace } from '../../../src/audit/queue/pace.js';
import { createPresence, differenceOf, readCards } from '../../../src/audit/queue/presence.js';
import { answer, createQuestions } from '../../../src/audit/queue/questions.js';
import { queueSeal } from '../../../src/audit/queue/seal.js';
import type { Family } from '../../../src/audit/types.js';
import { jobOf, outcomeOf } from '../../support/audit-outcomes.js';
import { missingRedis, type RedisServer, startRedis } from '../../support/redis.js';

const missing = missingRedis();
const seal = queueSeal({ AKSCAN_STORE_KEY: 'a key that both sides have' });
const JOB = 'a'.repeat(32);

let redis: RedisServer;

beforeAll(async () => {
  if (missing !== null) return;
  redis = await startRedis();
  return () => redis.stop();
});

afterEach(async () => {
  if (missing === null) await redis.client.flushall();
});

describe.skipIf(missing !== null)('the pace at a host', () => {
  it('is shared by all who ask, after ten seconds’ worth at once', async () => {
    const [one, two] = [
      createPace(redis.client, 60, (host) => host),
      createPace(redis.client.duplicate(), 60, (host) => host),
    ];
    const waits: number[] = [];
    for (let turn = 0; turn < 13; turn += 1) waits.push(await (turn % 2 === 0 ? one : two).turn('host', 60_000));
    expect(waits.slice(0, 10)).toEqual(Array(10).fill(0));
    expect(waits[10]).toBeGreaterThan(0);
    expect(waits[12]).toBeGreaterThan((waits[10] ?? 0) + 1_000);
    expect(await one.turn('another host', 0)).toBe(0);
  });

  it('is not used up by whoever would not wait so long', async () => {
    const pace = createPace(redis.client, 6, (host) => host);
    expect(await pace.turn('host', 0)).toBe(0);
    for (let turn = 0; turn < 5; turn += 1) {
      const wait = await pace.turn('host', 0);
      expect(wait).toBeLessThan(0);
      expect(wait).toBeGreaterThanOrEqual(-10_000);
    }
  });
});

describe.skipIf(missing !== null)('an outcome on its way', () => {
  const send = (limits: Omit<MailLimits, 'unfolded'> & Partial<MailLimits>, whenFull = async () => {}) =>
    deliver(
      redis.client,
      seal,
      { run: 'run', job: JOB },
      { outcome: outcomeOf(jobOf('run', 1), 50_000), coordinator: 'c' },
      whenFull,
      { unfolded: 1 << 20, ...limits },
    );

  const received = async () => {
    const letter = await oldest(redis.client, 'run');
    return letter === null ? null : (await readLetter(redis.client, seal, 'run', letter)).outcome;
  };

  it('leaves its names behind when it is too large with them, and says so when it is too large without', async () => {
    await send({ largest: 20_000, waiting: 1 << 20 });
    expect(await received()).toEqual({ ...outcomeOf(jobOf('run', 1)), family: null });
    const letter = await oldest(redis.client, 'run');
    if (letter !== null) await dropLetter(redis.client, 'run', letter);
    expect(await redis.client.keys('*:part:*')).toEqual([]);
    await send({ largest: 100, waiting: 1 << 20 });
    expect(await received()).toMatchObject({
      state: 'broken',
      reason: expect.stringContaining('larger than the queue'),
    });
  });

  it('says so as well when nobody would unfold it, however small it is on its way', async () => {
    const notes = ['x'.repeat(100_000)];
    const outcome = { ...outcomeOf(jobOf('run', 1)), notes };
    const to = { run: 'run', job: JOB };
    const limits = { largest: 20_000, unfolded: 90_000, waiting: 1 << 20 };
    await deliver(redis.client, seal, to, { outcome, coordinator: 'c' }, async () => {}, limits);
    expect(await received()).toMatchObject({
      state: 'broken',
      reason: expect.stringContaining('larger than the queue'),
    });
  });

  it('waits while others fill the Redis', async () => {
    const limits = { largest: 1 << 20, waiting: 60_000 };
    await send(limits);
    let looks = 0;
    await send(limits, async () => {
      looks += 1;
      const letter = await oldest(redis.client, 'run');
      if (looks === 3 && letter !== null) await dropLetter(redis.client, 'run', letter);
    });
    expect(looks).toBe(3);
    expect(await waiting(redis.client, 'run')).toHaveLength(1);
  });

  it('cannot be made up, nor a head that is none', async () => {
    await redis.client.rpush(runKeys('run').outcomes, 'nonsense', '{"job":"x"}');
    expect(await oldest(redis.client, 'run')).toBeNull();
    await send({ largest: 1 << 20, waiting: 1 << 20 });
    const letter = await oldest(redis.client, 'run');
    if (letter === null) throw new Error('nothing arrived');
    await redis.client.set(runKeys('run').part(letter.id, 0), Buffer.alloc(letter.bytes));
    await expect(readLetter(redis.client, seal, 'run', letter)).rejects.toThrow();
    await redis.client.del(runKeys('run').part(letter.id, 0));
    await expect(readLetter(redis.client, seal, 'run', letter)).rejects.toThrow('a part of it is gone');
  });
});

describe.skipIf(missing !== null)('a question', () => {
  const question = { repository: 'r', detection: 'd', hash: 'sha1', sample: [] };
  const family: Family = { id: 'f', names: Buffer.alloc(40, 1), hits: [], verify: 'no need' };

  it('that was lost with the coordinator that took it is asked again', async () => {
    const keys = runKeys('run');
    await redis.client.set(keys.alive, '1');
    const questions = createQuestions(redis.client, seal, 'worker');
    const asked = questions.family('run', question);
    const client = redis.client.duplicate();
    expect(await client.blpopBuffer(keys.inbox, 10)).not.toBeNull();
    const [, again = Buffer.alloc(0)] = (await client.blpopBuffer(keys.inbox, 10)) ?? [];
    await answer(redis.client, seal, 'run', again, { family: async () => family });
    expect(await asked).toEqual(family);
    questions.close();
    client.disconnect();
  });

  it('is not asked where nobody is there to answer, nor waited for without end', async () => {
    const questions = createQuestions(redis.client, seal, 'worker', 100);
    expect(await questions.family('run', question)).toBeNull();
    expect(await redis.client.exists(runKeys('run').inbox)).toBe(0);
    await redis.client.set(runKeys('run').alive, '1');
    expect(await questions.family('run', question)).toBeNull();
    questions.close();
  });
});

describe.skipIf(missing !== null)('the cards of who is there', () => {
  it('say what differs, and nothing that is none is believed', async () => {
    const worker = createPresence(redis.client, seal, 'workers', { id: 'one', threads: 4 });
    await worker.here();
    expect(await readCards(redis.client, 'workers')).toEqual([worker.card]);
    expect(differenceOf(worker.card, worker.card)).toBeNull();
    expect(differenceOf(worker.card, { ...worker.card, version: '9.9.9' })).toMatch(/^it is akscan 9\.9\.9, this is /);
    expect(differenceOf(worker.card, { ...worker.card, build: '0' })).toMatch(/rules/);
    expect(differenceOf(worker.card, { ...worker.card, key: '0' })).toMatch(/AKSCAN_STORE_KEY/);
    for (const text of [
      '{',
      '{}',
      JSON.stringify({ ...worker.card, host: '\u001b[2J' }),
      JSON.stringify({ ...worker.card, threads: 1e9 }),
    ]) {
      await redis.client.set('{akscan}:workers:one', text);
      expect(await readCards(redis.client, 'workers')).toEqual([]);
    }
    await worker.gone();
    expect(await redis.client.keys('*')).toEqual([]);
  });
});
