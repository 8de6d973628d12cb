// How one run talks to the cloud: its endpoints, its rates, its clocks, and the patience with which it asks again.

import { setMaxListeners } from 'node:events';
import type { Answer, ApiError } from './answer.js';
import type { ResolvedEndpoints } from './endpoints.js';
import { type Bucket, CLOCK, type Clock, createBucket } from './limiter.js';
import { type OperationName, operationOf, partsOf } from './operations.js';
import { meaningOf } from './states.js';
import { DEFAULT_LIMITS, type HttpLimits } from './transport/http.js';
import type { Service } from './types.js';

/** The numbers behind politeness. */
export interface Pace {
  /** How much of a quota is used: others of the account live on it, too. */
  readonly share: number;
  /** Credentials asked about at the same time. */
  readonly parallel: number;
  /** Requests for one question at most; those that were throttled are not counted. */
  readonly attempts: number;
  /** The first wait before asking again is a random part of this; it doubles every time. */
  readonly backoffMs: number;
  /** How long one question is put off by throttling before it is given up. */
  readonly patienceMs: number;
  /** A service that is away and takes longer than this to show it is left alone for a while. */
  readonly slowMs: number;
  readonly connectMs: number;
  readonly totalMs: number;
}

export const DEFAULT_PACE: Pace = {
  share: 0.8,
  parallel: 16,
  attempts: 4,
  backoffMs: 400,
  patienceMs: 120_000,
  slowMs: 1_000,
  ...DEFAULT_LIMITS,
};

/** Whom the probes of leaked keys are counted against: whose they are is not known beforehand. */
export const PROBE = 'probe';

/** What a request is counted as: quotas are for one operation of one account. */
export interface Counted {
  readonly operation: OperationName;
  /** The account's UID, or what stands for it while that is unknown. */
  readonly payer: string;
}

export interface Session {
  readonly endpoints: ResolvedEndpoints;
  readonly pace: Pace;
  readonly limits: HttpLimits;
  /** The time to sign a request for this service with: ours, or the server's once it was found to differ. */
  now(service: Service): Date;
  /** Asks until there is an answer worth keeping: see `delayAfter`. */
  persist(counted: Counted, ask: () => Promise<Answer>): Promise<Answer>;
  /** The hosts of these services, when some were asked and none of them ever answered as an API does; otherwise none. */
  silentHosts(services: readonly Service[]): readonly string[];
}

