import { describe, expect, it } from 'vitest';
import { withAudit } from '../../../src/audit/report/facts.js';
import type { Report } from '../../../src/findings/model.js';
import { writeAuditText } from '../../../src/report/audit/text.js';
import { loadFormat } from '../../../src/report/formats.js';
import { presentable } from '../../../src/report/mask.js';
import { AUDIT_TABLES, type WriteOptions } from '../../../src/report/types.js';
import { columnsOf } from '../../../src/report/width.js';
import { findingsInWords } from '../../../src/report/words.js';
import { auditSample, LAST_RUN } from '../../support/audit-report.js';
import { NOW } from '../../support/html-sample.js';
import { fault, HOSTILE, hostileReport, pair, place, report, withVerdict } from '../../support/report-samples.js';

const SAMPLE = auditSample({ findings: 70, repositories: 40, trend: true });

const text = (made: Report, options: Partial<WriteOptions> = {}): string =>
  [
    ...writeAuditText(presentable(made, 'masked'), {
      colour: false,
      seconds: 93,
      detail: 'full',
      now: NOW,
      ...options,
    }),
  ].join('');

const clean = (findings: Report['findings'], total = 2): Report =>
  withAudit(report(findings), {
    repositories: { total, byState: { scanned: total } },
    notRead: [],
    trend: null,
    lastRunAt: null,
  });

