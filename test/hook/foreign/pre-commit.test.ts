// The framework pre-commit, as people have it from PyPI, installs this project from a git repository and runs its hooks.
// It fetches what builds the project once more and takes a minute, so that it runs only where AKSCAN_FOREIGN=required asks
// for it (.ci/run does).

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKeys } from '../../support/keys.js';
import { git, repository, write } from '../../support/repository.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const VERSION = '4.7.0';

const keys = createKeys(4_242);
const pair = (): string => `accessKeyId: ${keys.id24()}\naccessKeySecret: ${keys.secret30()}\n`;

const work = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'akscan-pre-commit-')));
const program = path.join(work, 'venv/bin/pre-commit');
const project = path.join(work, 'project');
const missing = process.env['AKSCAN_FOREIGN'] === 'required' ? null : 'only with AKSCAN_FOREIGN=required';

interface Ran {
  readonly code: number;
  readonly said: string;
}

const run = (command: string, args: readonly string[], cwd: string): Ran => {
  // What npm sets for `npm test` is not what a person's shell has.
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(?:npm_(?!config_(?:registry|cafile|.*proxy))|GIT_)/i.test(name),
  );
  const env = {
    ...Object.fromEntries(own),
    PRE_COMMIT_HOME: path.join(work, 'cache'),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: path.join(work, 'gitconfig'),
  };
  const ended = spawnSync(command, args, { cwd, encoding: 'utf8', env });
  if (ended.error !== undefined) throw ended.error;
  return { code: ended.status ?? -1, said: ended.stdout + ended.stderr };
};

/** What a person would have to commit to publish it: the files that git knows, or would. */
const publish = (): void => {
  repository(project);
  const listed = git(ROOT, 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0').filter(Boolean);
  for (const name of listed) {
    mkdirSync(path.dirname(path.join(project, name)), { recursive: true });
    cpSync(path.join(ROOT, name), path.join(project, name));
  }
  git(project, 'add', '--all');
  git(project, 'commit', '--quiet', '-m', 'akscan');
  git(project, 'tag', 'v1');
};

beforeAll(() => {
  writeFileSync(path.join(work, 'gitconfig'), '[user]\n\tname = Wei\n\temail = wei@example.com\n');
  if (missing !== null) return;
  const pip = ['install', '--quiet', '--no-compile', '--disable-pip-version-check', `pre-commit==${VERSION}`];
  for (const [command, args] of [
    ['python3', ['-m', 'venv', path.join(work, 'venv')]],
    [path.join(work, 'venv/bin/pip'), pip],
  ] as const) {
    const { code, said } = run(command, args, work);
    if (code !== 0) throw new Error(said.slice(-500));
  }
  publish();
}, 300_000);

afterAll(() => rmSync(work, { recursive: true, force: true }));

beforeEach(({ skip }) => {
  if (missing !== null) skip(missing);
});

const CONFIG = `default_install_hook_types: [pre-commit, pre-push, pre-merge-commit]
repos:
  - repo: ${project}
    rev: v1
    hooks:
      - id: akscan
      - id: akscan-push
`;

let count = 0;

/** A repository that uses both hooks. */
const user = (): string => {
  count += 1;
  const folder = repository(path.join(work, `user-${count}`));
  write(folder, { '.pre-commit-config.yaml': CONFIG, 'a.txt': 'a\n' });
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '-m', 'first');
  const { code, said } = run(program, ['install', '--install-hooks'], folder);
  if (code !== 0) throw new Error(said);
  return folder;
};

const stage = (folder: string, files: Readonly<Record<string, string>>): void => {
  write(folder, files);
  git(folder, 'add', '--all');
};

const commitIn = (folder: string, ...args: readonly string[]): Ran =>
  run('git', ['commit', '-m', 'change', ...args], folder);

