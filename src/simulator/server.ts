// A made-up Alibaba Cloud on loopback: RAM, IMS, STS, ActionTrail and Security Center behind one address, with real signatures
// checked strictly. Tests, the demo and a user's dry run point the real command line and the real SDK at it. It never listens
// beyond 127.0.0.1.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Call, Envelope, Fault } from './fault.js';
import { type Court, createCourt } from './judge.js';
import { misbehave } from './misbehave.js';
import { readRequest } from './read.js';
import { asXml, envelope, newRequestId, Refusal } from './refusal.js';
import type { OpenRequest, RawRequest, SignedRequest } from './request.js';
import type { World } from './world.js';

/** One request as it was judged. It holds no secret and no signature. */
export interface ReceivedRequest {
  readonly method: string;
  readonly action: string;
  readonly version: string;
  readonly accessKeyId: string | null;
  readonly scheme: 'V3' | 'V1' | null;
  readonly parameters: Readonly<Record<string, string>>;
  readonly status: number | null;
  /** The error's code; null for success. */
  readonly code: string | null;
  readonly nonce: string | null;
}

export interface Simulator {
  /** `http://127.0.0.1:PORT`, for all services. */
  readonly url: string;
  /** In the order of their arrival; after very many, the older half is forgotten. */
  readonly requests: readonly ReceivedRequest[];
  /** Nonces that still count, for the next server over the same world. */
  nonces(): readonly (readonly [nonce: string, at: number])[];
  close(): Promise<void>;
}

export interface SimulatorOptions {
  /** Any free one without. */
  readonly port?: number;
  /** Nonces that an earlier server has seen. */
  readonly nonces?: readonly (readonly [nonce: string, at: number])[];
  /** Is told of every request once it is judged. */
  readonly watch?: (request: ReceivedRequest) => void;
}

const MAX_BODY = 1 << 20;
const MOST_REQUESTS = 200_000;

interface Desk {
  readonly world: World;
  readonly court: Court;
  readonly requests: ReceivedRequest[];
  /** How often each action was asked for. */
  readonly counts: Map<string, number>;
  readonly watch: (request: ReceivedRequest) => void;
}

