import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { credentialsOf, judgeStaged, only, placesOf } from '../../support/change.js';
import { createKeys } from '../../support/keys.js';
import { commit, git, looseFile, repository, temporaryFolder, write } from '../../support/repository.js';

const keys = createKeys(4_101);

interface Pair {
  readonly id: string;
  readonly secret: string;
}

const newPair = (): Pair => ({ id: keys.id24(), secret: keys.secret30() });
const yaml = ({ id, secret }: Pair): string => `accessKeyId: ${id}\naccessKeySecret: ${secret}\n`;
const shown = ({ id, secret }: Pair): string => `${id} ${secret}`;

const stage = (folder: string, files: Readonly<Record<string, string | Uint8Array>>): void => {
  write(folder, files);
  git(folder, 'add', '--all');
};

describe('what is staged', () => {
  it('is read before the first commit', async () => {
    const folder = repository();
    const pair = newPair();
    stage(folder, { 'config/app.yml': yaml(pair) });
    const report = await judgeStaged(folder);
    expect(credentialsOf(report)).toEqual([shown(pair)]);
    const { occurrences, inHead, next } = only(report);
    expect(occurrences).toMatchObject([{ source: 'index', path: 'config/app.yml', line: 1, secretLine: 2 }]);
    expect(occurrences[0]?.blob).toBe(git(folder, 'rev-parse', ':config/app.yml'));
    expect(inHead).toBe(true);
    expect(next).toMatch(/not committed yet/);
    expect(report.summary.counts.files).toBe(1);
  });

  it('may be one blob at very many paths', async () => {
    const folder = repository();
    const pair = newPair();
    write(folder, { 'a.yml': yaml(pair), empty: '' });
    const [key, empty] = ['a.yml', 'empty'].map((name) => git(folder, 'hash-object', '-w', name));
    const paths = Array.from({ length: 100_000 }, (_, index) => `100644 ${empty}\td${index % 300}/f${index}\n`);
    const input = [...paths, `100644 ${key}\td1/a.yml\n`].join('');
    execFileSync('git', ['update-index', '--add', '--index-info'], { cwd: folder, input });
    const report = await judgeStaged(folder);
    expect(placesOf(report)).toEqual(['d1/a.yml:1']);
    expect(report.summary.counts.files).toBe(100_001);
  });

  it('counts as it is staged, whatever the file says now', async () => {
    const folder = repository();
    commit(folder, { 'a.yml': 'nothing\n', 'b.yml': 'nothing\n' });
    const [staged, later] = [newPair(), newPair()];
    stage(folder, { 'a.yml': yaml(staged) });
    write(folder, { 'a.yml': 'clean again\n', 'b.yml': yaml(later) });
    expect(credentialsOf(await judgeStaged(folder))).toEqual([shown(staged)]);
  });

  it('is nothing when nothing is staged', async () => {
    const folder = repository();
    commit(folder, { 'a.yml': yaml(newPair()) });
    const { findings, summary } = await judgeStaged(folder);
    expect(findings).toEqual([]);
    expect(summary.counts.files).toBe(0);
  });

  it('is not what is only announced', async () => {
    const folder = repository();
    commit(folder, { 'a.txt': 'a\n' });
    write(folder, { 'b.yml': yaml(newPair()) });
    git(folder, 'add', '--intent-to-add', 'b.yml');
    expect((await judgeStaged(folder)).findings).toEqual([]);
    git(folder, 'add', 'b.yml');
    expect((await judgeStaged(folder)).findings).toHaveLength(1);
  });

  it('is read wherever it lies: in a link, under any name, in a file no memory holds', async () => {
    const folder = repository();
    commit(folder, { 'a.txt': 'a\n' });
    const [large, odd] = [newPair(), newPair()];
    const id = keys.id24();
    symlinkSync(`/keys/${id}`, path.join(folder, 'link'));
    const filler = 'filler line of no interest\n'.repeat(200_000);
    stage(folder, { 'large.txt': `${filler}${yaml(large)}${filler}`, 'a\nb "c".yml': yaml(odd) });
    const report = await judgeStaged(folder);
    expect(credentialsOf(report)).toEqual([id, shown(large), shown(odd)].sort());
    expect(placesOf(report)).toEqual(['a\nb "c".yml:1', 'large.txt:200001', 'link:1']);
  });

  it('is told of every path that gets the same bytes', async () => {
    const folder = repository();
    const pair = newPair();
    stage(folder, { 'a.yml': yaml(pair), 'b/c.yml': yaml(pair) });
    expect(placesOf(await judgeStaged(folder))).toEqual(['a.yml:1', 'b/c.yml:1']);
  });

  it('obeys globs and sizes', async () => {
    const folder = repository();
    stage(folder, {
      'a.yml': yaml(newPair()),
      'docs/b.yml': yaml(newPair()),
      'c.yml': `${yaml(newPair())}${' '.repeat(500)}`,
    });
    const report = await judgeStaged(folder, { exclude: ['docs'], maxSize: 200 });
    expect(placesOf(report)).toEqual(['a.yml:1']);
    expect(report.skipped).toMatchObject([{ what: 'c.yml', because: 'limit' }]);
  });
});

