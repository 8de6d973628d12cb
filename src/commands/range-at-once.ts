// `akscan range A..B` as a pipeline calls it (at-once.ts).

import { askRange } from '../sources/range/ask-range.js';
import { parseRange } from '../sources/range/revisions.js';
import { plainCallIn } from './at-once.js';
import { withRun } from './run.js';
import { talkOf } from './talk.js';

/** @returns the exit code; null when the call is for the parser */
export const rangeAtOnce = async (options: readonly string[]): Promise<number | null> => {
  const [text, ...rest] = options;
  const call = plainCallIn(rest);
  // What a hook is told on standard input can be read only once, so that the parser gets it whole.
  if (text === undefined || text.startsWith('-') || call === null) return null;
  const range = parseRange(text);
  return withRun(talkOf(call), async (run) => {
    const asked = askRange({ kind: 'range', range }, run.signal);
    try {
      const { judgeRange } = await import('./judge-range.js');
      return await judgeRange(asked, call, run);
    } finally {
      await asked.close();
    }
  });
};
