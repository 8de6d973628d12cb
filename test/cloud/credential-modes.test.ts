// Every way to credentials that the user's files and variables can describe, against the simulated cloud's STS.

import '../support/sdk-transport.js';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { findCredentials, type Reach } from '../../src/cloud/credentials.js';
import { rerouteSts, resolveEndpoints } from '../../src/cloud/endpoints.js';
import { providerOf } from '../../src/cloud/sdk.js';
import { AkscanError } from '../../src/errors.js';
import type { Simulator } from '../../src/simulator/server.js';
import type { SimulatedAccount, SimulatedKey } from '../../src/simulator/world.js';
import { id24, secret30, stsId, stsSecret, stsToken } from '../support/keys.js';
import { endpointsOf, isolate, pairOf, simulate, useCredentials, verifyAll } from '../support/verifying.js';
import { AUDITOR_ACTIONS, newAccount, newKey, newUser } from '../support/world.js';

isolate();

const UID = '1234567890123456';
const ROLE = `acs:ram::${UID}:role/reader`;
const SECOND_ROLE = `acs:ram::${UID}:role/second`;
const PROVIDER = `acs:ram::${UID}:oidc-provider/ci`;
const OIDC_TOKEN = 'header.payload.signature';

const home = (): string => process.env['HOME'] ?? '';

