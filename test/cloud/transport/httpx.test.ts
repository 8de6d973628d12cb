import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../src/cloud/transport/http.js';
import httpx, { read, request } from '../../../src/cloud/transport/httpx.js';
import { observed } from '../../../src/cloud/transport/scope.js';

let server: http.Server | null = null;

afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

/** Answers with the method, the header `x-a` and the body of the request. */
const echo = async (status = 200): Promise<string> => {
  const listening = http.createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body =
      incoming.url === '/empty' ? '' : `${incoming.method} ${incoming.headers['x-a']} ${Buffer.concat(chunks)}`;
    outgoing.writeHead(status, { 'x-b': 'c' }).end(body);
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  server = listening;
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
};

const limits = { ...DEFAULT_LIMITS, signal: new AbortController().signal };

describe('the stand-in for httpx', () => {
  it.each([
    ['text', 'body'],
    ['bytes', Buffer.from('body')],
    ['a stream', Readable.from([Buffer.from('bo'), Buffer.from('dy')])],
  ])('sends %s as the SDK gives it', async (_, data) => {
    const response = await request(`${await echo()}/`, {
      method: 'post',
      headers: { 'x-a': 1, none: undefined },
      data,
    });
    expect(response.statusCode).toBe(200);
    expect(response.headers['x-b']).toBe('c');
    expect(await read(response, 'utf8')).toBe('POST 1 body');
  });

  it('gives a stream that ends, even of nothing', async () => {
    const response = await request(`${await echo()}/empty`);
    const chunks: unknown[] = [];
    await new Promise((resolve) => response.on('data', (chunk) => chunks.push(chunk)).on('end', resolve));
    expect(chunks).toEqual([]);
    expect(await read(await request(`${await echo()}/empty`), '')).toEqual(Buffer.alloc(0));
  });

  it('is found under both kinds of import', () => {
    expect(httpx.request).toBe(request);
    expect(httpx.read).toBe(read);
  });

  it('tells the caller around the SDK what the answer was', async () => {
    const url = await echo(503);
    const { response, fault } = await observed(limits, async () => {
      await request(url);
      throw new SyntaxError('as the SDK does with what it cannot read');
    });
    expect([response?.status, fault]).toEqual([503, null]);
  });

  it('refuses redirects, which the package takes for success', async () => {
    const url = await echo(302);
    const { response, fault } = await observed(limits, () => request(url));
    expect(response).toBeNull();
    expect(fault).toMatchObject({ kind: 'redirect' });
  });

  it('ends with the run that it belongs to', async () => {
    const controller = new AbortController();
    controller.abort(new Error('interrupted'));
    const { fault } = await observed({ ...limits, signal: controller.signal }, () => request('http://127.0.0.1:1/'));
    expect(fault).toMatchObject({ message: 'interrupted' });
  });

  it('does not follow a caller into plain HTTP or untrusted TLS', async () => {
    await expect(request('http://192.0.2.1/')).rejects.toMatchObject({ kind: 'plain-http' });
  });
});
