// Probes of our own among the uses of a key. A probe is a use, and moves the last one: told as somebody's, a key that
// nobody needs would seem to be in use.

import type { Verdict } from '../findings/model.js';
import { joined } from './facts.js';
import type { LastUseKnown, Probed } from './probe-log.js';

export interface Use {
  readonly service: string | null;
  /** ISO 8601. */
  readonly last: string;
}

/** The APIs write whole seconds, by their own clocks. */
const OURS_MS = 5_000;

/** Under each of the names that it goes by; a use without a service may be any. */
const STS = /^(?:aliyun)?sts$|^security token service$/i;

/** @param probes milliseconds since 1970 */
export const isOurs = ({ service, last }: Use, probes: readonly number[]): boolean =>
  (service === null || STS.test(service)) && probes.some((at) => Math.abs(Date.parse(last) - at) <= OURS_MS);

/**
 * The verdict with the last use that was known before our own probes, which stays the last but for them: each probe is
 * noted with what was known until then. Where nothing was, nobody knows.
 * @param probes of this key
 */
export const withoutOurs = (verdict: Verdict, probes: readonly Probed[]): Verdict => {
  const { lastUsed, lastUsedService: _, neverUsed: __, ...rest } = verdict;
  let known: LastUseKnown = verdict;
  let earlier = [...probes].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  while (known.lastUsed !== undefined) {
    const use = { service: known.lastUsedService ?? null, last: known.lastUsed };
    // Several may have been sent within seconds: one of them may know what was before it, where the last does not.
    const near = earlier.filter(({ at }) => isOurs(use, [Date.parse(at)]));
    if (near.length === 0) break;
    known = near.find(({ before }) => before !== null)?.before ?? {};
    earlier = earlier.filter((probe) => !near.includes(probe));
  }
  if (known === verdict || lastUsed === undefined) return verdict;
  const told = known.lastUsed === undefined && known.neverUsed !== true ? OTHERS_UNKNOWN : OTHERS_KNOWN;
  return {
    ...rest,
    ...onlyUse(known),
    reason: joined(...(rest.reason === undefined ? [] : [rest.reason]), told(lastUsed)),
  };
};

const onlyUse = ({ lastUsed, lastUsedService, neverUsed }: LastUseKnown): LastUseKnown => ({
  ...(lastUsed === undefined ? {} : { lastUsed }),
  ...(lastUsedService === undefined ? {} : { lastUsedService }),
  ...(neverUsed === undefined ? {} : { neverUsed }),
});

const OTHERS_KNOWN = (at: string): string => `Since then only akscan used it, to probe it (${at}).`;

const OTHERS_UNKNOWN = (at: string): string =>
  `Its last use was akscan's own probe (${at}); who used it before is not known.`;
