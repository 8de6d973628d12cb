import { describe, expect, it } from 'vitest';
import type { SimulatedEvent } from '../../../src/simulator/world.js';
import { id24 } from '../../support/keys.js';
import { newAccount, newEvent, newKey, newUser } from '../../support/world.js';
import { call, type Over, start } from '../calling.js';

const VERSION = '2020-07-06';
const auditor = newKey();
const leaked = newKey();
const ago = (days: number): string => `${new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 19)}Z`;

const opened = async (events: SimulatedEvent[] = []) => {
  const account = newAccount('1234567890123456', {
    users: [newUser('auditor', { keys: [auditor], allow: ['*'] }), newUser('alice', { id: '2001', keys: [leaked] })],
    events,
  });
  const simulator = await start({ accounts: [account] });
  const ask = async (over: Over = {}) =>
    (await call(simulator.url, auditor, { Action: 'LookupEvents', Version: VERSION, ...over })).body;
  return { account, url: simulator.url, ask };
};

const of = (id: string): Over => ({ 'LookupAttribute.1.Key': 'EventAccessKeyId', 'LookupAttribute.1.Value': id });
const names = (body: { Events: readonly Over[] }) => body.Events.map(({ eventName }) => eventName);

describe('LookupEvents', () => {
  it('gives the events of a key, the latest first, as ActionTrail writes them', async () => {
    const { ask } = await opened([
      newEvent(leaked.id, 'DescribeInstances', { at: ago(2) }),
      newEvent(leaked.id, 'CreateUser', {
        at: ago(1),
        service: 'Ram',
        error: { code: 'NoPermission', message: 'no' },
        resource: { type: 'ACS::RAM::User', name: 'backdoor' },
      }),
      newEvent(auditor.id, 'ListUsers', { at: ago(1) }),
    ]);
    const body = await ask(of(leaked.id));
    expect(names(body)).toEqual(['CreateUser', 'DescribeInstances']);
    expect(body.Events[0]).toMatchObject({
      eventName: 'CreateUser',
      serviceName: 'Ram',
      eventSource: 'ram.aliyuncs.com',
      eventRW: 'Write',
      errorCode: 'NoPermission',
      sourceIpAddress: '203.0.113.7',
      resourceName: 'backdoor',
      userIdentity: {
        type: 'ram-user',
        accountId: '1234567890123456',
        principalId: '2001',
        userName: 'alice',
        accessKeyId: leaked.id,
      },
    });
    expect(names(await ask({ ...of(leaked.id), Direction: 'FORWARD' }))).toEqual(['DescribeInstances', 'CreateUser']);
  });

  it('looks seven days back by itself, and ninety if it is told to', async () => {
    const { ask } = await opened([
      newEvent(leaked.id, 'Recent', { at: ago(6) }),
      newEvent(leaked.id, 'Older', { at: ago(80) }),
    ]);
    expect(names(await ask(of(leaked.id)))).toEqual(['Recent']);
    expect(names(await ask({ ...of(leaked.id), StartTime: ago(90), EndTime: ago(0) }))).toEqual(['Recent', 'Older']);
    expect((await ask({ ...of(leaked.id), StartTime: ago(92) })).Code).toBe('InvalidQueryParameter');
    expect((await ask({ ...of(leaked.id), StartTime: 'yesterday' })).Code).toBe('InvalidQueryParameter');
  });

  it('comes in pages, with a token for the same question alone', async () => {
    const events = Array.from({ length: 120 }, (_, index) =>
      newEvent(leaked.id, `Do${index}`, { at: ago(3 - index / 100) }),
    );
    const { ask } = await opened(events);
    const question = { ...of(leaked.id), StartTime: ago(80), EndTime: ago(0), MaxResults: '50' };
    const seen: string[] = [];
    let token = '';
    do {
      const body = await ask({ ...question, ...(token === '' ? {} : { NextToken: token }) });
      seen.push(...names(body).map(String));
      token = body.NextToken ?? '';
    } while (token !== '');
    expect(new Set(seen).size).toBe(120);
    const first = await ask(question);
    expect((await ask({ ...question, ...of(auditor.id), NextToken: first.NextToken })).Code).toBe('InvalidNextToken');
  });

  it.each<[string, Over, string]>([
    ['more than 50 at once', { MaxResults: '51' }, 'InvalidParameter.MaxResults'],
    ['an attribute that is none', { 'LookupAttribute.1.Key': 'Secret' }, 'InvalidLookupAttribute'],
    [
      'three attributes',
      {
        ...of('x'),
        'LookupAttribute.2.Key': 'EventName',
        'LookupAttribute.2.Value': 'x',
        'LookupAttribute.3.Key': 'User',
        'LookupAttribute.3.Value': 'x',
      },
      'InvalidLookupAttribute',
    ],
  ])('refuses %s', async (_, over, code) => {
    expect((await (await opened()).ask(over)).Code).toBe(code);
  });

  it('shows what a key itself asked, allowed or not, and from where', async () => {
    const { ask, url } = await opened();
    await call(url, leaked);
    await call(url, leaked, { Action: 'ListUsers', Version: '2015-05-01' });
    const { Events } = await ask({ ...of(leaked.id), Direction: 'FORWARD' });
    expect(names({ Events })).toEqual(['GetCallerIdentity', 'ListUsers']);
    expect(Events[1]).toMatchObject({ errorCode: 'NoPermission', sourceIpAddress: '127.0.0.1', serviceName: 'Ram' });
    expect(JSON.stringify(Events)).not.toContain(leaked.secret);
  });

  it('shows what was tried with a disabled key', async () => {
    const { ask, url } = await opened();
    leaked.status = 'Inactive';
    await call(url, leaked);
    leaked.status = 'Active';
    expect((await ask(of(leaked.id))).Events[0].errorCode).toBe('InvalidAccessKeyId.Inactive');
  });
});

describe('GetAccessKeyLastUsedInfo', () => {
  it('moves with every call that is authenticated, and with no other', async () => {
    const { account, url } = await opened();
    const key = newKey();
    account.users[1]?.keys.push(key);
    const info = async (id: string) =>
      (await call(url, auditor, { Action: 'GetAccessKeyLastUsedInfo', Version: VERSION, AccessKey: id })).body;
    await call(url, { id: key.id, secret: leaked.secret });
    expect(await info(key.id)).not.toHaveProperty('UsedTimestamp');
    await call(url, key, { Action: 'ListUsers', Version: '2015-05-01' });
    expect(await info(key.id)).toMatchObject({ AccountType: 'ram-user', UserName: 'alice', ServiceName: 'Ram' });
    expect(await info(id24())).not.toHaveProperty('AccountId');
  });
});
