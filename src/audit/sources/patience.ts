// Asking a forge again: after a connection that broke or an error of its own a few times, with growing pauses that differ
// between those who ask; after too many requests once the forge says that it may go on. All waiting is bounded, shown, and
// ends with the run.

import { wait as byTheClock } from '../../cloud/limiter.js';
import { TransportFault } from '../../cloud/transport/fault.js';
import type { HttpResponse } from '../../cloud/transport/http.js';
import { Refusal } from './refusal.js';
import type { Exchange } from './types.js';

/** Attempts in all, for faults that pass. */
const ATTEMPTS = 4;
/** Milliseconds before the second attempt; twice that before the next. */
const FIRST_PAUSE = 1_000;
/** GitHub counts by the hour. */
const LONGEST_REST = 65 * 60_000;
/** How often one request is told to wait before it is given up. */
const MOST_RESTS = 8;
/** What GitHub asks for when it does not say for how long ("Rate limits for the REST API"). */
const UNTOLD_REST = 60_000;
/** Between two looks at the progress. */
const SLICE = 15_000;

/**
 * @param once sends the request
 * @returns the answer, whatever its status, but for those that were waited out
 * @throws TransportFault, Refusal, or the signal's reason
 */
export const askPatiently = async (
  host: string,
  once: () => Promise<HttpResponse>,
  { signal, progress, wait = byTheClock }: Exchange,
): Promise<HttpResponse> => {
  let attempts = 1;
  let rests = 0;
  const rest = async (milliseconds: number, why: string): Promise<void> => {
    for (let left = milliseconds; left > 0; left -= SLICE) {
      progress.update(`${host}: ${why}; goes on in ${spoken(left)}`);
      await wait(Math.min(left, SLICE), signal);
    }
  };
  for (;;) {
    let answer: HttpResponse | null = null;
    let fault: unknown;
    try {
      answer = await once();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof TransportFault && error.passing)) throw error;
      fault = error;
    }
    const limit = answer === null ? null : restFor(answer);
    if (limit !== null) {
      rests += 1;
      if (limit > LONGEST_REST || rests > MOST_RESTS) throw tooMany(host, limit);
      // A little later than said: clocks differ, and so do those who wait.
      await rest(Math.max(limit, 1_000) + Math.random() * 1_000, 'too many requests');
      continue;
    }
    if (answer !== null && answer.status < 500) return answer;
    if (attempts === ATTEMPTS) {
      if (answer !== null) return answer;
      throw fault;
    }
    const pause = FIRST_PAUSE * 2 ** (attempts - 1) * (0.5 + Math.random());
    const told = answer === null ? 0 : Math.min(retryAfter(answer) ?? 0, UNTOLD_REST);
    attempts += 1;
    await rest(Math.max(pause, told), answer === null ? 'the connection broke' : `answered with ${answer.status}`);
  }
};

/**
 * Milliseconds until it may be asked again; null when the answer is not about too many requests. 429 says so itself. 403 does at
 * GitHub and Gitee when nothing is left, when it says how long to wait, or when it names a secondary limit.
 */
const restFor = (answer: HttpResponse): number | null => {
  const { status, headers, body } = answer;
  if (status !== 429 && status !== 403) return null;
  const isUsedUp = (headers['x-ratelimit-remaining'] ?? headers['ratelimit-remaining']) === '0';
  const after = retryAfter(answer);
  if (after !== null) return after;
  if (isUsedUp) return untilReset(answer) ?? UNTOLD_REST;
  if (status === 429) return untilReset(answer) ?? UNTOLD_REST;
  return /secondary rate limit|rate limit exceeded/i.test(body.subarray(0, 4_096).toString('latin1'))
    ? UNTOLD_REST
    : null;
};

/** Seconds, or a date (RFC 9110, 10.2.3). */
const retryAfter = ({ headers }: HttpResponse): number | null => {
  const text = headers['retry-after']?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const date = Date.parse(text);
  return text === '' || Number.isNaN(date) ? null : Math.max(date - serverTime(headers), 0);
};

/** `X-RateLimit-Reset` (GitHub, Gitee) and `RateLimit-Reset` (GitLab) are seconds since 1970. */
const untilReset = ({ headers }: HttpResponse): number | null => {
  const text = headers['x-ratelimit-reset'] ?? headers['ratelimit-reset'] ?? '';
  return /^\d{9,11}$/.test(text) ? Math.max(Number(text) * 1_000 - serverTime(headers), 0) : null;
};

/** By the clock that the limit is counted by. */
const serverTime = (headers: HttpResponse['headers']): number => {
  const date = Date.parse(headers['date'] ?? '');
  return Number.isNaN(date) ? Date.now() : date;
};

const tooMany = (host: string, limit: number): Refusal =>
  new Refusal(
    'fault',
    `${host} was asked too often${limit > LONGEST_REST ? ` and wants ${spoken(limit)} of rest` : ' again and again'}. ` +
      'Use a token of its own for the audit, or go on later with --resume.',
    'host',
  );

const spoken = (milliseconds: number): string =>
  milliseconds < 90_000 ? `${Math.ceil(milliseconds / 1_000)} s` : `${Math.ceil(milliseconds / 60_000)} min`;
