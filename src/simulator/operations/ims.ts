// Identity Management Service: whose a key is, deleted keys, and how the account is kept. Version 2019-08-15.

import { Refusal } from '../refusal.js';
import { principalNameOf, type SimulatedAccount, type SimulatedKey, type SimulatedUser } from '../world.js';
import { imsChanges } from './changes.js';
import { generateReport, readReport } from './credential-report.js';
import {
  type Answer,
  type Asked,
  invalid,
  known,
  noSuchKey,
  ownKeys,
  type Product,
  page,
  required,
  userWithPrincipal,
} from './operation.js';

const DAY = 24 * 3_600_000;

const toUser = ({ account, parameters }: Asked): string =>
  `acs:ram::${account.uid}:user/${(parameters['UserPrincipalName'] ?? '*').replace(/@.*/, '')}`;

export const ims: Product = {
  name: 'Ims',
  operations: {
    ...imsChanges,
    GetUser: {
      permission: 'ram:GetUser',
      resource: toUser,
      answer: (asked) => ({ User: fullFields(asked.account, found(asked)) }),
    },
    ListUsers: {
      permission: 'ram:ListUsers',
      answer: ({ account, parameters }) => {
        const sizes = { marker: 'Marker', size: 'MaxItems', max: 1000, or: 100 };
        const { items, next } = page(account.users, parameters, sizes);
        return {
          ...(next === null ? { IsTruncated: false } : { IsTruncated: true, Marker: next }),
          Users: { User: items.map((user) => fullFields(account, user)) },
        };
      },
    },
    ListAccessKeys: {
      permission: 'ram:ListAccessKeys',
      resource: toUser,
      answer: (asked) => ({
        AccessKeys: {
          AccessKey: keysOf(asked).map(({ id, status, created, updated }) => ({
            AccessKeyId: id,
            Status: status,
            CreateDate: created,
            UpdateDate: updated ?? created,
          })),
        },
      }),
    },
    GetAccessKeyLastUsed: {
      permission: 'ram:GetAccessKeyLastUsed',
      resource: toUser,
      answer: (asked) => {
        const key = keysOf(asked).find(({ id }) => id === required(asked.parameters, 'UserAccessKeyId'));
        if (key === undefined) throw noSuchKey();
        return {
          AccessKeyLastUsed: { LastUsedDate: key.lastUsed?.at ?? '', ServiceName: key.lastUsed?.service ?? '' },
        };
      },
    },
    GetAccountSummary: {
      permission: 'ram:GetAccountSummary',
      answer: ({ account }) => ({ SummaryMap: summary(account) }),
    },
    GetAccountSecurityPracticeReport: {
      permission: 'ram:GetAccountSecurityPracticeReport',
      answer: ({ account, now }) => practice(account, now),
    },
    GetAccountMFAInfo: {
      permission: 'ram:GetAccountMFAInfo',
      answer: ({ account }) => ({ IsMFAEnable: account.rootMfa !== undefined }),
    },
    GetSecurityPreference: {
      permission: 'ram:GetSecurityPreference',
      answer: ({ account: { preference } }) => ({
        SecurityPreference: {
          AccessKeyPreference: { AllowUserToManageAccessKeys: preference?.usersManageKeys ?? false },
          MaxIdleDays: { MaxIdleDaysForAccessKeys: preference?.maxIdleDays ?? 730, MaxIdleDaysForUsers: 730 },
        },
      }),
    },
    GenerateCredentialReport: {
      permission: 'ram:GenerateCredentialReport',
      answer: ({ account, now }) => ({ State: generateReport(account, now) }),
    },
    GetCredentialReport: {
      permission: 'ram:GetCredentialReport',
      answer: ({ account, parameters }) => readReport(account, parameters),
    },
    GetAccessKeyInfoInRecycleBin: {
      permission: 'ram:GetAccessKeyInfoInRecycleBin',
      answer: ({ account, parameters }) => {
        const id = required(parameters, 'UserAccessKeyId');
        const key = account.recycleBin.find((candidate) => candidate.id === id);
        if (key === undefined) throw noSuchKey();
        return {
          AccessKey: {
            AccessKeyId: key.id,
            UserId: key.userId,
            UserPrincipalName: principalNameOf(account, key.userName),
            UserRecycled: key.isUserRecycled ?? false,
            CreateDate: key.created,
            RecycleDate: key.recycled,
            DeleteDate: inDays(key.recycled, 30),
          },
        };
      },
    },
    ListAccessKeysInRecycleBin: {
      permission: 'ram:ListAccessKeysInRecycleBin',
      answer: ({ account, parameters }) => {
        const owner = required(parameters, 'UserId');
        return {
          AccessKeys: {
            AccessKey: account.recycleBin
              .filter(({ userId }) => userId === owner)
              .map(({ id, created, recycled }) => ({
                AccessKeyId: id,
                CreateDate: created,
                RecycleDate: recycled,
                DeleteDate: inDays(recycled, 30),
              })),
          },
        };
      },
    },
  },
};

