// Operations that change AccessKeys, which RAM and IMS both have: RAM names a user alone, IMS by its principal name, and without
// one means whoever calls. The recycle bin and the network policies of keys are IMS's alone.

import { randomBytes } from 'node:crypto';
import { keyPolicyOf } from '../key-policy.js';
import { Refusal } from '../refusal.js';
import type { RecycledKey, SimulatedAccount, SimulatedKey, SimulatedUser } from '../world.js';
import {
  type Answer,
  type Asked,
  invalid,
  noSuchKey,
  type Operation,
  required,
  userNamed,
  userWithPrincipal,
} from './operation.js';

/** Whose keys are meant; of no user are the root's own. */
interface Holder {
  readonly user: SimulatedUser | null;
  readonly keys: SimulatedKey[];
}

/** A deleted key can be restored for 30 days, and only so many of each user. */
const MOST_RECYCLED = 3;

type HolderOf = (asked: Asked) => Holder;

const namedInRam: HolderOf = ({ caller, account, parameters: { UserName } }) => {
  if (UserName) return holder(userNamed(account, UserName));
  // What it means of root is not documented.
  if (caller.kind !== 'user') throw new Refusal(400, 'MissingParameter', 'Parameter UserName is required.');
  return holder(caller.user);
};

const namedInIms: HolderOf = ({ caller, account, parameters: { UserPrincipalName } }) => {
  if (UserPrincipalName) return holder(userWithPrincipal(account, UserPrincipalName));
  if (caller.kind === 'user') return holder(caller.user);
  if (caller.kind === 'root') return { user: null, keys: account.rootKeys };
  throw new Refusal(400, 'MissingParameter', 'Parameter UserPrincipalName is required.');
};

const holder = (user: SimulatedUser): Holder => ({ user, keys: user.keys });

const QUOTA = 20;

const keyChanges = (holderOf: HolderOf): Readonly<Record<string, Operation>> => ({
  UpdateAccessKey: {
    permission: 'ram:UpdateAccessKey',
    resource: toHolder(holderOf),
    quota: QUOTA,
    isWrite: true,
    answer: (asked) => {
      const { key } = keyOf(asked, holderOf);
      const status = required(asked.parameters, 'Status');
      if (status !== 'Active' && status !== 'Inactive') throw invalid('Status');
      if (key.status === 'Active' && status === 'Inactive') {
        const { disabledAfterMs } = asked.world;
        if (disabledAfterMs !== undefined) key.acceptedUntil = asked.now + disabledAfterMs;
      }
      key.status = status;
      key.updated = iso(asked.now);
      return {};
    },
  },
  DeleteAccessKey: {
    permission: 'ram:DeleteAccessKey',
    resource: toHolder(holderOf),
    quota: QUOTA,
    isWrite: true,
    answer: (asked) => {
      const { key, of } = keyOf(asked, holderOf);
      // That it must be off is documented, what is said of one that is on is not.
      if (key.status === 'Active') {
        throw new Refusal(409, 'DeleteConflict.AccessKey.Active', 'The access key is active. Disable it first.');
      }
      const at = of.keys.indexOf(key);
      of.keys.splice(at, 1);
      if (of.user !== null) recycle(asked.account, of.user, { key, at, now: asked.now });
      return {};
    },
  },
  CreateAccessKey: {
    permission: 'ram:CreateAccessKey',
    resource: toHolder(holderOf),
    quota: QUOTA,
    isWrite: true,
    answer: (asked) => {
      const of = holderOf(asked);
      refuseTooMany(asked.account, of);
      const key: SimulatedKey = {
        id: `LTAI5t${text(18)}`,
        secret: text(30),
        status: 'Active',
        created: iso(asked.now),
      };
      of.keys.push(key);
      return {
        AccessKey: { AccessKeyId: key.id, AccessKeySecret: key.secret, Status: key.status, CreateDate: key.created },
      };
    },
  },
});

const toHolder =
  (holderOf: HolderOf) =>
  (asked: Asked): string => {
    const { uid } = asked.account;
    try {
      return `acs:ram::${uid}:user/${holderOf(asked).user?.name ?? '*'}`;
    } catch {
      // Whether somebody exists is not for those to know who may ask of nobody.
      return `acs:ram::${uid}:user/${(asked.parameters['UserName'] ?? asked.parameters['UserPrincipalName'] ?? '*').replace(/@.*/, '')}`;
    }
  };

const keyOf = (asked: Asked, holderOf: HolderOf): { readonly key: SimulatedKey; readonly of: Holder } => {
  const of = holderOf(asked);
  const id = required(asked.parameters, 'UserAccessKeyId');
  const key = of.keys.find((candidate) => candidate.id === id);
  if (key === undefined) throw noSuchKey();
  return { key, of };
};

