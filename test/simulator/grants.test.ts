import { describe, expect, it } from 'vitest';
import { decide } from '../../src/simulator/grants.js';
import type { Caller } from '../../src/simulator/world.js';
import { attached, newAccount, newKey, newPolicy, newUser } from '../support/world.js';

type Statement = Readonly<Record<string, unknown>>;

const UID = '1234567890123456';
const wish = {
  actions: ['ram:GetUser'],
  resource: `acs:ram::${UID}:user/alice`,
  context: new Map([['acs:sourceip', '203.0.113.7']]),
};

interface Given {
  readonly user?: readonly Statement[];
  readonly group?: readonly Statement[];
  readonly allow?: readonly string[];
}

const decided = ({ user = [], group = [], allow = [] }: Given) => {
  const key = newKey();
  const account = newAccount(UID, {
    users: [newUser('alice', { keys: [key], allow, policies: [attached('own')], groups: ['team'] })],
    groups: [{ name: 'team', policies: [attached('shared')] }],
    policies: [newPolicy('own', user), newPolicy('shared', group)],
  });
  const [alice] = account.users;
  if (alice === undefined) throw new Error('nobody');
  const caller: Caller = { kind: 'user', account, user: alice, key };
  return decide(caller, wish);
};

const allow = (over: Statement = {}): Statement => ({ Effect: 'Allow', Action: 'ram:GetUser', Resource: '*', ...over });
const deny = (over: Statement = {}): Statement => ({ ...allow(over), Effect: 'Deny' });

describe('decide', () => {
  it.each<[string, Given]>([
    ['the action by name', { user: [allow()] }],
    ['the action in another case', { user: [allow({ Action: 'RAM:getuser' })] }],
    ['a wildcard', { user: [allow({ Action: 'ram:Get*' })] }],
    ['a question mark', { user: [allow({ Action: 'ram:?etUser' })] }],
    ['one of several', { user: [allow({ Action: ['oss:*', 'ram:*'] })] }],
    ['everything', { user: [allow({ Action: '*' })] }],
    ['all but another action', { user: [allow({ Action: undefined, NotAction: 'ram:DeleteUser' })] }],
    ['the resource by name', { user: [allow({ Resource: `acs:ram::${UID}:user/alice` })] }],
    ['the resource with wildcards', { user: [allow({ Resource: 'acs:ram:*:*:user/*' })] }],
    ['its group', { group: [allow()] }],
    ['its list', { allow: ['ram:GetUser'] }],
    [
      'an address within a range',
      { user: [allow({ Condition: { IpAddress: { 'acs:SourceIp': ['203.0.113.0/24'] } } })] },
    ],
    ['a Deny of something else', { user: [allow(), deny({ Action: 'ram:Delete*' })] }],
  ])('allows %s', (_, given) => {
    expect(decided(given)).toBe('allowed');
  });

  it.each<[string, Given]>([
    ['nothing', {}],
    ['another action', { user: [allow({ Action: 'ram:GetUserMFAInfo' })] }],
    ['the exception itself', { user: [allow({ Action: undefined, NotAction: 'ram:Get*' })] }],
    ['another resource', { user: [allow({ Resource: `acs:ram::${UID}:user/bob` })] }],
    ['another case of the resource', { user: [allow({ Resource: `acs:ram::${UID}:user/Alice` })] }],
    ['another address', { user: [allow({ Condition: { IpAddress: { 'acs:SourceIp': '198.51.100.0/24' } } })] }],
    ['an excluded address', { user: [allow({ Condition: { NotIpAddress: { 'acs:SourceIp': '203.0.113.7' } } })] }],
    ['a condition that nobody knows', { user: [allow({ Condition: { Moon: { 'acs:Phase': 'full' } } })] }],
    [
      'an operator by the name of what every object has',
      { user: [allow({ Condition: { toString: { 'acs:SourceIp': '' } } })] },
    ],
    ['no action at all', { user: [allow({ Action: undefined })] }],
  ])('allows nothing for %s', (_, given) => {
    expect(decided(given)).toBe('ImplicitDeny');
  });

  it.each<[string, Given]>([
    ['over its own Allow', { user: [allow(), deny()] }],
    ['over its list', { allow: ['*'], user: [deny({ Action: 'ram:*' })] }],
    ['from its group', { user: [allow()], group: [deny({ Action: '*' })] }],
    ['with NotAction', { user: [allow(), deny({ Action: undefined, NotAction: 'oss:*' })] }],
    ['under its condition', { user: [allow(), deny({ Condition: { IpAddress: { 'acs:SourceIp': '203.0.113.7' } } })] }],
  ])('lets a Deny win %s', (_, given) => {
    expect(decided(given)).toBe('ExplicitDeny');
  });

  it('takes no time to speak of over a pattern made to take long', () => {
    const Action = `ram:${'*a'.repeat(2_000)}`;
    expect(decided({ user: [allow({ Action })] })).toBe('ImplicitDeny');
  });

  it('grants nothing for a document that is none', () => {
    const account = newAccount(UID, {
      users: [newUser('alice', { policies: [attached('own')] })],
      policies: [{ name: 'own', versions: [{ id: 'v1', document: '{"Statement":[' }] }],
    });
    const [user] = account.users;
    if (user === undefined) throw new Error('nobody');
    expect(decide({ kind: 'user', account, user, key: newKey() }, wish)).toBe('ImplicitDeny');
  });
});
