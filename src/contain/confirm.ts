// The last question before anything is changed, at a terminal: what is typed back must name the account or count the keys,
// which nobody does by habit.

import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import { say } from '../lang/say.js';
import type { Candidate } from './types.js';

export interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
}

export interface Question {
  /** What would be done: `disable`. */
  readonly deed: string;
  /** To these. */
  readonly candidates: readonly Candidate[];
}

/**
 * @returns whether the answer fits; an end of input is no answer
 * @throws the signal's reason when the run is stopped meanwhile
 */
export const confirmed = async (
  { deed, candidates }: Question,
  account: string,
  { input, output }: Terminal,
  signal: AbortSignal,
): Promise<boolean> => {
  const alias = aliasOf(candidates);
  const keys = candidates.length === 1 ? '1 key' : `${candidates.length} keys`;
  const name = alias === null ? account : `${account} (${alias})`;
  const ask = createInterface({ input, output, terminal: false });
  // Without this, an input that ends leaves the question open for ever.
  const ended = new Promise<string>((resolve) => ask.once('close', () => resolve('')));
  try {
    const what = say(`About to ${deed} ${keys} of account ${name}.`);
    const how = say(`Type ${alias === null ? 'its UID' : 'its alias'} or the number of keys to go on:`);
    const question = `${what}\n${how} `;
    const answer = await Promise.race([ask.question(question, { signal }), ended]);
    return accepted(account, alias, candidates.length).includes(answer.trim());
  } catch (error) {
    // readline throws an error of its own.
    throw signal.aborted ? signal.reason : error;
  } finally {
    ask.close();
  }
};

const accepted = (account: string, alias: string | null, keys: number): readonly string[] => [
  account,
  String(keys),
  ...(alias === null ? [] : [alias]),
];

/** Of a user's principal name, `alice@ALIAS.onaliyun.com`. */
const aliasOf = (candidates: readonly Candidate[]): string | null => {
  for (const { owner } of candidates) {
    if (owner?.kind !== 'user') continue;
    const alias = /@([^@.]+)\.onaliyun\.com$/.exec(owner.principalName ?? '')?.[1];
    if (alias !== undefined) return alias;
  }
  return null;
};
