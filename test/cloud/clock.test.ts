// The clock of a request is measured from the answer of who refused it, service by service, and corrected once.

import { describe, expect, it } from 'vitest';
import type { Call, Fault } from '../../src/simulator/world.js';
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

const HOUR = 3_600_000;
const EXPIRED = JSON.stringify({ RequestId: '1', Code: 'InvalidTimeStamp.Expired', Message: 'expired' });

/** Refuses every request for its time, and says what time it is. */
const refusing = (date: (earlier: number) => string) => {
  const cloud = testCloud();
  cloud.world.fault = ({ earlier }): Fault => ({
    kind: 'answer',
    status: 400,
    headers: { 'content-type': 'application/json', date: date(earlier) },
    body: EXPIRED,
  });
  return cloud;
};

const probe = async (cloud: ReturnType<typeof testCloud>) => {
  const simulator = await simulate(cloud.world);
  const options = { inventory: false, probe: true, endpoints: endpointsOf(simulator.url) };
  const { verdict } = await verifyOne(pairOf(cloud.active), options, { attempts: 9 });
  return { verdict, requests: simulator.requests };
};

describe('a clock that differs', () => {
  it.each([
    ['says no time that can be read', () => 'soon', 1],
    ['agrees with ours', () => new Date().toUTCString(), 1],
    ['differs, and does not help', () => new Date(Date.now() + HOUR).toUTCString(), 2],
    ['is another one each time', (earlier: number) => new Date(Date.now() + (earlier + 1) * HOUR).toUTCString(), 2],
  ])('is corrected once at most, where the server’s %s', async (_, date, requests) => {
    const asked = await probe(refusing(date));
    expect(asked.verdict).toMatchObject({ state: 'unknown', code: 'InvalidTimeStamp.Expired' });
    expect(asked.verdict.reason).toMatch(/Set this machine's clock\.$/);
    expect(asked.requests).toHaveLength(requests);
  });

  it('is learned from the auditor’s first call, so that no probe is refused', async () => {
    const cloud = testCloud();
    cloud.world.clockAheadMs = HOUR;
    const simulator = await simulate(cloud.world);
    useCredentials(cloud.auditor);
    const options = { inventory: true, probe: true, endpoints: endpointsOf(simulator.url) };
    const credentials = [pairOf(cloud.active), pairOf(cloud.root)];
    const verdicts = await verifyAll(credentials, options);
    expect(credentials.map((each) => verdicts.get(each)?.verdict.state)).toEqual(['live', 'live']);
    const refused = simulator.requests.filter(({ code }) => code === 'InvalidTimeStamp.Expired');
    expect(refused.filter(({ version }) => version === '2015-04-01').map(({ accessKeyId }) => accessKeyId)).toEqual([
      cloud.auditor.id,
    ]);
  });

  it('is that of one service: another one keeps our time', async () => {
    const cloud = testCloud();
    const ahead: Fault = { kind: 'clock', aheadMs: HOUR };
    cloud.world.fault = ({ version }: Call) => (version === '2019-08-15' ? ahead : null);
    const simulator = await simulate(cloud.world);
    useCredentials(cloud.auditor);
    const options = { inventory: true, probe: false, endpoints: endpointsOf(simulator.url) };
    expect((await verifyOne(idOnly(cloud.active.id), options)).verdict.state).toBe('live');
    const refused = simulator.requests.filter(({ code }) => code === 'InvalidTimeStamp.Expired');
    expect(new Set(refused.map(({ version }) => version))).toEqual(new Set(['2019-08-15']));
  });

  it('is right again after a wrong time was believed', async () => {
    const cloud = testCloud();
    // Once, something on the way said a wrong time.
    cloud.world.fault = ({ earlier }) =>
      earlier === 0
        ? {
            kind: 'answer',
            status: 400,
            headers: { 'content-type': 'application/json', date: new Date(Date.now() + 5 * HOUR).toUTCString() },
            body: EXPIRED,
          }
        : null;
    const simulator = await simulate(cloud.world);
    const options = { inventory: false, probe: true, endpoints: endpointsOf(simulator.url) };
    const credentials = [pairOf(cloud.inactive), pairOf(cloud.active)];
    const verdicts = await verifyAll(credentials, options, { parallel: 1 });
    expect(verdicts.get(credentials[1] ?? pairOf(newKey()))?.verdict.state).toBe('live');
  });
});

describe('a nonce', () => {
  it('is 128 random bits, and never comes twice in a run', async () => {
    const cloud = testCloud();
    cloud.world.fault = ({ earlier }) => (earlier % 3 === 0 ? { kind: 'reset' } : null);
    const simulator = await simulate(cloud.world);
    const credentials = Array.from({ length: 200 }, () => pairOf(newKey()));
    await verifyAll(credentials, { inventory: false, probe: true, endpoints: endpointsOf(simulator.url) });
    const nonces = simulator.requests.map(({ nonce }) => nonce ?? '');
    expect(nonces.length).toBeGreaterThan(200);
    expect(nonces.filter((nonce) => !/^[0-9a-f]{32}$/.test(nonce))).toEqual([]);
    expect(new Set(nonces).size).toBe(nonces.length);
    // Every bit is drawn: over so many, none is always set or never.
    const bits = nonces.map((nonce) => BigInt(`0x${nonce}`));
    const [always, ever] = [bits.reduce((one, other) => one & other), bits.reduce((one, other) => one | other)];
    expect([always, ever]).toEqual([0n, 2n ** 128n - 1n]);
  });
});
