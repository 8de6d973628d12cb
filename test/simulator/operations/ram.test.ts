import { describe, expect, it } from 'vitest';
import { attached, newAccount, newKey, newPolicy, newUser } from '../../support/world.js';
import { call, type Over, start } from '../calling.js';

const auditor = newKey();
const used = newKey({ lastUsed: { at: '2025-10-01T02:03:04Z', service: 'Oss' } });
const see = newPolicy('see', [{ Effect: 'Allow', Action: 'oss:Get*', Resource: '*' }]);
const old = { id: 'v1', document: '{"Version":"1","Statement":[]}' };

const account = newAccount('1234567890123456', {
  users: [
    newUser('auditor', { keys: [auditor], allow: ['*'] }),
    newUser('alice', {
      id: '2001',
      displayName: 'Alice Liu',
      created: '2022-01-01T00:00:00Z',
      lastLogin: '2025-01-01T00:00:00Z',
      keys: [used],
      policies: [attached('see'), attached('AliyunOSSFullAccess', 'System')],
      groups: ['dev', 'ops'],
      login: { created: '2022-01-02T00:00:00Z', isMfaRequired: true },
      mfa: { serial: 'acs:ram::1234567890123456:mfa/alice', type: 'VMFA', activated: '2022-01-03T00:00:00Z' },
    }),
    newUser('bob', { id: '2002', keys: [] }),
  ],
  groups: [{ id: 'g-1', name: 'dev', comments: 'developers', policies: [attached('see')] }],
  roles: [
    { id: '3001', name: 'deployer', policies: [attached('AdministratorAccess', 'System')], trust: '{"Version":"1"}' },
  ],
  policies: [
    { ...see, versions: [old, ...see.versions.map((version) => ({ ...version, id: 'v2' }))], defaultVersion: 'v2' },
  ],
});

const ask = async (Action: string, over: Over = {}) =>
  (await call((await start({ accounts: [account] })).url, auditor, { Action, Version: '2015-05-01', ...over })).body;

