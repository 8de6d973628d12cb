import { describe, expect, it } from 'vitest';
import { htmlOf } from '../../../src/report/html/element.js';
import { langOf, narrow, path, said, visible } from '../../../src/report/html/shown.js';

describe('text of strangers', () => {
  it('hides nothing and reorders nothing', () => {
    expect(visible('a\u202Egpj.exe\u0000\u200B')).toBe('a\\u{202e}gpj.exe\\u{0}\\u{200b}');
  });

  it('is cut where it has no end', () => {
    expect(visible('x'.repeat(400))).toBe('x'.repeat(400));
    expect(narrow(`${'x'.repeat(99)}𠮷y`)).toBe(`${'x'.repeat(99)} … (102)`);
    expect(visible('x'.repeat(100_000))).toBe(`${'x'.repeat(400)} … (100000)`);
  });

  it.each([
    ['张伟', 'en', 'zh-CN'],
    ['商城后端/配置/oss.yml', 'en', 'zh-CN'],
    ['Made with it: user 备份', 'en', null],
    ['Made with it: user 备份', 'zh-CN', 'en'],
    ['こんにちは世界', 'en', null],
    ['Wei Zhang', 'en', null],
    ['张伟', 'zh-CN', null],
  ] as const)('%s in a page of %s has the language %s', (text, page, lang) => {
    expect(langOf(text, page)).toBe(lang);
  });

  it('stands apart from the direction of what is around it', () => {
    expect(htmlOf(said('<b>张伟</b>'.replace(/<.?b>/g, ''), 'en'))).toBe('<bdi lang="zh-CN">张伟</bdi>');
  });

  it('may be broken after the slashes of a path, and copied whole', () => {
    const html = htmlOf(path('a/b//c&d.yml', 'en'));
    expect(html).toBe('<bdi class="path" translate="no">a/<wbr>b/<wbr>/<wbr>c&amp;d.yml</bdi>');
  });
});
