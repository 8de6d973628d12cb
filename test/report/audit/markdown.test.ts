import { describe, expect, it } from 'vitest';
import { writeMarkdown } from '../../../src/report/formats/markdown.js';
import { presentable } from '../../../src/report/mask.js';
import { auditSample, LAST_RUN } from '../../support/audit-report.js';
import { NOW } from '../../support/html-sample.js';
import { report, writtenBy } from '../../support/report-samples.js';

const OPTIONS = { now: NOW, lastRun: LAST_RUN };

describe('an audit in Markdown', () => {
  it('has the organisation before its findings, and names repositories', () => {
    const written = writtenBy(
      writeMarkdown,
      presentable(auditSample({ findings: 70, repositories: 40, trend: true }), 'masked'),
      OPTIONS,
    );
    expect(written).toMatch(/^### akscan: .*\n\n- 40 repositories, 37 read/);
    expect(written).toContain('| `github.com/acme/billing-26` | 1 | 1 | 1 | 1 | 0 | 3 |');
    expect(written).toContain('| `github.com/acme/billing-1` `config/oss.yml:3` and 2 more places |');
  });

  it('stays within what a comment takes, whatever the number of repositories', () => {
    const written = writtenBy(
      writeMarkdown,
      presentable(auditSample({ findings: 500, repositories: 300, trend: true }), 'masked'),
      OPTIONS,
    );
    expect(written.length).toBeLessThan(60_000);
    expect(written).toMatch(/and [\d,]+ more/);
  });

  it('shows no ID whole, of keys that are gone neither', () => {
    const made = auditSample({ findings: 5, repositories: 40, trend: true });
    const written = writtenBy(writeMarkdown, made, OPTIONS);
    for (const { accessKeyId } of made.summary.audit?.trend?.changed ?? []) expect(written).not.toContain(accessKeyId);
  });

  it('is as it was for what is no audit', () => {
    expect(writtenBy(writeMarkdown, report([]))).not.toContain('repositories');
  });
});
