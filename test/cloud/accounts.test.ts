import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SimulatedKey, World } from '../../src/simulator/world.js';
import { judged } from '../../src/verdicts.js';
import { findingFor } from '../../src/verify.js';
import { id24, secret30 } from '../support/keys.js';
import { endpointsOf, idOnly, isolate, pairOf, simulate, verifyOne } from '../support/verifying.js';
import { AUDITOR_ACTIONS, attached, newAccount, newKey, newPolicy, newUser, testCloud } from '../support/world.js';

isolate();

/** Writes profiles of these names and keys for the SDK to find. */
const writeProfiles = (keys: Readonly<Record<string, SimulatedKey>>): void => {
  const home = process.env['HOME'] ?? '';
  mkdirSync(`${home}/.aliyun`);
  const profiles = Object.entries(keys).map(([name, { id, secret }]) => ({
    name,
    mode: 'AK',
    access_key_id: id,
    access_key_secret: secret,
  }));
  writeFileSync(`${home}/.aliyun/config.json`, JSON.stringify({ current: profiles[0]?.name, profiles }));
};

/** Three accounts, an auditor of each; the third's may not read everything. */
const threeAccounts = () => {
  const cloud = testCloud();
  const second = newKey();
  const third = newKey();
  const lone = newKey();
  cloud.other.users.push(newUser('auditor', { keys: [second], allow: AUDITOR_ACTIONS }));
  const partly = newAccount('7777777777777777', {
    users: [
      newUser('auditor', { keys: [third], allow: AUDITOR_ACTIONS.filter((action) => !/RecycleBin/.test(action)) }),
      newUser('dora', { keys: [lone] }),
    ],
  });
  const world: { -readonly [K in keyof World]: World[K] } = { accounts: [cloud.account, cloud.other, partly] };
  writeProfiles({ one: cloud.auditor, two: second, three: third });
  return { cloud, world, lone };
};

const ask = async (world: World, accessKeyId: string, profiles: readonly string[]) => {
  const simulator = await simulate(world);
  const options = { inventory: true, probe: false, endpoints: endpointsOf(simulator.url), profiles };
  return { ...(await verifyOne(idOnly(accessKeyId), options)), simulator };
};

