import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { akscan, PROGRAM, type Ran } from '../support/akscan.js';
import { createKeys } from '../support/keys.js';
import { commit, git, repository, temporaryFolder, write } from '../support/repository.js';

const keys = createKeys(4_747);
const pair = (): string => `accessKeyId: ${keys.id24()}\naccessKeySecret: ${keys.secret30()}\n`;

/** Git as a person has it, with a home of their own. */
const gitIn = (
  folder: string,
  home: string,
  ...args: readonly string[]
): { readonly code: number; readonly said: string } => {
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Wei',
    GIT_AUTHOR_EMAIL: 'wei@example.com',
    GIT_COMMITTER_NAME: 'Wei',
    GIT_COMMITTER_EMAIL: 'wei@example.com',
  };
  const ended = spawnSync('git', ['-c', 'protocol.file.allow=always', ...args], { cwd: folder, encoding: 'utf8', env });
  return { code: ended.status ?? -1, said: ended.stdout + ended.stderr };
};

const commitIn = (folder: string, ...args: readonly string[]): { readonly code: number; readonly said: string } =>
  gitIn(folder, temporaryFolder(), 'commit', '-m', 'change', ...args);

const hook = (folder: string, ...args: readonly string[]): Promise<Ran> => akscan(['hook', ...args], { cwd: folder });

const stage = (folder: string, files: Readonly<Record<string, string>>): void => {
  write(folder, files);
  git(folder, 'add', '--all');
};

const script = (file: string, text: string): void => {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
};

const prepared = (): string => {
  const folder = repository();
  commit(folder, { 'a.txt': 'a\n' });
  return folder;
};

