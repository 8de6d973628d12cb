// A key's own network policy: the list of addresses from which it is still accepted.
// https://help.aliyun.com/zh/ram/developer-reference/api-ims-2019-08-15-setaccesskeypolicy

import { AkscanError } from '../errors.js';

/** Quota IPItemsPerAKPolicyQuota. */
const MOST_ADDRESSES = 50;

/** Takes the policy away: the API knows no other way, and refuses `{}`. */
export const NO_RESTRICTION = JSON.stringify({ Version: 1, Status: 'Inactive', Statements: [] });

/** @param addresses as `addressesOf` gives them */
export const restrictionTo = (addresses: readonly string[]): string =>
  JSON.stringify({
    Version: 1,
    Status: 'Active',
    Statements: [{ Type: 'ClassicWhiteList', IPList: [...addresses] }],
  });

/**
 * Addresses and networks (`203.0.113.7`, `203.0.113.0/24`), in the order given.
 * @throws AkscanError for what is none, for too many, and for a network that is everybody
 */
export const addressesOf = (typed: readonly string[]): readonly string[] => {
  const addresses = [...new Set(typed.flatMap((text) => text.split(',')).map((text) => text.trim()))].filter(
    (text) => text !== '',
  );
  for (const address of addresses) {
    const problem = problemOf(address);
    if (problem !== null)
      throw new AkscanError(`--allow: "${printable(address)}" ${problem}.`, 'For example: 203.0.113.0/24.');
  }
  if (addresses.length > MOST_ADDRESSES) {
    throw new AkscanError(`--allow: a policy holds at most ${MOST_ADDRESSES} addresses, not ${addresses.length}.`);
  }
  return addresses;
};

const problemOf = (text: string): string | null => {
  const [address = '', bits, ...rest] = text.split('/');
  // Every command that can disable loads this file, and few ever come here.
  const { isIPv4, isIPv6 } = process.getBuiltinModule('node:net');
  const most = isIPv4(address) ? 32 : isIPv6(address) ? 128 : null;
  if (most === null || rest.length > 0) return 'is no address and no network';
  if (bits === undefined) return null;
  if (!/^[0-9]{1,3}$/.test(bits) || Number(bits) > most) return 'has no such length of a network';
  return Number(bits) === 0 ? 'is everybody, which restricts nothing' : null;
};

const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 80);
