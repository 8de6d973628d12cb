import { afterEach, describe, expect, it } from 'vitest';
import { createActivityReader, regionOf } from '../../../src/cloud/activity/reader.js';
import type { Ask } from '../../../src/cloud/ask.js';
import type { Body } from '../../../src/cloud/body.js';
import { type Simulator, startSimulator } from '../../../src/simulator/server.js';
import type { SimulatedEvent, World } from '../../../src/simulator/world.js';
import { id24, secret30, stsSecret } from '../../support/keys.js';
import { askingOf, askOverWire, rawEvent, trailOf } from '../../support/trail.js';
import { newAccount, newKey, newUser } from '../../support/world.js';

const NOW = new Date('2026-04-01T00:00:00.789Z');
const PUBLIC = new URL('https://actiontrail.cn-hangzhou.aliyuncs.com');
const { signal } = new AbortController();

const ONLY =
  'Only management events of cn-hangzhou were read: objects that were read or written in OSS are not among them.';

const readerOf = (ask: Ask, endpoint = PUBLIC) => createActivityReader(ask, { now: () => NOW, endpoint, signal });

/** ActionTrail with these events, and these services. */
const actionTrail = (events: readonly Body[], Products: readonly Body[] = []) =>
  askingOf((name, query) =>
    name === 'actiontrail:LookupEvents' ? trailOf(events)(name, query) : { RequestId: 'R', Products },
  );

