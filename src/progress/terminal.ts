// Progress on a terminal: one line on standard error that goes away. Work that is over in a moment shows nothing, and
// does not even load the spinner.

import type { Ora } from 'ora';
import type { Progress } from '../progress.js';
import { forTerminal } from '../report/escape.js';

/** Milliseconds of silence before the first line. */
const PATIENCE = 400;

export interface TerminalProgress extends Progress {
  /** Clears the line; nothing is shown afterwards. */
  stop(): void;
}

export const createTerminalProgress = (): TerminalProgress => {
  let text = '';
  let spinner: Ora | null = null;
  let over = false;
  const timer = setTimeout(async () => {
    const { default: ora } = await import('ora');
    if (over) return;
    // Keys stay with the terminal: Ctrl-C must reach this process as the signal it is.
    spinner = ora({ text, stream: process.stderr, discardStdin: false }).start();
  }, PATIENCE);
  timer.unref();
  return {
    update: (next) => {
      text = forTerminal(next);
      if (spinner !== null) spinner.text = text;
    },
    stop: () => {
      over = true;
      clearTimeout(timer);
      spinner?.stop();
    },
  };
};
