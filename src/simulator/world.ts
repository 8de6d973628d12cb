// The made-up cloud's contents: accounts with their root and RAM keys in every state, groups, roles and policies, recycle
// bins, temporary sessions, the trail of what was done, and Alibaba's own list of leaks. The server reads it live, so that a
// test may change a key between two requests, and writes to it what the requests change: last use, sessions, the trail.

import type { Call, Fault } from './fault.js';

export type { Call, Fault };

/** A time is ISO 8601 in UTC with whole seconds, as the APIs write them. */
type Time = string;

export interface SimulatedKey {
  readonly id: string;
  readonly secret: string;
  status: 'Active' | 'Inactive';
  readonly created: Time;
  updated?: Time;
  /** Its network policy, the JSON text; without one it is accepted from everywhere. */
  policy?: string;
  /** Milliseconds since 1970: off, and accepted all the same until then. See `World.disabledAfterMs`. */
  acceptedUntil?: number;
  /** Under Alibaba Cloud's leak protection: RAM and IMS refuse it, STS does not. */
  readonly restricted?: boolean;
  /** Moves with every authenticated call, as the real one does. */
  lastUsed?: { at: Time; service: string };
}

/** A policy of the account or of Alibaba Cloud, where it is attached. */
export interface AttachedPolicy {
  readonly name: string;
  readonly type: 'System' | 'Custom';
  readonly attached?: Time;
}

/** One that the account has written; those of Alibaba Cloud are in system-policies.ts, and one named here goes before them. */
export interface SimulatedPolicy {
  readonly name: string;
  readonly type?: 'System' | 'Custom';
  readonly description?: string;
  readonly created?: Time;
  /** The default version is the last, if no other is named here. */
  readonly defaultVersion?: string;
  /** `document` is the JSON text of `{"Version":"1","Statement":[...]}`. */
  readonly versions: readonly { readonly id: string; readonly document: string; readonly created?: Time }[];
}

export interface SimulatedGroup {
  readonly id?: string;
  readonly name: string;
  readonly comments?: string;
  readonly policies?: readonly AttachedPolicy[];
}

export interface SimulatedRole {
  readonly id?: string;
  readonly name: string;
  readonly description?: string;
  readonly created?: Time;
  /** Who may assume it, JSON text; without one, whoever of the account is allowed sts:AssumeRole. */
  readonly trust?: string;
  /** The longest session, in seconds; 3,600 without. */
  readonly maxSession?: number;
  readonly policies?: readonly AttachedPolicy[];
}

export interface MfaDevice {
  readonly serial: string;
  readonly type: 'VMFA' | 'U2F';
  readonly activated?: Time;
}

export interface SimulatedUser {
  readonly id: string;
  readonly name: string;
  readonly displayName?: string;
  readonly comments?: string;
  readonly email?: string;
  readonly created?: Time;
  readonly updated?: Time;
  readonly lastLogin?: Time;
  readonly keys: SimulatedKey[];
  /** RAM actions such as `ram:ListUsers`; `*` is all. Beside what the policies say, where a Deny still wins. */
  readonly allow: readonly string[];
  readonly policies?: readonly AttachedPolicy[];
  /** The names of its groups. */
  readonly groups?: readonly string[];
  /** A password for the console; without one the user cannot log in. */
  readonly login?: { readonly created?: Time; readonly changed?: Time; readonly isMfaRequired?: boolean };
  readonly mfa?: MfaDevice;
}

/** A deleted key: unusable, remembered for 30 days. */
export interface RecycledKey {
  readonly id: string;
  readonly userId: string;
  readonly userName: string;
  readonly created: Time;
  readonly recycled: Time;
  readonly isUserRecycled?: boolean;
  readonly lastUsed?: { at: Time; service: string };
  /** The key as it was, and its place among those of its user: what comes back. */
  readonly was?: { readonly key: SimulatedKey; readonly at: number };
}

/** A role assumed with AssumeRole. */
export interface SimulatedSession {
  readonly id: string;
  readonly secret: string;
  readonly token: string;
  /** The name of the role; its policies hold if the account knows it. */
  readonly role: string;
  readonly sessionName: string;
  readonly expires: Time;
  readonly allow: readonly string[];
  /** JSON text: the session may do only what this allows, too. */
  readonly policy?: string;
}

