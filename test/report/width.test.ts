import { describe, expect, it } from 'vitest';
import { columnsOf, padTo } from '../../src/report/width.js';
import { wrap } from '../../src/report/wrap.js';

describe('columnsOf', () => {
  it.each([
    ['akscan', 6],
    ['严重', 4],
    ['RAM 用户', 8],
    ['，。（）', 8],
    ['한국어', 6],
    ['🔑', 2],
    ['é', 1],
    ['e\u0301', 1],
    ['→ ·', 3],
  ])('%s takes %i', (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });

  it('is what a label is padded by', () => {
    expect(padTo('严重', 8)).toBe('严重    ');
    expect(padTo('CRITICAL', 4)).toBe('CRITICAL');
  });
});

describe('wrap', () => {
  it('breaks between wide characters, by columns', () => {
    expect(wrap('请将其视为有效密钥', 8)).toEqual(['请将其视', '为有效密', '钥']);
  });

  it('begins no line with a mark that ends something, and ends none with one that opens', () => {
    expect(wrap('一二三，四五', 6)).toEqual(['一二', '三，四', '五']);
    expect(wrap('一二（三四', 6)).toEqual(['一二', '（三四']);
  });

  it('keeps Latin words and IDs whole among them', () => {
    expect(wrap('请使用 akscan disable 禁用它', 12)).toEqual(['请使用', 'akscan', 'disable 禁用', '它']);
    expect(wrap('请AccessKeyAccessKey吧', 6)).toEqual(['请', 'AccessKeyAccessKey', '吧']);
  });
});
