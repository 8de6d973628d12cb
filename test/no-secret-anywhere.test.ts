// The program as it ships, in front of a simulated cloud: whatever it writes, to whomever, holds no part of any secret. What
// must not show are the secrets of the leaked keys, of the auditor, of the cloud's other keys, and security tokens.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { failing, faults } from '../src/simulator/faults.js';
import { type Simulator, startSimulator } from '../src/simulator/server.js';
import type { Call, Fault, SimulatedEvent, World } from '../src/simulator/world.js';
import { PROGRAM } from './support/akscan.js';
import { createKeys } from './support/keys.js';
import { createLeakFinder } from './support/leaks.js';
import { commit, repository, temporaryFolder, write } from './support/repository.js';
import { endpointsOf, isolate, pairOf, useCredentials, verifyAll } from './support/verifying.js';
import { newAccount, newKey, newUser } from './support/world.js';

// Of its own: the lists of processes of tests that run beside this one are read, too.
const made = createKeys(0x5ec4e75);
const key = (over = {}) => newKey({ id: made.id24(), secret: made.secret30(), ...over });

const keys = {
  auditor: key(),
  root: key({ lastUsed: { at: '2026-01-02T03:04:05Z', service: 'Ecs' } }),
  admin: key(),
  off: key({ status: 'Inactive' }),
  restricted: key({ restricted: true }),
  foreign: key(),
  /** Made by whoever had the administrator's key. */
  fresh: key(),
};

const session = {
  id: made.stsId(),
  secret: made.stsSecret(),
  token: made.stsToken(),
  role: 'deployer',
  sessionName: 'ci',
  expires: '2999-01-01T00:00:00Z',
  allow: [],
};

/** Beside the ID of a live key. */
const wrong = made.secret30();