describe('the activity of a key', () => {
  it('covers what ActionTrail keeps, and not a second of what it refuses', async () => {
    const { ask, asked } = actionTrail([]);
    expect(await readerOf(ask)('the-key', null)).toEqual({
      from: '2026-01-01T01:00:00Z',
      to: '2026-04-01T00:00:00Z',
      region: 'cn-hangzhou',
      complete: true,
      events: 0,
      failures: 0,
      services: [],
      addresses: [],
      moves: [],
      created: [],
      reason: ONLY,
    });
    expect(asked.map(({ name, query }) => [name, query['StartTime'] ?? query['AccessKey']])).toEqual([
      ['actiontrail:LookupEvents', '2026-01-01T01:00:00Z'],
      ['actiontrail:GetAccessKeyLastUsedProducts', 'the-key'],
    ]);
  });

  it('tells of services, and of regions whose events are not among these', async () => {
    const products = [
      { ServiceName: 'Ecs', UsedTimestamp: Date.parse('2026-03-01T00:00:00Z'), Detail: '{"acsRegion":"cn-beijing"}' },
      { ServiceName: 'Oss', UsedTimestamp: Date.parse('2025-03-01T00:00:00Z') },
    ];
    const activity = await readerOf(actionTrail([], products).ask)('the-key', null);
    expect(activity.products).toEqual([
      { service: 'Ecs', last: '2026-03-01T00:00:00Z' },
      { service: 'Oss', last: '2025-03-01T00:00:00Z' },
    ]);
    expect(activity.reason).toBe(
      `${ONLY} It was used with Ecs, whose events cn-beijing may have: ` +
        'ask there with --endpoint actiontrail=https://actiontrail.cn-beijing.aliyuncs.com.',
    );
  });

  it('says what it lacks the permission for', async () => {
    const { ask } = askingOf((name) => ({ kind: 'denied', action: name }));
    const activity = await readerOf(ask)('the-key', '2026-03-01T00:00:00Z');
    expect(activity).toMatchObject({ events: 0, complete: false, sinceLeak: 0, sinceLeakAtLeast: true });
    expect(activity.reason).toBe(
      'Your credentials lack actiontrail:LookupEvents. ' +
        'Your credentials lack actiontrail:GetAccessKeyLastUsedProducts, which tells of other regions.',
    );
  });

  it('says what went wrong, and goes on', async () => {
    const { ask } = askingOf((name, query) =>
      name === 'actiontrail:LookupEvents' ? trailOf([])(name, query) : { kind: 'fault', why: 'It is away.' },
    );
    expect((await readerOf(ask)('the-key', null)).reason).toContain('It is away.');
  });

  it.each([
    ['no date', null, undefined, undefined],
    ['a date that is none', 'the day before', undefined, undefined],
    ['a date to come', '2027-01-01T00:00:00Z', undefined, undefined],
    ['a date within the time', '2026-02-15T00:00:00+08:00', 1, undefined],
    ['a date before it', '2020-01-01T00:00:00Z', 2, true],
  ])('with %s of the leak', async (_, leakedAt, sinceLeak, sinceLeakAtLeast) => {
    const events = [
      rawEvent('2026-02-01T00:00:00Z', 'Oss:PutObject'),
      rawEvent('2026-03-01T00:00:00Z', 'Oss:PutObject'),
    ];
    const activity = await readerOf(actionTrail(events).ask)('the-key', leakedAt);
    expect(activity.sinceLeak).toBe(sinceLeak);
    expect(activity.sinceLeakAtLeast).toBe(sinceLeakAtLeast);
  });

  it('counts since the leak exactly when all of that was read, however much came before', async () => {
    const at = (minute: number) =>
      `${new Date(Date.parse('2026-02-01T00:00:00Z') + 60_000 * minute).toISOString().slice(0, 19)}Z`;
    const events = Array.from({ length: 400 }, (_, minute) => rawEvent(at(minute), 'Oss:PutObject'));
    const read = createActivityReader(actionTrail(events).ask, {
      now: () => NOW,
      endpoint: PUBLIC,
      signal,
      maxEvents: 100,
    });
    const late = await read('the-key', at(350));
    expect([late.complete, late.sinceLeak, late.sinceLeakAtLeast]).toEqual([false, 50, undefined]);
    const early = await read('the-key', at(200));
    expect([early.complete, early.sinceLeak, early.sinceLeakAtLeast]).toEqual([false, 100, true]);
    expect(early.first).toBe(at(0));
    expect(early.reason).toContain('the newest 100 and the oldest 50');
  });

  it('takes the region from the host, else from the events, else says the host', async () => {
    expect(regionOf(new URL('https://actiontrail-vpc.cn-beijing.aliyuncs.com'))).toBe('cn-beijing');
    expect(regionOf(new URL('https://actiontrail.cn-beijing.aliyuncs.com.evil.example'))).toBeNull();
    const own = new URL('https://trail.example:8443');
    const events = [rawEvent('2026-03-01T00:00:00Z', 'Oss:PutObject', { acsRegion: 'cn-private-1' })];
    expect((await readerOf(actionTrail(events).ask, own)('the-key', null)).region).toBe('cn-private-1');
    expect((await readerOf(actionTrail([]).ask, own)('the-key', null)).region).toBe('trail.example:8443');
  });

  it('survives events of any shape', async () => {
    const anything: readonly unknown[] = [
      null,
      1,
      'x',
      [],
      {},
      true,
      '{',
      -1,
      { a: [{}] },
      'é\u202e',
      '2026-03-01T00:00:00Z',
    ];
    const members = Object.keys(rawEvent('2026-03-01T00:00:00Z', 'Ram:CreateAccessKey'));
    const more = ['requestParameters', 'responseElements', 'errorCode'];
    const events = [...members, ...more].flatMap((member) =>
      anything.map((value) => ({ ...rawEvent('2026-03-01T00:00:00Z', 'Ram:CreateAccessKey'), [member]: value })),
    );
    const { ask } = askingOf((name) =>
      name === 'actiontrail:LookupEvents' ? { Events: events } : { Products: anything },
    );
    const activity = await readerOf(ask)('the-key', null);
    expect(activity.complete).toBe(false);
    expect(activity.events).toBeGreaterThan(0);
  });
});