describe('akscan hook install', () => {
  it('refuses a commit that adds a key, in ten lines at most, and lets it pass with a reason', async () => {
    const folder = prepared();
    const { code, stderr } = await hook(folder, 'install');
    expect([code, stderr]).toEqual([0, expect.stringContaining('Installed .git/hooks/pre-commit')]);
    const [id, secret] = [keys.id24(), keys.secret30()];
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`many/${index}/k.yml`, pair()]));
    stage(folder, { 'app.yml': `accessKeyId: ${id}\naccessKeySecret: ${secret}\n`, ...many });
    const refused = commitIn(folder);
    expect(refused.code).toBe(1);
    expect(refused.said.trimEnd().split('\n').length).toBeLessThanOrEqual(10);
    expect(refused.said).toContain('this commit adds 10 AccessKeys');
    expect(refused.said).toContain(`app.yml:1:14  ${id.slice(0, 8)}…${id.slice(-4)}`);
    expect(refused.said).not.toContain(secret);
    expect(refused.said).not.toContain(id);

    git(folder, 'rm', '-r', '--quiet', '--cached', 'many');
    rmSync(path.join(folder, 'many'), { recursive: true });
    stage(folder, { 'app.yml': `accessKeyId: ${id} # akscan:allow made up for a test\naccessKeySecret: ${secret}\n` });
    expect(commitIn(folder).code).toBe(0);
  });

  it('says nothing of a key that HEAD held already, nor of a clean commit', async () => {
    const folder = repository();
    const text = pair();
    commit(folder, { 'k.yml': text });
    await hook(folder, 'install');
    stage(folder, { 'k.yml': `# moved\n${text}`, 'b.txt': 'b\n' });
    const { code, said } = commitIn(folder, '--quiet');
    expect([code, said]).toEqual([0, '']);
  });

  it('judges commit -a, commit FILE, commit --amend and what only a merge adds', async () => {
    const folder = prepared();
    await hook(folder, 'install');
    write(folder, { 'a.txt': pair() });
    expect(commitIn(folder, '-a').code).toBe(1);
    expect(commitIn(folder, 'a.txt').code).toBe(1);
    expect(commitIn(folder, '--amend', '-a').code).toBe(1);
    write(folder, { 'a.txt': 'b\n' });
    expect(commitIn(folder, '-a').code).toBe(0);
    expect(commitIn(folder, '--amend', '--quiet').code).toBe(0);

    git(folder, 'checkout', '--quiet', '-b', 'other', 'HEAD~1');
    commit(folder, { 'b.txt': 'b\n' });
    git(folder, 'merge', '--quiet', '--no-commit', '--no-ff', 'main');
    stage(folder, { 'evil.yml': pair() });
    expect(commitIn(folder).code).toBe(1);
    git(folder, 'rm', '--quiet', '--force', 'evil.yml');
    expect(commitIn(folder).code).toBe(0);
  });

  it('calls the hook that was there before with the same arguments, unless it refuses, and gives it back', async () => {
    const folder = prepared();
    const theirs = path.join(folder, '.git/hooks/pre-commit');
    script(theirs, 'echo "theirs $# $0"; exit 3');
    const before = readFileSync(theirs);
    const { stderr } = await hook(folder, 'install');
    expect(stderr).toContain('.git/hooks/pre-commit.before-akscan');
    stage(folder, { 'b.txt': 'b\n' });
    expect(commitIn(folder)).toMatchObject({ code: 1, said: expect.stringContaining('theirs 0') });
    stage(folder, { 'k.yml': pair() });
    expect(commitIn(folder).said).not.toContain('theirs');
    expect((await hook(folder, 'uninstall')).stderr).toContain('the hook that was there before is back');
    expect(readFileSync(theirs)).toEqual(before);
    expect(readdirSync(path.dirname(theirs)).filter((name) => name.includes('akscan'))).toEqual([]);
  });

  it('refuses commits, and says how to get rid of it, when akscan is gone', async () => {
    const folder = prepared();
    await hook(folder, 'install');
    const file = path.join(folder, '.git/hooks/pre-commit');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^program=.*$/m, "program='/nonexistent/akscan'"));
    stage(folder, { 'b.txt': 'b\n' });
    const { code, said } = commitIn(folder);
    expect(code).toBe(1);
    expect(said).toContain('cannot find akscan, so the commit is refused');
    const command = /^ {2}(rm .*)$/m.exec(said)?.[1] ?? '';
    execFileSync('sh', ['-c', command], { cwd: folder });
    expect(commitIn(folder).code).toBe(0);
  });

  it('goes where core.hooksPath says', async () => {
    const folder = prepared();
    git(folder, 'config', 'core.hooksPath', 'tools/hooks');
    await hook(folder, 'install');
    expect(readdirSync(path.join(folder, 'tools/hooks'))).toEqual(['pre-commit']);
    write(folder, { 'k.yml': pair() });
    git(folder, 'add', 'k.yml');
    expect(commitIn(folder).code).toBe(1);
    await hook(folder, 'uninstall');
    expect(existsSync(path.join(folder, 'tools/hooks'))).toBe(false);
  });

  it('leaves husky’s folder to husky, and a folder for all repositories to --global', async () => {
    const folder = prepared();
    git(folder, 'config', 'core.hooksPath', '.husky/_');
    expect(await hook(folder, 'install')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('.husky/pre-commit'),
    });
    git(folder, 'config', '--unset', 'core.hooksPath');
    const home = temporaryFolder();
    gitIn(folder, home, 'config', '--global', 'core.hooksPath', '/srv/hooks');
    const refused = await akscan(['hook', 'install'], { cwd: folder, env: { HOME: home } });
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('akscan hook install --global') });
  });

  it('works in a linked work tree, in a submodule, and from a folder inside', async () => {
    const folder = prepared();
    const tree = path.join(temporaryFolder(), 'tree');
    git(folder, 'worktree', 'add', '--quiet', tree);
    await hook(tree, 'install');
    stage(tree, { 'k.yml': pair() });
    expect(commitIn(tree).code).toBe(1);
    stage(folder, { 'k.yml': pair() });
    expect(commitIn(folder).code).toBe(1);

    const outer = prepared();
    git(outer, 'submodule', '--quiet', 'add', prepared(), 'inner');
    mkdirSync(path.join(outer, 'inner/deep'));
    await hook(path.join(outer, 'inner/deep'), 'install');
    stage(path.join(outer, 'inner'), { 'k.yml': pair() });
    expect(commitIn(path.join(outer, 'inner')).code).toBe(1);
    expect(existsSync(path.join(outer, '.git/modules/inner/hooks/pre-commit'))).toBe(true);
  });

  it('judges by the configuration of the tree, and notices when that changes', async () => {
    const folder = prepared();
    const rules =
      'rules:\n  - id: acme\n    title: Acme\n    description: A token.\n    key:\n      prefix: acme_\n      alphabet: base58\n      lengths: [37]\n';
    commit(folder, { 'akscan.config.yml': rules });
    await hook(folder, 'install');
    stage(folder, { 'b.txt': `acme_${keys.text('base58', 32)}\n` });
    expect(commitIn(folder).code).toBe(1);
    stage(folder, { 'b.txt': `acmf_${keys.text('base58', 32)}\n` });
    write(folder, { 'akscan.config.yml': rules.replace('acme_', 'acmf_') });
    expect(commitIn(folder).code).toBe(1);
  });

  it('has one sentence for what it cannot do', async () => {
    const bare = repository(temporaryFolder(), '--bare');
    expect(await hook(bare, 'install')).toMatchObject({ code: 2, stderr: expect.stringContaining('bare repository') });
    expect(await hook(temporaryFolder(), 'install')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no git repository'),
    });
    expect(await hook(prepared(), 'install', 'x')).toMatchObject({ code: 2 });
    expect(await hook(prepared(), 'status')).toMatchObject({ code: 2 });
  });
});

