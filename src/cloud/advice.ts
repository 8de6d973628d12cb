// What to do when nothing is known: the last words of a reason that says `unknown`.

import type { Verdict } from '../findings/model.js';
import { isId, isTemporary } from './askable.js';
import type { CredentialToVerify, VerifyOptions } from './types.js';

/**
 * What may still be asked of a key that was only looked up.
 *
 * @returns half a sentence; null when the probe has its own say
 */
export const nextWay = (
  { accessKeyId, secret, token }: CredentialToVerify,
  { probe, probeId }: Pick<VerifyOptions, 'probe' | 'probeId'>,
): string | null => {
  if (!isId(accessKeyId)) return 'look at the place where it was found';
  if (isTemporary(accessKeyId) && (secret === null || token === null)) {
    return probe && secret !== null ? null : 'look for its secret and its security token near it';
  }
  if (secret === null) return probe && probeId === true ? null : 'use --probe-id to ask Alibaba Cloud';
  return probe ? null : 'use --probe to ask Alibaba Cloud';
};

/** The verdict, its reason ended by what to do; as it is when it knows the state. */
export const advised = (verdict: Verdict, way: string | null): Verdict => {
  if (verdict.state !== 'unknown' || way === null) return verdict;
  const { reason = 'Nothing was learned.' } = verdict;
  return { ...verdict, reason: `${reason.replace(/\.$/, '')}; ${way}.` };
};

/** For a verdict beside that of the probe. */
export const SEE_PROBE = 'see what the probe says';