/** One line of the trail. What is left out is derived from the key. */
export interface SimulatedEvent {
  readonly id?: string;
  readonly at: Time;
  readonly accessKeyId: string;
  /** As ActionTrail writes it, such as `Ram`. */
  readonly service: string;
  /** Such as `CreateUser`. */
  readonly action: string;
  readonly address: string;
  readonly userAgent?: string;
  readonly isWrite?: boolean;
  readonly error?: { readonly code: string; readonly message: string };
  readonly resource?: { readonly type: string; readonly name: string };
  readonly parameters?: Readonly<Record<string, string>>;
  readonly response?: Readonly<Record<string, unknown>>;
  /** Needed only where the key is of nobody whom the account still knows. */
  readonly identity?: EventIdentity;
}

export interface EventIdentity {
  readonly type: 'root-account' | 'ram-user' | 'assumed-role';
  readonly principalId: string;
  readonly userName: string;
}

/** An entry of Security Center's list of leaked keys. */
export interface SimulatedLeak {
  readonly id: number;
  readonly accessKeyId: string;
  readonly found: Time;
  readonly status: 'pending' | 'dealed';
  readonly dealt?: {
    readonly at: Time;
    readonly how: 'manual' | 'disable' | 'add-whitelist';
    readonly remark?: string;
  };
  readonly url: string;
  readonly github?: {
    readonly user: string;
    readonly repository: string;
    readonly file: string;
    readonly fileType: string;
    readonly updated: Time;
    readonly code?: string;
  };
}

export interface OidcProvider {
  readonly name: string;
  readonly issuer: string;
  /** The tokens that it vouches for; a real provider signs them. */
  readonly tokens: readonly { readonly text: string; readonly subject: string; readonly audience: string }[];
}

export interface SimulatedAccount {
  /** 16 digits. */
  readonly uid: string;
  /** Of its default domain, `<alias>.onaliyun.com`. */
  readonly alias: string;
  readonly created?: Time;
  readonly rootKeys: SimulatedKey[];
  readonly rootMfa?: MfaDevice;
  readonly rootLastLogin?: Time;
  readonly users: SimulatedUser[];
  readonly groups?: readonly SimulatedGroup[];
  readonly roles?: readonly SimulatedRole[];
  readonly policies?: readonly SimulatedPolicy[];
  readonly oidcProviders?: readonly OidcProvider[];
  readonly recycleBin: RecycledKey[];
  readonly sessions: SimulatedSession[];
  /** In any order; the server adds to it. */
  events?: SimulatedEvent[];
  readonly leaks?: readonly SimulatedLeak[];
  /** Members of GetAccountSummary that are not to be the usual ones, such as quotas. */
  readonly summary?: Readonly<Record<string, number>>;
  /** Settings of RAM users that are not to be the usual ones. */
  readonly preference?: { readonly usersManageKeys?: boolean; readonly maxIdleDays?: number };
  /** The credential report as it was last asked for. */
  credentialReport?: { state: 'STARTED' | 'INPROGRESS' | 'COMPLETED'; generated: Time };
}

export interface World {
  readonly accounts: readonly SimulatedAccount[];
  /** How far the server's clock is ahead of ours, in milliseconds. */
  readonly clockAheadMs?: number;
  readonly fault?: ((call: Call) => Fault | null) | undefined;
  /** `real`: as many requests a second for each account and operation as Alibaba Cloud allows; nothing is throttled without. */
  readonly quotas?: 'real';
  /** Before every answer, in milliseconds, or evenly between two. */
  readonly latencyMs?: number | readonly [number, number];
  /** Where requests seem to come from; the address of the connection without. */
  readonly sourceIp?: string;
  /** How long a key that was switched off is accepted still, in milliseconds: the real cloud needs a moment. */
  readonly disabledAfterMs?: number;
  /** What a key is when it comes back from the recycle bin; `Inactive` without. */
  readonly restoredStatus?: 'Active' | 'Inactive';
  /** The code for an address that a key's network policy does not let through, with status 403; the real one is not documented. */
  readonly addressRefusal?: string;
}

/** Who a request's AccessKey belongs to. */
export type Caller =
  | { readonly kind: 'root'; readonly account: SimulatedAccount; readonly key: SimulatedKey }
  | {
      readonly kind: 'user';
      readonly account: SimulatedAccount;
      readonly user: SimulatedUser;
      readonly key: SimulatedKey;
    }
  | { readonly kind: 'role'; readonly account: SimulatedAccount; readonly session: SimulatedSession };

export const secretOf = (caller: Caller): string =>
  caller.kind === 'role' ? caller.session.secret : caller.key.secret;

export const domainOf = ({ alias }: SimulatedAccount): string => `${alias}.onaliyun.com`;

export const principalNameOf = (account: SimulatedAccount, userName: string): string =>
  `${userName}@${domainOf(account)}`;
