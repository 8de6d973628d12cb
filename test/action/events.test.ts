import { writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildAction, checkout, runStep, type Step } from '../support/action.js';
import { createKeys } from '../support/keys.js';
import { commit, git, repository, sharedFolder, temporaryFolder } from '../support/repository.js';

const keys = createKeys(7_701);
const folder = sharedFolder();
let bundle = '';

beforeAll(() => {
  bundle = buildAction(`${folder}/action`);
});

const NONE = '0'.repeat(40);
const yaml = (): string => `accessKeyId: ${keys.id24()}\naccessKeySecret: ${keys.secret30()}\n`;

const server = (): string => {
  const origin = repository();
  for (let index = 0; index < 4; index += 1) commit(origin, { 'README.md': `The shop ${index}\n` });
  return origin;
};

const step = (given: Step) => runStep(bundle, given);

const push = (cwd: string, ref: string, before: string, after: string, over: Partial<Step> = {}) =>
  step({
    cwd,
    event: 'push',
    payload: { ref, before, after, commits: [], repository: { default_branch: 'main' } },
    env: { GITHUB_SHA: after },
    ...over,
  });

const found = async (running: ReturnType<typeof step>) => {
  const { code, outputs, log } = await running;
  return { code, findings: outputs['findings'], log };
};

describe('the Action on a push', () => {
  it('judges what came, and nothing that was there', async () => {
    const origin = server();
    const before = commit(origin, { 'old.yml': yaml() });
    const clean = commit(origin, { 'b.txt': 'b\n' });
    for (const depth of [1, 0]) {
      expect(
        await found(push(checkout(origin, 'refs/heads/main', depth), 'refs/heads/main', before, clean)),
      ).toMatchObject({
        code: 0,
        findings: '0',
      });
    }
    const after = commit(origin, { 'new.yml': yaml() });
    for (const depth of [1, 0]) {
      expect(
        await found(push(checkout(origin, 'refs/heads/main', depth), 'refs/heads/main', before, after)),
      ).toMatchObject({
        code: 1,
        findings: '1',
      });
    }
  });

  it('judges a new branch, and a new tag with its message, by the default branch', async () => {
    const origin = server();
    commit(origin, { 'old.yml': yaml() });
    git(origin, 'checkout', '--quiet', '-b', 'topic');
    const tip = commit(origin, { 'new.yml': yaml() });
    git(origin, 'tag', '--annotate', '--message', yaml(), 'v1', 'main');
    const tag = git(origin, 'rev-parse', 'v1');
    for (const depth of [1, 0]) {
      const branch = checkout(origin, 'refs/heads/topic', depth);
      expect(await found(push(branch, 'refs/heads/topic', NONE, tip))).toMatchObject({ code: 1, findings: '1' });
      const tagged = checkout(origin, 'refs/tags/v1', depth);
      expect(await found(push(tagged, 'refs/tags/v1', NONE, tag))).toMatchObject({ code: 1, findings: '1' });
    }
  });

  it('reads everything when the default branch itself is new', async () => {
    const origin = server();
    commit(origin, { 'old.yml': yaml() });
    const tip = commit(origin, { 'old.yml': 'gone\n' });
    const cwd = checkout(origin, 'refs/heads/main', 1);
    expect(await found(push(cwd, 'refs/heads/main', NONE, tip))).toMatchObject({ code: 1, findings: '1' });
  });

  it('has nothing to judge when a branch is deleted', async () => {
    const origin = server();
    const tip = git(origin, 'rev-parse', 'HEAD');
    const ran = await push(checkout(origin, 'refs/heads/main', 1), 'refs/heads/topic', tip, NONE);
    expect([ran.code, ran.stdout, ran.outputs]).toEqual([
      0,
      'akscan has nothing to judge: refs/heads/topic was deleted.\n',
      { findings: '0', live: '0', root: '0' },
    ]);
  });

  it('judges a forced push by what was there, where that can still be had, else by the default branch', async () => {
    const origin = server();
    git(origin, 'checkout', '--quiet', '-b', 'topic');
    const shared = yaml();
    const before = commit(origin, { 'a.yml': shared });
    git(origin, 'reset', '--quiet', '--hard', 'main');
    const after = commit(origin, { 'a.yml': `# rebased\n${shared}` });
    for (const depth of [1, 0]) {
      const cwd = checkout(origin, 'refs/heads/topic', depth);
      expect(await found(push(cwd, 'refs/heads/topic', before, after))).toMatchObject({ code: 0, findings: '0' });
    }
    git(origin, 'reflog', 'expire', '--expire=now', '--all');
    git(origin, 'gc', '--quiet', '--prune=now');
    const ran = await push(checkout(origin, 'refs/heads/topic', 1), 'refs/heads/topic', before, after);
    expect([ran.code, ran.outputs['findings']], ran.log).toEqual([1, '1']);
    expect(ran.log).toContain('compared with refs/heads/main instead');
    git(origin, 'checkout', '--quiet', 'main');
    git(origin, 'reset', '--quiet', '--hard', 'topic');
    const whole = await push(checkout(origin, 'refs/heads/main', 1), 'refs/heads/main', before, after);
    expect([whole.code, whole.outputs['findings']], whole.log).toEqual([1, '1']);
    expect(whole.log).toContain('the whole history');
  });
});

