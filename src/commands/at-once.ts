// Hooks and pipelines call `staged` and `range` without options that need a parser. Somebody waits for every commit and push,
// and loading the parser would take a good part of that time.

import type { Loaded } from '../config/load.js';
import type { FailOn } from '../config/types.js';
import { type Read, scanWith } from '../scan.js';
import { PLAIN_CHANGE } from './change-request.js';
import { conclude } from './conclude.js';
import { withRun } from './run.js';
import { type TalkOptions, talkOf } from './talk.js';

/** How much to say; null when an option is none of these and the parser must look at it. */
export const talkIn = (options: readonly string[]): TalkOptions | null => {
  if (!options.every((option) => TALK.has(option))) return null;
  const quiet = options.some((option) => option === '-q' || option === '--quiet');
  return {
    ...(quiet ? { quiet: true } : {}),
    progress: !options.includes('--no-progress'),
    color: !options.includes('--no-color'),
  };
};

const TALK = new Set(['-q', '--quiet', '--no-progress', '--no-color']);

/** @returns the exit code; null when the configuration asks for what only the parser's way can refuse */
export const judgeAtOnce = async (loaded: Loaded, flags: TalkOptions, read: Read): Promise<number | null> => {
  const failOn: FailOn = loaded.configuration.failOn ?? 'secret';
  if (failOn === 'live' || failOn === 'root') return null;
  return withRun(talkOf(flags), async (run) => {
    const request = { ...PLAIN_CHANGE, signal: run.signal, progress: run.progress };
    const report = await scanWith(request, loaded, read);
    return conclude(report, { destinations: [{ format: 'text', file: null }], failOn, flags, run });
  });
};
