// A PostgreSQL server of one test file's own, from the machine's packages.

import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const VERSIONS = '/usr/lib/postgresql';

const programs = (): string | null => {
  if (!existsSync(VERSIONS)) return null;
  const newest = readdirSync(VERSIONS)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => path.join(VERSIONS, version, 'bin'))
    .find((folder) => existsSync(path.join(folder, 'initdb')));
  return newest ?? null;
};

/** Where AKSCAN_SERVERS=required says so (.ci/run does), it must be there. */
export const hasPostgres = programs() !== null || process.env['AKSCAN_SERVERS'] === 'required';

export interface Server {
  /** Without its password. */
  readonly url: string;
  readonly password: string;
  restart(): void;
  /** Away until `start`. */
  halt(): void;
  start(): void;
  stop(): void;
}

/** It refuses to run as root: then it is nobody's. */
const user = (): { readonly uid?: number; readonly gid?: number } =>
  process.getuid?.() === 0
    ? { uid: Number(execFileSync('id', ['-u', 'nobody'])), gid: Number(execFileSync('id', ['-g', 'nobody'])) }
    : {};

export const startServer = async (): Promise<Server> => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'akscan-postgres-'));
  const bin = programs();
  if (bin === null) throw new Error('PostgreSQL is not installed');
  const who = user();
  chmodSync(folder, 0o700);
  if (who.uid !== undefined && who.gid !== undefined) chownSync(folder, who.uid, who.gid);
  const password = 'a password for tests';
  const passwordFile = path.join(folder, 'password');
  writeFileSync(passwordFile, password);
  if (who.uid !== undefined && who.gid !== undefined) chownSync(passwordFile, who.uid, who.gid);
  const data = path.join(folder, 'data');
  const call = (program: string, ...args: readonly string[]): void => {
    const { status, stderr, error } = spawnSync(path.join(bin, program), args, {
      ...who,
      cwd: folder,
      env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', HOME: folder },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (status !== 0) throw new Error(`${program}: ${error?.message ?? stderr.toString()}`);
  };
  const initial = ['--auth=scram-sha-256', '--username=akscan', `--pwfile=${passwordFile}`, '--no-sync', '-E', 'UTF8'];
  call('initdb', '-D', data, ...initial, '--locale=C.UTF-8');
  const port = await freePort();
  const settings = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories=${folder} -c fsync=off`;
  const log = path.join(folder, 'log');
  const start = (): void => call('pg_ctl', '-D', data, '-o', settings, '-l', log, '-w', 'start');
  const halt = (): void => call('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop');
  start();
  return {
    url: `postgres://akscan@127.0.0.1:${port}/postgres`,
    password,
    restart: () => {
      halt();
      start();
    },
    halt,
    start,
    stop: () => {
      halt();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
