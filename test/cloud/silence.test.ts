// A run in which nobody answered has learned nothing, and must not end like one that found live keys.

import { describe, expect, it } from 'vitest';
import type { VerifyOptions } from '../../src/cloud/types.js';
import type { Call, Fault } from '../../src/simulator/world.js';
import { endpointsOf, idOnly, isolate, pairOf, simulate, useCredentials, verifyAll } from '../support/verifying.js';
import { testCloud } from '../support/world.js';

isolate();

/** What was told as a fault, in a cloud that fails in this way. */
const faultsOf = async (
  fault: (call: Call) => Fault | null,
  over: Partial<VerifyOptions> = {},
  credential: 'pair' | 'id' = 'pair',
): Promise<readonly string[]> => {
  const cloud = testCloud();
  cloud.world.fault = fault;
  const simulator = await simulate(cloud.world);
  useCredentials(cloud.auditor);
  const told: string[] = [];
  await verifyAll([credential === 'pair' ? pairOf(cloud.active) : idOnly(cloud.active.id)], {
    inventory: true,
    probe: true,
    endpoints: endpointsOf(simulator.url),
    tell: (what, sentence) => void (what === 'fault' && told.push(sentence)),
    ...over,
  });
  return told;
};

const RESET: Fault = { kind: 'reset' };
const PAGE: Fault = {
  kind: 'answer',
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<html>Log in</html>',
};
const isIdentity = ({ action }: Call): boolean => action === 'GetCallerIdentity';

const LOOKED = /^No AccessKey could be looked up: no answer of the API from 127\.0\.0\.1:\d+\.$/;
const PROBED = /^No AccessKey could be probed: no answer of the API from 127\.0\.0\.1:\d+\.$/;

describe('a run in which nobody answered', () => {
  it('is a fault of each way of asking', async () => {
    expect(await faultsOf(() => RESET)).toEqual([expect.stringMatching(LOOKED), expect.stringMatching(PROBED)]);
    expect(await faultsOf(() => RESET, { probe: false })).toEqual([expect.stringMatching(LOOKED)]);
    expect(await faultsOf(() => RESET, { inventory: false })).toEqual([expect.stringMatching(PROBED)]);
  });

  it('is the same when something else answers in the place of the API', async () => {
    expect(await faultsOf(() => PAGE)).toHaveLength(2);
  });

  it('is a fault of the inventory alone when STS answers', async () => {
    expect(await faultsOf((call) => (isIdentity(call) ? null : RESET))).toEqual([expect.stringMatching(LOOKED)]);
  });

  it('is none when one service of a way answered', async () => {
    expect(await faultsOf(({ action }) => (action.startsWith('GetAccessKeyLastUsed') ? RESET : null))).toEqual([]);
  });

  it('is none when every answer was a refusal', async () => {
    const refused: Fault = { kind: 'error', status: 403, code: 'NoPermission', message: 'no' };
    expect(await faultsOf(() => refused)).toEqual([]);
  });

  it('is none for a probe that had nothing to sign with', async () => {
    expect(await faultsOf(() => RESET, { inventory: false }, 'id')).toEqual([]);
  });

  it('is none when the user stopped it', async () => {
    const signal = AbortSignal.abort(new Error('interrupted'));
    expect(await faultsOf(() => RESET, { signal })).toEqual([]);
  });
});
