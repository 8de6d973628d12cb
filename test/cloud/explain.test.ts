import { describe, expect, it } from 'vitest';
import { resolveEndpoints } from '../../src/cloud/endpoints.js';
import { explain } from '../../src/cloud/explain.js';
import { partsOf } from '../../src/cloud/operations.js';
import { findingFor } from '../../src/verify.js';
import { id24, secret30 } from '../support/keys.js';
import { endpointsOf, idOnly, isolate, pairOf, simulate, useCredentials, verifyAll } from '../support/verifying.js';
import { AUDITOR_ACTIONS, testCloud } from '../support/world.js';

isolate();

const endpoints = resolveEndpoints({ ram: 'https://ram.example.com' }, {});
const pair = () => findingFor({ accessKeyId: id24(), secret: secret30(), token: null });
const alone = () => findingFor({ accessKeyId: id24(), secret: null, token: null });
const nothing = { inventory: false, probe: false };

describe('explain', () => {
  it('lists operations, hosts and permissions by who signs', () => {
    const { calls } = explain([pair()], { inventory: true, probe: true }, endpoints);
    expect(calls).toContainEqual({
      operation: 'ram:ListAccessKeys',
      host: 'ram.example.com',
      permission: 'ram:ListAccessKeys',
      mode: 'inventory',
      signedBy: 'own-credentials',
      keys: 1,
      tells: expect.any(String),
    });
    expect(calls.filter(({ signedBy }) => signedBy === 'leaked-key')).toEqual([
      expect.objectContaining({ operation: 'sts:GetCallerIdentity', permission: null, keys: 1 }),
    ]);
    expect(calls.some(({ mode }) => mode === 'activity' || mode === 'account')).toBe(false);
  });

  it('counts each ID once, and pairs only where one signs', () => {
    const [one, other] = [pair(), alone()];
    const findings = [one, one, other];
    expect(explain(findings, { inventory: true, probe: false }, endpoints)).toMatchObject({ keys: 2, probed: 0 });
    expect(explain(findings, { inventory: false, probe: true }, endpoints)).toMatchObject({ keys: 2, probed: 1 });
    expect(explain(findings, { ...nothing, probe: true, probeId: true }, endpoints)).toMatchObject({ probed: 2 });
  });

  it('reads activity only when asked to', () => {
    const { calls } = explain([alone()], { inventory: true, probe: false, activity: true }, endpoints);
    expect(calls.map(({ operation }) => operation)).toContain('actiontrail:LookupEvents');
  });

  it('leaves out what nobody would be asked about', () => {
    const theirs = { ...pair(), rule: 'custom-company-token' };
    const { keys, calls } = explain([theirs], { inventory: true, probe: true }, endpoints);
    expect({ keys, calls }).toEqual({ keys: 0, calls: [] });
  });

  it('holds no secret', () => {
    const finding = pair();
    expect(JSON.stringify(explain([finding], { inventory: true, probe: true }, endpoints))).not.toContain(
      finding.secret ?? '',
    );
  });

  it('tells of every call that is then made', async () => {
    const cloud = testCloud(AUDITOR_ACTIONS.filter((action) => action !== 'ram:GetUser'));
    const simulator = await simulate(cloud.world);
    useCredentials(cloud.auditor);
    const asked = { inventory: true, probe: true, activity: true };
    const credentials = [pairOf(cloud.active), pairOf(cloud.root), pairOf(cloud.foreign), idOnly(cloud.recycled)];
    await verifyAll(credentials, { ...asked, endpoints: endpointsOf(simulator.url) });
    const findings = credentials.map((credential) => findingFor(credential));
    const told = explain(findings, asked, resolveEndpoints({}, {})).calls.map(
      ({ operation, signedBy }) => `${signedBy} ${partsOf(operation).action}`,
    );
    const made = simulator.requests.map(
      ({ accessKeyId, action }) => `${accessKeyId === cloud.auditor.id ? 'own-credentials' : 'leaked-key'} ${action}`,
    );
    expect(made.length).toBeGreaterThan(10);
    expect([...new Set(made)].filter((call) => !told.includes(call))).toEqual([]);
  });
});
