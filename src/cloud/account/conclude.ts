// From everything that was gathered of one account to its report.

import type { AccountReport, Quota, RootAccount } from '../../findings/account.js';
import type { Finding } from '../../findings/model.js';
import { compareText } from '../../findings/order.js';
import type { Progress } from '../../progress.js';
import type { Auditor } from '../auditor.js';
import { lastUseWithoutOurs, type OwnProbes } from '../own-probes.js';
import type { Probed } from '../probe-log.js';
import type { Gathered } from './gather.js';
import { userNameOf } from './keys.js';
import { type LookUp, mergeLeaks } from './leaked.js';
import { pointsOf } from './points.js';

export const nameOf = ({ account, from }: Auditor): string =>
  account === null ? `the account of ${from}` : `account ${account}`;

export interface Conclusion {
  readonly now: Date;
  readonly olderThanDays: number;
  readonly idleDays: number;
  readonly progress: Progress;
  readonly lookUp: LookUp;
  readonly ownProbes: OwnProbes;
}

/** @param findings of the given report, those of this account */
export const conclude = async (
  gathered: Gathered,
  findings: readonly Finding[],
  { now, olderThanDays, idleDays, progress, lookUp, ownProbes }: Conclusion,
): Promise<AccountReport> => {
  const { auditor, counted, preference, credentials, keys, leaks, ownKeys, rootSlots } = gathered;
  const known = { keys, ownKeys, rootSlots, reported: credentials?.generated ?? null, now, ownProbes };
  const leaked = await mergeLeaks(leaks?.leaks ?? [], findings, known, lookUp, (done, of) =>
    progress.update(`${nameOf(auditor)}: leaked keys, ${done} of ${of}`, { done, total: of }),
  );
  const rootIds = leaked.filter(({ principal }) => principal === 'root').map(({ accessKeyId }) => accessKeyId);
  const root = rootOf(gathered, ownProbes, rootIds);
  const facts = {
    root,
    users: counted?.users ?? credentials?.users.length ?? null,
    allKeysRead: gathered.allKeysRead,
    keys: [...keys].sort(
      (a, b) => compareText(a.user, b.user) || compareText(a.accessKeyId ?? '', b.accessKeyId ?? ''),
    ),
    leakListRead: leaks !== null,
    leaked,
    quotas: quotasOf(counted, root.keys),
    settings: {
      ...(preference?.usersManageKeys == null ? {} : { usersManageKeys: preference.usersManageKeys }),
      ...(preference?.maxIdleDays == null ? {} : { maxIdleDays: preference.maxIdleDays }),
    },
    ...(credentials?.generated == null ? {} : { credentialReport: credentials.generated }),
  };
  const console = credentials?.users.filter(({ hasConsole }) => hasConsole) ?? [];
  const people = {
    consoleUsers: console.map(({ name }) => userNameOf(name)),
    withoutMfa: console.filter(({ mfa }) => mfa === false).map(({ name }) => userNameOf(name)),
  };
  return {
    account: auditor.account,
    credentials: auditor.from,
    ...facts,
    points: pointsOf({ ...facts, ...people }, { now, olderThanDays, idleDays }),
    notRead: gathered.notRead,
  };
};

/** Where sources differ the worse counts: one may be hours old. */
const rootOf = (
  { practice, credentials, ownKeys, rootSlots }: Gathered,
  ownProbes: OwnProbes,
  leakedIds: readonly string[],
): RootAccount => {
  const counts = [practice?.rootKeys, rootSlots?.length].filter((count) => count != null);
  const mfa = [practice?.rootMfa, credentials?.root?.mfa].filter((flag) => flag != null);
  return {
    keys: ownKeys?.length ?? (counts.length === 0 ? null : Math.max(...counts)),
    seen:
      ownKeys === null
        ? unnamed(rootSlots ?? [], leakedIds.flatMap(ownProbes))
        : joinOwn(ownKeys, rootSlots ?? [], ownProbes),
    ...(ownKeys === null ? {} : { accessKeyIds: ownKeys.map(({ id }) => id).sort(compareText) }),
    mfa: mfa.length === 0 ? null : mfa.every(Boolean),
  };
};

/** The report names no root key by its ID: a use at the time at which a leaked one was probed is that probe. */
const unnamed = (slots: NonNullable<Gathered['rootSlots']>, probes: readonly Probed[]): RootAccount['seen'] =>
  slots.map(({ lastUsed: told, ...slot }) => {
    const lastUsed = lastUseWithoutOurs(told, probes);
    return { ...slot, ...(lastUsed === undefined ? {} : { lastUsed }) };
  });

/** The list is of now, the report may be hours old: the list says what is on, the report what was used. */
const joinOwn = (
  ownKeys: NonNullable<Gathered['ownKeys']>,
  slots: NonNullable<Gathered['rootSlots']>,
  ownProbes: OwnProbes,
): RootAccount['seen'] =>
  ownKeys.map(({ id, status, created }) => {
    const slot = slots.find(({ changed }) => changed !== undefined && changed === created);
    const lastUsed = lastUseWithoutOurs(slot?.lastUsed, ownProbes(id));
    return {
      active: status === 'Active',
      ...(created === undefined ? {} : { changed: created }),
      ...(lastUsed === undefined ? {} : { lastUsed }),
    };
  });

const quotasOf = (counted: Gathered['counted'], rootKeys: RootAccount['keys']): readonly Quota[] => [
  ...quota('users', counted?.usersQuota, counted?.users),
  ...quota('keys-per-user', counted?.keysPerUserQuota, undefined),
  ...quota('root-keys', counted?.rootKeysQuota, rootKeys),
];

const quota = (
  name: Quota['name'],
  most: number | null | undefined,
  used: number | null | undefined,
): readonly Quota[] => (most == null ? [] : [{ name, quota: most, ...(used == null ? {} : { used }) }]);
