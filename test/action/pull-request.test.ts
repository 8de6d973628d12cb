import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildAction, checkout, runStep, startApi } from '../support/action.js';
import { createKeys } from '../support/keys.js';
import { createLeakFinder } from '../support/leaks.js';
import { commit, git, repository, sharedFolder, temporaryFolder } from '../support/repository.js';

const keys = createKeys(7_700);
const folder = sharedFolder();
let bundle = '';

beforeAll(() => {
  bundle = buildAction(`${folder}/action`);
});

const yaml = (id = keys.id24(), secret = keys.secret30()): string => `accessKeyId: ${id}\naccessKeySecret: ${secret}\n`;

/** A repository on a server, with `main` and a pull request's head and merge, as GitHub keeps them. */
const server = (): string => {
  const origin = repository();
  git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  for (let index = 0; index < 5; index += 1) commit(origin, { 'README.md': `The shop ${index}\n` });
  git(origin, 'checkout', '--quiet', '-b', 'topic');
  return origin;
};

/** What GitHub makes of a pull request of `topic` into `main`, and the event. */
const opened = (origin: string, base = 'main') => {
  const head = git(origin, 'rev-parse', 'topic');
  const tip = git(origin, 'rev-parse', base);
  git(origin, 'checkout', '--quiet', '--detach', base);
  git(origin, 'merge', '--quiet', '--no-ff', '--message', 'Merge', 'topic');
  const merge = git(origin, 'rev-parse', 'HEAD');
  git(origin, 'update-ref', 'refs/pull/7/head', head);
  git(origin, 'update-ref', 'refs/pull/7/merge', merge);
  git(origin, 'checkout', '--quiet', 'topic');
  const commits = Number(git(origin, 'rev-list', '--count', `${base}..topic`));
  const payload = {
    pull_request: { number: 7, commits, base: { ref: base, sha: tip }, head: { ref: 'topic', sha: head } },
    repository: { default_branch: 'main' },
  };
  return { head, tip, merge, payload, env: { GITHUB_SHA: merge, GITHUB_REF: 'refs/pull/7/merge' } };
};

const judged = (cwd: string, { payload, env }: Pick<ReturnType<typeof opened>, 'payload' | 'env'>, over = {}) =>
  runStep(bundle, { cwd, event: 'pull_request', payload, env, ...over });

/** As it is opened now, in the checkout that actions/checkout makes unless told otherwise. */
const judgedNow = (origin: string, over = {}) => {
  const pull = opened(origin);
  return judged(checkout(origin, 'refs/pull/7/merge', 1), pull, over);
};

