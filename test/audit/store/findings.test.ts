// Findings over all repositories: what one repository's scan says, said once for each credential, whatever came first.

import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/audit/types.js';
import { createCollector } from '../../../src/findings/collect.js';
import { createKeys, randomFrom } from '../../support/keys.js';
import { inHistory, sighting } from '../../support/sightings.js';
import { begun, collect, inMemory, notRead, read, repository } from './made.js';

const keys = createKeys(811);

describe('findings of one repository', () => {
  it('are to the byte those of its scan, without the secret', async () => {
    const store = await inMemory();
    const one = repository('one');
    const run = await begun(store, [one]);
    const seen = [
      ...[1, 2, 3].map((version) => inHistory(keys.id24(), keys.secret30(), version, { path: `app/${version}.env` })),
      inHistory(keys.id24(), null, 4, { provenance: { blob: 'b'.repeat(40), inHead: true } }),
      inHistory(null, keys.secret30(), 5, { provenance: { blob: 'c'.repeat(40), unreachable: true } }),
      sighting(keys.id24(), keys.secret30(), {
        source: 'message',
        path: null,
        detection: { token: keys.stsToken(), kind: 'sts', claimedExpiry: '2020-01-01T00:00:00Z' },
      }),
    ];
    await store.save(run, read(run, one, seen));
    const collector = createCollector();
    for (const each of seen) collector.sighting({ ...each, target: one.name });
    const alone = collector.finish().findings.map(({ finding, allowed }) => ({
      finding: { ...finding, secret: null, token: finding.token === null ? null : '***' },
      allowed,
    }));
    const { findings } = await store.findings(run);
    expect(JSON.stringify(findings.map(({ finding, allowed }) => ({ finding, allowed })))).toBe(JSON.stringify(alone));
    expect(findings).toHaveLength(6);
    await store.close();
  });

  it('hold a text that no database would take', async () => {
    const store = await inMemory();
    const one = repository('one');
    const run = await begun(store, [one]);
    const path = 'a\u0000b/\uD800/\u{1F511}/%00/\u2028';
    await store.save(run, read(run, one, [inHistory(keys.id24(), keys.secret30(), 1, { path })]));
    const [stored] = (await store.findings(run)).findings;
    expect(stored?.finding.occurrences[0]?.path).toBe(path);
    await store.close();
  });
});

