import { describe, expect, it } from 'vitest';
import type { Call, Fault, SimulatedAccount, SimulatedKey, World } from '../../../src/simulator/world.js';
import { id24 } from '../../support/keys.js';
import { newAccount, newKey, newUser } from '../../support/world.js';
import { call, type Over, start } from '../calling.js';

const RAM = '2015-05-01';
const IMS = '2019-08-15';
const ALICE = 'alice@company-3456.onaliyun.com';

const company = () => {
  const admin = newKey();
  const root = newKey();
  const key = newKey({ lastUsed: { at: '2025-10-01T02:03:04Z', service: 'Oss' } });
  const alice = newUser('alice', { id: '2001', keys: [key] });
  const account: SimulatedAccount = newAccount('1234567890123456', {
    rootKeys: [root],
    users: [newUser('admin', { keys: [admin], allow: ['*'] }), alice, newUser('nobody', { id: '2002' })],
  });
  return { admin, root, key, alice, account };
};

const opened = async (account: SimulatedAccount, over: Partial<World> = {}) => {
  const { url, requests } = await start({ accounts: [account], ...over });
  const as =
    (caller: SimulatedKey, Version: string) =>
    async (Action: string, parameters: Over = {}) =>
      (await call(url, caller, { Action, Version, ...parameters })).body;
  return { as, url, requests };
};

describe.each([
  ['RAM', RAM, { UserName: 'alice' }],
  ['IMS', IMS, { UserPrincipalName: ALICE }],
])('%s', (_, version, alice) => {
  it('switches a key off and on', async () => {
    const { account, admin, key } = company();
    const { as, url } = await opened(account);
    const ask = as(admin, version);
    const named = { ...alice, UserAccessKeyId: key.id };
    expect(await ask('UpdateAccessKey', { ...named, Status: 'Inactive' })).toEqual({ RequestId: expect.any(String) });
    expect((await call(url, key)).body.Code).toBe('InvalidAccessKeyId.Inactive');
    await ask('UpdateAccessKey', { ...named, Status: 'Active' });
    expect((await call(url, key)).status).toBe(200);
    expect((await ask('UpdateAccessKey', { ...named, Status: 'Off' })).Code).toBe('InvalidParameter.Status');
  });

  it('deletes only what is off, into the recycle bin', async () => {
    const { account, admin, key, alice: user } = company();
    const { as } = await opened(account);
    const ask = as(admin, version);
    const named = { ...alice, UserAccessKeyId: key.id };
    expect((await ask('DeleteAccessKey', named)).Code).toBe('DeleteConflict.AccessKey.Active');
    await ask('UpdateAccessKey', { ...named, Status: 'Inactive' });
    await ask('DeleteAccessKey', named);
    expect(user.keys).toEqual([]);
    expect((await as(admin, IMS)('GetAccessKeyInfoInRecycleBin', { UserAccessKeyId: key.id })).AccessKey).toMatchObject(
      {
        UserId: '2001',
        UserPrincipalName: ALICE,
      },
    );
  });

  it('makes no more than two keys for a user', async () => {
    const { account, admin } = company();
    const { as, url } = await opened(account);
    const { AccessKey } = await as(admin, version)('CreateAccessKey', alice);
    expect(AccessKey.Status).toBe('Active');
    const made = newKey({ id: AccessKey.AccessKeyId, secret: AccessKey.AccessKeySecret });
    expect((await call(url, made)).body.Arn).toBe('acs:ram::1234567890123456:user/alice');
    expect((await as(admin, version)('CreateAccessKey', alice)).Code).toBe('LimitExceeded.User.AccessKey');
  });

  it("touches no other user's key, and nothing for those who may not", async () => {
    const { account, admin, key, alice: user } = company();
    const { as } = await opened(account);
    const status = { UserAccessKeyId: admin.id, Status: 'Inactive' };
    expect((await as(admin, version)('UpdateAccessKey', { ...alice, ...status })).Code).toBe(
      'EntityNotExist.User.AccessKey',
    );
    const denied = await as(key, version)('UpdateAccessKey', { ...alice, ...status, UserAccessKeyId: key.id });
    expect([denied.Code, denied.AccessDeniedDetail.AuthAction]).toEqual(['NoPermission', 'ram:UpdateAccessKey']);
    expect([admin.status, user.keys[0]?.status]).toEqual(['Active', 'Active']);
  });
});

