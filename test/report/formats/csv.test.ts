import { describe, expect, it } from 'vitest';
import { rowsOf } from '../../../src/report/foreign/csv-text.js';
import { writeCsv } from '../../../src/report/formats/csv.js';
import {
  HOSTILE,
  hostileReport,
  ofEverySeverity,
  pair,
  place,
  ROOT,
  report,
  withVerdict,
  writtenBy,
} from '../../support/report-samples.js';

const rows = (text: string): readonly Readonly<Record<string, string>>[] => {
  const [header = [], ...rest] = [...rowsOf(text.replace(/^\uFEFF/, ''))];
  return rest.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])));
};

describe('CSV', () => {
  it('has one row for each finding, worst first, with the ID whole', () => {
    const findings = ofEverySeverity();
    const written = rows(writtenBy(writeCsv, report(findings)));
    expect(written.map(({ severity }) => severity)).toEqual(['critical', 'high', 'medium', 'low']);
    expect(new Set(written.map((row) => row['access_key_id']))).toEqual(
      new Set(findings.map((one) => one.accessKeyId)),
    );
  });

  it('begins with a byte order mark and ends each line with CR LF', () => {
    const written = writtenBy(writeCsv, report([pair()]));
    expect(written).toMatch(/^\uFEFF"severity",/);
    expect(written.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(written.endsWith('\r\n')).toBe(true);
  });

  it('counts a file and its history as one place', () => {
    const finding = pair({ occurrences: [place(), place({ line: 40 }), place({ source: 'history', line: 12 })] });
    expect(rows(writtenBy(writeCsv, report([finding])))[0]?.['places']).toBe('2');
  });

  it('keeps the digits of a UID that a spreadsheet would round', () => {
    const [row] = rows(writtenBy(writeCsv, report([withVerdict(pair(), ROOT)])));
    expect(row?.['account']).toBe("'1234567890123456");
  });

  it('has no cell that is calculated where semicolons separate', () => {
    const path = 'a;=HYPERLINK("http://evil.example");"+1;  @SUM(1)';
    const written = writtenBy(writeCsv, report([pair({ occurrences: [place({ path })] })]));
    const cells = written.split(/[;\r\n]+/);
    expect(cells.length).toBeGreaterThan(3);
    for (const cell of cells) expect(cell).not.toMatch(/^[\s"]*[=+\-@]/);
  });

  it.each(HOSTILE)('has no cell that a spreadsheet calculates, and no break in a cell: %s', (_, text) => {
    const written = writtenBy(writeCsv, hostileReport(text));
    expect(written.split('\r\n')).toHaveLength(5);
    const [first, ...others] = [...rowsOf(written.replace(/^\uFEFF/, ''))];
    for (const row of others) {
      expect(row).toHaveLength(first?.length ?? 0);
      for (const cell of row) {
        expect(cell).not.toMatch(/^\s*[=+\-@\t\r]/);
        expect(cell).not.toMatch(/\p{Cc}|\p{Cs}|[\u202A-\u202E\u2066-\u2069]/u);
        expect(cell.length).toBeLessThan(32_767);
      }
    }
  });

  it.each(['=1', '+1', '-1', '@SUM(A1)', '\uFF1D1', " '=1", '"=1'])('disarms %s', (text) => {
    const [row] = rows(writtenBy(writeCsv, report([pair({ occurrences: [place({ path: text })], target: '' })])));
    expect(row?.['file']).toBe(`'${text}`);
  });
});
