// What one simulated operation is, and what several of them share: whom a name belongs to, and how a missing thing is refused.

import type { Keyring } from '../keyring.js';
import { Refusal } from '../refusal.js';
import {
  type Caller,
  domainOf,
  type SimulatedAccount,
  type SimulatedKey,
  type SimulatedUser,
  type World,
} from '../world.js';

export type Parameters = Readonly<Record<string, string>>;
export type Answer = Readonly<Record<string, unknown>>;

export interface Asked {
  readonly world: World;
  readonly caller: Caller;
  readonly account: SimulatedAccount;
  readonly parameters: Parameters;
  readonly keyring: Keyring;
  /** The server's clock, milliseconds. */
  readonly now: number;
}

export interface Operation {
  /** The RAM action that must be granted; null when nobody needs a grant. */
  readonly permission: string | null;
  /** Another name of that action, which grants it as well. */
  readonly permissionToo?: string;
  /** What the action is done to, `acs:<service>:<region>:<account>:<path>`; anything of the account without. */
  readonly resource?: (asked: Asked) => string;
  /** Calls a second for each account; 100 without. */
  readonly quota?: number;
  readonly isWrite?: true;
  readonly answer: (asked: Asked) => Answer;
}

export interface Product {
  /** As ActionTrail writes it. */
  readonly name: string;
  readonly operations: Readonly<Record<string, Operation>>;
  /** Operations that need no signature, such as those that bring another proof. */
  readonly open?: Readonly<Record<string, (asked: OpenlyAsked) => Answer>>;
}

export interface OpenlyAsked {
  readonly accounts: readonly SimulatedAccount[];
  readonly parameters: Parameters;
  readonly now: number;
}

/** @throws Refusal when it is missing or empty */
export const required = (parameters: Parameters, name: string): string => {
  const value = parameters[name];
  if (value) return value;
  throw new Refusal(400, 'MissingParameter', `Parameter ${name} is required.`);
};

/** A whole number between two, both included. @throws Refusal */
export const whole = (
  parameters: Parameters,
  name: string,
  range: { min: number; max: number; or: number },
): number => {
  const text = parameters[name];
  if (text === undefined || text === '') return range.or;
  const value = Number(text);
  if (/^\d{1,9}$/.test(text) && value >= range.min && value <= range.max) return value;
  throw invalid(name);
};

export const invalid = (name: string): Refusal =>
  new Refusal(400, `InvalidParameter.${name}`, `The parameter ${name} is invalid.`);

/** @throws Refusal for what cannot be a name, or is nobody's */
export const userNamed = (account: SimulatedAccount, name: string): SimulatedUser => {
  if (name.length > 64) {
    throw new Refusal(400, 'InvalidParameter.UserName.Length', 'The length of the parameter UserName exceeds 64.');
  }
  if (!/^[\w.-]+$/.test(name)) {
    throw new Refusal(400, 'InvalidParameter.UserName.InvalidChars', 'The parameter UserName has invalid characters.');
  }
  const user = account.users.find((candidate) => candidate.name === name);
  if (user === undefined) throw new Refusal(404, 'EntityNotExist.User', 'The user does not exist.');
  return user;
};

/** `alice@company.onaliyun.com`. */
export const userWithPrincipal = (account: SimulatedAccount, principal: string): SimulatedUser => {
  const domain = `@${domainOf(account)}`;
  if (!principal.endsWith(domain)) throw new Refusal(404, 'EntityNotExist.User', 'The user does not exist.');
  return userNamed(account, principal.slice(0, -domain.length));
};

/** "If it is not specified, the keys of the current user": the root's own for a root caller. */
export const ownKeys = (caller: Caller): readonly SimulatedKey[] => {
  if (caller.kind === 'root') return caller.account.rootKeys;
  if (caller.kind === 'user') return caller.user.keys;
  throw new Refusal(400, 'MissingParameter', 'Parameter UserName is required.');
};

export const noSuchKey = (): Refusal =>
  new Refusal(404, 'EntityNotExist.User.AccessKey', 'The user access key does not exist.');

/** Part of a list, and where the next begins. Markers are opaque to callers: here an index. */
export const page = <T>(
  all: readonly T[],
  parameters: Parameters,
  sizes: { readonly marker: string; readonly size: string; readonly max: number; readonly or: number },
): { readonly items: readonly T[]; readonly next: string | null } => {
  const marker = parameters[sizes.marker] ?? '';
  if (!/^(?:\d{1,9})?$/.test(marker)) throw invalid(sizes.marker);
  const from = Number(marker);
  const to = from + whole(parameters, sizes.size, { min: 1, max: sizes.max, or: sizes.or });
  return { items: all.slice(from, to), next: to < all.length ? String(to) : null };
};

/** Members that the real APIs leave out when they have nothing to say are left out. */
export const known = (members: Readonly<Record<string, unknown>>): Answer =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
