// What a verdict is for every key and every way of asking: one table that the tests run over and that docs/verdicts.md shows.
// What is expected was written down by hand; the tests compare it with what the code says to the simulated cloud.

import type { Principal, VerdictState } from '../../src/findings/model.js';
import type { SimulatedKey } from '../../src/simulator/world.js';
import { id24, secret30, stsId, stsSecret, stsToken } from './keys.js';
import { newKey, newUser, type testCloud } from './world.js';

type Cloud = ReturnType<typeof testCloud>;

export const WAYS = ['inventory', 'probe', 'both'] as const;
export type Way = (typeof WAYS)[number];

/** As a finding holds it; an ID alone is probed with `--probe-id`. */
export const KINDS = ['pair', 'id', 'sts'] as const;
export type Kind = (typeof KINDS)[number];

export interface Arranged {
  readonly id: string;
  readonly secret: string;
  readonly token?: string;
  /** Whose credentials look it up; those of the auditor, a RAM user, without. */
  readonly as?: SimulatedKey;
}

/** A state, and what is known beside it: who it is of, and whether its secret is proven. */
export type Cell =
  | VerdictState
  | `${VerdictState} ${'root' | 'user' | 'role'}`
  | `${VerdictState} ${'root' | 'user' | 'role'} proven`;

export interface Row {
  readonly principal: Principal;
  /** The truth, in words. */
  readonly key: string;
  readonly arrange: (cloud: Cloud) => Arranged;
  /** With the secret: by inventory, by probe, by both. */
  readonly whole: readonly [Cell, Cell, Cell];
  /** The ID alone, likewise. */
  readonly idAlone: readonly [Cell, Cell, Cell];
}

const LEAK = {
  kind: 'error',
  status: 403,
  code: 'Forbidden',
  message: 'There is a risk of leakage of this AccessKey.',
} as const;

/** What STS may say to a key under leak protection; the documentation leaves it open. */
const refusedBySts = (cloud: Cloud, { id }: SimulatedKey): void => {
  cloud.world.fault = ({ accessKeyId, version }) => (accessKeyId === id && version === '2015-04-01' ? LEAK : null);
};

const userKey = (cloud: Cloud, over: Partial<SimulatedKey> = {}): SimulatedKey => {
  const key = newKey(over);
  cloud.account.users.push(newUser('carol', { keys: [key], allow: ['*'] }));
  return key;
};

const rootKey = (cloud: Cloud, over: Partial<SimulatedKey> = {}): SimulatedKey => {
  const key = newKey({ lastUsed: { at: '2025-11-12T13:14:15Z', service: 'Ecs' }, ...over });
  cloud.account.rootKeys.push(key);
  return key;
};

/** Another key of the root account, to ask with. */
const asRoot = (cloud: Cloud, key: SimulatedKey): Arranged => ({ ...key, as: rootKey(cloud) });

const session = (cloud: Cloud, over: Partial<Cloud['session']> = {}): Arranged => {
  const made = { ...cloud.session, ...over };
  cloud.account.sessions.splice(0, 1, made);
  return made;
};

