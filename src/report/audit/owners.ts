// Whose keys they are: by account, and within accounts by the user or role that a key belongs to.

import type { Finding, Power, Principal } from '../../findings/model.js';
import { POWERS } from '../../findings/model.js';
import { compareText } from '../../findings/order.js';
import type { Places } from './repositories.js';
import { compareTallies, type Tally, tallyOf, under } from './tally.js';

export interface AccountRow extends Tally {
  /** Its UID; null: not known. */
  readonly account: string | null;
  /** Users and roles whose keys they are, the root account not among them. */
  readonly owners: number;
  readonly repositories: number;
}

export interface OwnerRow extends Tally {
  readonly account: string | null;
  readonly principal: Principal | null;
  /** The user's or role's name; null for the root account and where it is not known. */
  readonly name: string | null;
  readonly repositories: number;
  /** The worst that one of the live keys may do; null: not read, or nothing. */
  readonly power: Power | null;
  /** Of any of the keys, ISO 8601. */
  readonly lastUsed: string | null;
}

export const byAccount = (findings: readonly Finding[], places: Places): readonly AccountRow[] => {
  const groups = new Map<string | null, Finding[]>();
  for (const finding of findings) under(groups, finding.verdict.account ?? null, () => []).push(finding);
  return [...groups]
    .map(([account, group]) => ({
      account,
      ...tallyOf(group),
      owners: new Set(group.flatMap(({ verdict: { user } }) => (user === undefined ? [] : [user]))).size,
      repositories: repositoriesAmong(group, places),
    }))
    .sort(
      (a, b) => last(a.account, b.account) || compareTallies(a, b) || compareText(a.account ?? '', b.account ?? ''),
    );
};

export const byOwner = (findings: readonly Finding[], places: Places): readonly OwnerRow[] => {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { account, principal, user } = finding.verdict;
    under(groups, JSON.stringify([account, principal, user]), () => []).push(finding);
  }
  return [...groups.values()]
    .flatMap((group) => ownerRow(group, places))
    .sort(
      (a, b) =>
        last(a.principal, b.principal) ||
        compareTallies(a, b) ||
        compareText(a.account ?? '', b.account ?? '') ||
        compareText(a.name ?? '', b.name ?? ''),
    );
};

const ownerRow = (group: readonly Finding[], places: Places): readonly OwnerRow[] => {
  const [first] = group;
  if (first === undefined) return [];
  const { account, principal, user } = first.verdict;
  const powers = new Set(group.flatMap(({ verdict }) => verdict.powers ?? []));
  const used = group.flatMap(({ verdict: { lastUsed } }) => (lastUsed === undefined ? [] : [lastUsed]));
  return [
    {
      account: account ?? null,
      principal: principal ?? null,
      name: user ?? null,
      ...tallyOf(group),
      repositories: repositoriesAmong(group, places),
      power: POWERS.find((power) => powers.has(power)) ?? null,
      lastUsed: used.length === 0 ? null : used.reduce((a, b) => (b > a ? b : a)),
    },
  ];
};

const repositoriesAmong = (group: readonly Finding[], { repositoriesOf }: Places): number =>
  new Set(group.flatMap((finding) => [...repositoriesOf(finding)])).size;

/** What is not known stands last. */
const last = (a: string | null, b: string | null): number => Number(a === null) - Number(b === null);
