// Whoever does one job at a time: this thread, or another.

import type { Job, Knowledge, Outcome } from '../types.js';

export interface Lane {
  /**
   * @throws ThreadDied when its thread ended with the job in hand; the lane is of no more use then
   * @throws what `signal` was aborted with
   */
  work(job: Job, knowledge: Knowledge, signal: AbortSignal): Promise<Outcome>;
  isAlive(): boolean;
  close(): Promise<void>;
}

/** A thread ended with a job in hand: out of memory, mostly. */
export class ThreadDied extends Error {}
