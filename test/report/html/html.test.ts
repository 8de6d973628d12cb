import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { activityInWords } from '../../../src/findings/activity-words.js';
import type { Finding, Report } from '../../../src/findings/model.js';
import { worstFirst } from '../../../src/findings/order.js';
import { FIRST, page } from '../../../src/report/html/html.js';
import { en } from '../../../src/report/html/words/en.js';
import { zhCn } from '../../../src/report/html/words/zh-cn.js';
import { presentable, type Secrets } from '../../../src/report/mask.js';
import type { WriteOptions } from '../../../src/report/types.js';
import { ATTACKS, hostileReport } from '../../support/html-hostile.js';
import { NOW, sampleReport } from '../../support/html-sample.js';
import { ACTIVITY } from '../../support/verdicts.js';

const html = (report: Report, options: Partial<WriteOptions> = {}, secrets: Secrets = 'masked'): string =>
  [...page(presentable(report, secrets), { colour: false, seconds: 3.2, detail: 'full', ...options }, NOW)].join('');

/** The text of an element of the page that there is once. */
const within = (text: string, start: string, end: string): string => {
  const parts = text.split(start);
  expect(parts).toHaveLength(2);
  return parts[1]?.split(end)[0] ?? '';
};

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const dataOf = (text: string): readonly Record<string, unknown>[] =>
  JSON.parse(within(text, '<script type="application/json" id="data">', '</script>'));

describe('the HTML report', () => {
  it('allows its own style and its own script, by their hashes, and nothing else', () => {
    const text = html(sampleReport(3));
    const policy = within(text, 'http-equiv="Content-Security-Policy" content="', '"').replaceAll('&#39;', "'");
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `style-src ${hashOf(within(text, '<style>', '</style>'))}`,
      `script-src ${hashOf(within(text, '<script>', '</script>'))}`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
    expect(text.indexOf('Content-Security-Policy')).toBeLessThan(text.indexOf('<style>'));
  });

  it('names no other file and no host', () => {
    expect(html(sampleReport(3))).not.toMatch(/\b(?:src|href|action)=|url\(|@import|https?:/);
  });

  it('lays out the worst, holds all, and says so', () => {
    const report = sampleReport(FIRST + 20);
    const text = html(report);
    const ids = worstFirst(report.findings).map(({ accessKeyId }) => accessKeyId);
    expect(dataOf(text).map(({ id }) => id)).toEqual(ids);
    const shown = [
      ...(text.split('<script type')[0]?.matchAll(/<td role="cell" class="key"><code translate="no">(\w+)</g) ?? []),
    ];
    expect(shown.map(([, id]) => id)).toEqual(ids.slice(0, FIRST));
    expect(text).toContain('The first 250 of 270, worst first.');
  });

  it('keeps what strangers wrote out of every context but text', () => {
    const text = html(hostileReport(30));
    const [before = '', data = ''] = text.split('<script type="application/json" id="data">');
    // Each tag and attribute of the page is one of ours.
    const body = before.slice(before.indexOf('<body>'));
    expect(new Set([...body.matchAll(/<([a-z0-9/!]+)/gi)].map(([, tag]) => tag?.replace('/', '')))).toEqual(
      new Set(
        'body header p span h1 dl div dt dd main section h2 h3 table tbody tr th td svg rect line text ul li bdi wbr thead code small strong time details summary'.split(
          ' ',
        ),
      ),
    );
    expect(body.match(/<[^>]*\s(?:on\w+|style|src|href|srcdoc)=[^>]*>/gi)).toBeNull();
    // And the data end where they end.
    expect(data.split('</script>')[0]).not.toContain('<');
    expect(dataOf(text)).toHaveLength(30);
    expect(
      text.match(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\uFEFF\uD800-\uDFFF]/),
    ).toBeNull();
  });

  it('cuts a name without end, and says how long it was', () => {
    const long = ATTACKS.find((attack) => attack.length > 10_000) ?? '';
    const text = html({
      ...sampleReport(1),
      findings: sampleReport(1).findings.map((each) => ({ ...each, target: long })),
    });
    expect(text).toContain(`… (${long.length})`);
    expect(text.length).toBeLessThan(80_000);
  });

  it('holds no secret, and the whole ID', () => {
    const report = sampleReport(40);
    const text = html(report);
    for (const { secret, accessKeyId } of report.findings) {
      if (secret !== null) expect(text.includes(secret.slice(0, 8))).toBe(false);
      expect(text.includes(`>${accessKeyId}</code>`)).toBe(true);
    }
    expect(text).toContain('Secrets are left out of this file');
    expect(text.split('<script>')[0]).not.toContain('in the clear');
  });

  it('holds secrets that were asked for, and warns of itself', () => {
    const report = sampleReport(4);
    const text = html(report, {}, 'shown');
    for (const { secret } of report.findings) if (secret !== null) expect(text).toContain(`>${secret}</code>`);
    expect(text).toContain('This file holds secrets in the clear.');
  });

  it('says of a finding all that is known', () => {
    const [finding] = worstFirst(sampleReport(1).findings);
    if (finding === undefined) throw new Error('none');
    const text = html(sampleReport(1));
    for (const said of [
      'live, root',
      'root account',
      finding.meaning,
      finding.next,
      finding.fingerprint,
      'STS takes the pair',
      'can do everything in the account',
      ...activityInWords(finding.verdict.activity ?? ACTIVITY),
    ]) {
      expect(text).toContain(said);
    }
  });

  it('leaves out what was read when only findings are wanted', () => {
    expect(html(sampleReport(2))).toContain('Read 18,211 files');
    expect(html(sampleReport(2), { detail: 'findings' })).not.toContain('Read 18,211 files');
  });

  it('says what could not be read, on top and at the end', () => {
    const text = html(sampleReport(2));
    expect(text).toContain('Incomplete: 1 thing could not be read or asked.');
    expect(text).toContain('permission denied');
  });

  it('is Chinese when asked, whole and from its root', () => {
    const text = html(sampleReport(FIRST + 1), { lang: 'zh-CN' });
    expect(text).toContain('<html lang="zh-CN">');
    expect(text).toContain('最严重的 250 个');
    for (const english of [
      en.findings,
      en.figures.live,
      en.pictures.byState,
      en.columns.severity,
      en.masked,
      en.glossary,
    ]) {
      expect(text.split('<script>')[0]).not.toContain(`>${english}<`);
    }
  });

  it('has a word of its own for everything in each language', () => {
    const same: string[] = [];
    const walk = (a: unknown, b: unknown, name: string): void => {
      if (typeof a === 'string' && a === b) same.push(name);
      if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return;
      for (const [key, value] of Object.entries(a)) walk(value, (b as Record<string, unknown>)[key], `${name}.${key}`);
    };
    walk(en, zhCn, '');
    expect(same).toEqual(['.secret']);
    expect(zhCn.terms).toHaveLength(en.terms.length);
  });
});

