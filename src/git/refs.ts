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
  const [{ code, stdout, stderr }, head] = await Promise.all([
    runGit(place, ['for-each-ref', '--format=%(objectname)'], signal),
    // Nothing at all before the first commit.
    runGit(place, ['rev-parse', '--verify', '--quiet', 'HEAD'], signal),
  ]);
  const lines = Buffer.concat([stdout, head.stdout]);
  const line = hash.bytes * 2 + 1;
  const names = Buffer.alloc(Math.floor(lines.length / line) * hash.bytes);
  for (let at = 0, to = 0; to < names.length; at += line, to += hash.bytes) {
    names.write(lines.toString('latin1', at, at + line - 1), to, 'hex');
  }
  return { names, damage: code === 0 && stderr === '' ? null : gitReason(stderr) };
};
