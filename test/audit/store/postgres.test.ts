// The same store on a server: what it says is what a file says, with two coordinators at once, and with a server that goes away.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../../src/audit/store/open-store.js';
import { storePlace } from '../../../src/audit/store/place.js';
import type { Store, StorePlace } from '../../../src/audit/store/store.js';
import type { Outcome } from '../../../src/audit/types.js';
import { createKeys } from '../../support/keys.js';
import { inHistory } from '../../support/sightings.js';
import {
  begun,
  collect,
  inMemory,
  KEY,
  namesOf,
  notRead,
  oidsOf,
  question,
  REQUEST,
  read,
  repository,
} from './made.js';
import { buildProgram, startProgram } from './program.js';
import { hasPostgres, type Server, startServer } from './server.js';

const keys = createKeys(2024);
const all = Array.from({ length: 20 }, (_, index) => repository(`r${index}`));
const pairs = Array.from({ length: 6 }, () => [keys.id24(), keys.secret30()] as const);

const outcomesOf = (run: Parameters<typeof read>[0]): readonly Outcome[] =>
  all.map((one, index) => {
    if (index % 7 === 6) return notRead(run, one, 'denied');
    const [id, secret] = pairs[index % pairs.length] ?? ['', ''];
    const path = `a\u0000b/\uD800/${index}.env`;
    const oids = oidsOf(...Array.from({ length: 80 }, (_, object) => `${index % 3}/${object}`));
    const family = {
      id: null,
      hash: 'sha1',
      sample: oids.slice(0, 64),
      verified: namesOf(oids),
      own: namesOf([]),
      hits: [],
    };
    return read(run, one, [inHistory(id, index % 4 === 0 ? null : secret, index, { path })], { family });
  });

