// A made-up Alibaba Cloud on loopback: RAM, IMS, STS and ActionTrail behind one address, with real signatures checked
// strictly. Tests and the demo point the real command line and the real SDK at it. It never listens beyond 127.0.0.1.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { judge, type Nonces } from './judge.js';
import { asXml, envelope, newRequestId, Refusal } from './refusal.js';
import type { RawRequest, SignedRequest } from './request.js';
import { readV1 } from './v1.js';
import { readV3 } from './v3.js';
import type { Call, Fault, World } from './world.js';

/** One request as it was judged. It holds no secret and no signature. */
interface ReceivedRequest {
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
  /** `http://127.0.0.1:PORT`, for all four services. */
  readonly url: string;
  /** In the order of their arrival. */
  readonly requests: readonly ReceivedRequest[];
  close(): Promise<void>;
}

const MAX_BODY = 1 << 20;

export const startSimulator = async (world: World): Promise<Simulator> => {
  const requests: ReceivedRequest[] = [];
  const nonces: Nonces = new Set();
  const server = createServer((incoming, outgoing) => {
    serve(world, nonces, requests, incoming, outgoing).catch(() => incoming.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const serve = async (
  world: World,
  nonces: Nonces,
  requests: ReceivedRequest[],
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> => {
  const raw = {
    method: incoming.method ?? 'GET',
    target: incoming.url ?? '/',
    headers: incoming.headers,
    body: await bodyOf(incoming),
  };
  const now = Date.now() + (world.clockAheadMs ?? 0);
  const requestId = newRequestId();
  const host = incoming.headers.host ?? '';
  outgoing.setHeader('date', new Date(now).toUTCString());
  outgoing.setHeader('x-acs-request-id', requestId);

  let request: SignedRequest | null = null;
  const record = (status: number | null, code: string | null): void => {
    requests.push({
      method: raw.method,
      action: request?.action ?? '',
      version: request?.version ?? '',
      accessKeyId: request?.accessKeyId ?? null,
      scheme: request?.scheme ?? null,
      parameters: request?.parameters ?? {},
      status,
      code,
      nonce: request?.nonce ?? null,
    });
  };
  try {
    request = readRequest(raw);
    const fault = world.fault?.(callOf(raw.method, request, requests)) ?? null;
    if (fault !== null && fault.kind !== 'error') {
      record(fault.kind === 'answer' ? fault.status : null, null);
      return misbehave(fault, incoming, outgoing);
    }
    if (fault !== null) {
      if (fault.retryAfterMs !== undefined) outgoing.setHeader('x-acs-retry-after', String(fault.retryAfterMs));
      throw new Refusal(fault.status, fault.code, fault.message);
    }
    const answer = { RequestId: requestId, ...judge(world, request, nonces, now) };
    record(200, null);
    write(outgoing, 200, request.format, `${request.action}Response`, answer);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    record(error.status, error.code);
    write(outgoing, error.status, request?.format ?? 'json', 'Error', envelope(error, host, requestId));
  }
};

/** @throws Refusal for a request that is signed in neither way, or against the rules of its own */
const readRequest = (raw: RawRequest): SignedRequest =>
  raw.headers.authorization === undefined ? readV1(raw) : readV3(raw);

const callOf = (method: string, request: SignedRequest, requests: readonly ReceivedRequest[]): Call => ({
  method,
  action: request.action,
  version: request.version,
  accessKeyId: request.accessKeyId,
  parameters: request.parameters,
  earlier: requests.filter(({ action }) => action === request.action).length,
});

const misbehave = (
  fault: Exclude<Fault, { kind: 'error' }>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void => {
  if (fault.kind === 'answer') {
    outgoing.writeHead(fault.status, { 'content-type': 'text/html', ...fault.headers });
    outgoing.end(fault.body);
  } else if (fault.kind === 'reset') {
    incoming.socket.resetAndDestroy();
  } else if (fault.kind === 'truncate') {
    outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    outgoing.write('{"RequestId":"', () => incoming.socket.destroy());
  }
  // `hang` says nothing, until the client or close() ends it.
};

const write = (
  outgoing: ServerResponse,
  status: number,
  format: 'json' | 'xml',
  root: string,
  value: Readonly<Record<string, unknown>>,
): void => {
  const isXml = format === 'xml';
  outgoing.writeHead(status, { 'content-type': isXml ? 'text/xml;charset=utf-8' : 'application/json;charset=utf-8' });
  outgoing.end(isXml ? asXml(root, value) : JSON.stringify(value));
};

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
