// From facts to what is wrong with them: one table, each row a rule with its severity, its sentence and what to do. Nothing
// here asks anybody.

import type { AccountKey, AccountReport, LeakedKey, Point, PointId } from '../../findings/account.js';
import { POINTS } from '../../findings/account.js';
import type { Severity } from '../../findings/model.js';
import { compareText } from '../../findings/order.js';

export interface Facts extends Omit<AccountReport, 'points' | 'account' | 'credentials' | 'notRead'> {
  /** Names of RAM users who can open the console, and those of them without MFA. */
  readonly consoleUsers: readonly string[];
  readonly withoutMfa: readonly string[];
}

export interface Limits {
  readonly now: Date;
  readonly olderThanDays: number;
  readonly idleDays: number;
}

/** Days in which a new key need not have been used yet. */
const NEW = 7;

/** A quota of which less than this is left is worth a word. */
const NEARLY = 0.9;

type Rule = (facts: Facts, limits: Limits) => Omit<Point, 'id'> | null;

const DAY = 86_400_000;

/** @returns worst first, then in the order of the table */
export const pointsOf = (facts: Facts, limits: Limits): readonly Point[] =>
  POINTS.flatMap((id) => {
    const point = RULES[id](facts, limits);
    return point === null ? [] : [{ id, ...point }];
  }).sort((a, b) => SEVERITIES[a.severity] - SEVERITIES[b.severity]);

const SEVERITIES: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, low: 3 };

const RULES: Readonly<Record<PointId, Rule>> = {
  'root-key': ({ root }) => {
    if (root.keys === null || root.keys === 0) return null;
    const isOff = root.seen.length >= root.keys && root.seen.every(({ active }) => active === false);
    return {
      severity: isOff ? 'high' : 'critical',
      text: `The root account has ${some(root.keys, 'AccessKey')}${onRoot(root, isOff)}${lastRootUse(root.seen)}.`,
      next: isOff
        ? 'Sign in as the root account and delete it: no RAM administrator can.'
        : 'Give its programs a RAM user with no more than they need, then sign in as the root account, switch it off and delete it.',
      ...(root.accessKeyIds === undefined ? {} : { keys: root.accessKeyIds }),
    };
  },
  'leaked-live': ({ leaked }) => {
    const live = leaked.filter((leak) => isOn(leak) && isWhole(leak));
    return speaking(live, {
      severity: live.some(({ principal }) => principal === 'root') ? 'critical' : 'high',
      text: `${some(live.length, 'AccessKey')} leaked and ${live.length === 1 ? 'is' : 'are'} still on.`,
      next: 'Create a new key, switch its users over, switch this one off, and look at what was done with it: akscan verify ID --activity.',
    });
  },
  'root-without-mfa': ({ root }) =>
    root.mfa === false
      ? {
          severity: 'high',
          text: 'The root account has no MFA: whoever has its password has everything.',
          next: 'Sign in as the root account and bind an MFA device.',
        }
      : null,
  'leaked-unknown': ({ leaked }) => {
    const unknown = leaked.filter((leak) => leak.state === 'unknown' && isWhole(leak));
    return speaking(unknown, {
      severity: unknown.some(({ principal }) => principal === 'root') ? 'critical' : 'high',
      text: `${some(unknown.length, 'AccessKey')} leaked, and whether ${unknown.length === 1 ? 'it is' : 'they are'} on could not be read.`,
      next: 'Treat it as live: look into the console, for root keys signed in as the root account.',
    });
  },
  'leaked-id': ({ leaked }) => {
    const partly = leaked.filter((leak) => (isOn(leak) || leak.state === 'unknown') && !isWhole(leak));
    return speaking(partly, {
      severity: 'medium',
      text: `${some(partly.length, 'AccessKey')} that may be on leaked by ID alone, or with a leak accepted in Security Center.`,
      next: 'Look for the secret near the place before you leave it on.',
    });
  },
  'console-without-mfa': ({ withoutMfa }) =>
    withoutMfa.length === 0
      ? null
      : {
          severity: 'medium',
          text: `${some(withoutMfa.length, 'RAM user')} can open the console with a password alone.`,
          next: 'Require MFA in the RAM console, under Settings.',
          users: sorted(withoutMfa),
        },
  'never-used': ({ keys }, limits) => {
    const unused = keys.filter((key) => isActive(key) && key.lastUsed === null && olderThan(key.created, NEW, limits));
    return ofKeys(unused, {
      severity: 'medium',
      text: `${some(unused.length, 'AccessKey')} ${unused.length === 1 ? 'was' : 'were'} never used.`,
      next: 'Switch them off; delete them when nobody misses them.',
    });
  },
  idle: ({ keys }, limits) => {
    const idle = keys.filter(
      (key) => isActive(key) && key.lastUsed && olderThan(key.lastUsed, limits.idleDays, limits),
    );
    return ofKeys(idle, {
      severity: 'medium',
      text: `${some(idle.length, 'AccessKey')} ${idle.length === 1 ? 'has' : 'have'} not been used for more than ${limits.idleDays} days.`,
      next: 'Switch them off; delete them when nobody misses them.',
    });
  },
  old: ({ keys }, limits) => {
    const old = keys.filter((key) => isActive(key) && olderThan(key.created, limits.olderThanDays, limits));
    return ofKeys(old, {
      severity: 'low',
      text: `${some(old.length, 'AccessKey')} ${old.length === 1 ? 'is' : 'are'} older than ${limits.olderThanDays} days.`,
      next: 'Replace them by new ones from time to time, or by roles, which need none.',
    });
  },
  'console-and-key': ({ keys, consoleUsers }) => {
    const people = new Set(consoleUsers);
    const theirs = keys.filter((key) => isActive(key) && people.has(key.user));
    return ofKeys(theirs, {
      severity: 'low',
      text: `${some(theirs.length, 'AccessKey')} ${theirs.length === 1 ? 'belongs' : 'belong'} to users who can open the console.`,
      next: 'Keep users for people apart from users for programs.',
    });
  },
  'leaked-dead': ({ leaked }) => {
    const dead = leaked.filter(({ state }) => !LIVING.has(state) && state !== 'unknown' && state !== 'unchecked');
    return speaking(dead, {
      severity: 'low',
      text: `${some(dead.length, 'AccessKey')} leaked and ${dead.length === 1 ? 'is' : 'are'} off or deleted.`,
      next: 'Delete what is only switched off, and mark it as handled in Security Center.',
    });
  },
  'two-keys': ({ keys }) => {
    const active = new Map<string, number>();
    for (const key of keys) if (isActive(key)) active.set(key.user, (active.get(key.user) ?? 0) + 1);
    const users = [...active].filter(([, number]) => number > 1).map(([user]) => user);
    return users.length === 0
      ? null
      : {
          severity: 'low',
          text: `${some(users.length, 'RAM user')} ${users.length === 1 ? 'has' : 'have'} two AccessKeys that are on, or more.`,
          next: 'The second is for the change from one to the other: switch the older one off.',
          users: sorted(users),
        };
  },
  'self-managed': ({ settings }) =>
    settings.usersManageKeys === true
      ? {
          severity: 'low',
          text: 'RAM users may create and delete their own AccessKeys.',
          next: 'Switch it off in the RAM console, under Settings, and let administrators hand keys out.',
        }
      : null,
  'idle-limit': ({ settings: { maxIdleDays } }, { idleDays }) =>
    maxIdleDays !== undefined && maxIdleDays > idleDays
      ? {
          severity: 'low',
          text: `Unused AccessKeys are switched off only after ${maxIdleDays} days.`,
          next: 'Choose fewer days in the RAM console, under Settings (90, 180, 365 or 730).',
        }
      : null,
  quota: ({ quotas }) => {
    const tight = quotas.find(
      ({ name, used, quota }) => name === 'users' && used !== undefined && used >= quota * NEARLY,
    );
    return tight === undefined
      ? null
      : {
          severity: 'low',
          text: `${tight.used} of ${tight.quota} RAM users exist: soon there is no room for another.`,
          next: 'Delete users who are gone, or ask for a higher quota.',
        };
  },
};

