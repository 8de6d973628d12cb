// The credential report knows when a key was last used and not its ID; RAM's list of keys knows the ID and not the use. They
// are brought together by user and by the second in which the key was made.

import type { AccountKey } from '../../findings/account.js';
import type { ListedKey } from '../readings.js';
import type { ReportedKey, ReportedUser } from './report-rows.js';

/** `alice` of `alice@company.onaliyun.com`: a RAM user's name has no @. */
export const userNameOf = (principalName: string): string => principalName.split('@', 1)[0] ?? principalName;

/** Keys as RAM lists them, by ID. */
export type Listed = ReadonlyMap<string, { readonly user: string; readonly key: ListedKey }>;

/**
 * @param generated when the report was written: a key made later is not in it
 * @returns `lastUsed` stays absent where it is not certain whose it is
 */
export const joinKeys = (
  listed: Listed,
  reported: readonly ReportedUser[],
  generated: string | null,
): readonly AccountKey[] => {
  const uses = new Map(reported.map(({ name, keys }) => [userNameOf(name), keys]));
  const byUser = new Map<string, ListedKey[]>();
  for (const { user, key } of listed.values()) {
    const keys = byUser.get(user);
    if (keys === undefined) byUser.set(user, [key]);
    else keys.push(key);
  }
  return [...byUser].flatMap(([user, keys]) => {
    const known = keys.filter(({ created }) => generated === null || created === undefined || created <= generated);
    const used = usesOf(known, uses.get(user) ?? []);
    return keys.map((key) => accountKey(user, key, used.get(key.id)));
  });
};

/** A use per ID; null: never used; undefined: not known. */
const usesOf = (
  keys: readonly ListedKey[],
  slots: readonly ReportedKey[],
): ReadonlyMap<string, string | null | undefined> => {
  // None of them was ever used, whichever is which.
  if (slots.length === keys.length && slots.every(({ lastUsed }) => lastUsed === null)) {
    return new Map(keys.map(({ id }) => [id, null]));
  }
  const [key] = keys;
  const [slot] = slots;
  if (keys.length === 1 && slots.length === 1 && key !== undefined && slot !== undefined) {
    return new Map([[key.id, slot.lastUsed]]);
  }
  const sameSecond = (time: string | null | undefined) => ({
    slots: slots.filter(({ changed }) => changed !== null && changed === time),
    keys: keys.filter(({ created }) => created === time),
  });
  return new Map(
    keys.flatMap(({ id, created }) => {
      const same = sameSecond(created);
      return same.keys.length === 1 && same.slots.length === 1 ? [[id, same.slots[0]?.lastUsed] as const] : [];
    }),
  );
};

const accountKey = (user: string, { id, status, created }: ListedKey, lastUsed?: string | null): AccountKey => ({
  accessKeyId: id,
  user,
  status,
  ...(created === undefined ? {} : { created }),
  ...(lastUsed === undefined ? {} : { lastUsed }),
});

/** Without RAM's list: the same keys, nameless. */
export const namelessKeys = (reported: readonly ReportedUser[]): readonly AccountKey[] =>
  reported.flatMap(({ name, keys }) =>
    keys.map(({ active, changed, lastUsed }) => ({
      accessKeyId: null,
      user: userNameOf(name),
      status: active === false ? ('Inactive' as const) : ('Active' as const),
      ...(changed === null ? {} : { created: changed }),
      ...(lastUsed === undefined ? {} : { lastUsed }),
    })),
  );
