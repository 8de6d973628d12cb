import { describe, expect, it } from 'vitest';
import { type Column, fittedEnd, shortName, tableLines } from '../../../src/report/audit/table.js';
import { columnsOf } from '../../../src/report/width.js';

const COLUMNS: readonly Column[] = [
  { head: 'name', align: 'left', gives: 'beginning' },
  { head: 'live', align: 'right' },
];

describe('a table for a terminal', () => {
  it('is as wide as it needs to be, numbers to the right', () => {
    expect(
      tableLines(
        COLUMNS,
        [
          ['shop', '1'],
          ['billing', '1,200'],
        ],
        80,
      ),
    ).toEqual(['name      live', 'shop         1', 'billing  1,200']);
  });

  it('cuts the beginning, or the end, of what is too long, and nothing else', () => {
    const long = 'github.com/acme/a-very-long-name-of-a-service';
    expect(tableLines(COLUMNS, [[long, '1']], 30).at(1)).toBe('…-long-name-of-a-service     1');
    const columns = COLUMNS.map((column, index): Column => (index === 0 ? { ...column, gives: 'end' } : column));
    expect(tableLines(columns, [[long, '1']], 30).at(1)).toBe('github.com/acme/a-very-…     1');
  });

  it('counts columns and not letters', () => {
    const lines = tableLines(
      COLUMNS,
      [
        ['张伟的仓库', '1'],
        ['shop', '22'],
      ],
      80,
    );
    expect(new Set(lines.map(columnsOf)).size).toBe(1);
    expect(columnsOf(fittedEnd('张伟的仓库', 6))).toBeLessThanOrEqual(6);
  });

  it('cuts a name of a megabyte at once', () => {
    expect(fittedEnd('x'.repeat(1_000_000), 5)).toBe('…xxxx');
  });

  it('shows addresses without their scheme', () => {
    expect(shortName('https://github.com/acme/shop')).toBe('github.com/acme/shop');
    expect(shortName('/srv/git/shop')).toBe('/srv/git/shop');
  });
});
