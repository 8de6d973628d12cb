// Whose a key is: an index over a world that others change while the server runs. A hit is checked against the world, a miss
// reads the world again, so that the index is never believed against it.

import type { Caller, World } from './world.js';

export interface Keyring {
  /** @returns null for an ID that no account has as a usable or disabled key */
  callerOf(accessKeyId: string): Caller | null;
}

export const createKeyring = (world: World): Keyring => {
  let index = indexOf(world);
  return {
    callerOf: (accessKeyId) => {
      const known = index.get(accessKeyId);
      if (known !== undefined && isStill(known)) return known;
      index = indexOf(world);
      return index.get(accessKeyId) ?? null;
    },
  };
};

const indexOf = (world: World): Map<string, Caller> => {
  const index = new Map<string, Caller>();
  for (const account of world.accounts) {
    for (const session of account.sessions) index.set(session.id, { kind: 'role', account, session });
    for (const user of account.users) {
      for (const key of user.keys) index.set(key.id, { kind: 'user', account, user, key });
    }
    for (const key of account.rootKeys) index.set(key.id, { kind: 'root', account, key });
  }
  return index;
};

const isStill = (caller: Caller): boolean => {
  if (caller.kind === 'root') return caller.account.rootKeys.includes(caller.key);
  if (caller.kind === 'user')
    return caller.user.keys.includes(caller.key) && caller.account.users.includes(caller.user);
  return caller.account.sessions.includes(caller.session);
};
