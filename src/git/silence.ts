// Git that does not come back: of some damaged objects `cat-file` tries for ever to read what is not there.

import type { GitOutput } from './run.js';

/** Milliseconds between two looks at whether git still answers, and how often in a row it may be found silent. */
const LOOK = 10_000;
const SILENT = 6;
/** How many damaged objects one counts for that git does not come back from: each costs a minute. */
export const SILENT_WEIGHT = 100;

export interface SilenceWatch {
  /** Git has said something. */
  heard(): void;
  stop(): void;
  /** Whether git was ended for its silence. */
  isSilent(): boolean;
}

/** Ends git when it falls silent although it has something to answer: some damaged deltas have it try for ever. */
export const watchOver = (git: Pick<GitOutput, 'kill'>, isAsked: () => boolean): SilenceWatch => {
  let silent = 0;
  const timer = setInterval(() => {
    silent = isAsked() ? silent + 1 : 0;
    if (silent === SILENT) git.kill();
  }, LOOK);
  timer.unref();
  return {
    heard: () => {
      silent = 0;
    },
    stop: () => clearInterval(timer),
    isSilent: () => silent >= SILENT,
  };
};
