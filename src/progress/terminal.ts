// Progress on a terminal: one line on standard error that goes away. Work that is over in a moment shows nothing, and
// does not even load the spinner.

import type { Ora } from 'ora';
import { now } from '../clock.js';
import { say } from '../lang/say.js';
import type { Progress } from '../progress.js';
import { forTerminal } from '../report/escape.js';
import { createPace, type Pace } from './pace.js';

/** Milliseconds of silence before the first line. */
const PATIENCE = 400;

/** Milliseconds between lines: rate and remaining time move on also while nothing is told. */
const REFRESH = 200;

export interface TerminalProgress extends Progress {
  /** Clears the line; nothing is shown afterwards. */
  stop(): void;
}

export const createTerminalProgress = (): TerminalProgress => {
  let text = '';
  let spinner: Ora | null = null;
  let over = false;
  let refresh: NodeJS.Timeout | null = null;
  // By what stands before the colon: files and history may take turns.
  const paces = new Map<string, Pace>();
  let pace: Pace | null = null;
  const line = (): string => {
    const words = pace?.words() ?? '';
    return say(forTerminal(words === '' ? text : `${text}, ${words}`));
  };
  const timer = setTimeout(async () => {
    const { default: ora } = await import('ora');
    if (over || isWithoutWidth()) return;
    // Keys stay with the terminal: Ctrl-C must reach this process as the signal it is.
    const shown = ora({ text: line(), stream: process.stderr, discardStdin: false }).start();
    spinner = shown;
    process.stderr.on('resize', stopWithoutWidth);
    refresh = setInterval(() => {
      shown.text = line();
    }, REFRESH);
    refresh.unref();
  }, PATIENCE);
  timer.unref();
  const stop = (): void => {
    over = true;
    clearTimeout(timer);
    if (refresh !== null) clearInterval(refresh);
    spinner?.stop();
    if (spinner !== null) process.stderr.off('resize', stopWithoutWidth);
  };
  const stopWithoutWidth = (): void => {
    if (isWithoutWidth()) stop();
  };
  return {
    // Called often: what is shown is made when it is shown.
    update: (next, measure) => {
      text = next;
      pace = null;
      if (measure === undefined) return;
      const [phase = ''] = next.split(':', 1);
      pace = paces.get(phase) ?? createPace(now);
      paces.set(phase, pace);
      pace.note(measure);
    },
    stop,
  };
};

/**
 * Whether the terminal has no columns, as one that `script` or a container makes where there is none: the spinner would count
 * endlessly many lines to clear, and clear them.
 */
const isWithoutWidth = (): boolean => process.stderr.columns === 0;
