// A run of containment as a whole, in this process and with little patience: what becomes of a key when the account or STS does
// not say what it should, and the exit code that tells.

import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openAuditors } from '../src/cloud/auditor.js';
import { resolveEndpoints } from '../src/cloud/endpoints.js';
import { wait } from '../src/cloud/limiter.js';
import { probe } from '../src/cloud/probe.js';
import { createSession } from '../src/cloud/session.js';
import { readLog } from '../src/contain/log.js';
import { proveOff } from '../src/contain/proof.js';
import { containmentExitCode } from '../src/contain/report.js';
import { carryOutPlan, look, planFor } from '../src/contain.js';
import type { Finding } from '../src/findings/model.js';
import type { Call, Fault, World } from '../src/simulator/world.js';
import { findingFor, verifyFindings } from '../src/verify.js';
import { endpointsOf, isolate, QUICK, simulate, useCredentials } from './support/verifying.js';
import { newKey, newUser, type TestCloud, testCloud } from './support/world.js';

isolate();

const UID = '1234567890123456';

interface Turn {
  readonly fault?: (call: Call, seen: { readonly isChanged: boolean }, cloud: TestCloud) => Fault | null;
  readonly world?: Partial<World>;
  /** Wrong pairs found before the right one. */
  readonly planted?: readonly string[];
}

const turn = async ({ fault, world, planted = [] }: Turn) => {
  const cloud = testCloud();
  const operator = newKey();
  cloud.account.users.push(newUser('operator', { id: '290000000000000077', keys: [operator], allow: ['*'] }));
  Object.assign(cloud.world, world);
  const { url, requests } = await simulate(cloud.world);
  useCredentials(operator);
  const { signal } = new AbortController();
  const progress = { update: () => {}, stop: () => {} };
  const session = createSession(resolveEndpoints(endpointsOf(url), {}), signal, { ...QUICK, patienceMs: 50 });
  const auditors = await openAuditors(session, []);
  const { id, secret } = cloud.active;
  const findings = [...planted, secret].map((one) => findingFor({ accessKeyId: id, secret: one, token: null }));
  const asking = { inventory: true, probe: true, endpoints: endpointsOf(url) };
  const report = await verifyFindings(findings, { asking, signal, progress });
  const looked = await look(report, findings, auditors, async () => null);
  const plan = planFor(looked, {
    mode: 'disable',
    account: UID,
    minConfidence: 'high',
    recentHours: 24,
    forceInUse: false,
    isMeant: () => true,
    addresses: [],
    now: new Date(),
    maxKeys: 20,
  });
  const seen = { isChanged: false };
  cloud.world.fault = (call) => {
    const befalls = fault?.(call, seen, cloud) ?? null;
    seen.isChanged ||= call.action === 'UpdateAccessKey';
    return befalls;
  };
  const logFile = path.join(mkdtempSync(path.join(os.tmpdir(), 'akscan-contain-')), 'log');
  const asked: (string | null)[] = [];
  const done = await carryOutPlan(looked, plan, {
    mode: 'disable',
    account: UID,
    logFile,
    env: { XDG_STATE_HOME: path.dirname(logFile) },
    patience: { rereadMs: [1, 1], attempts: 2, wait: async () => {} },
    prove: (finding: Finding) => {
      asked.push(finding.secret);
      const { accessKeyId, token } = finding;
      if (accessKeyId === null || finding.secret === null) return null;
      const credential = { accessKeyId, secret: finding.secret, token };
      return proveOff((pair) => probe(session, pair), credential, {
        atMs: [0, 10, 20, 40],
        now: () => performance.now(),
        wait: (milliseconds) => wait(milliseconds, signal),
      });
    },
    endpoints: [],
    signal,
    progress,
  });
  const [key] = done.keys;
  return {
    fate: key?.fate,
    proof: key?.proof?.kind,
    code: containmentExitCode(done),
    sent: requests.filter(({ action }) => action === 'UpdateAccessKey').length,
    status: String(cloud.active.status),
    log: readLog(logFile),
    asked,
    secret,
  };
};

const isProof = ({ action, accessKeyId }: Call, { active }: TestCloud): boolean =>
  action === 'GetCallerIdentity' && accessKeyId === active.id;

describe('a key that was switched off', () => {
  it('is off when STS refuses the pair', async () => {
    const { fate, proof, code, sent } = await turn({});
    expect({ fate, proof, code, sent }).toEqual({ fate: 'off', proof: 'refused', code: 0, sent: 1 });
  });

  it('is still live as long as STS takes the pair', async () => {
    const { log, status, ...told } = await turn({ world: { disabledAfterMs: 3_600_000 } });
    expect(told).toMatchObject({ fate: 'still-live', proof: 'accepted', code: 1, sent: 1 });
    expect(status).toBe('Inactive');
    expect(log.find(({ type }) => type === 'proof')).toMatchObject({ kind: 'accepted' });
    expect(log.at(-1)).toMatchObject({ type: 'end', off: 0, stillLive: 1, faults: 0 });
  });

  it.each<[string, Fault]>([
    ['cannot be reached', { kind: 'reset' }],
    ['is away', { kind: 'error', status: 503, code: 'ServiceUnavailable', message: '' }],
    ['throttles', { kind: 'error', status: 400, code: 'Throttling.User', message: '', retryAfterMs: 1 }],
    ['is a page of somebody else', { kind: 'answer', status: 200, body: '<html></html>' }],
  ])('is not proven to be off when STS %s', async (_, fault) => {
    const told = await turn({ fault: (call, _seen, cloud) => (isProof(call, cloud) ? fault : null) });
    expect(told).toMatchObject({ fate: 'unknown', proof: 'not-asked', code: 2, sent: 1, status: 'Inactive' });
  });

  it('is unknown when it cannot be read back, and is not probed', async () => {
    const told = await turn({
      fault: ({ action }, { isChanged }) =>
        isChanged && action === 'ListAccessKeys'
          ? { kind: 'error', status: 500, code: 'InternalError', message: '' }
          : null,
    });
    expect(told).toMatchObject({ fate: 'unknown', code: 2, sent: 1, asked: [] });
    expect(told.log.find(({ type }) => type === 'state')).toMatchObject({ after: null });
  });

  it('is proven by the pair that is its own, whatever was planted before it', async () => {
    const { asked, secret, fate } = await turn({ planted: [newKey().secret, newKey().secret] });
    expect({ asked, fate }).toEqual({ asked: [secret], fate: 'off' });
  });
});

describe('a key that was not switched off', () => {
  it.each<[string, Fault, number]>([
    ['the call is refused', { kind: 'error', status: 403, code: 'NoPermission', message: '' }, 1],
    [
      'the call is throttled to the end',
      { kind: 'error', status: 400, code: 'Throttling', message: '', retryAfterMs: 40 },
      1,
    ],
    ['the call never arrives', { kind: 'reset' }, 2],
    ['the answer only looks like one', { kind: 'answer', status: 200, body: '{"RequestId":"A1B2"}' }, 1],
  ])('is still live: %s', async (_, fault, least) => {
    const told = await turn({ fault: ({ action }) => (action === 'UpdateAccessKey' ? fault : null) });
    expect(told).toMatchObject({ fate: 'still-live', code: 1, status: 'Active', asked: [] });
    expect(told.sent).toBeGreaterThanOrEqual(least);
    expect(told.log.at(-1)).toMatchObject({ type: 'end', off: 0, stillLive: 1 });
  });
});