const leaks = createLeakFinder([
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

const worldOf = (fault?: (call: Call) => Fault | null): World => ({
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

const running: Simulator[] = [];
afterEach(async () => {
  for (const simulator of running.splice(0)) await simulator.close();
});

interface Stage {
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

const stage = async (fault?: (call: Call) => Fault | null, latencyMs?: number): Promise<Stage> => {
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

interface Ran {
  readonly code: number | null;
  readonly output: string;
  /** Everything that may be seen of it: outputs, files, the list of processes. */
  readonly leaked: readonly string[];
}

interface Call_ {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Ends it by this signal once the cloud was asked so often. */
  readonly stop?: { readonly signal: NodeJS.Signals; readonly after: number };
}

const run = ({ simulator, own, shop, env }: Stage, args: readonly string[], call: Call_ = {}): Promise<Ran> =>
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
const everyFormat = ({ own }: Stage): readonly string[] =>
  ['text', 'json', 'jsonl'].flatMap((format) => ['--report', `${format}=${path.join(own, 'reports', format)}`]);

const DEBUG = {
  DEBUG: '*',
  NODE_DEBUG: 'http,https,net,tls,stream,timer,child_process,fs',
  AKSCAN_DEBUG: '1',
} as const;

const ASK = ['--verify', '--probe', '--activity'];

describe('no secret is in anything that is written', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['by a scan that asks everything', {}],
    ['by one with every kind of debugging on', DEBUG],
  ])('%s', async (_, env) => {
    const here = await stage();
    const { code, output, leaked } = await run(here, [...ASK, ...everyFormat(here), '--where'], { env });
    expect(leaked).toEqual([]);
    expect(code).toBe(1);
    // It did find them, and asked about them.
    for (const { id } of [keys.root, keys.admin, keys.off, keys.restricted, keys.foreign, session]) {
      expect(output).toContain(id);
    }
    expect(output).toContain('live, ROOT key');
    expect(output).toContain(keys.fresh.id);
  });

  it('by a verification of a report, also one that shows its secrets', async () => {
    const here = await stage();
    const { env, shop, own } = here;
    const plain = path.join(own, 'reports/plain.jsonl');
    expect((await run(here, ['--report', `jsonl=${plain}`], {})).leaked).toEqual([]);
    const again = await run(here, ['verify', plain, ...ASK, ...everyFormat(here)]);
    expect(again.leaked).toEqual([]);
    expect(again.output).toContain('STS takes the pair');
    const shown = path.join(temporaryFolder(), 'shown.jsonl');
    await run({ ...here, own: temporaryFolder() }, ['--show-secrets', '--report', `jsonl=${shown}`], { env });
    expect(readFileSync(shown, 'utf8')).toContain(keys.root.secret);
    expect((await run({ ...here, shop }, ['verify', shown, ...ASK, '--format', 'json'])).leaked).toEqual([]);
    expect((await run(here, ['verify', shown, '--explain'])).leaked).toEqual([]);
    expect((await run(here, ['account', '--leaked', shown])).leaked).toEqual([]);
  });

  it.each<[string, Call_ & { readonly id: string; readonly says: string }]>([
    ['from standard input', { id: keys.admin.id, input: `${keys.admin.secret}\n`, says: 'STS takes the pair' }],
    ['that is wrong', { id: keys.admin.id, input: `${wrong}\n`, says: 'not this secret' }],
    ['with something beside it', { id: keys.admin.id, input: `secret: ${keys.admin.secret}\n`, says: 'no secret has' }],
    [
      'from the environment, with its token',
      {
        id: session.id,
        env: { AKSCAN_SECRET: session.secret, AKSCAN_SECURITY_TOKEN: session.token },
        says: 'role deployer',
      },
    ],
    [
      'whose token was cut off',
      {
        id: session.id,
        env: { AKSCAN_SECRET: session.secret, AKSCAN_SECURITY_TOKEN: session.token.slice(0, 60) },
        says: 'unknown',
      },
    ],
  ])('by a verification of one ID with a secret %s', async (_, { id, says, ...call }) => {
    const here = await stage();
    const input = call.input === undefined ? [] : ['--secret-stdin'];
    const { output, leaked } = await run(here, ['verify', id, ...input, '--probe', ...everyFormat(here)], call);
    expect(leaked).toEqual([]);
    expect(output).toContain(says);
  });

  it.each<[string, readonly string[], Readonly<Record<string, string>>]>([
    ['text', [], DEBUG],
    ['json', ['--format', 'json'], {}],
  ])('by a look at the account, as %s', async (_, args, env) => {
    const here = await stage();
    const { output, leaked } = await run(here, ['account', ...args], { env });
    expect(leaked).toEqual([]);
    expect(output).toContain('1234567890123456');
  });

  it.each<[string, (call: Call) => Fault]>([
    [
      'repeats all it knows in an error',
      () => ({ kind: 'error', status: 400, code: session.token.slice(0, 60), message: everything() }),
    ],
    ['names a secret as the code', () => ({ kind: 'error', status: 400, code: keys.admin.secret, message: 'x' })],
    ['is a page with them in it', () => ({ kind: 'answer', status: 200, body: `<html>${everything()}</html>` })],
    [
      'sends them in headers',
      () => ({ kind: 'answer', status: 302, headers: { location: `/${everything()}` }, body: '' }),
    ],
    ['hangs up', () => ({ kind: 'reset' })],
  ])('when the cloud %s', async (_, fault) => {
    const here = await stage(fault);
    const { leaked, output } = await run(here, ['--probe', '--verify', ...everyFormat(here)], { env: DEBUG });
    expect(leaked).toEqual([]);
    expect(output).toContain(keys.admin.id);
  });

  it.each<[string, NodeJS.Signals]>([
    ['it is stopped', 'SIGINT'],
    ['it is killed', 'SIGKILL'],
  ])('when %s in the middle', async (_, signal) => {
    const here = await stage(undefined, 40);
    const call = { stop: { signal, after: 8 }, env: DEBUG };
    expect((await run(here, [...ASK, ...everyFormat(here)], call)).leaked).toEqual([]);
    // What it left behind is taken up.
    expect((await run(here, [...ASK, ...everyFormat(here)])).leaked).toEqual([]);
  });

  it.each<[string, string, readonly string[]]>([
    ['is no JSON', `{"current":"x","profiles":[{"access_key_secret":"${keys.auditor.secret}"`, ['--profile', 'x']],
    ['is another shape', JSON.stringify({ profiles: { x: keys.auditor.secret } }), ['--profile', 'x']],
    [
      'names what it should hold',
      JSON.stringify({ current: 'x', profiles: [{ name: 'x', mode: keys.auditor.secret }] }),
      ['--profile', 'x'],
    ],
  ])('when the file of credentials %s', async (_, text, args) => {
    const here = await stage();
    const home = path.join(temporaryFolder(), 'home');
    mkdirSync(path.join(home, '.aliyun'), { recursive: true });
    writeFileSync(path.join(home, '.aliyun/config.json'), text);
    const { code, leaked } = await run(here, ['verify', keys.admin.id, ...args], { env: { ...DEBUG, HOME: home } });
    expect(leaked).toEqual([]);
    expect(code).toBe(2);
  });

  it('when the auditor’s own secret is wrong', async () => {
    const here = await stage();
    const env = { ...DEBUG, ALIBABA_CLOUD_ACCESS_KEY_SECRET: wrong };
    for (const args of [['--verify'], ['verify', keys.admin.id], ['account']]) {
      const { code, leaked } = await run(here, args, { env });
      expect(leaked).toEqual([]);
      expect(code).toBe(2);
    }
  });

  it('when one is typed where an ID belongs', async () => {
    const here = await stage();
    const leaked = (output: string): readonly string[] => leaks(output);
    for (const typed of [keys.admin.secret, `${keys.admin.id}:${keys.admin.secret}`, session.token]) {
      // Its own command line holds it, which is what it complains about.
      const { code, output } = await run(here, ['verify', typed]);
      expect(leaked(output)).toEqual([]);
      expect(code).toBe(2);
    }
  });
});

describe('no secret is in any verdict', () => {
  isolate();

  it.each(faults.map((fault) => [fault.name, fault] as const))('when the cloud answers %s', async (_, fault) => {
    const simulator = await startSimulator(worldOf(failing(fault)));
    running.push(simulator);
    useCredentials(keys.auditor);
    const told: string[] = [];
    const credentials = [pairOf(keys.root), pairOf(keys.admin), { ...pairOf(session), token: session.token }];
    const said = await verifyAll(
      credentials,
      {
        inventory: true,
        probe: true,
        activity: true,
        endpoints: endpointsOf(simulator.url),
        tell: (_what, sentence) => void told.push(sentence),
      },
      { attempts: 1, connectMs: 200, totalMs: 200, patienceMs: 1 },
    ).catch((error: unknown) => `${error} ${error instanceof Error ? error.stack : ''}`);
    expect(leaks(JSON.stringify([typeof said === 'string' ? said : [...said.values()], told]))).toEqual([]);
  });
});

const everything = (): string =>
  [...Object.values(keys).map(({ secret }) => secret), session.secret, session.token, wrong].join(' ');
