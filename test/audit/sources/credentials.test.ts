// Whose token goes where: for git, from the environment, and from git's own helpers.

import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { tokenFor } from '../../../src/audit/sources/credentials.js';
import { temporaryFolder } from '../../support/repository.js';

const at = (text: string, env: NodeJS.ProcessEnv) => tokenFor(new URL(text), env);

describe('tokenFor', () => {
  it.each([
    ['https://github.com/acme/app.git', { GITHUB_TOKEN: 'made-up' }, 'x-access-token:made-up'],
    ['https://gist.github.com/aa5a.git', { GH_TOKEN: 'made-up' }, 'x-access-token:made-up'],
    ['https://gitlab.com/team/app.git', { GITLAB_TOKEN: 'made-up\n' }, 'oauth2:made-up'],
    ['https://gitee.com/acme/app.git', { GITEE_TOKEN: 'made-up', GITEE_USERNAME: 'ann' }, 'ann:made-up'],
    ['https://git.example.com/a/b', { GITEA_URL: 'https://git.example.com', GITEA_TOKEN: 'made-up' }, 'oauth2:made-up'],
    ['https://bitbucket.org/acme/app.git', { BITBUCKET_TOKEN: 'made-up' }, 'x-token-auth:made-up'],
    [
      'https://bitbucket.org/acme/app.git',
      { BITBUCKET_TOKEN: 'made-up', BITBUCKET_USERNAME: 'ann@example.com' },
      'x-bitbucket-api-token-auth:made-up',
    ],
    ['https://codeup.aliyun.com/acme/app.git', { CODEUP_USERNAME: 'ann', CODEUP_PASSWORD: 'pass' }, 'ann:pass'],
    [
      'https://ghe.example.com/a/b',
      { GITHUB_API_URL: 'https://ghe.example.com/api/v3', GITHUB_TOKEN: 'x' },
      'x-access-token:x',
    ],
    ['https://git.example.com:8443/a', { AKSCAN_TOKEN_GIT_EXAMPLE_COM_8443: 'ann:made-up' }, 'ann:made-up'],
    ['https://git.example.com/a', { AKSCAN_TOKEN_GIT_EXAMPLE_COM: 'made-up' }, 'x-access-token:made-up'],
    ['https://my-git.example.com/a', { AKSCAN_TOKEN_MY__GIT_EXAMPLE_COM: 'made-up' }, 'x-access-token:made-up'],
    ['http://127.0.0.1:3000/a', { AKSCAN_TOKEN_127_0_0_1_3000: 'made-up' }, 'x-access-token:made-up'],
  ])('gives %s with %o what belongs there', async (url, env, pair) => {
    const credential = await at(url, env);
    expect(`${credential?.username}:${credential?.password}`).toBe(pair);
  });

  it.each([
    ['https://github.com.example.com/acme/app.git', { GITHUB_TOKEN: 'made-up' }],
    ['https://gitlab.example.com/team/app.git', { GITLAB_TOKEN: 'made-up' }],
    ['https://gitlab.com/team/app.git', { GITLAB_TOKEN: 'made-up', GITLAB_URL: 'https://gitlab.example.com' }],
    ['https://git.example.com:444/a', { GITEA_URL: 'https://git.example.com', GITEA_TOKEN: 'made-up' }],
    ['ssh://git@github.com/acme/app.git', { GITHUB_TOKEN: 'made-up' }],
    ['https://codeup.aliyun.com/acme/app.git', { YUNXIAO_ACCESS_TOKEN: 'made-up' }],
    ['https://github.com/acme/app.git', { GITHUB_TOKEN: '  ' }],
    ['http://github.com/acme/app.git', { GITHUB_TOKEN: 'made-up' }],
    ['http://git.example.com/a', { AKSCAN_TOKEN_GIT_EXAMPLE_COM: 'made-up' }],
    ['https://git-example.com/a', { AKSCAN_TOKEN_GIT_EXAMPLE_COM: 'made-up' }],
    ['https://git.example.com/a', { AKSCAN_TOKEN_GIT__EXAMPLE_COM: 'made-up' }],
  ])('gives %s nothing of %o', async (url, env) => {
    expect(await at(url, env)).toBeNull();
  });

  it('refuses a token that would break out of its header, without repeating it', async () => {
    const asked = at('https://github.com/a/b', { GITHUB_TOKEN: 'made-up\r\nX-Evil: 1' });
    await expect(asked).rejects.toThrow('GITHUB_TOKEN holds what no token is made of');
    await expect(asked).rejects.not.toThrow('made-up');
  });
});

describe('git’s credential helpers', () => {
  /** A helper that knows one host, and writes down what it was asked. */
  const withHelper = (host: string): string => {
    const folder = temporaryFolder();
    const helper = path.join(folder, 'helper');
    const seen = path.join(folder, 'seen');
    writeFileSync(seen, '');
    writeFileSync(
      helper,
      `#!/bin/sh\ntee -a '${seen}' | grep -q '^host=${host}$' && printf 'username=ann\\npassword=from-helper\\n'\nexit 0\n`,
    );
    chmodSync(helper, 0o755);
    writeFileSync(path.join(folder, 'config'), `[credential]\n\thelper = ${helper}\n`);
    vi.stubEnv('GIT_CONFIG_GLOBAL', path.join(folder, 'config'));
    vi.stubEnv('GIT_CONFIG_SYSTEM', '/dev/null');
    return seen;
  };

  it('are asked for hosts that the person named, and only when the environment has nothing', async () => {
    withHelper('git.example.com');
    const url = new URL('https://git.example.com/team/app.git');
    expect(await tokenFor(url, {})).toBeNull();
    expect(await tokenFor(url, {}, { helper: 'ask' })).toEqual({ username: 'ann', password: 'from-helper' });
    expect(await tokenFor(url, { AKSCAN_TOKEN_GIT_EXAMPLE_COM: 'made-up' }, { helper: 'ask' })).toMatchObject({
      password: 'made-up',
    });
  });

  it('are not asked for what would be sent in the clear', async () => {
    const seen = withHelper('git.example.com');
    expect(await tokenFor(new URL('http://git.example.com/team/app.git'), {}, { helper: 'ask' })).toBeNull();
    expect(readFileSync(seen, 'utf8')).toBe('');
  });

  it('may know nothing, and nobody is asked at a terminal', async () => {
    withHelper('git.example.com');
    vi.stubEnv('GIT_ASKPASS', '/bin/false');
    expect(await tokenFor(new URL('https://other.example.com/app.git'), {}, { helper: 'ask' })).toBeNull();
  });
});
