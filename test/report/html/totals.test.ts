import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/findings/model.js';
import { allOf, byAge, byPlace, byState, folderOf, totalsOf } from '../../../src/report/html/totals.js';
import { NOW, sampleReport } from '../../support/html-sample.js';

const [sample] = sampleReport(1).findings;
const place = sample?.occurrences[0];
if (sample === undefined || place === undefined) throw new Error('no sample');

const since = (date: string | undefined): Finding => {
  const { date: _, ...rest } = place;
  return { ...sample, occurrences: [date === undefined ? rest : { ...rest, date }] };
};

const columnsOf = (...dates: readonly (string | undefined)[]) => {
  const { columns, folded, undated } = byAge(dates.map(since), NOW);
  return { columns: columns.map((column) => [column.label, allOf(column)]), folded, undated };
};

describe('age', () => {
  it('is told by the month while all got out within a year, without gaps', () => {
    const { columns, folded } = columnsOf('2025-12-31T23:00:00Z', '2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z');
    expect(columns).toEqual([
      ['2025-12', 1],
      ['2026-01', 0],
      ['2026-02', 0],
      ['2026-03', 2],
    ]);
    expect(folded).toBe(false);
  });

  it('is told by the year beyond that', () => {
    expect(columnsOf('2024-01-01T00:00:00Z', '2026-03-02T00:00:00Z').columns).toEqual([
      ['2024', 1],
      ['2025', 0],
      ['2026', 1],
    ]);
  });

  it('folds what is older than the picture into its first column', () => {
    const { columns, folded } = columnsOf('1970-01-01T00:00:00Z', '2003-01-01T00:00:00Z', '2016-01-01T00:00:00Z');
    expect(columns).toHaveLength(12);
    expect(columns[0]).toEqual(['2015', 2]);
    expect(columns[1]).toEqual(['2016', 1]);
    expect(folded).toBe(true);
  });

  it('believes no date from the future, none that is none, and none that is missing', () => {
    expect(columnsOf('9999-01-01T00:00:00Z', '+123456-01-01T00:00:00Z', 'yesterday', undefined)).toEqual({
      columns: [],
      folded: false,
      undated: 4,
    });
  });

  it('counts each finding once, by its oldest commit', () => {
    const finding = {
      ...sample,
      occurrences: ['2020-01-01', '2018-05-05', '2019-01-01'].map((date) => ({ ...place, date })),
    };
    expect(byAge([finding], NOW).columns.find((column) => allOf(column) > 0)?.label).toBe('2018');
  });
});

describe('places', () => {
  it('stand with most live ones first, and beyond the first few as one', () => {
    const { findings } = sampleReport(80);
    const { bars, others } = byPlace(findings, ({ target }) => target, 3);
    expect(bars).toHaveLength(3);
    const live = bars.map(({ tones }) => tones.worst + tones.live);
    expect(live).toEqual([...live].sort((a, b) => b - a));
    expect(others?.count).toBe(new Set(findings.map(({ target }) => target)).size - 3);
    expect(bars.reduce((sum, bar) => sum + allOf(bar), 0) + (others === null ? 0 : allOf(others))).toBe(80);
  });

  it('are folders by the first part of the path', () => {
    const at = (path: string | null): string => folderOf({ ...sample, occurrences: [{ ...place, path }] });
    expect([at('src/main/a.yml'), at('a.yml'), at('/a.yml'), at(null)]).toEqual(['src', '', '', '']);
  });
});

describe('states', () => {
  it('count every finding once, live root keys and administrators apart', () => {
    const { findings } = sampleReport(200);
    const rows = byState(findings);
    expect(rows.reduce((sum, row) => sum + allOf(row), 0)).toBe(200);
    const totals = totalsOf(findings, 'whole');
    const count = (state: string): number => rows.flatMap((row) => (row.state === state ? [allOf(row)] : []))[0] ?? 0;
    expect(count('live-root')).toBe(totals.root);
    expect(count('live-administrator')).toBe(totals.administrators);
    expect(totals.live).toBe(totals.root + totals.administrators + count('live') + count('restricted'));
    expect(totals.live + totals.open + totals.off).toBe(totals.found);
  });

  it('call a key live that STS takes, whatever its account says', () => {
    const off = { state: 'disabled', how: 'inventory' } as const;
    const accepted = {
      ...sample,
      verdict: off,
      verdicts: [off, { state: 'live', how: 'probe', secretProven: true } as const],
    };
    expect(totalsOf([accepted], 'whole')).toMatchObject({ live: 1, off: 0 });
  });
});
