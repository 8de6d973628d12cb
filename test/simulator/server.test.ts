import { describe, expect, it } from 'vitest';
import type { SimulatedKey, World } from '../../src/simulator/world.js';
import { id24, secret30 } from '../support/keys.js';
import { testCloud } from '../support/world.js';
import { call, type Over, start } from './calling.js';

const codeOf = async (world: World, key: Pick<SimulatedKey, 'id' | 'secret'>, over: Over = {}) => {
  const { status, body } = await call((await start(world)).url, key, over);
  return [status, body.Code];
};

describe('the simulated cloud', () => {
  it('knows root, user and role apart', async () => {
    const cloud = testCloud();
    const { url } = await start(cloud.world);
    expect((await call(url, cloud.root)).body).toMatchObject({
      IdentityType: 'Account',
      Arn: 'acs:ram::1234567890123456:root',
    });
    expect((await call(url, cloud.active)).body).toMatchObject({
      IdentityType: 'RAMUser',
      Arn: 'acs:ram::1234567890123456:user/alice',
    });
    const { body } = await call(url, cloud.session, { SecurityToken: cloud.session.token });
    expect(body).toMatchObject({
      IdentityType: 'AssumedRoleUser',
      Arn: 'acs:ram::1234567890123456:assumed-role/deployer/ci',
    });
  });

  it('refuses an ID that it does not know', async () => {
    expect(await codeOf(testCloud().world, { id: id24(), secret: secret30() })).toEqual([
      404,
      'InvalidAccessKeyId.NotFound',
    ]);
  });

  it('refuses a disabled key, whatever the signature', async () => {
    const cloud = testCloud();
    expect(await codeOf(cloud.world, { id: cloud.inactive.id, secret: secret30() })).toEqual([
      400,
      'InvalidAccessKeyId.Inactive',
    ]);
  });

  it('refuses a wrong secret and says what it signed itself', async () => {
    const cloud = testCloud();
    const { status, body } = await call((await start(cloud.world)).url, { id: cloud.active.id, secret: secret30() });
    expect([status, body.Code]).toEqual([400, 'SignatureDoesNotMatch']);
    expect(body.Message).toMatch(/server string to sign is:GET&%2F&AccessKeyId/);
  });

  it.each([
    ['20 minutes late', 20, 'InvalidTimeStamp.Expired'],
    ['20 minutes early', -20, 'InvalidTimeStamp.Expired'],
    ['10 minutes late', 10, undefined],
  ])('checks the time: %s', async (_, minutes, code) => {
    const cloud = testCloud();
    const { body } = await call((await start({ ...cloud.world, clockAheadMs: minutes * 60_000 })).url, cloud.active);
    expect(body.Code).toBe(code);
  });

  it.each(['today', '2026-02-30T00:00:00Z', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00+00:00', '2026-01-01'])(
    'refuses a time that is none: %s',
    async (Timestamp) => {
      const cloud = testCloud();
      expect(await codeOf(cloud.world, cloud.active, { Timestamp })).toEqual([400, 'InvalidTimeStamp.Format']);
    },
  );

  it.each([
    ['another path', '/other', 'GET', 404],
    ['a path that names another host', '//evil.example/', 'GET', 404],
    ['another method', '/', 'PUT', 405],
  ])('refuses %s', async (_, target, method, status) => {
    const { url } = await start(testCloud().world);
    expect((await fetch(`${url}${target}`, { method })).status).toBe(status);
  });

  it('lets nobody replay a request, not even one that was refused for want of a grant', async () => {
    const cloud = testCloud();
    const { url } = await start(cloud.world);
    const over = { Action: 'ListUsers', Version: '2015-05-01', SignatureNonce: 'once' };
    expect((await call(url, cloud.active, over)).body.Code).toBe('NoPermission');
    expect((await call(url, cloud.active, over)).body.Code).toBe('SignatureNonceUsed');
  });

  it('does not use up a nonce for a request that somebody else made up', async () => {
    const cloud = testCloud();
    const { url } = await start(cloud.world);
    const over = { SignatureNonce: 'once' };
    const forged = await call(url, { id: cloud.active.id, secret: secret30() }, over);
    expect(forged.body.Code).toBe('SignatureDoesNotMatch');
    expect((await call(url, cloud.active, over)).status).toBe(200);
  });

  it('answers after the time that it was told to take', async () => {
    const cloud = testCloud();
    const { url } = await start({ ...cloud.world, latencyMs: [30, 40] });
    const began = performance.now();
    expect((await call(url, cloud.active)).status).toBe(200);
    expect(performance.now() - began).toBeGreaterThanOrEqual(29);
  });

  it('takes a nonce once', async () => {
    const cloud = testCloud();
    const { url } = await start(cloud.world);
    const over = { SignatureNonce: 'once' };
    expect((await call(url, cloud.active, over)).status).toBe(200);
    expect((await call(url, cloud.active, over)).body.Code).toBe('SignatureNonceUsed');
  });

  it.each([
    ['no token', {}, 'MissingSecurityToken'],
    ['another token', { SecurityToken: 'other' }, 'InvalidSecurityToken.Malformed'],
  ])('checks a session’s token: %s', async (_, over, code) => {
    const cloud = testCloud();
    expect(await codeOf(cloud.world, cloud.session, over)).toEqual([400, code]);
  });

  it('refuses a token beside a lasting key', async () => {
    const cloud = testCloud();
    const code = 'InvalidSecurityToken.MismatchWithAccessKey';
    expect(await codeOf(cloud.world, cloud.active, { SecurityToken: 'token' })).toEqual([400, code]);
  });

  it('keeps a key under leak protection from RAM and IMS, not from STS', async () => {
    const cloud = testCloud();
    const { url } = await start(cloud.world);
    expect((await call(url, cloud.restricted)).status).toBe(200);
    const ram = await call(url, cloud.restricted, { Action: 'ListUsers', Version: '2015-05-01' });
    expect([ram.status, ram.body.Code, ram.body.Message]).toEqual([
      403,
      'Forbidden',
      'There is a risk of leakage of this AccessKey.',
    ]);
  });

  it('refuses what was not granted and names the action', async () => {
    const cloud = testCloud();
    const { url } = await start(cloud.world);
    const { status, body } = await call(url, cloud.active, { Action: 'ListUsers', Version: '2015-05-01' });
    expect([status, body.Code, body.AccessDeniedDetail.AuthAction]).toEqual([403, 'NoPermission', 'ram:ListUsers']);
  });

  it.each([
    [{ Action: 'Nothing' }, [404, 'InvalidApi.NotFound']],
    [{ Version: '1999-01-01' }, [400, 'InvalidVersion']],
  ])('refuses what it does not serve: %o', async (over, expected) => {
    const cloud = testCloud();
    expect(await codeOf(cloud.world, cloud.active, over as Over)).toEqual(expected);
  });

  it('answers in XML when asked to', async () => {
    const cloud = testCloud();
    const { url } = await start(cloud.world);
    expect((await call(url, cloud.active, { Format: 'XML' })).text).toContain('<GetCallerIdentityResponse><RequestId>');
    expect((await call(url, cloud.inactive, { Format: 'XML' })).text).toContain(
      '<Code>InvalidAccessKeyId.Inactive</Code>',
    );
  });

  it('gives every error an envelope of the real shape', async () => {
    const { body, headers } = await call((await start(testCloud().world)).url, { id: id24(), secret: secret30() });
    expect(body.RequestId).toBe(headers.get('x-acs-request-id'));
    expect(body.HostId).toMatch(/^127\.0\.0\.1:/);
    expect(body.Recommend).toContain('api.aliyun.com');
  });

  it('remembers requests, and no secret or signature of theirs', async () => {
    const cloud = testCloud();
    const simulator = await start(cloud.world);
    await call(simulator.url, cloud.active);
    expect(simulator.requests).toHaveLength(1);
    expect(simulator.requests[0]).toMatchObject({
      action: 'GetCallerIdentity',
      scheme: 'V1',
      accessKeyId: cloud.active.id,
      status: 200,
    });
    expect(JSON.stringify(simulator.requests)).not.toMatch(new RegExp(`${cloud.active.secret}|Signature`));
  });

  it('follows its world while it runs', async () => {
    const cloud = testCloud();
    const { url } = await start(cloud.world);
    expect((await call(url, cloud.active)).status).toBe(200);
    cloud.active.status = 'Inactive';
    expect((await call(url, cloud.active)).body.Code).toBe('InvalidAccessKeyId.Inactive');
  });

  it('listens on loopback only', async () => {
    expect(new URL((await start(testCloud().world)).url).hostname).toBe('127.0.0.1');
  });
});
