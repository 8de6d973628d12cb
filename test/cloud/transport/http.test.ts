import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import esbuild from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TransportFault } from '../../../src/cloud/transport/fault.js';
import { DEFAULT_LIMITS, type HttpLimits, send } from '../../../src/cloud/transport/http.js';
import { selfSigned } from '../../support/certificate.js';

const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const listen = async (server: net.Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    if (server instanceof http.Server) server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
};

const serving = async (answer: http.RequestListener): Promise<URL> =>
  new URL(`http://127.0.0.1:${await listen(http.createServer(answer))}/`);

const get = (url: URL, limits: Partial<HttpLimits> = {}) =>
  send(
    { method: 'POST', url, headers: {}, body: null },
    { ...DEFAULT_LIMITS, signal: new AbortController().signal, ...limits },
  );

describe('send', () => {
  it('gives status, headers and body', async () => {
    const url = await serving((_, response) => response.writeHead(404, { 'x-acs-retry-after': '7' }).end('no'));
    const { status, headers, body } = await get(url);
    expect([status, headers['x-acs-retry-after'], body.toString()]).toEqual([404, '7', 'no']);
  });

  it.each([301, 302, 303, 307, 308])('refuses a redirect (%i) and asks nobody else', async (status) => {
    let asked = 0;
    const url = await serving((_, response) => {
      asked += 1;
      response.writeHead(status, { location: '/elsewhere' }).end();
    });
    await expect(get(url)).rejects.toMatchObject({ kind: 'redirect' });
    expect(asked).toBe(1);
  });

  it('reads one mebibyte and no more', async () => {
    const url = await serving(({ url: target }, response) => {
      response.end(Buffer.alloc((1 << 20) + (target === '/more' ? 1 : 0)));
    });
    expect((await get(url)).body).toHaveLength(1 << 20);
    await expect(get(new URL('/more', url))).rejects.toMatchObject({ kind: 'too-large' });
  });

  it('stops a body that never ends', async () => {
    let sent = 0;
    const url = await serving((_, response) => {
      const chunk = Buffer.alloc(65_536);
      const more = (): void => {
        while (!response.destroyed && sent < 1 << 28) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
      };
      more();
    });
    await expect(get(url)).rejects.toMatchObject({ kind: 'too-large' });
    expect(sent).toBeLessThan(1 << 26);
  });

  it('unpacks what a middlebox has packed, within the same limit', async () => {
    const url = await serving(({ url: target }, response) => {
      const content = target === '/bomb' ? Buffer.alloc(1 << 24) : Buffer.from('{}');
      response.writeHead(200, { 'content-encoding': target === '/odd' ? 'lzma' : 'gzip' }).end(gzipSync(content));
    });
    expect((await get(url)).body.toString()).toBe('{}');
    await expect(get(new URL('/bomb', url))).rejects.toMatchObject({ kind: 'too-large' });
    await expect(get(new URL('/odd', url))).rejects.toMatchObject({ kind: 'encoding' });
  });

  it('ends after the total time, however much trickles in', async () => {
    const url = await serving((_, response) => {
      const timer = setInterval(() => response.write('.'), 5);
      response.once('close', () => clearInterval(timer));
    });
    await expect(get(url, { totalMs: 60 })).rejects.toMatchObject({ kind: 'timeout', passing: true });
  });

  it('ends when the connection does not come about in time', async () => {
    // Speaks no TLS: the handshake never ends.
    const port = await listen(net.createServer(() => {}));
    await expect(get(new URL(`https://127.0.0.1:${port}/`), { connectMs: 60 })).rejects.toMatchObject({
      kind: 'connect-timeout',
    });
  });

  it('waits for a slow answer once it is connected', async () => {
    const url = await serving((_, response) => void setTimeout(() => response.end('late'), 150));
    expect((await get(url, { connectMs: 50 })).body.toString()).toBe('late');
  });

  it('names what happened to a connection that breaks', async () => {
    const url = await serving(({ url: target, socket }, response) => {
      if (target !== '/half') return void socket.resetAndDestroy();
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => socket.destroy());
    });
    await expect(get(url)).rejects.toMatchObject({ kind: 'reset' });
    await expect(get(new URL('/half', url))).rejects.toMatchObject({ kind: 'truncated' });
  });

  it('names a server that speaks something else', async () => {
    const port = await listen(net.createServer((socket) => void socket.end('SSH-2.0-OpenSSH_9.6\r\n')));
    await expect(get(new URL(`http://127.0.0.1:${port}/`))).rejects.toThrow(/did not answer in HTTP/);
  });

  it('sends nothing in the clear to another machine', async () => {
    await expect(get(new URL('http://192.0.2.1/'))).rejects.toMatchObject({ kind: 'plain-http' });
  });

  it('gives the reason of the one who aborted', async () => {
    const controller = new AbortController();
    const url = await serving(() => controller.abort(new Error('interrupted')));
    await expect(get(url, { signal: controller.signal })).rejects.toThrow('interrupted');
    await expect(get(url, { signal: controller.signal })).rejects.toThrow('interrupted');
  });

  it('does not trust a certificate that nobody vouches for', async () => {
    const port = await listen(https.createServer(selfSigned(), (_, response) => response.end('secret')));
    await expect(get(new URL(`https://localhost:${port}/`))).rejects.toMatchObject({ kind: 'tls' });
    await expect(get(new URL(`https://localhost:${port}/`))).rejects.toBeInstanceOf(TransportFault);
  });
});

