// The making of a key against the simulated cloud, with a place that fails when it is told to.

import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openAuditors } from '../../../src/cloud/auditor.js';
import { resolveEndpoints } from '../../../src/cloud/endpoints.js';
import { createSession } from '../../../src/cloud/session.js';
import { createControls } from '../../../src/contain/cloud-controls.js';
import { type Log, openLog, readLog } from '../../../src/contain/log.js';
import { changesIn } from '../../../src/contain/restore.js';
import { createUserKeys } from '../../../src/contain/rotate/keys.js';
import { type Made, makeKey } from '../../../src/contain/rotate/make.js';
import type { SecretPlace } from '../../../src/contain/rotate/place.js';
import { finishCreations, unfinishedCreations } from '../../../src/contain/rotate/recover.js';
import { faults } from '../../../src/simulator/faults.js';
import type { Call, Fault } from '../../../src/simulator/world.js';
import { endpointsOf, isolate, QUICK, simulate, useCredentials } from '../../support/verifying.js';
import { newKey, newUser, testCloud } from '../../support/world.js';

isolate();

interface FakePlace extends SecretPlace {
  readonly got: string[];
  discarded: number;
}

const placeThat = (fail: string | null): FakePlace => {
  const place: FakePlace = {
    kind: 'file',
    name: 'the file new.json',
    got: [],
    discarded: 0,
    put: async (text) => {
      if (fail !== null) throw new Error(fail);
      place.got.push(text);
    },
    discard: () => {
      place.discarded += 1;
    },
  };
  return place;
};

const opened = async () => {
  const cloud = testCloud();
  const [admin, old] = [newKey(), newKey()];
  const shop = newUser('shop', { id: '290000000000000055', keys: [old] });
  cloud.account.users.push(newUser('admin', { id: '290000000000000066', keys: [admin], allow: ['*'] }), shop);
  const { url, requests } = await simulate(cloud.world);
  useCredentials(admin);
  const signal = new AbortController().signal;
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'akscan-make-')), 'log');
  const owner = {
    kind: 'user',
    account: cloud.account.uid,
    user: 'shop',
    userId: shop.id,
    principalName: null,
  } as const;
  const auditorOf = async () => {
    const fault = cloud.world.fault;
    cloud.world.fault = undefined;
    const pace = { ...QUICK, totalMs: 100, connectMs: 100, patienceMs: 20 };
    const [auditor] = await openAuditors(createSession(resolveEndpoints(endpointsOf(url), {}), signal, pace), []);
    cloud.world.fault = fault;
    if (auditor === undefined) throw new Error('no auditor');
    return auditor;
  };
  const make = async (place: SecretPlace, wrap: (log: Log) => Log = (log) => log): Promise<Made> => {
    const auditor = await auditorOf();
    const log = openLog({ file, run: 'r', now: () => new Date() });
    const patience = { rereadMs: [1], attempts: 2, wait: async () => {} };
    const keys = createUserKeys(auditor);
    try {
      const making = { key: old.id, owner, keys, controls: createControls(auditor), place, patience, signal };
      return await makeKey({ ...making, log: wrap(log) });
    } finally {
      log.close();
    }
  };
  const created = () => requests.filter(({ action }) => action === 'CreateAccessKey').length;
  return { cloud, shop, old, make, created, file, auditorOf };
};

const on =
  (action: string, fault: (call: Call) => Fault) =>
  (call: Call): Fault | null =>
    call.action === action ? fault(call) : null;

