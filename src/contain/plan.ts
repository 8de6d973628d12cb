// What would be done to each key, decided before anything is: the guards, then the state, then who may.

import { rootKeyByHand } from './by-hand.js';
import { type Limits, refusalOf } from './guards.js';
import { restrictionTo } from './restriction.js';
import type { Call, Candidate, Decision, Plan } from './types.js';

export interface PlanOptions extends Limits {
  /** More keys than this are too many for one run, and none is touched. */
  readonly maxKeys: number;
}

/** In the order of the candidates. */
export const planOf = (candidates: readonly Candidate[], options: PlanOptions): Plan => {
  const entries = candidates.map((candidate) => ({ candidate, decision: decide(candidate, options) }));
  const acting = entries.filter(({ decision }) => decision.kind === 'act').length;
  if (acting <= options.maxKeys) return { mode: options.mode, entries };
  const why = `${acting} keys would be touched, and --max-keys allows ${options.maxKeys}: none is.`;
  return {
    mode: options.mode,
    entries: entries.map(({ candidate, decision }) => ({
      candidate,
      decision: decision.kind === 'act' ? ({ kind: 'refused', guard: 'too-many', why } as const) : decision,
    })),
  };
};

const decide = (candidate: Candidate, options: PlanOptions): Decision => {
  const refusal = refusalOf(candidate, options);
  if (refusal?.guard === 'not-asked-for') return { kind: 'refused', ...refusal };
  // Off is off, whatever the other guards say of touching it.
  const off = whyOff(candidate, options);
  if (off !== null) return { kind: 'off', why: off };
  const { owner, verdict, actsWith } = candidate;
  if (refusal !== null) {
    // Root keys that nobody here can prove are the ones that matter most: their owner is told what to do.
    if (refusal.guard === 'not-proven' && verdict.principal === 'root') return rootKeyByHand(candidate);
    return { kind: 'refused', ...refusal };
  }
  if (owner?.kind === 'root' && actsWith === null) return rootKeyByHand(candidate);
  return { kind: 'act', calls: callsOf(candidate, options) };
};

const whyOff = ({ verdict, owner }: Candidate, { mode }: PlanOptions): string | null => {
  if (verdict.state === 'deleted') return 'It is in the recycle bin.';
  if (verdict.state === 'disabled' && (mode !== 'delete' || owner === null)) return 'It is switched off already.';
  // `expired` and `not-found` are the probe's words, and final for what they are about.
  if (verdict.state === 'expired') return 'Its time is over.';
  return verdict.state === 'not-found' ? 'STS knows no such key.' : null;
};

const callsOf = ({ verdict }: Candidate, { mode, addresses }: PlanOptions): readonly Call[] => {
  switch (mode) {
    case 'disable':
      return [{ api: 'UpdateAccessKey', status: 'Inactive' }];
    case 'restrict':
      return [{ api: 'SetAccessKeyPolicy', policy: restrictionTo(addresses) }];
    case 'delete':
      // The API deletes only what is off.
      return verdict.state === 'disabled'
        ? [{ api: 'DeleteAccessKey' }]
        : [{ api: 'UpdateAccessKey', status: 'Inactive' }, { api: 'DeleteAccessKey' }];
  }
};
