// What refs and HEAD name: the ends from which all of a history is reached.

import type { HashFormat } from './hash.js';
import { type GitPlace, gitReason, runGit } from './run.js';

export interface Tips {
  /** Names of objects in binary, one after the other. */
  readonly names: Uint8Array;
  /** What git said of refs that lead nowhere. */
  readonly damage: string | null;
}

export const listTips = async (place: GitPlace, hash: HashFormat, signal: AbortSignal): Promise<Tips> => {
  // Says HEAD, too; nothing at all, and ends in 1, before the first commit.
  const { code, stdout, stderr } = await runGit(place, ['show-ref', '--head', '--hash'], signal);
  const line = hash.bytes * 2 + 1;
  const names = Buffer.alloc(Math.floor(stdout.length / line) * hash.bytes);
  for (let at = 0, to = 0; to < names.length; at += line, to += hash.bytes) {
    names.write(stdout.toString('latin1', at, at + line - 1), to, 'hex');
  }
  return { names, damage: code <= 1 && stderr === '' ? null : gitReason(stderr) };
};
