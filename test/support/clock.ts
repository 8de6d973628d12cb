// A clock that stands still but for the waits: nothing is waited for, and the times add up.

import type { Clock } from '../../src/cloud/limiter.js';

interface MadeUpClock extends Clock {
  /** What was waited for, in turn. */
  readonly waits: readonly number[];
}

export const madeUpClock = (): MadeUpClock => {
  let now = 0;
  const waits: number[] = [];
  return {
    now: () => now,
    wait: async (milliseconds, signal) => {
      signal.throwIfAborted();
      waits.push(milliseconds);
      const until = now + milliseconds;
      await Promise.resolve();
      now = Math.max(now, until);
    },
    waits,
  };
};
