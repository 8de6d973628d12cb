// Which keys have to be replaced before they can be switched off: those that are still used. The guards of disabling hold
// here as well, but for the one against keys in use, which is what this is for.

import { refusalOf } from '../guards.js';
import { type PlanOptions, planOf } from '../plan.js';
import type { Candidate, Decision } from '../types.js';
import { rootByHand } from './by-hand.js';
import type { User } from './keys.js';

export type Rotation =
  /** `why`: what uses it, or that nobody knows. `meanwhile`: it works for whoever found it, too, and what helps until then. */
  | { readonly kind: 'replace'; readonly owner: User; readonly why: string; readonly meanwhile: string }
  /** Nobody uses it: it can be switched off at once. */
  | { readonly kind: 'unused'; readonly why: string }
  | Exclude<Decision, { readonly kind: 'act' }>;

export interface ToRotate {
  readonly candidate: Candidate;
  readonly rotation: Rotation;
}

/** In the order of the candidates. */
export const rotationsOf = (candidates: readonly Candidate[], options: PlanOptions): readonly ToRotate[] => {
  const { entries } = planOf(candidates, { ...options, forceInUse: true, maxKeys: Number.MAX_SAFE_INTEGER });
  return entries.map(({ candidate, decision }) => {
    if (decision.kind === 'by-hand') return { candidate, rotation: rootByHand(candidate) };
    if (decision.kind !== 'act') return { candidate, rotation: decision };
    return { candidate, rotation: rotationOf(candidate, options) };
  });
};

const rotationOf = (candidate: Candidate, options: PlanOptions): Rotation => {
  const { owner, use } = candidate;
  const inUse = refusalOf(candidate, { ...options, forceInUse: false });
  if (inUse?.guard !== 'in-use') {
    const why = candidate.use === null ? 'Nobody has used it' : `Not used in the last ${options.recentHours} hours`;
    return { kind: 'unused', why: `${why}: nothing has to be replaced first. Switch it off:` };
  }
  // A new key of the root account is the last thing that should be made by a program.
  if (owner?.kind !== 'user') return rootByHand(candidate);
  return { kind: 'replace', owner, why: whyReplace(use), meanwhile: meanwhile(candidate.accessKeyId) };
};

const whyReplace = (use: Candidate['use']): string => {
  if (use === 'unread' || use === null) return UNREAD;
  if (use.ownProbe !== undefined) return hiddenBy(use.ownProbe);
  return usedBy(use.at === undefined ? [] : use.services);
};

const UNREAD = 'When it was last used could not be read: take it that something uses it.';

const meanwhile = (id: string): string =>
  `Until it is off it works for whoever found it as well. If that cannot wait: akscan disable ${id} --mode restrict --allow ADDRESS pins it to the addresses that need it, --force-in-use switches it off at once.`;

const hiddenBy = (probe: string): string =>
  `Its last use was akscan's own probe (${probe}), which hides what used it shortly before: take it that something uses it.`;

const usedBy = (services: readonly string[]): string =>
  services.length === 0
    ? 'Something uses it, and would break.'
    : `What uses it with ${services.join(', ')} would break.`;
