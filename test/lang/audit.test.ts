// The report of an audit, whole in Chinese.

import { describe, expect, it } from 'vitest';
import { withAudit } from '../../src/audit/report/facts.js';
import { type AuditSummary, NOT_READ_STATES, TRENDS, type Trend } from '../../src/findings/audit.js';
import type { Finding, Report, Verdict } from '../../src/findings/model.js';
import { createSay, say, speaking } from '../../src/lang/say.js';
import { writeAuditText } from '../../src/report/audit/text.js';
import { writeBrief } from '../../src/report/formats/brief.js';
import { AUDIT_TABLES } from '../../src/report/types.js';
import { runInWords } from '../../src/report/words.js';
import { judged } from '../../src/verdicts.js';
import { auditSample, LAST_RUN } from '../support/audit-report.js';
import { NOW } from '../support/html-sample.js';
import { pair, place, report, withVerdict } from '../support/report-samples.js';
import { untranslated } from '../support/spoken.js';
import { STATES } from '../support/verdicts.js';

const OPTIONS = { colour: false, seconds: 1.25, detail: 'full', now: NOW } as const;

const audited = (findings: readonly Finding[], over: Partial<AuditSummary> = {}, total = 3): Report => {
  const made = withAudit(report(findings), {
    repositories: { total, byState: { scanned: total } },
    notRead: [],
    trend: null,
    lastRunAt: null,
  });
  const { audit } = made.summary;
  if (audit === undefined) throw new Error('none');
  return { ...made, summary: { ...made.summary, audit: { ...audit, ...over } } };
};

const committed = (date: string) =>
  place({ source: 'history', commit: 'c'.repeat(40), author: '李娜 <li@example.com>', date, target: 'https://a/b' });

const WHO: readonly Partial<Verdict>[] = [
  {},
  { principal: 'root', account: '1' },
  { principal: 'ram-user', user: 'alice', account: '1' },
  { principal: 'assumed-role', user: 'ci', account: '1' },
  { principal: 'ram-user' },
  { principal: 'assumed-role' },
];

const DATES = ['2026-03-30', '2026-03-01', '2025-06-01', '2024-12-01', '2023-06-01', '2015-01-01', 'none'] as const;

describe('said in Chinese', () => {
  it('is how far it got, and how to go on', async () => {
    const missed = await untranslated(() => {
      for (const total of [0, 1, 3])
        for (const scanned of [0, 1, 3])
          for (const interrupted of [false, true])
            for (const state of [null, 'unlisted', 'broken'] as const) {
              const made = audited(
                [],
                { notRead: state === null ? [] : [{ name: '仓库', state, reason: null }] },
                total,
              );
              const { summary } = made;
              if (summary.audit === undefined) throw new Error('none');
              const byState = { ...summary.audit.repositories.byState, scanned };
              const audit = { ...summary.audit, repositories: { total, byState } };
              const stopped: Report = {
                ...made,
                summary: { ...summary, ...(interrupted ? { interrupted } : {}), audit },
              };
              say(runInWords(stopped.summary, 1.5));
              for (const goOn of [undefined, null, '继续']) [...writeAuditText(stopped, { ...OPTIONS, goOn })];
            }
    });
    expect(missed).toEqual([]);
  });

  it('is what an audit found, in brief', async () => {
    const brief = (count: number) => writeBrief(audited(Array.from({ length: count }, () => pair())), OPTIONS);
    for (const count of [1, 2]) expect(await untranslated(() => brief(count))).toEqual([]);
  });

  it('is the report of an audit, from every side', async () => {
    const whole = auditSample({ findings: 70, repositories: 40, trend: true });
    // What a forge or git answered comes as it is.
    const answered = {
      ...whole,
      skipped: [],
      summary: { ...whole.summary, notes: [], skipped: { fault: 0, limit: 0 } },
    };
    const notRead = NOT_READ_STATES.map((state) => ({ name: '仓库', state, reason: null }));
    const audit = whole.summary.audit;
    if (audit === undefined) throw new Error('none');
    const said = { ...answered, summary: { ...answered.summary, audit: { ...audit, notRead } } };
    const missed = await untranslated(() => {
      for (const by of [undefined, ...AUDIT_TABLES])
        for (const lastRun of [null, LAST_RUN]) [...writeAuditText(said, { ...OPTIONS, by, lastRun })];
    });
    expect(missed).toEqual([]);
  });

  it('is it for every state, owner, age and number', async () => {
    const missed = await untranslated(() => {
      const say = (state: Verdict['state'], who: Partial<Verdict>, date: string, count: number) => {
        const verdict: Verdict = { state, how: state === 'unchecked' ? null : 'inventory', ...who };
        const occurrences = [committed(date)];
        const findings = Array.from({ length: count }, () =>
          state === 'unchecked'
            ? { ...pair({ occurrences }), verdict }
            : judged(pair({ occurrences }), { ...verdict, lastUsed: '2026-03-29T00:00:00Z' }, []),
        );
        for (const by of [undefined, 'age', 'owner'] as const)
          [...writeAuditText(audited(findings, {}, count), { ...OPTIONS, by })];
      };
      for (const state of STATES) for (const who of WHO) for (const count of [1, 2]) say(state, who, DATES[0], count);
      for (const state of ['live', 'disabled'] as const) for (const date of DATES) say(state, {}, date, 1);
    });
    expect(missed).toEqual([]);
  });

  it('is it of nothing, of little read, and of too much', async () => {
    const many = Array.from({ length: 60 }, () => withVerdict(pair({ occurrences: [committed('2020-01-01')] }), {}));
    const broken = { name: '仓库', state: 'broken', reason: null } as const;
    const byState = { scanned: 1, unchanged: 0, empty: 0, 'too-large': 0, denied: 0, gone: 0, broken: 19 };
    const counts = Object.fromEntries(TRENDS.map((trend) => [trend, 1])) as Record<Trend, number>;
    const missed = await untranslated(() => {
      [...writeAuditText(audited([]), OPTIONS)];
      [...writeAuditText(audited([], { notRead: [broken] }), OPTIONS)];
      [...writeAuditText(audited([], { notRead: [broken], repositories: { total: 20, byState } }), OPTIONS)];
      const over = {
        repositories: { total: 20, byState },
        notRead: Array.from({ length: 19 }, () => broken),
        trend: { counts, changed: [] },
      };
      [...writeAuditText(audited(many, over), { ...OPTIONS, by: 'age' })];
      [...writeAuditText(audited(many.slice(0, 1), over), OPTIONS)];
    });
    expect(missed).toEqual([]);
  });

  it('says how many and how long in Chinese, and leaves names alone', async () => {
    const say = await createSay('zh-CN');
    const text = speaking({ lang: 'zh-CN', say }, () =>
      [...writeAuditText(auditSample({ findings: 70, repositories: 40, trend: true }), OPTIONS)].join(''),
    );
    expect(text).toContain('40 个仓库，已读取 37 个，3 个未读取或未读完；35 个含有 AccessKey。');
    expect(text).toMatch(/与上次运行相比：新增 10 个（有效 \d 个）、仍在/);
    expect(text).toContain('Alice Wong <alice%20wong@example.com>');
  });
});
