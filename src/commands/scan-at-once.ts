// `akscan`, `akscan TARGET...` and `akscan scan TARGET...` as most people and scripts call it (at-once.ts).

import { type PlainCall, plainCallIn } from './at-once.js';
import { withRun } from './run.js';
import { talkOf } from './talk.js';

/** @returns the exit code; null when the call is for the parser */
export const scanAtOnce = async (words: readonly string[]): Promise<number | null> => {
  const call = plainScanIn(words);
  if (call === null) return null;
  return withRun(talkOf(call), async (run) => (await import('./judge-scan.js')).judgeScan(call, run));
};

export interface PlainScan extends PlainCall {
  readonly targets: readonly string[];
  readonly worktree: boolean;
  readonly history: boolean;
}

const plainScanIn = (words: readonly string[]): PlainScan | null => {
  const isNamed = words[0] === 'scan';
  const given = isNamed ? words.slice(1) : words;
  // Commands are words of small letters: what looks like one may be one, or one that was misspelt.
  if (!isNamed && /^[a-z]*$/.test(given[0] ?? '.')) return null;
  const options = given.filter((word) => word.startsWith('-'));
  const call = plainCallIn(options.filter((option) => option !== NO_WORKTREE && option !== NO_HISTORY));
  if (call === null) return null;
  // Refused there.
  if (options.includes(NO_WORKTREE) && options.includes(NO_HISTORY)) return null;
  const targets = given.filter((word) => !word.startsWith('-'));
  return {
    ...call,
    targets: targets.length > 0 ? targets : ['.'],
    worktree: !options.includes(NO_WORKTREE),
    history: !options.includes(NO_HISTORY),
  };
};

const NO_WORKTREE = '--no-worktree';
const NO_HISTORY = '--no-history';
