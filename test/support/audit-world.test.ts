// What the audit is judged by has to hold by itself: git alone finds what was planted, where it was planted.

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildOrganisation, expected, growOrganisation, type Made, type Organisation } from './audit-world.js';
import { type Forge, type Standing, startForge } from './forge.js';
import { git, sharedFolder, temporaryFolder } from './repository.js';

const SHAPES = {
  forks: 0.15,
  copies: 0.1,
  empty: 0.05,
  broken: 0.1,
  lfs: 0.05,
  large: 0,
  commits: [1, 60],
  keys: 0.6,
} as const;

const folder = sharedFolder();
let organisation: Organisation;

beforeAll(async () => {
  organisation = await buildOrganisation({
    folder: path.join(folder, 'acme'),
    seed: 5,
    repositories: 60,
    shapes: SHAPES,
  });
});

const of = (kind: Made['kind']): Made => {
  const made = organisation.repositories.find((each) => each.kind === kind);
  if (made === undefined) throw new Error(`no ${kind} repository`);
  return made;
};

/** Every object of a repository, or of its refs, as text. */
const textOf = (repository: string, ...which: readonly string[]): string =>
  execFileSync('git', ['cat-file', '--batch', ...which], { cwd: repository, input: '', maxBuffer: 1 << 28 }).toString(
    'latin1',
  );

