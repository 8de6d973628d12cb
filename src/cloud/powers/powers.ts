// What stands for each power: the RAM actions that give it. The list is not all of what the cloud can do but what an
// intruder does first: the operations that Alibaba Cloud itself closes to leaked keys (help.aliyun.com, "restrictive
// protection for AccessKey pairs"), its sample Deny policy for leaked keys, and what attack tools call.

import type { Power } from '../../findings/model.js';

export interface Need {
  /** In lower case. */
  readonly action: string;
  /** `all`: a grant on named resources is not enough. */
  readonly on: 'all' | 'some';
}

/** Allowed together, these actions give the power. */
type Way = readonly Need[];

interface PowerRule {
  readonly power: Power;
  /** Any of them is enough. */
  readonly ways: readonly Way[];
}

const some = (...actions: readonly string[]): Way =>
  actions.map((action) => ({ action: action.toLowerCase(), on: 'some' }));

const all = (...actions: readonly string[]): Way =>
  actions.map((action) => ({ action: action.toLowerCase(), on: 'all' }));

/**
 * Stands for every action that nobody thought of: only `*` and what is allowed by exception match it. Who has it and can
 * write to RAM is an administrator, whatever a Deny takes away elsewhere: he can remove the Deny.
 */
export const ANY_OTHER_ACTION = 'zzz-any-other:zzz';

const RAM_WRITE: readonly Way[] = [
  // Another user's key or password is that user's powers.
  some('ram:CreateAccessKey'),
  some('ram:CreateLoginProfile'),
  some('ram:UpdateLoginProfile'),
  some('ram:AttachPolicyToUser'),
  some('ram:AttachPolicyToGroup'),
  some('ram:AttachPolicyToRole'),
  some('ram:AddUserToGroup'),
  // A new text for a policy that one has already.
  some('ram:CreatePolicyVersion'),
  some('ram:SetDefaultPolicyVersion'),
  // The trust policy of a role: lets any account in the world take it.
  some('ram:UpdateRole'),
  // CreateUser alone makes a user without key, password or policy: not here.
];

/** Worst first, as `POWERS` is; `everything` is the root account's and no policy gives it, `other` is what is left. */
export const POWER_RULES: readonly PowerRule[] = [
  { power: 'administrator', ways: RAM_WRITE.map((way) => [...way, ...all(ANY_OTHER_ACTION)]) },
  { power: 'ram-write', ways: RAM_WRITE },
  {
    power: 'assume-roles',
    ways: [
      some('sts:AssumeRole'),
      // A role handed to a server or a function gives its credentials to whoever runs code there.
      some('ram:PassRole', 'ecs:AttachInstanceRamRole'),
      some('ram:PassRole', 'ecs:RunInstances'),
      some('ram:PassRole', 'fc:CreateFunction'),
    ],
  },
  {
    power: 'run-commands',
    ways: [
      some('ecs:RunCommand'),
      // Runs one that is there already; CreateCommand alone runs nothing.
      some('ecs:InvokeCommand'),
      // Writes any file as root, such as a cron table.
      some('ecs:SendFile'),
      some('ecs:StartTerminalSession'),
      some('swas-open:RunCommand'),
      some('eci:ExecContainerCommand'),
      // OOS acts with its caller's powers, or with those of a role that is handed to it.
      some('oos:StartExecution', 'ram:PassRole'),
      // Not here: kubeconfigs of ACK, which are worth what the cluster's own RBAC grants.
    ],
  },
  {
    power: 'hide-traces',
    ways: [
      some('actiontrail:StopLogging'),
      some('actiontrail:DeleteTrail'),
      some('actiontrail:UpdateTrail'),
      // An application that may drop its own log store hides nothing of the account.
      all('log:DeleteLogStore'),
      all('log:DeleteProject'),
    ],
  },
  {
    power: 'decrypt',
    ways: [some('kms:Decrypt'), some('kms:AsymmetricDecrypt'), some('kms:GetSecretValue')],
  },
  {
    power: 'spend-money',
    ways: [
      some('ecs:RunInstances'),
      some('ecs:CreateInstance'),
      some('ecs:CreateAutoProvisioningGroup'),
      some('eci:CreateContainerGroup'),
      some('ecd:CreateDesktops'),
      some('swas-open:CreateInstances'),
      some('bss:PayOrder'),
      some('bssapi:CreateInstance'),
    ],
  },
  { power: 'oss-read-all', ways: [all('oss:GetObject')] },
  {
    power: 'oss-write-all',
    ways: [
      all('oss:PutObject'),
      all('oss:DeleteObject'),
      // Opens a bucket to whoever it names.
      all('oss:PutBucketAcl'),
      all('oss:PutBucketPolicy'),
    ],
  },
  {
    power: 'database-access',
    ways: [
      some('rds:CreateAccount'),
      some('rds:ResetAccountPassword'),
      some('rds:ModifySecurityIps'),
      some('polardb:CreateAccount'),
      some('polardb:ModifyAccountPassword'),
      some('polardb:ModifyDBClusterAccessWhitelist'),
      some('dds:ResetAccountPassword'),
      some('dds:ModifySecurityIps'),
      some('kvstore:CreateAccount'),
      some('kvstore:ResetAccountPassword'),
      some('kvstore:ModifySecurityIps'),
    ],
  },
  {
    power: 'send-messages',
    ways: [
      some('dysms:SendSms'),
      some('dysms:SendBatchSms'),
      some('dysms:SendMessageToGlobe'),
      some('dm:SingleSendMail'),
      some('dm:BatchSendMail'),
    ],
  },
  { power: 'oss-read-some', ways: [some('oss:GetObject')] },
  {
    power: 'oss-write-some',
    ways: [some('oss:PutObject'), some('oss:DeleteObject'), some('oss:PutBucketAcl'), some('oss:PutBucketPolicy')],
  },
  {
    power: 'read-logs',
    ways: [some('log:GetLogStoreLogs'), some('log:GetCursorOrData'), some('actiontrail:LookupEvents')],
  },
  {
    power: 'ram-read',
    ways: [
      some('ram:ListUsers'),
      some('ram:ListRoles'),
      some('ram:ListPolicies'),
      some('ram:ListPoliciesForUser'),
      some('ram:GetPolicy'),
    ],
  },
];

