// How one run talks to the cloud: its endpoints, its rate, its clocks, and the patience with which it asks again.

import type { Answer, ApiError } from './answer.js';
import type { ResolvedEndpoints } from './endpoints.js';
import { createLimiter, type Wait, wait } from './limiter.js';
import { meaningOf } from './states.js';
import { DEFAULT_LIMITS, type HttpLimits } from './transport/http.js';
import type { Service } from './types.js';

/** The numbers behind politeness. Quotas of the APIs start at 50 requests a second and account. */
export interface Pace {
  readonly perSecond: number;
  readonly burst: number;
  /** Credentials asked about at the same time. */
  readonly parallel: number;
  /** Requests for one question at most. */
  readonly attempts: number;
  /** The first wait before asking again is a random part of this; it doubles every time. */
  readonly backoffMs: number;
  /** A server that asks for more patience than this is not asked again. */
  readonly longestWaitMs: number;
  readonly connectMs: number;
  readonly totalMs: number;
}

export const DEFAULT_PACE: Pace = {
  perSecond: 40,
  burst: 20,
  parallel: 8,
  attempts: 4,
  backoffMs: 400,
  longestWaitMs: 30_000,
  ...DEFAULT_LIMITS,
};

export interface Session {
  readonly endpoints: ResolvedEndpoints;
  readonly pace: Pace;
  readonly limits: HttpLimits;
  /** The time to sign a request for this service with: ours, or the server's once it was found to differ. */
  now(service: Service): Date;
  /** Asks until there is an answer worth keeping: see `delayAfter`. */
  persist(service: Service, ask: () => Promise<Answer>): Promise<Answer>;
}

export const createSession = (
  endpoints: ResolvedEndpoints,
  signal: AbortSignal,
  pace: Pace,
  waiting: Wait = wait,
): Session => {
  const offsets = new Map<Service, number>();
  const turn = createLimiter(pace.perSecond, pace.burst, waiting);
  const unanswered = new Map<Service, number>();
  return {
    endpoints,
    pace,
    limits: { connectMs: pace.connectMs, totalMs: pace.totalMs, signal },
    now: (service) => new Date(Date.now() + (offsets.get(service) ?? 0)),
    persist: async (service, ask) => {
      // A service that is away is not waited for again with every key.
      const attempts = (unanswered.get(service) ?? 0) < AWAY ? pace.attempts : 1;
      for (let attempt = 1; ; attempt++) {
        await turn(signal);
        const offset = offsets.get(service) ?? 0;
        const answer = await ask();
        if (answer.kind !== 'no-answer') unanswered.delete(service);
        else if (attempt >= attempts) unanswered.set(service, (unanswered.get(service) ?? 0) + 1);
        if (attempt >= attempts) return answer;
        const corrected = answer.kind === 'error' ? clockOffset(answer, offset) : null;
        if (corrected !== null) {
          offsets.set(service, corrected);
          continue;
        }
        const delay = delayAfter(answer, attempt, pace);
        if (delay === null) return answer;
        await waiting(delay, signal);
      }
    },
  };
};

/** So many questions in a row without any answer, each asked with all patience. */
const AWAY = 3;

/** A gateway accepts 15 minutes of difference; less than one cannot be why it refused. */
const TELLING_MS = 60_000;

/** @returns the offset to sign with from now on; null when the clock is not the matter, or was corrected in vain */
const clockOffset = (error: ApiError, current: number): number | null => {
  if (meaningOf(error) !== 'clock' || error.serverTime === null) return null;
  const measured = error.serverTime - Date.now();
  return Math.abs(measured - current) > TELLING_MS ? measured : null;
};

/** @returns milliseconds to wait before asking again; null when the answer stands */
const delayAfter = (answer: Answer, attempt: number, pace: Pace): number | null => {
  // Jitter: many who were refused at once must not come back at once.
  const backoff = Math.random() * pace.backoffMs * 2 ** (attempt - 1);
  if (answer.kind === 'success') return null;
  if (answer.kind === 'no-answer') return answer.passing ? backoff : null;
  const meaning = meaningOf(answer);
  if (meaning === 'nonce') return 0;
  if (meaning === 'server') return backoff;
  if (meaning !== 'throttled') return null;
  const asked = answer.retryAfterMs ?? 0;
  return asked > pace.longestWaitMs ? null : asked + backoff;
};