describe('the current user', () => {
  it('is the root account for a root caller of IMS, and its keys leave nothing in the recycle bin', async () => {
    const { account, root } = company();
    const other = newKey();
    account.rootKeys.push(other);
    const { as } = await opened(account);
    const ask = as(root, IMS);
    await ask('UpdateAccessKey', { UserAccessKeyId: other.id, Status: 'Inactive' });
    expect(other.status).toBe('Inactive');
    await ask('DeleteAccessKey', { UserAccessKeyId: other.id });
    expect([account.rootKeys, account.recycleBin]).toEqual([[root], []]);
    expect((await as(root, RAM)('UpdateAccessKey', { UserAccessKeyId: root.id, Status: 'Inactive' })).Code).toBe(
      'MissingParameter',
    );
  });

  it('is the caller itself for a RAM user, so that root keys are out of its reach', async () => {
    const { account, admin, root } = company();
    const { as } = await opened(account);
    const body = await as(admin, IMS)('UpdateAccessKey', { UserAccessKeyId: root.id, Status: 'Inactive' });
    expect([body.Code, root.status]).toEqual(['EntityNotExist.User.AccessKey', 'Active']);
  });
});

describe('the recycle bin', () => {
  const recycled = async (over: Partial<World> = {}) => {
    const { account, admin, key, alice } = company();
    const { as, url } = await opened(account, over);
    const ask = as(admin, IMS);
    const remove = async (id: string) => {
      await ask('UpdateAccessKey', { UserPrincipalName: ALICE, UserAccessKeyId: id, Status: 'Inactive' });
      await ask('DeleteAccessKey', { UserPrincipalName: ALICE, UserAccessKeyId: id });
    };
    await remove(key.id);
    return { account, ask, url, key, alice, remove };
  };

  it('gives a key back switched off, with its secret', async () => {
    const { account, ask, url, key, alice } = await recycled();
    expect((await call(url, key)).body.Code).toBe('InvalidAccessKeyId.NotFound');
    await ask('RestoreAccessKeyFromRecycleBin', { UserId: '2001', UserAccessKeyId: key.id });
    expect(alice.keys).toMatchObject([{ id: key.id, status: 'Inactive' }]);
    expect(account.recycleBin).toEqual([]);
    await ask('UpdateAccessKey', { UserPrincipalName: ALICE, UserAccessKeyId: key.id, Status: 'Active' });
    expect((await call(url, key)).status).toBe(200);
  });

  it('gives it back on where the world says so', async () => {
    const { ask, url, key } = await recycled({ restoredStatus: 'Active' });
    await ask('RestoreAccessKeyFromRecycleBin', { UserId: '2001', UserAccessKeyId: key.id });
    expect((await call(url, key)).status).toBe(200);
  });

  it('gives nothing back to another user, or to one who has two keys', async () => {
    const { ask, key, alice } = await recycled();
    const restore = (UserId: string) => ask('RestoreAccessKeyFromRecycleBin', { UserId, UserAccessKeyId: key.id });
    expect((await restore('2002')).Code).toBe('EntityNotExist.User.AccessKey');
    alice.keys.push(newKey(), newKey());
    expect((await restore('2001')).Code).toBe('LimitExceeded.User.AccessKey');
  });

  it('holds three keys of a user, of which the oldest goes', async () => {
    const { account, key, alice, remove } = await recycled();
    const later = [newKey(), newKey(), newKey()];
    account.recycleBin.push({
      id: id24(),
      userId: '2002',
      userName: 'nobody',
      created: '2020-01-01T00:00:00Z',
      recycled: '2020-01-01T00:00:00Z',
    });
    for (const one of later) {
      alice.keys.push(one);
      await remove(one.id);
    }
    const ids = account.recycleBin.filter(({ userId }) => userId === '2001').map(({ id }) => id);
    expect(ids).toEqual(later.map(({ id }) => id));
    expect(ids).not.toContain(key.id);
    expect(account.recycleBin).toHaveLength(4);
  });

  it('forgets a key for good', async () => {
    const { account, ask, key } = await recycled();
    await ask('DeleteAccessKeyInRecycleBin', { UserId: '2001', UserAccessKeyId: key.id });
    expect(account.recycleBin).toEqual([]);
  });
});

