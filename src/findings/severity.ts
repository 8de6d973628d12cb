// How bad a finding is. It follows from the kind, the verdicts and the confidence alone.

import { holdsSecret, isDead, isLive, isMighty, type Judged } from './judged.js';
import type { Severity } from './model.js';

/**
 * critical: a live key of the root account or of an administrator, also where only its ID leaked. high: any other pair that
 * is or may be live, and one that STS takes although its account says that it is off. medium: an ID alone, a secret that is
 * not this ID's. low: what works no more. Low confidence caps at medium until somebody proves the key live.
 */
export const severityOf = (judged: Judged): Severity => {
  if (isDead(judged)) return 'low';
  if (judged.verdict.state === 'wrong-secret') return 'medium';
  const live = isLive(judged);
  if (live && isMighty(judged)) return 'critical';
  if (judged.confidence === 'low' && !live) return 'medium';
  return holdsSecret(judged) ? 'high' : 'medium';
};