// Node reads NODE_EXTRA_CA_CERTS once, when it starts: these run in a process of their own.
describe('send over TLS', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'akscan-tls-'));
  const script = path.join(folder, 'get.mjs');
  const authority = path.join(folder, 'ca.pem');
  const certificate = selfSigned();

  beforeAll(async () => {
    writeFileSync(authority, certificate.cert);
    await esbuild.build({
      stdin: {
        contents: `
          import { DEFAULT_LIMITS, send } from './http.ts';
          const limits = { ...DEFAULT_LIMITS, signal: new AbortController().signal };
          const request = { method: 'POST', url: new URL(process.argv[2]), headers: {}, body: null };
          for (let i = 0; i < 2; i++) {
            const said = await send(request, limits).then(({ body }) => body.toString(), ({ kind, message }) => kind + ': ' + message);
            console.log(said);
          }`,
        resolveDir: path.resolve('src/cloud/transport'),
        loader: 'ts',
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: script,
    });
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  /** @returns what two requests in a row said */
  const run = async (url: string, env: Record<string, string>): Promise<readonly string[]> => {
    const { said } = await runWithErrors(url, env);
    return said;
  };

  const runWithErrors = async (url: string, env: Record<string, string>) => {
    const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/_proxy$/i.test(name)));
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [script, url], {
      env: { ...clean, ...env },
    });
    return { said: stdout.trim().split('\n'), stderr };
  };

  const secureServer = async (): Promise<number> =>
    listen(https.createServer(certificate, (_, response) => response.end('answer')));

  interface Proxied {
    readonly target: string;
    readonly authorisation: string | undefined;
  }

  /** An HTTP proxy that tunnels to 127.0.0.1 whatever host is asked for. */
  const proxy = async (status = 200): Promise<{ readonly port: number; readonly seen: Proxied[] }> => {
    const seen: Proxied[] = [];
    const server = http.createServer();
    server.on('connect', (request, socket: net.Socket) => {
      seen.push({ target: request.url ?? '', authorisation: request.headers['proxy-authorization'] });
      if (status !== 200) return void socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
      const upstream = net.connect(Number((request.url ?? '').split(':').at(-1)), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
    });
    return { port: await listen(server), seen };
  };

  it('trusts the authorities of NODE_EXTRA_CA_CERTS, and keeps the connection', async () => {
    const port = await secureServer();
    expect(await run(`https://localhost:${port}/`, { NODE_EXTRA_CA_CERTS: authority })).toEqual(['answer', 'answer']);
  });

  it('verifies certificates whatever NODE_TLS_REJECT_UNAUTHORIZED says', async () => {
    const port = await secureServer();
    const [said] = await run(`https://localhost:${port}/`, { NODE_TLS_REJECT_UNAUTHORIZED: '0' });
    expect(said).toMatch(/^tls: /);
  });

  it('goes through the proxy of HTTPS_PROXY, in a tunnel', async () => {
    const port = await secureServer();
    const { port: proxyPort, seen } = await proxy();
    const env = { NODE_EXTRA_CA_CERTS: authority, HTTPS_PROXY: `http://user:p%40ss@127.0.0.1:${proxyPort}` };
    expect(await run(`https://localhost:${port}/`, env)).toEqual(['answer', 'answer']);
    const authorisation = `Basic ${Buffer.from('user:p@ss').toString('base64')}`;
    expect(seen).toEqual(Array.from({ length: 2 }, () => ({ target: `localhost:${port}`, authorisation })));
  });

  it('reaches a server by its address through a proxy, without a warning', async () => {
    const port = await secureServer();
    const { port: proxyPort } = await proxy();
    const { stderr, said } = await runWithErrors(`https://127.0.0.1:${port}/`, {
      NODE_EXTRA_CA_CERTS: authority,
      HTTPS_PROXY: `http://127.0.0.1:${proxyPort}`,
    });
    expect(said).toEqual(['answer', 'answer']);
    expect(stderr).toBe('');
  });

  it('does not trust the proxy with the server’s name', async () => {
    const port = await secureServer();
    const { port: proxyPort } = await proxy();
    const env = { NODE_EXTRA_CA_CERTS: authority, HTTPS_PROXY: `http://127.0.0.1:${proxyPort}` };
    expect((await run(`https://other.example:${port}/`, env))[0]).toMatch(/^tls: .*other\.example/);
  });

  it.each(['localhost', '.localhost', '*', 'example.com, LOCALHOST', 'localhost:PORT'])(
    'goes direct for NO_PROXY=%s',
    async (list) => {
      const port = await secureServer();
      const { port: proxyPort, seen } = await proxy();
      const noProxy = list.replace('PORT', String(port));
      const env = { NODE_EXTRA_CA_CERTS: authority, https_proxy: `127.0.0.1:${proxyPort}`, no_proxy: noProxy };
      expect((await run(`https://localhost:${port}/`, env))[0]).toBe('answer');
      expect(seen).toEqual([]);
    },
  );

  it('says what a proxy refused, without its password', async () => {
    const { port: proxyPort } = await proxy(407);
    const env = { HTTPS_PROXY: `http://user:hunter2@127.0.0.1:${proxyPort}` };
    const [said] = await run('https://localhost:1/', env);
    expect(said).toBe(`proxy: the proxy 127.0.0.1:${proxyPort} refused the connection (407)`);
  });

  it.each([
    ['socks5://127.0.0.1:1', 'not supported'],
    ['http://[', 'not a URL'],
    ['http://127.0.0.1:1', 'cannot be reached'],
  ])('says so when the proxy cannot be used: %s', async (address, word) => {
    const [said] = await run('https://localhost:1/', { HTTPS_PROXY: address });
    expect(said).toMatch(/^proxy: /);
    expect(said).toContain(word);
  });
});
