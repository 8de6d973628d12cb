// GitLab's REST API as its documentation records it ("List all projects in a group", "List a user's projects", "Pagination").

import { describe, expect, it } from 'vitest';
import { type Answer, list, repositoriesIn, slice, startForge, unlistedIn } from '../loopback-forge.js';

const project = (base: string, id: number, more: Readonly<Record<string, unknown>> = {}) => ({
  id,
  description: '',
  name: `App ${id}`,
  path: `app-${id}`,
  path_with_namespace: `team/sub/app-${id}`,
  created_at: '2016-01-12T15:44:55.591Z',
  default_branch: 'main',
  ssh_url_to_repo: `git@127.0.0.1:team/sub/app-${id}.git`,
  http_url_to_repo: `${base}/team/sub/app-${id}.git`,
  web_url: `${base}/team/sub/app-${id}`,
  last_activity_at: '2016-01-12T15:44:55.591Z',
  archived: false,
  visibility: 'internal',
  wiki_access_level: 'enabled',
  snippets_access_level: 'enabled',
  ...more,
});

const group =
  (count: number, more: (id: number) => Readonly<Record<string, unknown>> = () => ({})): Answer =>
  ({ url, query, base }) => {
    if (!url.startsWith('/api/v4/groups/team%2Fsub/projects?')) return null;
    const page = Number(query.get('page') ?? 1);
    const size = Number(query.get('per_page'));
    const all = Array.from({ length: count }, (_, index) => project(base, index + 1, more(index + 1)));
    const isLast = page * size >= count;
    return {
      body: slice(all, page, size),
      headers: {
        'x-next-page': isLast ? '' : String(page + 1),
        'x-page': String(page),
        'x-per-page': String(size),
        'x-total': String(count),
        link: isLast ? '' : `<${base}/api/v4/groups/9/projects?page=${page + 1}&per_page=${size}>; rel="next"`,
      },
    };
  };

