// Reading what came back from an API: an answer, an error in one of the API's own envelopes, or something that is neither.
// The third kind is everything a network in between may say, and it never counts as a word about a key.

import type { HttpResponse } from './transport/http.js';
import { readXml } from './xml.js';

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

export interface NoAnswer {
  readonly kind: 'no-answer';
  /** Half a sentence: `sts.aliyuncs.com answered with a web page (302)`. */
  readonly why: string;
  /** What to do, one sentence. */
  readonly advice: string;
  /** Whether another attempt may go better. */
  readonly passing: boolean;
}

const CHECK_ENDPOINT = 'Check the network and --endpoint: a login page, a firewall or a wrong host answers like this.';

/** @param host for the sentence of an answer that is none */
export const readAnswer = (response: HttpResponse, host: string): Answer => {
  const { status } = response;
  const text = textOf(response).trim();
  const envelope = envelopeOf(text);
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
  const isSuccess =
    status === 200 && envelope !== null && (code === null || FINE.has(code.toLowerCase()) || isLeakDetail(envelope));
  if (isSuccess) return { kind: 'success', body: envelope };
  const what = status === 200 && code !== null ? 'sent an error inside a success' : described(text);
  return {
    kind: 'no-answer',
    why: `${host} ${what} (${status})`,
    advice: CHECK_ENDPOINT,
    passing: status >= 500 || status === 429,
  };
};

/** What some products write for the code of a success; any other code in a 200 contradicts it. */
const FINE: ReadonlySet<string> = new Set(['200', 'ok', 'success']);

/** In Security Center's DescribeAccessKeyLeakDetail, `Code` holds the lines that leaked. */
const isLeakDetail = (envelope: Readonly<Record<string, unknown>>): boolean =>
  member(envelope, 'AccesskeyId') !== null && member(envelope, 'Message') === null;

const described = (text: string): string => {
  if (text === '') return 'sent an empty answer';
  if (/^<(?:!doctype|html|head|body)/i.test(text)) return 'answered with a web page';
  return 'sent something that is no answer of this API';
};

/** Charsets in which a proxy may have written it anew. */
const CHARSETS: ReadonlySet<string> = new Set(['utf-16', 'utf-16le', 'utf-16be', 'gbk', 'gb2312', 'gb18030', 'big5']);

/** A byte order mark wins over the header's charset; without either it is UTF-8. */
const textOf = ({ headers, body }: HttpResponse): string => {
  const said = /;\s*charset\s*=\s*"?([\w-]{1,20})/i.exec(headers['content-type'] ?? '')?.[1]?.toLowerCase() ?? '';
  const marked =
    body[0] === 0xff && body[1] === 0xfe ? 'utf-16le' : body[0] === 0xfe && body[1] === 0xff ? 'utf-16be' : null;
  const charset = marked ?? (CHARSETS.has(said) && !isUtf8Marked(body) ? said : 'utf-8');
  // Drops the mark itself.
  return new TextDecoder(charset).decode(body);
};

const isUtf8Marked = (body: Buffer): boolean => body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;

const envelopeOf = (text: string): Readonly<Record<string, unknown>> | null => {
  if (text.startsWith('{')) {
    try {
      return JSON.parse(text) as Record<string, unknown>;
    } catch {
      return null;
    }
  }
  // `<Error>` or `<GetCallerIdentityResponse>`: never a page of HTML.
  const xml = text.startsWith('<') ? readXml(text) : null;
  return xml !== null && /^(?:Error|[A-Za-z]+Response)$/.test(xml.root) ? xml.members : null;
};

/** A text member by its name or, as some gateways write it, with a small first letter; null when the two disagree. */
const member = (from: Readonly<Record<string, unknown>>, name: string): string | null => {
  const small = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  const value = from[name] ?? from[small];
  if (from[small] !== undefined && from[small] !== value) return null;
  return typeof value === 'string' && value !== '' ? value : null;
};

const deniedActionOf = (envelope: Readonly<Record<string, unknown>>): string | null => {
  const detail = envelope['AccessDeniedDetail'] ?? envelope['accessDeniedDetail'];
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
