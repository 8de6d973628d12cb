import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/findings/model.js';
import { mergeFindings, mergeReports, type ReadReport } from '../../src/report/merge.js';
import { fault, pair, place, ROOT, report, withVerdict } from '../support/report-samples.js';

const read = (findings: readonly Finding[], more: Parameters<typeof report>[1] = {}): ReadReport => {
  const { skipped, summary } = report(findings, more);
  return { findings, skipped, summary, notes: [] };
};

const only = (findings: readonly Finding[]): Finding | undefined => {
  const merged = mergeFindings(findings);
  expect(merged).toHaveLength(1);
  return merged[0];
};

describe('several reports as one', () => {
  it('leave one report as it is', () => {
    const one = report([pair(), pair()], { skipped: [fault()], notes: ['B.', 'A.'] });
    const { summary, skipped } = one;
    const merged = mergeReports([{ findings: one.findings, skipped, summary, notes: [] }]);
    expect(merged.summary).toEqual(summary);
    expect(merged.skipped).toEqual(skipped);
    expect(new Set(merged.findings)).toEqual(new Set(one.findings));
  });

  it('join a finding that two have, and unite its places', () => {
    const finding = pair({ occurrences: [place({ line: 1 }), place({ line: 2, offset: 200 })] });
    const again = { ...finding, occurrences: [place({ line: 2, offset: 200 }), place({ line: 3, offset: 300 })] };
    expect(only([finding, again])?.occurrences.map(({ line }) => line)).toEqual([1, 2, 3]);
  });

  it('keep the target of each place', () => {
    const finding = pair({ target: 'b' });
    const merged = only([finding, { ...finding, target: 'a' }]);
    expect(merged?.target).toBe('a');
    expect(merged?.occurrences.map(({ target }) => target)).toEqual([undefined, 'b']);
  });

  it('believe who asked last, and judge anew', () => {
    const finding = pair();
    const early = withVerdict(finding, { ...ROOT, checkedAt: '2026-01-01T00:00:00Z' });
    const late = withVerdict(finding, { state: 'disabled', checkedAt: '2026-02-01T00:00:00Z' });
    for (const findings of [
      [early, late, finding],
      [finding, late, early],
    ]) {
      expect(only(findings)).toMatchObject({ severity: 'low', verdict: { state: 'disabled' }, meaning: late.meaning });
    }
    expect(only([finding, early])).toMatchObject({ severity: 'critical', next: early.next });
  });

  it('keep a key alive of which nobody could tell anything later, and call none dead for that', () => {
    const finding = pair();
    const later = withVerdict(finding, { state: 'unknown', checkedAt: '2026-02-02T00:00:00Z', reason: 'No answer.' });
    expect(only([later, withVerdict(finding, ROOT)])).toMatchObject({ severity: 'critical', verdict: ROOT });
    expect(only([withVerdict(finding, { state: 'disabled' }), later])?.verdict.state).toBe('unknown');
  });

  it('join an ID alone to the one pair of that ID', () => {
    const finding = pair();
    const alone: Finding = { ...finding, kind: 'id-only', secret: null, secretSha256: null, severity: 'medium' };
    const asked = withVerdict(alone, ROOT);
    expect(only([asked, finding])).toMatchObject({
      kind: 'pair',
      secretSha256: finding.secretSha256,
      severity: 'critical',
    });
  });

  it('keep two secrets of one ID apart', () => {
    const finding = pair();
    expect(mergeFindings([finding, { ...finding, secretSha256: 'f'.repeat(64) }])).toHaveLength(2);
  });

  it("prefer our own scan's rule to another scanner's", () => {
    const finding = pair();
    expect(only([{ ...finding, rule: 'imported-gitleaks' }, finding])?.rule).toBe('alibaba-access-key');
  });

  it('call unreachable only what no ref reaches anywhere', () => {
    const finding = pair({ unreachable: true });
    expect(only([finding, { ...finding }])?.unreachable).toBe(true);
    const { unreachable: _, ...reached } = finding;
    expect(only([finding, reached])?.unreachable).toBe(undefined);
  });

  it('count what was read, skipped and not shown in all of them', () => {
    const merged = mergeReports([
      read([pair()], { skipped: [fault()], notes: ['A.'] }),
      read([pair()], { notes: ['A.', 'B.'], interrupted: true }),
      { findings: [pair()], skipped: [], summary: null, notes: ['C.'] },
    ]);
    expect(merged.summary).toMatchObject({
      findings: 3,
      counts: { files: 6, bytes: 1000 },
      skipped: { fault: 1 },
      notes: ['A.', 'B.', 'C.'],
      interrupted: true,
    });
  });

  it('list at most 1,000 places of a finding', () => {
    const finding = pair();
    const many = [1, 2].map((part) => ({
      ...finding,
      occurrences: Array.from({ length: 800 }, (_, index) => place({ line: index + 1, offset: part * 10_000 + index })),
    }));
    expect(only(many)).toMatchObject({ occurrencesLeftOut: 600 });
  });
});
