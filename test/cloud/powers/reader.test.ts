import { describe, expect, it } from 'vitest';
import { openAuditors } from '../../../src/cloud/auditor.js';
import { resolveEndpoints } from '../../../src/cloud/endpoints.js';
import { createPowersReader, type Holder } from '../../../src/cloud/powers/reader.js';
import { createSession, DEFAULT_PACE } from '../../../src/cloud/session.js';
import type { SimulatedAccount } from '../../../src/simulator/world.js';
import { endpointsOf, isolate, simulate, useCredentials } from '../../support/verifying.js';
import { newAccount, newKey, newUser } from '../../support/world.js';

isolate();

const GRANTS = [
  'ram:ListPoliciesForUser',
  'ram:ListGroupsForUser',
  'ram:ListPoliciesForGroup',
  'ram:ListPoliciesForRole',
  'ram:GetPolicy',
  'ram:GetPolicyVersion',
];

const alice: Holder = { principal: 'ram-user', name: 'alice' };

/** A reader with an auditor of the account, who may do what is listed, and what it has asked for so far. */
const readerOf = async (account: Partial<SimulatedAccount>, allow: readonly string[] = GRANTS) => {
  const auditor = newKey();
  const users = [newUser('auditor', { keys: [auditor], allow }), ...(account.users ?? [])];
  const simulator = await simulate({ accounts: [newAccount('1234567890123456', { ...account, users })] });
  useCredentials(auditor);
  const endpoints = resolveEndpoints(endpointsOf(simulator.url), {});
  const session = createSession(endpoints, new AbortController().signal, { ...DEFAULT_PACE, attempts: 1 });
  const [opened] = await openAuditors(session, []);
  if (opened === undefined) throw new Error('no auditor');
  const asked = () =>
    simulator.requests
      .filter(({ action }) => action !== 'GetCallerIdentity')
      .map(({ action, parameters: { UserName, GroupName, RoleName, PolicyName } }) =>
        [action, UserName ?? GroupName ?? RoleName ?? PolicyName].join(' '),
      )
      .sort();
  return { read: createPowersReader(opened.ask), asked };
};

const custom = (name: string, ...statements: object[]) => ({
  name,
  versions: [{ id: 'v1', document: JSON.stringify({ Version: '1', Statement: statements }) }],
});

const system = (name: string) => ({ name, type: 'System' as const });
const own = (name: string) => ({ name, type: 'Custom' as const });
const without = (...actions: string[]) => GRANTS.filter((action) => !actions.includes(action));

