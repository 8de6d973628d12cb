// Which repositories hold what, the worst first.

import type { Finding } from '../../findings/model.js';
import { compareText } from '../../findings/order.js';
import { compareTallies, type Tally, tallyOf, under } from './tally.js';

export interface RepositoryRow extends Tally {
  readonly name: string;
}

/** The repositories that a finding stands in: those of its listed places. */
export const repositoriesOf = ({ target, occurrences }: Finding): ReadonlySet<string> =>
  occurrences.length === 0 ? new Set([target]) : new Set(occurrences.map((each) => each.target ?? target));

export const byRepository = (findings: readonly Finding[]): readonly RepositoryRow[] => {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    for (const name of repositoriesOf(finding)) under(groups, name, () => []).push(finding);
  }
  return [...groups]
    .map(([name, group]) => ({ name, ...tallyOf(group) }))
    .sort((a, b) => compareTallies(a, b) || compareText(a.name, b.name));
};