describe('the Action on other events', () => {
  it('reads all files and all of the history on schedule and by hand, also of a shallow clone', async () => {
    const origin = server();
    commit(origin, { 'old.yml': yaml() });
    commit(origin, { 'old.yml': 'gone\n', 'new.yml': yaml() });
    for (const event of ['schedule', 'workflow_dispatch']) {
      const ran = await step({ cwd: checkout(origin, 'refs/heads/main', 1), event });
      expect([ran.code, ran.outputs['findings']], ran.log).toEqual([1, '2']);
      expect(ran.commands.join('\n')).toContain('file=new.yml,line=1');
    }
    const broken = checkout(origin, 'refs/heads/main', 1);
    git(broken, 'remote', 'set-url', 'origin', `file://${folder}/nowhere`);
    const ran = await step({ cwd: broken, event: 'schedule' });
    expect([ran.code, ran.outputs['findings']], ran.log).toEqual([2, '1']);
    expect(ran.log).toMatch(/::warning .*fetch-depth: 0/);
  });

  it('takes the configuration of the event, not of what was checked out', async () => {
    const origin = server();
    const usual = git(origin, 'rev-parse', 'HEAD').trim();
    git(origin, 'checkout', '--quiet', '-b', 'request');
    commit(origin, { 'new.yml': yaml(), 'akscan.config.yml': 'exclude: ["**"]\nfailOn: never\n' });
    for (const depth of [0, 1]) {
      const ran = await step({
        cwd: checkout(origin, 'refs/heads/request', depth),
        event: 'workflow_run',
        env: { GITHUB_SHA: usual },
      });
      expect([ran.code, ran.outputs['findings']], ran.log).toEqual([1, '1']);
    }
  });

  it('judges what a merge queue would merge', async () => {
    const origin = server();
    const base = commit(origin, { 'old.yml': yaml() });
    git(origin, 'checkout', '--quiet', '-b', 'gh-readonly-queue/main/pr-7');
    const head = commit(origin, { 'new.yml': yaml() });
    const payload = { merge_group: { base_sha: base, base_ref: 'refs/heads/main', head_sha: head, head_ref: 'x' } };
    for (const depth of [1, 0]) {
      const cwd = checkout(origin, 'refs/heads/gh-readonly-queue/main/pr-7', depth);
      expect(await found(step({ cwd, event: 'merge_group', payload }))).toMatchObject({ code: 1, findings: '1' });
    }
  });

  it('judges a fork on pull_request_target from the base alone, and refuses a checkout of its head', async () => {
    const origin = server();
    const base = git(origin, 'rev-parse', 'HEAD');
    git(origin, 'checkout', '--quiet', '--detach');
    const head = commit(origin, { 'new.yml': yaml() });
    git(origin, 'update-ref', 'refs/pull/7/head', head);
    git(origin, 'checkout', '--quiet', '-b', 'merged', 'main');
    git(origin, 'merge', '--quiet', '--no-ff', '--message', 'Merge', head);
    git(origin, 'update-ref', 'refs/pull/7/merge', 'HEAD');
    git(origin, 'checkout', '--quiet', 'main');
    git(origin, 'branch', '-D', '--quiet', 'merged');
    const payload = {
      pull_request: { number: 7, commits: 1, base: { ref: 'main', sha: base }, head: { ref: 'evil', sha: head } },
    };
    const target = (cwd: string) => step({ cwd, event: 'pull_request_target', payload, env: { GITHUB_SHA: base } });
    for (const depth of [1, 0]) {
      const safe = await target(checkout(origin, 'refs/heads/main', depth));
      expect([safe.code, safe.outputs['findings']], safe.log).toEqual([1, '1']);
      for (const ref of ['refs/pull/7/head', 'refs/pull/7/merge', head]) {
        const unsafe = await target(checkout(origin, ref, depth));
        expect([unsafe.code, unsafe.outputs], unsafe.log).toEqual([2, {}]);
        expect(unsafe.commands).toEqual([expect.stringMatching(/^::error .*gives the secrets of this repository/)]);
      }
    }
  });

  it('judges the commits that are named instead of those of the event', async () => {
    const origin = server();
    const base = git(origin, 'rev-parse', 'HEAD~1');
    commit(origin, { 'new.yml': yaml() });
    const cwd = checkout(origin, 'refs/heads/main', 0);
    const by = (inputs: Record<string, string>) => found(step({ cwd, event: 'workflow_dispatch', inputs }));
    expect(await by({ base })).toMatchObject({ code: 1, findings: '1' });
    expect(await by({ base: 'main' })).toMatchObject({ code: 0, findings: '0' });
    expect(await by({ base, head: 'main', paths: 'docs/**' })).toMatchObject({ code: 0, findings: '0' });
    expect(await by({ base: 'no-such-branch' })).toMatchObject({ code: 2 });
    const shallow = checkout(origin, 'refs/heads/main', 1);
    expect(await found(step({ cwd: shallow, event: 'workflow_dispatch', inputs: { base } }))).toMatchObject({
      code: 1,
    });
  });
});

