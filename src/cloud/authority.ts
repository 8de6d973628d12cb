// What a verdict's principal is allowed, asked in its own account: of several credentials for that account, the first that
// may read its policies.

import type { Verdict } from '../findings/model.js';
import type { Auditor } from './auditor.js';
import { createPowersReader, type Holder, type Powers, ROOT_POWERS } from './powers/reader.js';

/** @returns the verdict with its powers, or why they are not known; as it is where they do not matter */
export const createAuthority = (auditors: readonly Auditor[]): ((verdict: Verdict) => Promise<Verdict>) => {
  const readers = auditors.map((auditor) => ({ auditor, powersOf: createPowersReader(auditor.ask) }));
  return async (verdict) => {
    if (POWERLESS.has(verdict.state)) return verdict;
    if (verdict.principal === 'root') return withPowers(verdict, ROOT_POWERS);
    const who = holderOf(verdict);
    if (who === null) return verdict;
    const own = readers.filter(({ auditor }) => auditor.account === (verdict.account ?? null));
    // The number of no account is known, where STS did not answer: then one alone can be meant.
    if (verdict.account === undefined && own.length > 1) return withPowers(verdict, { reason: NO_NUMBER });
    let powers: Powers | null = null;
    for (const { powersOf } of own) {
      const read = await powersOf(who);
      if (powers === null || isBetter(read, powers)) powers = read;
      if (isWhole(powers)) break;
    }
    return powers === null ? verdict : withPowers(verdict, powers);
  };
};

const NO_NUMBER = 'In which account it is could not be told: STS did not say whose the credentials are.';

/** They open nothing, or nobody knows whose they are. */
const POWERLESS: ReadonlySet<Verdict['state']> = new Set([
  'deleted',
  'not-found',
  'expired',
  'wrong-secret',
  'unchecked',
]);

const holderOf = ({ principal, user }: Verdict): Holder | null =>
  user === undefined || (principal !== 'ram-user' && principal !== 'assumed-role') ? null : { principal, name: user };

const isWhole = (powers: Powers): boolean => powers.reason === undefined;

const isBetter = (one: Powers, other: Powers): boolean => isWhole(one) || ('powers' in one && !('powers' in other));

const withPowers = (verdict: Verdict, read: Powers): Verdict => {
  const { policies = [], reason } = read;
  const { powers, conditional } = 'powers' in read ? read : { powers: null, conditional: [] };
  return {
    ...verdict,
    ...(powers === null ? {} : { powers }),
    ...(conditional.length === 0 ? {} : { conditional }),
    ...(policies.length === 0 ? {} : { policies }),
    ...(reason === undefined ? {} : { powersReason: reason }),
  };
};
