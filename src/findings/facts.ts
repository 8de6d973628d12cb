// What meaning and advice ask of the verdicts: more than severity does, and only once somebody was asked.

import { isAccepted, type Judged } from './judged.js';
import type { Activity, Power, VerdictState } from './model.js';

/** A row of a table that is read top to bottom: what it says holds where this does. */
export type When = (judged: Judged) => boolean;

export const state =
  (...states: readonly VerdictState[]): When =>
  ({ verdict }) =>
    states.includes(verdict.state);

export const both =
  (...conditions: readonly When[]): When =>
  (judged) =>
    conditions.every((condition) => condition(judged));

/**
 * `proven`: this very secret works. `untried`: there is one, and only the ID was looked up. `absent`: the ID alone is known.
 */
export type SecretFact = 'proven' | 'untried' | 'absent';

export const secretFact = ({ kind, verdict, verdicts }: Judged): SecretFact => {
  if (kind === 'id-only') return 'absent';
  return verdict.secretProven === true || isAccepted({ verdicts }) ? 'proven' : 'untried';
};

/** Accounts that were searched whole and do not have it. */
export const notInOf = ({ verdict, verdicts = [] }: Judged): readonly string[] => [
  ...new Set([verdict, ...verdicts].flatMap(({ notIn = [] }) => notIn)),
];

/** Accounts that could not be searched whole, and may have it. */
const partlyInOf = ({ verdict, verdicts = [] }: Judged): readonly string[] =>
  [verdict, ...verdicts].flatMap(({ partlyIn = [] }) => partlyIn);

/** Proven to belong to an account that is none of those it was looked up in, whether these could be searched whole or not. */
export const isForeign = (judged: Judged): boolean => {
  const searched = notInOf(judged);
  const { account } = judged.verdict;
  return account !== undefined && searched.length > 0 && ![...searched, ...partlyInOf(judged)].includes(account);
};

export const isProbed = ({ verdicts = [] }: Judged): boolean => verdicts.some(({ how }) => how === 'probe');

export const has = ({ verdict }: Judged, ...powers: readonly Power[]): boolean =>
  powers.some((power) => verdict.powers?.includes(power) === true);

/** Whether it holds one of these powers under conditions only. */
export const hasOnCondition = (judged: Judged, ...powers: readonly Power[]): boolean =>
  has(judged, ...powers) &&
  powers.every((power) => !has(judged, power) || judged.verdict.conditional?.includes(power) === true);

const DAY = 86_400_000;

/** How many days before it was asked about it was last used; null when that is not known. */
export const idleDays = ({ verdict: { lastUsed, checkedAt } }: Judged): number | null => {
  const days = (Date.parse(checkedAt ?? '') - Date.parse(lastUsed ?? '')) / DAY;
  return Number.isNaN(days) ? null : days;
};

/** What was made with it, and lives on without it. */
export const createdBy = ({ verdict }: Judged): Activity['created'] => verdict.activity?.created ?? [];

/** `2026-01-02 03:04 UTC`; the text itself when it is no time. */
export const momentInWords = (iso: string): string => {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
};

export const dayInWords = (iso: string): string => momentInWords(iso).slice(0, 10);
