// A bounded rate of requests for each quota that they are counted against, and waiting that ends with the run.

/** @throws the signal's reason */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

export const wait: Wait = (milliseconds, signal) =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', onAbort, { once: true });
  });

export interface Clock {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  readonly wait: Wait;
}

export const CLOCK: Clock = { now: () => performance.now(), wait };

/** The requests that one quota counts. */
export interface Bucket {
  /** Waits for the caller's turn. @throws the signal's reason */
  turn(signal: AbortSignal): Promise<void>;
  /**
   * The server asked for fewer requests: half the rate from now on, and none at all for `restMs`.
   * @param sentAt when the request that it refused was sent: those sent before the last slowing down knew no better
   */
  slowDown(sentAt: number, restMs: number): void;
}

/** From nothing back to the whole rate. */
const RECOVERY_MS = 60_000;

/** A rate that is halved and halved again still tries now and then. */
const SLOWEST = 1 / 32;

/** Lets `burst` through at once and then `perSecond` (the generic cell rate algorithm, ITU-T I.371). */
export const createBucket = (perSecond: number, burst: number, clock: Clock = CLOCK): Bucket => {
  let rate = perSecond;
  let ratedAt = Number.NEGATIVE_INFINITY;
  let slowedAt = Number.NEGATIVE_INFINITY;
  let restsUntil = Number.NEGATIVE_INFINITY;
  let next = Number.NEGATIVE_INFINITY;
  const recover = (now: number): void => {
    if (rate < perSecond) rate = Math.min(perSecond, rate + (perSecond * Math.max(0, now - ratedAt)) / RECOVERY_MS);
    ratedAt = now;
  };
  return {
    turn: async (signal) => {
      for (;;) {
        const now = clock.now();
        recover(now);
        const interval = 1_000 / rate;
        next = Math.max(next, now - burst * interval) + interval;
        if (next <= now) return;
        await clock.wait(next - now, signal);
        // Whoever was already queueing when the server complained queues again, so that all come back one by one.
        if (clock.now() >= restsUntil) return;
      }
    },
    slowDown: (sentAt, restMs) => {
      const now = clock.now();
      recover(now);
      if (sentAt >= slowedAt) {
        rate = Math.max(perSecond * SLOWEST, rate / 2);
        slowedAt = now;
      }
      restsUntil = Math.max(restsUntil, now + restMs);
      ratedAt = restsUntil;
      next = Math.max(next, restsUntil);
    },
  };
};

/** Runs `work` over all items, `parallel` at a time; the first failure ends it. */
export const inParallel = async <T>(
  items: readonly T[],
  parallel: number,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(parallel, items.length) }, worker));
};