describe.runIf(hasPostgres)('a store in PostgreSQL', () => {
  let server: Server;
  let place: StorePlace;

  beforeAll(async () => {
    server = await startServer();
    place = { kind: 'postgres', url: server.url, password: server.password };
  });

  afterAll(() => server?.stop());

  const open = (at = place): Promise<Store> => openStore(at, { env: { AKSCAN_STORE_KEY: KEY }, secrets: 'left-out' });

  it('says to the byte what one in memory says', async () => {
    const answers: string[] = [];
    for (const store of [await open(), await inMemory({ env: { AKSCAN_STORE_KEY: KEY } })]) {
      const first = await begun(store, all);
      const outcomes = outcomesOf(first);
      for (const outcome of outcomes) expect(await store.save(first, outcome)).toBe('saved');
      expect(await store.save(first, outcomes[0] as Outcome)).toBe('known');
      await store.finish(first);
      const run = await begun(store, all.slice(1));
      const pending = await collect(store.pending(run, 'needed'));
      await store.save(run, read(run, all[1] ?? repository(''), []));
      for (const one of all.slice(2)) await store.save(run, notRead(run, one, 'unchanged'));
      const sample = oidsOf(...Array.from({ length: 64 }, (_, object) => `2/${object}`));
      const family = await store.family(question(repository('new'), sample));
      const { entries } = await store.trend(run);
      answers.push(
        JSON.stringify([
          pending,
          (await store.findings(run)).findings,
          await collect(store.facts(run)),
          { ...(await store.totals(run)) },
          entries,
          family && [family.names.toString('hex'), family.hits, family.verify],
        ]),
      );
      await store.finish(run);
      await store.close();
    }
    expect(answers[0]).toBe(answers[1]);
    expect(answers[0]?.length).toBeGreaterThan(10_000);
  });

  it('takes two coordinators that write at once, in processes of their own', async () => {
    const program = await buildProgram();
    const outcomes = (name: string) =>
      Array.from({ length: 30 }, (_, index) => {
        // Every third repository is in both lists.
        const one = repository(index % 3 === 0 ? `shared-${index}` : `${name}-${index}`);
        const oids = oidsOf(...Array.from({ length: 70 }, (__, object) => `both/${object + (index % 5)}`));
        const family = {
          id: null,
          hash: 'sha1',
          sample: oids.slice(0, 64),
          verified: oids.join(''),
          own: '',
          hits: [],
        };
        return {
          ...read({ id: '' } as never, one, [inHistory(pairs[index % 6]?.[0] ?? '', pairs[index % 6]?.[1] ?? '', 1)]),
          family,
        };
      });
    const request = (name: string) => ({ ...REQUEST, sources: [`github:${name}`] });
    const two = ['left', 'right'].map((name) =>
      startProgram(program, [place, outcomes(name), request(name)], { AKSCAN_STORE_KEY: KEY }),
    );
    await Promise.all(two.map(({ end }) => end));
    for (const { said } of two) expect([said.length, said.at(-1)]).toEqual([32, 'done']);
    const store = await open();
    for (const name of ['left', 'right']) {
      const run = await store.unfinished(request(name));
      if (run === null) throw new Error('the run is gone');
      expect((await store.totals(run)).byState).toEqual({ scanned: 30 });
      const { findings } = await store.findings(run);
      expect(findings.map(({ finding }) => finding.occurrences.length)).toEqual(Array.from({ length: 6 }, () => 5));
    }
    // All of them share their objects: whoever came first, they are one family.
    const sample = oidsOf(...Array.from({ length: 64 }, (_, object) => `both/${object}`));
    expect((await store.family(question(repository('new'), sample)))?.names.length).toBe(74 * 20);
    await store.close();
  });

  it('is connected to again when the server comes back, and loses nothing', async () => {
    const store = await open();
    const run = await begun(store, all, { sources: ['gitee:again'] });
    for (const [index, outcome] of outcomesOf(run).entries()) {
      if (index === 5 || index === 11) server.restart();
      expect(await store.save(run, outcome)).toBe('saved');
    }
    expect((await store.totals(run)).byState).toEqual({ scanned: 18, denied: 2 });
    await store.close();
  });

  it('is waited for while the server is away, as one is that starts again on another machine', async () => {
    const store = await open();
    const run = await begun(store, all.slice(0, 1), { sources: ['gitee:away'] });
    server.halt();
    const saving = store.save(run, outcomesOf(run)[0] ?? notRead(run, repository('none'), 'empty'));
    await new Promise((resolve) => setTimeout(resolve, 2_600));
    server.start();
    expect(await saving).toBe('saved');
    await store.close();
  });

  it('says in a sentence that the password is wrong, or missing, and never which', async () => {
    for (const password of ['a wrong password', null]) {
      const refused = await open({ kind: 'postgres', url: server.url, password }).catch((error: unknown) => error);
      expect(String(refused)).toMatch(/^AkscanError: The store at 127\.0\.0\.1:\d+ does not answer as it should: /);
      expect(JSON.stringify(refused)).not.toContain('wrong password');
    }
    const other = openStore(place, { env: { AKSCAN_STORE_KEY: `${KEY} other` }, secrets: 'left-out' });
    await expect(other).rejects.toThrow('another key');
    await expect(openStore(place, { env: {}, secrets: 'left-out' })).rejects.toThrow(
      'AKSCAN_STORE_KEY, which is not set',
    );
  });

  it('is not spoken to in the clear unless that was said', async () => {
    const far = { kind: 'postgres', url: `${server.url}?sslmode=verify-full`, password: server.password } as const;
    await expect(open(far)).rejects.toThrow(/does not support SSL/);
    await expect(open({ ...far, url: `${server.url}?sslmode=prefer` })).rejects.toThrow('says sslmode=prefer');
    await expect(open({ ...far, url: `${server.url}?options=-c` })).rejects.toThrow(
      '"options", which akscan does not know',
    );
  });
});

describe('where a store is', () => {
  it('is a file, memory, or a server', () => {
    expect(storePlace(null, {})).toBeNull();
    expect(storePlace('/x/a.db', {})).toEqual({ kind: 'file', file: '/x/a.db' });
    expect(storePlace(':memory:', {})).toEqual({ kind: 'memory' });
    const url = 'postgres://me@host:5433/db';
    expect(storePlace(url, { PGPASSWORD: 'x' })).toEqual({ kind: 'postgres', url, password: 'x' });
    expect(storePlace(null, { AKSCAN_STORE_URL: 'postgres://me:p%40ss@host/db' })).toEqual({
      kind: 'postgres',
      url: 'postgres://me@host/db',
      password: 'p@ss',
    });
    expect(() => storePlace('mysql://x', {})).toThrow('names no store that akscan knows');
  });

  it('is never a URL with a password in the list of processes', () => {
    for (const flag of ['postgres://me:hunter2@host/db', 'postgresql://host/db?password=hunter2']) {
      const say = (): unknown => storePlace(flag, {});
      expect(say).toThrow('--store holds a password');
      expect(say).not.toThrow('hunter2');
    }
  });
});
