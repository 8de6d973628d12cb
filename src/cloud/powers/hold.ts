// From what is allowed to powers.

import type { Power } from '../../findings/model.js';
import { type Evaluation, evaluate, type Reach } from './evaluate.js';
import { type Need, POWER_RULES, SAYS_ALREADY } from './powers.js';
import type { Rules } from './rules.js';

export interface Held {
  /** Worst first. */
  readonly powers: readonly Power[];
  /** Those of them that hold only under a Condition. */
  readonly conditional: readonly Power[];
}

/** @param user the principal's own name when it is a user; null for a role */
export const heldBy = (policies: readonly Rules[], user: string | null): Held => {
  const evaluation = evaluate(policies, user);
  const held = new Map<Power, 'always' | 'ever'>();
  for (const { power, ways } of POWER_RULES) {
    const holds = (when: 'always' | 'ever'): boolean =>
      ways.some((way) => way.every((need) => isMet(evaluation, need, when)));
    if (holds('always')) held.set(power, 'always');
    else if (holds('ever')) held.set(power, 'ever');
  }
  for (const [worse, powers] of Object.entries(SAYS_ALREADY)) {
    const holds = held.get(worse as Power);
    for (const power of powers) {
      if (holds === 'always' || (holds === 'ever' && held.get(power) === 'ever')) held.delete(power);
    }
  }
  if (held.size === 0) {
    const anything = evaluation.anything();
    if (anything.ever) held.set('other', anything.always ? 'always' : 'ever');
  }
  const powers = [...held.keys()];
  return { powers, conditional: powers.filter((power) => held.get(power) === 'ever') };
};

const isMet = (evaluation: Evaluation, { action, on }: Need, when: 'always' | 'ever'): boolean => {
  const reach: Reach = evaluation.grantOf(action)[when];
  return on === 'all' ? reach === 'all' : reach !== 'none';
};