describe('makeKey', () => {
  it('is sent once whatever befalls it, and never says that no key was made where one was', async () => {
    const { cloud, shop, old, make, created } = await opened();
    const wrong: string[] = [];
    for (const { name, group, fault } of faults) {
      for (const late of [false, true]) {
        shop.keys.splice(0, shop.keys.length, old);
        cloud.world.fault = on('CreateAccessKey', (call) => {
          const instead = fault(call);
          const isWhole = instead.kind === 'after' || instead.kind === 'clock' || instead.kind === 'gzip';
          return late && !isWhole ? { kind: 'after', instead } : instead;
        });
        const place = placeThat(null);
        const before = created();
        const made = await make(place);
        const isThere = shop.keys.length > 1;
        const isTold = made.kind === 'made' || made.kind === 'lost';
        const isKept = made.kind === 'made' ? place.got.length === 1 && place.discarded === 0 : place.discarded === 1;
        const isOnce = group !== 'noise' || created() - before === 1;
        if (isThere !== isTold || !isKept || !isOnce) wrong.push(`${name}${late ? ', late' : ''}: ${made.kind}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it('finds no key where the call never arrived', async () => {
    const { cloud, shop, make, created } = await opened();
    cloud.world.fault = on('CreateAccessKey', () => ({ kind: 'reset' }));
    const made = await make(placeThat(null));
    expect(made).toMatchObject({ kind: 'not-made', why: expect.stringContaining('shows no new key') });
    expect([created(), shop.keys.length]).toEqual([1, 1]);
  });

  it('does nothing where the keys cannot be read before, and says so where they cannot be read after', async () => {
    const { cloud, shop, make, created } = await opened();
    cloud.world.fault = on('ListAccessKeys', () => ({ kind: 'reset' }));
    expect(await make(placeThat(null))).toMatchObject({ kind: 'unknown', why: expect.stringContaining('Nothing was') });
    expect(created()).toBe(0);
    cloud.world.fault = (call) => {
      if (call.action === 'CreateAccessKey') return { kind: 'after', instead: { kind: 'reset' } };
      return call.action === 'ListAccessKeys' && shop.keys.length > 1 ? { kind: 'reset' } : null;
    };
    expect(await make(placeThat(null))).toMatchObject({ kind: 'lost', appeared: [] });
  });

  it('switches a key off whose secret got nowhere; a restore does not bring it back', async () => {
    const { shop, make, file } = await opened();
    const made = await make(placeThat('no room'));
    expect(made).toMatchObject({
      kind: 'withdrawn',
      off: { kind: 'reached' },
      why: expect.stringContaining('no room'),
    });
    expect(shop.keys.map(({ status }) => status)).toEqual(['Active', 'Inactive']);
    expect(changesIn(readLog(file))).toEqual([]);
  });

  it('keeps the secret and names the key when the record cannot be written any more', async () => {
    const { shop, make } = await opened();
    const place = placeThat(null);
    const full = (log: Log): Log => ({
      ...log,
      append: (entry) => {
        if (entry.type === 'create-answer') throw new Error('No space left.');
        return log.append(entry);
      },
    });
    const failed = await make(place, full).then(String, String);
    expect(failed).toContain(`${shop.keys[1]?.id} was made`);
    expect(failed).toContain('its secret went to the file new.json');
    expect(place.got).toHaveLength(1);
    expect(failed).not.toContain(shop.keys[1]?.secret ?? '?');
  });

  it('takes an answer without a secret for none', async () => {
    const { cloud, shop, make } = await opened();
    cloud.world.fault = on('CreateAccessKey', () => ({
      kind: 'after',
      instead: {
        kind: 'answer',
        status: 200,
        body: JSON.stringify({ RequestId: 'A1', AccessKey: { AccessKeyId: 'x' } }),
        headers: { 'content-type': 'application/json' },
      },
    }));
    expect(await make(placeThat(null))).toMatchObject({ kind: 'lost', appeared: [shop.keys[1]?.id] });
  });
});

describe('a record that a killed run left open', () => {
  const recover = async (until: (type: string) => boolean) => {
    const { shop, make, file, auditorOf } = await opened();
    const stopped = (log: Log): Log => ({
      ...log,
      append: (entry) => {
        if (until(entry.type)) throw new Error('killed');
        return log.append(entry);
      },
    });
    await make(placeThat(null), stopped).catch(() => {});
    const auditor = await auditorOf();
    const log = openLog({ file, run: 'next', now: () => new Date() });
    const notes = await finishCreations(log, () => createUserKeys(auditor));
    log.close();
    const again = openLog({ file, run: 'after', now: () => new Date() });
    again.close();
    expect(unfinishedCreations(again)).toEqual([]);
    return { notes, shop, recovered: readLog(file).filter((line) => line.run === 'next') };
  };

  it('tells of a key whose ID was never recorded', async () => {
    const { notes, shop, recovered } = await recover((type) => type === 'create-answer');
    expect(notes).toEqual([expect.stringContaining(shop.keys[1]?.id ?? '?')]);
    expect(recovered).toMatchObject([{ type: 'create-state', appeared: [shop.keys[1]?.id], recovered: true }]);
  });

  it('tells of a key whose secret may have got nowhere', async () => {
    const { notes, recovered } = await recover((type) => type === 'handed-over');
    expect(notes).toHaveLength(1);
    expect(recovered.map(({ type }) => type)).toEqual(['handed-over', 'create-state']);
  });

  it('has nothing to tell of one that was handed over', async () => {
    const { notes, recovered } = await recover((type) => type === 'create-state');
    expect(notes).toEqual([]);
    expect(recovered.map(({ type }) => type)).toEqual(['create-state']);
  });
});
