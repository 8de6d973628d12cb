// Repositories below a folder, made by git itself.

import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { commit, git, repository, temporaryFolder } from '../../support/repository.js';
import { list, repositoriesIn, unlistedIn } from './loopback-forge.js';

const withCommit = (folder: string): string => {
  repository(folder);
  commit(folder, {});
  return folder;
};

const namesIn = async (folder: string): Promise<readonly string[]> =>
  repositoriesIn(await list([`dir:${folder}`])).map(({ name }) => path.relative(folder, name));

describe('dir:', () => {
  it('finds work trees, bare repositories and those inside others, by name', async () => {
    const folder = temporaryFolder();
    for (const name of ['b/app', 'a/deep/er/lib', 'b/app/vendor/inner']) repository(path.join(folder, name));
    for (const name of ['c/bare.git', 'c/mirror']) repository(path.join(folder, name), '--bare');
    mkdirSync(path.join(folder, 'c/nothing/objects'), { recursive: true });
    const run = await list([`dir:${folder}`]);
    expect(repositoriesIn(run).map(({ name }) => path.relative(folder, name))).toEqual([
      'a/deep/er/lib',
      'b/app',
      'b/app/vendor/inner',
      'c/bare.git',
      'c/mirror',
    ]);
    expect(unlistedIn(run)).toEqual([]);
    expect(repositoriesIn(run)[1]).toMatchObject({
      id: `dir:${realpathSync(path.join(folder, 'b/app'))}`,
      forge: 'dir',
      clone: { from: 'folder', folder: path.join(folder, 'b/app') },
      refs: 'branches-and-tags',
    });
  });

  it('says what the packs of a repository take, so that --max-repo-size counts', async () => {
    const folder = temporaryFolder();
    const large = repository(path.join(folder, 'large'));
    commit(large, { 'noise.bin': randomBytes(300_000) });
    git(large, 'gc', '--quiet');
    withCommit(path.join(folder, 'small'));
    const sizes = repositoriesIn(await list([`dir:${folder}`])).map(({ sizeKb }) => sizeKb);
    expect(sizes).toEqual([expect.closeTo(295, -1), null]);
    const within = await list([`dir:${folder}`], { maxRepoSizeBytes: 100_000 });
    expect(repositoriesIn(within).map(({ name }) => path.basename(name))).toEqual(['small']);
  });

  it('lists a folder that is a repository itself, however it is named', async () => {
    const folder = repository(path.join(temporaryFolder(), 'app'));
    const link = path.join(path.dirname(folder), 'link');
    symlinkSync(folder, link);
    const ids = [];
    for (const name of [folder, `${folder}/`, link, path.join(folder, '.git'), path.relative(process.cwd(), folder)]) {
      const [found] = repositoriesIn(await list([`dir:${name}`]));
      ids.push(found?.id);
    }
    expect(new Set(ids)).toEqual(new Set([`dir:${realpathSync(folder)}`]));
  });

  it('lists linked work trees once, as their repository when that is there, too', async () => {
    const folder = temporaryFolder();
    const main = withCommit(path.join(folder, 'z-main'));
    git(main, 'worktree', 'add', '-q', path.join(folder, 'a-linked'));
    git(main, 'worktree', 'add', '-q', path.join(folder, 'b-linked'));
    expect(await namesIn(folder)).toEqual(['z-main']);
    const [alone] = repositoriesIn(await list([`dir:${path.join(folder, 'a-linked')}`]));
    expect(alone).toMatchObject({ id: `dir:${realpathSync(main)}`, name: path.join(folder, 'a-linked') });
  });

  it('lists submodules once, and those that are checked out nowhere', async () => {
    const folder = temporaryFolder();
    const origin = withCommit(path.join(temporaryFolder(), 'lib'));
    const top = withCommit(path.join(folder, 'top'));
    git(top, 'submodule', '--quiet', 'add', origin, 'vendor/lib');
    git(top, 'submodule', '--quiet', 'add', origin, 'vendor/other');
    git(top, 'submodule', '--quiet', 'deinit', '-f', 'vendor/other');
    expect(await namesIn(folder)).toEqual(['top', 'top/vendor/lib', 'top/.git/modules/vendor/other']);
    rmSync(path.join(top, 'vendor/lib'), { recursive: true });
    expect(await namesIn(folder)).toEqual(['top', 'top/.git/modules/vendor/lib', 'top/.git/modules/vendor/other']);
  });

  it('follows no links, neither in a circle nor out of the folder', async () => {
    const folder = temporaryFolder();
    const elsewhere = repository(path.join(temporaryFolder(), 'elsewhere'));
    repository(path.join(folder, 'app'));
    symlinkSync(folder, path.join(folder, 'app/loop'));
    symlinkSync('.', path.join(folder, 'self'));
    symlinkSync(elsewhere, path.join(folder, 'out'));
    expect(await namesIn(folder)).toEqual(['app']);
  });

  it('knows a repository whose own folder lies elsewhere', async () => {
    const folder = temporaryFolder();
    const app = path.join(folder, 'app');
    mkdirSync(app);
    git(app, 'init', '-q', '--separate-git-dir', path.join(folder, 'store.git'));
    expect(await namesIn(folder)).toEqual(['app']);
    const linked = repository(path.join(folder, 'linked'));
    renameSync(path.join(linked, '.git'), path.join(folder, 'moved.git'));
    symlinkSync(path.join(folder, 'moved.git'), path.join(linked, '.git'));
    expect(await namesIn(folder)).toEqual(['app', 'linked']);
  });

  it('says what it cannot read or open, and goes on', async () => {
    const folder = temporaryFolder();
    repository(path.join(folder, 'z'));
    mkdirSync(path.join(folder, 'hollow/.git'), { recursive: true });
    mkdirSync(path.join(folder, 'lost'));
    writeFileSync(path.join(folder, 'lost/.git'), 'gitdir: ../nowhere\n');
    const closed = path.join(folder, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0);
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) {
      chmodSync(folder, 0o755);
      process.seteuid?.(65_534);
      onTestFinished(() => void process.seteuid?.(0));
    }
    const run = await list([`dir:${folder}`, `dir:${path.join(folder, 'absent')}`]);
    if (isRoot) process.seteuid?.(0);
    chmodSync(closed, 0o755);
    expect(repositoriesIn(run).map(({ name }) => name)).toEqual([path.join(folder, 'z')]);
    expect(unlistedIn(run).map(({ name, state }) => [name === null ? null : path.basename(name), state])).toEqual([
      ['closed', 'denied'],
      ['hollow', 'fault'],
      ['lost', 'fault'],
      [null, 'gone'],
    ]);
  });

  it('waits for no pipe and reads no long file in place of what git keeps there', async () => {
    const folder = temporaryFolder();
    for (const name of ['piped', 'long', 'whole']) repository(path.join(folder, name), '--bare');
    rmSync(path.join(folder, 'piped/HEAD'));
    execFileSync('mkfifo', [path.join(folder, 'piped/HEAD')]);
    writeFileSync(path.join(folder, 'long/HEAD'), `${'x'.repeat(1 << 20)}\nref: refs/heads/main\n`);
    mkdirSync(path.join(folder, 'pointer'));
    execFileSync('mkfifo', [path.join(folder, 'pointer/.git')]);
    const run = await list([`dir:${folder}`]);
    expect(repositoriesIn(run).map(({ name }) => path.basename(name))).toEqual(['whole']);
    expect(unlistedIn(run).map(({ name, reason }) => [path.basename(name ?? ''), reason])).toEqual([
      ['long', 'It looks like a repository, and its HEAD is broken.'],
      ['piped', 'It looks like a repository, and its HEAD is broken.'],
    ]);
  });

  it('is stopped by the signal', async () => {
    const folder = temporaryFolder();
    repository(path.join(folder, 'app'));
    await expect(list([`dir:${folder}`], { signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow(
      'stopped',
    );
  });
});
