// An account of any size for tests and the benchmark of scale: two keys to each user, users in groups, policies of both kinds.

import type { SimulatedAccount, SimulatedKey } from '../../src/simulator/world.js';
import { newAccount, newKey, newUser } from './world.js';

export interface Company {
  readonly account: SimulatedAccount;
  readonly auditor: SimulatedKey;
  /** As many as were asked for, two of each user. */
  readonly keys: readonly SimulatedKey[];
}

const documentOf = (...actions: readonly string[]): string =>
  JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });

/** @param count of keys, besides the auditor's */
export const company = (count: number): Company => {
  const auditor = newKey();
  const keys = Array.from({ length: count }, (_, index) =>
    newKey({
      status: index % 7 === 0 ? 'Inactive' : 'Active',
      ...(index % 3 === 0 ? {} : { lastUsed: { at: '2025-11-12T13:14:15Z', service: 'Oss' } }),
    }),
  );
  const users = Array.from({ length: Math.ceil(count / 2) }, (_, index) =>
    newUser(`user-${index}`, {
      id: `3${String(index).padStart(17, '0')}`,
      keys: keys.slice(2 * index, 2 * index + 2),
      groups: [`group-${index % 20}`],
      policies: index % 5 === 0 ? [{ name: 'ReadBuckets', type: 'Custom' }] : [],
    }),
  );
  const account = newAccount('1234567890123456', {
    users: [newUser('auditor', { keys: [auditor], allow: ['*'] }), ...users],
    groups: Array.from({ length: 20 }, (_, index) => ({
      name: `group-${index}`,
      policies: [{ name: `Group${index}`, type: 'Custom' as const }],
    })),
    policies: [
      { name: 'ReadBuckets', versions: [{ id: 'v1', document: documentOf('oss:GetObject', 'oss:ListObjects') }] },
      ...Array.from({ length: 20 }, (_, index) => ({
        name: `Group${index}`,
        versions: [{ id: 'v1', document: documentOf(index === 0 ? '*' : 'ecs:Describe*') }],
      })),
    ],
  });
  return { account, auditor, keys };
};