describe('several accounts', () => {
  it.each([[['one', 'two', 'three']], [['three', 'two', 'one']]])(
    'let the one decide that knows the key, in the order %j',
    async (profiles) => {
      const { cloud, world, lone } = threeAccounts();
      const { verdict, verdicts } = await ask(world, lone.id, profiles);
      expect(verdict).toMatchObject({ state: 'live', account: '7777777777777777', user: 'dora' });
      expect(verdicts).toMatchObject([{ state: 'live', account: '7777777777777777' }]);
      expect((await ask(world, cloud.foreign.id, profiles)).verdict).toMatchObject({ state: 'live', user: 'bob' });
      expect((await ask(world, cloud.recycled, profiles)).verdict).toMatchObject({ state: 'deleted', user: 'former' });
    },
  );

  it('name those that do not have it, and what to do', async () => {
    const { world } = threeAccounts();
    const { verdict, verdicts } = await ask(world, id24(), ['one', 'two']);
    expect(verdict).toMatchObject({
      state: 'unknown',
      notIn: ['1234567890123456', '6543210987654321'],
      reason:
        'Not in your accounts 1234567890123456, 6543210987654321 (a root key shows only once it was used); use --probe-id to ask Alibaba Cloud.',
    });
    expect(verdicts).toEqual([verdict]);
  });

  it("do not call an account a stranger's in which nothing may be looked up", async () => {
    const { cloud, world } = threeAccounts();
    const blind = newKey();
    cloud.other.users.push(newUser('blind', { keys: [blind] }));
    rmSync(`${process.env['HOME']}/.aliyun`, { recursive: true });
    writeProfiles({ one: cloud.auditor, blind });
    const simulator = await simulate(world);
    const pair = pairOf(cloud.foreign);
    const options = { inventory: true, probe: true, endpoints: endpointsOf(simulator.url), profiles: ['one', 'blind'] };
    const { verdict, verdicts } = await verifyOne(pair, options);
    expect(verdict).toMatchObject({ state: 'live', account: cloud.other.uid, partlyIn: [cloud.other.uid] });
    const { meaning, next } = judged(findingFor(pair), verdict, verdicts);
    expect(meaning).not.toContain('not one of yours');
    expect(next).not.toContain('You cannot switch it off');
  });

  it.each([[['one', 'blind']], [['blind', 'one']]])(
    'do not say that a key did nothing while one of them may not be read, in the order %j',
    async (profiles) => {
      const trail = ['actiontrail:LookupEvents', 'actiontrail:GetAccessKeyLastUsedProducts'];
      const cloud = testCloud([...AUDITOR_ACTIONS, ...trail]);
      const blind = newKey();
      cloud.other.users.push(newUser('blind', { keys: [blind] }));
      writeProfiles({ one: cloud.auditor, blind });
      const simulator = await simulate(cloud.world);
      const options = {
        inventory: true,
        probe: false,
        activity: true,
        endpoints: endpointsOf(simulator.url),
        profiles,
      };
      const { verdict } = await verifyOne(idOnly(id24()), options);
      expect(verdict.activity).toMatchObject({
        events: 0,
        complete: false,
        reason: expect.stringContaining('Your credentials lack actiontrail:LookupEvents.'),
      });
    },
  );

  describe('whose numbers STS does not tell', () => {
    const admin = newKey();
    const others = newKey();
    const world: World = {
      accounts: [
        newAccount('1111111111111111', {
          policies: [newPolicy('All', [{ Effect: 'Allow', Action: '*', Resource: '*' }])],
          users: [
            newUser('auditor', { keys: [], allow: ['*'] }),
            newUser('admin', { keys: [admin], policies: [attached('All')] }),
          ],
        }),
        newAccount('2222222222222222', {
          users: [newUser('auditor', { keys: [others], allow: ['*'] }), newUser('admin', { keys: [] })],
        }),
      ],
    };
    const auditor = newKey();
    world.accounts[0]?.users[0]?.keys.push(auditor);

    const without = async (profiles: readonly string[]) => {
      writeProfiles({ one: auditor, two: others });
      const simulator = await simulate(world);
      const endpoints = { ...endpointsOf(simulator.url), sts: 'http://127.0.0.1:1' };
      const told: string[] = [];
      const tell = (what: string, sentence: string) => void told.push(`${what}: ${sentence}`);
      const options = { inventory: true, probe: false, endpoints, profiles, tell };
      return { ...(await verifyOne(idOnly(admin.id), options)), told };
    };

    it('are read all the same when there is one', async () => {
      const { verdict, told } = await without(['one']);
      expect(verdict).toMatchObject({ state: 'live', user: 'admin', powers: ['administrator'] });
      expect(told).toEqual([
        expect.stringMatching(/^note: STS did not say whose the credentials from the profile "one" are/),
      ]);
    });

    it('do not lend each other the powers of users of the same name', async () => {
      const { verdict } = await without(['two', 'one']);
      expect(verdict).toMatchObject({
        state: 'live',
        user: 'admin',
        powersReason: expect.stringContaining('STS did not say'),
      });
      expect(verdict).not.toHaveProperty('powers');
    });
  });

  it('name the one that could not be read whole, and the permission that was missing, once', async () => {
    const { world } = threeAccounts();
    const { verdict } = await ask(world, id24(), ['one', 'three']);
    expect(verdict.notIn).toEqual(['1234567890123456']);
    expect(verdict.reason).toBe(
      'Not in your account 1234567890123456 (a root key shows only once it was used). Account 7777777777777777 could not be ' +
        'read whole. Your credentials lack ram:GetAccessKeyInfoInRecycleBin; use --probe-id to ask Alibaba Cloud.',
    );
  });

  it('tell what one of them knows beside what the others do not have', async () => {
    const { cloud, world } = threeAccounts();
    const { verdict, verdicts } = await ask(world, cloud.root.id, ['two', 'one']);
    expect(verdict).toMatchObject({
      state: 'unknown',
      principal: 'root',
      account: '1234567890123456',
      notIn: ['6543210987654321'],
      reason: expect.stringMatching(/only the root itself.*Not in your account 6543210987654321.*; use --probe/),
    });
    expect(verdicts).toHaveLength(1);
  });

  it('are asked no further once one has decided', async () => {
    const { cloud, world } = threeAccounts();
    const { simulator } = await ask(world, cloud.active.id, ['one', 'two', 'three']);
    expect(
      new Set(simulator.requests.filter(({ action }) => action === 'GetUser').map(({ accessKeyId }) => accessKeyId)),
    ).toEqual(new Set([cloud.auditor.id]));
  });
});

