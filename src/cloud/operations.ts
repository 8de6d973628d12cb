// Every API operation that akscan may call. Nothing is sent that is not in this table: rates, `--explain` and
// docs/permissions.md are made of it.
//
// Quotas: requests a second for one operation of one account, whoever of it asks (help.aliyun.com, the "quotas" page of each API).

import type { Service } from './types.js';

/** What an operation is called for. `identity`: whose the auditor's own credentials are; `containment`: to switch keys off. */
export type Mode = 'identity' | 'inventory' | 'probe' | 'powers' | 'activity' | 'account' | 'containment';

interface Operation {
  readonly modes: readonly Mode[];
  /** It changes something, and is sent by `createWrite` alone; absent: it reads. */
  readonly effect?: 'write';
  /** The RAM action to grant; null when nobody needs a grant. */
  readonly permission: string | null;
  /** Another name for it: documentation of different years does not agree. */
  readonly otherPermission?: string;
  /** Requests a second that an account is allowed. */
  readonly quota: number;
  /** What it tells, for people: follows "asks". */
  readonly tells: string;
}

export const operations = {
  'sts:GetCallerIdentity': {
    modes: ['identity', 'probe'],
    permission: null,
    quota: 100,
    tells: 'whose the credentials are that sign',
  },
  'sts:AssumeRole': {
    modes: ['identity'],
    permission: 'sts:AssumeRole',
    quota: 100,
    tells: 'for a session of the role that a profile names; only for profiles that do',
  },
  'sts:AssumeRoleWithOIDC': {
    modes: ['identity'],
    permission: null,
    quota: 100,
    tells: "for a session of the role that a CI system's token stands for; only with such a token",
  },
  'ims:GetUser': {
    modes: ['inventory', 'account'],
    permission: 'ram:GetUser',
    quota: 100,
    tells: 'which RAM user an AccessKey ID belongs to',
  },
  'ram:ListAccessKeys': {
    modes: ['inventory', 'account'],
    permission: 'ram:ListAccessKeys',
    quota: 100,
    tells: 'which AccessKeys a RAM user has, and whether they are on',
  },
  'ram:ListUsers': {
    modes: ['inventory', 'account'],
    permission: 'ram:ListUsers',
    quota: 100,
    tells: 'all RAM users, where the owner of an ID cannot be asked for',
  },
  'ims:ListAccessKeys': {
    modes: ['inventory', 'account'],
    permission: 'ram:ListAccessKeys',
    quota: 100,
    tells: "the root account's own AccessKeys, for root credentials",
  },
  'ims:GetAccessKeyInfoInRecycleBin': {
    modes: ['inventory', 'account'],
    permission: 'ram:GetAccessKeyInfoInRecycleBin',
    quota: 100,
    tells: 'whether an AccessKey was deleted, and whose it was',
  },
  'ims:GetAccessKeyLastUsed': {
    modes: ['inventory', 'account'],
    permission: 'ram:GetAccessKeyLastUsed',
    quota: 100,
    tells: 'when an AccessKey was last used',
  },
  'actiontrail:GetAccessKeyLastUsedInfo': {
    modes: ['inventory', 'account'],
    permission: 'actiontrail:GetAccessKeyLastUsedInfo',
    quota: 50,
    tells: "whether an AccessKey is the root account's, and its last use",
  },
  'ims:GetAccountSecurityPracticeReport': {
    modes: ['account'],
    permission: 'ram:GetAccountSecurityPracticeReport',
    quota: 100,
    tells: 'how many AccessKeys the root account has, and whether it has MFA',
  },
  'ims:GetAccountSummary': {
    modes: ['account'],
    permission: 'ram:GetAccountSummary',
    quota: 100,
    tells: 'how many RAM users there are, and the quotas',
  },
  'ims:GetSecurityPreference': {
    modes: ['account'],
    permission: 'ram:GetSecurityPreference',
    quota: 100,
    tells: 'whether RAM users manage their own AccessKeys, and when idle ones are switched off',
  },
  'ims:GenerateCredentialReport': {
    modes: ['account'],
    permission: 'ram:GenerateCredentialReport',
    quota: 100,
    tells: 'RAM to write its credential report, once in four hours',
  },
  'ims:GetCredentialReport': {
    modes: ['account'],
    permission: 'ram:GetCredentialReport',
    quota: 100,
    tells: "the root account's and all users' passwords, MFA and AccessKeys, without IDs",
  },
  'ram:GetAccessKeyLastUsed': {
    modes: ['account'],
    permission: 'ram:GetAccessKeyLastUsed',
    quota: 100,
    tells: 'when an AccessKey was last used, where the credential report does not say',
  },
  // No quota is documented for these two.
  'sas:DescribeAccesskeyLeakList': {
    modes: ['account'],
    permission: 'yundun-aegis:DescribeAccesskeyLeakList',
    otherPermission: 'yundun-sas:DescribeAccesskeyLeakList',
    quota: 10,
    tells: 'the AccessKeys that Alibaba Cloud itself found leaked',
  },
  'sas:DescribeAccessKeyLeakDetail': {
    modes: ['account'],
    permission: 'yundun-aegis:DescribeAccessKeyLeakDetail',
    otherPermission: 'yundun-sas:DescribeAccessKeyLeakDetail',
    quota: 10,
    tells: 'where it found one',
  },
  'actiontrail:LookupEvents': {
    modes: ['activity'],
    permission: 'actiontrail:LookupEvents',
    quota: 2,
    tells: 'what an AccessKey did in the last 90 days',
  },
  'actiontrail:GetAccessKeyLastUsedProducts': {
    modes: ['activity'],
    permission: 'actiontrail:GetAccessKeyLastUsedProducts',
    quota: 50,
    tells: 'which services an AccessKey was last used with, in every region',
  },
  'ram:ListPoliciesForUser': {
    modes: ['powers'],
    permission: 'ram:ListPoliciesForUser',
    quota: 100,
    tells: 'which policies are attached to a RAM user',
  },
  'ram:ListGroupsForUser': {
    modes: ['powers'],
    permission: 'ram:ListGroupsForUser',
    quota: 100,
    tells: 'which groups a RAM user is in',
  },
  'ram:ListPoliciesForGroup': {
    modes: ['powers'],
    permission: 'ram:ListPoliciesForGroup',
    quota: 100,
    tells: 'which policies are attached to a group',
  },
  'ram:ListPoliciesForRole': {
    modes: ['powers'],
    permission: 'ram:ListPoliciesForRole',
    quota: 100,
    tells: 'which policies are attached to a role',
  },
  'ram:GetPolicy': {
    modes: ['powers'],
    permission: 'ram:GetPolicy',
    quota: 100,
    tells: 'what a policy allows and denies',
  },
  'ram:GetPolicyVersion': {
    modes: ['powers'],
    permission: 'ram:GetPolicyVersion',
    quota: 100,
    tells: 'what a policy allows and denies, where the policy itself is given without its document',
  },
  'ram:UpdateAccessKey': {
    modes: ['containment'],
    effect: 'write',
    permission: 'ram:UpdateAccessKey',
    quota: 20,
    tells: "to switch a RAM user's AccessKey off, or on again",
  },
  'ram:DeleteAccessKey': {
    modes: ['containment'],
    effect: 'write',
    permission: 'ram:DeleteAccessKey',
    quota: 20,
    tells: "to move a RAM user's AccessKey that is off to the recycle bin; only with --mode delete",
  },
  'ims:UpdateAccessKey': {
    modes: ['containment'],
    effect: 'write',
    permission: 'ram:UpdateAccessKey',
    quota: 20,
    tells: "to switch one of the root account's own AccessKeys off, or on again, for root credentials",
  },
  'ims:DeleteAccessKey': {
    modes: ['containment'],
    effect: 'write',
    permission: 'ram:DeleteAccessKey',
    quota: 20,
    tells: "to delete one of the root account's own AccessKeys that is off; only with --mode delete",
  },
  'ims:GetAccessKeyPolicy': {
    modes: ['containment'],
    permission: 'ram:GetAccessKeyPolicy',
    quota: 20,
    tells: 'from which addresses an AccessKey is accepted',
  },
  'ims:SetAccessKeyPolicy': {
    modes: ['containment'],
    effect: 'write',
    permission: 'ram:SetAccessKeyPolicy',
    quota: 20,
    tells: 'to accept an AccessKey from given addresses alone; only with --mode restrict',
  },
  'ims:RestoreAccessKeyFromRecycleBin': {
    modes: ['containment'],
    effect: 'write',
    permission: 'ram:RestoreAccessKeyFromRecycleBin',
    quota: 20,
    tells: 'to bring a deleted AccessKey back; only for akscan restore',
  },
  'ram:CreateAccessKey': {
    modes: ['containment'],
    effect: 'write',
    permission: 'ram:CreateAccessKey',
    quota: 20,
    tells: 'for a new AccessKey of a RAM user, to replace one that is in use; only with --rotate',
  },
} as const satisfies Readonly<Record<`${Service}:${string}`, Operation>>;

export type OperationName = keyof typeof operations;

export const operationOf = (name: OperationName): Operation => operations[name];

/** `ims:GetUser` in its two parts. */
export const partsOf = (name: OperationName): { readonly service: Service; readonly action: string } => {
  const at = name.indexOf(':');
  return { service: name.slice(0, at) as Service, action: name.slice(at + 1) };
};