describe('the diff in credentials', () => {
  it('is empty for a move, a rename, another indent, an edit beside it, a mode', async () => {
    const folder = repository();
    const [moved, indented, beside, executable] = [newPair(), newPair(), newPair(), newPair()];
    commit(folder, {
      'old/moved.yml': yaml(moved),
      'indented.yml': yaml(indented),
      'beside.yml': `port: 80\n${yaml(beside)}`,
      'run.sh': `id=${executable.id} secret=${executable.secret}\n`,
    });
    mkdirSync(path.join(folder, 'new'));
    git(folder, 'mv', 'old/moved.yml', 'new/renamed.yml');
    chmodSync(path.join(folder, 'run.sh'), 0o755);
    stage(folder, {
      'indented.yml': `oss:\n${yaml(indented).replace(/^/gm, '    ')}`,
      'beside.yml': `port: 8080\n${yaml(beside)}`,
    });
    expect((await judgeStaged(folder)).findings).toEqual([]);
  });

  it('is empty for what some other file of HEAD holds, and for its ID alone', async () => {
    const folder = repository();
    const pair = newPair();
    commit(folder, { 'deep/er/secrets.properties': `access.id=${pair.id}\naccess.secret=${pair.secret}\n` });
    stage(folder, { 'copy.yml': yaml(pair), 'readme.md': `The key ${pair.id} is in use.\n` });
    expect((await judgeStaged(folder)).findings).toEqual([]);
  });

  it('holds a secret that changed beside an ID nobody touched', async () => {
    const folder = repository();
    const pair = newPair();
    const between = 'x: 1\n'.repeat(20);
    commit(folder, { 'a.yml': `accessKeyId: ${pair.id}\n${between}accessKeySecret: ${pair.secret}\n` });
    const changed = { ...pair, secret: keys.secret30() };
    stage(folder, { 'a.yml': `accessKeyId: ${changed.id}\n${between}accessKeySecret: ${changed.secret}\n` });
    expect(credentialsOf(await judgeStaged(folder))).toEqual([shown(changed)]);
  });

  it('holds a pair whose ID stood alone before', async () => {
    const folder = repository();
    const pair = newPair();
    commit(folder, { 'a.yml': `accessKeyId: ${pair.id}\n` });
    stage(folder, { 'a.yml': yaml(pair) });
    expect(credentialsOf(await judgeStaged(folder))).toEqual([shown(pair)]);
  });

  it('holds an ID alone, once', async () => {
    const folder = repository();
    const id = keys.id24();
    commit(folder, { 'a.txt': 'a\n' });
    stage(folder, { 'a.txt': `see ${id}\n` });
    expect(only(await judgeStaged(folder))).toMatchObject({ kind: 'id-only', accessKeyId: id });
  });
});

