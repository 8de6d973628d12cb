import { describe, expect, it } from 'vitest';
import { type CollectLimits, createCollector } from '../../src/findings/collect.js';
import { sha256 } from '../../src/findings/fingerprint.js';
import type { Finding } from '../../src/findings/model.js';
import type { Sighting } from '../../src/sources/types.js';
import { id24, randomFrom, secret30, stsId, stsSecret } from '../support/keys.js';
import { inHistory, sighting } from '../support/sightings.js';

const collect = (sightings: readonly Sighting[], limits: Partial<CollectLimits> = {}) => {
  const collector = createCollector(limits);
  for (const each of sightings) collector.sighting(each);
  return collector.finish();
};

const findings = (sightings: readonly Sighting[], limits: Partial<CollectLimits> = {}): readonly Finding[] =>
  collect(sightings, limits).findings.map(({ finding }) => finding);

const shuffled = <Item>(items: readonly Item[], seed: number): readonly Item[] => {
  const random = randomFrom(seed);
  return items
    .map((item) => ({ item, by: random() }))
    .sort((a, b) => a.by - b.by)
    .map(({ item }) => item);
};

describe('grouping', () => {
  it('makes one finding of one credential at several places', () => {
    const [id, secret] = [id24(), secret30()];
    const [finding, ...others] = findings([
      sighting(id, secret),
      sighting(id, secret, { path: 'b.env' }),
      sighting(id, secret, { line: 9 }),
    ]);
    expect(others).toEqual([]);
    expect(finding?.occurrences.map(({ path, line }) => `${path}:${line}`)).toEqual([
      'app.env:1',
      'app.env:9',
      'b.env:1',
    ]);
    expect(finding).toMatchObject({ kind: 'pair', severity: 'high', inHead: true, secretSha256: sha256(secret) });
  });

  it('lets places with the ID alone join the pair of that ID', () => {
    const [id, secret] = [id24(), secret30()];
    const found = findings([sighting(id, null, { path: 'link.py' }), sighting(id, secret)]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ kind: 'pair', secret, confidence: 'high' });
    expect(found[0]?.occurrences.map(({ path, secretLine }) => [path, secretLine])).toEqual([
      ['app.env', 2],
      ['link.py', undefined],
    ]);
  });

  it('keeps an ID alone when no secret is known', () => {
    const id = id24();
    expect(findings([sighting(id, null)])).toMatchObject([
      { kind: 'id-only', secret: null, secretSha256: null, severity: 'medium' },
    ]);
  });

  it('gives a lone place of an ID with two claimed secrets to the pair in the same file', () => {
    const [id, right, wrong] = [id24(), secret30(), secret30()];
    const found = findings([
      sighting(id, right, { path: 'a.env' }),
      sighting(id, right, { path: 'a2.env' }),
      sighting(id, wrong, { path: 'b.env' }),
      sighting(id, null, { path: 'b.env', line: 50 }),
      sighting(id, null, { path: 'elsewhere.py' }),
    ]);
    const paths = (secret: string) =>
      found.find((each) => each.secret === secret)?.occurrences.map(({ path, line }) => `${path}:${line}`);
    expect(found).toHaveLength(2);
    expect(paths(wrong)).toEqual(['b.env:1', 'b.env:50']);
    expect(paths(right)).toEqual(['a.env:1', 'a2.env:1', 'elsewhere.py:1']);
  });

  it('keeps the fingerprint when the secret is found later, and changes it for another ID', () => {
    const [id, other, secret] = [id24(), id24(), secret30()];
    const fingerprintOf = (given: Sighting) => findings([given])[0]?.fingerprint;
    expect(fingerprintOf(sighting(id, secret))).toBe(fingerprintOf(sighting(id, null, { path: 'moved.txt', line: 7 })));
    expect(fingerprintOf(sighting(id, secret))).not.toBe(fingerprintOf(sighting(other, secret)));
    expect(fingerprintOf(sighting(null, secret))).toMatch(/^[0-9a-f]{64}$/);
  });

  it('says under which target a place was seen when there are several', () => {
    const [id, secret] = [id24(), secret30()];
    const [finding] = findings([sighting(id, secret, { target: 'two' }), sighting(id, secret, { target: 'one' })]);
    expect(finding?.target).toBe('one');
    expect(finding?.occurrences.map(({ target }) => target)).toEqual([undefined, 'two']);
  });

  it('takes rule and confidence from the surest sighting', () => {
    const [id, secret] = [id24(), secret30()];
    const low = sighting(id, secret, { line: 3, detection: { confidence: 'low', rule: 'a-guess' } });
    expect(findings([low])).toMatchObject([{ confidence: 'low', rule: 'a-guess', severity: 'medium' }]);
    expect(findings([low, sighting(id, secret)])).toMatchObject([{ confidence: 'high', rule: 'alibaba-access-key' }]);
  });

  it('takes the latest of several claims about the end of a temporary key', () => {
    const [id, secret] = [stsId(), stsSecret()];
    const claims = ['2026-01-02T03:04:05Z', undefined, '2026-02-02T03:04:05Z', '2025-01-02T03:04:05Z'];
    const sightings = claims.map((claimedExpiry, index): Sighting => {
      const one = sighting(id, secret, { line: index + 1 });
      return { ...one, detection: { ...one.detection, ...(claimedExpiry === undefined ? {} : { claimedExpiry }) } };
    });
    for (const seed of [1, 2, 3]) {
      expect(findings(shuffled(sightings, seed)).map(({ claimedExpiry }) => claimedExpiry)).toEqual([
        '2026-02-02T03:04:05Z',
      ]);
    }
    expect(findings([sighting(id, secret)])[0]).not.toHaveProperty('claimedExpiry');
  });
});

