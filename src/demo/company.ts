// The made-up company of the demo: its keys, the cloud that knows them, and what akscan must say of each. The keys are made
// when the demo runs, always the same ones, so that it shows the same every time; they open nothing anywhere.

import type { Kind } from '../detect/types.js';
import type { Principal, VerdictState } from '../findings/model.js';
import type { SimulatedAccount, SimulatedKey, World } from '../simulator/world.js';

export interface DemoKey {
  readonly id: string;
  readonly secret: string;
}

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BASE62 = `${BASE58}0OIl`;

/** In two parts, so that no text of this repository begins like a key. */
export const PREFIX = ['LT', 'AI'].join('');

/** Marsaglia's xorshift32: a few lines, and the same everywhere. */
const generator = (seed: number): ((alphabet: string, length: number) => string) => {
  let state = seed;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  return (alphabet, length) => Array.from({ length }, () => alphabet[next() % alphabet.length]).join('');
};

const text = generator(0x5ca1ab1e);
const newKey = (): DemoKey => ({ id: `${PREFIX}5t${text(BASE58, 18)}`, secret: text(BASE62, 30) });

export const keys = {
  auditor: newKey(),
  root: newKey(),
  uploader: newKey(),
  reports: newKey(),
  legacy: newKey(),
  links: newKey(),
  contractor: newKey(),
} as const;

/** A credential that must be found, and what must be said of it. */
export interface Expected {
  /** For the list at the end. */
  readonly what: string;
  readonly accessKeyId: string;
  readonly kind: Kind;
  /** One of its places. */
  readonly path: string;
  readonly inHead: boolean;
  readonly state: VerdictState;
  readonly principal: Principal | null;
  readonly user: string | null;
  /** What the pair itself is told by STS; null where there is no secret to ask with. */
  readonly probed: VerdictState | null;
}

export const expectations: readonly Expected[] = [
  {
    what: 'a live ROOT key, in a script that was deleted months ago',
    accessKeyId: keys.root.id,
    kind: 'pair',
    path: 'scripts/deploy.sh',
    inHead: false,
    state: 'live',
    principal: 'root',
    user: null,
    probed: 'live',
  },
  {
    what: 'a live key, in base64 in a Kubernetes secret that came with a merge',
    accessKeyId: keys.reports.id,
    kind: 'pair',
    path: 'k8s/reports.yaml',
    inHead: true,
    state: 'live',
    principal: 'ram-user',
    user: 'report-runner',
    probed: 'live',
  },
  {
    what: "a live key of somebody else's account, in a stash that was never committed",
    accessKeyId: keys.contractor.id,
    kind: 'pair',
    path: 'tools/report.py',
    inHead: false,
    state: 'live',
    principal: 'ram-user',
    user: 'freelance-dev',
    probed: 'live',
  },
  {
    what: 'an ID without its secret, in a signed link: live, and whose it is',
    accessKeyId: keys.links.id,
    kind: 'id-only',
    path: 'web/catalogue.html',
    inHead: true,
    state: 'live',
    principal: 'ram-user',
    user: 'link-signer',
    probed: null,
  },
  {
    what: 'a disabled key, still in the code',
    accessKeyId: keys.uploader.id,
    kind: 'pair',
    path: 'src/upload.js',
    inHead: true,
    state: 'disabled',
    principal: 'ram-user',
    user: 'shop-uploader',
    probed: 'disabled',
  },
  {
    what: 'a deleted key, still in the configuration',
    accessKeyId: keys.legacy.id,
    kind: 'pair',
    path: 'config/application.yml',
    inHead: true,
    state: 'deleted',
    principal: 'ram-user',
    user: 'legacy-backend',
    probed: 'not-found',
  },
];

const HOUR = 3_600_000;

const before = (now: number, hours: number): string => new Date(now - hours * HOUR).toISOString();

/** What an auditor needs to look IDs up, and nothing more. */
const AUDITOR = [
  'ram:GetUser',
  'ram:ListUsers',
  'ram:ListAccessKeys',
  'ram:GetAccessKeyLastUsed',
  'ram:GetAccessKeyInfoInRecycleBin',
  'actiontrail:GetAccessKeyLastUsedInfo',
];

/** The company's account, and another that its auditor has no part in. */
export const worldAt = (now: number): World => {
  const simulated = (key: DemoKey, usedHours: number | null, service = 'Oss'): SimulatedKey => ({
    ...key,
    status: 'Active',
    created: before(now, 9_000),
    ...(usedHours === null ? {} : { lastUsed: { at: before(now, usedHours), service } }),
  });
  const user = (
    id: number,
    name: string,
    key: SimulatedKey,
    allow: readonly string[] = [],
  ): SimulatedAccount['users'][number] => ({
    id: `2900000000000000${id}`,
    name,
    keys: [key],
    allow,
  });
  const company: SimulatedAccount = {
    uid: '1029384756102938',
    alias: 'lantern-outdoor',
    rootKeys: [simulated(keys.root, 3, 'Ecs')],
    users: [
      user(10, 'akscan-auditor', simulated(keys.auditor, null), AUDITOR),
      user(11, 'shop-uploader', { ...simulated(keys.uploader, 4_400), status: 'Inactive' }),
      user(12, 'report-runner', simulated(keys.reports, 20, 'Log')),
      user(13, 'link-signer', simulated(keys.links, 1)),
    ],
    recycleBin: [
      {
        id: keys.legacy.id,
        userId: '290000000000000014',
        userName: 'legacy-backend',
        created: before(now, 19_000),
        recycled: before(now, 300),
        lastUsed: { at: before(now, 7_000), service: 'Rds' },
      },
    ],
    sessions: [],
  };
  const contractor: SimulatedAccount = {
    uid: '5647382910564738',
    alias: 'freelance',
    rootKeys: [],
    users: [user(15, 'freelance-dev', simulated(keys.contractor, 50))],
    recycleBin: [],
    sessions: [],
  };
  return { accounts: [company, contractor] };
};
