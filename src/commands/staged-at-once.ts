// `akscan staged` as a commit hook calls it (at-once.ts).

import { loadConfiguration } from '../config/load.js';
import { scanStaged } from '../sources/staged/scan-staged.js';
import { judgeAtOnce, plainCallIn } from './at-once.js';

/** @returns the exit code; null when the call is for the parser */
export const stagedAtOnce = async (options: readonly string[]): Promise<number | null> => {
  const call = plainCallIn(options);
  if (call === null) return null;
  const loaded = await loadConfiguration({ from: 'tree' }, ['.']);
  return judgeAtOnce(loaded, call, (_targets, given, sink) => scanStaged(given, sink));
};
