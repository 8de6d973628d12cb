// The made-up company of the demo: its keys and the cloud that knows them. The keys are made when the demo runs, always the
// same ones, so that it shows the same every time; they open nothing anywhere.

import { operations } from '../cloud/operations.js';
import type { SimulatedAccount, SimulatedEvent, SimulatedKey, SimulatedUser, World } from '../simulator/world.js';

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
  admin: newKey(),
  stranger: newKey(),
  intruder: newKey(),
  operator: newKey(),
} as const;

/** UID of the company's account. */
export const COMPANY = '1029384756102938';

const HOUR = 3_600_000;

const READING: ReadonlySet<string> = new Set(['inventory', 'powers', 'activity', 'account']);

/** Who came with the administrator's key, and what of it akscan must take for an attacker's moves. */
export const INTRUDER = {
  user: 'backup-sync',
  address: '198.51.100.23',
  moves: ['CreateUser', 'AttachPolicyToUser', 'CreateAccessKey'],
} as const;

/** When the administrator's key got into the repository, in days before the demo. */
export const ADMIN_LEAKED = 40;

const before = (now: number, hours: number): string => `${new Date(now - hours * HOUR).toISOString().slice(0, 19)}Z`;

/** What an auditor needs to look keys up and to read what they did, by the table of all calls: nothing that writes. */
const AUDITOR: readonly string[] = [
  ...new Set(
    Object.values(operations)
      .filter(({ modes }) => modes.some((mode) => READING.has(mode)))
      .flatMap(({ permission }) => permission ?? []),
  ),
];

/** What it takes to switch keys off, besides: to make one in place of another, and to bring them back. */
const OPERATOR: readonly string[] = [
  ...new Set(
    Object.values(operations)
      .filter(({ modes }) => modes.some((mode) => READING.has(mode) || mode === 'containment'))
      .flatMap(({ permission }) => permission ?? []),
  ),
];

/** The company's account, and two that its auditor has no part in. */
export const worldAt = (now: number): World => {
  const simulated = (key: DemoKey, usedHours: number | null, service = 'Oss'): SimulatedKey => ({
    ...key,
    status: 'Active',
    created: before(now, 9_000),
    ...(usedHours === null ? {} : { lastUsed: { at: before(now, usedHours), service } }),
  });
  const user = (id: number, name: string, key: SimulatedKey, over: Partial<SimulatedUser> = {}): SimulatedUser => ({
    id: `2900000000000000${id}`,
    name,
    keys: [key],
    allow: [],
    ...over,
  });
  const company: SimulatedAccount = {
    uid: COMPANY,
    alias: 'lantern-outdoor',
    rootKeys: [simulated(keys.root, 3, 'Ecs')],
    users: [
      user(10, 'akscan-auditor', simulated(keys.auditor, null), { allow: AUDITOR }),
      user(19, 'akscan-operator', simulated(keys.operator, null), { allow: OPERATOR }),
      user(
        11,
        'shop-uploader',
        { ...simulated(keys.uploader, 4_400), status: 'Inactive' },
        {
          policies: [{ name: 'AliyunOSSFullAccess', type: 'System' }],
        },
      ),
      user(12, 'report-runner', simulated(keys.reports, 70, 'Log'), {
        groups: ['readers'],
        policies: [{ name: 'reports-bucket', type: 'Custom' }],
      }),
      user(13, 'link-signer', simulated(keys.links, 1), {
        policies: [{ name: 'AliyunOSSReadOnlyAccess', type: 'System' }],
      }),
      user(16, 'ci-deployer', simulated(keys.admin, 5, 'Ecs'), { groups: ['operators'] }),
      user(
        17,
        INTRUDER.user,
        { ...simulated(keys.intruder, null), created: before(now, 49) },
        {
          created: before(now, 49),
          policies: [{ name: 'AdministratorAccess', type: 'System' }],
        },
      ),
    ],
    groups: [
      { name: 'readers', policies: [{ name: 'AliyunLogReadOnlyAccess', type: 'System' }] },
      { name: 'operators', policies: [{ name: 'AdministratorAccess', type: 'System' }] },
    ],
    policies: [{ name: 'reports-bucket', versions: [{ id: 'v1', document: JSON.stringify(REPORTS_BUCKET) }] }],
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
    events: [...deploys(now), ...intrusion(now)],
    leaks: [
      {
        id: 1,
        accessKeyId: keys.admin.id,
        found: before(now, 47),
        status: 'pending',
        url: 'https://github.com/lantern-outdoor/shop',
        github: {
          user: 'lantern-outdoor',
          repository: 'shop',
          file: 'deploy/terraform.tfvars',
          fileType: 'HCL',
          updated: before(now, 24 * ADMIN_LEAKED),
        },
      },
    ],
  };
  return {
    accounts: [
      company,
      elsewhere('5647382910564738', 'freelance', user(15, 'freelance-dev', simulated(keys.contractor, 50))),
      elsewhere('8091827364558291', 'summit-lamps', user(18, 'media', simulated(keys.stranger, 8))),
    ],
  };
};

const elsewhere = (uid: string, alias: string, user: SimulatedUser): SimulatedAccount => ({
  uid,
  alias,
  rootKeys: [],
  users: [user],
  recycleBin: [],
  sessions: [],
});

const REPORTS_BUCKET = {
  Version: '1',
  Statement: [
    { Effect: 'Allow', Action: ['oss:GetObject', 'oss:PutObject'], Resource: 'acs:oss:*:*:lantern-reports/*' },
  ],
};

/** Every other night the deployment runs, from the office. */
const deploys = (now: number): readonly SimulatedEvent[] =>
  Array.from({ length: 42 }, (_, index) => ({
    at: before(now, 48 * index + 5),
    accessKeyId: keys.admin.id,
    service: 'Ecs',
    action: index % 3 === 0 ? 'RunCommand' : 'DescribeInstances',
    address: '203.0.113.40',
  }));

/** Two days ago somebody else came: looked around, and made a way back in. */
const intrusion = (now: number): readonly SimulatedEvent[] => {
  const event = (
    minutes: number,
    service: string,
    action: string,
    over: Partial<SimulatedEvent> = {},
  ): SimulatedEvent => ({
    at: before(now, 50 - minutes / 60),
    accessKeyId: keys.admin.id,
    service,
    action,
    address: INTRUDER.address,
    ...over,
  });
  const name = { UserName: INTRUDER.user };
  return [
    event(0, 'Sts', 'GetCallerIdentity'),
    event(1, 'Ram', 'ListUsers'),
    event(2, 'Ram', 'ListPoliciesForUser', { parameters: { UserName: 'ci-deployer' } }),
    event(9, 'Ram', 'CreateUser', { parameters: name, response: { User: name }, isWrite: true }),
    event(10, 'Ram', 'AttachPolicyToUser', {
      parameters: { ...name, PolicyName: 'AdministratorAccess', PolicyType: 'System' },
      isWrite: true,
    }),
    event(11, 'Ram', 'CreateAccessKey', {
      parameters: name,
      // As the real trail might hold it: the secret must get no further than the line that reads it.
      response: {
        AccessKey: { AccessKeyId: keys.intruder.id, AccessKeySecret: keys.intruder.secret, Status: 'Active' },
      },
      isWrite: true,
    }),
  ];
};
