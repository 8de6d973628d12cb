// Hands jobs out one after the other, and knows one job ahead whether there is another: whoever takes the last one may
// have the threads of those who went without.

import type { Job } from '../types.js';

export interface Turn {
  readonly job: Job;
  /** Threads it may take. */
  readonly threads: number;
}

export interface Turns {
  /** Null when there are no more. @throws what the list of jobs throws, or `signal` was aborted with */
  next(signal: AbortSignal): Promise<Turn | null>;
  /** The list is told that nobody asks any more. */
  close(): Promise<void>;
}

export const createTurns = (jobs: AsyncIterable<Job>): Turns => {
  const iterator = jobs[Symbol.asyncIterator]();
  let ahead: Promise<IteratorResult<Job>> | null = null;
  let ended = false;
  let turn: Promise<unknown> = Promise.resolve();
  /** Who waits for a turn. */
  let waiting = 0;
  /** Who was told that there are no more. */
  let left = 0;

  const pull = (): Promise<IteratorResult<Job>> => {
    const pulled = ahead ?? iterator.next();
    ahead = null;
    return pulled;
  };

  const take = async (signal: AbortSignal): Promise<Turn | null> => {
    signal.throwIfAborted();
    if (ended) return null;
    const { value, done } = await untilAborted(pull(), signal);
    ended = done === true;
    if (ended) return null;
    ahead = iterator.next();
    // Looked at in the next turn.
    ahead.catch(() => {});
    const isLast = await isOver(ahead);
    return { job: value, threads: isLast ? waiting + left : 1 };
  };

  return {
    next: (signal) => {
      waiting += 1;
      const taken = turn
        .then(() => take(signal))
        .then((one) => {
          if (one === null) left += 1;
          return one;
        })
        .finally(() => {
          waiting -= 1;
        });
      turn = taken.catch(() => {});
      return taken;
    },
    close: async () => {
      // A list that waits for something never hears of it.
      if (!ended) void iterator.return?.().then(undefined, () => {});
    },
  };
};

/** Whether it is known already that there are no more. */
const isOver = (ahead: Promise<IteratorResult<Job>>): Promise<boolean> =>
  Promise.race([
    ahead.then(
      ({ done }) => done === true,
      () => false,
    ),
    new Promise<boolean>((resolve) => setImmediate(resolve, false)),
  ]);

const untilAborted = async <Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> => {
  let ended = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    ended = () => reject(signal.reason);
    signal.addEventListener('abort', ended, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', ended);
  }
};
