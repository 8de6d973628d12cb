// The few calls of GitHub's REST API that a comment needs, through the one way to a socket. Whatever befalls them is told in half
// a sentence and never decides how a pull request is judged.

import { DEFAULT_LIMITS, type HttpResponse, send } from '../cloud/transport/http.js';
import { reasonOf } from '../errors.js';

export type Told =
  | { readonly kind: 'ok'; readonly value: unknown; readonly isLast: boolean }
  /** The token may not: a fork's may read only. */
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'failed'; readonly reason: string };

export interface Api {
  readonly call: (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) => Promise<Told>;
}

/** A hundred comments of 65,536 characters, four bytes each and escaped. */
const MAX_BODY = 64 << 20;

/** Attempts in all, for faults that pass. */
const ATTEMPTS = 3;
/** Milliseconds; nobody waits for a comment longer than that. */
const LONGEST_WAIT = 20_000;

export interface ApiOptions {
  /** `GITHUB_API_URL`: https://api.github.com, or https://HOST/api/v3. */
  readonly base: string;
  readonly token: string;
  readonly signal: AbortSignal;
  /** Milliseconds; a test waits less. */
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export const createApi = ({ base, token, signal, sleep }: ApiOptions): Api => {
  const once = (method: string, path: string, body: unknown): Promise<HttpResponse> =>
    send(
      {
        method,
        url: new URL(`${base.replace(/\/+$/, '')}${path}`),
        headers: {
          accept: 'application/vnd.github+json',
          authorization: `Bearer ${token}`,
          'user-agent': 'akscan',
          'x-github-api-version': '2022-11-28',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : Buffer.from(JSON.stringify(body)),
      },
      { ...DEFAULT_LIMITS, maxBody: MAX_BODY, signal },
    );

  const call: Api['call'] = async (method, path, body) => {
    for (let attempt = 1; ; attempt += 1) {
      let wait: number | null = attempt * 1_000;
      let told: Told;
      try {
        const response = await once(method, path, body);
        told = toldBy(response);
        wait = told.kind === 'failed' ? waitFor(response, attempt) : null;
        // What was made may have been made although the answer says otherwise.
        if (method === 'POST' && response.status >= 500) wait = null;
      } catch (error) {
        signal.throwIfAborted();
        told = { kind: 'failed', reason: reasonOf(error) };
        if (method === 'POST' || !isPassing(error)) wait = null;
      }
      if (wait === null || attempt === ATTEMPTS) return told;
      await sleep(wait);
    }
  };
  return { call };
};

const isPassing = (error: unknown): boolean => error instanceof Error && 'passing' in error && error.passing === true;

const toldBy = (response: HttpResponse): Told => {
  const { status, headers, body } = response;
  if (status >= 200 && status <= 299) {
    const isLast = !/<[^>]*>;[^,]*rel="next"/.test(headers['link'] ?? '');
    try {
      return { kind: 'ok', value: body.length === 0 ? null : JSON.parse(body.toString('utf8')), isLast };
    } catch {
      return { kind: 'failed', reason: `the answer (${status}) is no JSON` };
    }
  }
  if (isLimit(response)) return { kind: 'failed', reason: `too many requests (${status})` };
  // 404: a token that may not even know of the repository.
  if (status === 401 || status === 403 || status === 404) return { kind: 'forbidden' };
  return { kind: 'failed', reason: `the answer was ${status}` };
};

/** GitHub says 403 or 429 when there were too many requests (documentation, "Rate limits for the REST API"). */
const isLimit = ({ status, headers, body }: HttpResponse): boolean =>
  status === 429 ||
  (status === 403 &&
    (headers['retry-after'] !== undefined ||
      headers['x-ratelimit-remaining'] === '0' ||
      body.toString('latin1').includes('secondary rate limit')));

/** Milliseconds until it may be tried again; null: not in time. */
const waitFor = ({ status, headers }: HttpResponse, attempt: number): number | null => {
  const after = Number(headers['retry-after'] ?? Number.NaN) * 1_000;
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN) * 1_000 - Date.now();
  const asked = Number.isFinite(after)
    ? after
    : headers['x-ratelimit-remaining'] === '0' && Number.isFinite(reset)
      ? Math.max(reset, 0)
      : attempt * 1_000;
  if (status !== 429 && status !== 403 && status < 500) return null;
  return asked <= LONGEST_WAIT ? asked : null;
};
