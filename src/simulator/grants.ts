// Whether a caller may do what it asks: the statements of all policies attached to it, one by one. A Deny wins over every
// Allow. (help.aliyun.com, "Policy evaluation process" and "Policy structure and syntax")

import { isIPv4 } from 'node:net';
import { defaultVersionOf, policyOf } from './policies.js';
import type { AttachedPolicy, Caller, SimulatedAccount } from './world.js';

export interface Wish {
  /** One action under each name it has. */
  readonly actions: readonly string[];
  readonly resource: string;
  /** Condition keys such as `acs:SourceIp`, in lower case. */
  readonly context: ReadonlyMap<string, string>;
}

export type Decision = 'allowed' | 'ImplicitDeny' | 'ExplicitDeny';

interface Statement {
  readonly Effect?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: unknown;
}

/** Root may do everything. */
export const decide = (caller: Caller, wish: Wish): Decision => {
  if (caller.kind === 'root') return 'allowed';
  const { account } = caller;
  if (caller.kind === 'user') {
    const { allow, groups = [], policies = [] } = caller.user;
    const ofGroups = groups.flatMap((name) => account.groups?.find((group) => group.name === name)?.policies ?? []);
    return among(allow, documents(account, [...policies, ...ofGroups]), wish);
  }
  const { allow, role, policy } = caller.session;
  const ofRole = account.roles?.find(({ name }) => name === role)?.policies ?? [];
  const decision = among(allow, documents(account, ofRole), wish);
  // A session's own policy only takes away.
  return decision === 'allowed' && policy !== undefined ? among([], [policy], wish) : decision;
};

const documents = (account: SimulatedAccount, policies: readonly AttachedPolicy[]): readonly string[] =>
  policies.flatMap(({ name, type }) => {
    const policy = policyOf(account, type, name);
    return policy === null ? [] : [defaultVersionOf(policy).document];
  });

const among = (allow: readonly string[], texts: readonly string[], wish: Wish): Decision => {
  const applying = texts.flatMap(statementsOf).filter((statement) => applies(statement, wish));
  if (applying.some(({ Effect }) => Effect === 'Deny')) return 'ExplicitDeny';
  const isListed = allow.includes('*') || wish.actions.some((action) => allow.includes(action));
  return isListed || applying.some(({ Effect }) => Effect === 'Allow') ? 'allowed' : 'ImplicitDeny';
};

/** A document that is none grants nothing; the real RAM does not let one be written. */
const statementsOf = (text: string): readonly Statement[] => {
  try {
    const { Statement: statements = [] } = JSON.parse(text) as { Statement?: Statement | readonly Statement[] };
    return [statements].flat();
  } catch {
    return [];
  }
};

const applies = (statement: Statement, { actions, resource, context }: Wish): boolean => {
  const { Action, NotAction, Resource, NotResource, Condition } = statement;
  const hasAction = (patterns: unknown): boolean =>
    texts(patterns).some((pattern) => actions.some((action) => matches(pattern.toLowerCase(), action.toLowerCase())));
  const hasResource = (patterns: unknown): boolean => texts(patterns).some((pattern) => matches(pattern, resource));
  if (Action === undefined ? NotAction === undefined || hasAction(NotAction) : !hasAction(Action)) return false;
  if (Resource === undefined ? NotResource !== undefined && hasResource(NotResource) : !hasResource(Resource))
    return false;
  return isMet(Condition, context);
};

const texts = (value: unknown): readonly string[] => [value].flat().map(String);

/** `*` stands for anything, `?` for one character. Goes back to the last `*` alone: no pattern takes exponential time. */
const matches = (pattern: string, text: string): boolean => {
  let at = 0;
  let next = 0;
  let star = -1;
  let resume = 0;
  while (next < text.length) {
    if (at < pattern.length && pattern[at] === '*') {
      star = at++;
      resume = next;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[next])) {
      at++;
      next++;
    } else if (star >= 0) {
      at = star + 1;
      next = ++resume;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
};

/** Every operator and every key must hold, one of a key's values is enough; what is not known here does not hold. */
const isMet = (condition: unknown, context: ReadonlyMap<string, string>): boolean =>
  Object.entries((condition ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>>>>).every(
    ([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => {
        const actual = context.get(key.toLowerCase());
        return actual !== undefined && OPERATORS.get(operator)?.(actual, texts(values)) === true;
      }),
  );

type Test = (actual: string, values: readonly string[]) => boolean;

const some =
  (holds: (actual: string, value: string) => boolean): Test =>
  (actual, values) =>
    values.some((value) => holds(actual, value));

const none =
  (holds: (actual: string, value: string) => boolean): Test =>
  (actual, values) =>
    !values.some((value) => holds(actual, value));

const equals = (actual: string, value: string): boolean => actual === value;
const equalsLoosely = (actual: string, value: string): boolean => actual.toLowerCase() === value.toLowerCase();
const like = (actual: string, value: string): boolean => matches(value, actual);
const isBefore = (actual: string, value: string): boolean => Date.parse(actual) < Date.parse(value);
const isAfter = (actual: string, value: string): boolean => Date.parse(actual) > Date.parse(value);

const bits = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

const isWithin = (actual: string, range: string): boolean => {
  const [base = '', length = '32'] = range.split('/');
  if (!isIPv4(actual) || !isIPv4(base)) return actual === range;
  const size = 2 ** (32 - Number(length));
  return Math.floor(bits(actual) / size) === Math.floor(bits(base) / size);
};

const OPERATORS: ReadonlyMap<string, Test> = new Map(
  Object.entries({
    StringEquals: some(equals),
    StringNotEquals: none(equals),
    StringEqualsIgnoreCase: some(equalsLoosely),
    StringLike: some(like),
    StringNotLike: none(like),
    Bool: some(equalsLoosely),
    IpAddress: some(isWithin),
    NotIpAddress: none(isWithin),
    DateLessThan: some(isBefore),
    DateLessThanEquals: some((actual, value) => !isAfter(actual, value)),
    DateGreaterThan: some(isAfter),
    DateGreaterThanEquals: some((actual, value) => !isBefore(actual, value)),
  }),
);
