import { describe, expect, it } from 'vitest';
import { withAudit } from '../../../src/audit/report/facts.js';
import type { Report } from '../../../src/findings/model.js';
import { auditEn } from '../../../src/report/html/audit/en.js';
import { sideOf } from '../../../src/report/html/audit/side.js';
import { auditZhCn } from '../../../src/report/html/audit/zh-cn.js';
import { htmlOf } from '../../../src/report/html/element.js';
import { page } from '../../../src/report/html/html.js';
import { en } from '../../../src/report/html/words/en.js';
import { presentable } from '../../../src/report/mask.js';
import type { WriteOptions } from '../../../src/report/types.js';
import { auditSample, LAST_RUN } from '../../support/audit-report.js';
import { ATTACKS, hostileReport } from '../../support/html-hostile.js';
import { NOW, sampleReport } from '../../support/html-sample.js';

const html = (report: Report, options: Partial<WriteOptions> = {}): string =>
  [...page(presentable(report, 'masked'), { colour: false, seconds: 3.2, detail: 'full', ...options }, NOW)].join('');

/** What the page says of the organisation, without its findings. */
const organisation = (text: string): string =>
  text.split('<section class="organisation"')[1]?.split('<section class="pictures"')[0] ?? '';

const SAMPLE = auditSample({ findings: 70, repositories: 40, trend: true });

describe('the organisation in the page', () => {
  it('comes before the pictures and the findings, and only for an audit', () => {
    const text = html(SAMPLE);
    expect(text.indexOf('class="organisation"')).toBeLessThan(text.indexOf('class="pictures"'));
    expect(html(sampleReport(3))).not.toContain('class="organisation"');
  });

  it('has a row for each repository, account, owner, person, change and each that was not read', () => {
    const text = organisation(html(SAMPLE));
    const rows = text
      .split('<div class="side"')
      .slice(1)
      .map((side) => [
        /<h3 id="side-([a-z-]+)"/.exec(side)?.[1],
        (side.split('</table>')[0]?.match(/<tr>/g)?.length ?? 0) - 1,
      ]);
    expect(rows).toEqual([
      ['repository', 35],
      ['account', 3],
      ['owner', 11],
      ['people', 4],
      ['changed', 21],
      ['not-read', 4],
    ]);
    expect(text).toContain('By repository (35)');
  });

  it('names the repository of each place of a key that stands in several', () => {
    const several = SAMPLE.findings.find(({ occurrences }) => occurrences.some(({ target }) => target !== undefined));
    const [first] = several?.occurrences ?? [];
    const data = html(SAMPLE).split('<script type="application/json" id="data">')[1] ?? '';
    expect(data).toContain(`"title":"${first?.target ?? several?.target} ${first?.path}:`);
    expect(data).toContain(`"where":"${first?.path}:`);
  });

  it('says when the last run was where it is told, and nothing of one where there was none', () => {
    expect(organisation(html(SAMPLE, { lastRun: LAST_RUN }))).toContain('Since the last run, 2026-03-24');
    expect(organisation(html(SAMPLE))).toContain('>Since the last run<');
    expect(organisation(html(auditSample({ findings: 3, repositories: 9 })))).not.toContain('last run');
  });

  it('is there when nothing was found, with what was not read', () => {
    const text = html(auditSample({ findings: 0, repositories: 9 }));
    expect(text).toContain('access denied');
    expect(text).not.toContain('side-age');
  });

  it('counts what is beyond the rows of a table', () => {
    const rows = Array.from({ length: 2_603 }, (_, at) => at);
    const columns = [{ head: 'row', kind: 'number', cell: (at: number) => at }] as const;
    const text = htmlOf(sideOf({ id: 'x', title: 'Rows', columns, rows, leftOut: 1_000 }, en));
    expect(text.match(/<tr>/g)).toHaveLength(2_501);
    expect(text).toContain('>Rows (3,603)<');
    expect(text).toContain('and 1,103 more');
    const notRead = Array.from({ length: 1010 }, (_, at) => ({ name: `r${at}`, state: 'gone', reason: null }) as const);
    const facts = { repositories: { total: 1010, byState: {} }, trend: null, lastRunAt: null };
    expect(html(withAudit(sampleReport(1), { ...facts, notRead }))).toContain('<p class="missing">and 10 more</p>');
  });

  it('keeps what strangers wrote out of every context but text', () => {
    const report = hostileReport(30);
    const text = organisation(
      html(
        withAudit(report, {
          repositories: { total: 3, byState: {} },
          notRead: ATTACKS.map((name) => ({ name, state: 'broken', reason: name })),
          trend: ATTACKS.map((text) => ({
            fingerprint: text,
            secretSha256: null,
            accessKeyId: text,
            repository: text,
            trend: 'gone',
          })),
          lastRunAt: null,
        }),
        { lastRun: ATTACKS[0] },
      ),
    );
    const tags = new Set([...text.matchAll(/<([a-z0-9!]+)/gi)].map(([, tag]) => tag));
    const own = 'h2 h3 dl div dt dd section table thead tbody tr th td svg rect ul li p bdi wbr code span'.split(' ');
    expect([...tags].filter((tag) => !own.includes(tag ?? ''))).toEqual([]);
    expect(text.match(/<[^>]*\s(?:on\w+|style|src|href|srcdoc)=[^>]*>/gi)).toBeNull();
    expect(text).toContain('&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('has a word of its own for everything in each language', () => {
    const texts = (value: unknown): readonly string[] =>
      typeof value === 'string'
        ? [value]
        : typeof value === 'object' && value !== null
          ? Object.values(value).flatMap(texts)
          : [];
    const [english, chinese] = [texts(auditEn), texts(auditZhCn)];
    expect(chinese).toHaveLength(english.length);
    expect(chinese.filter((text) => english.includes(text) || !/\p{Script=Han}/u.test(text))).toEqual([]);
    for (const days of [1, 30, 400, 3000]) expect(auditZhCn.span(days)).toMatch(/^\d+ (?:天|个月|年)$/);
    expect(organisation(html(SAMPLE, { lang: 'zh-CN', lastRun: LAST_RUN }))).toContain('与上次运行（2026-03-24）相比');
  });
});