describe('RAM', () => {
  it('lists users page by page', async () => {
    const first = await ask('ListUsers', { MaxItems: '2' });
    expect([first.IsTruncated, first.Users.User.map(({ UserName }: Over) => UserName)]).toEqual([
      true,
      ['auditor', 'alice'],
    ]);
    const last = await ask('ListUsers', { MaxItems: '2', Marker: first.Marker });
    expect([last.IsTruncated, last.Marker, last.Users.User.length]).toEqual([false, undefined, 1]);
  });

  it.each(['0', '1001', 'many', '-1'])('refuses a page of %s', async (MaxItems) => {
    expect((await ask('ListUsers', { MaxItems })).Code).toBe('InvalidParameter.MaxItems');
  });

  it('tells of a user what it has', async () => {
    expect((await ask('GetUser', { UserName: 'alice' })).User).toMatchObject({
      UserId: '2001',
      UserName: 'alice',
      DisplayName: 'Alice Liu',
      CreateDate: '2022-01-01T00:00:00Z',
      LastLoginDate: '2025-01-01T00:00:00Z',
    });
    expect((await ask('GetLoginProfile', { UserName: 'alice' })).LoginProfile).toMatchObject({ MFABindRequired: true });
    expect((await ask('GetUserMFAInfo', { UserName: 'alice' })).MFADevice.Type).toBe('VMFA');
    const devices = (await ask('ListVirtualMFADevices')).VirtualMFADevices.VirtualMFADevice;
    expect(devices.map(({ User }: { User: Over }) => User['UserName'])).toEqual(['alice']);
  });

  it.each([
    ['GetLoginProfile', 'EntityNotExist.User.LoginProfile'],
    ['GetUserMFAInfo', 'EntityNotExist.User.MFADevice'],
  ])('%s refuses what a user does not have', async (action, code) => {
    expect((await ask(action, { UserName: 'bob' })).Code).toBe(code);
  });

  it.each([
    ['nobody', 'EntityNotExist.User'],
    ['阿里', 'InvalidParameter.UserName.InvalidChars'],
    ['a'.repeat(65), 'InvalidParameter.UserName.Length'],
    ['', 'MissingParameter'],
  ])('refuses the user name "%s"', async (UserName, code) => {
    expect((await ask('GetUser', { UserName })).Code).toBe(code);
  });

  it('says when a key was last used', async () => {
    const asked = { UserName: 'alice', UserAccessKeyId: used.id };
    expect((await ask('GetAccessKeyLastUsed', asked)).AccessKeyLastUsed).toEqual({
      LastUsedDate: '2025-10-01T02:03:04Z',
    });
    expect((await ask('GetAccessKeyLastUsed', { ...asked, UserName: 'bob' })).Code).toBe(
      'EntityNotExist.User.AccessKey',
    );
  });

  it('lists what is attached to users, groups and roles', async () => {
    const names = (body: { Policies: { Policy: readonly Over[] } }) =>
      body.Policies.Policy.map(({ PolicyName, PolicyType, DefaultVersion }) => [
        PolicyName,
        PolicyType,
        DefaultVersion,
      ]);
    expect(names(await ask('ListPoliciesForUser', { UserName: 'alice' }))).toEqual([
      ['see', 'Custom', 'v2'],
      ['AliyunOSSFullAccess', 'System', 'v1'],
    ]);
    expect(names(await ask('ListPoliciesForGroup', { GroupName: 'dev' }))).toEqual([['see', 'Custom', 'v2']]);
    expect(names(await ask('ListPoliciesForRole', { RoleName: 'deployer' }))).toEqual([
      ['AdministratorAccess', 'System', 'v1'],
    ]);
    expect(names(await ask('ListPoliciesForUser', { UserName: 'bob' }))).toEqual([]);
    expect((await ask('ListPoliciesForGroup', { GroupName: 'none' })).Code).toBe('EntityNotExist.Group');
  });

  it('lists the groups of a user', async () => {
    const { Group } = (await ask('ListGroupsForUser', { UserName: 'alice' })).Groups;
    expect(Group.map(({ GroupName }: Over) => GroupName)).toEqual(['dev', 'ops']);
  });

  it('gives a policy with its default version, and every version by name', async () => {
    const body = await ask('GetPolicy', { PolicyName: 'see', PolicyType: 'Custom' });
    expect(body.Policy).toMatchObject({ DefaultVersion: 'v2', AttachmentCount: 2 });
    expect(JSON.parse(body.DefaultPolicyVersion.PolicyDocument).Statement[0].Action).toBe('oss:Get*');
    const version = { PolicyName: 'see', PolicyType: 'Custom', VersionId: 'v1' };
    expect((await ask('GetPolicyVersion', version)).PolicyVersion).toMatchObject({
      IsDefaultVersion: false,
      PolicyDocument: old.document,
    });
  });

  it('knows the policies of Alibaba Cloud', async () => {
    const body = await ask('GetPolicy', { PolicyName: 'AdministratorAccess', PolicyType: 'System' });
    expect(JSON.parse(body.DefaultPolicyVersion.PolicyDocument)).toEqual({
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    });
  });

  it.each([
    [{ PolicyName: 'see', PolicyType: 'System' }, 'EntityNotExist.Policy'],
    [{ PolicyName: 'see', PolicyType: 'custom' }, 'InvalidParameter.PolicyType'],
  ])('refuses the policy %o', async (over, code) => {
    expect((await ask('GetPolicy', over)).Code).toBe(code);
  });

  it('tells who may assume a role', async () => {
    expect((await ask('GetRole', { RoleName: 'deployer' })).Role).toMatchObject({
      RoleId: '3001',
      Arn: 'acs:ram::1234567890123456:role/deployer',
      AssumeRolePolicyDocument: '{"Version":"1"}',
      MaxSessionDuration: 3600,
    });
  });
});
