// The one account that a run may change something in: named on the command line, or confirmed at a terminal.

import { confirmed } from '../contain/confirm.js';
import type { Candidate } from '../contain/types.js';
import { AkscanError } from '../errors.js';
import type { Run } from './run.js';

export interface Touching {
  /** By `--account`; null when it was not given. */
  readonly named: string | null;
  /** Whose keys would be touched. */
  readonly candidates: readonly Candidate[];
  /** `disable`, `replace`: what would be done. */
  readonly deed: string;
  /** The plan in words, for whoever is asked. */
  readonly plan: () => Iterable<string>;
  readonly run: Run;
}

/**
 * The account that the caller named, or, at a terminal, the only one there is, once he has confirmed it.
 * @throws AkscanError when nobody can be asked, or the answer does not fit; the signal's reason when the run is stopped
 */
export const accountToTouch = async ({ named, candidates, deed, plan, run }: Touching): Promise<string> => {
  if (named !== null) return named;
  const accounts = [...new Set(candidates.flatMap(({ owner }) => owner?.account ?? []))];
  const [account] = accounts;
  if (account === undefined || accounts.length > 1) {
    throw new AkscanError(
      `The keys are of ${accounts.length} accounts (${accounts.join(', ')}), and one run touches one.`,
      'Name it with --account UID.',
    );
  }
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) {
    throw new AkscanError(
      '--yes needs --account UID where nobody can be asked, so that a wrong profile touches nothing.',
      `The keys are of account ${account}.`,
    );
  }
  run.stopTalking();
  for (const piece of plan()) process.stderr.write(piece);
  const terminal = { input: process.stdin, output: process.stderr };
  if (!(await confirmed({ deed, candidates }, account, terminal, run.signal))) {
    throw new AkscanError('That names neither the account nor the number of keys: nothing was changed.');
  }
  return account;
};
