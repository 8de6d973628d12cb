// A Redis of one's own, as Debian packs it, on loopback and without a disk. Where there is none the tests are skipped, unless
// AKSCAN_SERVERS=required says that there must be (.ci/run does).

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';

export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** A client that asks as whoever is allowed everything. */
  readonly client: Redis;
  /** Begins to listen; what it gives tells everything the server was asked since, as MONITOR shows it. */
  listen(): Promise<() => string>;
  stop(): Promise<void>;
}

const PROGRAM = 'redis-server';

/** Why tests that need a Redis are skipped; null when they are not. */
export const missingRedis = (): string | null => {
  try {
    execFileSync(PROGRAM, ['--version'], { stdio: 'ignore' });
    return null;
  } catch {
    if (process.env['AKSCAN_SERVERS'] === 'required')
      throw new Error('no redis-server on the PATH, and one is required');
    return 'no redis-server on the PATH';
  }
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

export interface RedisForm {
  readonly password?: string;
  /** PEM. */
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly port?: number;
}

export const startRedis = async ({ password, tls, port: given }: RedisForm = {}): Promise<RedisServer> => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'akscan-redis-'));
  const port = given ?? (await freePort());
  const lines = ['bind 127.0.0.1', `port ${tls === undefined ? port : 0}`, `dir ${folder}`, 'save ""', 'appendonly no'];
  if (password !== undefined) lines.push(`requirepass ${password}`);
  if (tls !== undefined) {
    writeFileSync(path.join(folder, 'cert.pem'), tls.cert);
    writeFileSync(path.join(folder, 'key.pem'), tls.key, { mode: 0o600 });
    lines.push(`tls-port ${port}`, 'tls-auth-clients no');
    lines.push(`tls-cert-file ${folder}/cert.pem`, `tls-key-file ${folder}/key.pem`);
  }
  writeFileSync(path.join(folder, 'redis.conf'), `${lines.join('\n')}\n`);
  const child = spawn(PROGRAM, [path.join(folder, 'redis.conf')], { stdio: 'ignore' });
  const options = {
    host: '127.0.0.1',
    port,
    maxRetriesPerRequest: null,
    ...(password === undefined ? {} : { password }),
    ...(tls === undefined ? {} : { tls: { ca: tls.cert, servername: 'localhost' } }),
  };
  const client = new Redis(options).on('error', () => {});
  await client.ping();
  const clients = [client];
  return {
    port,
    url: `${tls === undefined ? 'redis' : 'rediss'}://${tls === undefined ? '127.0.0.1' : 'localhost'}:${port}`,
    client,
    listen: async () => {
      const seen: string[] = [];
      const watcher = new Redis(options).on('error', () => {});
      const monitor = (await watcher.monitor()).on('error', () => {});
      monitor.on('monitor', (_time: string, args: readonly string[]) => void seen.push(args.join(' ')));
      clients.push(watcher, monitor);
      return () => seen.join('\n');
    },
    stop: async () => {
      for (const one of clients) one.disconnect();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Every key and what it holds, as text and as bytes. */
export const dumpOf = async (client: Redis): Promise<string> => {
  const texts: string[] = [];
  for (const key of await client.keys('*')) {
    const type = await client.type(key);
    const read: Record<string, () => Promise<unknown>> = {
      string: () => client.getBuffer(key),
      list: () => client.lrangeBuffer(key, 0, -1),
      hash: () => client.hgetall(key),
      set: () => client.smembers(key),
      zset: () => client.zrange(key, '0', '-1'),
      stream: () => client.xrange(key, '-', '+'),
    };
    texts.push(`${key}=${textOf(await read[type]?.())}`);
  }
  return texts.join('\n');
};

const textOf = (value: unknown): string => {
  if (Buffer.isBuffer(value)) return value.toString('latin1');
  if (Array.isArray(value)) return value.map(textOf).join(' ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};
