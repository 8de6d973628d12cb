// The only way from akscan's cloud code to a socket. One request, one whole answer, within limits: TLS always (plain HTTP
// to this machine only), redirects refused, one mebibyte of body, time-outs for connecting and for the whole. Headers and
// bodies are never logged: they carry signatures and tokens.

import http from 'node:http';
import https from 'node:https';
import { isIP, type Socket } from 'node:net';
import tls from 'node:tls';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { connectTimeout, faultOf, TransportFault, totalTimeout } from './fault.js';
import { isLoopback } from './loopback.js';
import { openTunnel, proxyFor } from './proxy.js';

/** Answers of the identity APIs are a few kilobytes; a full page of 1,000 users is under 500. */
const MAX_BODY = 1 << 20;

/** Where ECS serves instance metadata: a link-local address that never leaves the host, and knows no TLS. */
const METADATA_HOST = '100.100.100.200';

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; several headers of one name joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whole and decompressed. */
  readonly body: Buffer;
}

export interface HttpLimits {
  /** Until the connection stands, TLS included, in milliseconds. */
  readonly connectMs: number;
  /** Until the last byte of the answer, in milliseconds. */
  readonly totalMs: number;
  /** Bytes of the answer, unpacked; absent: one mebibyte. */
  readonly maxBody?: number;
  readonly signal: AbortSignal;
}

/** What a request gets when its caller says nothing else. */
export const DEFAULT_LIMITS: Omit<HttpLimits, 'signal'> = { connectMs: 5_000, totalMs: 15_000 };

const secureAgent = new https.Agent({ keepAlive: true, maxSockets: 32 });
const plainAgent = new http.Agent({ keepAlive: true, maxSockets: 32 });

/**
 * @returns the answer, whatever its status, unless it is a redirect
 * @throws TransportFault when there is none; the signal's reason when it was aborted
 */
export const send = async (request: HttpRequest, limits: HttpLimits): Promise<HttpResponse> => {
  const { url } = request;
  limits.signal.throwIfAborted();
  if (url.protocol !== 'https:' && !mayBePlain(url)) {
    throw new TransportFault(
      'plain-http',
      `${url.protocol}//${url.host} is not encrypted, and nothing was sent`,
      'Use https://; plain HTTP is spoken to this machine only.',
      true,
    );
  }
  // One controller ends the exchange, whoever asks for it: a timer, the caller, or the body cap.
  const ending = new AbortController();
  const end = (reason: unknown): void => ending.abort(reason);
  const onAbort = (): void => end(limits.signal.reason);
  limits.signal.addEventListener('abort', onAbort, { once: true });
  const total = setTimeout(() => end(totalTimeout(url.host, limits.totalMs)), limits.totalMs);
  const connecting = setTimeout(() => end(connectTimeout(url.host, limits.connectMs)), limits.connectMs);
  let isConnected = false;
  try {
    const response = await exchange(request, ending.signal, limits.maxBody ?? MAX_BODY, () => {
      isConnected = true;
      clearTimeout(connecting);
    });
    return checked(response, url);
  } catch (error) {
    limits.signal.throwIfAborted();
    const { kind, message, advice } = faultOf(ending.signal.aborted ? ending.signal.reason : error, url.host);
    throw new TransportFault(kind, message, advice, !isConnected);
  } finally {
    clearTimeout(total);
    clearTimeout(connecting);
    limits.signal.removeEventListener('abort', onAbort);
  }
};

const mayBePlain = (url: URL): boolean =>
  url.protocol === 'http:' && (isLoopback(url.hostname) || url.hostname === METADATA_HOST);