const LIVING: ReadonlySet<LeakedKey['state']> = new Set(['live', 'restricted', 'wrong-secret']);

const isOn = ({ state }: LeakedKey): boolean => LIVING.has(state);

/** Out with its secret, as far as is known, and not accepted by the account's owner. */
const isWhole = ({ alibaba, report }: LeakedKey): boolean =>
  report?.withSecret === true || (alibaba !== undefined && alibaba.status !== 'accepted');

const isActive = ({ status }: AccountKey): boolean => status === 'Active';

const olderThan = (time: string | undefined, days: number, { now }: Limits): boolean =>
  time !== undefined && now.getTime() - Date.parse(time) > days * DAY;

const speaking = (leaks: readonly LeakedKey[], point: Omit<Point, 'id'>): Omit<Point, 'id'> | null =>
  leaks.length === 0 ? null : { ...point, keys: sorted(leaks.map(({ accessKeyId }) => accessKeyId)) };

/** Keys without an ID go by their users. */
const ofKeys = (keys: readonly AccountKey[], point: Omit<Point, 'id'>): Omit<Point, 'id'> | null => {
  if (keys.length === 0) return null;
  const ids = keys.flatMap(({ accessKeyId }) => accessKeyId ?? []);
  return ids.length > 0
    ? { ...point, keys: sorted(ids) }
    : { ...point, users: sorted([...new Set(keys.map(({ user }) => user))]) };
};

const sorted = (names: readonly string[]): readonly string[] => [...names].sort(compareText);

/** `an AccessKey`, `2 AccessKeys`; at the start of a sentence, too. */
const some = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

const onRoot = ({ keys, seen }: AccountReport['root'], isOff: boolean): string => {
  if (isOff) return ', switched off';
  const on = seen.filter(({ active }) => active === true).length;
  if (on === 0) return '';
  return on === keys ? `, ${on === 1 ? 'on' : 'all on'}` : `, ${on} of them on`;
};

const lastRootUse = (seen: AccountReport['root']['seen']): string => {
  const used = seen.flatMap(({ lastUsed }) => lastUsed ?? []).sort();
  const last = used.at(-1);
  if (last !== undefined) return `, last used ${last.slice(0, 10)}`;
  return seen.length > 0 && seen.every(({ lastUsed }) => lastUsed === null) ? ', never used' : '';
};
