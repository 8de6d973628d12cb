// Bitbucket Cloud's and Data Center's REST APIs as Atlassian's documentation records them.

import { describe, expect, it } from 'vitest';
import { list, repositoriesIn, slice, startForge, unlistedIn } from '../loopback-forge.js';

const ofCloud = (base: string, id: number, more: Readonly<Record<string, unknown>> = {}) => ({
  type: 'repository',
  uuid: `{470c176d-3574-44ea-bb41-89e8638bc${100 + id}}`,
  full_name: `acme/app-${id}`,
  name: `app-${id}`,
  is_private: true,
  size: 2_048_000,
  updated_on: '2023-02-03T04:05:06.789012+00:00',
  has_wiki: false,
  links: {
    html: { href: `${base}/acme/app-${id}` },
    clone: [
      { name: 'https', href: `${base.replace('://', '://ann@')}/acme/app-${id}.git` },
      { name: 'ssh', href: `git@bitbucket.org:acme/app-${id}.git` },
    ],
  },
  ...more,
});

describe('bitbucket: at the Cloud', () => {
  it('lists a workspace by the address of the next page, and takes the user out of addresses', async () => {
    const fork = { parent: { type: 'repository', full_name: 'other/app', uuid: '{aaaa}' }, has_wiki: true };
    const forge = await startForge(({ path, query, base }) => {
      if (path === '/2.0/snippets/acme') {
        return {
          body: {
            values: [
              {
                id: 'kypj',
                is_private: true,
                links: { clone: [{ name: 'https', href: `${base}/snippets/acme/kypj.git` }] },
              },
            ],
          },
        };
      }
      if (path !== '/2.0/repositories/acme') return null;
      const page = Number(query.get('page') ?? 1);
      const all = Array.from({ length: 120 }, (_, index) => ofCloud(base, index + 1, index === 0 ? fork : {}));
      const next = page === 1 ? { next: `${base}${path}?pagelen=100&page=2` } : {};
      return { body: { pagelen: 100, size: 120, page, values: slice(all, page, 100), ...next } };
    });
    const env = { BITBUCKET_API_URL: `${forge.url}/2.0`, BITBUCKET_TOKEN: 'made-up-token' };
    const found = repositoriesIn(await list(['bitbucket:acme'], { env, wiki: true, snippets: true }));
    expect(found).toHaveLength(122);
    expect(forge.asked.map(({ headers }) => headers.authorization)).toEqual(Array(3).fill('Bearer made-up-token'));
    expect(found[0]).toMatchObject({
      id: `${forge.host}/470c176d-3574-44ea-bb41-89e8638bc101`,
      clone: { url: `${forge.url}/acme/app-1.git` },
      sizeKb: 2_000,
      visibility: 'private',
      fork: true,
      parent: `${forge.host}/aaaa`,
    });
    expect(found[1]).toMatchObject({ kind: 'wiki', clone: { url: `${forge.url}/acme/app-1.git/wiki` } });
    expect(found.at(-1)).toMatchObject({ kind: 'snippet', id: `${forge.host}/snippet/kypj` });
  });

  it('asks with user and token when there is a user', async () => {
    const forge = await startForge(() => ({ body: { values: [] } }));
    const env = {
      BITBUCKET_API_URL: `${forge.url}/2.0`,
      BITBUCKET_TOKEN: 'made-up',
      BITBUCKET_USERNAME: 'ann@example.com',
    };
    await list(['bitbucket:acme'], { env });
    const sent = forge.asked[0]?.headers.authorization?.replace('Basic ', '') ?? '';
    expect(Buffer.from(sent, 'base64').toString()).toBe('ann@example.com:made-up');
  });

  it('goes on to no other host', async () => {
    const elsewhere = await startForge(() => ({ body: { values: [] } }));
    const forge = await startForge(() => ({
      body: { values: [], next: `${elsewhere.url}/2.0/repositories/acme?page=2` },
    }));
    const run = await list(['bitbucket:acme'], {
      env: { BITBUCKET_API_URL: `${forge.url}/2.0`, BITBUCKET_TOKEN: 'made-up' },
    });
    expect(unlistedIn(run)[0]?.reason).toContain('another host');
    expect(elsewhere.asked).toEqual([]);
  });
});

describe('bitbucket: at a Data Center', () => {
  const repository = (base: string, id: number, more: Readonly<Record<string, unknown>> = {}) => ({
    slug: `app-${id}`,
    id,
    name: `App ${id}`,
    archived: false,
    public: false,
    project: { key: 'PRJ', id: 1, type: 'NORMAL' },
    links: {
      clone: [
        { href: `ssh://git@127.0.0.1/prj/app-${id}.git`, name: 'ssh' },
        { href: `${base}/scm/prj/app-${id}.git`, name: 'http' },
      ],
      self: [{ href: `${base}/projects/PRJ/repos/app-${id}/browse` }],
    },
    ...more,
  });

  it('lists a project, or everything, by where the next page starts', async () => {
    const forge = await startForge(({ path, query, base }) => {
      if (path !== '/rest/api/1.0/projects/PRJ/repos' && path !== '/rest/api/1.0/repos') return null;
      const start = Number(query.get('start') ?? 0);
      const all = Array.from({ length: 130 }, (_, index) =>
        repository(base, index + 1, index === 0 ? { origin: { id: 50 } } : {}),
      );
      const isLastPage = start + 100 >= 130;
      return {
        body: {
          values: all.slice(start, start + 100),
          isLastPage,
          nextPageStart: isLastPage ? null : start + 100,
          start,
        },
      };
    });
    const found = repositoriesIn(await list([`bitbucket:${forge.url}/PRJ`]));
    expect(found).toHaveLength(130);
    expect(found[0]).toMatchObject({
      id: `${forge.host}/1`,
      name: `${forge.url}/projects/PRJ/repos/app-1`,
      clone: { url: `${forge.url}/scm/prj/app-1.git` },
      visibility: 'private',
      fork: true,
      parent: `${forge.host}/50`,
    });
    expect(repositoriesIn(await list(['bitbucket:PRJ'], { env: { BITBUCKET_URL: forge.url } }))).toHaveLength(130);
    expect(repositoriesIn(await list([`bitbucket:${forge.url}`]))).toHaveLength(130);
  });
});
