// Codeup's ListRepositories as Yunxiao's documentation records it: an array, and pages in `x-*` headers.

import { describe, expect, it } from 'vitest';
import { list, repositoriesIn, slice, startForge, unlistedIn } from '../loopback-forge.js';

const repository = (id: number, more: Readonly<Record<string, unknown>> = {}) => ({
  accessLevel: 40,
  archived: false,
  createdAt: '2022-06-01T00:00:00+08:00',
  demoProject: false,
  encrypted: false,
  id,
  lastActivityAt: '2024-10-05T15:30:45Z',
  name: `app-${id}`,
  nameWithNamespace: `acme / app-${id}`,
  namespaceId: 26842,
  path: `app-${id}`,
  pathWithNamespace: `60d54f3daccf2bbd6659f3ad/app-${id}`,
  repositorySize: '1.5',
  visibility: 'private',
  webUrl: `https://codeup.aliyun.com/60d54f3daccf2bbd6659f3ad/app-${id}`,
  ...more,
});

describe('codeup:', () => {
  it('lists an organisation by its ID, with the personal token', async () => {
    const forge = await startForge(({ path, query }) => {
      if (path !== '/oapi/v1/codeup/organizations/60d54f3daccf2bbd6659f3ad/repositories') return null;
      const page = Number(query.get('page') ?? 1);
      const all = Array.from({ length: 130 }, (_, index) =>
        repository(index + 1, index === 0 ? { archived: true } : {}),
      );
      const headers = {
        'x-page': String(page),
        'x-total': '130',
        'x-total-pages': '2',
        'x-next-page': page === 1 ? '2' : '',
      };
      return { body: slice(all, page, Number(query.get('perPage'))), headers };
    });
    const env = { YUNXIAO_API_BASE_URL: forge.url, YUNXIAO_ACCESS_TOKEN: 'made-up-token' };
    const found = repositoriesIn(await list(['codeup:60d54f3daccf2bbd6659f3ad'], { env }));
    expect(found).toHaveLength(130);
    expect(forge.asked.map(({ headers }) => headers['x-yunxiao-token'])).toEqual(['made-up-token', 'made-up-token']);
    expect(found[0]).toMatchObject({
      id: 'codeup.aliyun.com/1',
      name: 'https://codeup.aliyun.com/60d54f3daccf2bbd6659f3ad/app-1',
      clone: { url: 'https://codeup.aliyun.com/60d54f3daccf2bbd6659f3ad/app-1.git' },
      archived: true,
      visibility: 'private',
      pushedAt: '2024-10-05T15:30:45.000Z',
    });
  });

  it('lists a Region edition, which is one organisation', async () => {
    const forge = await startForge(({ path, base }) =>
      path === '/oapi/v1/codeup/repositories'
        ? {
            body: [
              repository(1, { webUrl: `${base}/team/app-1` }),
              repository(2, { webUrl: 'https://elsewhere.example/team/app-2' }),
            ],
          }
        : null,
    );
    const run = await list([`codeup:${forge.url}`]);
    expect(repositoriesIn(run).map(({ clone }) => clone)).toEqual([
      { from: 'url', url: `${forge.url}/team/app-1.git` },
    ]);
    expect(unlistedIn(run)).toMatchObject([
      { state: 'fault', reason: expect.stringContaining('no address to clone it from') },
    ]);
  });

  it('sends the token to no other server, also where pages have an address of their own', async () => {
    const forge = await startForge(() => ({ body: [] }));
    for (const CODEUP_URL of ['', 'https://codeup.example.com']) {
      await list([`codeup:${forge.url}/acme`], { env: { YUNXIAO_ACCESS_TOKEN: 'made-up-token', CODEUP_URL } });
    }
    expect(forge.asked.map(({ headers }) => headers['x-yunxiao-token'])).toEqual([undefined, undefined]);
  });

  it('says which variable holds the token', async () => {
    const forge = await startForge(() => ({ status: 401, body: { errorCode: 'Unauthorized' } }));
    const [told] = unlistedIn(await list(['codeup:acme'], { env: { YUNXIAO_API_BASE_URL: forge.url } }));
    expect(told).toMatchObject({ state: 'denied', reason: expect.stringContaining('Set YUNXIAO_ACCESS_TOKEN') });
  });
});
