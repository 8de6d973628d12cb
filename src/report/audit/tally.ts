// Findings counted, for each way of looking at an organisation; and the order in which what was counted is shown.

import { isDead, isLive, isRoot } from '../../findings/judged.js';
import type { Finding, Severity } from '../../findings/model.js';

export interface Tally {
  readonly findings: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  /** Proven to be on. */
  readonly live: number;
  /** Neither proven to be on nor to be off: not asked, or no answer. */
  readonly open: number;
  /** Root keys that are not proven to be off. */
  readonly root: number;
}

export const tallyOf = (findings: Iterable<Finding>): Tally => {
  const bySeverity = { critical: 0, high: 0, medium: 0, low: 0 };
  const counts = { findings: 0, live: 0, open: 0, root: 0 };
  for (const finding of findings) {
    counts.findings += 1;
    bySeverity[finding.severity] += 1;
    if (isLive(finding)) counts.live += 1;
    else if (isOpen(finding)) counts.open += 1;
    if (isRoot(finding) && !isDead(finding)) counts.root += 1;
  }
  return { ...counts, bySeverity };
};

/** Not known to be off. A secret that is not this ID's opens nothing by itself, and is a finding all the same. */
export const isOpen = (finding: Finding): boolean => !isLive(finding) && !isDead(finding);

/** Most root keys first, then most live ones, then by severity. */
export const compareTallies = (a: Tally, b: Tally): number =>
  b.root - a.root ||
  b.live - a.live ||
  b.bySeverity.critical - a.bySeverity.critical ||
  b.bySeverity.high - a.bySeverity.high ||
  b.bySeverity.medium - a.bySeverity.medium ||
  b.findings - a.findings;

/** What stands in the map under a key, made when it is first asked for. */
export const under = <Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value => {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
};
