// What octokit takes for `fetch`: our own way to a socket, bound to one host. Its plugins for retries and rate limits are not
// used: they wait without a way to be stopped, for as long as a server says, and show nothing of it (patience.ts does).

import type { Api } from '../api.js';

/** @param what is being asked for, for the sentence of a refusal */
export const fetchBy =
  (api: Api, what: () => string) =>
  async (address: string | URL, init: RequestInit = {}): Promise<Response> => {
    const headers = Object.fromEntries(
      Object.entries((init.headers ?? {}) as Record<string, string>).filter(([name]) => name !== 'user-agent'),
    );
    const body = typeof init.body === 'string' ? Buffer.from(init.body) : null;
    const response = await api.request(init.method ?? 'GET', address, { headers, body });
    if (response.status >= 400) throw api.refusal(response, what());
    const { 'content-encoding': _packed, 'content-length': _length, ...rest } = response.headers;
    const isEmpty = response.status === 204 || response.status === 304;
    const answer = new Response(isEmpty ? null : response.body, { status: response.status, headers: rest });
    // Octokit reads it, and one that was made here has none.
    return Object.defineProperty(answer, 'url', { value: String(address) });
  };

/** Octokit prints deprecations, with addresses. */
export const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
