// The statements of a policy by the actions that powers are made of: sorted once for each policy, however many principals
// it is attached to.

import type { Selection, Statement } from './document.js';
import { globCovers } from './glob.js';
import { PROBES } from './powers.js';

export interface Rules {
  readonly statements: readonly Statement[];
  /** For each action of `PROBES` the statements that speak of it. */
  readonly byAction: ReadonlyMap<string, readonly Statement[]>;
}

/** Takes time in proportion to the length of all patterns. */
export const rulesOf = (statements: readonly Statement[]): Rules => {
  const byAction = new Map<string, Statement[]>(PROBES.map((action) => [action, []]));
  for (const statement of statements) {
    for (const action of named(statement.actions)) byAction.get(action)?.push(statement);
  }
  return { statements, byAction };
};

const KNOWN: ReadonlySet<string> = new Set(PROBES);

/** The actions of `PROBES` that a selection takes in. */
const named = ({ kind, patterns }: Selection): readonly string[] => {
  const hit = new Set(patterns.filter((pattern) => KNOWN.has(pattern)));
  for (const pattern of patterns) {
    if (!/[*?]/.test(pattern)) continue;
    for (const action of PROBES) if (globCovers(pattern, action)) hit.add(action);
  }
  return kind === 'only' ? [...hit] : PROBES.filter((action) => !hit.has(action));
};
