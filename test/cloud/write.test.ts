import '../support/sdk-transport.js';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { resolveEndpoints } from '../../src/cloud/endpoints.js';
import { operations } from '../../src/cloud/operations.js';
import { ramCaller } from '../../src/cloud/sdk.js';
import { createSession, type Pace } from '../../src/cloud/session.js';
import { createWrite } from '../../src/cloud/write.js';
import { AkscanError } from '../../src/errors.js';
import { faults } from '../../src/simulator/faults.js';
import type { Call, Fault, SimulatedKey } from '../../src/simulator/world.js';
import { endpointsOf, isolate, QUICK, simulate } from '../support/verifying.js';
import { newKey, newUser, testCloud } from '../support/world.js';

isolate();

const LITTLE: Partial<Pace> = { totalMs: 150, connectMs: 150, patienceMs: 150 };

const company = () => {
  const cloud = testCloud();
  const admin = newKey();
  cloud.account.users.push(newUser('admin', { keys: [admin], allow: ['*'] }));
  return { ...cloud, admin };
};

const keyringOf = ({ id, secret }: Pick<SimulatedKey, 'id' | 'secret'>) => ({
  from: 'the test',
  roots: [],
  signer: async () => ({ accessKeyId: id, secret, token: null }),
});

const writing = (
  url: string,
  as: SimulatedKey,
  pace: Partial<Pace> = LITTLE,
  signal = new AbortController().signal,
) => {
  const session = createSession(resolveEndpoints(endpointsOf(url), {}), signal, { ...QUICK, ...pace });
  return createWrite(session, keyringOf(as), '1234567890123456', ramCaller);
};

/** The two ways on which calls go out: RAM's through the SDK, IMS's by ourselves. */
const WAYS = [
  ['ram:UpdateAccessKey', { UserName: 'alice' }],
  ['ims:UpdateAccessKey', { UserPrincipalName: 'alice@company-3456.onaliyun.com' }],
] as const;

type Way = (typeof WAYS)[number];

/** Alice's key is switched off, while `fault` befalls the call. */
const switchOff = async ([name, user]: Way, fault: (call: Call) => Fault | null, as?: SimulatedKey) => {
  const cloud = company();
  cloud.world.fault = (call) => (call.action === 'UpdateAccessKey' ? fault(call) : null);
  const { url, requests } = await simulate(cloud.world);
  const write = writing(url, as ?? cloud.admin);
  const sent = await write(name, { ...user, UserAccessKeyId: cloud.active.id, Status: 'Inactive' });
  return { sent, status: cloud.active.status, arrived: requests.length, requests, cloud };
};

const after = (instead: Extract<Fault, { kind: 'after' }>['instead']) => (): Fault => ({ kind: 'after', instead });