export const rows: readonly Row[] = [
  {
    principal: 'ram-user',
    key: 'on',
    arrange: (cloud) => userKey(cloud),
    whole: ['live user', 'live user proven', 'live user proven'],
    idAlone: ['live user', 'live', 'live user'],
  },
  {
    principal: 'ram-user',
    key: 'on, beside a made-up secret',
    arrange: (cloud) => ({ ...userKey(cloud), secret: secret30() }),
    whole: ['live user', 'wrong-secret', 'wrong-secret user'],
    idAlone: ['live user', 'live', 'live user'],
  },
  {
    principal: 'ram-user',
    key: 'on, under leak protection, and STS answers it',
    arrange: (cloud) => userKey(cloud, { restricted: true }),
    whole: ['live user', 'live user proven', 'live user proven'],
    idAlone: ['live user', 'live', 'live user'],
  },
  {
    principal: 'ram-user',
    key: 'on, under leak protection, and STS refuses it',
    arrange: (cloud) => {
      const key = userKey(cloud, { restricted: true });
      refusedBySts(cloud, key);
      return key;
    },
    whole: ['live user', 'restricted', 'restricted user'],
    idAlone: ['live user', 'restricted', 'restricted user'],
  },
  {
    principal: 'ram-user',
    key: 'under leak protection, and the very key that asks',
    arrange: (cloud) => {
      const key = userKey(cloud, { restricted: true });
      return { ...key, as: key };
    },
    whole: ['restricted user', 'live user proven', 'restricted user proven'],
    idAlone: ['restricted user', 'live', 'restricted user'],
  },
  {
    principal: 'ram-user',
    key: 'off',
    arrange: (cloud) => userKey(cloud, { status: 'Inactive' }),
    whole: ['disabled user', 'disabled', 'disabled user'],
    idAlone: ['disabled user', 'disabled', 'disabled user'],
  },
  {
    principal: 'ram-user',
    key: 'in the recycle bin',
    arrange: ({ recycled }) => ({ id: recycled, secret: secret30() }),
    whole: ['deleted user', 'not-found', 'deleted user'],
    idAlone: ['deleted user', 'not-found', 'deleted user'],
  },
  {
    principal: 'ram-user',
    key: 'gone, or never there',
    arrange: () => ({ id: id24(), secret: secret30() }),
    whole: ['unknown', 'not-found', 'not-found'],
    idAlone: ['unknown', 'not-found', 'not-found'],
  },
  {
    principal: 'ram-user',
    key: 'on, of an account that is not yours',
    arrange: ({ foreign }) => foreign,
    whole: ['unknown', 'live user proven', 'live user proven'],
    idAlone: ['unknown', 'live', 'live'],
  },
  {
    principal: 'ram-user',
    key: 'on, and nobody answers',
    arrange: (cloud) => {
      const key = userKey(cloud);
      cloud.world.fault = ({ accessKeyId, version }) =>
        accessKeyId === key.id || version !== '2015-04-01' ? { kind: 'reset' } : null;
      return key;
    },
    whole: ['unknown', 'unknown', 'unknown'],
    idAlone: ['unknown', 'unknown', 'unknown'],
  },
  {
    principal: 'root',
    key: 'on',
    arrange: (cloud) => rootKey(cloud),
    whole: ['unknown root', 'live root proven', 'live root proven'],
    idAlone: ['unknown root', 'live', 'live root'],
  },
  {
    principal: 'root',
    key: 'on, asked with root credentials',
    arrange: (cloud) => asRoot(cloud, rootKey(cloud)),
    whole: ['live root', 'live root proven', 'live root proven'],
    idAlone: ['live root', 'live', 'live root'],
  },
  {
    principal: 'root',
    key: 'on, beside a made-up secret',
    arrange: (cloud) => ({ ...rootKey(cloud), secret: secret30() }),
    whole: ['unknown root', 'wrong-secret', 'wrong-secret root'],
    idAlone: ['unknown root', 'live', 'live root'],
  },
  {
    principal: 'root',
    key: 'on, under leak protection, and STS refuses it',
    arrange: (cloud) => {
      const key = rootKey(cloud, { restricted: true });
      refusedBySts(cloud, key);
      return key;
    },
    whole: ['unknown root', 'restricted', 'restricted root'],
    idAlone: ['unknown root', 'restricted', 'restricted root'],
  },
  {
    principal: 'root',
    key: 'under leak protection, and the very key that asks',
    arrange: (cloud) => {
      const key = rootKey(cloud, { restricted: true });
      return { ...key, as: key };
    },
    whole: ['restricted root', 'live root proven', 'restricted root proven'],
    idAlone: ['restricted root', 'live', 'restricted root'],
  },
  {
    principal: 'root',
    key: 'off',
    arrange: (cloud) => rootKey(cloud, { status: 'Inactive' }),
    whole: ['unknown root', 'disabled', 'disabled root'],
    idAlone: ['unknown root', 'disabled', 'disabled root'],
  },
  {
    principal: 'root',
    key: 'off, asked with root credentials',
    arrange: (cloud) => asRoot(cloud, rootKey(cloud, { status: 'Inactive' })),
    whole: ['disabled root', 'disabled', 'disabled root'],
    idAlone: ['disabled root', 'disabled', 'disabled root'],
  },
  {
    principal: 'root',
    key: 'deleted',
    arrange: () => ({ id: id24(), secret: secret30() }),
    whole: ['unknown', 'not-found', 'not-found'],
    idAlone: ['unknown', 'not-found', 'not-found'],
  },
  {
    principal: 'root',
    key: 'on, and STS does not answer',
    arrange: (cloud) => {
      const key = rootKey(cloud);
      cloud.world.fault = ({ accessKeyId }) => (accessKeyId === key.id ? { kind: 'reset' } : null);
      return key;
    },
    whole: ['unknown root', 'unknown', 'unknown root'],
    idAlone: ['unknown root', 'unknown', 'unknown root'],
  },
  {
    principal: 'assumed-role',
    key: 'on',
    arrange: (cloud) => session(cloud),
    whole: ['unknown', 'live role proven', 'live role proven'],
    idAlone: ['unknown', 'unknown', 'unknown'],
  },
  {
    principal: 'assumed-role',
    key: 'past its time',
    arrange: (cloud) => session(cloud, { expires: '2020-01-01T00:00:00Z' }),
    whole: ['unknown', 'expired', 'expired'],
    idAlone: ['unknown', 'unknown', 'unknown'],
  },
  {
    principal: 'assumed-role',
    key: 'on, beside a made-up secret',
    arrange: (cloud) => ({ ...session(cloud), secret: stsSecret() }),
    whole: ['unknown', 'wrong-secret', 'wrong-secret'],
    idAlone: ['unknown', 'unknown', 'unknown'],
  },
  {
    principal: 'assumed-role',
    key: 'on, beside the token of another',
    arrange: (cloud) => ({ ...session(cloud), token: stsToken() }),
    whole: ['unknown', 'unknown', 'unknown'],
    idAlone: ['unknown', 'unknown', 'unknown'],
  },
  {
    principal: 'assumed-role',
    key: 'long gone, or never there',
    arrange: () => ({ id: stsId(), secret: stsSecret(), token: stsToken() }),
    whole: ['unknown', 'not-found', 'not-found'],
    idAlone: ['unknown', 'unknown', 'unknown'],
  },
];

