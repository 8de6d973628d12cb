// The program as it ships in front of a cloud full of secrets, and all that could be seen of it while it ran.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach } from 'vitest';
import { FORMAT_NAMES } from '../../src/report/formats.js';
import { type Simulator, startSimulator } from '../../src/simulator/server.js';
import type { Call, Fault, SimulatedEvent, World } from '../../src/simulator/world.js';
import { PROGRAM } from './akscan.js';
import { createKeys } from './keys.js';
import { createLeakFinder } from './leaks.js';
import { commit, repository, temporaryFolder, write } from './repository.js';
import { newAccount, newKey, newUser } from './world.js';

// Of this process alone: the list of processes holds those of tests that run beside this one, too.
const made = createKeys(0x5ec4e75 + process.pid * 64 + Number(process.env['VITEST_POOL_ID'] ?? 0));

/** With a digit, as but one in 200 has none: a text of letters alone may be a word, and is printed where it looks like one. */
const mixedSecret = (): string => {
  const secret = made.secret30();
  return /\d/.test(secret) ? secret : mixedSecret();
};
const key = (over = {}) => newKey({ id: made.id24(), secret: mixedSecret(), ...over });

export const keys = {
  auditor: key(),
  root: key({ lastUsed: { at: '2026-01-02T03:04:05Z', service: 'Ecs' } }),
  admin: key(),
  off: key({ status: 'Inactive' }),
  restricted: key({ restricted: true }),
  foreign: key(),
  /** Made by whoever had the administrator's key. */
  fresh: key(),
};

export const session = {
  id: made.stsId(),
  secret: made.stsSecret(),
  token: made.stsToken(),
  role: 'deployer',
  sessionName: 'ci',
  expires: '2999-01-01T00:00:00Z',
  allow: [],
};

/** Beside the ID of a live key. */
export const wrong = made.secret30();

export const leaks = createLeakFinder([
  ...Object.entries(keys).map(([name, { secret }]) => ({ name: `the secret of ${name}`, value: secret })),
  { name: 'the secret of the session', value: session.secret },
  { name: 'the token of the session', value: session.token },
  { name: 'a wrong secret', value: wrong },
]);

/** As ActionTrail might write it: the secret of a new key, and a token, among what was answered. */
const events = (): SimulatedEvent[] => {
  const event = (action: string, over: Partial<SimulatedEvent>): SimulatedEvent => ({
    at: `${new Date(Date.now() - 86_400_000).toISOString().slice(0, 19)}Z`,
    accessKeyId: keys.admin.id,
    service: 'Ram',
    action,
    address: '198.51.100.23',
    userAgent: `tool/1 (${keys.admin.secret})`,
    isWrite: true,
    ...over,
  });
  return [
    event('CreateAccessKey', {
      parameters: { UserName: 'backup' },
      response: { AccessKey: { AccessKeyId: keys.fresh.id, AccessKeySecret: keys.fresh.secret, Status: 'Active' } },
    }),
    event('AssumeRole', {
      service: 'Sts',
      parameters: { RoleArn: 'acs:ram::1234567890123456:role/deployer', RoleSessionName: 'x' },
      response: {
        Credentials: { AccessKeyId: session.id, AccessKeySecret: session.secret, SecurityToken: session.token },
      },
    }),
    // A password that somebody thought clever.
    event('CreateLoginProfile', { parameters: { UserName: 'backup', Password: keys.admin.secret } }),
  ];
};

export const worldOf = (fault?: (call: Call) => Fault | null): World => ({
  accounts: [
    newAccount('1234567890123456', {
      rootKeys: [keys.root],
      users: [
        newUser('auditor', { keys: [keys.auditor], allow: ['*'] }),
        newUser('ci', { keys: [keys.admin], policies: [{ name: 'AdministratorAccess', type: 'System' }] }),
        newUser('former', { keys: [keys.off] }),
        newUser('build-bot', { keys: [keys.restricted] }),
        newUser('backup', { keys: [keys.fresh] }),
      ],
      roles: [{ name: 'deployer', policies: [{ name: 'AliyunOSSFullAccess', type: 'System' }] }],
      sessions: [session],
      events: events(),
    }),
    newAccount('6543210987654321', { users: [newUser('bob', { keys: [keys.foreign] })] }),
  ],
  fault,
});

export const running: Simulator[] = [];
afterEach(async () => {
  for (const simulator of running.splice(0)) await simulator.close();
});

export interface Stage {
  readonly simulator: Simulator;
  /** What the program may write to: home, temporary files, reports. */
  readonly own: string;
  /** A repository with all the keys. */
  readonly shop: string;
  readonly env: Readonly<Record<string, string>>;
}

