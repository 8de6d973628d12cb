import { describe, expect, it } from 'vitest';
import { createLimiter, inParallel, wait } from '../../src/cloud/limiter.js';

const { signal } = new AbortController();

describe('createLimiter', () => {
  it('lets a burst through and spaces out what follows', async () => {
    const waits: number[] = [];
    const turn = createLimiter(10, 3, async (milliseconds) => void waits.push(milliseconds));
    for (let i = 0; i < 6; i++) await turn(signal);
    expect(waits).toHaveLength(3);
    // Of 100, 200 and 300 ms, what the three calls themselves took is already gone.
    expect(waits.map((milliseconds) => Math.ceil(milliseconds / 100))).toEqual([1, 2, 3]);
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