export const createSession = (
  endpoints: ResolvedEndpoints,
  signal: AbortSignal,
  pace: Pace,
  clock: Clock = CLOCK,
): Session => {
  // One listener for each request under way: Node would warn on the user's terminal from the eleventh on.
  setMaxListeners(0, signal);
  const offsets = new Map<Service, number>();
  const quotas = new Map<string, Quota>();
  const absences = new Map<Service, Absence>();
  /** Whether a service that was asked ever answered. */
  const heard = new Map<Service, boolean>();
  const quotaOf = ({ operation, payer }: Counted): Quota => {
    const key = `${payer} ${operation}`;
    const quota = quotas.get(key) ?? {
      bucket: bucketOf(operation, pace, clock),
      passedAt: Number.NEGATIVE_INFINITY,
      refusal: null,
    };
    quotas.set(key, quota);
    return quota;
  };
  return {
    endpoints,
    pace,
    limits: { connectMs: pace.connectMs, totalMs: pace.totalMs, signal },
    now: (service) => new Date(Date.now() + (offsets.get(service) ?? 0)),
    persist: async (counted, ask) => {
      const { service } = partsOf(counted.operation);
      const quota = quotaOf(counted);
      let throttledSince: number | null = null;
      let refusals = 0;
      let isCorrected = false;
      for (let attempt = 1; ; ) {
        if (quota.refusal !== null && clock.now() < quota.refusal.until) return quota.refusal.answer;
        await quota.bucket.turn(signal);
        const absence = absences.get(service);
        if (isAway(absence) && clock.now() < absence.until) return absence.answer;
        const offset = offsets.get(service) ?? 0;
        const began = clock.now();
        const answer = await ask();
        heard.set(service, heard.get(service) === true || answer.kind !== 'no-answer');
        const now = clock.now();
        const throttling = throttlingOf(answer);
        if (throttling !== null) {
          // The service is there, and it is this account's rate that is too high: others are not concerned.
          absences.delete(service);
          throttledSince ??= began;
          const restMs = restAfter(throttling, refusals++, pace);
          quota.bucket.slowDown(began, restMs);
          const isHopeless = quota.refusal !== null || now + restMs - throttledSince > pace.patienceMs;
          if (!isHopeless) continue;
          // Unless others of the same quota came through meanwhile, the next need not wait for as long.
          if (quota.passedAt < throttledSince) quota.refusal = { answer, until: now + pace.patienceMs / 4 };
          return answer;
        }
        quota.passedAt = now;
        quota.refusal = null;
        const corrected = answer.kind === 'error' ? clockOffset(answer, offset) : null;
        // Whoever asks next signs with it; this question is asked once more.
        if (corrected !== null) offsets.set(service, corrected);
        if (corrected !== null && !isCorrected && attempt < pace.attempts) {
          isCorrected = true;
          attempt += 1;
          continue;
        }
        const delay = delayAfter(answer, attempt, pace);
        if (!isAbsence(answer)) absences.delete(service);
        else if (delay === null || attempt >= pace.attempts || isAway(absences.get(service))) {
          const rest = now - began < pace.slowMs ? 0 : REST * (now - began);
          absences.set(service, {
            questions: (absences.get(service)?.questions ?? 0) + 1,
            answer,
            until: now + rest,
          });
          return answer;
        }
        if (delay === null || attempt >= pace.attempts) return answer;
        attempt += 1;
        await clock.wait(delay, signal);
      }
    },
    silentHosts: (services) => {
      const asked = services.filter((service) => heard.has(service));
      return asked.some((service) => heard.get(service) === true)
        ? []
        : [...new Set(asked.map((service) => endpoints[service].host))];
    },
  };
};

/** One operation of one account, as its quota counts requests. */
interface Quota {
  readonly bucket: Bucket;
  /** When a request last came through, by the session's clock. */
  passedAt: number;
  /** Set when throttling outlasted a question's patience: the answer to whatever is asked until then. */
  refusal: { readonly answer: Answer; readonly until: number } | null;
}

/** What is not used steadily is the burst: together they stay within the quota of any second. */
const bucketOf = (operation: OperationName, { share }: Pace, clock: Clock): Bucket => {
  const { quota } = operationOf(operation);
  return createBucket(quota * share, Math.max(1, Math.floor(quota * Math.max(1 - share, 0.1))), clock);
};

/** Waits that nobody asked for end here; what a server asks for is kept to. */
const LONGEST_BACKOFF_MS = 10_000;

/** Jitter: many who were refused at once must not come back at once. */
const restAfter = ({ retryAfterMs }: ApiError, refusals: number, { backoffMs }: Pace): number => {
  const random = 0.5 + Math.random() / 2;
  return retryAfterMs === null
    ? random * Math.min(LONGEST_BACKOFF_MS, backoffMs * 2 ** refusals)
    : retryAfterMs + random * backoffMs;
};

const throttlingOf = (answer: Answer): ApiError | null =>
  answer.kind === 'error' && meaningOf(answer) === 'throttled' ? answer : null;

/** A service that keeps us waiting, and until when it is left alone. */
interface Absence {
  /** Questions in a row that were given up. */
  readonly questions: number;
  /** What the last of them came to: the answer to whatever is asked meanwhile. */
  readonly answer: Answer;
  /** By the session's clock. */
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
  return meaningOf(answer) === 'server';
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
  return meaning === 'server' ? backoff : null;
};
