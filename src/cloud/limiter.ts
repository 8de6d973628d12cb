// A bounded rate of requests for the whole run, and waiting that ends with the run.

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

/**
 * Lets `burst` through at once and then `perSecond` (the generic cell rate algorithm, ITU-T I.371).
 * @returns waits for the caller's turn
 */
export const createLimiter = (
  perSecond: number,
  burst: number,
  waiting: Wait = wait,
): ((signal: AbortSignal) => Promise<void>) => {
  const interval = 1_000 / perSecond;
  let next = Number.NEGATIVE_INFINITY;
  return async (signal) => {
    const now = performance.now();
    next = Math.max(next, now - burst * interval) + interval;
    if (next > now) await waiting(next - now, signal);
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
