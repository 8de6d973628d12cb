// What a run of containment came to, for people and for programs. It holds no secret: findings are named by their IDs.

import { isDead } from '../findings/judged.js';
import type { Severity, Skipped } from '../findings/model.js';
import type { Outcome } from './act.js';
import type { Remaining } from './remain.js';
import type { Candidate, ContainMode, Decision } from './types.js';

/** What became of one key. */
export type Fate =
  /** It was off before, or is now, read back from the account. */
  | 'off'
  /** It is pinned to a list of addresses, read back. */
  | 'restricted'
  /** It works, as far as anybody knows, and was not or could not be stopped. */
  | 'still-live'
  /** The secret that leaked is not its own, or it is not meant: nothing to stop. */
  | 'left-alone'
  /** Nobody knows: what was done could not be read back. */
  | 'unknown';

/** What STS said to the pair afterwards. */
export interface Proof {
  /** `not-asked`: STS could not be asked, or said nothing of it. */
  readonly kind: 'refused' | 'accepted' | 'not-asked';
  /** Milliseconds from the call to the first refusal, or to the last try. */
  readonly afterMs: number;
  /** One sentence. */
  readonly why: string;
}

export interface ContainedKey {
  readonly accessKeyId: string;
  readonly severity: Severity;
  readonly candidate: Candidate;
  readonly decision: Decision;
  /** Null in a dry run, and where nothing was to be done. */
  readonly outcome: Outcome | null;
  /** Absent without the pair at hand. */
  readonly proof?: Proof;
  readonly fate: Fate;
  readonly remaining: readonly Remaining[];
}

export interface Containment {
  readonly does: 'disable' | 'restore' | 'rotate';
  readonly mode: ContainMode;
  readonly dryRun: boolean;
  /** The account that was touched; null in a dry run. */
  readonly account: string | null;
  /** Where the record is; null in a dry run. */
  readonly log: string | null;
  readonly keys: readonly ContainedKey[];
  readonly skipped: readonly Skipped[];
  readonly notes: readonly string[];
  readonly interrupted: boolean;
}

/** Before anything is done, or when it was not. */
export const fateOf = ({ verdict }: Candidate, decision: Decision): Fate => {
  if (decision.kind === 'off') return 'off';
  if (decision.kind === 'refused' && (decision.guard === 'not-asked-for' || decision.guard === 'wrong-secret')) {
    return 'left-alone';
  }
  return isDead({ verdict }) ? 'off' : 'still-live';
};

/** 130 over 2 over 1 over 0: 0 when all are off, 1 when one is or may be still live, 2 after a fault. */
export const containmentExitCode = ({ keys, skipped, interrupted }: Containment): 0 | 1 | 2 | 130 => {
  if (interrupted) return 130;
  if (skipped.some(({ because }) => because === 'fault') || keys.some(({ fate }) => fate === 'unknown')) return 2;
  return keys.some(({ fate }) => fate === 'still-live') ? 1 : 0;
};
