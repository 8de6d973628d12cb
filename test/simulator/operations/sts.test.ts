import { describe, expect, it } from 'vitest';
import type { World } from '../../../src/simulator/world.js';
import { attached, newAccount, newKey, newPolicy, newUser } from '../../support/world.js';
import { call, type Over, start } from '../calling.js';

const key = newKey();
const root = newKey();
const UID = '1234567890123456';
const PROVIDER = `acs:ram::${UID}:oidc-provider/ci`;
const trusting = (principal: object) =>
  JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal }] });

const world = (allow: readonly string[] = ['sts:AssumeRole']): World => ({
  accounts: [
    newAccount(UID, {
      rootKeys: [root],
      users: [newUser('alice', { keys: [key], allow })],
      roles: [
        { id: '311', name: 'reader', trust: trusting({ RAM: [`acs:ram::${UID}:root`] }), policies: [attached('see')] },
        { name: 'strict', trust: trusting({ RAM: [`acs:ram::${UID}:user/bob`] }) },
        { name: 'pipeline', trust: trusting({ Federated: [PROVIDER] }), maxSession: 7200 },
      ],
      policies: [newPolicy('see', [{ Effect: 'Allow', Action: 'ram:List*', Resource: '*' }])],
      oidcProviders: [
        {
          name: 'ci',
          issuer: 'https://ci.example',
          tokens: [{ text: 'token-of-ci', subject: 'repo:shop', audience: 'akscan' }],
        },
      ],
    }),
  ],
});

const assume = (role: string, over: Over = {}): Over => ({
  Action: 'AssumeRole',
  RoleArn: `acs:ram::${UID}:role/${role}`,
  RoleSessionName: 'audit',
  ...over,
});

describe('AssumeRole', () => {
  it('opens a session that may do what the role may, for as long as was asked', async () => {
    const { url } = await start(world());
    const { body } = await call(url, key, assume('reader', { DurationSeconds: '900' }));
    expect(body.AssumedRoleUser).toEqual({
      Arn: `acs:ram::${UID}:role/reader/audit`,
      AssumedRoleId: '311:audit',
    });
    const minutes = (Date.parse(body.Credentials.Expiration) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(14);
    expect(minutes).toBeLessThanOrEqual(15);
    const session = { id: body.Credentials.AccessKeyId, secret: body.Credentials.AccessKeySecret };
    const token = { SecurityToken: body.Credentials.SecurityToken };
    expect((await call(url, session, token)).body).toMatchObject({
      IdentityType: 'AssumedRoleUser',
      RoleId: '311',
      PrincipalId: '311:audit',
    });
    const ram = { ...token, Version: '2015-05-01' };
    expect((await call(url, session, { ...ram, Action: 'ListUsers' })).status).toBe(200);
    expect((await call(url, session, { ...ram, Action: 'GetUser', UserName: 'alice' })).body.Code).toBe('NoPermission');
  });

  it('lets the policy of a session only take away', async () => {
    const { url } = await start(world());
    const Policy = JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: 'oss:*', Resource: '*' }] });
    const { Credentials } = (await call(url, key, assume('reader', { Policy }))).body;
    const session = { id: Credentials.AccessKeyId, secret: Credentials.AccessKeySecret };
    const asked = { SecurityToken: Credentials.SecurityToken, Version: '2015-05-01', Action: 'ListUsers' };
    expect((await call(url, session, asked)).body.Code).toBe('NoPermission');
  });

  it.each<[string, Over, readonly [number, string]]>([
    ['a role that trusts somebody else', assume('strict'), [403, 'NoPermission']],
    ['a role that is not there', assume('nobody'), [404, 'EntityNotExist.Role']],
    ['no name of a role', assume('reader', { RoleArn: 'reader' }), [400, 'InvalidParameter.RoleArn']],
    ['a session without a name', assume('reader', { RoleSessionName: '' }), [400, 'MissingParameter']],
    ['too long', assume('reader', { DurationSeconds: '3601' }), [400, 'InvalidParameter.DurationSeconds']],
    ['too short', assume('reader', { DurationSeconds: '899' }), [400, 'InvalidParameter.DurationSeconds']],
  ])('refuses %s', async (_, over, expected) => {
    const { status, body } = await call((await start(world())).url, key, over);
    expect([status, body.Code]).toEqual(expected);
  });

  it('is nothing for root, and nothing without a grant', async () => {
    const { url } = await start(world([]));
    expect((await call(url, root, assume('reader'))).body.Message).toMatch(/root/);
    expect((await call(url, key, assume('reader'))).body.AccessDeniedDetail.AuthAction).toBe('sts:AssumeRole');
  });
});

describe('AssumeRoleWithOIDC', () => {
  const ask = async (url: string, over: Over = {}) => {
    const query = new URLSearchParams({ Action: 'AssumeRoleWithOIDC', Version: '2015-04-01', Format: 'JSON' });
    const form = new URLSearchParams({
      RoleArn: `acs:ram::${UID}:role/pipeline`,
      OIDCProviderArn: PROVIDER,
      OIDCToken: 'token-of-ci',
      RoleSessionName: 'build',
      ...over,
    });
    const response = await fetch(`${url}/?${query}`, { method: 'POST', body: form });
    return { status: response.status, body: JSON.parse(await response.text()) };
  };

  it('gives a session for a token, with no signature', async () => {
    const { url } = await start(world());
    const { body } = await ask(url, { DurationSeconds: '7200' });
    expect(body.OIDCTokenInfo).toMatchObject({ Subject: 'repo:shop', Issuer: 'https://ci.example' });
    const session = { id: body.Credentials.AccessKeyId, secret: body.Credentials.AccessKeySecret };
    const identity = await call(url, session, { SecurityToken: body.Credentials.SecurityToken });
    expect(identity.body.Arn).toBe(`acs:ram::${UID}:assumed-role/pipeline/build`);
  });

  it.each<[string, Over, string]>([
    ['another token', { OIDCToken: 'forged' }, 'AuthenticationFail.OIDCToken.Invalid'],
    ['a provider that is not there', { OIDCProviderArn: `${PROVIDER}2` }, 'EntityNotExist.OIDCProvider'],
    ['a role that does not trust it', { RoleArn: `acs:ram::${UID}:role/reader` }, 'AuthenticationFail.NoPermission'],
  ])('refuses %s', async (_, over, code) => {
    expect((await ask((await start(world())).url, over)).body.Code).toBe(code);
  });

  it('leaves every other operation signed', async () => {
    const { url } = await start(world());
    const response = await fetch(`${url}/?Action=GetCallerIdentity&Version=2015-04-01&Format=JSON`);
    expect(JSON.parse(await response.text()).Code).toBe('MissingAccessKeyId');
  });
});