describe('the headline', () => {
  const of = (states: readonly Finding['verdict'][]): readonly [string, string] => {
    const report = sampleReport(states.length);
    const findings = report.findings.map((finding, index): Finding => {
      const verdict = states[index] ?? finding.verdict;
      return { ...finding, verdict, verdicts: [verdict] };
    });
    const text = html({ ...report, findings });
    const [title, lead] = [within(text, '<h1>', '</h1>'), within(text, '<p class="lead">', '</p>')];
    return [title, lead];
  };
  const live = { state: 'live', how: 'probe' } as const;
  const root = { ...live, principal: 'root' } as const;
  const administrator = { ...live, principal: 'ram-user', powers: ['administrator'] } as const;
  const off = { state: 'disabled', how: 'inventory' } as const;
  const unknown = { state: 'unknown', how: 'probe', reason: 'no answer' } as const;

  it.each([
    ['nothing', [], 'No AccessKeys found', /^Nothing that was read/],
    [
      'nobody asked',
      [
        { state: 'unchecked', how: null },
        { state: 'unchecked', how: null },
      ],
      '2 AccessKeys found, not verified',
      /^Nobody was asked/,
    ],
    ['one live', [live, off], '1 of 2 AccessKeys is live', /None of the live ones is known/],
    ['one, and it is a root key', [root], '1 AccessKey found, a live root key', /^A root key opens/],
    ['one of two a root key', [root, off], '1 of 2 AccessKeys is live, a root key', /^A root key opens/],
    [
      'root keys and administrators',
      [root, root, administrator, off],
      '3 of 4 AccessKeys are live, 2 of them root keys',
      /1 more of the live ones is an administrator/,
    ],
    [
      'nothing known',
      [unknown, unknown],
      '2 AccessKeys found, none proven live',
      /Whether 2 still work is not known: treat them as live/,
    ],
    ['all off', [off, off], '2 AccessKeys found, none live', /^$/],
    ['a disabled root key', [{ ...off, principal: 'root' }], '1 AccessKey found, none live', /^$/],
  ] as const)('tells %s', (_, states, title, lead) => {
    const told = of(states);
    expect(told[0]).toBe(title);
    expect(told[1]).toMatch(lead);
  });
});
