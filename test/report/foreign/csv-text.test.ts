import { describe, expect, it } from 'vitest';
import { rowsOf } from '../../../src/report/foreign/csv-text.js';

describe('CSV text', () => {
  it.each<[string, string, readonly (readonly string[])[]]>([
    [
      'plain cells',
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'CR LF, and no end of the last line',
      'a,b\r\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['quotes, commas and line breaks in a cell', '"a ""b""","c,\r\nd"\n', [['a "b"', 'c,\r\nd']]],
    [
      'empty cells',
      ',\n"",x,\n',
      [
        ['', ''],
        ['', 'x', ''],
      ],
    ],
    ['empty lines', '\n\na\n\n', [['a']]],
    ['an empty cell at the end', 'a,', [['a', '']]],
    ['a quote that is never closed', '"a\nb', [['a\nb']]],
    ['text behind a quote', '"a"b,c', [['ab', 'c']]],
    ['nothing', '', []],
  ])('has %s', (_, text, rows) => {
    expect([...rowsOf(text)]).toEqual(rows);
  });

  it('is read in one pass', () => {
    expect([...rowsOf(`"${'""'.repeat(500_000)}`)]).toHaveLength(1);
    expect([...rowsOf(','.repeat(500_000))][0]).toHaveLength(500_001);
  });
});
