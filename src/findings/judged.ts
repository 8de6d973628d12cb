// The parts of a finding that decide how bad it is, what it means and what to do about it, and the questions that all three
// ask of them.

import type { Confidence, Kind } from '../detect/types.js';
import type { Verdict, VerdictState } from './model.js';

export interface Judged {
  readonly kind: Kind;
  readonly confidence: Confidence;
  /** The one that decides. */
  readonly verdict: Verdict;
  /** One for each way of asking; absent is none. */
  readonly verdicts?: readonly Verdict[] | undefined;
  /** When the text beside a temporary key says that it ends; believed by nobody. */
  readonly claimedExpiry?: string | undefined;
  /** How far it has got; only what to do next hangs on it. Absent: out. */
  readonly stage?: 'staged' | 'removed' | 'out' | undefined;
}

const DEAD: ReadonlySet<VerdictState> = new Set(['disabled', 'deleted', 'expired', 'not-found']);
const ON: ReadonlySet<VerdictState> = new Set(['live', 'restricted']);

/** The parts that say whether it works. */
type Asked = Pick<Judged, 'verdict' | 'verdicts'>;

/** STS took this very pair, whatever the account says of its ID. */
export const isAccepted = ({ verdicts = [] }: Pick<Judged, 'verdicts'>): boolean =>
  verdicts.some(({ how, state, secretProven }) => how === 'probe' && ON.has(state) && secretProven === true);

/** Proven to be on. */
export const isLive = (judged: Asked): boolean => ON.has(judged.verdict.state) || isAccepted(judged);

/** Proven to open nothing. */
export const isDead = (judged: Asked): boolean => DEAD.has(judged.verdict.state) && !isAccepted(judged);

export const isRoot = ({ verdict }: Pick<Judged, 'verdict'>): boolean => verdict.principal === 'root';

/** Can do everything in its account, be it under a condition. */
export const isMighty = ({ verdict }: Pick<Judged, 'verdict'>): boolean =>
  verdict.principal === 'root' ||
  (verdict.powers ?? []).some((power) => power === 'everything' || power === 'administrator');

export const holdsSecret = ({ kind }: Pick<Judged, 'kind'>): boolean => kind === 'pair' || kind === 'sts';
