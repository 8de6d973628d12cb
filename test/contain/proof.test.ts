import { describe, expect, it } from 'vitest';
import { resolveEndpoints } from '../../src/cloud/endpoints.js';
import { probe } from '../../src/cloud/probe.js';
import { createSession } from '../../src/cloud/session.js';
import { PROOF_TIMES_MS, proveOff } from '../../src/contain/proof.js';
import type { Verdict } from '../../src/findings/model.js';
import { id24, secret30 } from '../support/keys.js';
import { endpointsOf, isolate, pairOf, QUICK, simulate } from '../support/verifying.js';
import { testCloud } from '../support/world.js';

isolate();

const pair = { accessKeyId: id24(), secret: secret30(), token: null };
const verdict = (state: Verdict['state'], over: Partial<Verdict> = {}): Verdict => ({ state, how: 'probe', ...over });

/** Time passes by waiting, and `slowMs` with each answer. */
const prove = async (answers: readonly (Verdict | null)[], { slowMs = 0, atMs = PROOF_TIMES_MS } = {}) => {
  let now = 5_000;
  const asked: number[] = [];
  const queue = [...answers];
  const ask = async () => {
    asked.push(now - 5_000);
    now += slowMs;
    return queue.length > 1 ? (queue.shift() ?? null) : (queue[0] ?? null);
  };
  const wait = async (milliseconds: number) => {
    expect(milliseconds).toBeGreaterThan(0);
    now += milliseconds;
  };
  return { proof: await proveOff(ask, pair, { atMs, now: () => now, wait }), asked };
};

describe('the proof that a key is off', () => {
  it.each([
    ['disabled', 'InvalidAccessKeyId.Inactive'],
    ['not-found', 'InvalidAccessKeyId.NotFound'],
  ] as const)('is a refusal as %s, at once', async (state, code) => {
    expect(await prove([verdict(state, { code })])).toEqual({
      proof: { kind: 'refused', afterMs: 0, why: `STS refuses it (${code}).` },
      asked: [0],
    });
  });

  it('takes as long as STS accepts it', async () => {
    const { proof, asked } = await prove([verdict('live'), verdict('live'), verdict('live'), verdict('disabled')]);
    expect([proof.kind, proof.afterMs, asked]).toEqual(['refused', 4_000, [0, 1_000, 2_000, 4_000]]);
  });

  it.each([
    ['live', 'accepted'],
    ['restricted', 'accepted'],
    ['wrong-secret', 'not-asked'],
    ['unknown', 'not-asked'],
    ['expired', 'not-asked'],
  ] as const)('does not come of %s, however often, and ends after a minute', async (state, kind) => {
    const { proof, asked } = await prove([verdict(state)]);
    expect([proof.kind, proof.afterMs, asked]).toEqual([kind, 60_000, [...PROOF_TIMES_MS]]);
    expect(proof.why).toMatch(/^STS .*\.$/);
  });

  it('is what STS said at the last', async () => {
    expect((await prove([verdict('live'), verdict('unknown', { reason: 'Too many.' })])).proof).toMatchObject({
      kind: 'not-asked',
      why: 'Too many.',
    });
    expect((await prove([verdict('unknown'), verdict('live')])).proof.kind).toBe('accepted');
    expect((await prove([verdict('wrong-secret'), verdict('disabled')])).proof.kind).toBe('refused');
  });

  it('asks no more often for slow answers, and does not go on past its time', async () => {
    expect((await prove([verdict('unknown')], { slowMs: 20_000 })).asked).toEqual([0, 30_000, 60_000]);
    expect((await prove([verdict('unknown')], { slowMs: 70_000 })).asked).toEqual([0]);
  });

  it('needs a secret', async () => {
    expect((await prove([null])).proof).toMatchObject({ kind: 'not-asked' });
  });
});

describe('over the wire', () => {
  it('waits until STS has heard of it, and takes throttling for no proof', async () => {
    const cloud = testCloud();
    const simulator = await simulate(cloud.world);
    const pace = { ...QUICK, patienceMs: 1 };
    const session = createSession(resolveEndpoints(endpointsOf(simulator.url), {}), new AbortController().signal, pace);
    cloud.active.status = 'Inactive';
    cloud.active.acceptedUntil = Number.POSITIVE_INFINITY;
    let asked = 0;
    const ask = (credential: Parameters<typeof probe>[1]) => {
      asked += 1;
      cloud.world.fault = () =>
        asked === 2 ? { kind: 'error', status: 429, code: 'Throttling', message: '', retryAfterMs: 500 } : null;
      if (asked === 3) cloud.active.acceptedUntil = 0;
      return probe(session, credential);
    };
    const patience = { atMs: [0, 1, 2], now: () => asked, wait: async () => {} };
    expect((await proveOff(ask, pairOf(cloud.active), patience)).kind).toBe('refused');
    expect(asked).toBe(3);
  });
});
