// Reading what came back from an API: an answer, an error in one of the API's own envelopes, or something that is neither.
// The third kind is everything a network in between may say, and it never counts as a word about a key.

import type { HttpResponse } from './transport/http.js';

export type Answer = Success | ApiError | NoAnswer;

export interface Success {
  readonly kind: 'success';
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ApiError {
  readonly kind: 'error';
  readonly status: number;
  /** Such as `InvalidAccessKeyId.NotFound`. */
  readonly code: string;
  /** The API's sentence. It may repeat the request's ID and string to sign: not for printing. */
  readonly message: string;
  /** The RAM action that was missing, when the API says so. */
  readonly deniedAction: string | null;
  /** How long to wait before the next request, in milliseconds. */
  readonly retryAfterMs: number | null;
  /** The server's clock, milliseconds since 1970. */
  readonly serverTime: number | null;
}

interface NoAnswer {
  readonly kind: 'no-answer';
  /** Half a sentence: `sts.aliyuncs.com answered with a web page (302)`. */
  readonly why: string;
  /** What to do, one sentence. */
  readonly advice: string;
  /** Whether another attempt may go better. */
  readonly passing: boolean;
}

const CHECK_ENDPOINT = 'A login page of the network, a firewall or a wrong --endpoint answers like this.';

/** @param host for the sentence of an answer that is none */
export const readAnswer = (response: HttpResponse, host: string): Answer => {
  const { status } = response;
  const text = response.body
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trim();
  const envelope = envelopeOf(text);
  if (envelope !== null && status === 200) return { kind: 'success', body: envelope };
  const code = envelope === null ? null : member(envelope, 'Code');
  if (envelope !== null && code !== null && status >= 400) {
    return {
      kind: 'error',
      status,
      code,
      message: member(envelope, 'Message') ?? '',
      deniedAction: deniedActionOf(envelope),
      retryAfterMs: numberOf(response.headers['x-acs-retry-after']),
      serverTime: timeOf(response.headers['date']),
    };
  }
  return {
    kind: 'no-answer',
    why: `${host} ${described(text)} (${status})`,
    advice: CHECK_ENDPOINT,
    passing: status >= 500,
  };
};

const described = (text: string): string => {
  if (text === '') return 'sent an empty answer';
  if (/^<(?:!doctype|html|head|body)/i.test(text)) return 'answered with a web page';
  return 'sent something that is no answer of this API';
};

const envelopeOf = (text: string): Readonly<Record<string, unknown>> | null => {
  if (text.startsWith('{')) {
    try {
      return JSON.parse(text) as Record<string, unknown>;
    } catch {
      return null;
    }
  }
  // `<Error>` or `<GetCallerIdentityResponse>`: never a page of HTML.
  const root = /^(?:<\?xml[^>]*\?>)?\s*<(Error|[A-Za-z]+Response)>/.exec(text);
  if (root === null || !text.endsWith(`</${root[1]}>`)) return null;
  return Object.fromEntries(
    [...text.matchAll(/<([A-Za-z]+)>([^<]*)<\/\1>/g)].map(([, name = '', value = '']) => [name, unescaped(value)]),
  );
};

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** A text member by its name or, as some gateways write it, with a small first letter. */
const member = (from: Readonly<Record<string, unknown>>, name: string): string | null => {
  const value = from[name] ?? from[`${name.charAt(0).toLowerCase()}${name.slice(1)}`];
  return typeof value === 'string' && value !== '' ? value : null;
};

const deniedActionOf = (envelope: Readonly<Record<string, unknown>>): string | null => {
  // XML is read flat: the detail's members are the envelope's own there.
  const detail = envelope['AccessDeniedDetail'] ?? envelope['accessDeniedDetail'] ?? envelope;
  const action =
    typeof detail === 'object' && detail !== null ? member(detail as Record<string, unknown>, 'AuthAction') : null;
  return action !== null && /^[\w-]+:\w+$/.test(action) ? action : null;
};

const numberOf = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;

const timeOf = (text: string | undefined): number | null => {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? null : time;
};