describe('pairs across files', () => {
  const idFile = (id: string): string => `aliyun.accessKeyId=${id}\n`;
  const secretFile = (secret: string): string => `aliyun.accessKeySecret=${secret}\n`;

  it('are found when both halves are staged, or only the ID', async () => {
    const folder = repository();
    const [both, half] = [newPair(), newPair()];
    commit(folder, { 'h/secret.properties': secretFile(half.secret) });
    stage(folder, {
      'b/id.properties': idFile(both.id),
      'b/secret.properties': secretFile(both.secret),
      'h/id.properties': idFile(half.id),
    });
    const report = await judgeStaged(folder);
    expect(credentialsOf(report)).toEqual([shown(both), shown(half)].sort());
    expect(report.findings.map(({ occurrences }) => occurrences[0]?.secretPath).sort()).toEqual([
      'b/secret.properties',
      'h/secret.properties',
    ]);
  });

  it('are new when only the secret is staged, beside an ID nobody touched', async () => {
    const folder = repository();
    const pair = newPair();
    commit(folder, { 'c/id.properties': idFile(pair.id), 'c/secret.properties': secretFile(pair.secret) });
    const changed = { ...pair, secret: keys.secret30() };
    stage(folder, { 'c/secret.properties': secretFile(changed.secret) });
    const report = await judgeStaged(folder);
    expect(credentialsOf(report)).toEqual([shown(changed)]);
    expect(only(report).occurrences).toMatchObject([{ path: 'c/id.properties', secretPath: 'c/secret.properties' }]);
  });

  it('are known when HEAD holds them so', async () => {
    const folder = repository();
    const pair = newPair();
    commit(folder, { 'c/id.properties': idFile(pair.id), 'c/secret.properties': secretFile(pair.secret) });
    git(folder, 'mv', 'c', 'd');
    expect((await judgeStaged(folder)).findings).toEqual([]);
  });

  it('are not made with a file that is staged to go', async () => {
    const folder = repository();
    const pair = newPair();
    commit(folder, { 'c/secret.properties': secretFile(pair.secret), 'c/keep.txt': 'keep\n' });
    git(folder, 'rm', '--quiet', 'c/secret.properties');
    stage(folder, { 'c/id.properties': idFile(pair.id) });
    expect(credentialsOf(await judgeStaged(folder))).toEqual([pair.id]);
  });
});

