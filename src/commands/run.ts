// What every command that works for a while has: a way to be stopped, a way to say how far it is, and a clock.

import { now } from '../clock.js';
import type { Progress } from '../progress.js';
import { isTerminal } from '../standard-streams.js';

export interface Run {
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Since the run began. */
  seconds(): number;
  /** Clears the progress line: what follows is the result. */
  stopTalking(): void;
}

export type Talk = 'quiet' | 'normal';

/**
 * Runs `work`; the first Ctrl-C asks it to end and report what it has, the second ends at once.
 */
export const withRun = async <Result>(talk: Talk, work: (run: Run) => Promise<Result>): Promise<Result> => {
  const began = now();
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const shown = talk === 'normal' && isTerminal('stderr');
  const progress = shown ? (await import('../progress/terminal.js')).createTerminalProgress() : SILENT;
  try {
    return await work({
      signal: controller.signal,
      progress,
      seconds: () => (now() - began) / 1000,
      stopTalking: () => progress.stop(),
    });
  } finally {
    progress.stop();
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
};

const SILENT = { update: () => {}, stop: () => {} };
