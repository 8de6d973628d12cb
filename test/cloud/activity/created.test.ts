import { describe, expect, it } from 'vitest';
import { madeBy } from '../../../src/cloud/activity/created.js';
import { id16, id24, secret30, stsId, stsSecret, stsToken } from '../../support/keys.js';

const made = (call: string, request: object, response: object = {}, caller: string | null = 'alice') => {
  const [service = '', action = ''] = call.split(':');
  return madeBy(service, action, { request: request as never, response: response as never, caller });
};

describe('what a call made', () => {
  it.each([
    ['Ram:CreateUser', { UserName: 'eve' }, {}, [{ kind: 'user', name: 'eve' }]],
    ['Ims:CreateUser', { UserPrincipalName: 'eve@x.onaliyun.com' }, {}, [{ kind: 'user', name: 'eve' }]],
    ['Ims:CreateUser', {}, { User: { UserPrincipalName: 'eve@x.onaliyun.com' } }, [{ kind: 'user', name: 'eve' }]],
    ['Ram:CreateLoginProfile', { UserName: 'eve', Password: 'p' }, {}, [{ kind: 'login', name: 'eve' }]],
    ['Ram:CreateRole', { RoleName: 'r' }, {}, [{ kind: 'role', name: 'r' }]],
    ['Ram:CreateRole', {}, { Role: { RoleName: 'r' } }, [{ kind: 'role', name: 'r' }]],
    ['Ram:CreatePolicy', { PolicyName: 'p', PolicyDocument: '{}' }, {}, [{ kind: 'policy', name: 'p' }]],
    ['Ram:CreateGroup', { GroupName: 'g' }, {}, [{ kind: 'group', name: 'g' }]],
    [
      'Ram:AttachPolicyToUser',
      { PolicyName: 'AdministratorAccess', UserName: 'eve' },
      {},
      [{ kind: 'attachment', name: 'AdministratorAccess to user eve' }],
    ],
    [
      'Ram:AttachPolicyToGroup',
      { PolicyName: 'p', GroupName: 'admins' },
      {},
      [{ kind: 'attachment', name: 'p to group admins' }],
    ],
    [
      'Ims:AddUserToGroup',
      { UserPrincipalName: 'eve@x.onaliyun.com', GroupPrincipalName: 'admins@group.x.onaliyun.com' },
      {},
      [{ kind: 'attachment', name: 'eve to group admins' }],
    ],
    [
      'Ecs:RunInstances',
      { Amount: '2' },
      { InstanceIdSets: { InstanceIdSet: ['i-1', 'i-2', 7] } },
      [
        { kind: 'instance', name: 'i-1' },
        { kind: 'instance', name: 'i-2' },
      ],
    ],
    ['ECS:createinstance', {}, { InstanceId: 'i-3' }, [{ kind: 'instance', name: 'i-3' }]],
  ])('%s of %j and %j', (call, request, response, things) => {
    expect(made(call, request, response)).toEqual(things);
  });

  it.each([
    ['a user of another product', 'Dms:CreateUser', { UserName: 'eve' }],
    ['a user without a name', 'Ram:CreateUser', {}],
    ['a user whose name is none', 'Ram:CreateUser', { UserName: 'a\nb' }],
    ['a policy given to nobody', 'Ram:AttachPolicyToUser', { PolicyName: 'p' }],
    ['a call that makes nothing', 'Ram:ListUsers', {}],
    ['a call named after what every object has', 'constructor:toString', {}],
    ['instances that are not told', 'Ecs:RunInstances', {}],
  ])('is nothing for %s', (_, call, request) => {
    expect(made(call, request)).toEqual([]);
  });

  it('names the whole ID of a key and the user it was made for, or the maker', () => {
    for (const AccessKeyId of [id24(), id16()]) {
      const response = { AccessKey: { AccessKeyId, AccessKeySecret: secret30() } };
      expect(made('Ram:CreateAccessKey', { UserName: 'bob' }, response)).toEqual([
        { kind: 'access-key', name: 'bob', accessKeyId: AccessKeyId },
      ]);
      expect(made('Ram:CreateAccessKey', {}, response)).toMatchObject([{ name: 'alice' }]);
      expect(made('Ram:CreateAccessKey', {}, response, null)).toMatchObject([{ name: 'itself' }]);
    }
    expect(made('Ram:CreateAccessKey', { UserName: 'bob' })).toEqual([{ kind: 'access-key', name: 'bob' }]);
  });

  it('takes no secret for an ID', () => {
    for (const secret of [secret30(), stsSecret(), stsToken()]) {
      const things = made('Ram:CreateAccessKey', { UserName: 'bob' }, { AccessKey: { AccessKeyId: secret } });
      expect(things).toEqual([{ kind: 'access-key', name: 'bob' }]);
    }
  });

  it('names the session of a role, its ID and its end, and not its secret', () => {
    const Credentials = {
      AccessKeyId: stsId(),
      AccessKeySecret: stsSecret(),
      SecurityToken: stsToken(),
      Expiration: '2026-03-04T06:06:07Z',
    };
    const request = { RoleArn: 'acs:ram::1234567890123456:role/deployer', RoleSessionName: 'x' };
    const expected = {
      kind: 'session',
      name: 'deployer/x',
      accessKeyId: Credentials.AccessKeyId,
      until: Credentials.Expiration,
    };
    const AssumedRoleUser = { Arn: 'acs:ram::1234567890123456:assumed-role/deployer/x' };
    expect(made('Sts:AssumeRole', request, { Credentials, AssumedRoleUser })).toEqual([expected]);
    expect(made('Sts:AssumeRole', request, { Credentials })).toEqual([expected]);
    expect(made('Sts:AssumeRole', request)).toEqual([{ kind: 'session', name: 'deployer/x' }]);
    expect(made('Sts:AssumeRole', {})).toEqual([]);
  });

  it('is bounded', () => {
    const InstanceIdSet = Array.from({ length: 1_000 }, (_, index) => `i-${index}`);
    expect(made('Ecs:RunInstances', {}, { InstanceIdSets: { InstanceIdSet } }).length).toBeLessThan(20);
  });
});