describe('merges and conflicts', () => {
  it('count what the merged branch holds as known', async () => {
    const folder = repository();
    const [theirs, added] = [newPair(), newPair()];
    commit(folder, { 'a.txt': 'a\n' });
    git(folder, 'checkout', '--quiet', '-b', 'topic');
    commit(folder, { 'theirs.yml': yaml(theirs) });
    git(folder, 'checkout', '--quiet', 'main');
    commit(folder, { 'b.txt': 'b\n' });
    git(folder, 'merge', '--quiet', '--no-commit', '--no-ff', 'topic');
    expect((await judgeStaged(folder)).findings).toEqual([]);
    stage(folder, { 'evil.yml': yaml(added) });
    expect(credentialsOf(await judgeStaged(folder))).toEqual([shown(added)]);
  });

  it('count it in the hook pre-merge-commit, too, which runs before git notes down what it merges', async () => {
    const folder = repository();
    const theirs = newPair();
    commit(folder, { 'a.txt': 'a\n' });
    git(folder, 'checkout', '--quiet', '-b', 'topic');
    commit(folder, { 'theirs.yml': yaml(theirs) });
    git(folder, 'checkout', '--quiet', 'main');
    const hook = path.join(folder, '.git/hooks/pre-merge-commit');
    const environment = path.join(folder, '.git/environment');
    mkdirSync(path.dirname(hook), { recursive: true });
    writeFileSync(hook, '#!/bin/sh\nenv > .git/environment\nexit 1\n');
    chmodSync(hook, 0o755);
    expect(() => git(folder, 'merge', '--quiet', '--no-ff', 'topic')).toThrow();
    rmSync(path.join(folder, '.git/MERGE_HEAD'), { force: true });
    const lines = readFileSync(environment, 'utf8').split('\n');
    const env = Object.fromEntries(lines.filter((line) => line.startsWith('GITHEAD_')).map((line) => line.split('=')));
    expect((await judgeStaged(folder, { env })).findings).toEqual([]);
    expect(credentialsOf(await judgeStaged(folder))).toEqual([shown(theirs)]);
  });

  it('read both sides of a conflict, and know those that HEAD or the merge hold', async () => {
    const folder = repository();
    const [ours, theirs, common] = [newPair(), newPair(), newPair()];
    commit(folder, { 'a.yml': yaml(common) });
    git(folder, 'checkout', '--quiet', '-b', 'topic');
    commit(folder, { 'a.yml': yaml(theirs) });
    git(folder, 'checkout', '--quiet', 'main');
    commit(folder, { 'a.yml': yaml(ours) });
    expect(() => git(folder, 'merge', '--quiet', 'topic')).toThrow();
    expect((await judgeStaged(folder)).findings).toEqual([]);
    git(folder, 'merge', '--abort');
    expect(() => git(folder, 'cherry-pick', 'topic')).toThrow();
    expect(credentialsOf(await judgeStaged(folder))).toEqual([shown(theirs)]);
  });

  it('know the heads of an octopus', async () => {
    const folder = repository();
    const pairs = [newPair(), newPair()];
    commit(folder, { 'a.txt': 'a\n' });
    for (const [index, pair] of pairs.entries()) {
      git(folder, 'checkout', '--quiet', '-b', `topic${index}`, 'main');
      commit(folder, { [`${index}.yml`]: yaml(pair) });
    }
    git(folder, 'checkout', '--quiet', 'main');
    git(folder, 'merge', '--quiet', '--no-commit', '--no-ff', 'topic0', 'topic1');
    expect((await judgeStaged(folder)).findings).toEqual([]);
  });
});

