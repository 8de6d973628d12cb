// One forge's API, through the one way to a socket: asked patiently, at one host only, with bounded answers. The token goes
// into a header and nowhere else.

import { DEFAULT_LIMITS, type HttpResponse } from '../../cloud/transport/http.js';
import { askPatiently } from './patience.js';
import { type Asked, Refusal, refusalFor } from './refusal.js';
import type { Exchange } from './types.js';

/** A page of a hundred repositories is about 1 MB at the most talkative forge; gists with all their files are more. */
const MAX_BODY = 16 << 20;
/** Forges think for long about large organisations. */
const TOTAL_MS = 60_000;

export interface ApiSettings {
  /** `https://api.github.com/`: what paths are relative to. With a slash at its end. */
  readonly base: URL;
  /** For each request: a token may have been renewed. */
  readonly headers: () => Promise<Readonly<Record<string, string>>>;
  readonly asked: Omit<Asked, 'what'>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON, parsed. */
  readonly value: unknown;
}

export interface Api {
  readonly base: URL;
  /**
   * The answer as it came, whatever its status. @throws Refusal when the address is at another host, TransportFault
   */
  request(method: string, address: string | URL, more?: Partial<Sent>): Promise<HttpResponse>;
  /** @param what is asked for, for sentences @throws Refusal for every answer but a good one */
  get(address: string | URL, what: string): Promise<Answer>;
  /** What an answer other than a good one means. */
  refusal(response: HttpResponse, what: string): Refusal;
}

interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
}

export const createApi = (settings: ApiSettings, options: Exchange): Api => {
  const { base, asked } = settings;
  const request: Api['request'] = async (method, address, { headers = {}, body = null } = {}) => {
    const url = new URL(address, base);
    if (url.origin !== base.origin || url.username !== '' || url.password !== '') {
      throw new Refusal('fault', `${base.host} sends us on to another host, ${url.host}, which was not asked.`);
    }
    return askPatiently(
      base.host,
      async () =>
        options.http(
          {
            method,
            url,
            headers: { accept: 'application/json', 'user-agent': 'akscan', ...headers, ...(await settings.headers()) },
            body,
          },
          { ...DEFAULT_LIMITS, totalMs: TOTAL_MS, maxBody: MAX_BODY, signal: options.signal },
        ),
      options,
    );
  };
  const refusal: Api['refusal'] = (response, what) => refusalFor(response, { ...asked, what });
  return {
    base,
    request,
    refusal,
    get: async (address, what) => {
      const response = await request('GET', address);
      if (response.status !== 200) throw refusal(response, what);
      return { status: response.status, headers: response.headers, value: parsed(response, base.host) };
    },
  };
};

/** @throws Refusal for what is no JSON: a login page, a proxy's message */
export const parsed = ({ body }: HttpResponse, host: string): unknown => {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new Refusal('fault', `${host} did not answer in JSON. Check that the address is that of its API.`);
  }
};
