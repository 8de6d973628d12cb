// A small made-up cloud for tests: one account with an auditor, users and keys in every state, and a second account that
// the auditor knows nothing of.

import type {
  AttachedPolicy,
  SimulatedAccount,
  SimulatedEvent,
  SimulatedKey,
  SimulatedPolicy,
  SimulatedUser,
  World,
} from '../../src/simulator/world.js';
import { id24, secret30, stsId, stsSecret, stsToken } from './keys.js';

export const AUDITOR_ACTIONS = [
  'ram:GetUser',
  'ram:ListUsers',
  'ram:ListAccessKeys',
  'ram:GetAccessKeyLastUsed',
  'ram:GetAccessKeyInfoInRecycleBin',
  'actiontrail:GetAccessKeyLastUsedInfo',
];

export const newKey = (over: Partial<SimulatedKey> = {}): SimulatedKey => ({
  id: id24(),
  secret: secret30(),
  status: 'Active',
  created: '2023-02-03T04:05:06Z',
  ...over,
});

export const newUser = (name: string, over: Partial<SimulatedUser> = {}): SimulatedUser => ({
  id: `2${String(name.length).padStart(17, '0')}`,
  name,
  keys: [newKey()],
  allow: [],
  ...over,
});

export const newAccount = (uid: string, over: Partial<SimulatedAccount> = {}): SimulatedAccount => ({
  uid,
  alias: `company-${uid.slice(-4)}`,
  rootKeys: [],
  users: [],
  recycleBin: [],
  sessions: [],
  ...over,
});

/** Where a policy is attached: a user, a group or a role. */
export const attached = (name: string, type: AttachedPolicy['type'] = 'Custom'): AttachedPolicy => ({ name, type });

/** A policy of one version. */
export const newPolicy = (
  name: string,
  statements: readonly Readonly<Record<string, unknown>>[],
  over: Partial<SimulatedPolicy> = {},
): SimulatedPolicy => ({
  name,
  versions: [{ id: 'v1', document: JSON.stringify({ Version: '1', Statement: statements }) }],
  ...over,
});

/** One line of the trail; `at` is an hour ago without a time. */
export const newEvent = (accessKeyId: string, action: string, over: Partial<SimulatedEvent> = {}): SimulatedEvent => ({
  at: `${new Date(Date.now() - 3_600_000).toISOString().slice(0, 19)}Z`,
  accessKeyId,
  service: 'Ecs',
  action,
  address: '203.0.113.7',
  ...over,
});

export interface TestCloud {
  readonly world: { -readonly [K in keyof World]: World[K] };
  readonly account: SimulatedAccount;
  readonly other: SimulatedAccount;
  readonly auditor: SimulatedKey;
  readonly root: SimulatedKey;
  readonly active: SimulatedKey;
  readonly inactive: SimulatedKey;
  readonly restricted: SimulatedKey;
  /** An ID in the recycle bin. */
  readonly recycled: string;
  /** A key of an account that the auditor has no part in. */
  readonly foreign: SimulatedKey;
  readonly session: SimulatedAccount['sessions'][number];
}

/** @param allow what the auditor may do */
export const testCloud = (allow: readonly string[] = AUDITOR_ACTIONS): TestCloud => {
  const auditor = newKey();
  const root = newKey({ lastUsed: { at: '2025-11-12T13:14:15Z', service: 'Ecs' } });
  const active = newKey({ lastUsed: { at: '2025-10-01T02:03:04Z', service: 'Oss' } });
  const inactive = newKey({ status: 'Inactive' });
  const restricted = newKey({ restricted: true });
  const foreign = newKey();
  const recycled = id24();
  const session = {
    id: stsId(),
    secret: stsSecret(),
    token: stsToken(),
    role: 'deployer',
    sessionName: 'ci',
    expires: '2999-01-01T00:00:00Z',
    allow: [],
  };
  const account = newAccount('1234567890123456', {
    rootKeys: [root],
    users: [
      newUser('auditor', { keys: [auditor], allow }),
      newUser('alice', { keys: [active, inactive] }),
      newUser('build-bot', { keys: [restricted] }),
    ],
    recycleBin: [
      {
        id: recycled,
        userId: '200000000000000009',
        userName: 'former',
        created: '2022-01-01T00:00:00Z',
        recycled: '2025-12-01T00:00:00Z',
        lastUsed: { at: '2025-06-07T08:09:10Z', service: 'Oss' },
      },
    ],
    sessions: [session],
  });
  const other = newAccount('6543210987654321', { users: [newUser('bob', { keys: [foreign] })] });
  return {
    world: { accounts: [account, other] },
    account,
    other,
    auditor,
    root,
    active,
    inactive,
    restricted,
    recycled,
    foreign,
    session,
  };
};
