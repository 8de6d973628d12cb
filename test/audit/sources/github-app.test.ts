// A GitHub App: its key signs for itself, GitHub gives a token for an hour ("Generating an installation access token for a
// GitHub App").

import { generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { tokenFor } from '../../../src/audit/sources/credentials.js';
import { list, repositoriesIn, startForge, unlistedIn } from './loopback-forge.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

const isSigned = (authorization: string): boolean => {
  const [head = '', claims = '', signature = ''] = authorization.replace(/^bearer /i, '').split('.');
  const { iss, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString());
  const isGood = verify('sha256', Buffer.from(`${head}.${claims}`), publicKey, Buffer.from(signature, 'base64url'));
  return isGood && String(iss) === '123' && exp > Date.now() / 1_000;
};

const start = async (lifeMs: number) => {
  let given = 0;
  const forge = await startForge(({ path, headers, base }) => {
    const { authorization = '' } = headers;
    if (path === '/api/v3/users/acme/installation')
      return isSigned(authorization) ? { body: { id: 9 } } : { status: 401 };
    if (path === '/api/v3/app/installations/9/access_tokens') {
      if (!isSigned(authorization)) return { status: 401 };
      given += 1;
      const expires = new Date(Date.now() + lifeMs).toISOString();
      return {
        status: 201,
        body: {
          token: `made-up-${given}`,
          expires_at: expires,
          permissions: { contents: 'read' },
          repository_selection: 'all',
        },
      };
    }
    if (path.endsWith('/installation')) return null;
    if (!/^Bearer made-up-\d+$/.test(authorization)) return { status: 401, body: { message: 'Bad credentials' } };
    if (path === '/api/v3/users/acme') return { body: { login: 'acme', type: 'Organization' } };
    if (path === '/api/v3/orgs/acme/repos')
      return { body: [{ id: 1, full_name: 'acme/app', clone_url: `${base}/acme/app.git` }] };
    return null;
  });
  const env = { GITHUB_API_URL: `${forge.url}/api/v3`, GITHUB_APP_ID: '123', GITHUB_APP_PRIVATE_KEY: privateKey };
  return { forge, env };
};

const tokensGiven = (asked: readonly { readonly url: string }[]): number =>
  asked.filter(({ url }) => url.endsWith('/access_tokens')).length;

describe('a GitHub App', () => {
  it('lists with a token of its installation, which is asked for once, and fetches with it', async () => {
    const { forge, env } = await start(3_600_000);
    expect(repositoriesIn(await list(['github:acme'], { env }))).toHaveLength(1);
    const url = new URL(`${forge.url}/acme/app.git`);
    expect(await tokenFor(url, env)).toEqual({ username: 'x-access-token', password: 'made-up-1' });
    expect(tokensGiven(forge.asked)).toBe(1);
  });

  it('is given a new token before the old one ends', async () => {
    const { forge, env } = await start(3_600_000);
    const url = new URL(`${forge.url}/acme/app.git`);
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    onTestFinished(() => void vi.useRealTimers());
    expect(await tokenFor(url, env)).toMatchObject({ password: 'made-up-1' });
    vi.advanceTimersByTime(50 * 60_000);
    expect(await tokenFor(url, env)).toMatchObject({ password: 'made-up-1' });
    vi.advanceTimersByTime(9.5 * 60_000);
    expect(await tokenFor(url, env)).toMatchObject({ password: 'made-up-2' });
  });

  it('takes a key on one line, and the installation that is named', async () => {
    const { forge, env } = await start(3_600_000);
    const oneLine = {
      ...env,
      GITHUB_APP_PRIVATE_KEY: privateKey.replaceAll('\n', '\\n'),
      GITHUB_APP_INSTALLATION_ID: '9',
    };
    expect(repositoriesIn(await list(['github:acme'], { env: oneLine }))).toHaveLength(1);
    expect(forge.asked.some(({ url }) => url.endsWith('/installation'))).toBe(false);
  });

  it('lists what its installation reaches of a user, and of nobody else', async () => {
    const forge = await startForge(({ path, base }) => {
      if (path.endsWith('/access_tokens'))
        return { status: 201, body: { token: 'made-up-1', expires_at: '2099-01-01T00:00:00Z' } };
      if (path === '/api/v3/users/ann') return { body: { login: 'ann', type: 'User' } };
      const repositories = [
        { id: 1, full_name: 'ann/app', owner: { login: 'Ann' }, private: true, clone_url: `${base}/ann/app.git` },
        { id: 2, full_name: 'bob/app', owner: { login: 'bob' }, private: true, clone_url: `${base}/bob/app.git` },
      ];
      return path === '/api/v3/installation/repositories' ? { body: { total_count: 1, repositories } } : null;
    });
    const env = { GITHUB_APP_ID: '123', GITHUB_APP_PRIVATE_KEY: privateKey, GITHUB_APP_INSTALLATION_ID: '7' };
    const found = repositoriesIn(await list(['github:ann'], { env: { ...env, GITHUB_API_URL: forge.url } }));
    expect(found).toMatchObject([{ id: `${forge.host}/1`, visibility: 'private' }]);
  });

  it('gives git nothing where it is not installed, and nothing for gists', async () => {
    const { forge, env } = await start(3_600_000);
    expect(await tokenFor(new URL(`${forge.url}/others/app.git`), env)).toBeNull();
    const asked = forge.asked.length;
    expect(await tokenFor(new URL('https://gist.github.com/aa5a.git'), { ...env, GITHUB_API_URL: '' })).toBeNull();
    expect(forge.asked).toHaveLength(asked);
  });

  it('says that it is not installed there', async () => {
    const { env } = await start(3_600_000);
    const [told] = unlistedIn(await list(['github:others'], { env }));
    expect(told).toMatchObject({
      state: 'gone',
      reason: expect.stringContaining('an installation of the App at others'),
    });
  });

  it('quotes nothing of a key that is none', async () => {
    const { env } = await start(3_600_000);
    const broken = privateKey.replace(/\n[\s\S]{200}/, '\nabcd');
    for (const key of [broken, 'no key at all']) {
      const told = unlistedIn(
        await list(['github:acme'], { env: { ...env, GITHUB_APP_ID: `1${key.length}`, GITHUB_APP_PRIVATE_KEY: key } }),
      );
      expect(told).toHaveLength(1);
      expect(told[0]?.reason).toMatch(/private key/);
      expect(told[0]?.reason).not.toMatch(/abcd|no key at all/);
    }
  });
});
