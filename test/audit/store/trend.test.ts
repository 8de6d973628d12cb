// What became of each credential since the run before.

import { describe, expect, it } from 'vitest';
import type { Run, RunRequest, Store } from '../../../src/audit/store/store.js';
import type { Outcome, Repository } from '../../../src/audit/types.js';
import type { VerdictState } from '../../../src/findings/model.js';
import type { Sighting } from '../../../src/sources/types.js';
import { createKeys } from '../../support/keys.js';
import { inHistory } from '../../support/sightings.js';
import { begun, collect, inMemory, notRead, read, repository } from './made.js';

const keys = createKeys(9);
const [a, b] = [repository('a'), repository('b')];
const pair = () => ({ id: keys.id24(), secret: keys.secret30() });

const at = (
  { id, secret }: { readonly id: string; readonly secret: string | null },
  path: string,
  where: 'head' | 'history' = 'head',
): Sighting =>
  inHistory(id, secret, 1, {
    path,
    provenance: { blob: 'b'.repeat(40), ...(where === 'head' ? { inHead: true } : {}) },
  });

interface Told {
  readonly repositories?: readonly Repository[];
  readonly said?: Readonly<Record<string, VerdictState>>;
  readonly request?: Partial<RunRequest>;
  readonly during?: (run: Run) => Promise<void>;
}

/** A run from beginning to end: its trend by ID. */
const run = async (
  store: Store,
  outcomes: (run: Run) => readonly Outcome[],
  { repositories = [a, b], said = {}, request = {}, during }: Told = {},
): Promise<Readonly<Record<string, string>> | null> => {
  const one = await begun(store, repositories, request);
  await during?.(one);
  for (const outcome of outcomes(one)) expect(await store.save(one, outcome)).toBe('saved');
  const credentials = await collect(store.credentials(one));
  await store.saveVerdicts(
    one,
    credentials.flatMap(({ credential, accessKeyId }) => {
      const state = said[accessKeyId ?? ''];
      return state === undefined ? [] : [{ credential, verdict: { state, how: 'inventory' as const }, verdicts: [] }];
    }),
  );
  const before = await store.trend(one);
  await store.finish(one);
  expect(await store.trend(one)).toEqual(before);
  return before.entries && Object.fromEntries(before.entries.map(({ accessKeyId, trend }) => [accessKeyId, trend]));
};

