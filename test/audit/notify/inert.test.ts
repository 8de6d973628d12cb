import { describe, expect, it } from 'vitest';
import { inert, linkTo, repositoryInWords } from '../../../src/audit/notify/inert.js';
import { HOSTILE } from '../../support/report-samples.js';

describe('inert', () => {
  it.each(HOSTILE)('leaves nothing with a meaning: %s', (_, text) => {
    const shown = inert(text, 200);
    // Markup, mentions, schemes, hosts, and what moves text about.
    expect(shown).not.toMatch(/[<>[\]`*_@|#~\\{}():&"!]/);
    expect(shown).not.toMatch(/[\p{L}\p{N}-]\.\p{L}/u);
    expect(shown).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069\u200B-\u200F]|\p{Surrogate}/u);
    expect([...shown].length).toBeLessThanOrEqual(200);
  });

  it('stays readable', () => {
    expect(inert('Wei Zhang <wei@example.com>', 80)).toBe('Wei Zhang ＜wei＠example．com＞');
    expect(inert('acme/pay-service v1.2, 张伟', 80)).toBe('acme/pay-service v1.2, 张伟');
    expect(inert('my_repo', 80)).toBe('my＿repo');
  });
});

describe('repositoryInWords', () => {
  it.each([
    ['https://github.com/acme/pay.git', 'acme/pay on github.com'],
    ['https://git.example.com:8443/team/sub/app/', 'team/sub/app on git.example.com:8443'],
    ['https://user:token@github.com/acme/pay', 'acme/pay on github.com'],
    ['/srv/git/pay.git', '/srv/git/pay.git'],
  ])('says %s as %s', (name, words) => {
    expect(repositoryInWords(name)).toBe(words);
  });
});

describe('linkTo', () => {
  it('gives an address that no markup ends', () => {
    const link = linkTo('https://ci.example/a)b|c>d"e*f_g[h]?q=1&x=(2)#`z~') ?? '';
    expect(link).not.toMatch(/[<>[\]`*_|"()]/);
    expect(decodeURIComponent(link)).toBe('https://ci.example/a)b|c>d"e*f_g[h]?q=1&x=(2)#`z~');
  });

  it.each([
    null,
    'javascript:alert(1)',
    'file:///tmp/x',
    '/tmp/report.html',
    'https://me:pw@ci.example/x',
    'ftp://x.example/',
  ])('gives none for %s', (address) => {
    expect(linkTo(address)).toBe(null);
  });
});
