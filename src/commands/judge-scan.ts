// `akscan TARGET...` without a parser: a program of its own.

import { availableParallelism } from 'node:os';
import { loadConfiguration } from '../config/load.js';
import { readTargets } from '../sources/read-targets.js';
import { judgeAtOnce } from './judge-at-once.js';
import type { Run } from './run.js';
import type { PlainScan } from './scan-at-once.js';

/** @returns the exit code; null when the call is for the parser */
export const judgeScan = async (call: PlainScan, run: Run): Promise<number | null> => {
  const { targets, worktree, history } = call;
  return judgeAtOnce({
    call,
    run,
    loaded: await loadConfiguration({ from: 'tree' }, targets),
    read: readTargets,
    failOn: 'any',
    judged: 'all',
    instead: { targets, worktree, history, threads: availableParallelism() },
  });
};