describe('under the framework pre-commit', () => {
  it('installs from the git repository; a key is refused, one with a reason and a clean commit pass', () => {
    const folder = user();
    const [id, secret] = [keys.id24(), keys.secret30()];
    stage(folder, { 'k.yml': `accessKeyId: ${id}\naccessKeySecret: ${secret}\n` });
    const refused = commitIn(folder);
    expect(refused.code).toBe(1);
    expect(refused.said).toContain('k.yml:1:14');
    expect(refused.said).not.toContain(secret);
    stage(folder, { 'k.yml': `accessKeyId: ${id} # akscan:allow made up\naccessKeySecret: ${secret}\n` });
    expect(commitIn(folder)).toMatchObject({ code: 0 });
    stage(folder, { 'b.txt': 'b\n' });
    expect(commitIn(folder)).toMatchObject({ code: 0 });
  }, 300_000);

  it('judges commit -a, --amend and merges, and nothing that HEAD held', () => {
    const folder = user();
    write(folder, { 'a.txt': pair() });
    expect(commitIn(folder, '-a').code).toBe(1);
    expect(commitIn(folder, '--amend', '-a').code).toBe(1);
    expect(commitIn(folder, '-a', '--no-verify').code).toBe(0);
    stage(folder, { 'b.txt': 'b\n' });
    expect(commitIn(folder)).toMatchObject({ code: 0 });
    git(folder, 'checkout', '--quiet', '-b', 'other', 'HEAD~1');
    stage(folder, { 'c.txt': 'c\n' });
    expect(commitIn(folder)).toMatchObject({ code: 0 });
    expect(run('git', ['merge', '--no-edit', 'main'], folder)).toMatchObject({ code: 0 });
  }, 120_000);

  it('judges all files for --all-files, those that are named for --files, and their present content', () => {
    const folder = user();
    stage(folder, { 'k.yml': pair(), 'clean.yml': 'a: 1\n', 'pair/access_key_id.txt': `${keys.id24()}\n` });
    stage(folder, { 'pair/access_key_secret.txt': `${keys.secret30()}\n` });
    expect(commitIn(folder, '--no-verify').code).toBe(0);
    const all = run(program, ['run', '--all-files'], folder);
    expect(all.code).toBe(1);
    expect(all.said).toContain('k.yml:1:14');
    expect(all.said).toContain('pair/access_key_id.txt:1');
    expect(run(program, ['run', '--files', 'clean.yml', 'a.txt'], folder)).toMatchObject({ code: 0 });
    expect(run(program, ['run', '--files', 'clean.yml', 'k.yml'], folder).code).toBe(1);
    expect(run(program, ['run'], folder)).toMatchObject({ code: 0 });
  }, 120_000);

  it('judges a range for --from-ref and --to-ref', () => {
    const folder = user();
    const before = git(folder, 'rev-parse', 'HEAD');
    stage(folder, { 'k.yml': pair() });
    commitIn(folder, '--no-verify');
    stage(folder, { 'k.yml': 'gone\n' });
    expect(commitIn(folder).code).toBe(0);
    const range = run(program, ['run', '--from-ref', before, '--to-ref', 'HEAD'], folder);
    expect(range.code).toBe(1);
    expect(range.said).toContain('added and removed again');
    expect(run(program, ['run', '--from-ref', 'HEAD', '--to-ref', 'HEAD'], folder).code).toBe(0);
  }, 120_000);

  it('pushes no key, neither with a new branch nor with an old one', () => {
    const folder = user();
    const remote = repository(path.join(work, `remote-${count}`), '--bare');
    git(folder, 'remote', 'add', 'origin', remote);
    expect(run('git', ['push', 'origin', 'main'], folder)).toMatchObject({ code: 0 });
    stage(folder, { 'k.yml': pair() });
    commitIn(folder, '--no-verify');
    expect(run('git', ['push', 'origin', 'main'], folder).code).toBe(1);
    expect(run('git', ['push', 'origin', 'HEAD:refs/heads/new'], folder).code).toBe(1);
    const fresh = user();
    stage(fresh, { 'k.yml': pair() });
    commitIn(fresh, '--no-verify');
    stage(fresh, { 'k.yml': 'gone\n' });
    commitIn(fresh);
    const empty = repository(path.join(work, `remote-${count}-empty`), '--bare');
    git(fresh, 'remote', 'add', 'origin', empty);
    expect(run('git', ['push', 'origin', 'main'], fresh).code).toBe(1);
  }, 120_000);
});
