// What `akscan account` learns of accounts. These types are its JSON output (docs/account.md, schema/account.schema.json):
// fields may be added within `schema: 1`, never changed. No secret is in any of them.

import type { Principal, Severity, VerdictState } from './model.js';

/** A part that could not be read. */
export interface NotRead {
  /** What is therefore not known: `whether the root account has AccessKeys`. */
  readonly what: string;
  /** One or two sentences. */
  readonly why: string;
  /** `denied`: a permission is missing. `limit`: left out on purpose, or Alibaba Cloud has none. */
  readonly because: 'fault' | 'denied' | 'limit';
  /** The RAM action to grant, where one is missing and known. */
  readonly permission?: string;
  /** Without it nobody may say that nothing is wrong. */
  readonly decides?: true;
}

/** One AccessKey of the root account, by the credential report, which knows no IDs. Times are ISO 8601. */
export interface RootKey {
  /** Null when the report does not say. */
  readonly active: boolean | null;
  /** Created or last changed. */
  readonly changed?: string;
  /** Null: never, as far as Alibaba Cloud knows. Absent: not known. */
  readonly lastUsed?: string | null;
}

export interface RootAccount {
  /** How many AccessKeys it has; null when that could not be read. */
  readonly keys: number | null;
  /** As far as they could be seen. */
  readonly seen: readonly RootKey[];
  /** Whole IDs, which only root credentials can list. */
  readonly accessKeyIds?: readonly string[];
  readonly mfa: boolean | null;
}

/** One AccessKey of a RAM user. */
export interface AccountKey {
  /** Null when only the credential report could be read. */
  readonly accessKeyId: string | null;
  readonly user: string;
  readonly status: 'Active' | 'Inactive';
  /** ISO 8601. */
  readonly created?: string;
  /** ISO 8601; null: never, as far as Alibaba Cloud knows. Absent: not known, or not asked for. */
  readonly lastUsed?: string | null;
}

/** A place at which Alibaba Cloud found a key. */
export interface LeakPlace {
  /** The platform, such as `GitHub`. */
  readonly source?: string;
  readonly owner?: string;
  readonly repository?: string;
  readonly file?: string;
  /** Without its query. */
  readonly url?: string;
}

/** An AccessKey that leaked, by Alibaba Cloud's list, by a report of ours, or by both. */
export interface LeakedKey {
  readonly accessKeyId: string;
  /** `report` alone says that it is not on Alibaba Cloud's list only if that list was read. */
  readonly knownTo: 'both' | 'alibaba' | 'report';
  readonly state: VerdictState;
  readonly principal?: Principal;
  readonly user?: string;
  /** ISO 8601. */
  readonly lastUsed?: string;
  /** Why nothing more is known. */
  readonly reason?: string;
  readonly alibaba?: {
    /** `accepted`: on Security Center's allowlist. */
    readonly status: 'pending' | 'handled' | 'accepted';
    /** When it was first seen, ISO 8601. */
    readonly detected?: string;
    readonly places: readonly LeakPlace[];
  };
  readonly report?: {
    readonly fingerprint: string;
    /** Whether its secret was found, too, and is not known to be wrong. */
    readonly withSecret: boolean;
    readonly places: number;
    /** `path:line` of the first, relative to the report's target; null when there is none. */
    readonly first: string | null;
  };
}

/** What is wrong, worst first in docs/account.md. */
export const POINTS = [
  'root-key',
  'leaked-live',
  'root-without-mfa',
  'leaked-unknown',
  'leaked-id',
  'console-without-mfa',
  'never-used',
  'idle',
  'old',
  'console-and-key',
  'leaked-dead',
  'two-keys',
  'self-managed',
  'idle-limit',
  'quota',
] as const;

export type PointId = (typeof POINTS)[number];

export interface Point {
  readonly id: PointId;
  readonly severity: Severity;
  /** What is so, one sentence. */
  readonly text: string;
  /** What to do, one sentence. */
  readonly next: string;
  /** The AccessKeys that it speaks of, whole IDs, sorted. */
  readonly keys?: readonly string[];
  /** The RAM users that it speaks of, sorted. */
  readonly users?: readonly string[];
}

export interface Quota {
  readonly name: 'users' | 'keys-per-user' | 'root-keys';
  readonly quota: number;
  /** Absent where it is not one number for the account. */
  readonly used?: number;
}

export interface AccountReport {
  /** The account's UID; null when STS did not say. */
  readonly account: string | null;
  /** Whose credentials asked: `the environment`, `the profile "audit"`. */
  readonly credentials: string;
  readonly root: RootAccount;
  /** RAM users; null when they could not be counted. */
  readonly users: number | null;
  /** Whether `keys` holds all of them. */
  readonly allKeysRead: boolean;
  /** By user, then by ID. */
  readonly keys: readonly AccountKey[];
  /** Whether Alibaba Cloud's own list is part of `leaked`. */
  readonly leakListRead: boolean;
  /** By ID. */
  readonly leaked: readonly LeakedKey[];
  readonly quotas: readonly Quota[];
  readonly settings: {
    readonly usersManageKeys?: boolean;
    /** Days after which an unused AccessKey is switched off. */
    readonly maxIdleDays?: number;
  };
  /** When RAM wrote the credential report that was read, ISO 8601. */
  readonly credentialReport?: string;
  /** Worst first. */
  readonly points: readonly Point[];
  readonly notRead: readonly NotRead[];
}

export interface AccountsReport {
  readonly type: 'accounts';
  readonly schema: 1;
  /** ISO 8601, whole seconds. */
  readonly checkedAt: string;
  readonly olderThanDays: number;
  readonly idleDays: number;
  /** By UID. */
  readonly accounts: readonly AccountReport[];
  /** Credentials that could not be used, and why. */
  readonly notAsked: readonly { readonly credentials: string; readonly why: string }[];
  /** Of the given report: IDs that were found in none of these accounts, sorted. */
  readonly elsewhere: readonly { readonly accessKeyId: string; readonly reason?: string }[];
  readonly notes: readonly string[];
  /** Stopped before the end: what is listed is what was known by then. */
  readonly interrupted?: true;
}