describe('akscan hook install --pre-push', () => {
  it('pushes no commit that adds a key, and gives the hook that was there the same input and arguments', async () => {
    const [folder, remote] = [prepared(), repository(temporaryFolder(), '--bare')];
    git(folder, 'remote', 'add', 'origin', remote);
    const log = path.join(temporaryFolder(), 'log');
    script(path.join(folder, '.git/hooks/pre-push'), `echo "$@" > ${log}; cat >> ${log}`);
    await hook(folder, 'install', '--pre-push');
    expect(existsSync(path.join(folder, '.git/hooks/pre-commit'))).toBe(false);
    expect(gitIn(folder, temporaryFolder(), 'push', 'origin', 'main').code).toBe(0);
    const head = git(folder, 'rev-parse', 'HEAD');
    expect(readFileSync(log, 'utf8')).toBe(
      `origin ${remote}\nrefs/heads/main ${head} refs/heads/main ${'0'.repeat(40)}\n`,
    );

    commit(folder, { 'k.yml': pair() });
    commit(folder, { 'k.yml': 'gone\n' });
    rmSync(log);
    const refused = gitIn(folder, temporaryFolder(), 'push', 'origin', 'main');
    expect(refused.code).toBe(1);
    expect(refused.said).toContain('these commits add 1 AccessKey, so they are refused');
    expect(refused.said).toContain('added and removed again');
    expect(existsSync(log)).toBe(false);
    await hook(folder, 'uninstall', '--pre-push');
    expect(gitIn(folder, temporaryFolder(), 'push', 'origin', 'main').code).toBe(0);
  });
});

describe('akscan hook install --pre-receive', () => {
  it('lets nobody push a key into a bare repository', async () => {
    const [folder, remote] = [prepared(), repository(temporaryFolder(), '--bare')];
    const log = path.join(temporaryFolder(), 'log');
    script(path.join(remote, 'hooks/pre-receive'), `cat > ${log}`);
    expect((await hook(remote, 'install', '--pre-receive')).code).toBe(0);
    expect(gitIn(folder, temporaryFolder(), 'push', remote, 'main').code).toBe(0);
    expect(readFileSync(log, 'utf8')).toMatch(/^0{40} [0-9a-f]{40} refs\/heads\/main\n$/);
    commit(folder, { 'k.yml': pair() });
    const refused = gitIn(folder, temporaryFolder(), 'push', remote, 'main');
    expect(refused.code).toBe(1);
    expect(refused.said).toContain('k.yml:1:14');
    await hook(remote, 'uninstall', '--pre-receive');
    expect(gitIn(folder, temporaryFolder(), 'push', remote, 'main').code).toBe(0);
  });
});