/** Clones without stopping this process, which may be the server; gives what git complained of. */
const clone = (address: string, ...options: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const into = path.join(temporaryFolder(), 'clone');
    const child = spawn('git', [...options, 'clone', '--quiet', '--bare', address, into], {
      env: { PATH: process.env['PATH'], HOME: '/nonexistent', GIT_TERMINAL_PROMPT: '0' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => resolve(code === 0 ? '' : `${said} (${code})`));
  });

describe('buildOrganisation', () => {
  it('makes repositories of every kind', () => {
    const kinds = new Set(organisation.repositories.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(['broken', 'copy', 'empty', 'fork', 'lfs', 'ordinary']);
    expect(organisation.repositories).toHaveLength(60);
  });

  it('plants each key where it says, and nowhere else', () => {
    const wanted = new Map<string, Set<string>>();
    for (const { id, secret, places } of organisation.planted) {
      for (const { repository } of places) {
        wanted.set(repository, (wanted.get(repository) ?? new Set()).add(`${id} ${secret}`));
      }
    }
    for (const made of organisation.repositories.filter(({ kind }) => kind !== 'broken')) {
      const text = textOf(made.folder, '--batch-all-objects');
      const held = organisation.planted.filter(({ id, secret }) => text.includes(id) && text.includes(secret));
      expect(new Set(held.map(({ id, secret }) => `${id} ${secret}`))).toEqual(wanted.get(made.name) ?? new Set());
    }
  });

  it('keeps at the head what it says is at the head, and in history what is in history', () => {
    for (const { id, secret, places } of organisation.planted) {
      for (const { repository, path: name, where } of places) {
        if (name === null || (where !== 'head' && where !== 'history')) continue;
        const shown = spawnSync('git', ['show', `main:${name}`], {
          cwd: path.join(organisation.folder, `${repository}.git`),
        });
        const text = shown.stdout.toString();
        expect(shown.status === 0 && text.includes(id) && text.includes(secret)).toBe(where === 'head');
      }
    }
  });

  it('plants in every way there is', () => {
    const ways = new Set(organisation.planted.flatMap(({ places }) => places.map(({ where }) => where)));
    expect([...ways].sort()).toEqual(['branch', 'head', 'history', 'message', 'pull-request', 'tag', 'unreachable']);
    const stories = new Set(organisation.planted.map(({ story }) => story));
    for (const story of ['several', 'rotated', 'two-secrets'] as const) expect(stories).toContain(story);
    expect(expected(organisation, 'clone').length).toBeLessThan(
      expected(organisation, 'clone-with-pull-requests').length,
    );
    expect(expected(organisation, 'clone-with-pull-requests').length).toBeLessThan(
      expected(organisation, 'folder').length,
    );
  });

  it('is the same from the same seed', async () => {
    const again = await buildOrganisation({
      folder: path.join(folder, 'again'),
      seed: 5,
      repositories: 60,
      shapes: SHAPES,
    });
    expect(again.planted).toEqual(organisation.planted);
    const refs = (made: Made) => git(made.folder, 'for-each-ref', '--format=%(refname) %(objectname)');
    expect(again.repositories.map(refs)).toEqual(organisation.repositories.map(refs));
  });

  it('gives forks and copies the objects of their source', () => {
    for (const kind of ['fork', 'copy'] as const) {
      const made = of(kind);
      const objects = (name: string | null) =>
        git(
          path.join(organisation.folder, `${name}.git`),
          'cat-file',
          '--batch-check=%(objectname)',
          '--batch-all-objects',
        ).split('\n');
      const [own, others] = [new Set(objects(made.name)), objects(made.source)];
      expect(others.every((name) => own.has(name))).toBe(true);
      expect(own.size > others.length).toBe(kind === 'fork');
    }
  });

  it('breaks what is broken', async () => {
    const broken = organisation.repositories.filter(({ kind }) => kind === 'broken');
    for (const { folder: each } of broken) expect(await clone(`file://${each}`)).not.toBe('');
    expect(await clone(`file://${of('ordinary').folder}`)).toBe('');
  });
});

describe('growOrganisation', () => {
  it('adds commits with new keys, and puts another key in the place of one', async () => {
    const young = await buildOrganisation({
      folder: path.join(folder, 'young'),
      seed: 9,
      repositories: 20,
      shapes: { keys: 1 },
    });
    const grown = await growOrganisation(young, { seed: 1, repositories: 3, keys: 4, rotated: 2 });
    expect(grown.planted).toHaveLength(young.planted.length + 6);
    for (const { id, secret, places } of grown.planted.slice(-6)) {
      for (const { repository, path: name } of places) {
        const text = git(path.join(young.folder, `${repository}.git`), 'show', `main:${name}`);
        expect(text.includes(id) && text.includes(secret)).toBe(true);
      }
    }
    const replaced = grown.planted.filter((key, index) => key !== young.planted[index]).slice(0, 2);
    for (const { id, places } of replaced) {
      for (const { repository, path: name, where } of places) {
        expect(where).toBe('history');
        expect(git(path.join(young.folder, `${repository}.git`), 'show', `main:${name}`)).not.toContain(id);
      }
    }
  });
});

describe('startForge', () => {
  const TOKEN = 'forge-token';
  let forge: Forge;

  beforeAll(async () => {
    forge = await startForge({ organisation, kind: 'github', token: TOKEN, pageSize: 25, delay: 50 });
  });
  afterAll(() => forge.close());

  const ask = (where: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${forge.url}${where}`, { headers });
  const namesIn = async (answer: Response): Promise<readonly string[]> =>
    ((await answer.json()) as readonly { readonly name: string }[]).map(({ name }) => name);
  const withToken = ['-c', `http.extraHeader=Authorization: Basic ${Buffer.from(`x:${TOKEN}`).toString('base64')}`];
  const addressOf = ({ name }: Made): string => `${forge.url}/acme/${name}.git`;

  it('lists page by page, with the address of the next page', async () => {
    const names: string[] = [];
    let next: string | null = '/api/v3/orgs/acme/repos?per_page=100';
    for (let pages = 0; next !== null; pages += 1) {
      expect(pages).toBeLessThan(3);
      const answer: Response = await ask(next);
      names.push(...(await namesIn(answer)));
      expect(answer.headers.get('x-ratelimit-remaining')).toBe('4999');
      const link: string | undefined = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1];
      next = link === undefined ? null : link.slice(forge.url.length);
    }
    expect(names).toEqual(organisation.repositories.map(({ name }) => name));
  });

  it('lists as Gitea does, with the parent of a fork', async () => {
    const gitea = await startForge({ organisation, kind: 'gitea' });
    try {
      const answer = await fetch(`${gitea.url}/api/v1/orgs/acme/repos?page=1&limit=100`);
      expect(answer.headers.get('x-total-count')).toBe('60');
      const list = (await answer.json()) as readonly { name: string; parent: { name: string } | null }[];
      const fork = of('fork');
      expect(list.find(({ name }) => name === fork.name)?.parent?.name).toBe(fork.parent);
    } finally {
      await gitea.close();
    }
  });

  it('says that the limit is reached, as often as it was told to', async () => {
    forge.limit(1);
    const limited = await ask('/orgs/acme/repos');
    expect([limited.status, limited.headers.get('x-ratelimit-remaining')]).toEqual([403, '0']);
    expect((await ask('/orgs/acme/repos')).status).toBe(200);
  });

  it('refuses a token that is not its own, and knows no other organisation', async () => {
    expect((await ask('/orgs/acme/repos', { authorization: 'Bearer other' })).status).toBe(401);
    expect((await ask('/orgs/other/repos')).status).toBe(404);
  });

  it('gives repositories out by git, each as it stands', async () => {
    const made = of('lfs');
    const cloned = (standing: Standing, ...options: readonly string[]): Promise<string> => {
      forge.stand(made.name, standing);
      return clone(addressOf(made), ...options);
    };
    expect(await cloned('public')).toBe('');
    expect(await cloned('slow')).toBe('');
    expect(await cloned('renamed')).toBe('');
    expect(await cloned('private')).toMatch(/could not read Username/);
    expect(await cloned('private', ...withToken)).toBe('');
    expect(await cloned('denied', ...withToken)).toMatch(/403/);
    expect(await cloned('deleted')).toMatch(/not found/);
    forge.stand(made.name, 'private');
    expect(await namesIn(await ask('/orgs/acme/repos?per_page=100'))).not.toContain(made.name);
  });
});