describe('what is wrong with a call', () => {
  it('is one clear error', async () => {
    const cwd = server();
    for (const [inputs, said] of [
      [{ 'fail-on': 'all' }, 'The input "fail-on" is one of any, secret, live, root, never'],
      [{ 'fail-on': 'live' }, 'fail-on: live needs verdicts'],
      [{ exclude: 'docs/**\n{a,b' }, 'The input "exclude": the glob "{a,b" has'],
      [{ verify: 'yes' }, 'The input "verify" is true or false'],
      [{ formats: 'sarif,pdf' }, 'The input "formats" takes FORMAT or FORMAT=FILE'],
      [{ formats: 'csv=no/folder/x.csv' }, 'there is no folder'],
      [{ base: '--upload-pack=x' }, 'The input "base" is a commit or a branch'],
      [{ base: 'main', head: 'a..b' }, 'The input "head" is a commit or a branch'],
      [{ config: '../x.yml' }, 'The input "config" is the path of a file in the repository'],
      [{ directory: 'nowhere' }, 'The input "directory" names a folder that is not there'],
    ] as const) {
      const ran = await step({ cwd, event: 'schedule', inputs });
      expect([ran.code, ran.commands], ran.stdout).toEqual([2, [expect.stringContaining(said)]]);
      expect(ran.commands[0]).toMatch(/^::error title=akscan::/);
    }
  });

  it('is told of a workspace without a checkout and of an event that is none', async () => {
    const empty = await step({ cwd: temporaryFolder(), event: 'schedule' });
    expect(empty.commands).toEqual([expect.stringContaining('Check it out first, with actions/checkout')]);
    const cwd = server();
    const lacking = await step({ cwd, event: 'pull_request', payload: { pull_request: { number: 1 } } });
    expect(lacking.commands).toEqual([expect.stringContaining('names no commit in pull_request.base.sha')]);
    const file = `${temporaryFolder()}/event`;
    writeFileSync(file, '{"a":');
    const garbled = await step({ cwd, event: 'push', env: { GITHUB_EVENT_PATH: file } });
    expect(garbled.commands).toEqual([expect.stringContaining('cannot be read')]);
  });
});
