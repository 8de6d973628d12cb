// How bad a finding is and what to do about it. Both follow from the kind, the verdict and the confidence alone, and the
// sentences are data: one table, read top to bottom.

import type { Confidence, Kind } from '../detect/types.js';
import type { Severity, Verdict, VerdictState } from './model.js';

/** The parts of a finding that decide. */
export interface Judged {
  readonly kind: Kind;
  readonly confidence: Confidence;
  readonly verdict: Verdict;
  /** How far it has got; only what to do next hangs on it. Absent: out. */
  readonly stage?: 'staged' | 'removed' | 'out' | undefined;
}

const DEAD: ReadonlySet<VerdictState> = new Set(['disabled', 'deleted', 'expired', 'not-found']);
const PROVEN_LIVE: ReadonlySet<VerdictState> = new Set(['live', 'restricted']);

export const isDead = (state: VerdictState): boolean => DEAD.has(state);

const holdsSecret = (kind: Kind): boolean => kind === 'pair' || kind === 'sts';

/**
 * critical: a live root key whose secret leaked. high: any other pair that is or may be live, and a live root key of which
 * only the ID leaked. medium: an ID alone, a secret that is not this ID's. low: what works no more. Low confidence caps at
 * medium until somebody proves the key live.
 */
export const severityOf = ({ kind, confidence, verdict }: Judged): Severity => {
  if (isDead(verdict.state)) return 'low';
  if (verdict.state === 'wrong-secret') return 'medium';
  const live = PROVEN_LIVE.has(verdict.state);
  const root = live && verdict.principal === 'root';
  if (confidence === 'low' && !live) return 'medium';
  if (!holdsSecret(kind)) return root ? 'high' : 'medium';
  return root ? 'critical' : 'high';
};

interface Step {
  readonly when: (judged: Judged) => boolean;
  readonly say: string;
}

const state =
  (...states: readonly VerdictState[]) =>
  ({ verdict }: Judged): boolean =>
    states.includes(verdict.state);

const STEPS: readonly Step[] = [
  {
    when: ({ verdict }) => PROVEN_LIVE.has(verdict.state) && verdict.principal === 'root',
    say: 'Disable this root key now in the RAM console, work with RAM users instead, and read ActionTrail for its use.',
  },
  {
    when: ({ kind, verdict }) =>
      PROVEN_LIVE.has(verdict.state) && (kind === 'sts' || verdict.principal === 'assumed-role'),
    say: 'Revoke the sessions of its role now, and find what handed the token out.',
  },
  {
    when: state('live', 'restricted'),
    say: 'Create a new key, switch its users over, disable this one, and read ActionTrail for its use.',
  },
  { when: state('disabled'), say: 'Delete it in the RAM console once nothing needs it, and take it out of the code.' },
  {
    when: state('deleted'),
    say: 'Delete it for good from the recycle bin if nothing needs it back, and take it out of the code.',
  },
  { when: state('expired'), say: 'Nothing to revoke; take it out of the code and find what handed the token out.' },
  {
    when: state('not-found'),
    say: 'This partition knows no such key; take it out of the code, and check other partitions if you use them.',
  },
  {
    when: state('wrong-secret'),
    say: 'The ID exists but this is not its secret: look for the true one nearby before you call it harmless.',
  },
  {
    when: ({ verdict, stage }) => verdict.state === 'unchecked' && stage === 'staged',
    say: 'It is not committed yet: take it out and stage the file again; what is no key, accept with akscan:allow on its line.',
  },
  {
    when: ({ verdict, stage }) => verdict.state === 'unchecked' && stage === 'removed',
    say: 'Taking it out again is not enough, these commits still hold it: replace the key, or rewrite them before they are pushed.',
  },
  { when: state('unknown'), say: 'Treat it as live, and verify again.' },
  { when: ({ kind }) => kind === 'sts', say: 'Treat it as live until it has expired; check it with --probe.' },
  { when: ({ kind }) => kind === 'id-only', say: 'Find out whose it is with --verify, and look for its secret.' },
  {
    when: ({ kind }) => kind === 'secret-only',
    say: 'Find the ID it belongs to; if it is a real secret, replace that key.',
  },
  { when: () => true, say: 'Treat it as live: replace and disable it, or check it first with --verify or --probe.' },
];

/** What to do next, one sentence. */
export const nextStepOf = (judged: Judged): string => STEPS.find((step) => step.when(judged))?.say ?? '';