describe('akscan hook install --global', () => {
  const own = (home: string): string => path.join(home, '.config/akscan/hooks');

  it('serves all repositories, calls the hooks that each has of its own, and is gone again without a trace', async () => {
    const [folder, home] = [prepared(), temporaryFolder()];
    writeFileSync(path.join(home, '.gitconfig'), '[user]\n\tname = Wei\n[core]\n\tpager = cat\n');
    const before = readFileSync(path.join(home, '.gitconfig'));
    const log = path.join(temporaryFolder(), 'log');
    for (const name of ['pre-commit', 'commit-msg', 'post-commit', 'pre-push'])
      script(path.join(folder, '.git/hooks', name), `echo ${name} $# >> ${log}; cat >> ${log}`);
    const env = { HOME: home };
    const installed = await akscan(['hook', 'install', '--global'], { cwd: folder, env });
    expect(installed).toMatchObject({ code: 0, stderr: expect.stringContaining('core.hooksPath') });

    stage(folder, { 'k.yml': pair() });
    expect(gitIn(folder, home, 'commit', '-m', 'x').code).toBe(1);
    expect(existsSync(log)).toBe(false);
    stage(folder, { 'k.yml': 'none\n' });
    expect(gitIn(folder, home, 'commit', '-m', 'x').code).toBe(0);
    const tree = path.join(temporaryFolder(), 'tree');
    gitIn(folder, home, 'worktree', 'add', tree);
    stage(tree, { 'c.txt': 'c\n' });
    expect(gitIn(tree, home, 'commit', '-m', 'x').code).toBe(0);
    const remote = repository(temporaryFolder(), '--bare');
    expect(gitIn(folder, home, 'push', remote, 'main').code).toBe(0);
    expect(readFileSync(log, 'utf8').match(/^[a-z-]+ \d/gm)).toEqual([
      ...[
        'pre-commit 0',
        'commit-msg 1',
        'post-commit 0',
        'pre-commit 0',
        'commit-msg 1',
        'post-commit 0',
        'pre-push 2',
      ],
    ]);
    expect(readFileSync(log, 'utf8')).toContain('refs/heads/main');

    expect((await akscan(['hook', 'uninstall', '--global'], { cwd: folder, env })).code).toBe(0);
    expect(readFileSync(path.join(home, '.gitconfig'))).toEqual(before);
    expect(existsSync(own(home))).toBe(false);
  });

  it('takes out one of two, and then the other', async () => {
    const [folder, home] = [prepared(), temporaryFolder()];
    const env = { HOME: home };
    const run = (...args: readonly string[]): Promise<Ran> =>
      akscan(['hook', ...args, '--global'], { cwd: folder, env });
    await run('install', '--pre-commit', '--pre-push');
    await run('uninstall', '--pre-commit');
    stage(folder, { 'k.yml': pair() });
    expect(gitIn(folder, home, 'commit', '-m', 'x').code).toBe(0);
    const remote = repository(temporaryFolder(), '--bare');
    expect(gitIn(folder, home, 'push', remote, 'main').code).toBe(1);
    await run('uninstall', '--pre-push');
    expect(gitIn(folder, home, 'push', remote, 'main').code).toBe(0);
    expect(gitIn(folder, home, 'config', '--global', 'core.hooksPath').code).toBe(1);
  });

  it.each([
    ['', []],
    [', beside what is there already,', ['.config/other/a.txt', '.config/akscan/hooks/mine']],
  ])('leaves nothing behind%s when git cannot be told', async (_, files) => {
    const [folder, home] = [prepared(), temporaryFolder()];
    write(home, { '.gitconfig.lock': '', ...Object.fromEntries(files.map((file) => [file, 'x\n'])) });
    const before = readdirSync(home, { recursive: true }).sort();
    const env = { HOME: home, XDG_CACHE_HOME: temporaryFolder() };
    const { code, stderr } = await akscan(['hook', 'install', '--global', '--pre-push'], { cwd: folder, env });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^akscan: git cannot change your configuration: [^\n]*\.gitconfig[^\n]*\n$/),
    });
    expect(readdirSync(home, { recursive: true }).sort()).toEqual(before);
  });

  it('is taken out of the folder that git goes on to look in no further than the hook itself', async () => {
    const [folder, home] = [prepared(), temporaryFolder()];
    const env = { HOME: home };
    const run = (what: string): Promise<Ran> => akscan(['hook', what, '--global'], { cwd: folder, env });
    expect((await run('install')).code).toBe(0);
    const before = readdirSync(own(home)).sort();
    write(home, { '.gitconfig.lock': '' });
    const { code, stderr } = await run('uninstall');
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('git cannot change') });
    expect(readdirSync(own(home)).sort()).toEqual(before.filter((hook) => hook !== 'pre-commit'));
    rmSync(path.join(home, '.gitconfig.lock'));
    expect((await run('uninstall')).code).toBe(0);
    expect(existsSync(own(home))).toBe(false);
    expect(gitIn(folder, home, 'config', '--global', 'core.hooksPath').code).toBe(1);
  });

  it.each([
    ['without HOME', {}],
    ['with an empty HOME', { HOME: '' }],
    ['with a HOME that is no whole path', { HOME: 'home' }],
  ])('refuses %s', (_, env) => {
    const folder = prepared();
    const before = readdirSync(folder).sort();
    for (const what of ['install', 'uninstall']) {
      const ended = spawnSync(process.execPath, [PROGRAM, 'hook', what, '--global'], {
        cwd: folder,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], ...env },
      });
      expect({ code: ended.status, stderr: ended.stderr }).toEqual({
        code: 2,
        stderr: 'akscan: HOME is not set, so there is no global configuration.\n  Set HOME to your home folder.\n',
      });
    }
    expect(readdirSync(folder).sort()).toEqual(before);
  });

  it('joins a folder that the person has for all repositories', async () => {
    const [folder, home, hooks] = [prepared(), temporaryFolder(), temporaryFolder()];
    gitIn(folder, home, 'config', '--global', 'core.hooksPath', hooks);
    script(path.join(hooks, 'pre-commit'), 'echo mine');
    await akscan(['hook', 'install', '--global'], { cwd: folder, env: { HOME: home } });
    stage(folder, { 'b.txt': 'b\n' });
    expect(gitIn(folder, home, 'commit', '-m', 'x').said).toContain('mine');
    stage(folder, { 'k.yml': pair() });
    expect(gitIn(folder, home, 'commit', '-m', 'x').code).toBe(1);
    await akscan(['hook', 'uninstall', '--global'], { cwd: folder, env: { HOME: home } });
    expect(readdirSync(hooks)).toEqual(['pre-commit']);
    expect(gitIn(folder, home, 'config', '--global', 'core.hooksPath').said).toBe(`${hooks}\n`);
  });
});

