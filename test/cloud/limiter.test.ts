import { describe, expect, it } from 'vitest';
import { createBucket, inParallel, wait } from '../../src/cloud/limiter.js';
import { madeUpClock } from '../support/clock.js';

const { signal } = new AbortController();

/** When each of so many turns came, by the clock. */
const turns = async (bucket: ReturnType<typeof createBucket>, clock: ReturnType<typeof madeUpClock>, count: number) => {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    await bucket.turn(signal);
    times.push(Math.round(clock.now()));
  }
  return times;
};

describe('createBucket', () => {
  it('lets a burst through and spaces out what follows', async () => {
    const clock = madeUpClock();
    expect(await turns(createBucket(10, 3, clock), clock, 6)).toEqual([0, 0, 0, 100, 200, 300]);
  });

  it('rests when the server asks for it, and then goes at half the rate', async () => {
    const clock = madeUpClock();
    const bucket = createBucket(10, 3, clock);
    await bucket.turn(signal);
    bucket.slowDown(clock.now(), 1_000);
    const [first = 0, second = 0] = await turns(bucket, clock, 2);
    expect(first).toBeGreaterThanOrEqual(1_000);
    expect(second - first).toBeGreaterThan(150);
    expect(second - first).toBeLessThanOrEqual(200);
  });

  it('slows down once for all requests that were on their way together', async () => {
    const clock = madeUpClock();
    const bucket = createBucket(10, 3, clock);
    for (let i = 0; i < 5; i++) bucket.slowDown(-1, 0);
    const [first = 0, second = 0] = await turns(bucket, clock, 2);
    expect(second - first).toBeLessThanOrEqual(200);
  });

  it('comes back to the whole rate within a minute', async () => {
    const clock = madeUpClock();
    const bucket = createBucket(10, 1, clock);
    bucket.slowDown(0, 0);
    await clock.wait(60_000, signal);
    const times = await turns(bucket, clock, 4);
    expect((times[3] ?? 0) - (times[2] ?? 0)).toBe(100);
  });

  it('never stands still, however often it was slowed down', async () => {
    const clock = madeUpClock();
    const bucket = createBucket(10, 1, clock);
    for (let i = 0; i < 50; i++) {
      await clock.wait(1, signal);
      bucket.slowDown(clock.now(), 0);
    }
    const [first = 0, second = 0] = await turns(bucket, clock, 2);
    expect(second - first).toBeLessThan(4_000);
  });

  it('lets nobody through while it rests who was queueing before', async () => {
    const clock = madeUpClock();
    const bucket = createBucket(10, 1, clock);
    await bucket.turn(signal);
    const queueing = bucket.turn(signal).then(() => clock.now());
    bucket.slowDown(clock.now(), 5_000);
    expect(await queueing).toBeGreaterThanOrEqual(5_000);
  });
});

describe('inParallel', () => {
  it('does everything, never more at a time than allowed', async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await inParallel([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      most = Math.max(most, ++running);
      await wait(1, signal);
      running -= 1;
      done.push(item);
    });
    expect(most).toBe(3);
    expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('fails with the first failure', async () => {
    const failing = inParallel([1, 2], 2, (item) => Promise.reject(new Error(`no ${item}`)));
    await expect(failing).rejects.toThrow('no 1');
  });
});

describe('wait', () => {
  it('ends with the run', async () => {
    const controller = new AbortController();
    const waiting = wait(600_000, controller.signal);
    controller.abort(new Error('interrupted'));
    await expect(waiting).rejects.toThrow('interrupted');
    await expect(wait(1, controller.signal)).rejects.toThrow('interrupted');
  });
});
