// The policies of an account: its own and those of Alibaba Cloud, whose documents are the published ones where they are
// short, and shortened in the same sense where they are long.

import type { SimulatedAccount, SimulatedPolicy } from './world.js';

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string;
}

const allow = (...actions: readonly string[]): Statement => ({
  Effect: 'Allow',
  Action: actions.length === 1 ? (actions[0] ?? '') : actions,
  Resource: '*',
});

const SYSTEM: Readonly<Record<string, readonly [description: string, ...statements: readonly Statement[]]>> = {
  AdministratorAccess: ['All permissions', allow('*')],
  ReadOnlyAccess: [
    'Read-only access to all resources',
    allow('*:Describe*', '*:List*', '*:Get*', '*:BatchGet*', '*:Query*', '*:Check*', '*:Lookup*'),
  ],
  AliyunRAMFullAccess: ['Full access to RAM', allow('ram:*')],
  AliyunRAMReadOnlyAccess: ['Read-only access to RAM', allow('ram:Get*', 'ram:List*', 'ram:GenerateCredentialReport')],
  AliyunSTSAssumeRoleAccess: ['May assume roles', allow('sts:AssumeRole')],
  AliyunOSSFullAccess: ['Full access to OSS', allow('oss:*')],
  AliyunOSSReadOnlyAccess: ['Read-only access to OSS', allow('oss:Get*', 'oss:List*')],
  AliyunECSFullAccess: ['Full access to ECS', allow('ecs:*')],
  AliyunECSReadOnlyAccess: ['Read-only access to ECS', allow('ecs:Describe*', 'ecs:List*')],
  AliyunRDSFullAccess: ['Full access to RDS', allow('rds:*')],
  AliyunVPCFullAccess: ['Full access to VPC', allow('vpc:*')],
  AliyunLogFullAccess: ['Full access to Log Service', allow('log:*')],
  AliyunLogReadOnlyAccess: ['Read-only access to Log Service', allow('log:Get*', 'log:List*', 'log:Query*')],
  AliyunKMSFullAccess: ['Full access to KMS', allow('kms:*')],
  AliyunDysmsFullAccess: ['Full access to SMS', allow('dysms:*')],
  AliyunBSSFullAccess: ['Full access to billing', allow('bss:*', 'bssapi:*', 'efc:*')],
  AliyunBSSReadOnlyAccess: [
    'Read-only access to billing',
    allow('bss:Describe*', 'bss:Query*', 'bssapi:Query*', 'bssapi:Get*'),
  ],
  AliyunFCFullAccess: ['Full access to Function Compute', allow('fc:*')],
  AliyunContainerRegistryFullAccess: ['Full access to Container Registry', allow('cr:*')],
  AliyunActionTrailFullAccess: ['Full access to ActionTrail', allow('actiontrail:*')],
  AliyunActionTrailReadOnlyAccess: [
    'Read-only access to ActionTrail',
    allow('actiontrail:Lookup*', 'actiontrail:Describe*', 'actiontrail:Get*', 'actiontrail:List*'),
  ],
  AliyunYundunSASReadOnlyAccess: [
    'Read-only access to Security Center',
    allow('yundun-sas:Describe*', 'yundun-sas:Get*', 'yundun-sas:List*', 'yundun-aegis:Describe*'),
  ],
};

const WRITTEN = '2018-01-01T00:00:00Z';

const system: ReadonlyMap<string, SimulatedPolicy> = new Map(
  Object.entries(SYSTEM).map(([name, [description, ...statements]]) => [
    name,
    {
      name,
      type: 'System',
      description,
      created: WRITTEN,
      versions: [{ id: 'v1', document: JSON.stringify({ Version: '1', Statement: statements }), created: WRITTEN }],
    },
  ]),
);

/** @returns null when there is none of that type and name */
export const policyOf = (account: SimulatedAccount, type: 'System' | 'Custom', name: string): SimulatedPolicy | null =>
  account.policies?.find((policy) => policy.name === name && (policy.type ?? 'Custom') === type) ??
  (type === 'System' ? (system.get(name) ?? null) : null);

type Version = SimulatedPolicy['versions'][number];

const NOTHING: Version = { id: 'v1', document: '{"Version":"1","Statement":[]}' };

export const versionsOf = ({ versions }: SimulatedPolicy): readonly Version[] =>
  versions.length === 0 ? [NOTHING] : versions;

export const defaultVersionOf = (policy: SimulatedPolicy): Version =>
  versionsOf(policy).find(({ id }) => id === policy.defaultVersion) ?? versionsOf(policy).at(-1) ?? NOTHING;

/** How many users, groups and roles it is attached to. */
export const attachmentCount = (account: SimulatedAccount, name: string, type: string): number =>
  [...account.users, ...(account.groups ?? []), ...(account.roles ?? [])].filter(({ policies = [] }) =>
    policies.some((attached) => attached.name === name && attached.type === type),
  ).length;
