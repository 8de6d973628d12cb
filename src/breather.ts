// Reading is synchronous, since that is fastest; now and then everything else must have its turn, Ctrl-C above all.

import { now } from './clock.js';

/** Milliseconds: too short for a person to notice, long enough to cost nothing. */
const SPELL = 20;

export interface Breather {
  /** Whether it is time; cheap enough to ask for each file. */
  due(): boolean;
  /** Lets everything else have its turn. @throws the signal's reason when the run was stopped meanwhile */
  take(): Promise<void>;
}

export const createBreather = (signal: AbortSignal): Breather => {
  let last = now();
  return {
    due: () => now() - last > SPELL,
    take: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      last = now();
      signal.throwIfAborted();
    },
  };
};
