// Reaching a TLS server through an HTTP proxy: HTTPS_PROXY and NO_PROXY as curl reads them, and the CONNECT tunnel.

import http from 'node:http';
import https from 'node:https';
import { isIPv6, type Socket } from 'node:net';
import { TransportFault } from './fault.js';

const ADVICE = 'Check HTTPS_PROXY and NO_PROXY.';

/**
 * The proxy for an https URL, or null for the direct way. The lower-case variable wins, as in curl. NO_PROXY is a list
 * of host names that also cover their subdomains, each with or without a leading dot and with an optional port; `*`
 * covers all.
 */
export const proxyFor = (url: URL, env: NodeJS.ProcessEnv): URL | null => {
  const text = (env['https_proxy'] ?? env['HTTPS_PROXY'] ?? '').trim();
  if (text === '' || isExcepted(url, env['no_proxy'] ?? env['NO_PROXY'] ?? '')) return null;
  let proxy: URL;
  try {
    // `proxy.example:3128`, without a scheme, is common and means http.
    proxy = new URL(text.includes('://') ? text : `http://${text}`);
  } catch {
    // The text is not repeated: it may hold a password.
    throw new TransportFault('proxy', 'HTTPS_PROXY is not a URL', ADVICE);
  }
  if (proxy.protocol !== 'http:' && proxy.protocol !== 'https:') {
    throw new TransportFault('proxy', `HTTPS_PROXY speaks ${proxy.protocol}//, which is not supported`, ADVICE);
  }
  return proxy;
};

const isExcepted = (url: URL, list: string): boolean =>
  list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const lower = entry.toLowerCase();
      const [, name = lower, port] = /^(.*):(\d+)$/.exec(isIPv6(lower) ? '' : lower) ?? [];
      if (port !== undefined && port !== (url.port || '443')) return false;
      const bare = name.replace(/^\*?\./, '').replace(/^\[|\]$/g, '');
      const host = url.hostname.replace(/^\[|\]$/g, '');
      return bare !== '' && (host === bare || host.endsWith(`.${bare}`));
    });

/**
 * Asks the proxy for a tunnel to the URL's host.
 * @returns the socket, on which the TLS handshake with the real server comes next
 */
export const openTunnel = (proxy: URL, url: URL, signal: AbortSignal): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const authority = `${url.hostname}:${url.port || '443'}`;
    const request = (proxy.protocol === 'https:' ? https : http).request({
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
      method: 'CONNECT',
      path: authority,
      agent: false,
      signal,
      ...(proxy.protocol === 'https:' ? { rejectUnauthorized: true } : {}),
    });
    // Not as an option, which NODE_DEBUG=http prints.
    for (const [name, value] of Object.entries({ host: authority, ...authorisation(proxy) }))
      request.setHeader(name, value);
    request.once('connect', (response, socket, head) => {
      if (response.statusCode === 200 && head.length === 0) return resolve(socket as Socket);
      socket.destroy();
      reject(refusal(proxy, response.statusCode ?? 0));
    });
    // A proxy that answers CONNECT as if it were an ordinary request.
    request.once('response', (response) => {
      response.destroy();
      reject(refusal(proxy, response.statusCode ?? 0));
    });
    request.once('error', (error) => {
      const code = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
      reject(
        signal.aborted
          ? error
          : new TransportFault('proxy', `the proxy ${proxy.host} cannot be reached${code}`, ADVICE),
      );
    });
    request.end();
  });

const refusal = (proxy: URL, status: number): TransportFault =>
  new TransportFault(
    'proxy',
    `the proxy ${proxy.host} refused the connection (${status})`,
    status === 407 ? 'Give its user name and password in HTTPS_PROXY (http://user:password@host:port).' : ADVICE,
  );

const authorisation = (proxy: URL): Record<string, string> => {
  if (proxy.username === '') return {};
  const pair = `${decoded(proxy.username)}:${decoded(proxy.password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
};

/** A password with a bare `%` is taken as it stands. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