interface Combination {
  readonly state: VerdictState;
  readonly way: Way;
  readonly kind: Kind;
  readonly principal: Principal;
}

/** Combinations that no row shows, and why there are none. */
export const IMPOSSIBLE: readonly { readonly why: string; readonly is: (combination: Combination) => boolean }[] = [
  {
    why: '`unchecked`: whoever is asked says something; an ID alone is `unchecked` under `--probe`, since nothing is sent without `--probe-id`.',
    is: ({ state }) => state === 'unchecked',
  },
  {
    why: 'Temporary keys are those of a role, and a role has no others.',
    is: ({ kind, principal }) => (kind === 'sts') !== (principal === 'assumed-role'),
  },
  {
    why: 'Inventory knows nothing of temporary keys: always `unknown`.',
    is: ({ state, way, kind }) => kind === 'sts' && way === 'inventory' && state !== 'unknown',
  },
  {
    why: 'Temporary keys are not switched off, put into a recycle bin or under leak protection: `disabled`, `deleted`, `restricted`.',
    is: ({ state, kind }) => kind === 'sts' && ['disabled', 'deleted', 'restricted'].includes(state),
  },
  {
    why: '`expired`: keys that last have no time.',
    is: ({ state, kind }) => state === 'expired' && kind !== 'sts',
  },
  {
    why: '`wrong-secret`: inventory does not look at the secret, and an ID alone has none.',
    is: ({ state, way, kind }) => state === 'wrong-secret' && (way === 'inventory' || kind === 'id'),
  },
  {
    why: '`not-found`: inventory sees your own accounts only, and says `unknown` with `notIn`.',
    is: ({ state, way }) => state === 'not-found' && way === 'inventory',
  },
  {
    why: '`deleted`: STS does not tell it from `not-found`.',
    is: ({ state, way }) => state === 'deleted' && way === 'probe',
  },
  {
    why: "`deleted`: the recycle bin holds RAM users' keys; a deleted root key is `not-found`, or `unknown` and root if ActionTrail remembers it.",
    is: ({ state, principal }) => state === 'deleted' && principal === 'root',
  },
];