const recycle = (
  account: SimulatedAccount,
  user: SimulatedUser,
  { key, at, now }: { readonly key: SimulatedKey; readonly at: number; readonly now: number },
): void => {
  const { recycleBin } = account;
  const earlier = recycleBin
    .filter(({ userId }) => userId === user.id)
    .sort((a, b) => (a.recycled < b.recycled ? -1 : 1));
  const evicted = earlier.slice(0, Math.max(0, earlier.length + 1 - MOST_RECYCLED));
  for (const old of evicted) recycleBin.splice(recycleBin.indexOf(old), 1);
  recycleBin.push({
    id: key.id,
    userId: user.id,
    userName: user.name,
    created: key.created,
    recycled: iso(now),
    ...(key.lastUsed === undefined ? {} : { lastUsed: key.lastUsed }),
    was: { key, at },
  });
};

const refuseTooMany = ({ summary }: SimulatedAccount, { user, keys }: Holder): void => {
  const quota = summary?.[user === null ? 'AccountAccessKeysPerAccountQuota' : 'AccessKeysPerUserQuota'] ?? 2;
  if (keys.length < quota) return;
  throw new Refusal(409, 'LimitExceeded.User.AccessKey', 'The count of access keys beyond the current limits.');
};

export const ramChanges: Readonly<Record<string, Operation>> = keyChanges(namedInRam);

const toBin = ({ account }: Asked): string => `acs:ram::${account.uid}:user/*`;

export const imsChanges: Readonly<Record<string, Operation>> = {
  ...keyChanges(namedInIms),
  SetAccessKeyPolicy: {
    permission: 'ram:SetAccessKeyPolicy',
    resource: toHolder(namedInIms),
    quota: QUOTA,
    isWrite: true,
    answer: (asked) => {
      const { key } = keyOf(asked, namedInIms);
      const policy = keyPolicyOf(required(asked.parameters, 'AccessKeyPolicy'));
      if (policy === null) delete key.policy;
      else key.policy = policy;
      return policyFields(key);
    },
  },
  GetAccessKeyPolicy: {
    permission: 'ram:GetAccessKeyPolicy',
    resource: toHolder(namedInIms),
    answer: (asked) => policyFields(keyOf(asked, namedInIms).key),
  },
  RestoreAccessKeyFromRecycleBin: {
    permission: 'ram:RestoreAccessKeyFromRecycleBin',
    resource: toBin,
    quota: QUOTA,
    isWrite: true,
    answer: (asked) => {
      const { account, world, now } = asked;
      const recycled = recycledOf(asked, required(asked.parameters, 'UserId'));
      const user = account.users.find(({ id }) => id === recycled.userId);
      if (user === undefined) throw new Refusal(404, 'EntityNotExist.User', 'The user does not exist.');
      refuseTooMany(account, holder(user));
      account.recycleBin.splice(account.recycleBin.indexOf(recycled), 1);
      const { id, created, was } = recycled;
      const key = was?.key ?? { id, created, secret: text(30), status: 'Inactive' };
      // Whether it comes back on is not documented.
      key.status = world.restoredStatus ?? 'Inactive';
      key.updated = iso(now);
      user.keys.splice(was?.at ?? user.keys.length, 0, key);
      return {};
    },
  },
  DeleteAccessKeyInRecycleBin: {
    permission: 'ram:DeleteAccessKeyInRecycleBin',
    resource: toBin,
    quota: QUOTA,
    isWrite: true,
    answer: (asked) => {
      const { caller, parameters } = asked;
      const userId = parameters['UserId'] || (caller.kind === 'user' ? caller.user.id : required(parameters, 'UserId'));
      const { recycleBin } = asked.account;
      recycleBin.splice(recycleBin.indexOf(recycledOf(asked, userId)), 1);
      return {};
    },
  },
};

/** One without a policy has an empty one. (aliyun/terraform-provider-alicloud, resource_alicloud_ram_access_key_policy.go) */
const policyFields = ({ id, policy }: SimulatedKey): Answer => ({ AccessKeyId: id, AccessKeyPolicy: policy ?? '{}' });

const recycledOf = ({ account, parameters }: Asked, userId: string): RecycledKey => {
  const id = required(parameters, 'UserAccessKeyId');
  const key = account.recycleBin.find((candidate) => candidate.id === id && candidate.userId === userId);
  if (key === undefined) throw noSuchKey();
  return key;
};

const iso = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

const text = (length: number): string => [...randomBytes(length)].map((byte) => BASE58[byte % 58]).join('');
