// Reports as a company has them, for the page that shows them: every state, several repositories, ten years, Chinese names.

import { createCollector } from '../../src/findings/collect.js';
import type { Finding, Power, Report, Verdict, VerdictState } from '../../src/findings/model.js';
import { NOTHING_SUPPRESSED, reportOf } from '../../src/findings/summary.js';
import { judged } from '../../src/verdicts.js';
import { createKeys } from './keys.js';
import { inHistory, sighting } from './sightings.js';
import { ACTIVITY } from './verdicts.js';

export interface Names {
  readonly targets: readonly string[];
  readonly paths: readonly string[];
  readonly authors: readonly string[];
  readonly users: readonly string[];
  readonly reason: string;
}

export const ENGLISH: Names = {
  targets: ['shop', 'billing-service', 'infra/terraform', 'mobile-app', 'data-platform', 'website', 'ops-scripts'],
  paths: [
    'src/main/resources/application-prod.yml',
    'config/oss.yml',
    'deploy/docker-compose.yml',
    '.env',
    'scripts/backup.sh',
    'src/main/java/com/example/shop/storage/OssClientFactory.java',
  ],
  authors: ['Alice Wong', 'Wei Zhang', 'Sam Miller', 'ci-bot'],
  users: ['deploy', 'backup', 'oss-upload', 'alice'],
  reason: 'ram: 429, asked five times in 20 s',
};

export const CHINESE: Names = {
  targets: ['商城后端', '支付服务', '基础设施/脚本', '移动端', '数据平台', '官网', '运维工具'],
  paths: [
    '配置/对象存储.yml',
    '部署/生产环境/docker-compose.yml',
    '文档/快速开始（内部使用，请勿外传）.md',
    'src/main/resources/application-prod.yml',
    '脚本/备份.sh',
    '测试/示例.env',
  ],
  authors: ['张伟', '王芳', '李娜', '欧阳建国'],
  users: ['部署', '备份', 'oss-上传', '开发'],
  reason: '查询超时：服务器在 20 秒内没有回答。',
};

/** Drawn from these, so that most of what leaked is off by now, as it is in life. */
const STATES: readonly VerdictState[] = [
  ...(['live', 'live', 'restricted', 'disabled', 'disabled', 'disabled', 'deleted', 'deleted'] as const),
  ...(['not-found', 'not-found', 'not-found', 'wrong-secret', 'expired', 'unknown'] as const),
];
const POWERS: readonly (readonly Power[])[] = [
  ['administrator'],
  ['oss-read-all', 'oss-write-all'],
  ['send-messages'],
  [],
  ['ram-write', 'decrypt'],
];

const DAY = 86_400_000;
export const NOW = new Date('2026-03-31T08:00:00Z');

/** @param count of findings, the first of them a live root key */
export const sampleReport = (count: number, names: Names = ENGLISH, seed = 7): Report => {
  const keys = createKeys(seed);
  const one = <Item>(items: readonly [Item, ...Item[]] | readonly Item[]): Item => {
    const item = items[keys.below(items.length)];
    if (item === undefined) throw new RangeError('nothing to draw from');
    return item;
  };
  const collector = createCollector();
  for (let index = 0; index < count; index += 1) {
    const [id, secret] = [keys.id24(), index % 9 === 5 ? null : keys.secret30()];
    const [target, path] = [one(names.targets), one(names.paths)];
    const date = new Date(NOW.getTime() - Math.floor((keys.below(1000) / 1000) ** 2 * 3800 + 2) * DAY).toISOString();
    const options = { target, path, line: 1 + keys.below(400) };
    collector.sighting(
      inHistory(id, secret, index + 1, {
        ...options,
        provenance: { blob: '', author: `${one(names.authors)} <a@example.com>`, date },
      }),
    );
    if (index % 3 === 0) collector.sighting(sighting(id, secret, options));
    if (index % 5 === 0)
      collector.sighting(sighting(id, secret, { ...options, target: one(names.targets), path: one(names.paths) }));
  }
  collector.count({ files: 18_211, objects: 412_908, bytes: 9_340_000_000 });
  const collection = collector.finish();
  const findings = collection.findings.map(({ finding }, index): Finding => {
    const verdicts = verdictsOf(index, finding, names, keys, one);
    return judged(finding, verdicts[0] ?? { state: 'unchecked', how: null }, verdicts);
  });
  const skipped = [
    {
      type: 'skipped',
      schema: 1,
      target: one(names.targets),
      what: one(names.paths),
      reason: 'permission denied',
      because: 'fault',
    },
  ] as const;
  return reportOf(
    findings,
    { ...collection, skipped, skippedCounts: { fault: 1, limit: 0 } },
    {
      suppressed: { ...NOTHING_SUPPRESSED, baseline: 3, allow: 2 },
      notes: ['2 submodules: their files were read, their histories were not.'],
      interrupted: false,
    },
  );
};

