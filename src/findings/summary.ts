// Counts a report's findings for its last line.

import type { Collection } from './collect.js';
import { isLive } from './judged.js';
import type { Finding, Report, Severity, Skipped, Summary } from './model.js';

export interface Unshown {
  readonly suppressed: Summary['suppressed'];
  readonly notes: readonly string[];
  readonly interrupted: boolean;
}

export const NOTHING_SUPPRESSED: Summary['suppressed'] = { allow: 0, ignore: 0, baseline: 0, confidence: 0 };

export const reportOf = (
  findings: readonly Finding[],
  read: Pick<Collection, 'skipped' | 'skippedCounts' | 'counts'>,
  { suppressed, notes, interrupted }: Unshown,
): Report => ({
  findings,
  skipped: read.skipped,
  summary: {
    type: 'summary',
    schema: 1,
    findings: findings.length,
    bySeverity: bySeverity(findings),
    live: findings.filter(isLive).length,
    root: findings.filter(({ verdict }) => verdict.principal === 'root').length,
    counts: read.counts,
    suppressed,
    skipped: read.skippedCounts,
    notes,
    ...(interrupted ? { interrupted: true } : {}),
  },
});

const bySeverity = (findings: readonly Finding[]): Readonly<Record<Severity, number>> => {
  const counts = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
};

/** Somebody who should have been asked about the findings was not. */
export const notAsked = (reason: string): Skipped => ({
  type: 'skipped',
  schema: 1,
  target: '',
  what: null,
  reason,
  because: 'fault',
});