describe('akscan hook run, as the framework pre-commit calls it', () => {
  const run = (folder: string, files: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
    akscan(['hook', 'run', '--', ...files], { cwd: folder, env });

  it('judges what is staged when it is given staged files, or none', async () => {
    const folder = repository();
    const known = pair();
    commit(folder, { 'known.yml': known });
    stage(folder, { 'known.yml': `# more\n${known}`, '-b.txt': 'b\n' });
    expect(await run(folder, ['known.yml', '-b.txt'])).toMatchObject({ code: 0, stdout: '' });
    expect(await run(folder, [])).toMatchObject({ code: 0, stdout: '' });
    stage(folder, { 'k.yml': pair() });
    expect(await run(folder, ['k.yml'])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('this commit adds'),
    });
  });

  it('judges files as they are when one of them is not staged', async () => {
    const folder = repository();
    commit(folder, { 'k.yml': pair(), 'a.txt': 'a\n' });
    stage(folder, { 'b.txt': 'b\n' });
    expect((await run(folder, ['a.txt', 'b.txt'])).code).toBe(0);
    const found = await run(folder, ['a.txt', 'b.txt', 'k.yml']);
    expect(found).toMatchObject({ code: 1, stdout: expect.stringContaining('these files hold 1 AccessKey') });
  });

  it('judges many files, and none but those', async () => {
    const folder = repository();
    const many = Array.from({ length: 200 }, (_, index) => `many/${index}.txt`);
    commit(folder, { ...Object.fromEntries(many.map((name) => [name, 'a\n'])), 'k.yml': pair(), 'l.yml': pair() });
    expect(await run(folder, many)).toMatchObject({ code: 0, stdout: '' });
    const found = await run(folder, [...many, 'l.yml']);
    expect(found).toMatchObject({ code: 1, stdout: expect.stringContaining('these files hold 1 AccessKey') });
    expect(found.stdout).toContain('l.yml:1:14');
  });

  it('judges a range: of two branches from where they parted, of a push from what the remote has', async () => {
    const folder = prepared();
    git(folder, 'checkout', '--quiet', '-b', 'topic');
    const old = pair();
    commit(folder, { 'k.yml': old });
    git(folder, 'checkout', '--quiet', 'main');
    commit(folder, { 'k.yml': old }, 'the same on main');
    const refs = { PRE_COMMIT_FROM_REF: 'main', PRE_COMMIT_TO_REF: 'topic' };
    expect((await run(folder, [], refs)).code).toBe(1);
    expect((await run(folder, [], { ...refs, PRE_COMMIT_REMOTE_NAME: 'origin' })).code).toBe(0);
    expect((await run(folder, [], { ...refs, PRE_COMMIT_TO_REF: 'nowhere' })).code).toBe(2);
  });

  it('judges all of a branch that is pushed for the first time', async () => {
    const folder = repository();
    commit(folder, { 'k.yml': pair() });
    commit(folder, { 'k.yml': 'gone\n' });
    const push = {
      PRE_COMMIT_REMOTE_NAME: 'origin',
      PRE_COMMIT_LOCAL_BRANCH: 'refs/heads/main',
      PRE_COMMIT_REMOTE_BRANCH: 'refs/heads/main',
    };
    expect(await run(folder, ['k.yml'], push)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('added and removed'),
    });
  });
});