describe.each(WAYS.map((way) => ({ name: way[0], way })))('$name', ({ way }) => {
  it('is done when it was, and tells the request', async () => {
    const { sent, status, arrived } = await switchOff(way, () => null);
    expect(sent).toEqual({ kind: 'done', requestId: expect.stringMatching(/^[\dA-F-]{36}$/) });
    expect([status, arrived]).toEqual(['Inactive', 1]);
  });

  it.each<[string, Fault]>([
    ['the connection is cut', { kind: 'reset' }],
    ['the answer breaks off', { kind: 'truncate' }],
    ['the answer stops in the middle', { kind: 'stall' }],
    ['no answer comes', { kind: 'hang' }],
    ['a server fails', { kind: 'error', status: 500, code: 'InternalError', message: '' }],
    ['a server is away', { kind: 'error', status: 503, code: 'ServiceUnavailable', message: '' }],
    ['the nonce was seen before', { kind: 'error', status: 400, code: 'SignatureNonceUsed', message: '' }],
    ['a gateway gives up', { kind: 'answer', status: 504, body: '<html>' }],
    ['a portal answers', { kind: 'answer', status: 200, body: '<html>' }],
    ['a redirect comes', { kind: 'answer', status: 302, headers: { location: '/' }, body: '' }],
    ['a success is empty', { kind: 'answer', status: 200, body: '{}' }],
  ])('is unsure and sent once when %s, before the effect or after it', async (_, instead) => {
    const before = await switchOff(way, () => instead);
    expect(before.sent).toEqual({ kind: 'unsure', why: expect.stringMatching(/^\S.*\.$/) });
    expect([before.status, before.arrived]).toEqual(['Active', 1]);
    if (instead.kind === 'clock' || instead.kind === 'gzip' || instead.kind === 'after')
      throw new Error('no such case');
    const late = await switchOff(way, after(instead));
    expect(late.sent.kind).toBe('unsure');
    expect([late.status, late.arrived]).toEqual(['Inactive', 1]);
  });

  it('is sent again when it was throttled, and done once', async () => {
    const throttled = { kind: 'error', status: 400, code: 'Throttling.User', message: '', retryAfterMs: 1 } as const;
    const { sent, status, requests } = await switchOff(way, ({ earlier }) => (earlier < 2 ? throttled : null));
    expect([sent.kind, status]).toEqual(['done', 'Inactive']);
    expect(requests.map(({ code }) => code)).toEqual(['Throttling.User', 'Throttling.User', null]);
  });

  it('was not done when throttling does not end', async () => {
    const throttled = { kind: 'error', status: 429, code: 'Throttling', message: '', retryAfterMs: 40 } as const;
    const { sent, status } = await switchOff(way, () => throttled);
    expect(sent).toMatchObject({ kind: 'refused', code: 'Throttling', why: expect.stringContaining('fewer requests') });
    expect(status).toBe('Active');
  });

  it('is signed again by the server’s clock, once', async () => {
    const { sent, status, requests } = await switchOff(way, () => ({ kind: 'clock', aheadMs: 3_600_000 }));
    expect([sent.kind, status]).toEqual(['done', 'Inactive']);
    expect(requests.map(({ code }) => code)).toEqual(['InvalidTimeStamp.Expired', null]);
  });

  it('tells the permission that is missing', async () => {
    const cloud = company();
    const { url } = await simulate(cloud.world);
    const [name, user] = way;
    const sent = await writing(url, cloud.auditor)(name, {
      ...user,
      UserAccessKeyId: cloud.active.id,
      Status: 'Inactive',
    });
    expect(sent).toEqual({
      kind: 'refused',
      code: 'NoPermission',
      why: 'Your credentials lack ram:UpdateAccessKey.',
      requestId: expect.any(String),
    });
    expect(cloud.active.status).toBe('Active');
  });

  it.each([
    ['EntityNotExist.User.AccessKey', 404, 'does not have'],
    ['InvalidApi.NotFound', 404, 'does not serve'],
    ['LimitExceeded.User.AccessKey', 409, 'quota'],
    ['DeleteConflict.AccessKey', 409, 'stands in the way'],
    ['Forbidden.SourceIp', 403, 'address'],
    ['InvalidAccessKeyId.Inactive', 400, 'Your own credentials'],
    ['Forbidden.RiskControl', 403, 'does not let this account'],
    ['Unheard.Of', 400, '400 Unheard.Of'],
  ])('takes %s for a no', async (code, status, why) => {
    const { sent, arrived } = await switchOff(way, () => ({ kind: 'error', status, code, message: '' }));
    expect(sent).toMatchObject({ kind: 'refused', code, why: expect.stringContaining(why) });
    expect(arrived).toBe(1);
  });

  it('prints no code that is none', async () => {
    const { sent } = await switchOff(way, () => ({ kind: 'error', status: 400, code: '\u001b[2J', message: '' }));
    expect(sent).toMatchObject({ kind: 'refused', code: 'an unreadable code' });
  });

  it('never says done of a fault, and comes back from every one', async () => {
    const wrong: string[] = [];
    for (const { name, group, fault } of faults) {
      if (group === 'clock' || name === 'gzip') continue;
      const { sent, status, arrived } = await switchOff(way, fault);
      const isRepeated = arrived > 1 && !/Throttling|-429$/.test(name);
      if (sent.kind === 'done' || status !== 'Active' || isRepeated) wrong.push(`${name}: ${sent.kind}, ${arrived}`);
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it('is tried again where no connection stands, and surely not sent', async () => {
    const cloud = company();
    const closed = createServer().listen(0, '127.0.0.1');
    const address = await new Promise<string>((resolve) => {
      closed.once('listening', () => {
        const at = closed.address();
        closed.close(() => resolve(`http://127.0.0.1:${typeof at === 'object' ? at?.port : ''}`));
      });
    });
    const [name, user] = way;
    const sent = await writing(address, cloud.admin)(name, { ...user, UserAccessKeyId: 'x', Status: 'Inactive' });
    expect(sent).toMatchObject({ kind: 'refused', code: 'NotSent', why: expect.stringContaining('ECONNREFUSED') });
  });

  it('is unsure when the run ends before the answer', async () => {
    const cloud = company();
    const ending = new AbortController();
    cloud.world.fault = () => {
      setTimeout(() => ending.abort(new Error('interrupted')), 10);
      return { kind: 'hang' };
    };
    const { url } = await simulate(cloud.world);
    const [name, user] = way;
    const write = writing(url, cloud.admin, { totalMs: 5_000 }, ending.signal);
    const sent = await write(name, { ...user, UserAccessKeyId: cloud.active.id, Status: 'Inactive' });
    expect(sent).toMatchObject({ kind: 'unsure', why: expect.stringContaining('interrupted') });
    await expect(write(name, { ...user, UserAccessKeyId: 'x', Status: 'Inactive' })).rejects.toThrow('interrupted');
  });
});

describe('a change', () => {
  it('is not sent with credentials that have ended', async () => {
    const cloud = company();
    const { url, requests } = await simulate(cloud.world);
    const session = createSession(resolveEndpoints(endpointsOf(url), {}), new AbortController().signal, QUICK);
    const signer = () => Promise.reject(new AkscanError('The credentials are gone.'));
    const write = createWrite(session, { from: 'x', roots: [], signer }, '1', ramCaller);
    expect(await write('ram:UpdateAccessKey', {})).toMatchObject({ code: 'NotSent', why: 'The credentials are gone.' });
    expect(requests).toEqual([]);
  });

  it('is none of the operations that read', async () => {
    const cloud = company();
    const { url, requests } = await simulate(cloud.world);
    await expect(writing(url, cloud.admin)('ram:ListUsers', {})).rejects.toThrow('changes nothing');
    expect(requests).toEqual([]);
  });

  it('is marked as such in the table, and nothing else is', () => {
    const writes = Object.entries(operations).filter(([, operation]) => 'effect' in operation);
    expect(
      writes
        .map(([name]) => name.split(':')[1])
        .every((action) => /^(?:Update|Delete|Set|Restore|Create)/.test(action ?? '')),
    ).toBe(true);
    expect(writes.length).toBeGreaterThan(5);
  });
});