export const startSimulator = async (world: World, options: SimulatorOptions = {}): Promise<Simulator> => {
  const desk: Desk = {
    world,
    court: createCourt(world, options.nonces),
    requests: [],
    counts: new Map(),
    watch: options.watch ?? (() => {}),
  };
  const server = createServer((incoming, outgoing) => {
    serve(desk, incoming, outgoing).catch(() => incoming.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests: desk.requests,
    nonces: () => desk.court.nonces.remembered(nowOf(world)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const nowOf = ({ clockAheadMs = 0 }: World): number => Date.now() + clockAheadMs;

const serve = async (desk: Desk, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
  const { world, court } = desk;
  const raw = {
    method: incoming.method ?? 'GET',
    target: incoming.url ?? '/',
    headers: incoming.headers,
    rawHeaders: incoming.rawHeaders,
    body: await bodyOf(incoming),
  };
  const requestId = newRequestId();
  const host = incoming.headers.host ?? '';
  const setClock = (now: number): number => {
    outgoing.setHeader('date', new Date(now).toUTCString());
    return now;
  };
  let now = setClock(nowOf(world));
  outgoing.setHeader('x-acs-request-id', requestId);

  let request: SignedRequest | OpenRequest | null = null;
  let written: Envelope = 'json';
  try {
    request = readRequest(raw);
    written = request.format;
    const fault = faultOf(desk, raw.method, request);
    if (fault?.kind === 'clock') now = setClock(now + fault.aheadMs);
    if (fault?.kind === 'gzip') written = 'gzip';
    await slowness(world);
    if (fault?.kind === 'error') {
      written = fault.envelope ?? request.format;
      throw toRefusal(fault);
    }
    if (fault !== null && fault.kind !== 'after' && fault.kind !== 'clock' && fault.kind !== 'gzip') {
      remember(desk, raw, request, { status: fault.kind === 'answer' ? fault.status : null, code: null });
      return misbehave(fault, incoming, outgoing);
    }
    const from = {
      address: world.sourceIp ?? incoming.socket.remoteAddress ?? '',
      userAgent: incoming.headers['user-agent'] ?? '',
    };
    const answer = { RequestId: requestId, ...court.judge(request, from, now) };
    remember(desk, raw, request, { status: 200, code: null });
    if (fault?.kind === 'after') {
      const { instead } = fault;
      if (instead.kind !== 'error') return misbehave(instead, incoming, outgoing);
      return writeError(outgoing, toRefusal(instead), instead.envelope ?? request.format, host, requestId);
    }
    write(outgoing, 200, written, `${request.action}Response`, answer);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    remember(desk, raw, request, error);
    writeError(outgoing, error, written, host, requestId);
  }
};

const toRefusal = ({ status, code, message, detail, retryAfterMs }: Extract<Fault, { kind: 'error' }>): Refusal =>
  new Refusal(status, code, message, detail, retryAfterMs);

const writeError = (
  outgoing: ServerResponse,
  error: Refusal,
  written: Envelope,
  host: string,
  requestId: string,
): void => {
  if (error.retryAfterMs !== undefined) outgoing.setHeader('x-acs-retry-after', String(error.retryAfterMs));
  write(outgoing, error.status, written, 'Error', envelope(error, host, requestId));
};

const faultOf = ({ world, counts }: Desk, method: string, request: SignedRequest | OpenRequest): Fault | null => {
  if (world.fault === undefined) return null;
  const call: Call = {
    method,
    action: request.action,
    version: request.version,
    accessKeyId: request.scheme === null ? null : request.accessKeyId,
    parameters: request.parameters,
    earlier: counts.get(request.action) ?? 0,
    mismatch: request.scheme === null ? '' : request.mismatch,
  };
  return world.fault(call);
};

const remember = (
  { requests, counts, watch }: Desk,
  { method }: RawRequest,
  request: SignedRequest | OpenRequest | null,
  { status, code }: Pick<ReceivedRequest, 'status' | 'code'>,
): void => {
  const action = request?.action ?? '';
  counts.set(action, (counts.get(action) ?? 0) + 1);
  if (requests.length >= MOST_REQUESTS) requests.splice(0, MOST_REQUESTS / 2);
  const isSigned = request !== null && request.scheme !== null;
  const received = {
    method,
    action,
    version: request?.version ?? '',
    accessKeyId: isSigned ? request.accessKeyId : null,
    scheme: request?.scheme ?? null,
    parameters: withoutProof(request?.parameters ?? {}),
    status,
    code,
    nonce: isSigned ? request.nonce : null,
  };
  requests.push(received);
  watch(received);
};

/** An OIDC token opens a session for whoever has it. */
const withoutProof = ({
  OIDCToken: _,
  ...others
}: Readonly<Record<string, string>>): Readonly<Record<string, string>> => others;

const slowness = async ({ latencyMs }: World): Promise<void> => {
  if (latencyMs === undefined) return;
  const [least, most] = typeof latencyMs === 'number' ? [latencyMs, latencyMs] : latencyMs;
  await wait(least + Math.random() * (most - least));
};

const TYPES: Readonly<Record<Envelope, string>> = {
  json: 'application/json;charset=utf-8',
  gzip: 'application/json;charset=utf-8',
  'lower-case': 'application/json;charset=utf-8',
  xml: 'text/xml;charset=utf-8',
  'xml-other-charset': 'text/xml;charset=GBK',
};

const write = (
  outgoing: ServerResponse,
  status: number,
  written: Envelope,
  root: string,
  value: Readonly<Record<string, unknown>>,
): void => {
  const text = written.startsWith('xml')
    ? asXml(root, value)
    : JSON.stringify(written === 'lower-case' ? lowerCase(value) : value);
  const body = written === 'gzip' ? gzipSync(text) : Buffer.from(text);
  outgoing.writeHead(status, {
    'content-type': TYPES[written],
    'content-length': String(body.length),
    ...(written === 'gzip' ? { 'content-encoding': 'gzip' } : {}),
  });
  outgoing.end(body);
};

/** The names of the envelope begin with small letters in some gateways. */
const lowerCase = (value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(value).map(([name, item]) => [`${name.charAt(0).toLowerCase()}${name.slice(1)}`, item]),
  );

const bodyOf = async (incoming: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) throw new Error('a request of more than 1 MiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};
