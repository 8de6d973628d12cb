// How long keys have been out: from the first commit that holds one to today while it is not off, and otherwise to its last
// use. Git lets the author write any date; those that have not come yet, and those before there was any AccessKey, are not
// believed.

import { isDead, isLive } from '../../findings/judged.js';
import type { Finding } from '../../findings/model.js';
import { compareText } from '../../findings/order.js';
import type { Places } from './repositories.js';

export interface Exposure {
  readonly finding: Finding;
  readonly state: 'live' | 'open' | 'off';
  /** `2020-03-04`, UTC; null: no commit says. */
  readonly since: string | null;
  /** `today`: it goes on. A date: off, and used until then at least. Null: off, nobody knows since when. */
  readonly until: string | null;
  /** Whole days between the two; null when one of them is not known. */
  readonly days: number | null;
  /** Whole days from the first commit to today. */
  readonly age: number | null;
  /** Its last use is later than the first commit. Null: one of them is not known. */
  readonly usedSince: boolean | null;
}

const DAY = 86_400_000;

/** Alibaba Cloud began in 2009. What was imported, or written with a broken clock, says 1970. */
const FIRST_KEYS = Date.UTC(2009, 0, 1);

/** @param today what ages are counted to */
export const exposureOf = (finding: Finding, today: Date, { firstDateOf }: Pick<Places, 'firstDateOf'>): Exposure => {
  const { lastUsed, neverUsed } = finding.verdict;
  const leaked = leakedAt([...datesOf(finding), firstDateOf(finding)], today);
  const used = Date.parse(lastUsed ?? '');
  const state = isLive(finding) ? 'live' : isDead(finding) ? 'off' : 'open';
  const isUsed = leaked === null || Number.isNaN(used) ? null : used > leaked;
  const end = state !== 'off' ? today.getTime() : isUsed === true ? used : null;
  return {
    finding,
    state,
    since: leaked === null ? null : dayOf(leaked),
    until: state !== 'off' ? 'today' : end === null ? null : dayOf(end),
    days: leaked === null || end === null ? null : wholeDays(leaked, end),
    age: leaked === null ? null : wholeDays(leaked, today.getTime()),
    usedSince: isUsed ?? (neverUsed === true ? false : null),
  };
};

const datesOf = ({ occurrences }: Finding): readonly (string | undefined)[] => occurrences.map(({ date }) => date);

const leakedAt = (dates: readonly (string | null | undefined)[], today: Date): number | null => {
  let first: number | null = null;
  for (const date of dates) {
    const at = Date.parse(date ?? '');
    if (at >= FIRST_KEYS && at <= today.getTime() && (first === null || at < first)) first = at;
  }
  return first;
};

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

const wholeDays = (from: number, to: number): number => Math.max(0, Math.floor((to - from) / DAY));

/** Those that are not off first, among them the longest out first; without a date last. */
export const byAge = (exposures: readonly Exposure[]): readonly Exposure[] =>
  [...exposures].sort(
    (a, b) =>
      RANKS[a.state] - RANKS[b.state] ||
      (b.age ?? -1) - (a.age ?? -1) ||
      compareText(a.finding.fingerprint, b.finding.fingerprint) ||
      compareText(a.finding.secretSha256 ?? '', b.finding.secretSha256 ?? ''),
  );

const RANKS = { live: 0, open: 1, off: 2 } as const;

/** Youngest first; `undated` is none. */
export const AGES = ['month', 'year', 'two-years', 'four-years', 'older', 'undated'] as const;

export type Age = (typeof AGES)[number];

const UNTIL: readonly (readonly [Age, number])[] = [
  ['month', 31],
  ['year', 365],
  ['two-years', 731],
  ['four-years', 1461],
];

/** How long ago it was committed. */
export const ageOf = ({ age }: Exposure): Age =>
  age === null ? 'undated' : (UNTIL.find(([, days]) => age < days)?.[0] ?? 'older');
