// Saving and going on: once, whole, and nothing for which nobody asked.

import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Run } from '../../../src/audit/store/store.js';
import { createKeys } from '../../support/keys.js';
import { inHistory } from '../../support/sightings.js';
import { begun, collect, inFile, inMemory, KEY, notRead, REQUEST, read, repository, temporary } from './made.js';

const keys = createKeys(31);
const [a, b, c] = [repository('a', { sizeKb: 5 }), repository('b', { sizeKb: 700 }), repository('c', { sizeKb: null })];
const pair = () => inHistory(keys.id24(), keys.secret30(), 1);
const ids = (pending: readonly { readonly repository: { readonly id: string } }[]) =>
  pending.map(({ repository: { id } }) => id);

describe('an outcome', () => {
  it('is saved once: the first one stays', async () => {
    const store = await inMemory();
    const run = await begun(store, [a]);
    expect(await store.save(run, read(run, a, [pair()]))).toBe('saved');
    expect(await store.save(run, read(run, a, []))).toBe('known');
    expect(await store.save(run, notRead(run, a, 'empty'))).toBe('known');
    expect((await store.findings(run)).findings).toHaveLength(1);
    await store.close();
  });

  it('of another run, or of a repository that is not listed, is refused', async () => {
    const store = await inMemory();
    const old = await begun(store, [a]);
    const run = await begun(store, [a]);
    expect(await store.save(run, read(old, a, [pair()]))).toBe('refused');
    expect(await store.save(run, read(run, b, [pair()]))).toBe('refused');
    expect((await store.findings(run)).findings).toEqual([]);
    await store.close();
  });

  it('replaces what the repository had; unchanged keeps it; empty leaves nothing', async () => {
    const store = await inMemory();
    const states = [
      [(run: Parameters<typeof read>[0]) => read(run, a, [pair(), pair()]), 2],
      [(run: Parameters<typeof read>[0]) => notRead(run, a, 'unchanged'), 2],
      [(run: Parameters<typeof read>[0]) => read(run, a, [pair()]), 1],
      [(run: Parameters<typeof read>[0]) => notRead(run, a, 'denied'), 1],
      [(run: Parameters<typeof read>[0]) => notRead(run, a, 'empty'), 0],
    ] as const;
    for (const [outcome, count] of states) {
      const run = await begun(store, [a]);
      await store.save(run, outcome(run), 3);
      expect((await store.findings(run)).findings).toHaveLength(count);
      const [row] = await collect(store.repositories(run));
      expect(row).toMatchObject({
        state: outcome(run).state,
        reason: outcome(run).reason,
        findings: count,
        attempts: 3,
      });
      await store.finish(run);
    }
    await store.close();
  });

  it('gives the next run what it looked like', async () => {
    const store = await inMemory();
    const first = await begun(store, [a, b, c]);
    await store.save(first, read(first, a, []));
    await store.save(first, read(first, b, [], { look: null }));
    await store.save(first, notRead(first, c, 'empty', { look: 'empty' }));
    await store.finish(first);
    const run = await begun(store, [a, b, c]);
    const pending = await collect(store.pending(run, 'not needed'));
    // Large ones first.
    expect(ids(pending)).toEqual(ids([{ repository: b }, { repository: a }, { repository: c }]));
    const last = { look: `look of ${a.id}`, detection: 'detection 1', settings: 'settings 1' };
    expect(pending.map((one) => one.last)).toEqual([null, last, null]);
    expect(await store.lastScan(a.id)).toEqual(last);
    expect(await store.lastScan('nobody')).toBeNull();
    await store.close();
  });
});