describe('a network policy', () => {
  const policyOf = (over: Readonly<Record<string, unknown>>) =>
    JSON.stringify({
      Status: 'Active',
      Statements: [{ Type: 'ClassicWhiteList', IPList: ['203.0.113.0/24'] }],
      ...over,
    });

  it('is empty until it is set, and gets its version from the server', async () => {
    const { account, admin, key } = company();
    const ask = (await opened(account)).as(admin, IMS);
    const named = { UserPrincipalName: ALICE, UserAccessKeyId: key.id };
    expect(await ask('GetAccessKeyPolicy', named)).toMatchObject({ AccessKeyId: key.id, AccessKeyPolicy: '{}' });
    const set = await ask('SetAccessKeyPolicy', { ...named, AccessKeyPolicy: policyOf({}) });
    expect(JSON.parse(set.AccessKeyPolicy)).toMatchObject({ Version: 1, Status: 'Active' });
    expect((await ask('GetAccessKeyPolicy', named)).AccessKeyPolicy).toBe(set.AccessKeyPolicy);
    await ask('SetAccessKeyPolicy', { ...named, AccessKeyPolicy: policyOf({ Status: 'Inactive', Statements: [] }) });
    expect(account.users[1]?.keys).toEqual([key]);
    expect(key.policy).toBeUndefined();
  });

  it.each([
    ['is empty', '{}'],
    ['is no JSON', 'no'],
    ['has no address', policyOf({ Statements: [{ Type: 'ClassicWhiteList', IPList: [] }] })],
    ['has what is no address', policyOf({ Statements: [{ Type: 'ClassicWhiteList', IPList: ['203.0.113.0/33'] }] })],
    [
      'names a VPC where none belongs',
      policyOf({ Statements: [{ Type: 'ClassicWhiteList', Value: 'vpc-1', IPList: ['::/0'] }] }),
    ],
    ['names no VPC', policyOf({ Statements: [{ Type: 'VPCWhiteList', IPList: ['::/0'] }] })],
    ['has too many addresses', policyOf({ Statements: [{ Type: 'ClassicWhiteList', IPList: Array(51).fill('::1') }] })],
    ['has another version', policyOf({ Version: 2 })],
  ])('is refused when it %s', async (_, AccessKeyPolicy) => {
    const { account, admin, key } = company();
    const ask = (await opened(account)).as(admin, IMS);
    const named = { UserPrincipalName: ALICE, UserAccessKeyId: key.id };
    expect((await ask('SetAccessKeyPolicy', { ...named, AccessKeyPolicy })).Code).toBe(
      'InvalidParameter.AccessKeyPolicy',
    );
    expect(key.policy).toBeUndefined();
  });

  it.each([
    ['203.0.113.7', 200],
    ['198.51.100.1', 403],
  ])('decides about %s', async (sourceIp, status) => {
    const { account, admin, key } = company();
    const { as, url } = await opened(account, { sourceIp, addressRefusal: 'Made.Up' });
    await as(admin, IMS)('SetAccessKeyPolicy', {
      UserPrincipalName: ALICE,
      UserAccessKeyId: key.id,
      AccessKeyPolicy: policyOf({}),
    });
    const answer = await call(url, key);
    expect([answer.status, answer.body.Code]).toEqual([status, status === 200 ? undefined : 'Made.Up']);
    account.users[1]?.keys.forEach((one) => {
      one.policy = policyOf({ Status: 'Inactive' });
    });
    expect((await call(url, key)).status).toBe(200);
  });
});

describe('a key that was switched off', () => {
  it('is accepted still for as long as the world says', async () => {
    const { account, admin, key } = company();
    const { as, url } = await opened(account, { disabledAfterMs: 3_600_000 });
    await as(admin, RAM)('UpdateAccessKey', { UserName: 'alice', UserAccessKeyId: key.id, Status: 'Inactive' });
    expect((await call(url, key)).status).toBe(200);
    key.acceptedUntil = Date.now() - 1;
    expect((await call(url, key)).body.Code).toBe('InvalidAccessKeyId.Inactive');
  });
});

describe('an answer that is lost', () => {
  const off = { UserName: 'alice', Status: 'Inactive' };
  const lost = (fault: Fault) => (asked: Call) => (asked.action === 'UpdateAccessKey' ? fault : null);

  it.each<[string, Fault, string]>([
    ['before the effect', { kind: 'reset' }, 'Active'],
    ['after it', { kind: 'after', instead: { kind: 'reset' } }, 'Inactive'],
  ])('is lost %s', async (_, fault, status) => {
    const { account, admin, key } = company();
    const { as } = await opened(account, { fault: lost(fault) });
    await expect(as(admin, RAM)('UpdateAccessKey', { ...off, UserAccessKeyId: key.id })).rejects.toThrow();
    expect(key.status).toBe(status);
  });

  it('may be an error in place of it, and is counted as the success that it was', async () => {
    const { account, admin, key } = company();
    const instead = { kind: 'error', status: 503, code: 'ServiceUnavailable', message: 'Down.' } as const;
    const { as, requests } = await opened(account, { fault: lost({ kind: 'after', instead }) });
    const body = await as(admin, RAM)('UpdateAccessKey', { ...off, UserAccessKeyId: key.id });
    expect([body.Code, key.status]).toEqual(['ServiceUnavailable', 'Inactive']);
    expect(requests).toMatchObject([{ action: 'UpdateAccessKey', status: 200, code: null }]);
  });

  it('leaves a refusal as it is', async () => {
    const { account, key } = company();
    const { as } = await opened(account, { fault: lost({ kind: 'after', instead: { kind: 'reset' } }) });
    expect((await as(key, RAM)('UpdateAccessKey', { ...off, UserAccessKeyId: key.id })).Code).toBe('NoPermission');
  });
});
