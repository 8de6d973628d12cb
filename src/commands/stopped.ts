// Ctrl-C while keys are looked up that were to be changed: there is nothing to report yet, and nothing was done.

import { say } from '../lang/say.js';
import type { Run } from './run.js';

/** @param work that, once it has begun to change something, ends by itself and reports what it did */
export const unlessStopped = async ({ signal, stopTalking }: Run, work: () => Promise<number>): Promise<number> => {
  try {
    return await work();
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    stopTalking();
    process.stderr.write(`${say('Stopped before anything was changed.')}\n`);
    return 130;
  }
};