type Draw = <Item>(items: readonly Item[]) => Item;

const verdictsOf = (
  index: number,
  finding: Finding,
  names: Names,
  keys: ReturnType<typeof createKeys>,
  one: Draw,
): readonly Verdict[] => {
  const state = index === 0 ? 'live' : one(STATES);
  const account = one(['1234567890123456', '1987654321098765']);
  const base = { how: 'inventory', checkedAt: '2026-03-31T07:58:12Z' } as const;
  if (state === 'unknown') return [{ ...base, state, reason: names.reason }];
  if (state === 'not-found')
    return [{ state, how: 'probe', checkedAt: base.checkedAt, code: 'InvalidAccessKeyId.NotFound' }];
  const isRoot = index === 0 || keys.below(12) === 0;
  const user = one(names.users);
  const powers = isRoot ? (['everything'] as const) : one(POWERS);
  const used = new Date(NOW.getTime() - keys.below(700) * DAY).toISOString();
  const isLive = state === 'live' || state === 'restricted';
  const looked: Verdict = {
    ...base,
    state: state === 'wrong-secret' ? 'live' : state,
    account,
    principal: isRoot ? 'root' : 'ram-user',
    ...(isRoot
      ? {}
      : {
          user,
          policies: [
            { name: 'AliyunOSSFullAccess', type: 'System', through: 'user' },
            { name: names.users[0] ?? '', type: 'Custom', through: 'group', group: 'dev' },
          ],
        }),
    secretProven: false,
    ...(keys.below(4) === 0 ? { neverUsed: true } : { lastUsed: used, lastUsedService: 'Oss' }),
    ...(isLive ? { powers } : {}),
  };
  if (finding.secretSha256 === null || !(isLive || state === 'wrong-secret')) return [looked];
  const probed: Verdict = {
    state,
    how: 'probe',
    account,
    principal: isRoot ? 'root' : 'ram-user',
    ...(isRoot ? {} : { user }),
    secretProven: isLive,
    checkedAt: base.checkedAt,
  };
  const decisive: Verdict = {
    ...looked,
    state,
    secretProven: isLive,
    ...(index < 4 ? { activity: activityOf(names) } : {}),
  };
  return [decisive, probed];
};

const activityOf = (names: Names) => ({
  ...ACTIVITY,
  events: 1248,
  failures: 17,
  first: '2026-01-04T02:11:00Z',
  last: '2026-03-30T22:40:00Z',
  sinceLeak: 311,
  services: [
    { service: 'Oss', events: 1200, failures: 2, actions: [] },
    { service: 'Ram', events: 48, failures: 15, actions: [] },
  ],
  addresses: [
    {
      address: '203.0.113.7',
      events: 40,
      first: '2026-03-01T00:00:00Z',
      last: '2026-03-30T00:00:00Z',
      sinceLeak: true,
    },
  ] as const,
  moves: [{ at: '2026-03-29T01:02:03Z', action: 'CreateUser', address: '203.0.113.7', why: 'creates a user' }],
  created: [{ kind: 'user', name: names.users[1] ?? '', at: '2026-03-29T01:02:03Z' }] as const,
});
