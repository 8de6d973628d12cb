import { describe, expect, it } from 'vitest';
import { columnHead } from '../../src/detect/tables.js';

/** The head of the column that the place marked `@` stands in. */
const headAt = (marked: string): string | null => columnHead(marked.replace('@', 'V'), marked.indexOf('@'));

describe('the head of a column', () => {
  it.each([
    ['comma', 'User,AccessKey ID,AccessKey Secret\na,b,@\n', 'AccessKey Secret'],
    ['comma, a row further down', 'User,AccessKey ID,AccessKey Secret\na,b,c\nd,e,f\ng,@,i\n', 'AccessKey ID'],
    ['comma, quoted, a comma in a cell', '"name","id","secret"\n"x, y","b","@"\n', 'secret'],
    ['semicolon', 'id;secret\na;@', 'secret'],
    ['tab', 'id\tsecret\r\na\t@\r\n', 'secret'],
    ['bar', '| Id | Secret |\n|----|--------|\n| a | @ |\n', 'Secret'],
    ['SQL', "INSERT INTO `t` (`id`, `ak`, `sk`) VALUES (1, 'a', '@');", 'sk'],
    ['SQL, a later row', "insert into t (id, ak) values (1, 'x)(,'),\n(2, '@')", 'ak'],
    ['COPY', 'COPY public.t (id, ak, sk) FROM stdin;\n1\ta\tb\n2\tc\t@\n', 'sk'],
    ['HTML', '<table><tr><th>Id</th><th>Secret</th></tr><tr><td>a</td><td>@</td></tr></table>', 'Secret'],
    ['HTML, an empty head', '<table><tr><th></th><th> Id </th></tr><tr><td>a</td><td>@</td></tr></table>', 'Id'],
  ])('%s', (_, marked, head) => {
    expect(headAt(marked)).toBe(head);
  });

  it.each([
    ['no table', 'id = @\n'],
    ['the head itself', 'id,@\n'],
    ['rows of other widths above', 'a,b\nc,@,d\n'],
    ['a first row of data', `${'k'.repeat(20)}1,x\na,@\n`],
    ['after the end of COPY', 'COPY t (a, b) FROM stdin;\n1\t2\n\\.\nx\t@\n'],
    ['after the end of an insert', "insert into t (a, b) values (1, 2);\nselect '@'"],
    ['a line of code', 'id, secret\nf(a, "@")\n'],
  ])('is none: %s', (_, marked) => {
    expect(headAt(marked)).toBeNull();
  });
});

describe('time', () => {
  it.each([
    ['heads of blanks', `<table>${`<th>${' '.repeat(80)}`.repeat(47)}<tr><td>`],
    ['inserts that have ended', `${'insert into '.repeat(1_600)};`],
  ])('is short for %s', (_, before) => {
    const began = performance.now();
    for (let i = 0; i < 200; i++) columnHead(`${before}V`, before.length);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
