// What is asked of a command that judges a change, when nothing else is said.

import type { ScanRequest } from '../scan.js';

export const PLAIN_CHANGE: Omit<ScanRequest, 'signal' | 'progress'> = {
  targets: ['.'],
  // Neither the files nor all of the history: what to read is the command's own affair.
  worktree: false,
  history: false,
  ignored: false,
  include: [],
  exclude: [],
  maxSize: null,
  minConfidence: null,
  maxFindings: 100_000,
  since: null,
  branch: null,
  threads: 1,
  allowPartial: false,
  baseline: 'honour',
  asking: { inventory: false, probe: false, endpoints: {} },
};
