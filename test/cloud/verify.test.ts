import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { secret30 } from '../support/keys.js';
import {
  endpointsOf,
  idOnly,
  isolate,
  pairOf,
  simulate,
  useCredentials,
  verifyAll,
  verifyOne,
} from '../support/verifying.js';
import { newKey, testCloud } from '../support/world.js';

isolate();

const both = (url: string) => ({ inventory: true, probe: true, endpoints: endpointsOf(url) });

describe('verifyCredentials', () => {
  it('joins what inventory and probe know', async () => {
    const cloud = testCloud();
    const simulator = await simulate(cloud.world);
    useCredentials(cloud.auditor);
    const { verdict, verdicts } = await verifyOne(pairOf(cloud.active), both(simulator.url));
    expect(verdict).toMatchObject({
      state: 'live',
      how: 'probe',
      user: 'alice',
      secretProven: true,
      lastUsedService: 'Oss',
    });
    expect(verdicts.map(({ how, state }) => [how, state])).toEqual([
      ['inventory', 'live'],
      ['probe', 'live'],
    ]);
  });

  it('reads the last use before the probe moves it', async () => {
    const cloud = testCloud();
    const simulator = await simulate(cloud.world);
    useCredentials(cloud.auditor);
    const { verdict } = await verifyOne(pairOf(cloud.active), both(simulator.url));
    expect(verdict.lastUsed).toBe('2025-10-01T02:03:04Z');
    expect(cloud.active.lastUsed?.service).toBe('Sts');
  });

  it('proves a root key that only ActionTrail knew', async () => {
    const cloud = testCloud();
    const simulator = await simulate(cloud.world);
    useCredentials(cloud.auditor);
    const { verdict } = await verifyOne(pairOf(cloud.root), both(simulator.url));
    expect(verdict).toMatchObject({ state: 'live', principal: 'root', secretProven: true, lastUsedService: 'Ecs' });
  });

  it('calls a made-up secret beside a live ID wrong, not live', async () => {
    const cloud = testCloud();
    const simulator = await simulate(cloud.world);
    useCredentials(cloud.auditor);
    const planted = pairOf({ id: cloud.active.id, secret: secret30() });
    const { verdict, verdicts } = await verifyOne(planted, both(simulator.url));
    expect(verdict).toMatchObject({ state: 'wrong-secret', user: 'alice' });
    expect(verdicts.map(({ state }) => state)).toEqual(['live', 'wrong-secret']);
  });

  it('tells deleted from not found', async () => {
    const cloud = testCloud();
    const simulator = await simulate(cloud.world);
    useCredentials(cloud.auditor);
    const { verdict, verdicts } = await verifyOne(
      pairOf({ id: cloud.recycled, secret: secret30() }),
      both(simulator.url),
    );
    expect(verdict.state).toBe('deleted');
    expect(verdicts.map(({ state }) => state)).toEqual(['deleted', 'not-found']);
  });

  it('asks once for each distinct credential, and once in the inventory for each ID', async () => {
    const cloud = testCloud();
    const simulator = await simulate(cloud.world);
    useCredentials(cloud.auditor);
    const credentials = [
      pairOf(cloud.active),
      pairOf(cloud.active),
      pairOf({ id: cloud.active.id, secret: secret30() }),
      idOnly(cloud.active.id),
    ];
    const verdicts = await verifyAll(credentials, both(simulator.url));
    expect(credentials.map((each) => verdicts.get(each)?.verdict.state)).toEqual([
      'live',
      'live',
      'wrong-secret',
      'live',
    ]);
    const probes = simulator.requests.filter(({ accessKeyId }) => accessKeyId === cloud.active.id);
    expect(probes).toHaveLength(2);
    expect(simulator.requests.filter(({ action }) => action === 'GetUser')).toHaveLength(1);
  });

  it('asks nobody when nothing is to be asked', async () => {
    const cloud = testCloud();
    const simulator = await simulate(cloud.world);
    const options = { inventory: false, probe: false, endpoints: endpointsOf(simulator.url) };
    expect((await verifyOne(pairOf(cloud.active), options)).verdict).toEqual({ state: 'unchecked', how: null });
    expect((await verifyAll([], { ...options, inventory: true })).size).toBe(0);
    expect(simulator.requests).toEqual([]);
  });

  it('still probes when the inventory does not answer', async () => {
    const cloud = testCloud();
    cloud.world.fault = ({ version, action }) =>
      version !== '2015-04-01' && action !== ''
        ? { kind: 'error', status: 500, code: 'InternalError', message: '' }
        : null;
    const simulator = await simulate(cloud.world);
    useCredentials(cloud.auditor);
    const { verdict } = await verifyOne(pairOf(cloud.active), both(simulator.url));
    expect(verdict).toMatchObject({ state: 'live', how: 'probe' });
  });

  it('does not wait with all patience for every key when the service is away', async () => {
    const cloud = testCloud();
    cloud.world.fault = () => ({ kind: 'reset' });
    const simulator = await simulate(cloud.world);
    const credentials = Array.from({ length: 20 }, () => pairOf(newKey()));
    const options = { inventory: false, probe: true, endpoints: endpointsOf(simulator.url) };
    const verdicts = await verifyAll(credentials, options, { parallel: 1, attempts: 3 });
    expect([...verdicts.values()].every(({ verdict }) => verdict.state === 'unknown')).toBe(true);
    expect(simulator.requests).toHaveLength(3 * 3 + 17);
  });

  it.each([
    ['that hangs', { kind: 'hang' } as const, { totalMs: 60, slowMs: 20 }],
    [
      'that asks for patience',
      { kind: 'error', status: 429, code: 'Throttling.User', message: '', retryAfterMs: 50_000 } as const,
      { longestWaitMs: 100_000, attempts: 1 },
    ],
  ])('leaves a service alone %s, however many keys are left', async (_, fault, pace) => {
    const cloud = testCloud();
    cloud.world.fault = () => fault;
    const simulator = await simulate(cloud.world);
    const credentials = Array.from({ length: 200 }, () => pairOf(newKey()));
    const options = { inventory: false, probe: true, endpoints: endpointsOf(simulator.url) };
    const verdicts = await verifyAll(credentials, options, { parallel: 1, attempts: 2, ...pace });
    expect([...verdicts.values()].filter(({ verdict }) => verdict.state !== 'unknown')).toEqual([]);
    expect(verdicts.size).toBe(200);
    expect(simulator.requests.length).toBeLessThan(20);
  });

  it('asks again once a service that was away is back', async () => {
    const cloud = testCloud();
    cloud.world.fault = ({ earlier }) => (earlier < 6 ? { kind: 'reset' } : null);
    const simulator = await simulate(cloud.world);
    const lost = Array.from({ length: 3 }, () => pairOf(newKey()));
    const options = { inventory: false, probe: true, endpoints: endpointsOf(simulator.url) };
    const last = pairOf(cloud.active);
    const verdicts = await verifyAll([...lost, last], options, { parallel: 1, attempts: 2 });
    expect(verdicts.get(last)?.verdict.state).toBe('live');
  });

  it('tells its progress', async () => {
    const cloud = testCloud();
    const simulator = await simulate(cloud.world);
    const told: string[] = [];
    const progress = { update: (text: string) => void told.push(text) };
    const options = { inventory: false, probe: true, endpoints: endpointsOf(simulator.url), progress };
    await verifyAll([pairOf(cloud.active), pairOf(cloud.root)], options);
    expect(told).toEqual(['verify: 0 of 2 credentials', 'verify: 1 of 2 credentials', 'verify: 2 of 2 credentials']);
  });

  it('gives what it knows when it is interrupted', async () => {
    const cloud = testCloud();
    cloud.world.fault = ({ accessKeyId }) => (accessKeyId === cloud.root.id ? { kind: 'hang' } : null);
    const simulator = await simulate(cloud.world);
    const controller = new AbortController();
    const options = { inventory: false, probe: true, endpoints: endpointsOf(simulator.url), signal: controller.signal };
    const [first, second] = [pairOf(cloud.active), pairOf(cloud.root)];
    const running = verifyAll([first, second], options, { totalMs: 600_000, parallel: 1 });
    while (simulator.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort(new Error('interrupted'));
    const verdicts = await running;
    expect(verdicts.get(first)?.verdict.state).toBe('live');
    expect(verdicts.has(second)).toBe(false);
  });

  it('looks in the account of every profile', async () => {
    const cloud = testCloud();
    const simulator = await simulate(cloud.world);
    const theirs = newKey();
    cloud.other.users.push({ id: '2', name: 'auditor', keys: [theirs], allow: ['*'] });
    const home = process.env['HOME'] ?? '';
    mkdirSync(`${home}/.aliyun`);
    const profile = (name: string, { id, secret }: { id: string; secret: string }) => ({
      name,
      mode: 'AK',
      access_key_id: id,
      access_key_secret: secret,
    });
    const profiles = [profile('one', cloud.auditor), profile('two', theirs)];
    writeFileSync(`${home}/.aliyun/config.json`, JSON.stringify({ current: 'one', profiles }));
    const options = { inventory: true, probe: false, endpoints: endpointsOf(simulator.url), profiles: ['one', 'two'] };
    const { verdict } = await verifyOne(idOnly(cloud.foreign.id), options);
    expect(verdict).toMatchObject({ state: 'live', account: '6543210987654321', user: 'bob' });
  });
});
