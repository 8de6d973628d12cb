import { describe, expect, it } from 'vitest';
import { type AuditFacts, auditSummaryOf, withAudit } from '../../../src/audit/report/facts.js';
import type { TrendEntry } from '../../../src/findings/audit.js';
import { report } from '../../support/report-samples.js';

const entry = (letter: string, trend: TrendEntry['trend']): TrendEntry => ({
  fingerprint: letter.repeat(64),
  secretSha256: null,
  trend,
  accessKeyId: null,
  repository: 'https://github.com/acme/shop',
});

const FACTS: AuditFacts = {
  repositories: { total: 5, byState: { scanned: 2, denied: 1, broken: 2 } },
  notRead: [
    { name: 'b', state: 'broken', reason: 'Cut.' },
    { name: 'c', state: 'denied', reason: null },
    { name: 'a', state: 'broken', reason: null },
    { name: 'gitee:acme', state: 'unlisted', reason: 'No answer.' },
  ],
  trend: [entry('c', 'gone'), entry('b', 'new'), entry('d', 'still-there'), entry('a', 'new'), entry('e', 'fixed')],
  lastRunAt: '2026-01-02T03:04:05Z',
};

describe('the summary of an audit', () => {
  it('is the same in whichever order its facts came', () => {
    const turned: AuditFacts = {
      ...FACTS,
      notRead: [...FACTS.notRead].reverse(),
      trend: [...(FACTS.trend ?? [])].reverse(),
    };
    expect(JSON.stringify(auditSummaryOf(turned))).toBe(JSON.stringify(auditSummaryOf(FACTS)));
  });

  it('counts every state, lists what was not read by state and name, and what has changed by trend', () => {
    const { repositories, notRead, trend } = auditSummaryOf(FACTS);
    expect(repositories).toEqual({
      total: 5,
      byState: { scanned: 2, unchanged: 0, empty: 0, 'too-large': 0, denied: 1, gone: 0, broken: 2 },
    });
    expect(notRead.map(({ name }) => name)).toEqual(['gitee:acme', 'a', 'b', 'c']);
    expect(trend?.counts).toEqual({ new: 2, 'still-there': 1, rotated: 0, fixed: 1, gone: 1 });
    expect(trend?.changed.map(({ fingerprint }) => fingerprint[0]).join('')).toBe('abec');
  });

  it('holds no time of a run', () => {
    const made = withAudit(report([]), FACTS);
    expect(JSON.stringify(made.summary)).not.toMatch(/\d{4}-\d{2}-\d{2}/);
  });

  it('tells a first run from one in which nothing has changed', () => {
    expect(auditSummaryOf({ ...FACTS, trend: null }).trend).toBeNull();
    expect(auditSummaryOf({ ...FACTS, trend: [] }).trend?.changed).toEqual([]);
  });

  it('lists a thousand that were not read, and counts the rest', () => {
    const notRead = Array.from({ length: 1003 }, (_, at) => ({ name: `${at}`, state: 'gone', reason: null }) as const);
    const summary = auditSummaryOf({ ...FACTS, notRead });
    expect([summary.notRead.length, summary.notReadLeftOut]).toEqual([1000, 3]);
  });
});
