// How one run talks to the cloud: its endpoints, its rate, its clocks, and the patience with which it asks again.

import type { Answer, ApiError } from './answer.js';
import type { ResolvedEndpoints } from './endpoints.js';
import { createLimiter, type Wait, wait } from './limiter.js';
import { meaningOf } from './states.js';
import { DEFAULT_LIMITS, type HttpLimits } from './transport/http.js';
import type { Service } from './types.js';

/** The numbers behind politeness. Quotas of the APIs start at 50 requests a second for each operation and account. */
export interface Pace {
  /** Of each service. */
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
  /** A service that is away and takes longer than this to show it is left alone for a while. */
  readonly slowMs: number;
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
  slowMs: 1_000,
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
  const limiters = new Map<Service, (signal: AbortSignal) => Promise<void>>();
  const turnOf = (service: Service): ((signal: AbortSignal) => Promise<void>) => {
    const limiter = limiters.get(service) ?? createLimiter(pace.perSecond, pace.burst, waiting);
    limiters.set(service, limiter);
    return limiter;
  };
  const absences = new Map<Service, Absence>();
  return {
    endpoints,
    pace,
    limits: { connectMs: pace.connectMs, totalMs: pace.totalMs, signal },
    now: (service) => new Date(Date.now() + (offsets.get(service) ?? 0)),
    persist: async (service, ask) => {
      for (let attempt = 1; ; attempt++) {
        await turnOf(service)(signal);
        const absence = absences.get(service);
        if (isAway(absence) && performance.now() < absence.until) return absence.answer;
        const offset = offsets.get(service) ?? 0;
        const began = performance.now();
        const answer = await ask();
        const corrected = answer.kind === 'error' ? clockOffset(answer, offset) : null;
        if (corrected !== null && attempt < pace.attempts) {
          offsets.set(service, corrected);
          continue;
        }
        const delay = delayAfter(answer, attempt, pace);
        if (!isAbsence(answer)) absences.delete(service);
        else if (delay === null || attempt >= pace.attempts || isAway(absences.get(service))) {
          absences.set(service, absent(answer, absences.get(service), performance.now() - began, pace));
          return answer;
        }
        if (delay === null || attempt >= pace.attempts) return answer;
        await waiting(delay, signal);
      }
    },
  };
};

/** A service that keeps us waiting, and until when it is left alone. */
interface Absence {
  /** Questions in a row that were given up. */
  readonly questions: number;
  /** What the last of them came to: the answer to whatever is asked meanwhile. */
  readonly answer: Answer;
  /** By `performance.now()`. */
  readonly until: number;
}

/** So many questions given up in a row, each asked with all patience: from then on each is asked once. */
const AWAY = 3;

/** How much longer a service is left alone than its last failure took. With it, time lost does not grow with the keys. */
const REST = 4;

const isAway = (absence: Absence | undefined): absence is Absence => absence !== undefined && absence.questions >= AWAY;

/** Whether the answer is that of a service in trouble, whoever asks; others concern the one question. */
const isAbsence = (answer: Answer): boolean => {
  if (answer.kind === 'success') return false;
  if (answer.kind === 'no-answer') return answer.passing;
  const meaning = meaningOf(answer);
  return meaning === 'server' || meaning === 'throttled';
};

const absent = (answer: Answer, before: Absence | undefined, tookMs: number, pace: Pace): Absence => {
  const asked = answer.kind === 'error' ? (answer.retryAfterMs ?? 0) : 0;
  const rest = Math.max(asked, tookMs < pace.slowMs ? 0 : REST * tookMs);
  return { questions: (before?.questions ?? 0) + 1, answer, until: performance.now() + rest };
};

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
