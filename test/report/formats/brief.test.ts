import { describe, expect, it } from 'vitest';
import { createCollector } from '../../../src/findings/collect.js';
import type { Report } from '../../../src/findings/model.js';
import { NOTHING_SUPPRESSED, reportOf } from '../../../src/findings/summary.js';
import { writeBrief } from '../../../src/report/formats/brief.js';
import { presentable } from '../../../src/report/mask.js';
import type { Sighting } from '../../../src/sources/types.js';
import { createKeys } from '../../support/keys.js';
import { sighting } from '../../support/sightings.js';

const keys = createKeys(10);

const reportOn = (sightings: readonly Sighting[], faults: readonly string[] = []): Report => {
  const collector = createCollector();
  for (const each of sightings) collector.sighting(each);
  for (const what of faults)
    collector.skipped({ type: 'skipped', schema: 1, target: '.', what, reason: 'damaged', because: 'fault' });
  const collection = collector.finish();
  return reportOf(
    collection.findings.map(({ finding }) => finding),
    collection,
    { suppressed: NOTHING_SUPPRESSED, notes: ['a note'], interrupted: false },
  );
};

const brief = (report: Report, ends: number): string =>
  [...writeBrief(presentable(report, 'masked'), { colour: false, seconds: 1, detail: 'full', ends })].join('');

const staged = (path: string, id = keys.id24(), secret: string | null = keys.secret30()): Sighting => ({
  ...sighting(id, secret, { target: '.', path, line: 3 }),
  source: 'index',
});

describe('the brief report', () => {
  it('is empty when there is nothing to say', () => {
    expect(brief(reportOn([]), 0)).toBe('');
  });

  it('names the place, the short ID and the ways out, and never a character of the secret', () => {
    const [id, secret] = [keys.id24(), keys.secret30()];
    const out = brief(reportOn([staged('app.yml', id, secret)]), 1);
    expect(out).toContain('this commit adds 1 AccessKey, so it is refused.');
    expect(out).toContain(`app.yml:3:5  ${id.slice(0, 8)}…${id.slice(-4)}`);
    for (const way of ['akscan:allow REASON', 'akscan ignore', 'take it out']) expect(out).toContain(way);
    expect(out).not.toContain(secret.slice(0, 8));
    expect(out).not.toContain(id);
  });

  it.each([
    [1, 0],
    [5, 0],
    [40, 0],
    [40, 40],
    [0, 40],
  ])('is of ten lines at most: %i keys, %i faults', (found, faults) => {
    const report = reportOn(
      Array.from({ length: found }, (_, index) => staged(`${index}.yml`)),
      Array.from({ length: faults }, (_, index) => `bad-${index}`),
    );
    const lines = brief(report, faults > 0 ? 2 : 1)
      .trimEnd()
      .split('\n');
    expect(lines.length).toBeLessThanOrEqual(10);
    if (found > 4) expect(lines.some((line) => /and \d+ more/.test(line))).toBe(true);
  });

  it('says that an ID alone stops nothing, and shows no way out of that', () => {
    const out = brief(reportOn([staged('app.yml', keys.id24(), null)]), 0);
    expect(out).toContain('nothing is refused');
    expect(out).not.toContain('ways out');
  });

  it('keeps to its lines whatever a file is called', () => {
    const out = brief(reportOn([staged('a\nb\u001b[31m\u202e.yml')]), 1);
    expect(out.split('\n')).toHaveLength(7);
    expect(out).not.toMatch(/[\u001b\u202e]/);
  });
});
