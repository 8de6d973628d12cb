// `akscan range A..B` as a pipeline calls it (at-once.ts).

import { scanRange } from '../sources/range/scan-range.js';
import { judgeAtOnce, plainCallIn } from './at-once.js';
import { loadForRange, rangeRequestOf } from './range-request.js';

/** @returns the exit code; null when the call is for the parser */
export const rangeAtOnce = async (options: readonly string[]): Promise<number | null> => {
  const [range, ...rest] = options;
  const call = plainCallIn(rest);
  // What a hook is told on standard input can be read only once, so that the parser gets it whole.
  if (range === undefined || range.startsWith('-') || call === null) return null;
  const asked = await rangeRequestOf(range, {});
  const loaded = await loadForRange(asked, {});
  return judgeAtOnce(loaded, call, (_targets, given, sink) => scanRange(asked, given, sink));
};
