// `akscan range A..B` without a parser, from where git was asked: a program of its own, loaded meanwhile.

import { loadConfiguration } from '../config/load.js';
import type { AskedRange } from '../sources/range/ask-range.js';
import { scanAskedRange } from '../sources/range/scan-range.js';
import type { PlainCall } from './at-once.js';
import { judgeAtOnce } from './judge-at-once.js';
import type { Run } from './run.js';

/** @returns the exit code; null when the call is for the parser */
export const judgeRange = async (asked: AskedRange, call: PlainCall, run: Run): Promise<number | null> =>
  judgeAtOnce({
    call,
    run,
    loaded: await loadConfiguration({ from: 'tree' }, ['.']),
    read: (_targets, options, sink) => scanAskedRange(asked, options, sink),
    failOn: 'secret',
  });
