// Resource Access Management: users, their keys, groups, roles and what is attached to them. Version 2015-05-01.

import { attachmentCount, defaultVersionOf, policyOf, versionsOf } from '../policies.js';
import { Refusal } from '../refusal.js';
import type { AttachedPolicy, SimulatedAccount, SimulatedKey, SimulatedPolicy, SimulatedUser } from '../world.js';
import { ramChanges } from './changes.js';
import {
  type Answer,
  type Asked,
  known,
  noSuchKey,
  ownKeys,
  type Parameters,
  type Product,
  page,
  required,
  userNamed,
} from './operation.js';

const LIST = { marker: 'Marker', size: 'MaxItems', max: 1000, or: 100 } as const;

const toUser = ({ account, parameters }: Asked): string =>
  `acs:ram::${account.uid}:user/${parameters['UserName'] ?? '*'}`;
const toGroup = ({ account, parameters }: Asked): string =>
  `acs:ram::${account.uid}:group/${parameters['GroupName'] ?? '*'}`;
const toRole = ({ account, parameters }: Asked): string =>
  `acs:ram::${account.uid}:role/${parameters['RoleName'] ?? '*'}`;
const toPolicy = ({ account, parameters }: Asked): string =>
  `acs:ram::${parameters['PolicyType'] === 'System' ? 'system' : account.uid}:policy/${parameters['PolicyName'] ?? '*'}`;

export const ram: Product = {
  name: 'Ram',
  operations: {
    ...ramChanges,
    ListUsers: {
      permission: 'ram:ListUsers',
      answer: ({ account, parameters }) => {
        const { items, next } = page(account.users, parameters, LIST);
        return { ...truncation(next), Users: { User: items.map(userFields) } };
      },
    },
    GetUser: {
      permission: 'ram:GetUser',
      resource: toUser,
      answer: (asked) => {
        const user = named(asked);
        return { User: known({ ...userFields(user), LastLoginDate: user.lastLogin ?? '' }) };
      },
    },
    ListAccessKeys: {
      permission: 'ram:ListAccessKeys',
      resource: toUser,
      answer: ({ caller, account, parameters: { UserName } }) =>
        listed(UserName ? userNamed(account, UserName).keys : ownKeys(caller)),
    },
    GetAccessKeyLastUsed: {
      permission: 'ram:GetAccessKeyLastUsed',
      resource: toUser,
      answer: (asked) => {
        const key = named(asked).keys.find(({ id }) => id === required(asked.parameters, 'UserAccessKeyId'));
        if (key === undefined) throw noSuchKey();
        return { AccessKeyLastUsed: { LastUsedDate: key.lastUsed?.at ?? '' } };
      },
    },
    GetUserMFAInfo: {
      permission: 'ram:GetUserMFAInfo',
      resource: toUser,
      answer: (asked) => {
        const { mfa } = named(asked);
        if (mfa === undefined) throw missing('User.MFADevice', 'The user does not bind a MFA device.');
        return { MFADevice: { SerialNumber: mfa.serial, Type: mfa.type } };
      },
    },
    GetLoginProfile: {
      permission: 'ram:GetLoginProfile',
      resource: toUser,
      answer: (asked) => {
        const { login, name } = named(asked);
        if (login === undefined) throw missing('User.LoginProfile', 'The login policy does not exist.');
        return {
          LoginProfile: known({
            UserName: name,
            CreateDate: login.created,
            MFABindRequired: login.isMfaRequired ?? false,
            PasswordResetRequired: false,
          }),
        };
      },
    },
    ListVirtualMFADevices: {
      permission: 'ram:ListVirtualMFADevices',
      answer: ({ account }) => ({
        VirtualMFADevices: {
          VirtualMFADevice: account.users.flatMap(({ id, name, displayName, mfa }) =>
            mfa?.type === 'VMFA'
              ? [
                  known({
                    SerialNumber: mfa.serial,
                    ActivateDate: mfa.activated,
                    User: { UserId: id, UserName: name, DisplayName: displayName ?? name },
                  }),
                ]
              : [],
          ),
        },
      }),
    },
    ListGroups: {
      permission: 'ram:ListGroups',
      answer: ({ account, parameters }) => {
        const { items, next } = page(account.groups ?? [], parameters, LIST);
        return {
          ...truncation(next),
          Groups: { Group: items.map(({ name, id, comments }) => groupFields(name, id, comments)) },
        };
      },
    },
    ListGroupsForUser: {
      permission: 'ram:ListGroupsForUser',
      resource: toUser,
      answer: (asked) => ({
        Groups: {
          Group: (named(asked).groups ?? []).map((name) => {
            const group = asked.account.groups?.find((candidate) => candidate.name === name);
            return groupFields(name, group?.id, group?.comments);
          }),
        },
      }),
    },
    ListPoliciesForUser: {
      permission: 'ram:ListPoliciesForUser',
      resource: toUser,
      answer: (asked) => attached(asked.account, named(asked).policies),
    },
    ListPoliciesForGroup: {
      permission: 'ram:ListPoliciesForGroup',
      resource: toGroup,
      answer: ({ account, parameters }) => {
        const name = required(parameters, 'GroupName');
        const group = account.groups?.find((candidate) => candidate.name === name);
        if (group === undefined) throw missing('Group', 'The group does not exist.');
        return attached(account, group.policies);
      },
    },
    ListPoliciesForRole: {
      permission: 'ram:ListPoliciesForRole',
      resource: toRole,
      answer: ({ account, parameters }) => attached(account, roleNamed(account, parameters).policies),
    },
    GetRole: {
      permission: 'ram:GetRole',
      resource: toRole,
      answer: ({ account, parameters }) => {
        const { id, name, description, created, trust, maxSession } = roleNamed(account, parameters);
        return {
          Role: known({
            RoleId: id ?? '300000000000000001',
            RoleName: name,
            Arn: `acs:ram::${account.uid}:role/${name}`,
            Description: description ?? '',
            AssumeRolePolicyDocument: trust ?? '{"Statement":[],"Version":"1"}',
            CreateDate: created,
            UpdateDate: created,
            MaxSessionDuration: maxSession ?? 3600,
          }),
        };
      },
    },
    GetPolicy: {
      permission: 'ram:GetPolicy',
      resource: toPolicy,
      answer: ({ account, parameters }) => {
        const policy = policyNamed(account, parameters);
        const version = defaultVersionOf(policy);
        return {
          Policy: known({
            PolicyName: policy.name,
            PolicyType: parameters['PolicyType'],
            Description: policy.description ?? '',
            DefaultVersion: version.id,
            CreateDate: policy.created,
            UpdateDate: version.created,
            AttachmentCount: attachmentCount(account, policy.name, required(parameters, 'PolicyType')),
          }),
          DefaultPolicyVersion: known({
            VersionId: version.id,
            IsDefaultVersion: true,
            PolicyDocument: version.document,
            CreateDate: version.created,
          }),
        };
      },
    },
    GetPolicyVersion: {
      permission: 'ram:GetPolicyVersion',
      resource: toPolicy,
      answer: ({ account, parameters }) => {
        const policy = policyNamed(account, parameters);
        const id = required(parameters, 'VersionId');
        const version = versionsOf(policy).find((candidate) => candidate.id === id);
        if (version === undefined) throw missing('Policy.Version', 'The policy version does not exist.');
        return {
          PolicyVersion: known({
            VersionId: version.id,
            IsDefaultVersion: version.id === defaultVersionOf(policy).id,
            PolicyDocument: version.document,
            CreateDate: version.created,
          }),
        };
      },
    },
  },
};

