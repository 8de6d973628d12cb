// Clients that nobody here wrote speak with the simulated cloud: Alibaba Cloud's own for Python, whose older generation signs
// with V1 and whose newer with V3. They are installed from PyPI into a temporary folder. Where there is no Python or no PyPI
// the tests are skipped, unless AKSCAN_FOREIGN=required says that there must be (.ci/run does).

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSimulator } from '../../../src/simulator/server.js';
import { stsId, stsSecret, stsToken } from '../../support/keys.js';
import { attached, newAccount, newKey, newPolicy, newUser } from '../../support/world.js';

const HERE = import.meta.dirname;
const UID = '1234567890123456';

type Came = { readonly answer?: Record<string, unknown>; readonly code?: string; readonly status?: number };

const folder = mkdtempSync(path.join(os.tmpdir(), 'akscan-foreign-'));
let came: Readonly<Record<string, Came>> = {};
let missing: string | null = null;

beforeAll(async () => {
  try {
    const python = await installed();
    came = await asked(python);
  } catch (error) {
    if (process.env['AKSCAN_FOREIGN'] === 'required' || !(error instanceof Missing)) throw error;
    missing = error.message;
  }
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(({ skip }) => {
  if (missing !== null) skip(missing);
});

/** There is nothing to run them with. */
class Missing extends Error {}

/** @returns the interpreter of an environment that has the clients */
const installed = async (): Promise<string> => {
  const environment = path.join(folder, 'venv');
  await run('python3', ['-m', 'venv', environment], '').catch((error: unknown) => {
    throw new Missing(`no python3 with venv: ${String(error)}`);
  });
  const python = path.join(environment, 'bin', 'python');
  const requirements = path.join(HERE, 'requirements.txt');
  const pip = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--no-compile',
    '--disable-pip-version-check',
    '--requirement',
    requirements,
  ];
  await run(python, pip, '').catch((error: unknown) => {
    throw new Missing(`nothing from PyPI: ${String(error)}`);
  });
  return python;
};

const asked = async (python: string): Promise<Readonly<Record<string, Came>>> => {
  const user = newKey();
  const disabled = newKey({ status: 'Inactive' });
  const session = {
    id: stsId(),
    secret: stsSecret(),
    token: stsToken(),
    role: 'deployer',
    sessionName: 'ci',
    expires: '2999-01-01T00:00:00Z',
    allow: [],
  };
  const account = newAccount(UID, {
    users: [
      newUser('alice', { keys: [user, disabled], policies: [attached('audit')] }),
      newUser('bob'),
      newUser('carol'),
    ],
    roles: [{ name: 'deployer' }],
    policies: [newPolicy('audit', [{ Effect: 'Allow', Action: ['ram:List*', 'sts:AssumeRole'], Resource: '*' }])],
    sessions: [session],
  });
  const simulator = await startSimulator({ accounts: [account] });
  try {
    const given = {
      host: new URL(simulator.url).host,
      role: `acs:ram::${UID}:role/deployer`,
      user: { id: user.id, secret: user.secret },
      disabled: { id: disabled.id, secret: disabled.secret },
      session: { id: session.id, secret: session.secret, token: session.token },
    };
    return JSON.parse(await run(python, [path.join(HERE, 'clients.py')], JSON.stringify(given)));
  } finally {
    await simulator.close();
  }
};

/** Without the proxies of the machine: the server is on loopback; pip needs them. */
const run = (command: string, args: readonly string[], input: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const env = { ...process.env, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1', HOME: folder };
    const child = spawn(command, args, { env, stdio: 'pipe' });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(stdout) : reject(new Error(`${code}: ${stderr.slice(-2000)}`))));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });

describe('Alibaba Cloud’s own Python clients', () => {
  it.each(['V1 identity', 'V1 identity, posted', 'V3 identity'])('are told who they are: %s', (name) => {
    expect(came[name]?.answer).toMatchObject({ IdentityType: 'RAMUser', Arn: `acs:ram::${UID}:user/alice` });
  });

  it.each(['V1 list', 'V3 list'])('list users: %s', (name) => {
    expect(came[name]?.answer).toMatchObject({
      IsTruncated: true,
      Users: { User: [{ UserName: 'alice' }, { UserName: 'bob' }] },
    });
  });

  it.each(['V1 awkward', 'V1 awkward, posted'])('sign reserved and CJK characters as the server does: %s', (name) => {
    expect(came[name]?.answer).toMatchObject({ IsTruncated: false });
  });

  it('sign them in V3 as well: the marker is refused, not the signature', () => {
    expect(came['V3 awkward']?.code).toBe('InvalidParameter.Marker');
    expect(came['V3 awkward, with a role']?.answer).toMatchObject({
      AssumedRoleUser: { Arn: `acs:ram::${UID}:role/deployer/python` },
    });
  });

  it.each(['V1 session', 'V3 session'])('bring a security token: %s', (name) => {
    expect(came[name]?.answer).toMatchObject({ IdentityType: 'AssumedRoleUser' });
  });

  it('see that the secret is wrong, and not the request, from the text that the server signed', () => {
    // The older client compares that text with its own and then gives the error a name of its own.
    expect(came['V1 wrong secret']?.code).toBe('InvalidAccessKeySecret');
    expect(came['V3 wrong secret']?.code).toBe('SignatureDoesNotMatch');
  });

  it.each([
    ['V1 disabled', 'InvalidAccessKeyId.Inactive', 400],
    ['V3 disabled', 'InvalidAccessKeyId.Inactive', 400],
    ['V3 not granted', 'NoPermission', 403],
  ])('read errors: %s', (name, code, status) => {
    expect(came[name]).toEqual({ code, status });
  });
});
