import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/simulator/world.js';
import { id16, id24, secret30, stsToken } from '../support/keys.js';
import { endpointsOf, idOnly, isolate, pairOf, simulate, verifyAll, verifyOne } from '../support/verifying.js';
import { newKey, testCloud } from '../support/world.js';

isolate();

const probing = (url: string) => ({ inventory: false, probe: true, endpoints: endpointsOf(url) });

const probe = async (cloud: ReturnType<typeof testCloud>, credential = pairOf(cloud.active)) => {
  const simulator = await simulate(cloud.world);
  const { verdict } = await verifyOne(credential, probing(simulator.url));
  return { verdict, simulator };
};

/** A simulated cloud in which the first `times` requests go wrong. */
const failing = (fault: Fault, times = Number.POSITIVE_INFINITY) => {
  const cloud = testCloud();
  cloud.world.fault = ({ earlier }) => (earlier < times ? fault : null);
  return cloud;
};

describe('the probe', () => {
  it('tells a live key of a RAM user', async () => {
    expect((await probe(testCloud())).verdict).toEqual({
      state: 'live',
      how: 'probe',
      checkedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      account: '1234567890123456',
      arn: 'acs:ram::1234567890123456:user/alice',
      principal: 'ram-user',
      user: 'alice',
      secretProven: true,
    });
  });

  it('tells a root key', async () => {
    const cloud = testCloud();
    expect((await probe(cloud, pairOf(cloud.root))).verdict).toMatchObject({
      state: 'live',
      principal: 'root',
      secretProven: true,
    });
  });

  it('tells an assumed role', async () => {
    const cloud = testCloud();
    const { id, secret, token } = cloud.session;
    expect((await probe(cloud, { accessKeyId: id, secret, token })).verdict).toMatchObject({
      state: 'live',
      principal: 'assumed-role',
      user: 'deployer',
      session: 'ci',
    });
  });

  it('tells a key of 16 characters', async () => {
    const cloud = testCloud();
    const old = newKey({ id: id16() });
    cloud.account.rootKeys.push(old);
    expect((await probe(cloud, pairOf(old))).verdict).toMatchObject({ state: 'live', principal: 'root' });
  });

  it('tells a disabled key', async () => {
    const cloud = testCloud();
    expect((await probe(cloud, pairOf(cloud.inactive))).verdict).toMatchObject({
      state: 'disabled',
      code: 'InvalidAccessKeyId.Inactive',
    });
  });

  it('tells an ID that does not exist', async () => {
    const { verdict } = await probe(testCloud(), pairOf({ id: id24(), secret: secret30() }));
    expect(verdict).toMatchObject({ state: 'not-found', code: 'InvalidAccessKeyId.NotFound' });
  });

  it('tells a secret that is not the key’s own', async () => {
    const cloud = testCloud();
    expect((await probe(cloud, pairOf({ id: cloud.active.id, secret: secret30() }))).verdict).toMatchObject({
      state: 'wrong-secret',
      secretProven: false,
    });
  });

  it('tells an expired temporary key', async () => {
    const cloud = testCloud();
    const session = { ...cloud.session, expires: '2020-01-01T00:00:00Z' };
    cloud.account.sessions.splice(0, 1, session);
    const { verdict } = await probe(cloud, { accessKeyId: session.id, secret: session.secret, token: session.token });
    expect(verdict.state).toBe('expired');
  });

  it('does not call a temporary key dead for a token that is not its own', async () => {
    const cloud = testCloud();
    const { id, secret } = cloud.session;
    expect((await probe(cloud, { accessKeyId: id, secret, token: stsToken() })).verdict).toMatchObject({
      state: 'unknown',
      code: 'InvalidSecurityToken.Malformed',
    });
  });

  it('sends nothing for a temporary key without its token', async () => {
    const cloud = testCloud();
    const { verdict, simulator } = await probe(cloud, pairOf(cloud.session));
    expect(verdict).toMatchObject({ state: 'unknown', reason: expect.stringContaining('token') });
    expect(simulator.requests).toEqual([]);
  });

  it('sends nothing for an ID without a secret', async () => {
    const cloud = testCloud();
    const { verdict, simulator } = await probe(cloud, idOnly(cloud.active.id));
    expect(verdict).toMatchObject({ state: 'unchecked', how: null });
    expect(simulator.requests).toEqual([]);
  });

  it.each([
    ['active', 'live'],
    ['inactive', 'disabled'],
    ['missing', 'not-found'],
  ] as const)('signs with a made-up secret only when that was asked for: %s', async (which, state) => {
    const cloud = testCloud();
    const simulator = await simulate(cloud.world);
    const id = which === 'missing' ? id24() : cloud[which].id;
    const { verdict } = await verifyOne(idOnly(id), { ...probing(simulator.url), probeId: true });
    expect(verdict.state).toBe(state);
    expect(verdict.secretProven ?? false).toBe(false);
    expect(simulator.requests).toHaveLength(1);
  });

  it('does not believe a server that takes a made-up secret for the true one', async () => {
    const cloud = testCloud();
    const body = JSON.stringify({ RequestId: '1', Arn: 'acs:ram::1:user/x', IdentityType: 'RAMUser' });
    cloud.world.fault = () => ({ kind: 'answer', status: 200, body });
    const simulator = await simulate(cloud.world);
    const { verdict } = await verifyOne(idOnly(cloud.active.id), { ...probing(simulator.url), probeId: true });
    expect(verdict).toMatchObject({ state: 'unknown', reason: expect.stringContaining('made-up secret') });
    expect(verdict).not.toHaveProperty('arn');
  });

  it('calls a key live that was recognised and then not allowed', async () => {
    const fault = { kind: 'error', status: 403, code: 'NoPermission', message: 'You are not authorized.' } as const;
    expect((await probe(failing(fault))).verdict).toMatchObject({
      state: 'live',
      secretProven: true,
      code: 'NoPermission',
    });
  });

  it('tells a key under leak protection', async () => {
    const message = 'There is a risk of leakage of this AccessKey.';
    const fault = { kind: 'error', status: 403, code: 'Forbidden', message } as const;
    expect((await probe(failing(fault))).verdict.state).toBe('restricted');
  });

  it('does not blame the secret when the server signed another text', async () => {
    const message = `Specified signature does not match our calculation. server StringToSign is [ACS3-HMAC-SHA256\n${'0'.repeat(64)}] server CanonicalRequest is [POST]`;
    const fault = { kind: 'error', status: 400, code: 'SignatureDoesNotMatch', message } as const;
    expect((await probe(failing(fault))).verdict).toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining('another request'),
    });
  });

  it.each([
    ['a login page', { kind: 'answer', status: 200, body: '<html>Sign in</html>' }, 'web page'],
    [
      'a redirect',
      { kind: 'answer', status: 302, headers: { location: 'https://example.com/' }, body: '' },
      'redirect',
    ],
    ['null', { kind: 'answer', status: 200, body: 'null' }, 'no answer'],
    ['an empty list', { kind: 'answer', status: 200, body: '[]' }, 'no answer'],
    [
      'an object without an identity',
      { kind: 'answer', status: 200, body: '{"RequestId":"1","Arn":"x"}' },
      'without saying whose',
    ],
    ['nothing', { kind: 'answer', status: 200, body: '' }, 'empty'],
    ['a firewall’s page', { kind: 'answer', status: 403, body: '<!DOCTYPE html><title>Blocked' }, 'web page'],
    ['another 404', { kind: 'answer', status: 404, body: '{"code":"NotFound","message":"no route"}' }, '404 NotFound'],
    [
      'a dead-key code with the wrong status',
      { kind: 'error', status: 502, code: 'InvalidAccessKeyId.NotFound', message: '' },
      '502',
    ],
    [
      'an unknown refusal',
      { kind: 'error', status: 403, code: 'Forbidden.NetworkAcl', message: 'no' },
      'allowed addresses',
    ],
    ['an internal error', { kind: 'error', status: 500, code: 'InternalError', message: 'no' }, '500 InternalError'],
    ['throttling', { kind: 'error', status: 400, code: 'Throttling.User', message: 'no' }, 'fewer requests'],
    ['a wrong address', { kind: 'error', status: 404, code: 'InvalidApi.NotFound', message: 'no' }, '--endpoint'],
    ['a closed connection', { kind: 'reset' }, 'closed the connection'],
    ['half an answer', { kind: 'truncate' }, 'broke off'],
  ] as const)('takes %s for a fault that says nothing of the key', async (_, fault, word) => {
    const { verdict } = await probe(failing(fault));
    expect(verdict.state).toBe('unknown');
    expect(verdict.reason).toContain(word);
    expect(verdict.reason).toContain('127.0.0.1');
  });

  it('gives up on a server that never answers', async () => {
    const cloud = failing({ kind: 'hang' });
    const simulator = await simulate(cloud.world);
    const { verdict } = await verifyOne(pairOf(cloud.active), probing(simulator.url), { totalMs: 50, attempts: 1 });
    expect(verdict).toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining('did not answer within 0.05 s'),
    });
  });

  it('says so when nobody listens', async () => {
    const cloud = testCloud();
    const simulator = await simulate(cloud.world);
    await simulator.close();
    const { verdict } = await verifyOne(pairOf(cloud.active), probing(simulator.url));
    expect(verdict).toMatchObject({ state: 'unknown', reason: expect.stringContaining('ECONNREFUSED') });
  });

  it('reads errors in XML and with small letters', async () => {
    const xml =
      '<?xml version="1.0"?><Error><RequestId>1</RequestId><Code>InvalidAccessKeyId.Inactive</Code><Message>x</Message></Error>';
    expect((await probe(failing({ kind: 'answer', status: 400, body: xml }))).verdict.state).toBe('disabled');
    const small = '{"requestId":"1","code":"InvalidAccessKeyId.Inactive","message":"x"}';
    expect((await probe(failing({ kind: 'answer', status: 400, body: small }))).verdict.state).toBe('disabled');
  });

  it.each([
    ['throttling', { kind: 'error', status: 429, code: 'Throttling', message: '' }],
    ['a failure', { kind: 'error', status: 503, code: 'ServiceUnavailable', message: '' }],
    ['a nonce that was used', { kind: 'error', status: 400, code: 'SignatureNonceUsed', message: '' }],
    ['a closed connection', { kind: 'reset' }],
  ] as const)('asks again after %s, with a new nonce', async (_, fault) => {
    const { verdict, simulator } = await probe(failing(fault, 2));
    expect(verdict.state).toBe('live');
    expect(new Set(simulator.requests.map(({ nonce }) => nonce)).size).toBe(3);
  });

  it('does not wait longer than is bearable for a server that asks for it', async () => {
    const fault = { kind: 'error', status: 429, code: 'Throttling', message: '', retryAfterMs: 900_000 } as const;
    const { verdict, simulator } = await probe(failing(fault));
    expect(verdict.state).toBe('unknown');
    expect(simulator.requests).toHaveLength(1);
  });

  it.each([3_600_000, -3_600_000])('corrects its clock by the server’s, once: %i ms', async (clockAheadMs) => {
    const cloud = testCloud();
    cloud.world.clockAheadMs = clockAheadMs;
    const simulator = await simulate(cloud.world);
    const credentials = [pairOf(cloud.active), pairOf(cloud.root), pairOf(cloud.inactive)];
    const verdicts = await verifyAll(credentials, probing(simulator.url), { parallel: 1 });
    expect(credentials.map((each) => verdicts.get(each)?.verdict.state)).toEqual(['live', 'live', 'disabled']);
    expect(simulator.requests.filter(({ code }) => code === 'InvalidTimeStamp.Expired')).toHaveLength(1);
  });

  it('does not correct for ever', async () => {
    const fault = { kind: 'error', status: 400, code: 'InvalidTimeStamp.Expired', message: '' } as const;
    const { verdict, simulator } = await probe(failing(fault));
    expect(verdict).toMatchObject({ state: 'unknown', reason: expect.stringContaining('clock') });
    expect(simulator.requests).toHaveLength(1);
  });

  it.each([
    ['an ID with a line break', { accessKeyId: `${id24()}\r\nx-acs-evil: 1`, secret: secret30(), token: null }],
    ['a secret with other letters', { accessKeyId: id24(), secret: `${secret30()}密`, token: null }],
    ['a token with a line break', { accessKeyId: id24(), secret: secret30(), token: 'a\nb' }],
  ])('sends nothing for %s', async (_, credential) => {
    const { verdict, simulator } = await probe(testCloud(), credential);
    expect(verdict.state).toBe('unknown');
    expect(simulator.requests).toEqual([]);
  });

  it('tells no secret and no string to sign in its reasons', async () => {
    const cloud = testCloud();
    const secret = secret30();
    const { verdict } = await probe(cloud, pairOf({ id: cloud.active.id, secret }));
    expect(JSON.stringify(verdict)).not.toContain(secret);
    expect(JSON.stringify(verdict)).not.toContain('ACS3');
  });
});
