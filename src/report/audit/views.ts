// An audit's report looked at from all sides: by repository, by account, by owner, by age, whom to ask, what has changed, what
// was not read. Computed from the report alone, so that a report that was written to a file shows the same.

import type { AuditSummary, Trend, TrendEntry } from '../../findings/audit.js';
import { isLive } from '../../findings/judged.js';
import type { Finding, Report } from '../../findings/model.js';
import { AGES, type Age, ageOf, byAge, type Exposure, exposureOf } from './exposure.js';
import { type AccountRow, byAccount, byOwner, type OwnerRow } from './owners.js';
import { type PersonRow, people } from './people.js';
import { byRepository, keyOf, placesOfAll, type RepositoryRow } from './repositories.js';
import { type Tally, tallyOf } from './tally.js';

export interface Glance {
  readonly tally: Tally;
  /** Repositories that were to be read. */
  readonly total: number;
  /** Read, now or before with nothing new since; empty ones, too. */
  readonly read: number;
  /** Repositories and sources of which not all was read. */
  readonly notRead: number;
  /** Among these what could not say which repositories it has, or not all of them. */
  readonly notListed: number;
  /** Before its end: more may be to be listed, and is to be read. */
  readonly stopped: boolean;
  /** Repositories that hold a finding. */
  readonly holding: number;
  /** The live key that was committed first. */
  readonly oldestLive: Exposure | null;
  /** Live keys that were used after they got out. */
  readonly usedSince: number;
}

export interface Change extends TrendEntry {
  /** Null: no finding of this report speaks of it any more. */
  readonly finding: Finding | null;
}

export interface TrendView {
  readonly counts: Readonly<Record<Trend, number>>;
  /** Of the new ones. */
  readonly newLive: number;
  readonly changed: readonly Change[];
}

export interface AgeRow extends Tally {
  readonly age: Age;
}

export interface AuditViews {
  readonly glance: Glance;
  /** Worst first. */
  readonly repositories: readonly RepositoryRow[];
  /** Root keys first; the account that is not known last. */
  readonly accounts: readonly AccountRow[];
  readonly owners: readonly OwnerRow[];
  /** Youngest first, without those that nothing is in. */
  readonly ages: readonly AgeRow[];
  /** Not off first, among them the oldest first. */
  readonly exposures: readonly Exposure[];
  readonly people: readonly PersonRow[];
  /** Null when there is no run before this one. */
  readonly trend: TrendView | null;
  readonly notRead: AuditSummary['notRead'];
}

/** @param today what ages are counted to */
export const auditViews = (
  { findings, summary }: Pick<Report, 'findings' | 'summary'>,
  audit: AuditSummary,
  today: Date,
): AuditViews => {
  const places = placesOfAll(audit);
  const repositories = byRepository(findings, places);
  const exposures = byAge(findings.map((finding) => exposureOf(finding, today, places)));
  const live = exposures.filter(({ state }) => state === 'live');
  const { total, byState } = audit.repositories;
  return {
    glance: {
      tally: tallyOf(findings),
      total,
      read: byState.scanned + byState.unchanged + byState.empty,
      notRead: audit.notRead.length + (audit.notReadLeftOut ?? 0),
      // These stand first, so that they are among those listed.
      notListed: audit.notRead.filter(({ state }) => state === 'unlisted').length,
      stopped: summary.interrupted === true,
      holding: repositories.length,
      oldestLive: live.find(({ age }) => age !== null) ?? null,
      usedSince: live.filter(({ usedSince }) => usedSince === true).length,
    },
    repositories,
    accounts: byAccount(findings, places),
    owners: byOwner(findings, places),
    ages: agesOf(exposures),
    exposures,
    people: people(findings),
    trend: audit.trend === null ? null : trendView(audit.trend, findings),
    notRead: audit.notRead,
  };
};

const agesOf = (exposures: readonly Exposure[]): readonly AgeRow[] => {
  const groups = new Map<Age, Finding[]>(AGES.map((age) => [age, []]));
  for (const exposure of exposures) groups.get(ageOf(exposure))?.push(exposure.finding);
  return [...groups].flatMap(([age, group]) => (group.length === 0 ? [] : [{ age, ...tallyOf(group) }]));
};

const trendView = (
  { counts, changed }: NonNullable<AuditSummary['trend']>,
  findings: readonly Finding[],
): TrendView => {
  const known = new Map(findings.map((finding) => [keyOf(finding), finding]));
  const all = changed.map((entry) => ({ ...entry, finding: known.get(keyOf(entry)) ?? null }));
  return {
    counts,
    newLive: all.filter(({ trend, finding }) => trend === 'new' && finding !== null && isLive(finding)).length,
    changed: all,
  };
};