const exchange = async (
  request: HttpRequest,
  signal: AbortSignal,
  maxBody: number,
  onConnected: () => void,
): Promise<HttpResponse> => {
  const { url, body } = request;
  const secure = url.protocol === 'https:';
  const proxy = secure ? proxyFor(url, process.env) : null;
  const through = proxy === null ? null : await openTunnel(proxy, url, signal);
  return new Promise((resolve, reject) => {
    const options: https.RequestOptions = {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port || (secure ? 443 : 80),
      path: `${url.pathname}${url.search}`,
      method: request.method,
      signal,
      // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED=0 does not hand a signed request to anybody.
      rejectUnauthorized: true,
      ...(through === null
        ? { agent: secure ? secureAgent : plainAgent }
        : // Without an agent of any kind: `agent: false` would make one, which ignores createConnection.
          { createConnection: () => secured(through, url) }),
    };
    const outgoing = (secure ? https : http).request(options);
    setHeaders(outgoing, { ...request.headers, 'content-length': String(body?.length ?? 0) });
    outgoing.once('socket', (socket) => whenConnected(socket, secure, onConnected));
    outgoing.once('error', reject);
    outgoing.once('response', (incoming) => {
      onConnected();
      readBody(incoming, url.host, maxBody).then(resolve, (error: unknown) => {
        outgoing.destroy();
        reject(error);
      });
    });
    outgoing.end(body ?? undefined);
  });
};

/** Not as options of the request: NODE_DEBUG=http prints those, and headers carry signatures and tokens. */
const setHeaders = (outgoing: http.ClientRequest, headers: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
};

const secured = (socket: Socket, url: URL): Socket =>
  tls.connect({ socket, ...nameOf(url), rejectUnauthorized: true, ALPNProtocols: ['http/1.1'] });

/** What the certificate must be for; an address is no name to ask for in the handshake. */
const nameOf = ({ hostname }: URL): tls.ConnectionOptions => {
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? { servername: host } : { host };
};

/** A socket kept alive from an earlier request is connected already and tells of it by no event. */
const whenConnected = (socket: Socket, secure: boolean, done: () => void): void => {
  const ready = secure ? socket instanceof tls.TLSSocket && socket.authorized : !socket.connecting;
  if (ready) done();
  else socket.once(secure ? 'secureConnect' : 'connect', done);
};

const readBody = async (incoming: http.IncomingMessage, host: string, most: number): Promise<HttpResponse> => {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > most) throw tooLarge(host, most);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof TransportFault || !isReset(error)) throw error;
    throw truncated(host);
  }
  if (!incoming.complete) throw truncated(host);
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  const encoding = (headers['content-encoding'] ?? '').trim().toLowerCase();
  return {
    status: incoming.statusCode ?? 0,
    headers,
    body: unpacked(Buffer.concat(chunks, size), encoding, host, most),
  };
};

const isReset = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ECONNRESET';

const tooLarge = (host: string, most: number): TransportFault =>
  new TransportFault(
    'too-large',
    `${host} sent more than ${most >> 20} MiB`,
    'That is no answer of this API: check --endpoint.',
  );

const truncated = (host: string): TransportFault =>
  new TransportFault('truncated', `${host} broke off in the middle of its answer`, 'Try again later.');

const unpackers: Readonly<Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Buffer>> = {
  gzip: gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/** We ask for no compression; middleboxes add it all the same. */
const unpacked = (body: Buffer, encoding: string, host: string, most: number): Buffer => {
  if (encoding === '' || encoding === 'identity' || body.length === 0) return body;
  try {
    const unpack = unpackers[encoding];
    if (unpack !== undefined) return unpack(body, { maxOutputLength: most });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(host, most);
  }
  throw new TransportFault('encoding', `${host} answered in a compression that cannot be read`, 'Try again later.');
};

/** A signed request follows nobody elsewhere: a redirect is a captive portal or a wrong endpoint. */
const checked = (response: HttpResponse, url: URL): HttpResponse => {
  if (response.status < 300 || response.status > 399) return response;
  throw new TransportFault(
    'redirect',
    `${url.host} answered with a redirect (${response.status}), which was not followed`,
    'Check the network and --endpoint: a login page or a wrong host answers like this.',
  );
};
