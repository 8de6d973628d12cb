// GitHub's REST API as its documentation records it ("List organization repositories", "Get a user", "List gists for a user",
// "Rate limits for the REST API").

import { describe, expect, it } from 'vitest';
import { type Answer, list, repositoriesIn, slice, startForge, unlistedIn } from '../loopback-forge.js';

const repository = (base: string, id: number, more: Readonly<Record<string, unknown>> = {}) => ({
  id,
  node_id: 'MDEwOlJlcG9zaXRvcnkxMjk2MjY5',
  name: `app-${id}`,
  full_name: `acme/app-${id}`,
  owner: { login: 'acme', id: 1, type: 'Organization' },
  private: false,
  html_url: `${base}/acme/app-${id}`,
  description: null,
  fork: false,
  url: `${base}/api/v3/repos/acme/app-${id}`,
  git_url: `git:${base}/acme/app-${id}.git`,
  ssh_url: `git@127.0.0.1:acme/app-${id}.git`,
  clone_url: `${base}/acme/app-${id}.git`,
  size: 108,
  has_wiki: true,
  archived: false,
  disabled: false,
  visibility: 'public',
  pushed_at: '2011-01-26T19:06:43Z',
  ...more,
});

/** An organisation of that many repositories. */
const organisation =
  (count: number, change: (id: number) => Readonly<Record<string, unknown>> = () => ({})): Answer =>
  ({ path, query, base }) => {
    if (path === '/api/v3/users/acme') return { body: { login: 'acme', id: 1, type: 'Organization' } };
    if (path !== '/api/v3/orgs/acme/repos') return null;
    const page = Number(query.get('page') ?? 1);
    const size = Number(query.get('per_page'));
    const all = Array.from({ length: count }, (_, index) => repository(base, index + 1, change(index + 1)));
    const next = `<${base}${path}?type=all&per_page=${size}&page=${page + 1}>; rel="next", <${base}${path}?page=9>; rel="last"`;
    return { body: slice(all, page, size), headers: page * size < count ? { link: next } : {} };
  };

