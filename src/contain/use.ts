// Whether anybody but ourselves still uses a key, and with what: what would break without it.

import { isOurs, type Use } from '../cloud/own-probes.js';
import type { LastUseKnown, ProbeTime } from '../cloud/probe-log.js';
import type { OwnUse, RecentUse } from './types.js';

/** A service that a key was last used with, ISO 8601: one line of ActionTrail's GetAccessKeyLastUsedProducts. */
export interface ServiceUse {
  readonly service: string;
  readonly last: string;
}

/** Services that were last used so long before the latest use would hardly break. */
const SAME_TIME_MS = 30 * 86_400_000;

/**
 * A probe asks STS, and hides whatever used STS before it: what that was nobody can tell, but since then nobody did.
 *
 * @param verdict the inventory's, or one that holds its facts
 * @param probes when we probed this key
 * @param products every service that it was last used with; null when that could not be read
 * @returns null when it was never used, or by nobody but ourselves
 */
export const recentUseOf = (
  verdict: LastUseKnown,
  probes: readonly ProbeTime[],
  products: readonly ServiceUse[] | null,
): RecentUse | OwnUse | 'unread' | null => {
  const { lastUsed, lastUsedService, neverUsed } = verdict;
  const told: readonly Use[] = [
    ...(lastUsed === undefined ? [] : [{ service: lastUsedService ?? null, last: lastUsed }]),
    ...(products ?? []),
  ];
  const uses = told
    .filter(({ last }) => !Number.isNaN(Date.parse(last)))
    .filter((use) => !isOurs(use, probes))
    .sort((one, other) => Date.parse(other.last) - Date.parse(one.last));
  const [latest] = uses;
  const ownProbe = neverUsed === true ? undefined : blindProbe(verdict, probes);
  if (latest === undefined) {
    // Ours is the only use that is told, and before it there was none.
    if (neverUsed === true && told.every((use) => isOurs(use, probes))) return null;
    return ownProbe === undefined ? 'unread' : { ownProbe };
  }
  const since = Date.parse(latest.last) - SAME_TIME_MS;
  const services = uses.flatMap(({ service, last }) => (service === null || Date.parse(last) < since ? [] : [service]));
  const isHidden = ownProbe !== undefined && Date.parse(ownProbe) > Date.parse(latest.last);
  return { at: latest.last, services: distinct(services), ...(isHidden ? { ownProbe } : {}) };
};

/** The time of our own probe, where that is the last use that the account tells. */
const blindProbe = (
  { lastUsed, lastUsedService, ownProbe }: LastUseKnown,
  probes: readonly ProbeTime[],
): string | undefined => {
  if (lastUsed === undefined) return ownProbe;
  return isOurs({ service: lastUsedService ?? null, last: lastUsed }, probes) ? lastUsed : undefined;
};

/** The two APIs do not agree about capital letters. */
const distinct = (names: readonly string[]): readonly string[] =>
  names.filter((name, index) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) === index);
