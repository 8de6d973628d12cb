import { describe, expect, it } from 'vitest';
import { writeMarkdown } from '../../../src/report/formats/markdown.js';
import {
  fault,
  HOSTILE,
  hostileReport,
  ofEverySeverity,
  pair,
  place,
  report,
  writtenBy,
} from '../../support/report-samples.js';

const rowsOf = (markdown: string): readonly string[] => markdown.split('\n').filter((line) => line.startsWith('|'));

describe('Markdown', () => {
  it('is a sentence and a table, worst first', () => {
    const written = writtenBy(writeMarkdown, report(ofEverySeverity()));
    expect(written).toMatch(
      /^### akscan: 4 AccessKeys found: 1 critical, 1 high, 1 medium, 1 low \(1 live, 1 root\)\.\n/,
    );
    expect(rowsOf(written).map((row) => row.split('|')[1]?.trim())).toEqual([
      '',
      '---',
      '**critical**',
      '**high**',
      'medium',
      'low',
    ]);
  });

  it('shows the ID by its ends only', () => {
    const finding = pair();
    const written = writtenBy(writeMarkdown, report([finding], { notes: [`${finding.accessKeyId}: not at hand.`] }));
    expect(written).not.toContain(finding.accessKeyId);
    expect(written).toContain('`config/app.yml:12`');
  });

  it('says what could not be read', () => {
    expect(writtenBy(writeMarkdown, report([], { skipped: [fault()] }))).toContain(
      '**Incomplete**, 1 problem:\n\n- `broken.zip` The archive is cut.\n',
    );
  });

  it('stays below 60,000 characters and says how many more there are', () => {
    const findings = Array.from({ length: 3000 }, (_, index) =>
      pair({ occurrences: [place({ path: `${'deep/'.repeat(10)}file-${index}.yml` })] }),
    );
    const written = writtenBy(writeMarkdown, report(findings));
    const shown = rowsOf(written).length - 2;
    expect(written.length).toBeLessThanOrEqual(60_000);
    expect(shown).toBeGreaterThan(50);
    expect(written).toContain(`\n\nand ${(3000 - shown).toLocaleString('en')} more\n`);
  });

  it.each(HOSTILE)('is the same table whatever stands in the fields: %s', (_, text) => {
    const written = writtenBy(writeMarkdown, hostileReport(text));
    expect(written.length).toBeLessThanOrEqual(60_000);
    const rows = rowsOf(written);
    expect(rows).toHaveLength(5);
    // No bar is in a cell, not even an escaped one: renderers do not agree on these.
    for (const row of rows) expect(row.split('|')).toHaveLength(8);
    const spans = written.split('`');
    expect(spans.length % 2).toBe(1);
    const plain = spans.filter((_, index) => index % 2 === 0).join('');
    expect(plain).not.toMatch(/[<>[\]@&\\]|https?:|www\./);
    expect(written).not.toMatch(/\r|[\u202A-\u202E\u2066-\u2069]/);
  });
});