describe('the activity of a key of the simulated cloud', () => {
  const open: Simulator[] = [];
  afterEach(async () => {
    for (const simulator of open.splice(0)) await simulator.close();
  });

  const start = async (world: World): Promise<string> => {
    const simulator = await startSimulator(world);
    open.push(simulator);
    return simulator.url;
  };

  const daysAgo = (days: number, seconds = 0): string =>
    `${new Date(Date.now() - days * 86_400_000 + seconds * 1_000).toISOString().slice(0, 19)}Z`;

  const MAY = ['actiontrail:LookupEvents', 'actiontrail:GetAccessKeyLastUsedProducts'];

  const story = (allow: readonly string[] = MAY) => {
    const [auditor, leaked] = [newKey(), newKey()];
    const [createdId, createdSecret, password] = [id24(), secret30(), stsSecret()];
    const event = (at: string, call: string, over: Partial<SimulatedEvent> = {}): SimulatedEvent => {
      const [service = '', action = ''] = call.split(':');
      return { id: id24(), at, accessKeyId: leaked.id, service, action, address: '203.0.113.7', ...over };
    };
    const events = [
      ...Array.from({ length: 120 }, (_, day) =>
        event(daysAgo(80 - day / 2), 'Oss:PutBucket', { address: '192.0.2.1' }),
      ),
      event(daysAgo(10), 'Sts:GetCallerIdentity'),
      event(daysAgo(10, 1), 'Ram:ListUsers'),
      event(daysAgo(10, 2), 'Ram:CreateUser', { parameters: { UserName: 'backup' } }),
      event(daysAgo(10, 3), 'Ram:CreateLoginProfile', { parameters: { UserName: 'backup', Password: password } }),
      event(daysAgo(10, 4), 'Ram:CreateAccessKey', {
        parameters: { UserName: 'backup' },
        response: { AccessKey: { AccessKeyId: createdId, AccessKeySecret: createdSecret, Status: 'Active' } },
      }),
      event(daysAgo(10, 5), 'Ram:AttachPolicyToUser', {
        parameters: { UserName: 'backup', PolicyName: 'AdministratorAccess', PolicyType: 'System' },
      }),
      event(daysAgo(9), 'Actiontrail:StopLogging', { error: { code: 'NoPermission', message: 'no' } }),
    ];
    const account = newAccount('1234567890123456', {
      users: [newUser('auditor', { keys: [auditor], allow }), newUser('alice', { keys: [leaked] })],
      events,
    });
    const secrets = [createdSecret, password, leaked.secret, auditor.secret];
    return { world: { accounts: [account] }, auditor, leaked, createdId, secrets };
  };

  const read = async (url: string, auditor: { id: string; secret: string }, id: string) =>
    createActivityReader(askOverWire(url, auditor), { now: () => new Date(), endpoint: new URL(url), signal })(
      id,
      daysAgo(20),
    );

  it('is told whole: what came, from where, what it made', async () => {
    const { world, auditor, leaked, createdId, secrets } = story();
    const activity = await read(await start(world), auditor, leaked.id);
    expect(activity).toMatchObject({ complete: true, region: 'cn-hangzhou', events: 127, failures: 1, sinceLeak: 7 });
    expect(activity.addresses).toMatchObject([
      { address: '192.0.2.1', events: 120 },
      { address: '203.0.113.7', events: 7, sinceLeak: true },
    ]);
    expect(activity.moves.map(({ action, failed }) => (failed ? `${action} failed` : action))).toEqual([
      'GetCallerIdentity',
      'ListUsers',
      'CreateUser',
      'CreateLoginProfile',
      'CreateAccessKey',
      'AttachPolicyToUser',
      'StopLogging failed',
    ]);
    expect(activity.created.map(({ at: _, ...made }) => made)).toEqual([
      { kind: 'user', name: 'backup' },
      { kind: 'login', name: 'backup' },
      { kind: 'access-key', name: 'backup', accessKeyId: createdId },
      { kind: 'attachment', name: 'AdministratorAccess to user backup' },
    ]);
    expect(activity.products?.map(({ service }) => service)).toEqual(['Actiontrail', 'Ram', 'Sts', 'Oss']);
    for (const secret of secrets) expect(JSON.stringify(activity)).not.toContain(secret);
  });

  it('holds a probe among the events, and not among the moves', async () => {
    const { world, auditor, leaked } = story();
    const url = await start(world);
    const probe = newEvent(leaked.id);
    world.accounts[0]?.events?.push(probe);
    const activity = await read(url, auditor, leaked.id);
    expect(activity.events).toBe(128);
    expect(activity.moves.filter(({ address }) => address === probe.address)).toEqual([]);
    expect(activity.reason).toContain('1 event names akscan as the sender, as a probe does; anybody can.');
  });

  const newEvent = (accessKeyId: string): SimulatedEvent => ({
    id: id24(),
    at: daysAgo(1),
    accessKeyId,
    service: 'Sts',
    action: 'GetCallerIdentity',
    address: '198.51.100.9',
    userAgent: 'akscan',
  });

  it('is not what the auditor did to learn it', async () => {
    const { world, auditor, leaked } = story();
    const url = await start(world);
    await read(url, auditor, leaked.id);
    const again = await read(url, auditor, leaked.id);
    expect(again.events).toBe(127);
    const own = await read(url, auditor, auditor.id);
    expect(own.services.map(({ service }) => service)).toEqual(['Actiontrail']);
    expect(own.moves).toEqual([]);
  });

  it('names what is not permitted', async () => {
    const { world, auditor, leaked } = story([]);
    const activity = await read(await start(world), auditor, leaked.id);
    expect(activity).toMatchObject({ events: 0, complete: false });
    expect(activity.reason).toContain('actiontrail:LookupEvents');
  });
});
