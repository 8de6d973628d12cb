import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { akscan, linesOf, PROGRAM } from '../support/akscan.js';
import { createKeys } from '../support/keys.js';
import { commit, git, repository, temporaryFolder, write } from '../support/repository.js';

const keys = createKeys(4_404);
const yaml = (id = keys.id24(), secret = keys.secret30()): string => `accessKeyId: ${id}\naccessKeySecret: ${secret}\n`;

const stage = (folder: string, files: Readonly<Record<string, string>>): void => {
  write(folder, files);
  git(folder, 'add', '--all');
};

const prepared = (): string => {
  const folder = repository();
  commit(folder, { 'a.txt': 'a\n' });
  return folder;
};

/** A folder whose `git` writes down each call and does what it is told. */
const countingGit = (): { readonly env: Record<string, string>; calls(): readonly string[] } => {
  const folder = temporaryFolder();
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const log = path.join(folder, 'log');
  writeFileSync(path.join(folder, 'git'), `#!/bin/sh\necho "$*" >> '${log}'\nexec '${real}' "$@"\n`);
  chmodSync(path.join(folder, 'git'), 0o755);
  return {
    env: { PATH: `${folder}:${process.env['PATH']}` },
    calls: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []),
  };
};

describe('akscan staged', () => {
  it('ends with 1 for a pair, shows where it is, and never its secret', async () => {
    const folder = prepared();
    const secret = keys.secret30();
    stage(folder, { 'config.yml': yaml(keys.id24(), secret) });
    const { code, stdout, stderr } = await akscan(['staged'], { cwd: folder });
    expect(code).toBe(1);
    expect(stdout).toContain('config.yml:1:14');
    expect(stdout).toContain('It is not committed yet');
    expect(stdout + stderr).not.toContain(secret);
  });

  it('ends with 0 for nothing new, and for an ID alone unless asked', async () => {
    const folder = prepared();
    expect((await akscan(['staged'], { cwd: folder })).code).toBe(0);
    stage(folder, { 'b.txt': `see ${keys.id24()}\n` });
    expect((await akscan(['staged'], { cwd: folder })).code).toBe(0);
    expect((await akscan(['staged', '--fail-on', 'any'], { cwd: folder })).code).toBe(1);
    write(folder, { 'akscan.config.yml': 'failOn: any\n' });
    expect((await akscan(['staged'], { cwd: folder })).code).toBe(1);
  });

  it('starts two git processes, also when there is much to find out, and before the first commit', async () => {
    const first = repository();
    const moved = yaml();
    stage(first, { 'm.yml': moved, 'b/id.properties': `aliyun.accessKeyId=${keys.id24()}\n` });
    const { env, calls } = countingGit();
    expect((await akscan(['staged'], { cwd: first, env })).code).toBe(1);
    expect(calls()).toHaveLength(2);

    const folder = repository();
    commit(folder, { 'deep/er/m.yml': moved, 'c/id.properties': `aliyun.accessKeyId=${keys.id24()}\n` });
    git(folder, 'mv', 'deep/er/m.yml', 'n.yml');
    stage(folder, { 'a.yml': yaml(), 'c/secret.properties': `aliyun.accessKeySecret=${keys.secret30()}\n` });
    const again = countingGit();
    expect((await akscan(['staged'], { cwd: folder, env: again.env })).code).toBe(1);
    expect(again.calls()).toHaveLength(2);
  });

  it('stops a commit from a hook, of the whole index and of single files, and lets a clean one pass', async () => {
    const folder = prepared();
    const hook = path.join(folder, '.git/hooks/pre-commit');
    const report = path.join(temporaryFolder(), 'report');
    writeFileSync(hook, `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' staged --output '${report}'\n`);
    chmodSync(hook, 0o755);
    stage(folder, { 'b.yml': yaml() });
    expect(() => git(folder, 'commit', '--message', 'leak')).toThrow();
    write(folder, { 'a.txt': yaml() });
    git(folder, 'reset', '--quiet');
    git(folder, 'add', 'b.yml');
    expect(() => git(folder, 'commit', '--message', 'leak', 'a.txt')).toThrow();
    expect(() => git(folder, 'commit', '--all', '--message', 'leak')).toThrow();
    write(folder, { 'a.txt': 'clean\n' });
    git(folder, 'commit', '--message', 'fine', 'a.txt');
    expect(git(folder, 'log', '--format=%s', '-1')).toBe('fine');
  });

  it('runs nothing that the repository names, and is not led astray by its settings', async () => {
    const folder = prepared();
    const trap = path.join(folder, 'trap.sh');
    const sprung = path.join(folder, 'sprung');
    writeFileSync(trap, `#!/bin/sh\ntouch '${sprung}'\ncat\n`);
    chmodSync(trap, 0o755);
    write(folder, { '.gitattributes': '* diff=trap filter=trap\n' });
    git(folder, 'add', '.gitattributes');
    stage(folder, { 'sub/b.yml': yaml() });
    for (const name of [
      'diff.external',
      'diff.trap.command',
      'diff.trap.textconv',
      'filter.trap.clean',
      'core.fsmonitor',
      'core.pager',
    ]) {
      git(folder, 'config', name, trap);
    }
    git(folder, 'config', 'diff.relative', 'true');
    git(folder, 'config', 'diff.orderFile', 'there-is-none');
    git(folder, 'config', 'diff.renames', 'copies');
    git(folder, 'config', 'diff.noprefix', 'true');
    git(folder, 'config', 'color.ui', 'always');
    write(folder, { 'other/keep.txt': 'x\n' });
    const { code, stderr } = await akscan(['staged'], { cwd: path.join(folder, 'other') });
    expect([code, stderr]).toEqual([1, '']);
    expect(existsSync(sprung)).toBe(false);
  });

  it('accepts with a comment, an ignore file and a baseline, as a scan does', async () => {
    const folder = prepared();
    const [id, secret] = [keys.id24(), keys.secret30()];
    stage(folder, { 'a.yml': `accessKeyId: ${id} # akscan:allow made up\naccessKeySecret: ${secret}\n` });
    expect((await akscan(['staged'], { cwd: folder })).code).toBe(0);
    stage(folder, { 'a.yml': yaml(id, secret) });
    const found = await akscan(['staged', '--format', 'jsonl'], { cwd: folder });
    const [finding] = linesOf(found.stdout, 'finding');
    write(folder, { '.akscanignore': `${String(finding?.['fingerprint'])} path:a.yml made up\n` });
    expect((await akscan(['staged'], { cwd: folder })).code).toBe(0);
    expect((await akscan(['staged'], { cwd: path.join(folder) })).stdout).toContain('Not shown: 1 by the ignore file');
  });

  it('says in a sentence why it cannot work', async () => {
    const outside = await akscan(['staged'], { cwd: temporaryFolder() });
    expect([outside.code, outside.stdout]).toEqual([2, '']);
    expect(outside.stderr).toMatch(/^akscan: .* is in no git repository\n {2}Run it inside one\.\n$/);
    const folder = prepared();
    const without = await akscan(['staged'], { cwd: folder, env: { PATH: '/nonexistent' } });
    expect([without.code, without.stderr]).toEqual([2, 'akscan: git was not found\n  Install git 2.31 or newer.\n']);
    expect((await akscan(['staged', 'file'], { cwd: folder })).stderr).toMatch(/too many arguments/i);
    writeFileSync(path.join(folder, '.git/index'), 'rubbish');
    const damaged = await akscan(['staged'], { cwd: folder });
    expect([damaged.code, damaged.stderr]).toEqual([2, expect.stringMatching(/git cannot read the repository/)]);
  });
});
