import { describe, expect, it } from 'vitest';
import { chooseLanguage } from '../../src/lang/choose.js';

const of = (env: NodeJS.ProcessEnv): string => chooseLanguage([], env).lang;

describe('the language of the environment', () => {
  it('is the first that is set of LC_ALL, LC_MESSAGES and LANG', () => {
    expect(of({ LANG: 'zh_CN.UTF-8' })).toBe('zh-CN');
    expect(of({ LC_MESSAGES: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' })).toBe('zh-CN');
    expect(of({ LC_ALL: 'C', LANG: 'zh_CN.UTF-8' })).toBe('en');
    expect(of({ LC_ALL: '', LANG: 'zh_CN.UTF-8' })).toBe('zh-CN');
    expect(of({})).toBe('en');
  });

  it('is Chinese where simplified characters are written', () => {
    for (const locale of ['zh', 'zh_CN', 'zh_SG.UTF-8', 'zh-Hans', 'zh_CN.GB18030@x']) {
      expect(of({ LANG: locale }), locale).toBe('zh-CN');
    }
    for (const locale of ['zh_TW.UTF-8', 'zh_HK', 'ja_JP.UTF-8', 'C.UTF-8', 'zhx']) {
      expect(of({ LANG: locale }), locale).toBe('en');
    }
  });

  it('gives way to AKSCAN_LANG', () => {
    expect(of({ AKSCAN_LANG: 'en', LANG: 'zh_CN.UTF-8' })).toBe('en');
    expect(of({ AKSCAN_LANG: 'zh-CN', LC_ALL: 'C' })).toBe('zh-CN');
    expect(of({ AKSCAN_LANG: 'fr', LANG: 'zh_CN.UTF-8' })).toBe('zh-CN');
  });
});

describe('--lang', () => {
  it.each([
    [['--lang', 'zh-CN', 'scan', '.']],
    [['scan', '--lang=zh-CN', '.']],
    [['scan', '.', '--lang', 'zh']],
    [['scan', '.', '--lang=zh_cn']],
  ])('stands anywhere: %j', (args) => {
    expect(chooseLanguage(args, {})).toEqual({ lang: 'zh-CN', args: ['scan', '.'] });
  });

  it('wins over the environment', () => {
    expect(chooseLanguage(['--lang', 'en'], { LC_ALL: 'zh_CN.UTF-8' }).lang).toBe('en');
  });

  it('is a name after --', () => {
    const args = ['scan', '--', '--lang', 'zh-CN'];
    expect(chooseLanguage(args, {})).toEqual({ lang: 'en', args });
  });

  it('is refused with a language that is not spoken', () => {
    expect(() => chooseLanguage(['--lang', 'fr'], {})).toThrow('--lang: "fr" is not known.');
    expect(() => chooseLanguage(['scan', '--lang'], {})).toThrow('--lang takes a language.');
  });
});
