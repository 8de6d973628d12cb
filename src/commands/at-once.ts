// Hooks and pipelines call `staged` and `range` without options that need a parser. Somebody waits for every commit and push,
// and loading the parser would take a good part of that time.

import type { Loaded } from '../config/load.js';
import type { FailOn } from '../config/types.js';
import { type Read, scanWith } from '../scan.js';
import { PLAIN_CHANGE } from './change-request.js';
import { conclude } from './conclude.js';
import { withRun } from './run.js';
import { type TalkOptions, talkOf } from './talk.js';

export interface PlainCall extends TalkOptions {
  readonly format: 'text' | 'brief';
}

/** What plain options say; null when one of them is for the parser to look at. */
export const plainCallIn = (options: readonly string[]): PlainCall | null => {
  if (!options.every((option) => PLAIN.has(option))) return null;
  const quiet = options.some((option) => option === '-q' || option === '--quiet');
  return {
    ...(quiet ? { quiet: true } : {}),
    progress: !options.includes('--no-progress'),
    color: !options.includes('--no-color'),
    format: options.includes(BRIEF) ? 'brief' : 'text',
  };
};

/** As our own hooks write it. */
const BRIEF = '--format=brief';
const PLAIN = new Set([BRIEF, '-q', '--quiet', '--no-progress', '--no-color']);

/** @returns the exit code; null when the configuration asks for what only the parser's way can refuse */
export const judgeAtOnce = async (loaded: Loaded, flags: PlainCall, read: Read): Promise<number | null> => {
  const failOn: FailOn = loaded.configuration.failOn ?? 'secret';
  if (failOn === 'live' || failOn === 'root') return null;
  return withRun(talkOf(flags), async (run) => {
    const request = { ...PLAIN_CHANGE, signal: run.signal, progress: run.progress };
    const report = await scanWith(request, loaded, read);
    return conclude(report, { destinations: [{ format: flags.format, file: null }], failOn, flags, run });
  });
};