describe('findings over repositories', () => {
  it('are one for each credential, with the places of all, allowed only where all allow it', async () => {
    const store = await inMemory();
    const [a, b] = [repository('a'), repository('b')];
    const run = await begun(store, [a, b]);
    const [id, secret] = [keys.id24(), keys.secret30()];
    await store.save(run, read(run, b, [inHistory(id, secret, 1, { detection: { allow: 'a sample' } })]));
    expect((await store.findings(run)).findings[0]?.allowed).toBe(true);
    await store.save(run, read(run, a, [inHistory(id, secret, 2)]));
    const { findings } = await store.findings(run);
    expect(findings.map(({ allowed, finding: { target, occurrences } }) => ({ allowed, target, occurrences }))).toEqual(
      [
        {
          allowed: false,
          target: a.name,
          occurrences: [
            expect.not.objectContaining({ target: expect.anything() }),
            expect.objectContaining({ target: b.name }),
          ],
        },
      ],
    );
    await store.close();
  });

  it('give an ID alone to the one pair of that ID, and to none of two', async () => {
    const store = await inMemory();
    const all = ['a', 'b', 'c'].map((name) => repository(name));
    const [a, b, c] = all as [(typeof all)[0], (typeof all)[0], (typeof all)[0]];
    const run = await begun(store, all);
    const id = keys.id24();
    await store.save(run, read(run, a, [inHistory(id, keys.secret30(), 1)]));
    await store.save(run, read(run, b, [inHistory(id, null, 2)]));
    const [joined, ...none] = (await store.findings(run)).findings;
    expect(none).toEqual([]);
    expect(joined?.finding).toMatchObject({ kind: 'pair', occurrences: [{}, { target: b.name }] });
    await store.save(run, read(run, c, [inHistory(id, keys.secret30(), 3)]));
    expect((await store.findings(run)).findings.map(({ finding }) => finding.kind).sort()).toEqual([
      'id-only',
      'pair',
      'pair',
    ]);
    await store.close();
  });

  it('list a thousand places, of each repository one, and count the rest', async () => {
    const store = await inMemory();
    const large = repository('large');
    const small = Array.from({ length: 30 }, (_, index) => repository(`small-${index}`));
    const run = await begun(store, [large, ...small]);
    const [id, secret] = [keys.id24(), keys.secret30()];
    const places = (count: number) =>
      Array.from({ length: count }, (_, index) => inHistory(id, secret, index, { path: `${index}.env` }));
    await store.save(run, read(run, large, places(1500)));
    for (const one of small) await store.save(run, read(run, one, places(2)));
    const [stored] = (await store.findings(run)).findings;
    const { occurrences = [], occurrencesLeftOut, target } = stored?.finding ?? {};
    expect(occurrences).toHaveLength(1000);
    expect(occurrencesLeftOut).toBe(560);
    const count = (name: string): number => occurrences.filter((place) => (place.target ?? target) === name).length;
    expect(count(large.name)).toBe(940);
    expect(small.map(({ name }) => count(name))).toEqual(small.map(() => 2));
    await store.close();
  });

  it('are the same bytes however outcomes arrive, twice or killed between', async () => {
    const reports = new Set<string>();
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const made = createKeys(4711);
      const pairs = Array.from({ length: 12 }, () => [made.id24(), made.secret30()] as const);
      const random = randomFrom(seed);
      const store = await inMemory();
      const all = Array.from({ length: 25 }, (_, index) => repository(`r${index}`));
      const run = await begun(store, all);
      const outcomes: Outcome[] = all.map((one, index) => {
        const seen = pairs
          .filter((_, pair) => (index * 7 + pair * 5) % 4 === 0)
          .flatMap(([id, secret], pair) => [
            inHistory(id, (index + pair) % 3 === 0 ? null : secret, index, { path: `${index % 3}.env` }),
            inHistory(id, secret, index + 1, {
              path: `${pair}.env`,
              provenance: { blob: 'd'.repeat(40), inHead: true },
            }),
          ]);
        return index % 9 === 8 ? notRead(run, one, 'denied') : read(run, one, seen);
      });
      outcomes.sort(() => random() - 0.5);
      for (const outcome of outcomes) {
        expect(await store.save(run, outcome)).toBe('saved');
        if (random() < 0.3) expect(await store.save(run, outcome)).toBe('known');
      }
      const { findings } = await store.findings(run);
      reports.add(JSON.stringify(findings.map(({ finding, allowed }) => ({ finding, allowed }))));
      expect(findings.length).toBeGreaterThan(5);
      await store.close();
    }
    expect(reports.size).toBe(1);
  });

  it('call a repository by the name that this run’s list gives it', async () => {
    const store = await inMemory();
    const before = repository('old-name');
    const first = await begun(store, [before]);
    await store.save(first, read(first, before, [inHistory(keys.id24(), keys.secret30(), 1)]));
    await store.finish(first);
    const now = { ...repository('new-name'), id: before.id };
    const second = await begun(store, [now]);
    await store.save(second, notRead(second, now, 'unchanged'));
    const [stored] = (await store.findings(second)).findings;
    expect(stored?.finding.target).toBe(now.name);
    await store.close();
  });
});

describe('facts', () => {
  it('say where, since when and by whom, and whether it was read', async () => {
    const store = await inMemory();
    const [a, b] = [repository('a'), repository('b')];
    const first = await begun(store, [a, b]);
    const [id, secret] = [keys.id24(), keys.secret30()];
    const by = (author: string, date: string) => ({
      provenance: { blob: author.padEnd(40, '0'), author, date, inHead: true },
    });
    const seen = [
      inHistory(id, secret, 1, { path: 'one', ...by('Ann', '2024-01-01T00:00:00+08:00') }),
      inHistory(id, secret, 2, { path: 'two', ...by('Bob', '2022-01-01T00:00:00Z') }),
    ];
    await store.save(first, read(first, a, seen));
    await store.save(first, read(first, b, seen.slice(1)));
    await store.finish(first);
    const run = await begun(store, [a, b]);
    await store.save(run, notRead(run, a, 'unchanged'));
    await store.save(run, notRead(run, b, 'denied'));
    const facts = await collect(store.facts(run));
    const brief = facts.map(({ repository: { id }, places, firstDate, lastDate, authors, inHead, read }) => ({
      id,
      places,
      firstDate,
      lastDate,
      authors,
      inHead,
      read,
    }));
    const [early, late] = ['2022-01-01T00:00:00Z', '2024-01-01T00:00:00+08:00'];
    expect(brief.sort((x, y) => (x.id < y.id ? -1 : 1))).toEqual([
      { id: a.id, places: 2, firstDate: early, lastDate: late, authors: ['Ann', 'Bob'], inHead: true, read: true },
      { id: b.id, places: 1, firstDate: early, lastDate: early, authors: ['Bob'], inHead: true, read: false },
    ]);
    const credentials = await collect(store.credentials(run));
    expect(credentials).toMatchObject([{ accessKeyId: id, secret: null, firstDate: early }]);
    await store.close();
  });
});