/** A pull request from a repository of its author, whose branches say what its author likes, on one server. */
const fromFork = () => {
  const origin = server();
  commit(origin, { 'src/b.yml': yaml() });
  const pull = opened(origin);
  const root = temporaryFolder();
  const fork = path.join(root, 'eve/shop');
  for (const folder of [path.join(root, 'wei/shop'), fork]) git(origin, 'clone', '--quiet', '--mirror', origin, folder);
  git(path.join(root, 'wei/shop'), 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  git(origin, 'checkout', '--quiet', 'main');
  commit(origin, { 'akscan.config.yml': 'exclude: ["**"]\nfailOn: never\n' });
  git(origin, 'push', '--quiet', fork, 'main');
  const repo = (name: string) => ({ repo: { full_name: name } });
  const { pull_request: asked } = pull.payload;
  const payload = {
    ...pull.payload,
    pull_request: {
      ...asked,
      base: { ...asked.base, ...repo('wei/shop') },
      head: { ...asked.head, ...repo('eve/shop') },
    },
  };
  return { fork, pull: { payload, env: { ...pull.env, GITHUB_SERVER_URL: pathToFileURL(root).href } } };
};

describe('the Action on a pull request', () => {
  it('takes neither the base nor its configuration from the repository that the pull request comes from', async () => {
    const { fork, pull } = fromFork();
    for (const inputs of [{}, { base: 'main' }]) {
      for (const depth of [1, 0]) {
        const ran = await judged(checkout(fork, 'refs/heads/topic', depth), pull, { inputs });
        expect([ran.code, ran.outputs['findings']], ran.log).toEqual([1, '1']);
      }
    }
  });

  it('fails for a key that it adds, on the line, and masks the secret before anything else', async () => {
    const origin = server();
    const [id, secret] = [keys.id24(), keys.secret30()];
    commit(origin, { 'config/oss.yml': `# photos\n${yaml(id, secret)}` });
    const pull = opened(origin);
    for (const depth of [1, 0]) {
      const ran = await judged(checkout(origin, 'refs/pull/7/merge', depth), pull);
      expect(ran.code, ran.stdout + ran.stderr).toBe(1);
      expect(ran.stdout.startsWith('::add-mask::')).toBe(true);
      expect(ran.masks).toContain(secret);
      expect(ran.masks).toContain(Buffer.from(secret).toString('base64'));
      expect(ran.commands.join('\n')).toContain('::error file=config/oss.yml,line=2,');
      expect(ran.outputs).toMatchObject({ findings: '1', live: '0', root: '0' });
      expect(ran.outputs['sarif']).toMatch(/akscan\.sarif$/);
      expect(ran.summary).toContain('| `');
      const leaks = createLeakFinder([{ name: 'the secret', value: secret }]);
      expect(leaks(ran.log + ran.summary + JSON.stringify(ran.outputs))).toEqual([]);
      expect(ran.log + ran.summary).not.toContain(id);
      expect(ran.log).toContain(`${id.slice(0, 8)}…${id.slice(-4)}`);
    }
  });

  it('passes for a key that only the base or another branch holds', async () => {
    const origin = server();
    commit(origin, { 'a.txt': 'a\n' });
    git(origin, 'checkout', '--quiet', 'main');
    commit(origin, { 'old.yml': yaml() });
    git(origin, 'checkout', '--quiet', '-b', 'other');
    commit(origin, { 'other.yml': yaml() });
    const pull = opened(origin);
    for (const depth of [1, 0]) {
      const ran = await judged(checkout(origin, 'refs/pull/7/merge', depth), pull);
      expect([ran.code, ran.outputs['findings']], ran.log).toEqual([0, '0']);
    }
  });

  it('fails for a key that another branch holds, too, and says so', async () => {
    const origin = server();
    const shared = yaml();
    commit(origin, { 's.yml': shared });
    git(origin, 'checkout', '--quiet', '-b', 'other', 'main');
    commit(origin, { 'o.yml': shared });
    const pull = opened(origin);
    const cwd = checkout(origin, 'refs/pull/7/merge', 0);
    const ran = await judged(cwd, pull, { inputs: { formats: 'jsonl=out.jsonl' } });
    expect(ran.code, ran.log).toBe(1);
    expect(git(cwd, 'grep', '--no-index', '-c', '"knownElsewhere":true', 'out.jsonl')).toBe('out.jsonl:1');
  });

  it('passes for what came in by merging a base that moved on after the event was made', async () => {
    const origin = server();
    commit(origin, { 'a.txt': 'a\n' });
    const stale = git(origin, 'rev-parse', 'main');
    git(origin, 'checkout', '--quiet', 'main');
    commit(origin, { 'old.yml': yaml() });
    git(origin, 'checkout', '--quiet', 'topic');
    git(origin, 'merge', '--quiet', '--message', 'main', 'main');
    const pull = opened(origin);
    pull.payload.pull_request.base.sha = stale;
    for (const [ref, depth] of [
      ['refs/pull/7/merge', 1],
      ['refs/pull/7/merge', 0],
      [pull.head, 1],
      [pull.head, 0],
    ] as const) {
      const ran = await judged(checkout(origin, ref, depth), pull);
      expect([ref, depth, ran.code, ran.outputs['findings']], ran.log).toEqual([ref, depth, 0, '0']);
    }
  });

  it('reads 340 commits, one of which added a key that a later one took out', { timeout: 120_000 }, async () => {
    const origin = server();
    commit(origin, { 'lost.yml': yaml() });
    commit(origin, { 'lost.yml': 'gone\n' });
    for (let index = 0; index < 338; index += 1) git(origin, 'commit', '--quiet', '--allow-empty', '-m', `${index}`);
    // The base moves on a long way, too.
    git(origin, 'checkout', '--quiet', 'main');
    for (let index = 0; index < 200; index += 1) git(origin, 'commit', '--quiet', '--allow-empty', '-m', `${index}`);
    const pull = opened(origin);
    for (const depth of [1, 2]) {
      const cwd = checkout(origin, 'refs/pull/7/merge', depth);
      const before = git(cwd, 'rev-list', '--count', 'HEAD');
      const ran = await judged(cwd, pull);
      expect([ran.code, ran.outputs['findings']], ran.log).toEqual([1, '1']);
      // The checkout is what it was.
      expect(git(cwd, 'rev-list', '--count', 'HEAD')).toBe(before);
      expect(git(cwd, 'status', '--porcelain')).toBe('');
    }
  });

  it('marks the line as the head has it', async () => {
    const origin = server();
    const pair = yaml();
    commit(origin, { 'b.yml': pair });
    commit(origin, { 'b.yml': `# one\n# two\n# three\n${pair}` });
    const ran = await judgedNow(origin);
    expect(ran.commands.join('\n')).toMatch(/::error file=b\.yml,line=4,/);
    const sarif = JSON.parse(readFileSync(ran.outputs['sarif'] ?? '', 'utf8'));
    expect(sarif.runs[0].results[0].locations[0].physicalLocation.region.startLine).toBe(4);
  });

  it('goes by the configuration, ignore file and baseline of the base, not by its own', async () => {
    const origin = server();
    git(origin, 'checkout', '--quiet', 'main');
    commit(origin, { 'akscan.config.yml': 'exclude: [samples/**]\n' });
    git(origin, 'branch', '--force', 'topic', 'main');
    git(origin, 'checkout', '--quiet', 'topic');
    commit(origin, { 'samples/a.yml': yaml() });
    const allowed = await judgedNow(origin);
    expect([allowed.code, allowed.outputs['findings']], allowed.log).toEqual([0, '0']);
    commit(origin, { 'akscan.config.yml': 'exclude: ["**"]\nfailOn: never\n', 'src/b.yml': yaml() });
    const refused = await judgedNow(origin);
    expect([refused.code, refused.outputs['findings']], refused.log).toEqual([1, '1']);
    const named = await judgedNow(origin, {
      inputs: { baseline: 'no/such-file' },
    });
    expect(named.code).toBe(2);
    expect(named.commands).toEqual([
      expect.stringContaining('no/such-file is not in the commit that is compared with'),
    ]);
  });

  it('says what to do when more history cannot be fetched', async () => {
    const origin = server();
    commit(origin, { 'a.txt': 'a\n' });
    const pull = opened(origin);
    const cwd = checkout(origin, 'refs/pull/7/merge', 1);
    git(cwd, 'remote', 'set-url', 'origin', `file://${folder}/nowhere`);
    const ran = await judged(cwd, pull);
    expect(ran.code).toBe(2);
    expect(ran.commands).toHaveLength(1);
    expect(ran.commands[0]).toMatch(/^::error .*could not be fetched from .*fetch-depth: 0.*git fetch --unshallow/);
  });

  it('keeps one comment, up to date, and says when nothing is left', async () => {
    const origin = server();
    commit(origin, { 'b.yml': yaml() });
    const api = await startApi();
    // Somebody else's comment with the mark, and more than a page of others.
    api.comments.push({
      id: 1,
      body: '<!-- akscan:pull-request run=999999 -->\nhi',
      user: { login: 'eve', type: 'User' },
    });
    for (let id = 2; id < 150; id += 1) api.comments.push({ id, body: 'nice', user: { login: 'li', type: 'User' } });
    const inputs = { 'github-token': 'ghs_token' };
    const step = async (run: number) => {
      const pull = opened(origin);
      const env = { ...pull.env, GITHUB_API_URL: api.url, GITHUB_RUN_ID: String(run) };
      return judged(checkout(origin, 'refs/pull/7/merge', 1), { ...pull, env }, { inputs });
    };
    const ours = () => api.comments.slice(149).map(({ body }) => body);
    expect((await step(1)).code).toBe(1);
    expect(ours()).toEqual([expect.stringContaining('| `b.yml:1` |')]);
    commit(origin, { 'c.yml': yaml() });
    const second = await step(2);
    expect(ours(), second.log).toEqual([expect.stringContaining('c.yml:1')]);
    // An earlier run that ends later.
    git(origin, 'reset', '--quiet', '--hard', 'HEAD~1');
    expect((await step(1)).log).toContain('left to a later run');
    expect(ours()).toEqual([expect.stringContaining('c.yml:1')]);
    git(origin, 'reset', '--quiet', '--hard', 'main');
    commit(origin, { 'd.txt': 'd\n' });
    expect((await step(3)).code).toBe(0);
    expect(ours()).toEqual([expect.stringContaining('nothing left')]);
    expect(api.comments[0]?.body).toContain('hi');
    expect(api.requests.every(({ token }) => token === 'Bearer ghs_token')).toBe(true);
  });

  it('writes one comment when several runs end at once', async () => {
    const origin = server();
    commit(origin, { 'b.yml': yaml() });
    const api = await startApi();
    const pull = opened(origin);
    const steps = [1, 2, 3].map((run) => {
      const env = { ...pull.env, GITHUB_API_URL: api.url, GITHUB_RUN_ID: String(run) };
      return judged(checkout(origin, 'refs/pull/7/merge', 0), { ...pull, env }, { inputs: { 'github-token': 't' } });
    });
    const ran = await Promise.all(steps);
    expect(ran.map(({ code }) => code)).toEqual([1, 1, 1]);
    expect(api.comments, ran.map(({ log }) => log).join('')).toHaveLength(1);
  });

  it('lets no answer of the API change the verdict', async () => {
    const origin = server();
    commit(origin, { 'b.yml': yaml() });
    const pull = opened(origin);
    const cwd = checkout(origin, 'refs/pull/7/merge', 0);
    for (const [fault, said] of [
      [{ status: 403 }, 'the token may not write comments'],
      [{ status: 404 }, 'the token may not write comments'],
      [{ status: 403, headers: { 'x-ratelimit-remaining': '0', 'retry-after': '3600' } }, 'too many requests (403)'],
      [{ status: 502, body: '<html>' }, 'the answer was 502'],
      [{ status: 200, body: '<html>' }, 'is no JSON'],
      [{ status: 200, body: '{}' }, 'no list of comments'],
      [{ status: 301, headers: { location: 'http://127.0.0.1/' } }, 'redirect'],
    ] as const) {
      const api = await startApi();
      api.fault = ({ path }) => (path.endsWith('/comments') ? fault : null);
      const env = { ...pull.env, GITHUB_API_URL: api.url };
      const ran = await judged(cwd, { ...pull, env }, { inputs: { 'github-token': 't' } });
      expect(ran.code, ran.log).toBe(1);
      expect(ran.log).toContain(said);
      expect(ran.commands.filter((line) => line.startsWith('::error'))).toHaveLength(1);
    }
  });

  it('escapes names that would be commands, Markdown or HTML', async () => {
    const origin = server();
    const names = [
      'a\n::error file=x::no',
      'b::set-output name=x::y',
      'c%0A::warning::z',
      '`d`|<img src=x onerror=alert(1)>@everyone.yml',
      '::stop-commands::q',
    ];
    commit(origin, Object.fromEntries(names.map((name) => [name.replace(/\//g, '_'), yaml()])));
    const ran = await judgedNow(origin);
    expect(ran.code, ran.log).toBe(1);
    expect(ran.commands).toHaveLength(names.length);
    for (const line of ran.commands) expect(line).toMatch(/^::error file=[^:]*,line=1,[^:]*::/);
    expect(ran.summary).not.toMatch(/^::/m);
    expect(ran.summary.replace(/`+[^`\n]*`+/g, '')).not.toMatch(/<img|@everyone/);
  });

  it('shows ten annotations of a kind and counts the rest', async () => {
    const origin = server();
    commit(origin, Object.fromEntries(Array.from({ length: 14 }, (_, index) => [`${index}.yml`, yaml()])));
    const ran = await judgedNow(origin);
    expect(ran.commands.filter((line) => line.startsWith('::error'))).toHaveLength(10);
    expect(ran.commands.at(-1)).toMatch(/^::notice .*4 more AccessKeys/);
    expect(ran.summary.match(/\.yml:1/g)).toHaveLength(14);
  });
});