describe('a run', () => {
  it('is gone on with when it is the latest over its sources and was not finished', async () => {
    const store = await inMemory();
    expect(await store.unfinished(null)).toBeNull();
    const request = { ...REQUEST, sources: ['gitlab:x', 'dir:/y'], settings: { threads: 2, sinks: ['text'] } };
    const killed = await begun(store, [a, b], request);
    await store.save(killed, read(killed, a, []));
    const turned = { sources: ['dir:/y', 'gitlab:x', 'dir:/y'], filters: {} };
    const again = await store.unfinished(turned);
    expect(again).toEqual({ ...killed, listed: true });
    if (again === null) return;
    expect(ids(await collect(store.pending(again, 'not needed')))).toEqual([b.id]);
    expect(await store.unfinished({ sources: ['gitlab:x'], filters: {} })).toBeNull();
    await store.save(again, read(again, b, []));
    await store.finish(again);
    await store.finish(again);
    expect(await store.unfinished(turned)).toBeNull();
    expect(await store.unfinished(null)).toBeNull();
    await store.close();
  });

  it('lists anew what was cut off, and forgets what could not be listed then', async () => {
    const store = await inMemory();
    const run = await store.begin(REQUEST);
    await store.listed(run, [a, a]);
    await store.unlisted(run, { source: 'github:acme', name: 'x', state: 'denied', reason: 'No.' });
    expect(await store.unlistedOf(run)).toHaveLength(1);
    await store.listAnew(run);
    await store.listed(run, [a, b]);
    await store.listingDone(run);
    expect(await store.unlistedOf(run)).toEqual([]);
    expect((await store.totals(run)).byState).toEqual({ pending: 2 });
    await store.close();
  });

  it('reads again, to probe, what holds a secret that is not at hand', async () => {
    const store = await inMemory();
    const first = await begun(store, [a, b, c]);
    const [known, asked] = [pair(), pair()];
    await store.save(first, read(first, a, [known]));
    await store.save(first, read(first, b, [inHistory(keys.id24(), null, 1)]));
    await store.save(first, read(first, c, [asked]));
    await store.finish(first);
    // As another process would see it: nothing is at hand.
    const needs = async (run: typeof first) =>
      (await collect(store.pending(run, 'needed'))).map(({ repository: { id }, last }) => [id, last === null]);
    const run = await begun(store, [a, b, c]);
    expect(await needs(run)).toEqual([
      [b.id, false],
      [a.id, false],
      [c.id, false],
    ]);
    await store.close();
  });

  it('reads again, to probe, what was only looked up, and never for what nobody is asked about', async () => {
    const file = path.join(temporary(), 'audit.db');
    const [looked, probed, foreign] = [pair(), pair(), pair()];
    const rule = { ...foreign, detection: { ...foreign.detection, rule: 'my-own-rule' } };
    let store = await inFile(file);
    const run = await begun(store, [a, b, c]);
    for (const [one, key] of [
      [a, looked],
      [b, probed],
      [c, rule],
    ] as const)
      await store.save(run, read(run, one, [key]));
    const how = new Map([
      [looked.detection.accessKeyId, 'inventory' as const],
      [probed.detection.accessKeyId, 'probe' as const],
    ]);
    const said = (await collect(store.credentials(run))).flatMap(({ credential, accessKeyId }) => {
      const way = how.get(accessKeyId);
      const verdict = { state: 'live' as const, how: way ?? null };
      return way === undefined ? [] : [{ credential, verdict, verdicts: [verdict] }];
    });
    await store.saveVerdicts(run, said);
    await store.close();
    // Another process has nothing at hand.
    store = await inFile(file);
    expect((await collect(store.pending(run, 'needed'))).map(({ repository: { id } }) => id)).toEqual([a.id]);
    await store.close();
  });

  it('reads again what holds secrets that are to be stored from now on, once', async () => {
    const file = path.join(temporary(), 'audit.db');
    const env = { AKSCAN_STORE_KEY: KEY };
    const before = await inFile(file, { env });
    const first = await begun(before, [a, b]);
    await before.save(first, read(first, a, [pair()]));
    await before.save(first, read(first, b, []));
    await before.finish(first);
    await before.close();
    const store = await inFile(file, { env, secrets: 'sealed' });
    const needs = async (run: Run) =>
      (await collect(store.pending(run, 'not needed'))).map(({ repository: { id }, last }) => [id, last === null]);
    const run = await begun(store, [a, b]);
    expect(new Map((await needs(run)) as [string, boolean][])).toEqual(
      new Map([
        [a.id, true],
        [b.id, false],
      ]),
    );
    await store.save(run, read(run, a, [pair()]));
    await store.save(run, notRead(run, b, 'unchanged'));
    await store.finish(run);
    const next = await begun(store, [a, b]);
    expect((await needs(next)).map(([, isNew]) => isNew)).toEqual([false, false]);
    await store.close();
  });

  it('adds up what was read, also of what is unchanged, under the names of today', async () => {
    const store = await inMemory();
    const first = await begun(store, [a, b]);
    const skipped = { type: 'skipped', schema: 1, target: a.name, what: 'x', reason: 'Too large.', because: 'limit' };
    const more = {
      skipped: [skipped as never],
      skippedCounts: { fault: 0, limit: 1 },
      counts: { files: 1, objects: 20, bytes: 300 },
      notes: ['A note.'],
      suppressed: { allow: 0, ignore: 2, baseline: 0, confidence: 0 },
    };
    await store.save(first, read(first, a, [], more));
    await store.save(first, read(first, b, [], more));
    await store.finish(first);
    const renamed = { ...a, name: 'https://forge.example/renamed' };
    const run = await begun(store, [renamed, b]);
    await store.save(run, notRead(run, renamed, 'unchanged'));
    await store.save(run, notRead(run, b, 'broken'));
    expect(await store.totals(run)).toEqual({
      ...more,
      skipped: [{ ...skipped, target: renamed.name }],
      repositories: 2,
      byState: { unchanged: 1, broken: 1 },
    });
    await store.close();
  });
});
