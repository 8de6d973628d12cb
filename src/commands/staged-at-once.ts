// `akscan staged` as a commit hook calls it (at-once.ts).

import { askStaged } from '../sources/staged/ask-staged.js';
import { plainCallIn } from './at-once.js';
import { withRun } from './run.js';
import { talkOf } from './talk.js';

/** @returns the exit code; null when the call is for the parser */
export const stagedAtOnce = async (options: readonly string[]): Promise<number | null> => {
  const call = plainCallIn(options);
  if (call === null) return null;
  return withRun(talkOf(call), async (run) => {
    const asked = askStaged(run.signal);
    const { judgeStaged } = await import('./judge-staged.js');
    return judgeStaged(asked, call, run);
  });
};
