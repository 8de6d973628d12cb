import { describe, expect, it } from 'vitest';
import type { SimulatedAccount } from '../../../src/simulator/world.js';
import { id24 } from '../../support/keys.js';
import { newAccount, newKey, newUser } from '../../support/world.js';
import { call, type Over, start } from '../calling.js';

const auditor = newKey();
const stray = newKey();
const gone = id24();
const recent = `${new Date(Date.now() - 3_600_000).toISOString().slice(0, 19)}Z`;

const account = (over: Partial<SimulatedAccount> = {}): SimulatedAccount =>
  newAccount('1234567890123456', {
    rootKeys: [newKey({ lastUsed: { at: recent, service: 'Ecs' } })],
    rootMfa: { serial: 'root', type: 'VMFA' },
    users: [
      newUser('auditor', { keys: [auditor], allow: ['*'] }),
      newUser('alice', {
        id: '2001',
        keys: [newKey({ created: recent }), newKey({ status: 'Inactive' })],
        login: { created: '2022-01-02T00:00:00Z' },
      }),
    ],
    recycleBin: [
      {
        id: gone,
        userId: '2009',
        userName: 'former',
        created: '2022-01-01T00:00:00Z',
        recycled: '2025-12-01T00:00:00Z',
      },
    ],
    ...over,
  });

const other = newAccount('6543210987654321', { users: [newUser('eve', { keys: [stray] })] });

const opened = async (of: SimulatedAccount = account()) => {
  const { url } = await start({ accounts: [of, other] });
  return async (Action: string, over: Over = {}) =>
    (await call(url, auditor, { Action, Version: '2019-08-15', ...over })).body;
};

describe('IMS', () => {
  it('finds a user by its name, its ID or one of its keys', async () => {
    const of = account();
    const ask = await opened(of);
    const alice = of.users[1];
    for (const over of [
      { UserPrincipalName: 'alice@company-3456.onaliyun.com' },
      { UserId: '2001' },
      { UserAccessKeyId: alice?.keys[1]?.id ?? '' },
    ]) {
      expect((await ask('GetUser', over)).User).toMatchObject({ UserId: '2001', UserName: 'alice' });
    }
  });

  it.each<[string, Over, string]>([
    ['two names at once', { UserId: '2001', UserAccessKeyId: gone }, 'InvalidParameter.UserPrincipalName'],
    ["another account's key", { UserAccessKeyId: stray.id }, 'EntityNotExist.User.AccessKey'],
    ['a deleted key', { UserAccessKeyId: gone }, 'EntityNotExist.User.AccessKey'],
    ["another domain's user", { UserPrincipalName: 'alice@other.onaliyun.com' }, 'EntityNotExist.User'],
  ])('refuses %s', async (_, over, code) => {
    expect((await (await opened())('GetUser', over)).Code).toBe(code);
  });

  it('lists users with their full names', async () => {
    const { Users, IsTruncated } = await (await opened())('ListUsers');
    expect(IsTruncated).toBe(false);
    expect(Users.User[1].UserPrincipalName).toBe('alice@company-3456.onaliyun.com');
  });

  it('counts the account, and what root has', async () => {
    const ask = await opened(account({ summary: { AccessKeysPerUserQuota: 5 } }));
    expect((await ask('GetAccountSummary')).SummaryMap).toMatchObject({ Users: 2, AccessKeysPerUserQuota: 5 });
    expect((await ask('GetAccountMFAInfo')).IsMFAEnable).toBe(true);
    const { AccountSecurityPracticeUserInfo } = (await ask('GetAccountSecurityPracticeReport'))
      .AccountSecurityPracticeInfo;
    expect(AccountSecurityPracticeUserInfo).toMatchObject({
      BindMfa: true,
      RootWithAccessKey: 1,
      SubUser: 2,
      OldAkNum: 3,
      SubUserWithOldAccessKey: 2,
    });
  });

  it('remembers deleted keys and for how long', async () => {
    const ask = await opened();
    expect((await ask('GetAccessKeyInfoInRecycleBin', { UserAccessKeyId: gone })).AccessKey).toMatchObject({
      UserPrincipalName: 'former@company-3456.onaliyun.com',
      UserRecycled: false,
      DeleteDate: '2025-12-31T00:00:00Z',
    });
    const listed = (await ask('ListAccessKeysInRecycleBin', { UserId: '2009' })).AccessKeys.AccessKey;
    expect(listed).toEqual([
      {
        AccessKeyId: gone,
        CreateDate: '2022-01-01T00:00:00Z',
        RecycleDate: '2025-12-01T00:00:00Z',
        DeleteDate: '2025-12-31T00:00:00Z',
      },
    ]);
  });
});

describe('the credential report', () => {
  const generated = async (of: SimulatedAccount) => {
    const ask = await opened(of);
    const states = [];
    while (states.at(-1) !== 'COMPLETED') states.push((await ask('GenerateCredentialReport')).State);
    return { ask, states };
  };
  const rowsOf = (content: string) =>
    Buffer.from(content, 'base64')
      .toString()
      .trim()
      .split('\n')
      .map((row) => row.split(','));

  it('is made when it is asked for', async () => {
    const of = account();
    const early = await (await opened(of))('GetCredentialReport');
    expect(early.Code).toBe('EntityNotExist.CredentialReport');
    expect((await generated(of)).states).toEqual(['STARTED', 'INPROGRESS', 'COMPLETED']);
  });

  it('begins with root, has every user and names no key', async () => {
    const of = account();
    const { ask } = await generated(of);
    const { Content, IsTruncated } = await ask('GetCredentialReport');
    expect(IsTruncated).toBe(false);
    const [header = [], root = [], , alice = []] = rowsOf(Content);
    const cell = (row: readonly string[], name: string) => row[header.indexOf(name)];
    expect(root[0]).toBe('<root>');
    expect([cell(root, 'mfa_active'), cell(root, 'access_key_1_exist'), cell(root, 'access_key_1_last_used')]).toEqual([
      'TRUE',
      'TRUE',
      recent,
    ]);
    expect([cell(alice, 'access_key_1_last_used'), cell(alice, 'access_key_2_active')]).toEqual(['-', 'FALSE']);
    expect(rowsOf(Content)).toHaveLength(4);
    for (const key of [...of.rootKeys, ...of.users.flatMap(({ keys }) => keys)]) {
      expect(Buffer.from(Content, 'base64').toString()).not.toContain(key.id);
    }
  });

  it('has more columns where somebody has more than two keys', async () => {
    const { ask } = await generated(account({ rootKeys: [newKey(), newKey(), newKey()] }));
    const [header = [], root = []] = rowsOf((await ask('GetCredentialReport')).Content);
    expect(root[header.indexOf('additional_access_key_1_exist')]).toBe('TRUE');
  });

  it('comes in pages', async () => {
    const { ask } = await generated(account());
    const first = await ask('GetCredentialReport', { MaxItems: '2' });
    expect(first.IsTruncated).toBe(true);
    const last = await ask('GetCredentialReport', { MaxItems: '2', NextToken: first.NextToken });
    expect([last.IsTruncated, last.NextToken, rowsOf(last.Content).length]).toEqual([false, undefined, 2]);
  });
});
