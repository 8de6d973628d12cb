import { describe, expect, it } from 'vitest';
import { createCollector } from '../../src/findings/collect.js';
import { parseIgnoreFile } from '../../src/findings/ignore-file.js';
import { type Suppressions, suppress } from '../../src/findings/suppress.js';
import type { Sighting } from '../../src/sources/types.js';
import { id24, secret30 } from '../support/keys.js';
import { sighting } from '../support/sightings.js';

const [id, secret] = [id24(), secret30()];

const run = (sightings: readonly Sighting[], ignore = '', options: Partial<Suppressions> = {}) => {
  const collector = createCollector();
  for (const each of sightings) collector.sighting(each);
  return suppress(collector.finish().findings, {
    minConfidence: 'medium',
    allowComments: 'honour',
    ignore: parseIgnoreFile(ignore, '.akscanignore'),
    ignoreFile: '.akscanignore',
    baseline: new Set(),
    pathOf: (_, { path }) => path,
    today: '2026-06-01',
    coverage: 'whole',
    ...options,
  });
};

const fingerprint = async (): Promise<string> => (await run([sighting(id, secret)])).findings[0]?.fingerprint ?? '';
const NOTHING = { allow: 0, ignore: 0, baseline: 0, confidence: 0 };

describe('what is not shown', () => {
  it('is counted by its reason', async () => {
    const name = await fingerprint();
    const low = sighting(id, secret, { detection: { confidence: 'low' } });
    expect(await run([low])).toMatchObject({ findings: [], suppressed: { ...NOTHING, confidence: 1 } });
    const allowed = sighting(id, secret, { detection: { allow: '' } });
    expect(await run([allowed])).toMatchObject({ findings: [], suppressed: { ...NOTHING, allow: 1 } });
    expect(await run([sighting(id, secret)], `${name} why`)).toMatchObject({
      findings: [],
      suppressed: { ...NOTHING, ignore: 1 },
    });
    expect(await run([sighting(id, secret)], '', { baseline: new Set([name]) })).toMatchObject({
      findings: [],
      suppressed: { ...NOTHING, baseline: 1 },
    });
  });

  it('leaves out nothing else', async () => {
    const other = sighting(id24(), secret30());
    const shown = await run([sighting(id, secret), other], `${(await fingerprint()).slice(0, 16)} why`);
    expect(shown.findings.map(({ accessKeyId }) => accessKeyId)).toEqual([other.detection.accessKeyId]);
    expect(shown.notes).toEqual([]);
  });

  it('does not include allow comments when the configuration forbids them', async () => {
    const allowed = sighting(id, secret, { detection: { allow: 'made up' } });
    expect((await run([allowed], '', { allowComments: 'forbid' })).findings).toHaveLength(1);
  });
});

describe('an ignore entry', () => {
  it('with a path accepts a finding only when it covers every place', async () => {
    const entry = `${await fingerprint()} path:docs/** sample`;
    const documented = sighting(id, secret, { path: 'docs/a/b.md' });
    expect((await run([documented], entry)).findings).toHaveLength(0);
    expect((await run([documented, sighting(id, secret)], entry)).findings).toHaveLength(1);
  });

  it('counts on its last day and no longer; then it is noted', async () => {
    const name = await fingerprint();
    expect((await run([sighting(id, secret)], `${name} expires:2026-06-01 why`)).findings).toHaveLength(0);
    const expired = await run([sighting(id, secret)], `# x\n${name} expires:2026-05-31 why`);
    expect(expired.findings).toHaveLength(1);
    expect(expired.notes).toEqual([
      `.akscanignore:2: the entry for ${name.slice(0, 16)} expired on 2026-05-31 and no longer counts.`,
    ]);
  });

  it('that matches nothing is noted as stale, but not when only a part was read', async () => {
    const stale = `${'ab'.repeat(32)} gone`;
    expect((await run([sighting(id, secret)], stale)).notes).toEqual([
      '.akscanignore:1: the entry for abababababababab matches nothing any more; remove it.',
    ]);
    expect((await run([sighting(id, secret)], stale, { coverage: 'partial' })).notes).toEqual([]);
  });
});
