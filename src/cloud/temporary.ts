// Temporary keys end by themselves, and no API tells when. What is known is a bound: a session of a role lasts 12 hours at
// most, whatever its role allows. (https://help.aliyun.com/document_detail/371864.html, AssumeRole, DurationSeconds)

import type { Verdict } from '../findings/model.js';
import { isTemporary } from './askable.js';
import { dayOf } from './facts.js';
import type { CredentialToVerify } from './types.js';

const LONGEST_MS = 12 * 3_600_000;

/** The verdict of a temporary key, its reason completed by what is known of its end. */
export const withBound = (
  { accessKeyId, leakedAt }: CredentialToVerify,
  verdict: Verdict,
  now: number = Date.now(),
): Verdict => {
  const { state, reason } = verdict;
  if (!isTemporary(accessKeyId) || !BOUNDED.has(state)) return verdict;
  const age = now - Date.parse(leakedAt ?? '');
  const bound =
    leakedAt === undefined || !(age > LONGEST_MS)
      ? 'It ends at the latest 12 hours after it was made.'
      : state === 'live' || state === 'restricted'
        ? `It works, though it was committed on ${dayOf(leakedAt)} and such a key ends at the latest 12 hours after it was made: that date is wrong.`
        : `It was committed on ${dayOf(leakedAt)}, and such a key ends at the latest 12 hours after it was made: it must have ended if that date is right, and only a renewed one works.`;
  // What to do stays the last word.
  return { ...verdict, reason: reason === undefined ? bound : `${bound} ${reason}` };
};

const BOUNDED: ReadonlySet<Verdict['state']> = new Set(['live', 'restricted', 'unknown', 'unchecked']);
