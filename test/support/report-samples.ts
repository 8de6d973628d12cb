// Reports made by hand for tests of formats: ordinary ones, and ones whose every text comes from an enemy.

import type { Finding, Occurrence, Report, Skipped, Verdict } from '../../src/findings/model.js';
import { NOTHING_SUPPRESSED, reportOf } from '../../src/findings/summary.js';
import type { WriteOptions, WriteReport } from '../../src/report/types.js';
import { judged } from '../../src/verdicts.js';
import { findingFor } from '../../src/verify.js';
import { id24, secret30 } from './keys.js';

export const OPTIONS: WriteOptions = { colour: false, seconds: 1.25, detail: 'full' };

export const writtenBy = (write: WriteReport, report: Report, options: Partial<WriteOptions> = {}): string =>
  [...write(report, { ...OPTIONS, ...options })].join('');

export const COMMIT = 'c'.repeat(40);

export const place = (over: Partial<Occurrence> = {}): Occurrence => ({
  source: 'worktree',
  path: 'config/app.yml',
  line: 12,
  column: 5,
  offset: 100,
  encoding: [],
  ...over,
});

/** A pair nobody was asked about, at one place. */
export const pair = (over: Partial<Finding> = {}): Finding => ({
  ...findingFor({ accessKeyId: id24(), secret: secret30(), token: null }),
  rule: 'alibaba-access-key',
  target: '.',
  occurrences: [place()],
  secret: '***',
  ...over,
});

export const withVerdict = (finding: Finding, verdict: Partial<Verdict>): Finding => {
  const whole: Verdict = { state: 'live', how: 'inventory', checkedAt: '2026-01-02T03:04:05Z', ...verdict };
  return judged(finding, whole, [whole]);
};

export const ROOT: Partial<Verdict> = { principal: 'root', account: '1234567890123456' };

/** One finding of each severity. */
export const ofEverySeverity = (): readonly Finding[] => [
  withVerdict(pair(), { state: 'disabled' }),
  { ...pair(), kind: 'id-only', severity: 'medium' },
  pair(),
  withVerdict(pair(), ROOT),
];

export const report = (
  findings: readonly Finding[],
  {
    skipped = [],
    notes = [],
    interrupted = false,
  }: { readonly skipped?: readonly Skipped[]; readonly notes?: readonly string[]; readonly interrupted?: boolean } = {},
): Report =>
  reportOf(
    findings,
    { skipped, skippedCounts: { fault: skipped.length, limit: 0 }, counts: { files: 3, objects: 0, bytes: 500 } },
    { suppressed: NOTHING_SUPPRESSED, notes, interrupted },
  );

export const fault = (over: Partial<Skipped> = {}): Skipped => ({
  type: 'skipped',
  schema: 1,
  target: '.',
  what: 'broken.zip',
  reason: 'The archive is cut.',
  because: 'fault',
  ...over,
});

/** What names, authors and reasons may hold. */
export const HOSTILE: readonly (readonly [string, string])[] = [
  ['control characters', 'a\u0000b\u0007c\u001B[2Jd\u007Fe\u009Bf'],
  ['line breaks', 'a\nb\rc\r\nd\u2028e\u2029f\u0085g'],
  ['marks that turn text around', '\u202Egnp.exe\u2066\u200F'],
  ['the end of CDATA and of a comment', ']]>--><!--<![CDATA['],
  ['a formula', "=cmd|' /C calc'!A0"],
  ['formulas behind blanks', '\t=1+1'],
  ['a workflow command', '\n::error file=x,line=1::owned\n##[error]owned%0A::stop-commands::x'],
  ['HTML', '<script>alert(1)</script><img src=x onerror=alert(1)>&amp;'],
  ['Markdown', '| a | b |\n|---|---|\n`x` [l](http://evil.example) ![i](http://evil.example/i) **b** <b> #1 @everyone'],
  ['links', 'http://evil.example www.evil.example me@evil.example GH-1 org/repo#1'],
  ['quotes', '"\'`“”,;\\'],
  ['lone surrogates', '\uD800a\uDFFFb'],
  ['placeholders', '{0} {{1}} %s %1$s $(id) `id`'],
  ['paths that climb', '../../../../etc/passwd'],
  ['a scheme', 'javascript:alert(1)'],
  ['nothing', ''],
  ['only blanks', '   '],
  ['100 KB', 'x\u0001`|<'.repeat(20_000)],
];

/** `text` in every field that strangers, or a cloud, can fill. */
export const hostileReport = (text: string): Report => {
  const occurrence = place({ path: text, author: text, date: text, commit: text, secretPath: text, refs: [text] });
  const base = pair({ target: text, rule: text, occurrences: [occurrence, place({ ...occurrence, line: 99 })] });
  const asked = withVerdict(base, { ...ROOT, user: text, account: text, arn: text, reason: text, code: text });
  return report(
    [
      { ...asked, meaning: text, next: text },
      { ...pair({ target: text }), meaning: text, next: text },
      { ...withVerdict(pair(), { state: 'unknown', reason: text }), accessKeyId: text },
    ],
    { skipped: [fault({ target: text, what: text, reason: text })], notes: [text] },
  );
};
