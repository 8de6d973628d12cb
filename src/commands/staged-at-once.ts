// `akscan staged` as a commit hook calls it, without options that need a parser. A person waits for every commit, and the
// parser would take a tenth of that time.

import { loadConfiguration } from '../config/load.js';
import type { FailOn } from '../config/types.js';
import { scanWith } from '../scan.js';
import { scanStaged } from '../sources/staged/scan-staged.js';
import { PLAIN_CHANGE } from './change-request.js';
import { conclude } from './conclude.js';
import { withRun } from './run.js';
import type { TalkOptions } from './talk.js';

/** What a hook asks for with its arguments; null when they are for the parser. */
export const hookOptions = (args: readonly string[]): TalkOptions | null => {
  const [command, ...rest] = args;
  const known = rest.every((option) => option === '-q' || option === '--quiet' || option === '--no-color');
  if (command !== 'staged' || !known) return null;
  const quiet = rest.some((option) => option !== '--no-color');
  return { ...(quiet ? { quiet: true } : {}), color: !rest.includes('--no-color') };
};

/** @returns the exit code; null when the configuration asks for what only the parser's way can refuse */
export const stagedAtOnce = async (flags: TalkOptions): Promise<number | null> => {
  const loaded = await loadConfiguration({ from: 'tree' }, PLAIN_CHANGE.targets);
  const failOn: FailOn = loaded.configuration.failOn ?? 'secret';
  if (failOn === 'live' || failOn === 'root') return null;
  return withRun(flags.quiet === true ? 'quiet' : 'normal', async (run) => {
    const request = { ...PLAIN_CHANGE, signal: run.signal, progress: run.progress };
    const report = await scanWith(request, loaded, (_targets, options, sink) => scanStaged(options, sink));
    return conclude(report, { destinations: [{ format: 'text', file: null }], failOn, flags, run });
  });
};