describe('the trend', () => {
  it('is none without a finished run over the same sources', async () => {
    const store = await inMemory();
    const key = pair();
    const seen = (one: Run) => [read(one, a, [at(key, 'x')]), notRead(one, b, 'empty')];
    const killed = await begun(store, [a, b]);
    for (const outcome of seen(killed)) await store.save(killed, outcome);
    expect(await run(store, seen, { request: { sources: ['gitee:acme'] } })).toBeNull();
    expect(await run(store, seen, { request: { filters: { archived: 'no' } } })).toBeNull();
    expect(await run(store, seen)).toBeNull();
    expect(await run(store, seen)).toEqual({ [key.id]: 'still-there' });
    await store.close();
  });

  it('calls new what no finished run saw', async () => {
    const store = await inMemory();
    const [old, fresh] = [pair(), pair()];
    await run(store, (one) => [read(one, a, [at(old, 'x')]), read(one, b, [])]);
    const killed = await begun(store, [a, b]);
    await store.save(killed, read(killed, a, [at(old, 'x'), at(fresh, 'y')]));
    const seen = (one: Run) => [notRead(one, a, 'unchanged'), read(one, b, [])];
    expect(await run(store, seen)).toEqual({ [old.id]: 'still-there', [fresh.id]: 'new' });
    expect(await run(store, seen)).toEqual({ [old.id]: 'still-there', [fresh.id]: 'still-there' });
    await store.close();
  });

  it('calls gone what no place holds any more, or only one in a repository that a complete list no longer names', async () => {
    const store = await inMemory();
    const [rewritten, dropped, stays] = [pair(), pair(), pair()];
    const all = [at(rewritten, 'x'), at(stays, 'y')];
    await run(store, (one) => [read(one, a, all), read(one, b, [at(dropped, 'z')])]);
    const seen = (one: Run) => [read(one, a, all.slice(1))];
    expect(await run(store, seen, { repositories: [a] })).toEqual({
      [rewritten.id]: 'gone',
      [dropped.id]: 'gone',
      [stays.id]: 'still-there',
    });
    expect(await run(store, seen, { repositories: [a] })).toEqual({ [stays.id]: 'still-there' });
    await store.close();
  });

  it('never calls gone what could not be read', async () => {
    const states = ['denied', 'gone', 'broken', 'too-large'] as const;
    for (const state of states) {
      const store = await inMemory();
      const key = pair();
      await run(store, (one) => [read(one, a, [at(key, 'x')]), read(one, b, [])]);
      const seen = (one: Run) => [notRead(one, a, state), read(one, b, [at(pair(), 'x')])];
      expect(await run(store, seen)).toMatchObject({ [key.id]: 'still-there' });
      expect((await run(store, seen))?.[key.id]).toBe('still-there');
      await store.close();
    }
  });

  it('never calls gone what a half-read repository did not show', async () => {
    const store = await inMemory();
    const [seen, hidden] = [pair(), pair()];
    await run(store, (one) => [read(one, a, [at(seen, 'x'), at(hidden, 'y')]), read(one, b, [])]);
    const half = (one: Run) => [
      read(one, a, [at(seen, 'x')], { state: 'broken', look: null, reason: 'A pack is cut short.' }),
      read(one, b, []),
    ];
    expect(await run(store, half)).toEqual({ [seen.id]: 'still-there', [hidden.id]: 'still-there' });
    await store.close();
  });

  it('never calls gone what a list that was cut short does not name, and goes on knowing it', async () => {
    const store = await inMemory();
    const key = pair();
    await run(store, (one) => [read(one, a, []), read(one, b, [at(key, 'x')])]);
    const cut = async (): Promise<Run> => {
      const one = await store.begin({ sources: ['github:acme'], filters: {}, missing: 'gone', settings: {} });
      await store.listed(one, [a]);
      await store.unlisted(one, { source: 'github:acme', name: null, state: 'fault', reason: 'It broke off.' });
      await store.listingDone(one);
      await store.save(one, read(one, a, []));
      return one;
    };
    for (const _ of [1, 2]) {
      const one = await cut();
      expect((await store.trend(one)).entries).toMatchObject([{ accessKeyId: key.id, trend: 'still-there' }]);
      expect((await store.findings(one)).findings).toHaveLength(1);
      expect((await store.totals(one)).byState).toEqual({ scanned: 1, unlisted: 1 });
      await store.finish(one);
    }
    // A repository that the source itself says is gone leaves the list complete.
    expect(
      await run(store, (one) => [read(one, a, [])], {
        repositories: [a],
        during: (one) => store.unlisted(one, { source: 'github:acme', name: 'b', state: 'gone', reason: 'Gone.' }),
      }),
    ).toEqual({ [key.id]: 'gone' });
    await store.close();
  });

  it('says nothing of repositories that a moving filter leaves out', async () => {
    const store = await inMemory();
    const key = pair();
    const request = { missing: 'left-out' as const };
    await run(store, (one) => [read(one, a, []), read(one, b, [at(key, 'x')])], { request });
    expect(await run(store, (one) => [read(one, a, [])], { repositories: [a], request })).toEqual({});
    await store.close();
  });

  it('calls fixed what was live and is off, once', async () => {
    const store = await inMemory();
    const [off, on, broken] = [pair(), pair(), pair()];
    const all = [off, on, broken].map((key, index) => at(key, `${index}`));
    const seen = (one: Run) => [read(one, a, all), notRead(one, b, 'empty')];
    await run(store, seen, { said: { [off.id]: 'live', [on.id]: 'live', [broken.id]: 'unknown' } });
    // A run that asks nobody forgets nothing.
    const still = { [off.id]: 'still-there', [on.id]: 'still-there', [broken.id]: 'still-there' };
    expect(await run(store, seen)).toEqual(still);
    const said = { [off.id]: 'disabled', [on.id]: 'unknown', [broken.id]: 'deleted' } as const;
    expect(await run(store, seen, { said })).toEqual({ ...still, [off.id]: 'fixed' });
    expect(await run(store, seen, { said })).toEqual(still);
    await store.close();
  });

  it('calls rotated what HEAD holds nowhere and another key has replaced in its place', async () => {
    const store = await inMemory();
    const [old, fresh, removed, beside, elsewhere, other] = [pair(), pair(), pair(), pair(), pair(), pair()];
    await run(store, (one) => [
      read(one, a, [at(old, 'app.env'), at(removed, 'two.env'), at(beside, 'two.env'), at(elsewhere, 'three.env')]),
      read(one, b, [at(elsewhere, 'three.env')]),
    ]);
    const seen = (one: Run) => [
      read(one, a, [
        at(old, 'app.env', 'history'),
        at(fresh, 'app.env'),
        at(removed, 'two.env', 'history'),
        at(beside, 'two.env'),
        at(elsewhere, 'three.env', 'history'),
        at(other, 'three.env'),
      ]),
      notRead(one, b, 'unchanged'),
    ];
    expect(await run(store, seen)).toEqual({
      [old.id]: 'rotated',
      [fresh.id]: 'new',
      // The key that stands there stood there before.
      [removed.id]: 'still-there',
      [beside.id]: 'still-there',
      // Another repository still has it in HEAD.
      [elsewhere.id]: 'still-there',
      [other.id]: 'new',
    });
    expect((await run(store, seen))?.[old.id]).toBe('still-there');
    await store.close();
  });

  it('takes an ID alone for known once its pair is, and its secret for news', async () => {
    const store = await inMemory();
    const { id, secret } = pair();
    await run(store, (one) => [read(one, a, [at({ id, secret: null }, 'x')]), read(one, b, [])]);
    const both = (one: Run) => [notRead(one, a, 'unchanged'), read(one, b, [at({ id, secret }, 'x')])];
    expect(await run(store, both)).toEqual({ [id]: 'new' });
    expect(await run(store, both)).toEqual({ [id]: 'still-there' });
    const third = await begun(store, [a, b]);
    await store.save(third, notRead(third, a, 'unchanged'));
    await store.save(third, read(third, b, []));
    expect(
      (await store.trend(third)).entries?.map(({ secretSha256, trend }) => [secretSha256 === null, trend]),
    ).toEqual([
      [true, 'still-there'],
      [false, 'gone'],
    ]);
    await store.close();
  });
});