describe('the powers of a RAM user', () => {
  it('come from its own policies and from those of its groups', async () => {
    const { read, asked } = await readerOf({
      users: [newUser('alice', { policies: [system('AliyunOSSReadOnlyAccess')], groups: ['ops', 'dev'] })],
      groups: [
        { name: 'ops', policies: [own('run')] },
        { name: 'dev', policies: [system('AliyunLogReadOnlyAccess')] },
      ],
      policies: [
        custom('run', { Effect: 'Allow', Action: 'ecs:RunCommand', Resource: '*', Condition: { a: { b: 'c' } } }),
      ],
    });
    expect(await read(alice)).toEqual({
      powers: ['run-commands', 'oss-read-all', 'read-logs'],
      conditional: ['run-commands'],
      policies: [
        { name: 'AliyunOSSReadOnlyAccess', type: 'System', through: 'user' },
        { name: 'AliyunLogReadOnlyAccess', type: 'System', through: 'group', group: 'dev' },
        { name: 'run', type: 'Custom', through: 'group', group: 'ops' },
      ],
    });
    expect(asked()).toEqual([
      'GetPolicy AliyunLogReadOnlyAccess',
      'GetPolicy AliyunOSSReadOnlyAccess',
      'GetPolicy run',
      'ListGroupsForUser alice',
      'ListPoliciesForGroup dev',
      'ListPoliciesForGroup ops',
      'ListPoliciesForUser alice',
    ]);
  });

  it('are none where nothing is attached', async () => {
    const { read } = await readerOf({ users: [newUser('alice')] });
    expect(await read(alice)).toEqual({ powers: [], conditional: [], policies: [] });
  });

  it('are cut by a Deny of any group', async () => {
    const { read } = await readerOf({
      users: [newUser('alice', { policies: [system('AdministratorAccess')], groups: ['no-ram'] })],
      groups: [{ name: 'no-ram', policies: [own('deny')] }],
      policies: [custom('deny', { Effect: 'Deny', Action: 'ram:*', Resource: '*' })],
    });
    expect(await read(alice)).toMatchObject({ powers: expect.not.arrayContaining(['administrator', 'ram-write']) });
  });

  it('take the default version of a policy, which need not be its last', async () => {
    const { read } = await readerOf({
      users: [newUser('alice', { policies: [own('p')] })],
      policies: [
        {
          name: 'p',
          defaultVersion: 'v1',
          versions: ['kms:*', '*'].map((Action, at) => ({
            id: `v${at + 1}`,
            document: JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] }),
          })),
        },
      ],
    });
    expect(await read(alice)).toMatchObject({ powers: ['decrypt'] });
  });

  it('are asked about once, whoever asks how often, and policies and groups once for all users', async () => {
    const names = Array.from({ length: 5 }, (_, at) => `user-${at}`);
    const { read, asked } = await readerOf({
      users: names.map((name) => newUser(name, { policies: [own('run')], groups: ['ops', 'dev'] })),
      groups: [
        { name: 'ops', policies: [own('run'), system('AliyunOSSReadOnlyAccess')] },
        { name: 'dev', policies: [own('run')] },
      ],
      policies: [custom('run', { Effect: 'Allow', Action: 'ecs:RunCommand', Resource: '*' })],
    });
    const all = await Promise.all(
      Array.from({ length: 3 }, () => names.map((name) => read({ principal: 'ram-user', name }))).flat(),
    );
    await read({ principal: 'ram-user', name: 'user-0' });
    expect(new Set(all.map((powers) => JSON.stringify(powers))).size).toBe(1);
    expect(all[0]).toMatchObject({ powers: ['run-commands', 'oss-read-all'], policies: { length: 4 } });
    expect(asked()).toEqual([
      'GetPolicy AliyunOSSReadOnlyAccess',
      'GetPolicy run',
      ...names.map((name) => `ListGroupsForUser ${name}`),
      'ListPoliciesForGroup dev',
      'ListPoliciesForGroup ops',
      ...names.map((name) => `ListPoliciesForUser ${name}`),
    ]);
  });

  it('are read through fifty groups', async () => {
    const groups = Array.from({ length: 50 }, (_, at) => `group-${at}`);
    const { read, asked } = await readerOf({
      users: [newUser('alice', { groups })],
      groups: groups.map((name, at) => ({ name, policies: [own(`p${at}`), own('same')] })),
      policies: [
        ...groups.map((_, at) =>
          custom(`p${at}`, { Effect: 'Allow', Action: at === 49 ? 'kms:Decrypt' : 'vpc:*', Resource: '*' }),
        ),
        custom('same', { Effect: 'Allow', Action: 'oss:GetObject', Resource: 'acs:oss:*:*:a/*' }),
      ],
    });
    expect(await read(alice)).toMatchObject({ powers: ['decrypt', 'oss-read-some'], policies: { length: 100 } });
    expect(asked()).toHaveLength(2 + 50 + 51);
  });

  it('leave out a policy and a group that were deleted in between', async () => {
    const { read } = await readerOf({
      users: [newUser('alice', { policies: [own('gone'), system('AliyunKMSFullAccess')], groups: ['gone-too'] })],
    });
    expect(await read(alice)).toEqual({
      powers: ['decrypt'],
      conditional: [],
      policies: [{ name: 'AliyunKMSFullAccess', type: 'System', through: 'user' }],
    });
  });

  it('are nothing to speak of when the user was deleted in between', async () => {
    const { read } = await readerOf({});
    expect(await read(alice)).toEqual({ reason: 'There is no such user any more.' });
  });

  it('say that nothing could be read, and what to grant', async () => {
    const { read } = await readerOf({ users: [newUser('alice')] }, []);
    expect(await read(alice)).toEqual({
      reason:
        'Not read: its own policies. Your credentials lack ram:ListPoliciesForUser. ' +
        'Not read: its groups. Your credentials lack ram:ListGroupsForUser.',
    });
  });

  it('say what of them could not be read', async () => {
    const account = {
      users: [newUser('alice', { policies: [system('AliyunOSSFullAccess')], groups: ['ops', 'dev'] })],
      groups: [{ name: 'ops' }, { name: 'dev' }],
    };
    const { read } = await readerOf(account, without('ram:ListPoliciesForGroup'));
    expect(await read(alice)).toMatchObject({
      powers: ['oss-read-all', 'oss-write-all'],
      reason:
        'Not read: the policies of the group dev, the policies of the group ops. ' +
        'Your credentials lack ram:ListPoliciesForGroup.',
    });
  });

  it('of well-known system policies are known by name when policies may not be read; others are named', async () => {
    const many = Array.from({ length: 7 }, (_, at) => own(`p${at}`));
    const account = {
      users: [newUser('alice', { policies: [system('AliyunOSSReadOnlyAccess'), ...many] })],
      policies: many.map(({ name }) => custom(name, { Effect: 'Allow', Action: '*', Resource: '*' })),
    };
    const { read } = await readerOf(account, without('ram:GetPolicy'));
    expect(await read(alice)).toMatchObject({
      powers: ['oss-read-all'],
      policies: { length: 8 },
      reason:
        'Not read: the custom policy p0, the custom policy p1, the custom policy p2, the custom policy p3, ' +
        'the custom policy p4 and 2 more. Your credentials lack ram:GetPolicy. ' +
        'Not read: the system policy AliyunOSSReadOnlyAccess. Your credentials lack ram:GetPolicy. ' +
        'What Alibaba Cloud publishes of system policies was taken.',
    });
  });

  it('are unknown, and not none, when not one policy could be read', async () => {
    const account = {
      users: [newUser('alice', { policies: [own('p')] })],
      policies: [custom('p', { Effect: 'Allow', Action: '*', Resource: '*' })],
    };
    const { read } = await readerOf(account, without('ram:GetPolicy'));
    expect(await read(alice)).toEqual({
      policies: [{ name: 'p', type: 'Custom', through: 'user' }],
      reason: 'Not read: the custom policy p. Your credentials lack ram:GetPolicy.',
    });
  });

  it('are read from a document of a megabyte, and of what is no document it is said', async () => {
    const long = Array.from({ length: 6_000 }, (_, at) => ({
      Effect: 'Allow',
      Action: 'oss:GetObject',
      Resource: `acs:oss:*:*:bucket-${at}/${'x'.repeat(50)}/*`,
    }));
    const { read } = await readerOf({
      users: [newUser('alice', { policies: [own('long'), own('broken'), own('part')] })],
      policies: [
        custom('long', ...long),
        { name: 'broken', versions: [{ id: 'v1', document: '<html>' }] },
        custom(
          'part',
          { Effect: 'Perhaps', Action: '*', Resource: '*' },
          { Effect: 'Allow', Action: 'kms:*', Resource: '*' },
        ),
      ],
    });
    expect(await read(alice)).toMatchObject({
      powers: ['decrypt', 'oss-read-some'],
      reason:
        'Not read: the custom policy broken. It is no policy document. ' +
        'Not read: a part of the custom policy part. It is not written as policies are.',
    });
  });
});

