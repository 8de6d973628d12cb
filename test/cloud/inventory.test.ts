import { describe, expect, it, vi } from 'vitest';
import { faultNamed } from '../../src/simulator/faults.js';
import { id24, stsToken } from '../support/keys.js';
import { endpointsOf, idOnly, isolate, simulate, useCredentials, verifyAll, verifyOne } from '../support/verifying.js';
import { AUDITOR_ACTIONS, newAccount, newKey, newUser, testCloud } from '../support/world.js';

isolate();

const lookUp = async (cloud: ReturnType<typeof testCloud>, accessKeyId: string, as = cloud.auditor) => {
  const simulator = await simulate(cloud.world);
  useCredentials(as);
  const options = { inventory: true, probe: false, endpoints: endpointsOf(simulator.url) };
  const { verdict } = await verifyOne(idOnly(accessKeyId), options);
  return { verdict, simulator };
};

const without = (...actions: string[]) => AUDITOR_ACTIONS.filter((action) => !actions.includes(action));

describe('the inventory', () => {
  it('knows an active key, whose it is and when it was last used, from its ID alone', async () => {
    const cloud = testCloud();
    const { verdict } = await lookUp(cloud, cloud.active.id);
    expect(verdict).toMatchObject({
      state: 'live',
      how: 'inventory',
      principal: 'ram-user',
      account: '1234567890123456',
      user: 'alice',
      arn: 'acs:ram::1234567890123456:user/alice',
      secretProven: false,
      lastUsed: '2025-10-01T02:03:04Z',
      lastUsedService: 'Oss',
    });
  });

  it('asks RAM through the SDK, which signs as V3', async () => {
    const cloud = testCloud();
    const { simulator } = await lookUp(cloud, cloud.active.id);
    const [listed] = simulator.requests.filter(({ action }) => action === 'ListAccessKeys');
    expect(listed).toMatchObject({
      version: '2015-05-01',
      scheme: 'V3',
      status: 200,
      parameters: { UserName: 'alice' },
    });
  });

  it('knows a disabled key', async () => {
    const cloud = testCloud();
    expect((await lookUp(cloud, cloud.inactive.id)).verdict).toMatchObject({ state: 'disabled', user: 'alice' });
  });

  it('proves a deleted key by the recycle bin', async () => {
    const cloud = testCloud();
    expect((await lookUp(cloud, cloud.recycled)).verdict).toMatchObject({
      state: 'deleted',
      user: 'former',
      principal: 'ram-user',
      lastUsed: '2025-06-07T08:09:10Z',
    });
  });

  it('tells that the key it asks with is under leak protection itself', async () => {
    const cloud = testCloud(['*']);
    cloud.world.fault = ({ accessKeyId, version }) =>
      accessKeyId === cloud.auditor.id && version !== '2015-04-01'
        ? { kind: 'error', status: 403, code: 'Forbidden', message: 'There is a risk of leakage of this AccessKey.' }
        : null;
    const { verdict } = await lookUp(cloud, cloud.auditor.id);
    expect(verdict).toMatchObject({ state: 'restricted', how: 'inventory', account: '1234567890123456' });
    const other = await lookUp(cloud, cloud.active.id);
    expect(other.verdict).toMatchObject({ state: 'unknown', reason: expect.stringContaining('under leak protection') });
  });

  it('marks a root key that only ActionTrail knows, and leaves its state open', async () => {
    const cloud = testCloud();
    expect((await lookUp(cloud, cloud.root.id)).verdict).toMatchObject({
      state: 'unknown',
      principal: 'root',
      account: '1234567890123456',
      lastUsedService: 'Ecs',
      reason: expect.stringContaining('root account'),
    });
  });

  it.each(['Active', 'Inactive'] as const)(
    "reads the state of the root's own keys with root credentials: %s",
    async (status) => {
      const cloud = testCloud();
      const mine = newKey();
      const leaked = newKey({ status });
      cloud.account.rootKeys.push(mine, leaked);
      expect((await lookUp(cloud, leaked.id, mine)).verdict).toMatchObject({
        state: status === 'Active' ? 'live' : 'disabled',
        principal: 'root',
        arn: 'acs:ram::1234567890123456:root',
      });
    },
  );

  it('says nothing of a key that the account does not have', async () => {
    const cloud = testCloud();
    const { verdict } = await lookUp(cloud, cloud.foreign.id);
    expect(verdict).toMatchObject({
      state: 'unknown',
      reason:
        'Not in your account 1234567890123456 (a root key shows only once it was used); use --probe-id to ask Alibaba Cloud.',
      notIn: ['1234567890123456'],
    });
    expect(verdict.principal).toBeUndefined();
  });

  it('never uses the leaked key', async () => {
    const cloud = testCloud();
    const { simulator } = await lookUp(cloud, cloud.active.id);
    expect(new Set(simulator.requests.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set([cloud.auditor.id]));
  });

  it('asks nobody about a temporary key', async () => {
    const cloud = testCloud();
    const { verdict, simulator } = await lookUp(cloud, cloud.session.id);
    expect(verdict).toMatchObject({ state: 'unknown', reason: expect.stringContaining('temporary') });
    expect(simulator.requests.map(({ action }) => action)).toEqual(['GetCallerIdentity']);
  });

  it('lists all users and their keys, once in a run, where IMS does not tell the owner', async () => {
    const cloud = testCloud(without('ram:GetUser'));
    const simulator = await simulate(cloud.world);
    useCredentials(cloud.auditor);
    const credentials = [idOnly(cloud.active.id), idOnly(cloud.inactive.id), idOnly(cloud.foreign.id)];
    const verdicts = await verifyAll(credentials, {
      inventory: true,
      probe: false,
      endpoints: endpointsOf(simulator.url),
    });
    expect(credentials.map((credential) => verdicts.get(credential)?.verdict.state)).toEqual([
      'live',
      'disabled',
      'unknown',
    ]);
    expect(simulator.requests.filter(({ action }) => action === 'ListUsers')).toHaveLength(1);
    expect(verdicts.get(credentials[0] ?? idOnly(''))?.verdict.reason).toContain('ram:GetUser');
  });

  it('reads every page of a large account', async () => {
    const users = Array.from({ length: 1_001 }, (_, index) => newUser(`user-${index}`, { keys: [] }));
    const last = newKey();
    const auditor = newKey();
    const account = newAccount('1111222233334444', {
      users: [
        newUser('auditor', { keys: [auditor], allow: without('ram:GetUser') }),
        ...users,
        newUser('last', { keys: [last] }),
      ],
    });
    const simulator = await simulate({ accounts: [account] });
    useCredentials(auditor);
    const options = { inventory: true, probe: false, endpoints: endpointsOf(simulator.url) };
    const { verdict } = await verifyOne(idOnly(last.id), options);
    expect(verdict).toMatchObject({ state: 'live', user: 'last' });
    expect(simulator.requests.filter(({ action }) => action === 'ListUsers')).toHaveLength(2);
  });

  it.each([
    ['ram:ListAccessKeys', 'active'],
    ['actiontrail:GetAccessKeyLastUsedInfo', 'active'],
    ['ram:GetAccessKeyInfoInRecycleBin', 'foreign'],
    ['actiontrail:GetAccessKeyLastUsedInfo', 'foreign'],
  ] as const)('names the permission that is missing: %s', async (action, which) => {
    const cloud = testCloud(without(action));
    const { verdict } = await lookUp(cloud, cloud[which].id);
    expect(verdict.reason).toContain(`lack ${action}`);
    // A root key would show in ActionTrail alone, a deleted one in the recycle bin.
    if (which === 'foreign') expect(verdict).not.toHaveProperty('notIn');
  });

  it('tells the owner even when the state cannot be read', async () => {
    const cloud = testCloud(without('ram:ListAccessKeys'));
    expect((await lookUp(cloud, cloud.active.id)).verdict).toMatchObject({ state: 'unknown', user: 'alice' });
  });

  it('does not call a key dead that its owner is known for and that RAM does not list', async () => {
    const cloud = testCloud();
    cloud.world.fault = ({ version, action }) =>
      version === '2015-05-01' && action === 'ListAccessKeys'
        ? { kind: 'answer', status: 200, body: '{"RequestId":"1","AccessKeys":{"AccessKey":[]}}' }
        : null;
    const { verdict } = await lookUp(cloud, cloud.active.id);
    expect(verdict).toMatchObject({ state: 'unknown', user: 'alice' });
    expect(verdict.reason).not.toContain('Not in your');
  });

  it('does not say that an account has no such key when it could not search it', async () => {
    const cloud = testCloud(['ram:GetAccessKeyInfoInRecycleBin']);
    const { verdict } = await lookUp(cloud, cloud.active.id);
    expect(verdict.state).toBe('unknown');
    expect(verdict.reason).not.toContain('Not in your');
    expect(verdict.reason).toContain('ram:ListUsers');
  });

  it.each([
    ['a key that ActionTrail does not know', AUDITOR_ACTIONS],
    ['no ActionTrail', AUDITOR_ACTIONS.filter((action) => !action.startsWith('actiontrail:'))],
  ])('says what keeps it from reading the last use: %s', async (_, actions) => {
    const cloud = testCloud(actions.filter((action) => action !== 'ram:GetAccessKeyLastUsed'));
    const { verdict } = await lookUp(cloud, cloud.inactive.id);
    expect(verdict).toMatchObject({
      state: 'disabled',
      reason: expect.stringContaining('Your credentials lack ram:GetAccessKeyLastUsed.'),
    });
    expect(verdict).not.toHaveProperty('neverUsed');
  });

  it('reads the last use from IMS where ActionTrail is not permitted', async () => {
    const cloud = testCloud(without('actiontrail:GetAccessKeyLastUsedInfo'));
    expect((await lookUp(cloud, cloud.active.id)).verdict).toMatchObject({
      lastUsed: '2025-10-01T02:03:04Z',
      lastUsedService: 'Oss',
    });
  });

  it.each([
    ['a login page', { kind: 'answer', status: 200, body: '<!doctype html><p>Sign in' }],
    ['null', { kind: 'answer', status: 200, body: 'null' }],
    ['an empty list', { kind: 'answer', status: 200, body: '[]' }],
    ['an empty object', { kind: 'answer', status: 200, body: '{}' }],
    ['nothing', { kind: 'answer', status: 200, body: '' }],
    ['a redirect', { kind: 'answer', status: 302, headers: { location: 'https://login.example/' }, body: '' }],
    ['a broken connection', { kind: 'reset' }],
    ['half an answer', { kind: 'truncate' }],
    ['a failure', { kind: 'error', status: 500, code: 'InternalError', message: 'Internal error.' }],
  ] as const)('takes %s from every service for a fault, never for the absence of a key', async (_, fault) => {
    for (const version of ['2015-05-01', '2019-08-15', '2020-07-06']) {
      const cloud = testCloud();
      cloud.world.fault = (call) => (call.version === version ? fault : null);
      const { verdict } = await lookUp(cloud, cloud.active.id);
      // Without ActionTrail the rest still decides; without IMS it names the user whose keys RAM lists.
      expect(verdict.state, version).toBe(version === '2015-05-01' ? 'unknown' : 'live');
      expect(verdict.reason, version).toMatch(/127\.0\.0\.1/);
      expect(verdict.reason, version).not.toContain('Not in your');
    }
  });

  it.each([3_600_000, -3_600_000])('corrects its clock for the SDK, too: %i ms', async (clockAheadMs) => {
    const cloud = testCloud();
    cloud.world.clockAheadMs = clockAheadMs;
    const { verdict, simulator } = await lookUp(cloud, cloud.active.id);
    expect(verdict.state).toBe('live');
    const listed = simulator.requests.filter(({ action }) => action === 'ListAccessKeys');
    expect(listed.map(({ code }) => code)).toEqual(['InvalidTimeStamp.Expired', null]);
  });

  it('asks with temporary credentials, too', async () => {
    const cloud = testCloud();
    const session = { ...cloud.session, allow: AUDITOR_ACTIONS };
    cloud.account.sessions.splice(0, 1, session);
    vi.stubEnv('ALIBABA_CLOUD_SECURITY_TOKEN', session.token);
    const { verdict } = await lookUp(cloud, cloud.active.id, { ...newKey(), id: session.id, secret: session.secret });
    expect(verdict).toMatchObject({ state: 'live', user: 'alice' });
  });

  it.each(['Forbidden.RiskControl', 'Forbidden.UserVerification', 'Inactive'])(
    'does not ask for a grant that would not help: %s',
    async (name) => {
      const cloud = testCloud();
      const fault = faultNamed(name)?.fault ?? (() => null);
      cloud.world.fault = (call) => (call.version === '2015-04-01' ? null : fault(call));
      const { verdict } = await lookUp(cloud, cloud.active.id);
      expect(verdict).toMatchObject({
        state: 'unknown',
        reason: expect.stringContaining(`refuses whatever your account asks (403 ${name})`),
      });
      expect(verdict.reason).not.toContain('lack');
    },
  );

  describe('of which ActionTrail alone knows whose it is', () => {
    const failing = async (...actions: readonly string[]) => {
      const cloud = testCloud();
      const { fault } = faultNamed('captive-portal') ?? { fault: () => null };
      cloud.world.fault = (call) => (actions.includes(call.action) ? fault(call) : null);
      return lookUp(cloud, cloud.active.id);
    };

    it('finds a key among those of the user that it names', async () => {
      const { verdict } = await failing('GetUser');
      expect(verdict).toMatchObject({ state: 'live', user: 'alice', lastUsedService: 'Oss', secretProven: false });
    });

    it('does not say that a key is gone whose user’s keys could not be read', async () => {
      const { verdict } = await failing('GetUser', 'ListAccessKeys');
      expect(verdict).toMatchObject({
        state: 'unknown',
        user: 'alice',
        reason: expect.stringContaining('names it a key of this RAM user; whether it is on could not be read.'),
      });
      expect(verdict.reason).not.toContain('neither in use');
    });
  });

  it('knows whose account it is by a token of any length', async () => {
    const cloud = testCloud();
    const session = {
      ...cloud.session,
      token: stsToken().repeat(1 + 6_000 / stsToken().length),
      allow: AUDITOR_ACTIONS,
    };
    cloud.account.sessions.splice(0, 1, session);
    vi.stubEnv('ALIBABA_CLOUD_SECURITY_TOKEN', session.token);
    const { verdict } = await lookUp(cloud, cloud.active.id, { ...newKey(), id: session.id, secret: session.secret });
    expect(verdict).toMatchObject({ state: 'live', user: 'alice', account: cloud.account.uid });
  });

  it("speaks of the auditor's own key when that is under leak protection", async () => {
    const cloud = testCloud();
    const guarded = newKey({ restricted: true });
    cloud.account.users.push(newUser('guarded-auditor', { keys: [guarded], allow: ['*'] }));
    const { verdict } = await lookUp(cloud, cloud.active.id, guarded);
    expect(verdict).toMatchObject({ state: 'unknown', reason: expect.stringContaining('Your own AccessKey') });
  });

  it.each([
    ['disabled', { status: 'Inactive' as const }, {}],
    ['not its own', {}, { secret: 'x'.repeat(30) }],
    ['unknown', {}, { id: id24() }],
  ])('stops at once when the credentials are %s', async (_, over, sent) => {
    const cloud = testCloud();
    const mine = newKey(over);
    cloud.account.users.push(newUser('auditor-2', { keys: [mine], allow: ['*'] }));
    await expect(lookUp(cloud, cloud.active.id, { ...mine, ...sent })).rejects.toThrow(/were refused/);
  });
});
