// Whether anybody but ourselves still uses a key, and with what: what would break without it.

import { isOurs, type Use } from '../cloud/own-probes.js';
import type { Verdict } from '../findings/model.js';
import type { RecentUse } from './types.js';

/** A service that a key was last used with, ISO 8601: one line of ActionTrail's GetAccessKeyLastUsedProducts. */
export interface ServiceUse {
  readonly service: string;
  readonly last: string;
}

/** Services that were last used so long before the latest use would hardly break. */
const SAME_TIME_MS = 30 * 86_400_000;

/**
 * A probe asks STS, and hides whatever used STS before it: where only our own probe is known, nobody can tell.
 *
 * @param verdict the inventory's, or one that holds its facts
 * @param ownProbes when we probed this key, ISO 8601
 * @param products every service that it was last used with; null when that could not be read
 * @returns null when it was never used, or by nobody but ourselves
 */
export const recentUseOf = (
  verdict: Pick<Verdict, 'lastUsed' | 'lastUsedService' | 'neverUsed'>,
  ownProbes: readonly string[],
  products: readonly ServiceUse[] | null,
): RecentUse | 'unread' | null => {
  const { lastUsed, lastUsedService, neverUsed } = verdict;
  const probes = ownProbes.map((at) => Date.parse(at));
  const told: readonly Use[] = [
    ...(lastUsed === undefined ? [] : [{ service: lastUsedService ?? null, last: lastUsed }]),
    ...(products ?? []),
  ];
  const uses = told
    .filter(({ last }) => !Number.isNaN(Date.parse(last)))
    .filter((use) => !isOurs(use, probes))
    .sort((one, other) => Date.parse(other.last) - Date.parse(one.last));
  const [latest] = uses;
  // Ours is the only use that is told, and before it there was none.
  if (latest === undefined) return neverUsed === true && told.every((use) => isOurs(use, probes)) ? null : 'unread';
  const since = Date.parse(latest.last) - SAME_TIME_MS;
  const services = uses.flatMap(({ service, last }) => (service === null || Date.parse(last) < since ? [] : [service]));
  return { at: latest.last, services: distinct(services) };
};

/** The two APIs do not agree about capital letters. */
const distinct = (names: readonly string[]): readonly string[] =>
  names.filter((name, index) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) === index);
