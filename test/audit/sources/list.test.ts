// Several sources at once: filters, one repository named twice, lists in files, and a source that fails.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { git, temporaryFolder } from '../../support/repository.js';
import { list, repositoriesIn, startForge, unlistedIn } from './loopback-forge.js';

const org = () =>
  startForge(({ path: asked, base }) => {
    if (asked !== '/api/v1/orgs/acme/repos') return null;
    const repository = (id: number, name: string, more: Readonly<Record<string, unknown>> = {}) => ({
      id,
      full_name: `acme/${name}`,
      html_url: `${base}/acme/${name}`,
      clone_url: `${base}/acme/${name}.git`,
      private: false,
      archived: false,
      fork: false,
      size: 10,
      updated_at: '2026-01-01T00:00:00Z',
      ...more,
    });
    return {
      body: [
        repository(1, 'api'),
        repository(2, 'api-docs', { updated_at: '2020-01-01T00:00:00Z' }),
        repository(3, 'web', { private: true }),
        repository(4, 'old', { archived: true }),
        repository(5, 'copy', { fork: true }),
        repository(6, 'huge', { size: 3_000_000 }),
      ],
    };
  });

describe('listRepositories', () => {
  it.each([
    [{}, ['api', 'api-docs', 'web', 'old', 'copy', 'huge']],
    [{ include: ['acme/api*'] }, ['api', 'api-docs']],
    [{ include: ['api', 'web'] }, ['api', 'web']],
    [{ exclude: ['*-docs', 'acme/{old,copy}'] }, ['api', 'web', 'huge']],
    [{ visibility: 'private' as const }, ['web']],
    [{ archived: 'only' as const }, ['old']],
    [{ archived: 'exclude' as const, forks: 'exclude' as const }, ['api', 'api-docs', 'web', 'huge']],
    [{ forks: 'only' as const }, ['copy']],
    [{ since: new Date('2025-01-01') }, ['api', 'web', 'old', 'copy', 'huge']],
  ])('lists what the filters %o leave', async (filters, names) => {
    const forge = await org();
    const found = repositoriesIn(await list([`gitea:${forge.url}/acme`], filters));
    expect(found.map(({ name }) => path.basename(name))).toEqual(names);
  });

  it('says of what is too large that it is', async () => {
    const forge = await org();
    const { listed } = await list([`gitea:${forge.url}/acme`], { maxRepoSizeBytes: 1 << 30 });
    expect(listed.filter(({ kind }) => kind === 'repository')).toHaveLength(5);
    expect(listed.at(-1)).toMatchObject({
      kind: 'too-large',
      repository: { id: `${forge.host}/6` },
      reason: 'It takes 3,000,000 KB, more than the 1,048,576 KB that --max-repo-size allows.',
    });
  });

  it('refuses a glob that could take longer than anybody waits', async () => {
    await expect(list([], { include: ['*a*a*a*b'] })).rejects.toThrow('the glob');
  });

  it('lists once what two sources name', async () => {
    const forge = await org();
    const source = `gitea:${forge.url}/acme`;
    const url = `${forge.url}/acme/web.git`;
    const found = repositoriesIn(await list([source, source, url, `${forge.url}/acme/other`]));
    expect(found.map(({ name }) => path.basename(name))).toEqual([
      'api',
      'api-docs',
      'web',
      'old',
      'copy',
      'huge',
      'other',
    ]);
    const reversed = repositoriesIn(await list([url, source]));
    expect(reversed).toHaveLength(6);
    expect(reversed[0]).toMatchObject({ id: `git:${forge.host}/acme/web`, forge: 'git', clone: { url } });
  });

  it('reads sources from a file, and says which lines mean nothing', async () => {
    const forge = await org();
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'app'));
    git(path.join(folder, 'app'), 'init', '-q');
    const lines = [
      '\uFEFF# repositories of ours',
      '',
      `gitea:${forge.url}/acme  `,
      path.join(folder, 'app'),
      'git@git.example.com:team/app.git\r',
      'https://ann:made-up-token@git.example.com/app.git',
      'list:again.txt',
      'file:///etc/app.git',
      'what is this: no source',
      'x'.repeat(5_000),
    ];
    const file = path.join(folder, 'list.txt');
    writeFileSync(file, lines.join('\n'));
    const run = await list([`list:${file}`]);
    expect(repositoriesIn(run)).toHaveLength(8);
    expect(repositoriesIn(run).at(-1)).toMatchObject({
      id: 'git:git.example.com/team/app',
      clone: { url: 'ssh://git@git.example.com/team/app.git' },
    });
    expect(unlistedIn(run).map(({ name }) => name)).toEqual([6, 7, 8, 9, 10].map((line) => `${file}:${line}`));
    expect(JSON.stringify(run)).not.toContain('made-up-token');
  });

  it('goes on after a list that is not there and a server that nobody runs', async () => {
    const forge = await org();
    const run = await list([
      'list:/nowhere/list.txt',
      'gitlab:http://127.0.0.1:1/team',
      'github:http://192.0.2.1/acme',
      `gitea:${forge.url}/acme`,
    ]);
    expect(unlistedIn(run).map(({ source, state }) => [source, state])).toEqual([
      ['list:/nowhere/list.txt', 'gone'],
      ['gitlab:http://127.0.0.1:1/team', 'fault'],
      ['github:http://192.0.2.1/acme', 'fault'],
    ]);
    expect(unlistedIn(run)[2]?.reason).toContain('is not encrypted, and nothing was sent');
    expect(repositoriesIn(run)).toHaveLength(6);
  });

  it('takes an address of a file for the folder that it is', async () => {
    const folder = path.join(temporaryFolder(), 'app');
    mkdirSync(folder);
    git(folder, 'init', '-q', '--bare', 'app.git');
    const run = await list([`file://${folder}/app.git`, `file://${folder}/none.git`]);
    expect(repositoriesIn(run)).toMatchObject([
      { forge: 'dir', clone: { from: 'folder', folder: `${folder}/app.git` } },
    ]);
    expect(unlistedIn(run)).toMatchObject([{ state: 'gone' }]);
  });

  it('keeps apart what two forges at one host count alike', async () => {
    const forge = await startForge(({ path: asked, base }) => {
      const one = (place: string) => ({ id: 1, clone_url: `${base}/${place}/acme/app.git` });
      if (asked === '/tea/api/v1/orgs/acme/repos') return { body: [{ ...one('tea'), full_name: 'acme/app' }] };
      if (asked !== '/lab/api/v4/groups/acme/projects') return null;
      const { clone_url } = one('lab');
      return { body: [{ id: 1, path_with_namespace: 'acme/app', http_url_to_repo: clone_url }] };
    });
    const env = { GITEA_URL: `${forge.url}/tea`, GITLAB_URL: `${forge.url}/lab/` };
    const found = repositoriesIn(await list(['gitea:acme', 'gitlab:acme'], { env }));
    expect(found.map(({ id }) => id)).toEqual([`${forge.host}/tea/1`, `${forge.host}/lab/1`]);
  });

  it.each([
    ['gitea', '/api/v1/orgs/acme/repos', 'the same again and again'],
    ['github', '/api/v3/users/acme/repos', 'the same again and again'],
    ['gitlab', '/api/v4/groups/acme/projects', 'the same again and again'],
  ])('ends a %s: that gives one page for ever', async (kind, place, reason) => {
    const forge = await startForge(({ path: asked, query, base }) => {
      if (asked === '/api/v3/users/acme') return { body: { login: 'acme', type: 'User' } };
      if (asked !== place) return null;
      const next = Number(query.get('page') ?? 1) + 1;
      const headers = { link: `<${base}${asked}?page=${next}>; rel="next"`, 'x-next-page': String(next) };
      return { body: [{ id: 1, full_name: 'acme/app', path_with_namespace: 'acme/app' }], headers };
    });
    const [, told] = unlistedIn(await list([`${kind}:${forge.url}/acme`]));
    expect(told?.reason).toContain(reason);
    expect(forge.asked.length).toBeLessThanOrEqual(3);
  });

  it('takes no page that holds more than pages do', async () => {
    const forge = await startForge(() => ({ body: Array(6_000).fill({}) }));
    for (const kind of ['gitea', 'gitlab']) {
      const { listed } = await list([`${kind}:${forge.url}/acme`]);
      expect(listed).toMatchObject([{ state: 'fault', reason: expect.stringContaining('more than a page') }]);
    }
  });

  it('says how many there are and were left out', async () => {
    const forge = await org();
    const { shown } = await list([`gitea:${forge.url}/acme`], { archived: 'exclude' });
    expect(shown.at(-1)).toBe('repositories: 5 found, 1 left out');
  });

  it('takes an environment that cannot be meant for the fault of its source', async () => {
    const run = await list(['gitlab:team', 'gitea:acme'], {
      env: { GITLAB_URL: 'https://x:made-up-token@h', GITEA_URL: 'http://127.0.0.1:1', GITEA_TOKEN: 'two\nlines' },
    });
    expect(unlistedIn(run).map(({ reason }) => reason)).toEqual([
      expect.stringContaining('GITLAB_URL is not an address'),
      expect.stringContaining('GITEA_TOKEN holds what no token is made of'),
    ]);
    expect(JSON.stringify(run)).not.toContain('made-up-token');
  });
});
