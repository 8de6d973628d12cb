// Probes of our own among the uses of a key. A probe is a use, and moves the last one: told as somebody's, a key that
// nobody needs would seem to be in use.

import type { Verdict } from '../findings/model.js';
import { joined } from './facts.js';
import type { LastUseKnown, Probed, ProbeTime } from './probe-log.js';

/** Those of one key, by its ID. */
export type OwnProbes = (accessKeyId: string) => readonly Probed[];

export interface Use {
  readonly service: string | null;
  /** ISO 8601. */
  readonly last: string;
}

/** The APIs write whole seconds, by their own clocks. */
const OURS_MS = 5_000;

/** Under each of the names that it goes by; a use without a service may be any. */
const STS = /^(?:aliyun)?sts$|^security token service$/i;

export const isOurs = ({ service, last }: Use, probes: readonly ProbeTime[]): boolean => {
  if (service !== null && !STS.test(service)) return false;
  const used = Date.parse(last);
  return probes.some(({ at, until = at }) => used >= Date.parse(at) - OURS_MS && used <= Date.parse(until) + OURS_MS);
};

/**
 * What was known of the last use before our own probes: each is noted with that. Where nothing was, nobody knows, and the
 * earliest of ours is all that is told.
 */
const beforeOurs = (use: LastUseKnown, probes: readonly Probed[]): LastUseKnown => {
  let known = use;
  let earlier = [...probes].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  while (known.lastUsed !== undefined) {
    const last = { service: known.lastUsedService ?? null, last: known.lastUsed };
    // Several may have been sent within seconds: one of them may know what was before it, where the last does not.
    const near = earlier.filter((probe) => isOurs(last, [probe]));
    if (near.length === 0) break;
    const before = near.find((probe) => probe.before !== null && tells(probe.before))?.before;
    known = before ?? { ownProbe: last.last };
    earlier = earlier.filter((probe) => !near.includes(probe));
  }
  return known;
};

const tells = ({ lastUsed, neverUsed, ownProbe }: LastUseKnown): boolean =>
  lastUsed !== undefined || neverUsed === true || ownProbe !== undefined;

/**
 * The last use of a key as a list tells it, without our own probes.
 * @param lastUsed ISO 8601; null: never used
 * @returns undefined where nobody knows of others
 */
export const lastUseWithoutOurs = (
  lastUsed: string | null | undefined,
  probes: readonly Probed[],
): string | null | undefined => {
  if (typeof lastUsed !== 'string') return lastUsed;
  const known = beforeOurs({ lastUsed }, probes);
  return known.lastUsed ?? (known.neverUsed === true ? null : undefined);
};

/**
 * The verdict with the last use that was known before our own probes, which stays the last but for them.
 * @param probes of this key
 */
export const withoutOurs = (verdict: Verdict, probes: readonly Probed[]): Verdict => {
  const { lastUsed, lastUsedService: _, neverUsed: __, ...rest } = verdict;
  const known = beforeOurs(verdict, probes);
  if (known === verdict || lastUsed === undefined) return verdict;
  const told = known.lastUsed === undefined && known.neverUsed !== true ? OTHERS_UNKNOWN : OTHERS_KNOWN;
  return {
    ...rest,
    ...onlyUse(known),
    reason: joined(...(rest.reason === undefined ? [] : [rest.reason]), told(lastUsed)),
  };
};

const onlyUse = ({ lastUsed, lastUsedService, neverUsed, ownProbe }: LastUseKnown): LastUseKnown => ({
  ...(lastUsed === undefined ? {} : { lastUsed }),
  ...(lastUsedService === undefined ? {} : { lastUsedService }),
  ...(neverUsed === undefined ? {} : { neverUsed }),
  ...(ownProbe === undefined ? {} : { ownProbe }),
});

const OTHERS_KNOWN = (at: string): string => `Since then only akscan used it, to probe it (${at}).`;

const OTHERS_UNKNOWN = (at: string): string =>
  `Its last use was akscan's own probe (${at}); who used it before is not known.`;