describe('the powers of a role', () => {
  const deployer: Holder = { principal: 'assumed-role', name: 'deployer' };

  it('come from its policies', async () => {
    const { read, asked } = await readerOf({
      roles: [{ name: 'deployer', policies: [system('AdministratorAccess')] }],
    });
    expect(await read(deployer)).toEqual({
      powers: ['administrator'],
      conditional: [],
      policies: [{ name: 'AdministratorAccess', type: 'System', through: 'role' }],
    });
    expect(asked()).toEqual(['GetPolicy AdministratorAccess', 'ListPoliciesForRole deployer']);
  });

  it('are kept apart from those of a user of the same name', async () => {
    const { read } = await readerOf({
      users: [newUser('deployer', { policies: [system('AliyunKMSFullAccess')] })],
      roles: [{ name: 'deployer', policies: [system('AliyunOSSFullAccess')] }],
    });
    expect(await read(deployer)).toMatchObject({ powers: ['oss-read-all', 'oss-write-all'] });
    expect(await read({ principal: 'ram-user', name: 'deployer' })).toMatchObject({ powers: ['decrypt'] });
  });

  it('are nothing to speak of when it is gone, and unknown when it may not be read', async () => {
    const gone = await readerOf({});
    expect(await gone.read(deployer)).toEqual({ reason: 'There is no such role any more.' });
    const denied = await readerOf({ roles: [{ name: 'deployer' }] }, []);
    expect(await denied.read(deployer)).toEqual({
      reason: 'Not read: its policies. Your credentials lack ram:ListPoliciesForRole.',
    });
  });
});