const pair = ({ id, secret }: { readonly id: string; readonly secret: string }): string =>
  `ALIYUN_ACCESS_KEY_ID=${id}\nALIYUN_ACCESS_KEY_SECRET=${secret}\n`;

const shopFolder = (): string => {
  const shop = repository();
  const { root, admin, off, restricted, foreign } = keys;
  commit(shop, { 'old.env': pair(root), 'src/both.txt': pair({ id: admin.id, secret: wrong }) }, `remove ${pair(off)}`);
  commit(shop, {
    'old.env': '',
    'off.env': pair(off),
    [`keys/${admin.secret}.env`]: pair(admin),
    'k8s.yaml': `id: ${Buffer.from(restricted.id).toString('base64')}\nsecret: ${Buffer.from(restricted.secret).toString('base64')}\n`,
    'session.json': JSON.stringify({
      AccessKeyId: session.id,
      AccessKeySecret: session.secret,
      SecurityToken: session.token,
      Expiration: '2026-01-02T03:04:05Z',
    }),
  });
  write(shop, { 'foreign.ini': `[x]\naccess_key_id = ${foreign.id}\naccess_key_secret = ${foreign.secret}\n` });
  return shop;
};

export const stage = async (fault?: (call: Call) => Fault | null, latencyMs?: number): Promise<Stage> => {
  const world = worldOf(fault);
  const simulator = await startSimulator({ ...world, ...(latencyMs === undefined ? {} : { latencyMs }) });
  running.push(simulator);
  const own = temporaryFolder();
  for (const name of ['home', 'tmp', 'reports']) mkdirSync(path.join(own, name));
  const endpoints = ['RAM', 'IMS', 'STS', 'ACTIONTRAIL', 'SAS', 'RESOURCEMANAGER'];
  return {
    simulator,
    own,
    shop: shopFolder(),
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: path.join(own, 'home'),
      TMPDIR: path.join(own, 'tmp'),
      ...Object.fromEntries(endpoints.map((name) => [`AKSCAN_ENDPOINT_${name}`, simulator.url])),
      ALIBABA_CLOUD_ACCESS_KEY_ID: keys.auditor.id,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: keys.auditor.secret,
    },
  };
};

export interface Ran {
  readonly code: number | null;
  readonly output: string;
  /** Everything that may be seen of it: outputs, files, the list of processes. */
  readonly leaked: readonly string[];
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Ends it by this signal once the cloud was asked so often. */
  readonly stop?: { readonly signal: NodeJS.Signals; readonly after: number };
}

export const run = (
  { simulator, own, shop, env }: Stage,
  args: readonly string[],
  call: RunOptions = {},
): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...args], { cwd: shop, env: { ...env, ...call.env } });
    const chunks: Buffer[] = [];
    const processes = new Set<string>();
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    const watch = setInterval(() => {
      for (const line of commandLines()) processes.add(line);
      if (call.stop !== undefined && simulator.requests.length >= call.stop.after) stopOnce(child, call.stop.signal);
    }, 10);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(watch);
      const output = Buffer.concat(chunks);
      const leaked = [
        ...leaks(output).map((what) => `${what}, in the output`),
        ...[...processes].flatMap((line) => leaks(line).map((what) => `${what}, in the list of processes`)),
        ...filesIn(own).flatMap((file) =>
          leaks(readFileSync(file)).map((what) => `${what}, in ${path.relative(own, file)}`),
        ),
        ...filesIn(own).flatMap((file) => leaks(file).map((what) => `${what}, in the name of a file`)),
      ];
      resolve({ code, output: output.toString(), leaked });
    });
    child.stdin.on('error', () => {});
    child.stdin.end(call.input ?? '');
  });

const stopOnce = (child: ChildProcess, signal: NodeJS.Signals): void => {
  if (!child.killed) child.kill(signal);
};

/** Of every process of this machine that we may see; none where there is no /proc. */
const commandLines = (): readonly string[] => {
  let names: readonly string[] = [];
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    try {
      return [readFileSync(`/proc/${name}/cmdline`, 'latin1')];
    } catch {
      return [];
    }
  });
};

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

/** Every format at once: one to standard output, all to files. */
export const everyFormat = ({ own }: Stage): readonly string[] =>
  FORMAT_NAMES.flatMap((format) => ['--report', `${format}=${path.join(own, 'reports', format)}`]);

/** All of them, as a cloud that knows them might send them. */
export const everything = (): string =>
  [...Object.values(keys).map(({ secret }) => secret), session.secret, session.token, wrong].join(' ');