describe('github:', () => {
  it('lists an organisation page by page, each repository with what is known of it', async () => {
    const forge = await startForge(
      organisation(230, (id) =>
        id === 7 ? { visibility: 'internal', archived: true, fork: true, private: true } : {},
      ),
    );
    const found = repositoriesIn(await list([`github:${forge.url}/acme`]));
    expect(found).toHaveLength(230);
    expect(forge.asked).toHaveLength(4);
    expect(found[6]).toEqual({
      id: `${forge.host}/7`,
      forge: 'github',
      name: `${forge.url}/acme/app-7`,
      clone: { from: 'url', url: `${forge.url}/acme/app-7.git` },
      kind: 'repository',
      refs: 'branches-and-tags',
      sizeKb: 108,
      visibility: 'internal',
      archived: true,
      fork: true,
      parent: null,
      pushedAt: '2011-01-26T19:06:43.000Z',
    });
  });

  it('sends the token of the environment in a header, to the server it belongs to', async () => {
    const forge = await startForge(organisation(1));
    await list(['github:acme'], { env: { GITHUB_API_URL: `${forge.url}/api/v3`, GITHUB_TOKEN: 'made-up-token' } });
    expect(forge.asked.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer made-up-token',
      'Bearer made-up-token',
    ]);
    expect(forge.asked.map(({ url }) => url).join()).not.toContain('made-up');
  });

  it('sends the token of github.com to no other server', async () => {
    const forge = await startForge(() => ({ status: 401, body: { message: 'Requires authentication' } }));
    const run = await list([`github:${forge.url}/acme`], { env: { GITHUB_TOKEN: 'made-up-token' } });
    expect(forge.asked[0]?.headers.authorization).toBeUndefined();
    expect(unlistedIn(run)[0]).toMatchObject({
      state: 'denied',
      reason: expect.stringContaining('Set AKSCAN_TOKEN_127_0_0_1_'),
    });
  });

  it('goes on after a member who is gone', async () => {
    const forge = await startForge((request) => {
      if (request.path.endsWith('/members')) return { body: [{ login: 'ann' }, { login: 'bob' }] };
      if (request.path !== '/api/v3/users/bob/gists') return organisation(1)(request);
      return { body: [{ id: 'aa5a', git_pull_url: `${request.base}/gist/aa5a.git`, public: true }] };
    });
    const run = await list([`github:${forge.url}/acme`], { snippets: true });
    expect(repositoriesIn(run).map(({ kind }) => kind)).toEqual(['repository', 'snippet']);
    expect(unlistedIn(run)).toMatchObject([{ name: 'the gists of ann', state: 'fault' }]);
  });

  it('asks as the user for what is private to them, and for their gists', async () => {
    const forge = await startForge(({ path, base }) => {
      if (path === '/api/v3/users/octocat') return { body: { login: 'octocat', id: 2, type: 'User' } };
      if (path === '/api/v3/user') return { body: { login: 'octocat', id: 2, type: 'User' } };
      if (path === '/api/v3/user/repos')
        return { body: [repository(base, 5, { full_name: 'octocat/secret', private: true, visibility: 'private' })] };
      if (path === '/api/v3/gists') {
        return {
          body: [
            {
              id: 'aa5a315d61ae9438b18d',
              git_pull_url: `${base}/gist/aa5a315d61ae9438b18d.git`,
              html_url: `${base}/gist/aa5a315d61ae9438b18d`,
              public: false,
              updated_at: '2014-01-26T19:06:43Z',
            },
          ],
        };
      }
      return null;
    });
    const env = { GITHUB_API_URL: `${forge.url}/api/v3`, GH_TOKEN: 'made-up-token' };
    const found = repositoriesIn(await list(['github:octocat'], { env, snippets: true }));
    expect(found.map(({ id, kind, visibility }) => [id, kind, visibility])).toEqual([
      [`${forge.host}/5`, 'repository', 'private'],
      [`${forge.host}/gist/aa5a315d61ae9438b18d`, 'snippet', 'private'],
    ]);
  });

  it('lists the gists of an organisation’s members, and wikis, when asked to', async () => {
    const forge = await startForge((request) => {
      const { path } = request;
      if (path === '/api/v3/orgs/acme/members') return { body: [{ login: 'ann' }, { login: 'bob' }] };
      const member = /^\/api\/v3\/users\/(ann|bob)\/gists$/.exec(path)?.[1];
      if (member !== undefined)
        return { body: [{ id: `of-${member}`, git_pull_url: `${request.base}/of-${member}.git`, public: true }] };
      return organisation(1)(request);
    });
    const found = repositoriesIn(
      await list([`github:${forge.url}/acme`], { snippets: true, wiki: true, pullRequests: true }),
    );
    expect(found.map(({ id, kind, refs }) => [id, kind, refs])).toEqual([
      [`${forge.host}/1`, 'repository', 'with-pull-requests'],
      [`${forge.host}/1/wiki`, 'wiki', 'branches-and-tags'],
      [`${forge.host}/gist/of-ann`, 'snippet', 'branches-and-tags'],
      [`${forge.host}/gist/of-bob`, 'snippet', 'branches-and-tags'],
    ]);
    expect(found[1]?.clone).toEqual({ from: 'url', url: `${forge.url}/acme/app-1.wiki.git` });
  });

  it('waits out the primary limit until it is reset, and shows that it waits', async () => {
    let refused = 0;
    const forge = await startForge((request) => {
      if (refused === 1) return organisation(1)(request);
      refused += 1;
      const reset = String(Math.floor(Date.parse('2026-01-01T00:10:00Z') / 1_000));
      return {
        status: 403,
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset, date: 'Thu, 01 Jan 2026 00:00:00 GMT' },
        body: { message: 'API rate limit exceeded for 127.0.0.1.' },
      };
    });
    const run = await list([`github:${forge.url}/acme`]);
    expect(repositoriesIn(run)).toHaveLength(1);
    const waited = run.waits.reduce((sum, each) => sum + each, 0);
    expect(waited).toBeGreaterThanOrEqual(600_000);
    expect(waited).toBeLessThan(602_000);
    expect(run.shown[0]).toBe(`${forge.host}: too many requests; goes on in 11 min`);
  });

  it('waits as long as the secondary limit says, or a minute', async () => {
    const refusals = [
      { status: 403, headers: { 'retry-after': '7' }, body: { message: 'You have exceeded a secondary rate limit.' } },
      { status: 429, headers: {}, body: { message: 'You have exceeded a secondary rate limit.' } },
    ];
    const forge = await startForge((request) => refusals.shift() ?? organisation(1)(request));
    const run = await list([`github:${forge.url}/acme`]);
    expect(repositoriesIn(run)).toHaveLength(1);
    expect(Math.floor((run.waits[0] ?? 0) / 1_000)).toBe(7);
    expect(Math.round(run.waits.slice(1).reduce((sum, each) => sum + each, 0) / 2_000)).toBe(30);
  });

  it('gives a limit of many hours up, and says so', async () => {
    const forge = await startForge(() => ({ status: 429, headers: { 'retry-after': '90000' }, body: {} }));
    const run = await list([`github:${forge.url}/acme`]);
    expect(run.waits).toEqual([]);
    expect(unlistedIn(run)[0]?.reason).toContain('wants 1500 min of rest');
  });

  it('asks again after 502 and a cut connection, with pauses that grow', async () => {
    const troubles = [{ status: 502, body: '<html>' }, { cut: true }, { status: 503, body: '' }];
    const forge = await startForge((request) => troubles.shift() ?? organisation(1)(request));
    const run = await list([`github:${forge.url}/acme`]);
    expect(repositoriesIn(run)).toHaveLength(1);
    expect(run.waits).toHaveLength(3);
    expect(run.waits[2]).toBeGreaterThan(run.waits[0] ?? 0);
  });

  it('says what an account is that does not exist, a token that is refused, and single sign-on', async () => {
    const forge = await startForge(({ path }) => {
      if (path.endsWith('/nobody')) return null;
      if (path.endsWith('/refused')) return { status: 401, body: { message: 'Bad credentials' } };
      return { status: 403, headers: { 'x-github-sso': 'required; url=https://github.com/orgs/x/sso' }, body: {} };
    });
    const env = { GITHUB_API_URL: `${forge.url}/api/v3`, GITHUB_TOKEN: 'made-up-token' };
    const told = unlistedIn(await list(['github:nobody', 'github:refused', 'github:sso'], { env }));
    expect(told.map(({ source, state }) => [source, state])).toEqual([
      ['github:nobody', 'gone'],
      ['github:refused', 'denied'],
      ['github:sso', 'denied'],
    ]);
    expect(told[0]?.reason).toContain('does not know an organisation or user called nobody');
    expect(told[1]?.reason).toContain('does not accept the token in GITHUB_TOKEN');
    expect(told[2]?.reason).toContain('single sign-on');
    expect(JSON.stringify(told)).not.toContain('made-up-token');
  });

  it('follows no redirect and no next page to another host, and sends no token there', async () => {
    const elsewhere = await startForge(() => ({ body: [] }));
    const forge = await startForge((request) => {
      if (request.path === '/api/v3/users/moved')
        return { status: 301, headers: { location: `${elsewhere.url}/` }, body: '' };
      const answer = organisation(1)(request);
      return answer === null || request.path.includes('/users/')
        ? answer
        : { ...answer, headers: { link: `<${elsewhere.url}/x>; rel="next"` } };
    });
    const env = { GITHUB_API_URL: `${forge.url}/api/v3`, GITHUB_TOKEN: 'made-up-token' };
    const run = await list(['github:moved', 'github:acme'], { env });
    expect(repositoriesIn(run)).toHaveLength(1);
    expect(unlistedIn(run).map(({ reason }) => reason)).toEqual([
      expect.stringContaining('redirect'),
      expect.stringContaining('another host'),
    ]);
    expect(elsewhere.asked).toEqual([]);
  });

  it('takes no address of another host and no name with control characters from a hostile server', async () => {
    const bad: Readonly<Record<number, Readonly<Record<string, unknown>>>> = {
      1: { clone_url: 'https://elsewhere.example/acme/app.git' },
      2: { clone_url: 'ext::sh -c evil' },
      3: { full_name: 'acme/\u001b[2Jgone' },
      4: { id: '../../etc' },
      5: { clone_url: 'file:///etc/passwd' },
      6: { size: -4, pushed_at: 'never', html_url: 'javascript:alert(1)' },
    };
    const forge = await startForge(organisation(7, (id) => bad[id] ?? {}));
    const run = await list([`github:${forge.url}/acme`]);
    expect(repositoriesIn(run).map(({ id }) => id)).toEqual([`${forge.host}/6`, `${forge.host}/7`]);
    expect(repositoriesIn(run)[0]).toMatchObject({ name: `${forge.url}/acme/app-6.git`, sizeKb: null, pushedAt: null });
    expect(unlistedIn(run).map(({ name }) => name)).toEqual([
      'acme/app-1',
      'acme/app-2',
      null,
      'acme/app-4',
      'acme/app-5',
    ]);
  });

  it('ends at what is no list, no JSON, or never ends', async () => {
    const forge = await startForge((request) => {
      const kind = /(?:users|orgs)\/(\w+)/.exec(request.path)?.[1];
      if (request.path.includes('/users/')) return { body: { login: kind, type: 'Organization' } };
      if (kind === 'object') return { body: { message: 'hm' } };
      if (kind === 'html') return { body: '<html>Sign in</html>', headers: { 'content-type': 'text/html' } };
      return { body: [], headers: { link: `<${request.base}${request.path}>; rel="next"` } };
    });
    const names = ['object', 'html', 'endless'];
    const told = unlistedIn(await list(names.map((name) => `github:${forge.url}/${name}`)));
    expect(told.map(({ state }) => state)).toEqual(['fault', 'fault', 'fault']);
    expect(told[2]?.reason).toContain('again and again');
    expect(forge.asked.length).toBeLessThan(12);
  });
});
