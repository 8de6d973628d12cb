// What an audit knows beyond its findings, as the run hands it over, and the form in which a report carries it. Canonical: it
// hangs on what was found, and not on the order in which it was found.

import {
  type AuditSummary,
  type AuditTrend,
  NOT_READ_STATES,
  REPOSITORY_STATES,
  type RepositoryNotRead,
  type Spread,
  TRENDS,
  type TrendEntry,
} from '../../findings/audit.js';
import type { Report } from '../../findings/model.js';
import { compareText } from '../../findings/order.js';
import type { RepositoryState } from '../types.js';

export interface AuditFacts {
  readonly repositories: {
    readonly total: number;
    /** Absent is none. */
    readonly byState: Readonly<Partial<Record<RepositoryState, number>>>;
  };
  /** In any order: repositories of which not all was read, and sources that could not be listed whole. */
  readonly notRead: readonly RepositoryNotRead[];
  /** One entry for each credential of this run and of the run before; null when there was none over the same sources. */
  readonly trend: readonly TrendEntry[] | null;
  /** As `spreadOf` gives it (spread.ts); absent: no finding has more places than are listed. */
  readonly spread?: readonly Spread[];
  /** When the run before ended, ISO 8601. Formats for people alone say it: hand it to them as `WriteOptions.lastRun`. */
  readonly lastRunAt: string | null;
}

/** Repositories that were not read and are listed; with a million of them a file could hold little else. */
const LISTED = 1000;

export const auditSummaryOf = ({ repositories, notRead, trend, spread = [] }: AuditFacts): AuditSummary => {
  const { total, byState } = repositories;
  const sorted = [...notRead].sort(
    (a, b) =>
      NOT_READ_STATES.indexOf(a.state) - NOT_READ_STATES.indexOf(b.state) ||
      compareText(a.name, b.name) ||
      compareText(a.reason ?? '', b.reason ?? ''),
  );
  const leftOut = sorted.length - LISTED;
  return {
    repositories: { total, byState: counted(REPOSITORY_STATES, (state) => byState[state] ?? 0) },
    notRead: sorted.slice(0, LISTED).map(({ name, state, reason }) => ({ name, state, reason })),
    ...(leftOut > 0 ? { notReadLeftOut: leftOut } : {}),
    trend: trend === null ? null : trendOf(trend),
    ...(spread.length > 0 ? { spread } : {}),
  };
};

/** The same report, which says that it is an audit's. */
export const withAudit = (report: Report, facts: AuditFacts): Report => ({
  ...report,
  summary: { ...report.summary, audit: auditSummaryOf(facts) },
});

const trendOf = (entries: readonly TrendEntry[]): AuditTrend => ({
  counts: counted(TRENDS, (trend) => entries.filter((entry) => entry.trend === trend).length),
  changed: entries
    .filter(({ trend }) => trend !== 'still-there')
    .map(({ fingerprint, secretSha256, trend, accessKeyId, repository }) => ({
      fingerprint,
      secretSha256,
      trend,
      accessKeyId,
      repository,
    }))
    .sort(
      (a, b) =>
        TRENDS.indexOf(a.trend) - TRENDS.indexOf(b.trend) ||
        compareText(a.fingerprint, b.fingerprint) ||
        compareText(a.secretSha256 ?? '', b.secretSha256 ?? ''),
    ),
});

const counted = <Key extends string>(
  keys: readonly Key[],
  countOf: (key: Key) => number,
): Readonly<Record<Key, number>> =>
  Object.fromEntries(keys.map((key) => [key, countOf(key)])) as Readonly<Record<Key, number>>;