describe('what ActionTrail says of keys of others', () => {
  const trailOf = (cloud: ReturnType<typeof testCloud>, over: Readonly<Record<string, unknown>>): void => {
    const answer = {
      RequestId: '1',
      AccessKeyId: cloud.foreign.id,
      UserName: 'bob',
      UsedTimestamp: 1_700_000_000_000,
      ...over,
    };
    cloud.world.fault = ({ version, accessKeyId }) =>
      version === '2020-07-06' && accessKeyId === cloud.auditor.id
        ? { kind: 'answer', status: 200, body: JSON.stringify(answer) }
        : null;
  };

  it.each([
    ['ram-user', 'a RAM user', { principal: 'ram-user', user: 'bob' }],
    ['root-account', 'the root account', { principal: 'root', arn: 'acs:ram::6543210987654321:root' }],
  ] as const)('names the account and the owner, and no state: %s', async (type, words, facts) => {
    const cloud = testCloud();
    writeProfiles({ one: cloud.auditor });
    trailOf(cloud, { AccountType: type, AccountId: '6543210987654321' });
    const { verdict } = await ask(cloud.world, cloud.foreign.id, ['one']);
    expect(verdict).toMatchObject({
      state: 'unknown',
      account: '6543210987654321',
      lastUsed: '2023-11-14T22:13:20Z',
      ...facts,
    });
    expect(verdict.reason).toContain(`${words} of account 6543210987654321, which these credentials do not belong to`);
  });

  it('gives way to the account that knows it', async () => {
    const cloud = testCloud();
    const second = newKey();
    cloud.other.users.push(newUser('auditor', { keys: [second], allow: ['*'] }));
    writeProfiles({ one: cloud.auditor, two: second });
    trailOf(cloud, { AccountType: 'ram-user', AccountId: '6543210987654321' });
    const { verdict, verdicts } = await ask(cloud.world, cloud.foreign.id, ['one', 'two']);
    expect(verdict).toMatchObject({ state: 'live', account: '6543210987654321', user: 'bob' });
    expect(verdicts).toHaveLength(1);
  });

  it('does not give its last use to a key of this account', async () => {
    const cloud = testCloud();
    writeProfiles({ one: cloud.auditor });
    trailOf(cloud, { AccessKeyId: cloud.active.id, AccountType: 'ram-user', AccountId: '6543210987654321' });
    const { verdict } = await ask(cloud.world, cloud.active.id, ['one']);
    expect(verdict).toMatchObject({ state: 'live', account: '1234567890123456', user: 'alice' });
    expect(verdict.lastUsed).not.toBe('2023-11-14T22:13:20Z');
  });

  it('marks a root key as such, even if IMS should name an owner without keys', async () => {
    const cloud = testCloud();
    writeProfiles({ one: cloud.auditor });
    cloud.world.fault = ({ version, action, accessKeyId }) =>
      version === '2019-08-15' && action === 'GetUser' && accessKeyId === cloud.auditor.id
        ? {
            kind: 'answer',
            status: 200,
            body: JSON.stringify({ User: { UserName: 'root', UserPrincipalName: 'root@company-3456.onaliyun.com' } }),
          }
        : null;
    const { verdict } = await ask(cloud.world, cloud.root.id, ['one']);
    expect(verdict).toMatchObject({ state: 'unknown', principal: 'root', arn: 'acs:ram::1234567890123456:root' });
  });
});

