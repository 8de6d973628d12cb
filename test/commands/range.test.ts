import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { akscan, linesOf, PROGRAM } from '../support/akscan.js';
import { createKeys } from '../support/keys.js';
import { commit, git, repository, temporaryFolder, write } from '../support/repository.js';

const keys = createKeys(4_505);
const yaml = (id = keys.id24(), secret = keys.secret30()): string => `accessKeyId: ${id}\naccessKeySecret: ${secret}\n`;

const prepared = (): string => {
  const folder = repository();
  commit(folder, { 'a.txt': 'a\n' });
  git(folder, 'tag', 'base');
  return folder;
};

const hook = (file: string, command: string): void => {
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' ${command} >&2\n`);
  chmodSync(file, 0o755);
};

describe('akscan range', () => {
  it('ends with 1 for a pair, 0 for nothing and for an ID alone unless asked', async () => {
    const folder = prepared();
    commit(folder, { 'b.txt': `see ${keys.id24()}\n` });
    expect((await akscan(['range', 'base..main'], { cwd: folder })).code).toBe(0);
    expect((await akscan(['range', 'base..main', '--fail-on', 'any'], { cwd: folder })).code).toBe(1);
    const secret = keys.secret30();
    commit(folder, { 'b.yml': yaml(keys.id24(), secret) });
    const { code, stdout, stderr } = await akscan(['range', 'base..main'], { cwd: folder });
    expect(code).toBe(1);
    expect(stdout + stderr).not.toContain(secret);
    expect((await akscan(['range', 'main..main'], { cwd: folder })).stdout).toMatch(/No AccessKeys found/);
  });

  it('shows what was taken out again and what is known elsewhere', async () => {
    const folder = prepared();
    const shared = yaml();
    git(folder, 'checkout', '--quiet', '-b', 'other');
    commit(folder, { 'o.yml': shared });
    git(folder, 'checkout', '--quiet', 'main');
    commit(folder, { 's.yml': shared });
    commit(folder, { 's.yml': 'gone\n' });
    const text = await akscan(['range', 'base..main'], { cwd: folder });
    expect(text.stdout).toContain('known elsewhere: another branch, a tag or older history holds it, too');
    expect(text.stdout).toContain('added and removed again');
    const jsonl = await akscan(['range', 'base..main', '--format', 'jsonl'], { cwd: folder });
    expect(linesOf(jsonl.stdout, 'finding')).toMatchObject([{ knownElsewhere: true, removedInRange: true }]);
  });

  it('stops a push from a pre-push hook, and lets a clean one pass', () => {
    const origin = repository(undefined, '--bare');
    const folder = prepared();
    git(folder, 'remote', 'add', 'origin', origin);
    hook(path.join(folder, '.git/hooks/pre-push'), 'range --stdin --remote "$1"');
    git(folder, 'push', '--quiet', 'origin', 'main');
    commit(folder, { 'b.yml': yaml() });
    expect(() => git(folder, 'push', '--quiet', 'origin', 'main')).toThrow(/AccessKey/);
    expect(() => git(folder, 'push', '--quiet', 'origin', 'main:refs/heads/new')).toThrow(/AccessKey/);
    git(folder, 'reset', '--quiet', '--hard', 'base');
    commit(folder, { 'c.txt': 'c\n' });
    git(folder, 'push', '--quiet', 'origin', 'main');
    git(folder, 'push', '--quiet', origin, 'main:refs/heads/by-url');
    expect(git(origin, 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/by-url\nrefs/heads/main');
  });

  it('reads what is not accepted yet in a pre-receive hook, and lets a clean push pass', () => {
    for (const kind of ['bare', 'with files'] as const) {
      const origin = kind === 'bare' ? repository(undefined, '--bare') : repository();
      if (kind === 'with files') git(origin, 'config', 'receive.denyCurrentBranch', 'ignore');
      const hooks = kind === 'bare' ? 'hooks' : '.git/hooks';
      hook(path.join(origin, hooks, 'pre-receive'), 'range --stdin');
      const folder = prepared();
      git(folder, 'push', '--quiet', origin, 'main');
      commit(folder, { 'b.yml': yaml() });
      commit(folder, { 'b.yml': 'gone\n' });
      expect(() => git(folder, 'push', '--quiet', origin, 'main')).toThrow(/added and removed again/);
      git(folder, 'tag', '--annotate', '--message', yaml(), 'v1', 'base');
      expect(() => git(folder, 'push', '--quiet', origin, 'v1')).toThrow(/AccessKey/);
      git(folder, 'reset', '--quiet', '--hard', 'base');
      commit(folder, { 'c.txt': 'c\n' });
      git(folder, 'push', '--quiet', origin, 'main', 'main:refs/heads/two');
      git(folder, 'push', '--quiet', origin, ':refs/heads/two');
      expect(git(origin, 'rev-parse', 'main')).toBe(git(folder, 'rev-parse', 'main'));
    }
  });

  it('lets who pushes decide nothing: only the own configuration of who receives counts', async () => {
    const folder = prepared();
    write(folder, { 'akscan.config.yml': 'exclude: ["*.yml"]\n' });
    const base = git(folder, 'rev-parse', 'base');
    const tip = commit(folder, { 'b.yml': yaml() });
    const input = `${base} ${tip} refs/heads/main\n`;
    expect((await akscan(['range', '--stdin'], { cwd: folder, input })).code).toBe(1);
    expect((await akscan(['range', '--stdin', '--trust-repo-config'], { cwd: folder, input })).code).toBe(0);
    const own = path.join(temporaryFolder(), 'own.yml');
    writeFileSync(own, 'exclude: ["*.txt"]\n');
    expect((await akscan(['range', '--stdin', '--config', own], { cwd: folder, input })).code).toBe(1);
    expect((await akscan(['range', 'base..main'], { cwd: folder })).code).toBe(0);
  });

  it('says in a sentence what is wrong with the call', async () => {
    const folder = prepared();
    const said = async (args: readonly string[], input = ''): Promise<string> => {
      const { code, stdout, stderr } = await akscan(['range', ...args], { cwd: folder, input });
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).not.toMatch(/defect/);
      return stderr;
    };
    expect(await said([])).toMatch(/No range was named/);
    expect(await said(['base..main', '--stdin'])).toMatch(/not from both/);
    expect(await said(['base..main', '--remote', 'origin'])).toMatch(/--remote goes with --stdin/);
    expect(await said(['--stdin'], 'hello\n')).toMatch(/line 1 of standard input/);
    expect(await said(['nope..main'])).toMatch(/"nope" is no commit/);
    expect(await said(['--', '--all..main'])).toMatch(/is no revision/);
    expect(await said(['base..main', 'more'])).toMatch(/too many arguments/i);
  });

  it('works in a bare repository and below the top', async () => {
    const folder = prepared();
    commit(folder, { 'in/b.yml': yaml() });
    const bare = path.join(temporaryFolder(), 'bare.git');
    git(folder, 'clone', '--quiet', '--bare', folder, bare);
    expect((await akscan(['range', 'base..main'], { cwd: bare })).code).toBe(1);
    expect((await akscan(['range', 'base..main'], { cwd: path.join(folder, 'in') })).code).toBe(1);
  });
});
