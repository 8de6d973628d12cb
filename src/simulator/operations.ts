// What the simulated APIs answer, once a caller is known and allowed: the operations that akscan calls, by version and
// action, with the fields of the real ones.

import { Refusal } from './refusal.js';
import { type Caller, principalNameOf, type SimulatedAccount, type SimulatedKey, type SimulatedUser } from './world.js';

type Parameters = Readonly<Record<string, string>>;
type Answer = Readonly<Record<string, unknown>>;

export interface Operation {
  /** The RAM action that must be granted; null when nobody needs a grant. */
  readonly permission: string | null;
  readonly answer: (caller: Caller, parameters: Parameters) => Answer;
}

/** Product by API version: a version is enough to tell them apart. */
export const products: Readonly<
  Record<string, { readonly name: string; readonly operations: Readonly<Record<string, Operation>> }>
> = {
  '2015-04-01': {
    name: 'Sts',
    operations: { GetCallerIdentity: { permission: null, answer: (caller) => identity(caller) } },
  },
  '2015-05-01': {
    name: 'Ram',
    operations: {
      ListUsers: {
        permission: 'ram:ListUsers',
        answer: ({ account }, { Marker = '0', MaxItems = '100' }) => {
          const from = Number(Marker);
          const to = from + Number(MaxItems);
          const more = to < account.users.length;
          return {
            IsTruncated: more,
            ...(more ? { Marker: String(to) } : {}),
            Users: { User: account.users.slice(from, to).map(({ id, name }) => ({ UserId: id, UserName: name })) },
          };
        },
      },
      ListAccessKeys: {
        permission: 'ram:ListAccessKeys',
        answer: (caller, { UserName }) =>
          listed(UserName === undefined ? ownKeys(caller) : userNamed(caller.account, UserName).keys),
      },
    },
  },
  '2019-08-15': {
    name: 'Ims',
    operations: {
      GetUser: {
        permission: 'ram:GetUser',
        answer: ({ account }, { UserAccessKeyId }) => {
          const user = account.users.find(({ keys }) => keys.some(({ id }) => id === UserAccessKeyId));
          if (user === undefined) throw noSuchKey();
          return {
            User: { UserId: user.id, UserPrincipalName: principalNameOf(account, user.name), DisplayName: user.name },
          };
        },
      },
      ListAccessKeys: {
        permission: 'ram:ListAccessKeys',
        answer: (caller, { UserPrincipalName }) =>
          listed(UserPrincipalName ? userWithPrincipal(caller.account, UserPrincipalName).keys : ownKeys(caller)),
      },
      GetAccessKeyLastUsed: {
        permission: 'ram:GetAccessKeyLastUsed',
        answer: ({ account }, { UserPrincipalName = '', UserAccessKeyId }) => {
          const key = userWithPrincipal(account, UserPrincipalName).keys.find(({ id }) => id === UserAccessKeyId);
          if (key === undefined) throw noSuchKey();
          return {
            AccessKeyLastUsed: { LastUsedDate: key.lastUsed?.at ?? '', ServiceName: key.lastUsed?.service ?? '' },
          };
        },
      },
      GetAccessKeyInfoInRecycleBin: {
        permission: 'ram:GetAccessKeyInfoInRecycleBin',
        answer: ({ account }, { UserAccessKeyId }) => {
          const key = account.recycleBin.find(({ id }) => id === UserAccessKeyId);
          if (key === undefined) throw noSuchKey();
          return {
            AccessKey: {
              AccessKeyId: key.id,
              UserId: key.userId,
              UserPrincipalName: principalNameOf(account, key.userName),
              UserRecycled: false,
              CreateDate: key.created,
              RecycleDate: key.recycled,
            },
          };
        },
      },
    },
  },
  '2020-07-06': {
    name: 'Actiontrail',
    operations: {
      GetAccessKeyLastUsedInfo: {
        permission: 'actiontrail:GetAccessKeyLastUsedInfo',
        answer: ({ account }, { AccessKey = '' }) => trail(account, AccessKey),
      },
    },
  },
};

const identity = (caller: Caller): Answer => {
  const { uid } = caller.account;
  if (caller.kind === 'root') {
    return { AccountId: uid, UserId: uid, PrincipalId: uid, Arn: `acs:ram::${uid}:root`, IdentityType: 'Account' };
  }
  if (caller.kind === 'user') {
    const { id, name } = caller.user;
    return {
      AccountId: uid,
      UserId: id,
      PrincipalId: id,
      Arn: `acs:ram::${uid}:user/${name}`,
      IdentityType: 'RAMUser',
    };
  }
  const { role, sessionName } = caller.session;
  return {
    AccountId: uid,
    RoleId: '300000000000000001',
    PrincipalId: `300000000000000001:${sessionName}`,
    Arn: `acs:ram::${uid}:assumed-role/${role}/${sessionName}`,
    IdentityType: 'AssumedRoleUser',
  };
};

const listed = (keys: readonly SimulatedKey[]): Answer => ({
  AccessKeys: {
    AccessKey: keys.map(({ id, status, created }) => ({ AccessKeyId: id, Status: status, CreateDate: created })),
  },
});

/** "If it is not specified, the keys of the current user": the root's own for a root caller. */
const ownKeys = (caller: Caller): readonly SimulatedKey[] => {
  if (caller.kind === 'root') return caller.account.rootKeys;
  if (caller.kind === 'user') return caller.user.keys;
  throw new Refusal(400, 'MissingParameter', 'Parameter UserName is required.');
};

const trail = (account: SimulatedAccount, id: string): Answer => {
  const root = account.rootKeys.find((key) => key.id === id);
  const user = account.users.find(({ keys }) => keys.some((key) => key.id === id));
  const recycled = account.recycleBin.find((key) => key.id === id);
  const used = root?.lastUsed ?? user?.keys.find((key) => key.id === id)?.lastUsed ?? recycled?.lastUsed;
  // What was never used, the trail does not know.
  if (used === undefined) return { AccessKeyId: id };
  return {
    AccessKeyId: id,
    AccountId: account.uid,
    AccountType: root === undefined ? 'ram-user' : 'root-account',
    OwnerId: root === undefined ? (user?.id ?? recycled?.userId) : account.uid,
    UserName: root === undefined ? (user?.name ?? recycled?.userName) : 'root',
    ServiceName: used.service,
    ServiceNameEn: used.service,
    UsedTimestamp: Date.parse(used.at),
  };
};

const userNamed = (account: SimulatedAccount, name: string): SimulatedUser => {
  const user = account.users.find((candidate) => candidate.name === name);
  if (user === undefined) throw new Refusal(404, 'EntityNotExist.User', 'The user does not exist.');
  return user;
};

const userWithPrincipal = (account: SimulatedAccount, principal: string): SimulatedUser =>
  userNamed(account, account.users.find(({ name }) => principalNameOf(account, name) === principal)?.name ?? '');

const noSuchKey = (): Refusal =>
  new Refusal(404, 'EntityNotExist.User.AccessKey', 'The user access key does not exist.');