describe('root credentials', () => {
  it("see the keys of users, the root's own, and those of nobody", async () => {
    const cloud = testCloud();
    const mine = newKey();
    const unused = newKey();
    cloud.account.rootKeys.push(mine, unused);
    writeProfiles({ root: mine });
    const of = async (id: string) => (await ask(cloud.world, id, ['root'])).verdict;
    expect(await of(cloud.active.id)).toMatchObject({ state: 'live', principal: 'ram-user', user: 'alice' });
    expect(await of(cloud.inactive.id)).toMatchObject({ state: 'disabled', user: 'alice' });
    expect(await of(unused.id)).toMatchObject({ state: 'live', principal: 'root' });
    expect(await of(cloud.recycled)).toMatchObject({ state: 'deleted', user: 'former' });
    // They would see a root key that was never used, too.
    expect((await of(cloud.foreign.id)).reason).toBe(
      'Not in your account 1234567890123456; use --probe-id to ask Alibaba Cloud.',
    );
  });

  it('do not call a root key live that ActionTrail knows and the root does not list', async () => {
    const cloud = testCloud();
    const mine = newKey();
    cloud.account.rootKeys.push(mine);
    cloud.world.fault = ({ action, version }) =>
      action === 'ListAccessKeys' && version === '2019-08-15'
        ? { kind: 'answer', status: 200, body: '{"RequestId":"1","AccessKeys":{"AccessKey":[]}}' }
        : null;
    writeProfiles({ root: mine });
    const { verdict } = await ask(cloud.world, cloud.root.id, ['root']);
    expect(verdict).toMatchObject({ state: 'unknown', principal: 'root' });
    expect(verdict.reason).toContain('not among its keys any more');
  });
});

describe('a key in the recycle bin', () => {
  const bin = (over: Readonly<Record<string, unknown>>) => {
    const cloud = testCloud();
    writeProfiles({ one: cloud.auditor });
    const key = { AccessKeyId: cloud.recycled, UserId: '2', UserPrincipalName: 'former@x.onaliyun.com', ...over };
    cloud.world.fault = ({ action }) =>
      action === 'GetAccessKeyInfoInRecycleBin'
        ? { kind: 'answer', status: 200, body: JSON.stringify({ RequestId: '1', AccessKey: key }) }
        : null;
    return ask(cloud.world, cloud.recycled, ['one']);
  };

  it.each([
    [
      'until the day that IMS names',
      { RecycleDate: '2999-01-02T03:04:05Z', DeleteDate: '2999-01-20T03:04:05Z' },
      'In the recycle bin since 2999-01-02, restorable until 2999-01-20.',
    ],
    [
      'for 30 days where it names none',
      { RecycleDate: '2999-01-02T03:04:05Z' },
      'In the recycle bin since 2999-01-02, restorable until 2999-02-01.',
    ],
    [
      'for 30 days where it names the day of the deletion',
      { RecycleDate: '2999-01-02T03:04:05Z', DeleteDate: '2999-01-02T03:04:05Z' },
      'In the recycle bin since 2999-01-02, restorable until 2999-02-01.',
    ],
    [
      'no more, once they are over',
      { RecycleDate: '2020-01-02T03:04:05Z' },
      'In the recycle bin since 2020-01-02; its time to be restored is over.',
    ],
    ['without any day', { RecycleDate: 'soon' }, 'In the recycle bin, restorable for 30 days.'],
    [
      'with its user gone',
      { RecycleDate: '2999-01-02T03:04:05Z', UserRecycled: true },
      'In the recycle bin since 2999-01-02, restorable until 2999-02-01; its user was deleted, too.',
    ],
  ])('says so: %s', async (_, over, reason) => {
    const { verdict } = await bin(over);
    expect(verdict).toMatchObject({ state: 'deleted', principal: 'ram-user', user: 'former', reason });
  });

  it('is a RAM user’s even without a name', async () => {
    const { verdict } = await bin({ UserPrincipalName: '', UserRecycled: true });
    expect(verdict).toMatchObject({ state: 'deleted', principal: 'ram-user', account: '1234567890123456' });
    expect(verdict).not.toHaveProperty('user');
    expect(verdict).not.toHaveProperty('arn');
  });

  it('stays deleted when STS still accepts the pair, and that is said', async () => {
    const cloud = testCloud();
    writeProfiles({ one: cloud.auditor });
    const revived = newKey({ id: cloud.recycled, secret: secret30() });
    cloud.other.users.push(newUser('ghost', { keys: [revived] }));
    const simulator = await simulate(cloud.world);
    const options = { inventory: true, probe: true, endpoints: endpointsOf(simulator.url), profiles: ['one'] };
    const { verdict } = await verifyOne(pairOf(revived), options);
    expect(verdict.state).toBe('deleted');
    expect(verdict.reason).toContain('STS still accepted the pair');
  });
});