const truncation = (next: string | null): Answer =>
  next === null ? { IsTruncated: false } : { IsTruncated: true, Marker: next };

const missing = (what: string, message: string): Refusal => new Refusal(404, `EntityNotExist.${what}`, message);

const named = ({ account, parameters }: Asked): SimulatedUser => userNamed(account, required(parameters, 'UserName'));

const roleNamed = (account: SimulatedAccount, parameters: Parameters) => {
  const name = required(parameters, 'RoleName');
  const role = account.roles?.find((candidate) => candidate.name === name);
  if (role === undefined) throw missing('Role', 'The role does not exist.');
  return role;
};

const policyNamed = (account: SimulatedAccount, parameters: Parameters): SimulatedPolicy => {
  const type = required(parameters, 'PolicyType');
  if (type !== 'System' && type !== 'Custom') {
    throw new Refusal(400, 'InvalidParameter.PolicyType', 'The parameter PolicyType is invalid.');
  }
  const policy = policyOf(account, type, required(parameters, 'PolicyName'));
  if (policy === null) throw missing('Policy', 'The policy does not exist.');
  return policy;
};

const userFields = (user: SimulatedUser): Answer =>
  known({
    UserId: user.id,
    UserName: user.name,
    DisplayName: user.displayName ?? user.name,
    Email: user.email,
    Comments: user.comments ?? '',
    CreateDate: user.created,
    UpdateDate: user.updated ?? user.created,
  });

const groupFields = (name: string, id: string | undefined, comments: string | undefined): Answer =>
  known({ GroupName: name, GroupId: id, Comments: comments ?? '', JoinDate: '2023-01-01T00:00:00Z' });

const listed = (keys: readonly SimulatedKey[]): Answer => ({
  AccessKeys: {
    AccessKey: keys.map(({ id, status, created }) => ({ AccessKeyId: id, Status: status, CreateDate: created })),
  },
});

const attached = (account: SimulatedAccount, policies: readonly AttachedPolicy[] = []): Answer => ({
  Policies: {
    Policy: policies.map(({ name, type, attached: at }) => {
      const policy = policyOf(account, type, name);
      return known({
        PolicyName: name,
        PolicyType: type,
        Description: policy?.description ?? '',
        DefaultVersion: policy === null ? 'v1' : defaultVersionOf(policy).id,
        AttachDate: at ?? '2023-02-03T04:05:06Z',
      });
    }),
  },
});