describe('gitlab:', () => {
  it('lists a group with its subgroups page by page', async () => {
    const fork = { forked_from_project: { id: 3, path_with_namespace: 'team/sub/app-3' }, archived: true };
    const forge = await startForge(group(250, (id) => (id === 2 ? fork : {})));
    const found = repositoriesIn(await list([`gitlab:${forge.url}/team/sub`]));
    expect(found).toHaveLength(250);
    expect(forge.asked).toHaveLength(3);
    expect(forge.asked[0]?.url).toMatch(/include_subgroups=true/);
    expect(found[1]).toEqual({
      id: `${forge.host}/2`,
      forge: 'gitlab',
      name: `${forge.url}/team/sub/app-2`,
      clone: { from: 'url', url: `${forge.url}/team/sub/app-2.git` },
      kind: 'repository',
      refs: 'branches-and-tags',
      sizeKb: null,
      visibility: 'internal',
      archived: true,
      fork: true,
      parent: `${forge.host}/3`,
      pushedAt: '2016-01-12T15:44:55.591Z',
    });
  });

  it('lists the projects of a user where there is no such group', async () => {
    const forge = await startForge(({ path, query, base }) => {
      if (path === '/api/v4/users')
        return { body: query.get('username') === 'ann' ? [{ id: 42, username: 'Ann' }] : [] };
      return path === '/api/v4/users/42/projects' ? { body: [project(base, 8)] } : null;
    });
    const run = await list([`gitlab:${forge.url}/ann`, `gitlab:${forge.url}/nobody`]);
    expect(repositoriesIn(run).map(({ id }) => id)).toEqual([`${forge.host}/8`]);
    expect(unlistedIn(run)).toMatchObject([
      { state: 'gone', reason: expect.stringContaining('the projects of nobody') },
    ]);
  });

  it('lists wikis and snippets when asked to', async () => {
    const forge = await startForge((request) =>
      request.path === '/api/v4/projects/1/snippets'
        ? {
            body: [
              {
                id: 5,
                http_url_to_repo: `${request.base}/team/sub/app-1/snippets/5.git`,
                web_url: `${request.base}/team/sub/app-1/-/snippets/5`,
                updated_at: '2020-01-01T00:00:00Z',
              },
            ],
          }
        : group(2, (id) => (id === 2 ? { wiki_access_level: 'disabled', snippets_access_level: 'disabled' } : {}))(
            request,
          ),
    );
    const found = repositoriesIn(await list([`gitlab:${forge.url}/team/sub`], { wiki: true, snippets: true }));
    expect(found.map(({ id, kind, clone }) => [id, kind, clone.from === 'url' ? clone.url : null])).toEqual([
      [`${forge.host}/1`, 'repository', `${forge.url}/team/sub/app-1.git`],
      [`${forge.host}/1/wiki`, 'wiki', `${forge.url}/team/sub/app-1.wiki.git`],
      [`${forge.host}/snippet/5`, 'snippet', `${forge.url}/team/sub/app-1/snippets/5.git`],
      [`${forge.host}/2`, 'repository', `${forge.url}/team/sub/app-2.git`],
    ]);
  });

  it('goes on after a project that does not show its snippets', async () => {
    const forge = await startForge((request) =>
      request.path.endsWith('/snippets') ? { status: 403, body: { message: '403 Forbidden' } } : group(3)(request),
    );
    const run = await list([`gitlab:${forge.url}/team/sub`], { snippets: true });
    expect(repositoriesIn(run)).toHaveLength(3);
    expect(unlistedIn(run).map(({ name, state }) => [name, state])).toEqual(
      [1, 2, 3].map((id) => [`the snippets of team/sub/app-${id}`, 'fault']),
    );
  });

  it('ends with a server that wants no more questions', async () => {
    const forge = await startForge((request) =>
      request.path.endsWith('/snippets') ? { status: 429, headers: { 'retry-after': '99999' } } : group(3)(request),
    );
    const run = await list([`gitlab:${forge.url}/team/sub`], { snippets: true });
    expect(run.listed.map(({ kind }) => kind)).toEqual(['repository', 'unlisted']);
    expect(unlistedIn(run)).toMatchObject([{ name: null, reason: expect.stringContaining('asked too often') }]);
  });

  it('asks for what is below a path of its server', async () => {
    const forge = await startForge((request) => {
      const url = request.url.replace(/^\/lab/, '');
      return url === request.url ? null : group(1)({ ...request, url });
    });
    const run = await list(['gitlab:team/sub'], { env: { GITLAB_URL: `${forge.url}/lab` } });
    expect(repositoriesIn(run)).toMatchObject([{ id: `${forge.host}/lab/1` }]);
  });

  it('sends the token in a header and waits out 429', async () => {
    let refused = false;
    const forge = await startForge((request) => {
      if (refused) return group(1)(request);
      refused = true;
      return { status: 429, headers: { 'retry-after': '30', 'ratelimit-remaining': '0' }, body: 'Retry later' };
    });
    const run = await list(['gitlab:team/sub'], { env: { GITLAB_URL: forge.url, GITLAB_TOKEN: 'made-up-token' } });
    expect(repositoriesIn(run)).toHaveLength(1);
    expect(forge.asked.map(({ headers }) => headers['private-token'])).toEqual(['made-up-token', 'made-up-token']);
    expect(run.waits.reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(30_000);
  });

  it('says which variable to set when it is not let in, and goes on with the next source', async () => {
    const forge = await startForge((request) =>
      request.url.includes('/groups/closed')
        ? { status: 401, body: { message: '401 Unauthorized' } }
        : group(1)(request),
    );
    const run = await list(['gitlab:closed', 'gitlab:team/sub'], { env: { GITLAB_URL: forge.url } });
    expect(unlistedIn(run)).toMatchObject([
      { source: 'gitlab:closed', state: 'denied', reason: expect.stringContaining('Set GITLAB_TOKEN') },
    ]);
    expect(repositoriesIn(run)).toHaveLength(1);
  });

  it('goes round in no circle of pages', async () => {
    const forge = await startForge(({ base }) => ({ body: [project(base, 1)], headers: { 'x-next-page': '1' } }));
    const run = await list([`gitlab:${forge.url}/team/sub`]);
    expect(unlistedIn(run)[0]?.reason).toContain('again and again');
    expect(forge.asked).toHaveLength(1);
  });

  it('gives up after a server that answers 500 four times', async () => {
    const forge = await startForge(() => ({ status: 500, body: { message: '500 Internal Server Error' } }));
    const run = await list([`gitlab:${forge.url}/team/sub`]);
    expect(forge.asked).toHaveLength(4);
    expect(unlistedIn(run)).toMatchObject([{ state: 'fault', reason: expect.stringContaining('answered with 500') }]);
  });
});