const inDays = (from: string, days: number): string =>
  `${new Date(Date.parse(from) + days * DAY).toISOString().slice(0, 19)}Z`;

/** By exactly one of its names, its ID, or one of its keys. */
const found = ({ account, keyring, parameters }: Asked): SimulatedUser => {
  const { UserPrincipalName, UserId, UserAccessKeyId } = parameters;
  const given = [UserPrincipalName, UserId, UserAccessKeyId].filter(Boolean);
  if (given.length !== 1) throw invalid('UserPrincipalName');
  if (UserPrincipalName) return userWithPrincipal(account, UserPrincipalName);
  if (UserId) {
    const user = account.users.find(({ id }) => id === UserId);
    if (user === undefined) throw new Refusal(404, 'EntityNotExist.User', 'The user does not exist.');
    return user;
  }
  const owner = keyring.callerOf(UserAccessKeyId ?? '');
  if (owner?.kind !== 'user' || owner.account !== account) throw noSuchKey();
  return owner.user;
};

const keysOf = ({ caller, account, parameters: { UserPrincipalName } }: Asked): readonly SimulatedKey[] =>
  UserPrincipalName ? userWithPrincipal(account, UserPrincipalName).keys : ownKeys(caller);

const fullFields = (account: SimulatedAccount, user: SimulatedUser): Answer =>
  known({
    UserId: user.id,
    UserName: user.name,
    UserPrincipalName: principalNameOf(account, user.name),
    DisplayName: user.displayName ?? user.name,
    Email: user.email,
    Comments: user.comments ?? '',
    CreateDate: user.created,
    UpdateDate: user.updated ?? user.created,
    LastLoginDate: user.lastLogin ?? '',
    ProvisionType: 'Manual',
  });

const summary = (account: SimulatedAccount): Answer => ({
  AccessKeysPerUserQuota: 2,
  AccountAccessKeysPerAccountQuota: 2,
  AttachedPoliciesPerGroupQuota: 5,
  AttachedPoliciesPerRoleQuota: 5,
  AttachedPoliciesPerUserQuota: 10,
  AttachedSystemPoliciesPerGroupQuota: 20,
  AttachedSystemPoliciesPerRoleQuota: 20,
  AttachedSystemPoliciesPerUserQuota: 20,
  ConditionsPerAKPolicyQuota: 8,
  IPItemsPerAKPolicyQuota: 50,
  Groups: account.groups?.length ?? 0,
  GroupsPerUserQuota: 5,
  GroupsQuota: 50,
  MFADevices: account.users.filter(({ mfa }) => mfa !== undefined).length,
  MFADevicesInUse: account.users.filter(({ mfa }) => mfa !== undefined).length,
  Policies: account.policies?.length ?? 0,
  PoliciesQuota: 1500,
  PolicySizeQuota: 6144,
  Roles: account.roles?.length ?? 0,
  RolesQuota: 1000,
  Users: account.users.length,
  UsersQuota: 1000,
  VersionsPerPolicyQuota: 5,
  VirtualMFADevicesQuota: 1000,
  ...account.summary,
});

/** Old: made more than 90 days ago. Unused: not in the last 90 days. The weights of the score are not published. */
const practice = (account: SimulatedAccount, now: number): Answer => {
  const isOld = ({ created }: SimulatedKey): boolean => now - Date.parse(created) > 90 * DAY;
  const isUnused = ({ lastUsed }: SimulatedKey): boolean =>
    lastUsed === undefined || now - Date.parse(lastUsed.at) > 90 * DAY;
  const count = (is: (key: SimulatedKey) => boolean): number =>
    [...account.rootKeys, ...account.users.flatMap(({ keys }) => keys)].filter(is).length;
  const usersWith = (is: (key: SimulatedKey) => boolean): number =>
    account.users.filter(({ keys }) => keys.some(is)).length;
  const info = {
    BindMfa: account.rootMfa !== undefined,
    RootWithAccessKey: account.rootKeys.length,
    OldAkNum: count(isOld),
    UnusedAkNum: count(isUnused),
    SubUser: account.users.length,
    SubUserBindMfa: account.users.filter(({ mfa }) => mfa !== undefined).length,
    SubUserPwdLevel: 'mid',
    SubUserWithOldAccessKey: usersWith(isOld),
    SubUserWithUnusedAccessKey: usersWith(isUnused),
  };
  const lost = (info.BindMfa ? 0 : 20) + (info.RootWithAccessKey > 0 ? 20 : 0) + (info.OldAkNum > 0 ? 10 : 0);
  return { AccountSecurityPracticeInfo: { Score: 100 - lost, AccountSecurityPracticeUserInfo: info } };
};
