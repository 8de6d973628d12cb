import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../../src/cloud/account/csv.js';

describe('comma-separated values', () => {
  it.each([
    [
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\r\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['\uFEFFuser,x\n', [['user', 'x']]],
    ['a,,\n', [['a', '', '']]],
    ['a,', [['a', '']]],
    ['"a,b","say ""x""\nand on",c\n', [['a,b', 'say "x"\nand on', 'c']]],
    ['"a"b,c\n', [['ab', 'c']]],
    ['a,"never closed\nb', [['a', 'never closed\nb']]],
    ['\n\n\r\n', []],
    ['', []],
    ['""\n', []],
    ['a"b,c', [['a"b', 'c']]],
  ])('reads %j', (text, rows) => {
    expect(parseCsv(text)).toEqual(rows);
  });

  it('gives back what was written, whatever the cells hold', () => {
    const cells = ['', '"', '""', ',', '\n', '\r\n', 'a', '中,"x"', ' '];
    const rows = cells.map((a) => ['x', a, ...cells]);
    const text = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');
    expect(parseCsv(text)).toEqual(rows);
  });

  it('takes a megabyte of quotes and commas in its stride', () => {
    expect(parseCsv(`"${'""'.repeat(250_000)}`)[0]?.[0]).toHaveLength(250_000);
    expect(parseCsv(','.repeat(1_000_000))[0]).toHaveLength(1_000_001);
    expect(parseCsv('"'.repeat(1_000_001))).toHaveLength(1);
  });
});