describe('the text of an audit', () => {
  it('begins with the organisation in a few lines', () => {
    const [glance = ''] = text(SAMPLE, { lastRun: LAST_RUN }).split('\n\n');
    expect(glance.split('\n')).toEqual([
      'The organisation at a glance',
      '  40 repositories, 37 read, 3 not or only in part: 35 hold AccessKeys.',
      '  1 source or folder could not be listed whole: what is missing there was not',
      '    read.',
      '  70 AccessKeys: 13 live, 9 not known, 48 off or gone. 2 are root keys.',
      '  The oldest live one was committed 6 years ago, on 2019-06-14.',
      '  8 of the 13 live were used after the commit that leaked them.',
      '  Since the last run of 2026-03-24: 10 new (2 live), 50 still there, 4 rotated,',
      '    6 fixed, 1 gone.',
    ]);
  });

  it('is what `--format text` gives for an audit, and for nothing else', async () => {
    expect(await loadFormat('text', SAMPLE)).toBe(writeAuditText);
    expect(await loadFormat('text', report([]))).not.toBe(writeAuditText);
  });

  it('tells ten findings in full with their repositories, forty in a line each, and counts the rest', () => {
    const written = text(SAMPLE);
    expect(written.match(/^ {10}fingerprint /gm)).toHaveLength(10);
    expect(written).toMatch(/^ {10}https:\/\/github\.com\/acme\/billing-1 config\/oss\.yml:3:5 /m);
    expect(written.match(/^(?:MEDIUM|LOW|HIGH) .* (?:…|github)\S*(?: and \d more)?$/gm)).toHaveLength(40);
    expect(written).toContain('and 20 more (see --format html or json)');
  });

  it('fits eighty columns, but for places, which are copied, and a long state', () => {
    for (const by of [undefined, ...AUDIT_TABLES]) {
      const long = text(SAMPLE, { by })
        .split('\n')
        .filter((line) => columnsOf(line) > 80 && !/ · since | secret on line |^ {10}live, restricted/.test(line));
      expect(long).toEqual([]);
    }
  });

  it.each([
    ['repository', /^repository +live {2}root {2}critical/m],
    ['account', /^1234567890123456 +9 +1 /m],
    ['owner', /^1234567890123456 {2}RAM user alice +2 +5 {2}2025-12-04 {2}ram-write$/m],
    ['age', /^4 years and more +4 /m],
    ['person', /^Alice Wong <alice%20wong@example\.com> +3 +- {2}billing-26 \+3$/m],
    ['trend', / {2}gone +- +github\.com\/acme\/billing-1$/m],
  ] as const)('shows the table by %s when it is asked for', (by, row) => {
    expect(text(SAMPLE, { by })).toMatch(row);
  });

  it('says what was not read and why, and what to do next', () => {
    const written = text(SAMPLE);
    expect(written).toContain('\nNot read, or not whole: 4\n  gitee:acme: Gitee answered 500');
    expect(written).toContain('  github.com/acme/payroll: access denied.\n');
    expect(written).toMatch(/Next: replace the 2 root keys first[\s\S]*\.\n$/);
  });

  it('tells of a repository that was not read whole once, whatever went wrong in it', () => {
    const name = 'https://github.com/acme/payroll';
    const skipped = [
      fault({ target: name, what: null, reason: 'No access.' }),
      fault({ target: name, what: 'e'.repeat(40), reason: 'Gone.' }),
      fault({ target: 'https://github.com/acme/shop', what: 'f'.repeat(40), reason: 'Cut.' }),
    ];
    const written = text(
      withAudit(report([], { skipped }), {
        repositories: { total: 1, byState: { denied: 1 } },
        notRead: [{ name, state: 'denied', reason: 'No access.' }],
        trend: null,
        lastRunAt: null,
      }),
    );
    expect(written.match(/No access\./g)).toHaveLength(1);
    expect(written).toContain(`Incomplete, 1 problem:\n  github.com/acme/shop ${'f'.repeat(40)}: Cut.\n`);
  });

  it('promises nothing of what could not be listed', () => {
    const written = text(
      withAudit(report([]), {
        repositories: { total: 3, byState: { scanned: 3 } },
        notRead: [{ name: 'gitee:acme', state: 'unlisted', reason: 'Gitee answered 500.' }],
        trend: null,
        lastRunAt: null,
      }),
    );
    expect(written.replace(/\n */g, ' ')).toContain(
      '3 repositories, all that were listed read: none that was read holds AccessKeys. 1 source or folder could not be listed whole: what is missing there was not read.',
    );
  });

  it.each([
    ['nothing could be listed', 'unlisted', false, '  No repository was read: none could be listed.\n'],
    ['there was nothing to list', null, false, '  There was no repository to read.\n'],
    ['it was stopped before that', null, true, '  Stopped before any repository was listed.\n'],
  ] as const)('claims to have read nothing where %s', (_, state, interrupted, sentence) => {
    const notRead = state === null ? [] : [{ name: 'gitee:acme', state, reason: null }];
    const facts = { repositories: { total: 0, byState: {} }, notRead, trend: null, lastRunAt: null };
    const made = withAudit(report([], { interrupted }), facts);
    expect(text(made)).toContain(sentence);
    expect(text(made)).not.toMatch(/all read|could not be listed whole/);
    expect(findingsInWords(made.summary)).toBe('No repository was read.');
  });

  it('says how to go on when it was stopped, and not what to do about half of the findings', () => {
    const byState = { scanned: 1 };
    const facts = { repositories: { total: 3, byState }, notRead: [], trend: null, lastRunAt: null };
    const stopped = withAudit(report([pair()], { interrupted: true }), facts);
    expect(text(stopped)).toContain('  3 repositories, 1 read before the end: 1 holds AccessKeys.\n');
    const typed = `akscan audit --resume github:acme --store ${'long/'.repeat(20)}audit.db`;
    expect(text(stopped, { goOn: typed })).toMatch(new RegExp(`\nNext: go on where it was stopped:\n  ${typed}\n$`));
    expect(text(stopped, { goOn: typed })).not.toContain('Next: ask');
    expect(text(stopped, { goOn: null }).replace(/\n/g, ' ')).toMatch(
      /Next: nothing was kept, .* --store FILE it can go on\. $/,
    );
    expect(text(clean([pair()]), { goOn: typed })).not.toContain('--resume');
  });

  it('names the option that shows more of a table', () => {
    expect(text(SAMPLE)).toContain('and 27 more (see --by repository)\n');
    const large = auditSample({ findings: 200, repositories: 160 });
    expect(text(large, { by: 'repository' })).toMatch(/and \d+ more \(see --format html\)\n/);
  });

  it('is short where there is nothing', () => {
    expect(text(clean([]))).toBe(
      'The organisation at a glance\n  2 repositories, all read: none holds AccessKeys.\n\nRead 3 files, 500 bytes in 93 s.\n',
    );
  });

  it('counts nobody as live where nobody was asked, and says how to ask', () => {
    const written = text(clean([pair({ occurrences: [place({ source: 'history', target: 'a' })] })]));
    expect(written).toContain('  1 AccessKey: not known whether live.\n');
    expect(written).toMatch(/^repository {2}critical {2}high {2}medium {2}low$/m);
    const committed = place({ source: 'history', author: 'Ann <a@example.com>', target: 'a' });
    const asked = text(clean([pair({ occurrences: [committed] })]));
    expect(asked).toMatch(/^who committed it +keys {2}in\nAnn <a@example\.com> +1 {2}a$/m);
    expect(written).toMatch(/Next: ask which of them are live with --verify or --probe/);
  });

  it.each([
    ['a live key', { state: 'live' }, 'Next: replace the 1 live key, worst first'],
    ['one nobody could tell of', { state: 'unknown' }, 'Next: find out about the 1 that is not known'],
    ['one that is off', { state: 'disabled' }, 'Next: nothing that was found is live'],
  ] as const)('says what to do next about %s', (_, verdict, next) => {
    expect(text(clean([withVerdict(pair(), verdict)]))).toContain(next);
  });

  it('has nothing but findings with --quiet', () => {
    const written = text(SAMPLE, { detail: 'findings' });
    expect(written).not.toContain('The organisation');
    expect(written).not.toContain('Next:');
    expect(written.match(/fingerprint/g)).toHaveLength(10);
  });

  it('says the last run only where it is handed over', () => {
    expect(text(SAMPLE)).toContain('Since the last run: 10 new');
    expect(text(SAMPLE, { lastRun: 'never' })).toContain('Since the last run: 10 new');
  });

  it.each(HOSTILE)('shows %s as text', (_, attack) => {
    const made = withAudit(hostileReport(attack), {
      repositories: { total: 1, byState: { broken: 1 } },
      notRead: [{ name: attack, state: 'broken', reason: attack }],
      trend: [
        { fingerprint: 'a'.repeat(64), secretSha256: null, accessKeyId: attack, repository: attack, trend: 'gone' },
      ],
      lastRunAt: attack,
    });
    // What is long takes its time in each finding, whichever table stands before them.
    for (const by of attack.length > 10_000 ? ([undefined, 'trend'] as const) : [undefined, ...AUDIT_TABLES]) {
      const written = text(made, { by, lastRun: attack });
      expect(written).not.toMatch(
        /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2066-\u2069\uFEFF]|\p{Surrogate}/u,
      );
    }
  });
});
