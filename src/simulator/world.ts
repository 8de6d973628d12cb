// The made-up cloud's contents: accounts, their root and RAM keys in every state, recycle bins, temporary sessions. The
// server reads it live, so that a test may change a key between two requests.

export interface SimulatedKey {
  readonly id: string;
  readonly secret: string;
  status: 'Active' | 'Inactive';
  /** ISO 8601, whole seconds. */
  readonly created: string;
  /** Under Alibaba Cloud's leak protection: RAM and IMS refuse it, STS does not. */
  readonly restricted?: boolean;
  /** Moves with every authenticated call, as the real one does. */
  lastUsed?: { at: string; service: string };
}

export interface SimulatedUser {
  readonly id: string;
  readonly name: string;
  readonly keys: SimulatedKey[];
  /** RAM actions such as `ram:ListUsers`; `*` is all. */
  readonly allow: readonly string[];
}

/** A deleted key: unusable, remembered for 30 days. */
interface RecycledKey {
  readonly id: string;
  readonly userId: string;
  readonly userName: string;
  readonly created: string;
  readonly recycled: string;
  readonly lastUsed?: { at: string; service: string };
}

/** A role assumed with AssumeRole. */
interface SimulatedSession {
  readonly id: string;
  readonly secret: string;
  readonly token: string;
  readonly role: string;
  readonly sessionName: string;
  /** ISO 8601. */
  readonly expires: string;
  readonly allow: readonly string[];
}

export interface SimulatedAccount {
  /** 16 digits. */
  readonly uid: string;
  /** Of its default domain, `<alias>.onaliyun.com`. */
  readonly alias: string;
  readonly rootKeys: SimulatedKey[];
  readonly users: SimulatedUser[];
  readonly recycleBin: RecycledKey[];
  readonly sessions: SimulatedSession[];
}

/** What the server knows of a request before it judges it. */
export interface Call {
  readonly method: string;
  readonly action: string;
  readonly version: string;
  readonly accessKeyId: string | null;
  readonly parameters: Readonly<Record<string, string>>;
  /** How many requests for this action came before. */
  readonly earlier: number;
}

/** A request that goes wrong on purpose. */
export type Fault =
  | {
      readonly kind: 'error';
      readonly status: number;
      readonly code: string;
      readonly message: string;
      readonly retryAfterMs?: number;
    }
  /** Any answer at all: a login page, an empty body, another product's JSON. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: string;
    }
  /** The connection is closed without an answer, in the middle of one, or never. */
  | { readonly kind: 'reset' | 'truncate' | 'hang' };

export interface World {
  readonly accounts: readonly SimulatedAccount[];
  /** How far the server's clock is ahead of ours, in milliseconds. */
  readonly clockAheadMs?: number;
  readonly fault?: (call: Call) => Fault | null;
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

export const callerOf = (world: World, accessKeyId: string): Caller | null => {
  for (const account of world.accounts) {
    const root = account.rootKeys.find((key) => key.id === accessKeyId);
    if (root !== undefined) return { kind: 'root', account, key: root };
    for (const user of account.users) {
      const key = user.keys.find((candidate) => candidate.id === accessKeyId);
      if (key !== undefined) return { kind: 'user', account, user, key };
    }
    const session = account.sessions.find((candidate) => candidate.id === accessKeyId);
    if (session !== undefined) return { kind: 'role', account, session };
  }
  return null;
};

export const secretOf = (caller: Caller): string =>
  caller.kind === 'role' ? caller.session.secret : caller.key.secret;

export const principalNameOf = (account: SimulatedAccount, userName: string): string =>
  `${userName}@${account.alias}.onaliyun.com`;
