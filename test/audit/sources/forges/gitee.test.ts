// Gitee's API v5 as its swagger page records it (getV5OrgsOrgRepos, getV5UsersUsernameRepos, getV5UserRepos).

import { describe, expect, it } from 'vitest';
import { list, repositoriesIn, slice, startForge, unlistedIn } from '../loopback-forge.js';

const repository = (base: string, id: number, more: Readonly<Record<string, unknown>> = {}) => ({
  id,
  full_name: `acme/app-${id}`,
  human_name: `Acme/App ${id}`,
  url: `${base}/api/v5/repos/acme/app-${id}`,
  namespace: { id: 1, type: 'group', name: 'acme', path: 'acme' },
  path: `app-${id}`,
  name: `App ${id}`,
  public: true,
  private: false,
  internal: false,
  fork: false,
  html_url: `${base}/acme/app-${id}.git`,
  ssh_url: `git@127.0.0.1:acme/app-${id}.git`,
  has_wiki: true,
  pushed_at: '2021-03-04T05:06:07+08:00',
  status: '开始',
  parent: null,
  ...more,
});

describe('gitee:', () => {
  it('lists an organisation by numbered pages, the token in a header and not in the address', async () => {
    const closed = { status: '关闭', public: false, private: true, fork: true, parent: { id: 9 } };
    const forge = await startForge(({ path, query, base }) => {
      if (path !== '/api/v5/orgs/acme/repos') return null;
      const all = Array.from({ length: 150 }, (_, index) => repository(base, index + 1, index === 1 ? closed : {}));
      const page = Number(query.get('page') ?? 1);
      return {
        body: slice(all, page, Number(query.get('per_page'))),
        headers: { total_count: '150', total_page: '2' },
      };
    });
    const found = repositoriesIn(
      await list(['gitee:acme'], { env: { GITEE_URL: forge.url, GITEE_TOKEN: 'made-up-token' } }),
    );
    expect(found).toHaveLength(150);
    expect(forge.asked).toHaveLength(2);
    expect(
      forge.asked.every(
        ({ url, headers }) => !url.includes('token') && headers.authorization === 'Bearer made-up-token',
      ),
    ).toBe(true);
    expect(found[0]).toMatchObject({
      id: `${forge.host}/1`,
      name: `${forge.url}/acme/app-1`,
      clone: { url: `${forge.url}/acme/app-1.git` },
      visibility: 'public',
      pushedAt: '2021-03-03T21:06:07.000Z',
    });
    expect(found[1]).toMatchObject({ archived: true, visibility: 'private', fork: true, parent: `${forge.host}/9` });
  });

  it('lists a user, and all of it for the user themself', async () => {
    const forge = await startForge(({ path, base }) => {
      if (path === '/api/v5/user') return { body: { login: 'ann' } };
      if (path === '/api/v5/user/repos') return { body: [repository(base, 1), repository(base, 2, { private: true })] };
      return path === '/api/v5/users/ann/repos' ? { body: [repository(base, 1)] } : null;
    });
    expect(repositoriesIn(await list([`gitee:${forge.url}/ann`]))).toHaveLength(1);
    const env = { GITEE_URL: forge.url, GITEE_TOKEN: 'made-up-token' };
    expect(repositoriesIn(await list(['gitee:ann'], { env }))).toHaveLength(2);
  });

  it('waits when nothing is left of the limit', async () => {
    let refused = false;
    const forge = await startForge(({ base }) => {
      if (refused) return { body: [repository(base, 1)] };
      refused = true;
      return { status: 403, headers: { 'x-ratelimit-remaining': '0' }, body: { message: 'Rate Limit Exceeded' } };
    });
    const run = await list([`gitee:${forge.url}/acme`]);
    expect(repositoriesIn(run)).toHaveLength(1);
    expect(run.waits.reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(60_000);
  });

  it('says what a login page is', async () => {
    const forge = await startForge(() => ({ body: '<html>', headers: { 'content-type': 'text/html' } }));
    expect(unlistedIn(await list([`gitee:${forge.url}/acme`]))[0]?.reason).toContain('did not answer in JSON');
  });
});