/**
 * What a worse power says already; it is left out unless it holds always and the worse one only under a condition. An
 * administrator has all the others.
 */
export const SAYS_ALREADY: Readonly<Partial<Record<Power, readonly Power[]>>> = {
  administrator: POWER_RULES.map(({ power }) => power).filter((power) => power !== 'administrator'),
  'oss-read-all': ['oss-read-some'],
  'oss-write-all': ['oss-write-some'],
};

/** The actions that policies are asked about. */
export const PROBES: readonly string[] = [
  ...new Set(POWER_RULES.flatMap(({ ways }) => ways.flat()).map(({ action }) => action)),
];

/** The kinds of resource that an action needs leave on, where that is not simply all of its service: RAM checks each. */
const RESOURCES: Readonly<Record<string, readonly string[]>> = {
  'ram:createaccesskey': ['acs:ram:*:*:user/*'],
  'ram:createloginprofile': ['acs:ram:*:*:user/*'],
  'ram:updateloginprofile': ['acs:ram:*:*:user/*'],
  'ram:attachpolicytouser': ['acs:ram:*:*:user/*', 'acs:ram:*:*:policy/*'],
  'ram:attachpolicytogroup': ['acs:ram:*:*:group/*', 'acs:ram:*:*:policy/*'],
  'ram:attachpolicytorole': ['acs:ram:*:*:role/*', 'acs:ram:*:*:policy/*'],
  'ram:addusertogroup': ['acs:ram:*:*:user/*', 'acs:ram:*:*:group/*'],
  'ram:createpolicyversion': ['acs:ram:*:*:policy/*'],
  'ram:setdefaultpolicyversion': ['acs:ram:*:*:policy/*'],
  'ram:updaterole': ['acs:ram:*:*:role/*'],
  'ram:passrole': ['acs:ram:*:*:role/*'],
  'sts:assumerole': ['acs:ram:*:*:role/*'],
  'ecs:runcommand': ['acs:ecs:*:*:instance/*'],
  'ecs:invokecommand': ['acs:ecs:*:*:instance/*'],
  'ecs:sendfile': ['acs:ecs:*:*:instance/*'],
  'ecs:startterminalsession': ['acs:ecs:*:*:instance/*'],
  'ecs:attachinstanceramrole': ['acs:ecs:*:*:instance/*'],
  'ecs:runinstances': ['acs:ecs:*:*:instance/*'],
  'ecs:createinstance': ['acs:ecs:*:*:instance/*'],
  'actiontrail:stoplogging': ['acs:actiontrail:*:*:trail/*'],
  'actiontrail:deletetrail': ['acs:actiontrail:*:*:trail/*'],
  'actiontrail:updatetrail': ['acs:actiontrail:*:*:trail/*'],
  'log:deletelogstore': ['acs:log:*:*:project/*/logstore/*'],
  'log:deleteproject': ['acs:log:*:*:project/*'],
  'log:getlogstorelogs': ['acs:log:*:*:project/*/logstore/*'],
  'log:getcursorordata': ['acs:log:*:*:project/*/logstore/*'],
  'kms:decrypt': ['acs:kms:*:*:key/*'],
  'kms:asymmetricdecrypt': ['acs:kms:*:*:key/*'],
  'kms:getsecretvalue': ['acs:kms:*:*:secret/*'],
  // A grant on a bucket alone opens none of its objects.
  'oss:getobject': ['acs:oss:*:*:*/*'],
  'oss:putobject': ['acs:oss:*:*:*/*'],
  'oss:deleteobject': ['acs:oss:*:*:*/*'],
  'rds:createaccount': ['acs:rds:*:*:dbinstance/*'],
  'rds:resetaccountpassword': ['acs:rds:*:*:dbinstance/*'],
  'rds:modifysecurityips': ['acs:rds:*:*:dbinstance/*'],
  'polardb:createaccount': ['acs:polardb:*:*:dbcluster/*'],
  'polardb:modifyaccountpassword': ['acs:polardb:*:*:dbcluster/*'],
  'polardb:modifydbclusteraccesswhitelist': ['acs:polardb:*:*:dbcluster/*'],
  'dds:resetaccountpassword': ['acs:dds:*:*:dbinstance/*'],
  'dds:modifysecurityips': ['acs:dds:*:*:dbinstance/*'],
  'kvstore:createaccount': ['acs:kvstore:*:*:instance/*'],
  'kvstore:resetaccountpassword': ['acs:kvstore:*:*:instance/*'],
  'kvstore:modifysecurityips': ['acs:kvstore:*:*:instance/*'],
};

/** The names of all resources that an action of the table needs leave on, one pattern for each kind. */
export const resourcesOf = (action: string): readonly string[] =>
  RESOURCES[action] ?? [`acs:${action.slice(0, action.indexOf(':'))}:*:*:*`];

/** A key or a password for oneself is nothing that one has not: many accounts let users manage their own. */
export const ONLY_FOR_OTHERS: ReadonlySet<string> = new Set([
  'ram:createaccesskey',
  'ram:createloginprofile',
  'ram:updateloginprofile',
]);