const write = (name: string, text: string): string => {
  const file = path.join(home(), name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};

const profiles = (...list: readonly object[]): void => {
  write('.aliyun/config.json', JSON.stringify({ current: 'main', profiles: list }));
};

const section = (name: string, members: Readonly<Record<string, string>>): void => {
  const lines = Object.entries(members).map(([key, value]) => `${key} = ${value}`);
  write('.alibabacloud/credentials', [`[${name}]`, ...lines, ''].join('\n'));
};

interface Stage {
  readonly account: SimulatedAccount;
  readonly key: SimulatedKey;
  readonly simulator: Simulator;
  readonly reach: Reach;
}

const signal = new AbortController().signal;

const stage = async (): Promise<Stage> => {
  const key = newKey();
  const account = newAccount(UID, {
    users: [newUser('assumer', { keys: [key], allow: ['sts:AssumeRole', ...AUDITOR_ACTIONS] })],
    roles: [
      { name: 'reader', maxSession: 7200, policies: [{ name: 'AssumeAny', type: 'Custom' }] },
      { name: 'second', maxSession: 7200 },
    ],
    policies: [
      {
        name: 'AssumeAny',
        type: 'Custom',
        versions: [
          {
            id: 'v1',
            document: JSON.stringify({
              Version: '1',
              Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole', ...AUDITOR_ACTIONS], Resource: '*' }],
            }),
          },
        ],
      },
    ],
    oidcProviders: [
      {
        name: 'ci',
        issuer: 'https://ci.example.com',
        tokens: [{ text: OIDC_TOKEN, subject: 'repo:x', audience: 'akscan' }],
      },
    ],
  });
  const simulator = await simulate({ accounts: [account] });
  return { account, key, simulator, reach: reachOf(simulator.url) };
};

const reachOf = (url: string): Reach => ({
  limits: { connectMs: 2_000, totalMs: 2_000, signal },
  reroute: rerouteSts(resolveEndpoints({ sts: url }, {})),
  pace: { attempts: 3, backoffMs: 1 },
});

const get = async (reach: Reach, profile: string | null = null) =>
  (await findCredentials(providerOf, profile, reach)).signer();

const refusal = async (reach: Reach, profile: string | null = null): Promise<string> => {
  const error: unknown = await findCredentials(providerOf, profile, reach).catch((reason: unknown) => reason);
  if (error instanceof AkscanError) return error.message;
  throw new Error('not refused');
};

const keyMembers = ({ id, secret }: SimulatedKey) => ({ access_key_id: id, access_key_secret: secret });

/** The session that the simulated cloud opened last, as a signer. */
const lastSession = ({ account }: Stage) => {
  const session = account.sessions.at(-1);
  return { role: session?.role, signer: { accessKeyId: session?.id, secret: session?.secret, token: session?.token } };
};

describe('credentials of ~/.aliyun/config.json', () => {
  it('StsToken', async () => {
    const { reach } = await stage();
    const [accessKeyId, secret, token] = [stsId(), stsSecret(), stsToken()];
    profiles({
      name: 'main',
      mode: 'StsToken',
      access_key_id: accessKeyId,
      access_key_secret: secret,
      sts_token: token,
    });
    expect(await get(reach)).toEqual({ accessKeyId, secret, token });
  });

  it('RamRoleArn', async () => {
    const on = await stage();
    profiles({
      name: 'main',
      mode: 'RamRoleArn',
      ...keyMembers(on.key),
      ram_role_arn: ROLE,
      ram_session_name: 'audit-1',
      expired_seconds: 1800,
    });
    const signer = await get(on.reach);
    expect(lastSession(on)).toEqual({ role: 'reader', signer });
    expect(on.account.sessions.at(-1)?.sessionName).toBe('audit-1');
  });

  it('ChainableRamRoleArn', async () => {
    const on = await stage();
    profiles(
      { name: 'first', mode: 'RamRoleArn', ...keyMembers(on.key), ram_role_arn: ROLE },
      { name: 'main', mode: 'ChainableRamRoleArn', source_profile: 'first', ram_role_arn: SECOND_ROLE },
    );
    const signer = await get(on.reach);
    expect(on.account.sessions.map(({ role }) => role)).toEqual(['reader', 'second']);
    expect(lastSession(on).signer).toEqual(signer);
  });

  it('OIDC', async () => {
    const on = await stage();
    profiles({
      name: 'main',
      mode: 'OIDC',
      oidc_provider_arn: PROVIDER,
      oidc_token_file: write('token', OIDC_TOKEN),
      ram_role_arn: ROLE,
      sts_region: 'cn-hangzhou',
    });
    expect(await get(on.reach)).toEqual(lastSession(on).signer);
  });

  it('CredentialsURI', async () => {
    const [AccessKeyId, AccessKeySecret, SecurityToken] = [stsId(), stsSecret(), stsToken()];
    const url = await answering(200, {
      AccessKeyId,
      AccessKeySecret,
      SecurityToken,
      Expiration: '2999-01-01T00:00:00Z',
    });
    profiles({ name: 'main', mode: 'CredentialsURI', credentials_uri: `${url}/credentials` });
    expect(await get(reachOf(url))).toEqual({
      accessKeyId: AccessKeyId,
      secret: AccessKeySecret,
      token: SecurityToken,
    });
  });

  it('EcsRamRole, and the role that a machine assumes', async () => {
    const on = await stage();
    const [AccessKeyId, AccessKeySecret] = [on.key.id, on.key.secret];
    const [session] = await openSession(on);
    expect(session).toBeDefined();
    const asked: string[] = [];
    const url = await answering(
      200,
      {
        Code: 'Success',
        AccessKeyId: session?.id ?? AccessKeyId,
        AccessKeySecret: session?.secret ?? AccessKeySecret,
        SecurityToken: session?.token,
        Expiration: '2999-01-01T00:00:00Z',
      },
      asked,
    );
    const toMetadata = (to: URL): URL =>
      to.hostname === '100.100.100.200' ? new URL(`${to.pathname}${to.search}`, url) : on.reach.reroute(to);
    const reach = { ...on.reach, reroute: toMetadata };
    profiles(
      { name: 'main', mode: 'EcsRamRole', ram_role_name: 'machine' },
      { name: 'then', mode: 'RamRoleArnWithRoleName', ram_role_name: 'machine', ram_role_arn: SECOND_ROLE },
    );
    expect((await get(reach)).accessKeyId).toBe(session?.id);
    expect(asked.some((target) => target.endsWith('/machine'))).toBe(true);
    expect((await get(reach, 'then')).accessKeyId).toBe(on.account.sessions.at(-1)?.id);
    expect(on.account.sessions.at(-1)?.role).toBe('second');
  });

  it.each([
    ['AK without its secret', { mode: 'AK', access_key_id: 'ID' }, 'without the secret of its ID (access_key_secret)'],
    ['AK without its ID', { mode: 'AK', access_key_secret: 'hunter2' }, 'without an AccessKey ID (access_key_id)'],
    ['StsToken without a token', { mode: 'StsToken', access_key_id: 'ID', access_key_secret: 's' }, '(sts_token)'],
    ['RamRoleArn without a role', { mode: 'RamRoleArn', access_key_id: 'I', access_key_secret: 's' }, '(ram_role_arn)'],
    ['a chain that begins nowhere', { mode: 'ChainableRamRoleArn', source_profile: 'x' }, 'has no such profile'],
    ['a chain that never begins', { mode: 'ChainableRamRoleArn', source_profile: 'main' }, 'lead to each other'],
    ['OIDC without a token', { mode: 'OIDC', ram_role_arn: ROLE, oidc_provider_arn: PROVIDER }, '(oidc_token_file)'],
    ['CredentialsURI without one', { mode: 'CredentialsURI' }, '(credentials_uri)'],
    ['a key pair', { mode: 'RsaKeyPair' }, 'a profile of a kind that is not known'],
  ])('does not fill %s up from the environment', async (_, profile, words) => {
    const { reach } = await stage();
    useCredentials(newKey());
    vi.stubEnv('ALIBABA_CLOUD_SECURITY_TOKEN', 'token');
    vi.stubEnv('ALIBABA_CLOUD_ROLE_ARN', ROLE);
    profiles({ name: 'main', ...profile });
    const message = await refusal(reach, 'main');
    expect(message).toContain(words);
    expect(message).not.toContain('hunter2');
  });
});

describe('credentials of ~/.alibabacloud/credentials', () => {
  it('access_key, with quotes, comments and other sections', async () => {
    const { reach, key } = await stage();
    write(
      '.alibabacloud/credentials',
      `# mine\n[other]\ntype = access_key\n\n[default]\r\n; here\ntype=access_key\naccess_key_id="${key.id}"\naccess_key_secret = '${key.secret}'\n`,
    );
    expect(await get(reach)).toEqual({ accessKeyId: key.id, secret: key.secret, token: null });
  });

  it('ram_role_arn', async () => {
    const on = await stage();
    section('audit', { type: 'ram_role_arn', ...keyMembers(on.key), role_arn: ROLE, role_session_name: 'audit' });
    expect(await get(on.reach, 'audit')).toEqual(lastSession(on).signer);
  });

  it('oidc_role_arn', async () => {
    const on = await stage();
    const token = write('token', OIDC_TOKEN);
    section('ci', { type: 'oidc_role_arn', role_arn: ROLE, oidc_provider_arn: PROVIDER, oidc_token_file_path: token });
    expect(await get(on.reach, 'ci')).toEqual(lastSession(on).signer);
  });

  it('sts', async () => {
    const { reach } = await stage();
    const token = stsToken();
    section('session', { type: 'sts', ...keyMembers(newKey()), security_token: token });
    expect((await get(reach, 'session')).token).toBe(token);
  });
});

describe('credentials of the environment', () => {
  it('assume ALIBABA_CLOUD_ROLE_ARN when they are plain', async () => {
    const on = await stage();
    useCredentials(on.key);
    vi.stubEnv('ALIBABA_CLOUD_ROLE_ARN', ROLE);
    expect(await get(on.reach)).toEqual(lastSession(on).signer);
    expect(on.account.sessions.at(-1)?.sessionName).toBe('akscan');
  });

  it('are what they are when they are temporary', async () => {
    const on = await stage();
    useCredentials(on.key);
    vi.stubEnv('ALIBABA_CLOUD_SECURITY_TOKEN', 'token');
    vi.stubEnv('ALIBABA_CLOUD_ROLE_ARN', ROLE);
    expect(await get(on.reach)).toMatchObject({ accessKeyId: on.key.id, token: 'token' });
    expect(on.account.sessions).toEqual([]);
  });

  it('exchange the token of a CI system', async () => {
    const on = await stage();
    vi.stubEnv('ALIBABA_CLOUD_OIDC_TOKEN_FILE', write('token', OIDC_TOKEN));
    vi.stubEnv('ALIBABA_CLOUD_OIDC_PROVIDER_ARN', PROVIDER);
    vi.stubEnv('ALIBABA_CLOUD_ROLE_ARN', ROLE);
    expect(await get(on.reach)).toEqual(lastSession(on).signer);
  });

  it('say what such a token lacks', async () => {
    const { reach } = await stage();
    vi.stubEnv('ALIBABA_CLOUD_OIDC_TOKEN_FILE', write('token', OIDC_TOKEN));
    expect(await refusal(reach)).toContain('needs ALIBABA_CLOUD_OIDC_PROVIDER_ARN and ALIBABA_CLOUD_ROLE_ARN');
  });
});

describe('text that no header survives', () => {
  it.each([
    ['an ID', { id: `${id24()}\r\nhost: elsewhere`, secret: secret30() }, 'an AccessKey with characters'],
    ['an ID', { id: '阿里云', secret: secret30() }, 'an AccessKey with characters'],
    ['a secret', { id: id24(), secret: `${secret30()}\n` }, 'an AccessKey with characters'],
  ])('is no credential: %s', async (_, key, words) => {
    const { reach, simulator } = await stage();
    useCredentials(key);
    const message = await refusal(reach);
    expect(message).toContain(words);
    expect(message).not.toContain(key.secret.trim());
    expect(simulator.requests).toEqual([]);
  });

  it('is no token', async () => {
    const { reach } = await stage();
    useCredentials(newKey());
    vi.stubEnv('ALIBABA_CLOUD_SECURITY_TOKEN', 'two\r\nlines');
    expect(await refusal(reach)).toContain('a token with characters');
  });
});

describe('a role that cannot be assumed', () => {
  const role = (key: { readonly id: string; readonly secret: string }, arn = ROLE): void =>
    profiles({
      name: 'main',
      mode: 'RamRoleArn',
      access_key_id: key.id,
      access_key_secret: key.secret,
      ram_role_arn: arn,
    });

  it('says why: there is none', async () => {
    const on = await stage();
    role(on.key, `acs:ram::${UID}:role/nobody`);
    expect(await refusal(on.reach)).toContain('temporary credentials: 404 EntityNotExist.Role');
  });

  it('says why: the permission that was missing', async () => {
    const key = newKey();
    const account = newAccount(UID, { users: [newUser('weak', { keys: [key] })], roles: [{ name: 'reader' }] });
    const simulator = await simulate({ accounts: [account] });
    role(key);
    expect(await refusal(reachOf(simulator.url))).toContain('403 NoPermission, it lacks sts:AssumeRole');
  });

  it('says why: the secret is wrong, and repeats neither it nor what was signed', async () => {
    const on = await stage();
    const secret = secret30();
    role({ id: on.key.id, secret });
    const message = await refusal(on.reach);
    expect(message).toContain('400 SignatureDoesNotMatch');
    expect(message).not.toContain(secret);
    expect(message).not.toContain(on.key.id);
  });

  it('is asked for again when STS is away for a moment', async () => {
    const key = newKey();
    const account = newAccount(UID, {
      users: [newUser('assumer', { keys: [key], allow: ['*'] })],
      roles: [{ name: 'reader' }],
    });
    let asked = 0;
    const simulator = await simulate({
      accounts: [account],
      fault: () => {
        asked += 1;
        return asked < 3 ? { kind: 'error', status: 503, code: 'ServiceUnavailable', message: '' } : null;
      },
    });
    role(key);
    expect((await get(reachOf(simulator.url))).accessKeyId).toBe(account.sessions[0]?.id);
  });

  it('says that the network is missing', async () => {
    role(newKey());
    expect(await refusal(reachOf('http://127.0.0.1:1'))).toContain('needs the network: 127.0.0.1:1 cannot be reached');
  });
});

describe('the user’s own STS', () => {
  it('stands for every public name of it, and for nothing else', () => {
    const reroute = rerouteSts(resolveEndpoints({ sts: 'http://127.0.0.1:8080' }, {}));
    for (const host of ['sts.aliyuncs.com', 'sts.cn-hangzhou.aliyuncs.com', 'sts-vpc.cn-beijing.aliyuncs.com']) {
      expect(reroute(new URL(`https://${host}/?Action=AssumeRole`)).href).toBe(
        'http://127.0.0.1:8080/?Action=AssumeRole',
      );
    }
    for (const url of ['https://sts.example.com/', 'http://100.100.100.200/latest', 'https://ststs.aliyuncs.com/']) {
      expect(reroute(new URL(url)).href).toBe(url);
    }
    const own = rerouteSts(resolveEndpoints({ sts: 'https://sts.example.com' }, {}));
    expect(own(new URL('https://sts.aliyuncs.com/')).href).toBe('https://sts.example.com/');
  });

  it('is the public one of the region that a profile names, where the user has none', () => {
    const reroute = rerouteSts(resolveEndpoints({}, {}));
    const url = 'https://sts.cn-hangzhou.aliyuncs.com/';
    expect(reroute(new URL(url)).href).toBe(url);
  });
});

describe('several profiles', () => {
  const other = () => {
    const key = newKey();
    const leaked = newKey();
    const account = newAccount('6543210987654321', {
      users: [newUser('auditor', { keys: [key], allow: AUDITOR_ACTIONS }), newUser('bob', { keys: [leaked] })],
    });
    return { key, leaked, account };
  };
  const plain = (name: string, key: { readonly id: string; readonly secret: string }) => ({
    name,
    mode: 'AK',
    access_key_id: key.id,
    access_key_secret: key.secret,
  });

  it('go on when one of them fails, and say which', async () => {
    const { key, leaked, account } = other();
    const simulator = await simulate({ accounts: [account] });
    profiles(plain('good', key), plain('gone', newKey()), { name: 'broken', mode: 'Magic' });
    const told: string[] = [];
    const asked = pairOf(leaked);
    const verdicts = await verifyAll([asked], {
      inventory: true,
      probe: false,
      profiles: ['broken', 'gone', 'good', 'missing'],
      endpoints: endpointsOf(simulator.url),
      tell: (what, sentence) => void told.push(`${what}: ${sentence}`),
    });
    expect(verdicts.get(asked)?.verdict).toMatchObject({ state: 'live', user: 'bob' });
    expect(told).toHaveLength(3);
    for (const name of ['broken', 'gone', 'missing']) {
      expect(told.filter((sentence) => sentence.startsWith('fault: ') && sentence.includes(`"${name}"`))).toHaveLength(
        1,
      );
    }
  });

  it('fail when none works, and say all', async () => {
    const simulator = await simulate({ accounts: [] });
    profiles(plain('gone', { id: id24(), secret: secret30() }), { name: 'broken', mode: 'Magic' });
    const asking = verifyAll([pairOf(newKey())], {
      inventory: true,
      probe: false,
      profiles: ['gone', 'broken'],
      endpoints: endpointsOf(simulator.url),
    });
    await expect(asking).rejects.toThrow(/"gone".*"broken"/);
  });

  it('of one account ask once, with root credentials where there are some', async () => {
    const { key, leaked, account } = other();
    const root = newKey();
    account.rootKeys.push(root);
    const simulator = await simulate({ accounts: [account] });
    profiles(plain('user', key), plain('root', root));
    const told: string[] = [];
    await verifyAll([pairOf(leaked)], {
      inventory: true,
      probe: false,
      profiles: ['user', 'root', 'user'],
      endpoints: endpointsOf(simulator.url),
      tell: (what, sentence) => void told.push(`${what}: ${sentence}`),
    });
    expect(told).toEqual([
      'note: The profile "user" is of the same account as the profile "root", which was asked instead. Leave that out to ask with the other.',
    ]);
    const askers = new Set(
      simulator.requests.filter(({ action }) => action !== 'GetCallerIdentity').map(({ accessKeyId }) => accessKeyId),
    );
    expect([...askers]).toEqual([root.id]);
  });
});

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A server that gives one answer to everything. */
const answering = async (status: number, body: object, asked: string[] = []): Promise<string> => {
  const server = createServer((incoming, outgoing) => {
    asked.push(incoming.url ?? '');
    outgoing.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
    outgoing.end(JSON.stringify(body));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** Sessions of the simulated cloud, one of which was just opened for the role `reader`. */
const openSession = async (on: Stage) => {
  useCredentials(on.key);
  vi.stubEnv('ALIBABA_CLOUD_ROLE_ARN', ROLE);
  await get(on.reach);
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', undefined);
  vi.stubEnv('ALIBABA_CLOUD_ROLE_ARN', undefined);
  return on.account.sessions;
};