describe('canonical order', () => {
  it('is independent of the order of arrival', () => {
    const keys = Array.from({ length: 12 }, () => [id24(), secret30()] as const);
    const all = keys.flatMap(([id, secret], index) => [
      sighting(id, secret, { path: `${index % 3}.env`, line: index + 1 }),
      sighting(id, null, { path: 'links.txt', line: index + 1 }),
      inHistory(id, secret, index + 1, { path: `${index % 3}.env`, line: index + 4 }),
      inHistory(id, secret, index + 20, { path: `${index % 3}.env`, line: index + 5 }),
    ]);
    const expected = JSON.stringify(collect(all));
    for (const seed of [1, 2, 3, 4, 5]) expect(JSON.stringify(collect(shuffled(all, seed)))).toBe(expected);
  });

  it('holds when limits are reached', () => {
    const keys = Array.from({ length: 60 }, () => [id24(), secret30()] as const);
    const all = keys.flatMap(([id, secret]) =>
      Array.from({ length: 6 }, (_, index) => sighting(id, secret, { path: `${index}.env` })),
    );
    const limits = { findings: 20, sightings: 4, occurrences: 3, total: 50 };
    const expected = JSON.stringify(collect(all, limits));
    for (const seed of [1, 2, 3, 4, 5])
      expect(JSON.stringify(collect(shuffled(all, seed), limits).findings)).toBe(
        JSON.stringify(JSON.parse(expected).findings),
      );
    expect(collect(all, limits).findings).toHaveLength(20);
  });
});

describe('limits', () => {
  it('says as a fault that there are more findings than are kept', () => {
    const sightings = Array.from({ length: 11 }, (_, line) => sighting(id24(), secret30(), { line: line + 1 }));
    expect(collect(sightings, { findings: 11 }).skipped).toEqual([]);
    const over = collect(sightings, { findings: 10 });
    expect(over.findings).toHaveLength(10);
    expect(over.skipped).toMatchObject([
      { because: 'fault', reason: expect.stringContaining('More than 10 credentials') },
    ]);
    expect(over.skippedCounts).toEqual({ fault: 1, limit: 0 });
  });

  it('counts the places that are not listed', () => {
    const [id, secret] = [id24(), secret30()];
    const many = Array.from({ length: 30 }, (_, line) => sighting(id, secret, { line: line + 1 }));
    const [finding] = findings(many, { occurrences: 10 });
    expect(finding?.occurrences).toHaveLength(10);
    expect(finding?.occurrencesLeftOut).toBe(20);
    const [crowded] = findings(many, { occurrences: 10, sightings: 5 });
    expect(crowded).toMatchObject({ occurrencesLeftOut: 25 });
  });

  it('lists of too many faults and limits those that sort first, in whatever order they came', () => {
    const all = Array.from({ length: 25_000 }, (_, index) => ({
      type: 'skipped' as const,
      schema: 1 as const,
      target: '.',
      what: String(index).padStart(5, '0'),
      reason: 'no.',
      because: index % 25 === 24 ? ('fault' as const) : ('limit' as const),
    }));
    const told = (seed: number) => {
      const collector = createCollector();
      for (const one of shuffled(all, seed)) collector.skipped(one);
      return collector.finish();
    };
    const { skipped, skippedCounts } = told(1);
    expect(skipped).toHaveLength(10_001);
    expect(skipped.filter(({ because }) => because === 'fault')).toHaveLength(1_000);
    expect(skippedCounts).toEqual({ fault: 1_000, limit: 24_000 });
    expect(skipped.at(-1)?.reason).toBe('15000 more like these.');
    expect(told(2)).toEqual(told(1));
  });

  it('counts what was skipped and read', () => {
    const collector = createCollector();
    const skipped = { type: 'skipped', schema: 1, target: '.', what: 'b', reason: 'gone.', because: 'fault' } as const;
    collector.skipped(skipped);
    collector.skipped({ ...skipped, what: 'a', because: 'limit' });
    collector.count({ files: 2, bytes: 10 });
    collector.count({ objects: 3, bytes: 1 });
    collector.note('said once');
    collector.note('said once');
    const { skipped: listed, skippedCounts, counts, notes } = collector.finish();
    expect(listed.map(({ what }) => what)).toEqual(['a', 'b']);
    expect(skippedCounts).toEqual({ fault: 1, limit: 1 });
    expect(counts).toEqual({ files: 2, objects: 3, bytes: 11 });
    expect(notes).toEqual(['said once']);
  });
});
