// Which repositories hold what, the worst first.

import type { AuditSummary, Spread } from '../../findings/audit.js';
import type { Finding } from '../../findings/model.js';
import { compareText } from '../../findings/order.js';
import { compareTallies, type Tally, tallyOf, under } from './tally.js';

export interface RepositoryRow extends Tally {
  readonly name: string;
}

/** The repositories of a finding's listed places. */
export const repositoriesOf = ({ target, occurrences }: Finding): ReadonlySet<string> =>
  occurrences.length === 0 ? new Set([target]) : new Set(occurrences.map((each) => each.target ?? target));

/** What is known of all places of a finding, also of those that are not listed. */
export interface Places {
  readonly repositoriesOf: (finding: Finding) => ReadonlySet<string>;
  /** Of the oldest commit, where there are places that are not listed. */
  readonly firstDateOf: (finding: Finding) => string | null;
}

export const placesOfAll = ({ spread = [] }: Pick<AuditSummary, 'spread'>): Places => {
  const known = new Map(spread.map((each) => [keyOf(each), each]));
  const wide = (finding: Finding): Spread | undefined =>
    (finding.occurrencesLeftOut ?? 0) > 0 ? known.get(keyOf(finding)) : undefined;
  return {
    repositoriesOf: (finding) => new Set([...repositoriesOf(finding), ...(wide(finding)?.repositories ?? [])]),
    firstDateOf: (finding) => wide(finding)?.firstDate ?? null,
  };
};

/** Names a credential within a report. */
export const keyOf = ({ fingerprint, secretSha256 }: Pick<Finding, 'fingerprint' | 'secretSha256'>): string =>
  `${fingerprint}\0${secretSha256 ?? ''}`;

export const byRepository = (findings: readonly Finding[], places: Places): readonly RepositoryRow[] => {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    for (const name of places.repositoriesOf(finding)) under(groups, name, () => []).push(finding);
  }
  return [...groups]
    .map(([name, group]) => ({ name, ...tallyOf(group) }))
    .sort((a, b) => compareTallies(a, b) || compareText(a.name, b.name));
};
