// Gitea's API as its swagger file and modules/structs/repo.go record it. Forgejo's is the same here.

import { describe, expect, it } from 'vitest';
import { list, repositoriesIn, slice, startForge, unlistedIn } from '../loopback-forge.js';

const repository = (base: string, id: number, more: Readonly<Record<string, unknown>> = {}) => ({
  id,
  owner: { id: 3, login: 'acme', username: 'acme' },
  name: `app-${id}`,
  full_name: `acme/app-${id}`,
  empty: false,
  private: true,
  fork: false,
  template: false,
  parent: null,
  mirror: false,
  size: 24,
  html_url: `${base}/acme/app-${id}`,
  ssh_url: `git@127.0.0.1:acme/app-${id}.git`,
  clone_url: `${base}/acme/app-${id}.git`,
  archived: false,
  updated_at: '2024-05-06T07:08:09Z',
  has_wiki: true,
  internal: false,
  ...more,
});

const start = (count: number, change: (id: number) => Readonly<Record<string, unknown>> = () => ({})) =>
  startForge(({ path, query, base }) => {
    const isSearch = path === '/api/v1/repos/search';
    if (!isSearch && path !== '/api/v1/orgs/acme/repos' && path !== '/api/v1/users/ann/repos') return null;
    const page = Number(query.get('page') ?? 1);
    const size = Math.min(Number(query.get('limit')), 50);
    const all = Array.from({ length: count }, (_, index) => repository(base, index + 1, change(index + 1)));
    const some = slice(all, page, size);
    const link = `<${base}${path}?limit=${size}&page=${page + 1}>; rel="next",<${base}${path}?limit=${size}&page=9>; rel="last"`;
    return {
      body: isSearch ? { ok: true, data: some } : some,
      headers: { 'x-total-count': String(count), ...(page * size < count ? { link } : {}) },
    };
  });

describe('gitea:', () => {
  it('lists an organisation page by page, with the token of its server', async () => {
    const fork = { fork: true, parent: { id: 77 }, internal: true };
    const forge = await start(120, (id) => (id === 3 ? fork : {}));
    const found = repositoriesIn(
      await list(['gitea:acme'], { env: { GITEA_URL: forge.url, GITEA_TOKEN: 'made-up-token' } }),
    );
    expect(found).toHaveLength(120);
    expect(forge.asked.map(({ headers }) => headers.authorization)).toEqual(Array(3).fill('token made-up-token'));
    expect(found[2]).toMatchObject({
      id: `${forge.host}/3`,
      fork: true,
      parent: `${forge.host}/77`,
      visibility: 'internal',
      sizeKb: 24,
    });
    expect(found[0]).toMatchObject({ visibility: 'private', pushedAt: '2024-05-06T07:08:09.000Z' });
  });

  it('lists a user, a whole server, and wikis', async () => {
    const forge = await start(1);
    const env = { GITEA_URL: forge.url };
    expect(repositoriesIn(await list(['gitea:ann'], { env }))).toHaveLength(1);
    expect(repositoriesIn(await list([`gitea:${forge.url}`]))).toHaveLength(1);
    const [, wiki] = repositoriesIn(await list(['gitea:acme'], { env, wiki: true }));
    expect(wiki).toMatchObject({ kind: 'wiki', clone: { url: `${forge.url}/acme/app-1.wiki.git` } });
    const without = repositoriesIn(await list(['gitea:acme'], { env, wiki: true, exclude: ['acme/app-1'] }));
    expect(without.filter(({ name }) => /app-1(?:\.wiki|\/wiki)?$/.test(name))).toEqual([]);
    const alone = repositoriesIn(await list(['gitea:acme'], { env, wiki: true, include: ['acme/*.wiki'] }));
    expect(alone.map(({ kind }) => kind)).not.toContain('repository');
    expect(alone.length).toBeGreaterThan(0);
  });

  it('sends the token of one server to no other', async () => {
    const forge = await start(1);
    await list([`gitea:${forge.url}/acme`], { env: { GITEA_TOKEN: 'made-up-token' } });
    expect(forge.asked.map(({ headers }) => headers.authorization)).toEqual([undefined]);
    const own = `AKSCAN_TOKEN_${forge.host.replace(/\W/g, '_')}`;
    await list([`gitea:${forge.url}/acme`], { env: { [own]: 'made-up-token' } });
    expect(forge.asked[1]?.headers.authorization).toBe('token made-up-token');
  });

  it('says who does not exist', async () => {
    const forge = await start(1);
    expect(unlistedIn(await list([`gitea:${forge.url}/nobody`]))).toMatchObject([{ state: 'gone' }]);
  });

  it('is told of one page that fails after others were listed', async () => {
    let pages = 0;
    const forge = await startForge(({ path, base }) => {
      pages += 1;
      return pages === 1
        ? { body: [repository(base, 1)], headers: { link: `<${base}${path}?page=2>; rel="next"` } }
        : { status: 403, body: { message: 'token does not have at least one of required scope(s)' } };
    });
    const run = await list([`gitea:${forge.url}/acme`]);
    expect(run.listed.map(({ kind }) => kind)).toEqual(['repository', 'unlisted']);
    expect(unlistedIn(run)[0]).toMatchObject({ state: 'denied', name: null });
  });
});
