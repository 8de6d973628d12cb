// Stands in for the `httpx` package below Alibaba Cloud's SDK (scripts/virtual-modules.mjs puts it there): the same two
// functions over our own transport. The package itself ignores proxies, reads bodies without end, and prints signatures
// under DEBUG=httpx:*. Certificates, agents and `rejectUnauthorized` that a caller passes are ignored on purpose.

import { Readable } from 'node:stream';
import { TransportFault } from './fault.js';
import { DEFAULT_LIMITS, type HttpLimits, type HttpRequest, send } from './http.js';
import { currentScope } from './scope.js';

interface Options {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly data?: string | Buffer | Readable | null;
  readonly timeout?: number;
  readonly readTimeout?: number;
  readonly connectTimeout?: number;
}

/** The parts of Node's IncomingMessage that the SDK reads. */
type Answer = Readable & {
  readonly statusCode: number;
  readonly statusMessage: string;
  readonly headers: Readonly<Record<string, string>>;
};

const MAX_REQUEST = 1 << 20;

export const request = async (address: string | { readonly href?: string }, options: Options = {}): Promise<Answer> => {
  const scope = currentScope();
  const asked = new URL(typeof address === 'string' ? address : (address.href ?? ''));
  try {
    const request = withoutSignedUrl({
      method: (options.method ?? 'GET').toUpperCase(),
      url: scope === null ? asked : scope.reroute(asked),
      headers: headersOf(options.headers ?? {}),
      body: await bytesOf(options.data ?? null),
    });
    const response = await send(request, scope?.limits ?? limitsOf(options));
    if (scope !== null) scope.response = response;
    // An empty chunk would stall a stream of bytes before its end, for which the SDK waits.
    return Object.assign(Readable.from(response.body.length === 0 ? [] : [response.body], { objectMode: false }), {
      statusCode: response.status,
      statusMessage: '',
      headers: response.headers,
    });
  } catch (error) {
    if (scope !== null) scope.fault = error;
    throw error;
  }
};

/**
 * The SDK asks STS for a role's session in the older signature, with signature and token in the URL, which debug output and
 * logs of proxies keep. That signature covers all parameters alike, wherever they stand: they go into the form.
 */
const withoutSignedUrl = (request: HttpRequest): HttpRequest => {
  const { method, url, headers, body } = request;
  const isForm = Object.entries(headers).some(
    ([name, value]) => name.toLowerCase() === 'content-type' && value.startsWith('application/x-www-form-urlencoded'),
  );
  if (method !== 'POST' || !isForm || !url.searchParams.has('Signature')) return request;
  const bare = new URL(url);
  bare.search = '';
  const form = [url.search.slice(1), Buffer.from(body ?? []).toString('utf8')].filter((part) => part !== '').join('&');
  return { ...request, url: bare, body: Buffer.from(form) };
};

/** @param encoding as Buffer knows it; empty for the bytes themselves */
export const read = async (response: Answer, encoding?: BufferEncoding | ''): Promise<string | Buffer> => {
  const bytes = await bytesOf(response);
  const body = bytes ?? Buffer.alloc(0);
  return encoding ? body.toString(encoding) : body;
};

/** Only the scope of a call knows the caller's signal. */
const limitsOf = (options: Options): HttpLimits => ({
  connectMs: options.connectTimeout ?? options.timeout ?? DEFAULT_LIMITS.connectMs,
  totalMs: options.readTimeout ?? options.timeout ?? DEFAULT_LIMITS.totalMs,
  signal: new AbortController().signal,
});

const headersOf = (headers: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name, value]) => value !== undefined && value !== null && name.toLowerCase() !== 'content-length')
      .map(([name, value]) => [name, String(value)]),
  );

const bytesOf = async (data: string | Buffer | Readable | null): Promise<Buffer | null> => {
  if (data === null || typeof data === 'string' || Buffer.isBuffer(data))
    return data === null ? null : Buffer.from(data);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of data as AsyncIterable<Buffer | string>) {
    const bytes = Buffer.from(chunk as string);
    size += bytes.length;
    if (size > MAX_REQUEST) throw new TransportFault('too-large', 'a request of more than 1 MiB', 'This is a defect.');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks, size);
};

/** For callers that import the package whole. */
export default { request, read };
