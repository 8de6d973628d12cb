// `akscan staged` without a parser, from where git was asked: a program of its own, loaded meanwhile.

import { loadConfiguration } from '../config/load.js';
import type { AskedStaged } from '../sources/staged/ask-staged.js';
import { scanAskedStaged } from '../sources/staged/scan-staged.js';
import type { PlainCall } from './at-once.js';
import { judgeAtOnce } from './judge-at-once.js';
import type { Run } from './run.js';

/** @returns the exit code; null when the call is for the parser */
export const judgeStaged = async (asked: AskedStaged, call: PlainCall, run: Run): Promise<number | null> =>
  judgeAtOnce({
    call,
    run,
    loaded: await loadConfiguration({ from: 'tree' }, ['.']),
    read: (_targets, options, sink) => scanAskedStaged(asked, options, sink),
    failOn: 'secret',
  });
