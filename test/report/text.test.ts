import { describe, expect, it } from 'vitest';
import { createCollector } from '../../src/findings/collect.js';
import type { Report, Verdict } from '../../src/findings/model.js';
import { NOTHING_SUPPRESSED, reportOf } from '../../src/findings/summary.js';
import { presentable } from '../../src/report/mask.js';
import { writeText } from '../../src/report/text.js';
import type { WriteOptions } from '../../src/report/types.js';
import type { Sighting } from '../../src/sources/types.js';
import { judged } from '../../src/verdicts.js';
import { id24, secret30 } from '../support/keys.js';
import { commitOf, inHistory, sighting } from '../support/sightings.js';

const [id, secret] = [id24(), secret30()];
const UNCHECKED: Verdict = { state: 'unchecked', how: null };

const reportOn = (
  sightings: readonly Sighting[],
  verdict: Verdict = UNCHECKED,
  notes: readonly string[] = [],
): Report => {
  const collector = createCollector();
  for (const each of sightings) collector.sighting(each);
  collector.count({ files: 1234, objects: 54_412, bytes: 1_340_000_000 });
  const collection = collector.finish();
  const findings = collection.findings.map(({ finding }) => judged(finding, verdict, [verdict]));
  return reportOf(findings, collection, {
    suppressed: { ...NOTHING_SUPPRESSED, baseline: 3 },
    notes,
    interrupted: false,
  });
};

const text = (report: Report, options: Partial<WriteOptions> = {}): string =>
  [...writeText(presentable(report, 'masked'), { colour: false, seconds: 3.21, detail: 'full', ...options })].join('');

/** Sentences as they were before they were broken into lines. */
const unwrapped = (out: string): string => out.replace(/\s+/g, ' ');

describe('the text report', () => {
  it('names a staged place once, when the file has it too', () => {
    const place = { target: 'shop', path: 'app.yml', line: 12 };
    const staged = { ...sighting(id, secret, place), source: 'index' } as const;
    expect(
      text(reportOn([{ ...sighting(id, secret, place), source: 'worktree' }, staged])).match(/app\.yml/g),
    ).toHaveLength(1);
    expect(text(reportOn([staged]))).toContain('shop/app.yml:12:5  secret on line 13 · staged');
  });

  it('names what could not be read from where the reader stands', () => {
    const report = reportOn([]);
    const skipped = { type: 'skipped', schema: 1, target: 'shop', because: 'fault' } as const;
    const out = text({
      ...report,
      skipped: [
        { ...skipped, what: 'a/b.env', reason: 'permission denied' },
        { ...skipped, what: 'ab'.repeat(20), reason: 'damaged' },
        { ...skipped, target: 'x/b.env', what: 'b.env', reason: 'permission denied' },
      ],
    });
    expect(out).toContain('  shop/a/b.env: permission denied\n');
    expect(out).toContain(`  ${'ab'.repeat(20)}: damaged\n`);
    expect(out).toContain('  x/b.env: permission denied\n');
  });

  it('says what, where, since when, how bad and what to do', () => {
    const out = text(
      reportOn([
        sighting(id, secret, { target: 'shop', path: 'config/app.yml', line: 12 }),
        inHistory(id, secret, 1, { target: 'shop', path: 'config/app.yml', line: 10 }),
        inHistory(id, secret, 2, { target: 'shop', path: 'config/app.yml', line: 11 }),
      ]),
    );
    expect(out).toContain(`HIGH      ${id}  AccessKey with its secret`);
    expect(out).toContain('shop/config/app.yml:12:5  secret on line 13');
    expect(out).toContain(`since ${commitOf(1).slice(0, 10)} 2020-01-02 Wei Zhang`);
    expect(out).toContain('2 versions');
    expect(out).toContain('→ Treat it as live');
    expect(out.match(/config\/app\.yml/g)).toHaveLength(1);
  });

  it('ends with one line of totals, then what was not shown and not read', () => {
    const report = reportOn([sighting(id, secret)], UNCHECKED, ['something was not read']);
    const fault = {
      type: 'skipped',
      schema: 1,
      target: '.',
      what: 'a.bin',
      reason: 'permission denied',
      because: 'fault',
    } as const;
    const out = text({ ...report, skipped: [fault], summary: { ...report.summary, skipped: { fault: 1, limit: 2 } } });
    expect(out).toContain(
      '1 AccessKey found: 1 high. Read 1,234 files, 54,412 git objects, 1.3 GB in 3.2 s; left out 2.',
    );
    expect(out).toContain('Not shown: 3 by the baseline.');
    expect(out).toContain('Incomplete, 1 problem:\n  a.bin: permission denied');
    expect(out).toContain('note: something was not read');
  });

  it('says so when nothing was found, and only findings when quiet', () => {
    expect(text(reportOn([]))).toContain('No AccessKeys found.');
    expect(text(reportOn([]), { detail: 'findings' })).toBe('');
    expect(text(reportOn([sighting(id, secret)]), { detail: 'findings' })).not.toContain('Read ');
  });

  it('marks a live root key and says how that is known', () => {
    const out = text(
      reportOn([sighting(id, secret)], {
        state: 'live',
        how: 'inventory',
        principal: 'root',
        account: '1234567890123456',
        secretProven: false,
        lastUsed: '2026-01-02T03:04:05Z',
        lastUsedService: 'Oss',
      }),
    );
    expect(out).toContain('CRITICAL');
    expect(out).toContain('live, ROOT key of account 1234567890123456');
    expect(unwrapped(out)).toContain(
      'inventory on; last used 2026-01-02 03:04 UTC (Oss); the secret was not tried Only its ID was looked up:',
    );
    expect(out).toContain('1 critical (1 live, 1 root)');
  });

  it('puts the worst first', () => {
    const other = id24();
    const report = reportOn([sighting(other, null, { path: 'a' }), sighting(id, secret, { path: 'b' })]);
    const out = text(report);
    expect(out.indexOf(id)).toBeLessThan(out.indexOf(other));
  });

  it('lists few of many places and says how many more there are', () => {
    const out = text(reportOn(Array.from({ length: 40 }, (_, line) => sighting(id, secret, { line: line + 1 }))));
    expect(out).toContain('and 34 more places');
  });

  it('lets no file name, author or note reach the terminal raw', () => {
    const evil = 'a\u001B[2Jb\nc\u202E';
    const provenance = { blob: 'b'.repeat(40), author: `${evil} <x@y>`, commit: 'c'.repeat(40) };
    const out = text(
      reportOn(
        [inHistory(id, secret, 1, { path: evil, provenance })],
        { ...UNCHECKED, state: 'unknown', reason: evil },
        [evil],
      ),
    );
    expect(out).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u202E]/);
    expect(out).toContain('a\\u{1b}[2Jb\\u{a}c\\u{202e}');
  });

  it('colours only when told to', () => {
    const report = reportOn([sighting(id, secret)]);
    expect(text(report, { colour: true })).toContain('\u001B[');
    expect(text(report)).not.toContain('\u001B[');
  });
});