describe('where it is called', () => {
  it('may be a folder inside: paths are then told from there', async () => {
    const folder = repository();
    commit(folder, { 'in/side/a.txt': 'a\n' });
    const pair = newPair();
    stage(folder, { 'other/b.yml': yaml(pair) });
    const finding = only(await judgeStaged(path.join(folder, 'in/side')));
    expect(finding.target).toBe('../..');
    expect(finding.occurrences[0]?.path).toBe('other/b.yml');
  });

  it('may be a linked work tree or a submodule: each has an index of its own', async () => {
    const folder = repository();
    commit(folder, { 'a.txt': 'a\n' });
    const linked = path.join(temporaryFolder(), 'linked');
    git(folder, 'worktree', 'add', '--quiet', linked);
    const inner = repository();
    commit(inner, { 'i.txt': 'i\n' });
    git(folder, 'submodule', '--quiet', 'add', inner, 'sub');
    const [here, there, below] = [newPair(), newPair(), newPair()];
    stage(linked, { 'l.yml': yaml(there) });
    stage(path.join(folder, 'sub'), { 's.yml': yaml(below) });
    stage(folder, { 'h.yml': yaml(here) });
    expect(credentialsOf(await judgeStaged(folder))).toEqual([shown(here)]);
    expect(credentialsOf(await judgeStaged(linked))).toEqual([shown(there)]);
    expect(credentialsOf(await judgeStaged(path.join(folder, 'sub')))).toEqual([shown(below)]);
  });

  it('may be a repository of SHA-256 names', async () => {
    const folder = repository(undefined, '--object-format=sha256');
    const [known, added] = [newPair(), newPair()];
    commit(folder, { 'a.yml': yaml(known) });
    git(folder, 'mv', 'a.yml', 'b.yml');
    stage(folder, { 'c.yml': yaml(added) });
    expect(credentialsOf(await judgeStaged(folder))).toEqual([shown(added)]);
  });

  it('obeys what git says of index and repository', async () => {
    const folder = repository();
    commit(folder, { 'a.txt': 'a\n' });
    const pair = newPair();
    write(folder, { 'b.yml': yaml(pair) });
    const env = { GIT_INDEX_FILE: path.join(folder, '.git/other-index') };
    writeFileSync(env.GIT_INDEX_FILE, readFileSync(path.join(folder, '.git/index')));
    expect((await judgeStaged(folder, { env })).findings).toEqual([]);
    git(folder, 'add', 'b.yml');
    writeFileSync(env.GIT_INDEX_FILE, readFileSync(path.join(folder, '.git/index')));
    git(folder, 'reset', '--quiet');
    expect((await judgeStaged(folder)).findings).toEqual([]);
    expect(credentialsOf(await judgeStaged(folder, { env }))).toEqual([shown(pair)]);
    const away = temporaryFolder();
    const all = { ...env, GIT_DIR: path.join(folder, '.git'), GIT_WORK_TREE: folder };
    expect(credentialsOf(await judgeStaged(away, { env: all }))).toEqual([shown(pair)]);
  });

  it('is refused in one sentence outside a repository, in a bare one, on a broken branch', async () => {
    await expect(judgeStaged(temporaryFolder())).rejects.toThrow(/is in no git repository/);
    const bare = repository(undefined, '--bare');
    await expect(judgeStaged(bare)).rejects.toThrow(/has no work tree/);
    await expect(judgeStaged(temporaryFolder(), { env: { GIT_DIR: bare } })).rejects.toThrow(/has no work tree/);
    const folder = repository();
    commit(folder, { 'a.txt': 'a\n' });
    writeFileSync(path.join(folder, '.git/refs/heads/main'), 'rubbish\n');
    await expect(judgeStaged(folder)).rejects.toThrow(/refs\/heads\/main leads to no commit/);
    await expect(judgeStaged(path.join(folder, '.git'))).rejects.toThrow(/has no work tree/);
  });
});

describe('what cannot be read', () => {
  it('is named, and the rest goes on', async () => {
    const folder = repository();
    commit(folder, { 'a.txt': 'a\n' });
    const pair = newPair();
    stage(folder, { 'lost.yml': yaml(newPair()), 'there.yml': yaml(pair), 'bent.yml': yaml(newPair()) });
    const fileOf = (name: string): string => {
      const oid = git(folder, 'rev-parse', `:${name}`);
      return looseFile(folder, oid);
    };
    rmSync(fileOf('lost.yml'));
    chmodSync(fileOf('bent.yml'), 0o644);
    writeFileSync(fileOf('bent.yml'), 'rubbish');
    const report = await judgeStaged(folder);
    expect(credentialsOf(report)).toEqual([shown(pair)]);
    expect(report.skipped.map(({ what, because }) => [what, because])).toEqual([
      ['bent.yml', 'fault'],
      ['lost.yml', 'fault'],
    ]);
  });

  it('is a fault where HEAD lacks the file that might hold the same', async () => {
    const folder = repository();
    const pair = newPair();
    commit(folder, { 'a.yml': yaml(pair) });
    const oid = git(folder, 'rev-parse', 'HEAD:a.yml');
    git(folder, 'rm', '--quiet', 'a.yml');
    stage(folder, { 'b.yml': `# moved\n${yaml(pair)}` });
    rmSync(looseFile(folder, oid));
    const report = await judgeStaged(folder);
    expect(credentialsOf(report)).toEqual([shown(pair)]);
    expect(report.skipped).toMatchObject([{ because: 'fault' }]);
    const accepted = await judgeStaged(folder, { allowPartial: true });
    expect(accepted.skipped).toMatchObject([{ because: 'limit' }]);
  });
});
