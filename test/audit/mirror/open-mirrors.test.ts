// Against git's own server over HTTP.

import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { commit, git, repository, temporaryFolder } from '../../support/repository.js';
import { contentOf, forge, mirrorsIn, ready, remoteRepository, signal } from './serving.js';

afterEach(() => void vi.unstubAllEnvs());

describe('a mirror of a repository behind a URL', () => {
  it('holds all branches, tags and notes, stands on the same branch, and has nothing configured', async () => {
    const { url, app } = await forge();
    git(app, 'checkout', '--quiet', '-b', 'trunk');
    const oid = commit(app, { b: 'b' });
    git(app, 'tag', '-a', 'v1', '-m', 'one');
    git(app, 'notes', 'add', '-m', 'a note');
    const mirrors = await mirrorsIn();
    const mirror = ready(await mirrors.obtain(remoteRepository(`${url}/team/app`), null, signal));
    expect(git(mirror.folder, 'show-ref', '--head')).toBe(git(app, 'show-ref', '--head'));
    expect(git(mirror.folder, 'symbolic-ref', 'HEAD')).toBe('refs/heads/trunk');
    expect(git(mirror.folder, 'rev-parse', 'HEAD')).toBe(oid);
    expect(git(mirror.folder, 'fsck', '--strict')).toBe('');
    const configuration = readFileSync(path.join(mirror.folder, 'config'), 'utf8');
    expect(configuration).not.toMatch(/remote|url|credential|http/);
    expect(readdirSync(mirror.folder)).not.toContain('hooks');
    await mirror.release();
    expect(contentOf(mirrors.folder)).toEqual({ mirrors: 1, making: 0, leases: 0 });
  });

  it('is not fetched again while nothing changes, and then only what is missing', async () => {
    const { url, app, requests } = await forge();
    commit(app, { large: Buffer.from(Array.from({ length: 400_000 }, (_, at) => (at * 7919) % 251)) });
    const repo = remoteRepository(`${url}/team/app`);
    const mirrors = await mirrorsIn();
    const first = ready(await mirrors.obtain(repo, null, signal));
    await first.release();
    const packs = path.join(first.folder, 'objects/pack');
    const before = new Set(readdirSync(packs));
    const asked = requests.length;
    expect(await mirrors.obtain(repo, first.look, signal)).toEqual({ state: 'unchanged', look: first.look });
    expect(requests.slice(asked).filter((request) => request.startsWith('GET'))).toHaveLength(1);

    const oid = commit(app, { small: 'small' });
    git(app, 'branch', 'to-go');
    const second = ready(await mirrors.obtain(repo, first.look, signal));
    expect(second.look).not.toBe(first.look);
    expect(git(second.folder, 'rev-parse', 'main')).toBe(oid);
    const fresh = readdirSync(packs).filter((name) => name.endsWith('.pack') && !before.has(name));
    expect(fresh).toHaveLength(1);
    expect(readFileSync(path.join(packs, fresh[0] ?? '')).length).toBeLessThan(2_000);
    await second.release();

    git(app, 'branch', '-D', 'to-go');
    const third = ready(await mirrors.obtain(repo, second.look, signal));
    expect(git(third.folder, 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
  });

  it('holds pull and merge requests only when they are wanted', async () => {
    const { url, app } = await forge();
    for (const ref of ['refs/pull/1/head', 'refs/merge-requests/1/head', 'refs/pull-requests/1/from']) {
      git(app, 'update-ref', ref, git(app, 'commit-tree', 'HEAD^{tree}', '-m', ref));
    }
    const mirrors = await mirrorsIn();
    const without = ready(await mirrors.obtain(remoteRepository(`${url}/team/app`), null, signal));
    expect(git(without.folder, 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
    const withThem = remoteRepository(`${url}/team/app`, { refs: 'with-pull-requests' });
    const all = ready(await mirrors.obtain(withThem, without.look, signal));
    expect(git(all.folder, 'for-each-ref')).toBe(git(app, 'for-each-ref'));
    expect(git(all.folder, 'for-each-ref').split('\n')).toHaveLength(4);
    const again = ready(await mirrors.obtain(remoteRepository(`${url}/team/app`), all.look, signal));
    expect(git(again.folder, 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
  });

  it('follows branches that become folders of branches, and folders that become branches', async () => {
    const { url, app } = await forge();
    const repo = remoteRepository(`${url}/team/app`);
    for (const name of ['a', 'b/c']) git(app, 'branch', name);
    const mirrors = await mirrorsIn();
    const first = ready(await mirrors.obtain(repo, null, signal));
    await first.release();
    writeFileSync(path.join(first.folder, 'mark'), '');
    for (const name of ['a', 'b/c']) git(app, 'branch', '-D', name);
    for (const name of ['a/b', 'b']) git(app, 'branch', name);
    const second = ready(await mirrors.obtain(repo, first.look, signal));
    expect(git(second.folder, 'for-each-ref')).toBe(git(app, 'for-each-ref'));
    expect(readdirSync(second.folder), 'the same mirror, not made anew').toContain('mark');
  });

  it('keeps thousands of refs in one file', async () => {
    const { url, app } = await forge();
    const oid = git(app, 'rev-parse', 'HEAD');
    const names = Array.from({ length: 1_000 }, (_, at) => `refs/tags/v${at}`).sort();
    writeFileSync(path.join(app, '.git/packed-refs'), names.map((name) => `${oid} ${name}\n`).join(''));
    const mirrors = await mirrorsIn();
    const { folder } = ready(await mirrors.obtain(remoteRepository(`${url}/team/app`), null, signal));
    expect(
      readdirSync(path.join(folder, 'refs'), { recursive: true }).filter((name) => /v\d/.test(String(name))),
    ).toEqual([]);
    expect(git(folder, 'for-each-ref', '--format=%(refname)', 'refs/tags').split('\n')).toEqual(names);
  });

  it('with many refs is as large as it is once they are in one file, and needs room for them before', async () => {
    const { url, app } = await forge();
    const oid = git(app, 'rev-parse', 'HEAD');
    const names = Array.from({ length: 400 }, (_, at) => `refs/tags/v${at}`).sort();
    writeFileSync(path.join(app, '.git/packed-refs'), names.map((name) => `${oid} ${name}\n`).join(''));
    const repo = remoteRepository(`${url}/team/app`);
    const mirrors = await mirrorsIn(undefined, { maxRepositorySize: 1 << 20 });
    ready(await mirrors.obtain(repo, null, signal));
    const narrow = await mirrorsIn(undefined, { cacheSize: 1 << 20 });
    expect(await narrow.obtain(repo, null, signal)).toMatchObject({
      state: 'too-large',
      reason: 'its 402 refs take more room than there is while it is fetched (--cache-size)',
    });
  });

  it('of a server that had cut its history off holds all of it once the server does', async () => {
    const { url, app, root } = await forge();
    commit(app, { b: 'b' });
    const cut = path.join(root, 'cut.git');
    git(root, 'clone', '--quiet', '--bare', '--depth=1', `file://${app}`, cut);
    const mirrors = await mirrorsIn();
    const first = ready(await mirrors.obtain(remoteRepository(`${url}/cut.git`), null, signal));
    expect(git(first.folder, 'rev-list', '--count', '--all')).toBe('1');
    await first.release();
    git(cut, 'fetch', '--quiet', '--unshallow', `file://${app}`);
    const second = ready(await mirrors.obtain(remoteRepository(`${url}/cut.git`), null, signal));
    expect(git(second.folder, 'rev-list', '--count', '--all')).toBe('2');
  });

  it('of a repository without any commit is empty', async () => {
    const { url, root } = await forge();
    repository(path.join(root, 'none'));
    const mirrors = await mirrorsIn();
    const mirror = await mirrors.obtain(remoteRepository(`${url}/none`), null, signal);
    expect(mirror).toMatchObject({ state: 'empty', reason: null });
    expect(contentOf(mirrors.folder)).toEqual({ mirrors: 0, making: 0, leases: 0 });
  });

  it('holds a commit that only a detached HEAD names', async () => {
    const { url, app } = await forge();
    git(app, 'checkout', '--quiet', '--detach');
    const oid = commit(app, { lone: 'lone' });
    const mirrors = await mirrorsIn();
    const { folder } = ready(await mirrors.obtain(remoteRepository(`${url}/team/app`), null, signal));
    expect(git(folder, 'rev-parse', 'HEAD')).toBe(oid);
    expect(git(folder, 'show', 'HEAD:lone')).toBe('lone');
  });

  it('holds it beside a ref of the other side that has the name it would get', async () => {
    const { url, app } = await forge();
    for (const name of ['refs/akscan-HEAD/below', 'refs/heads/HEAD']) git(app, 'update-ref', name, 'HEAD');
    git(app, 'checkout', '--quiet', '--detach');
    const oid = commit(app, { lone: 'lone' });
    const mirrors = await mirrorsIn();
    const { folder } = ready(await mirrors.obtain(remoteRepository(`${url}/team/app`), null, signal));
    const refs = git(folder, 'for-each-ref', '--format=%(refname)').split('\n');
    expect(refs).toEqual(expect.arrayContaining(['refs/akscan-HEAD/below', 'refs/heads/HEAD', 'refs/heads/main']));
    expect(git(folder, 'for-each-ref', '--points-at', oid).split('\n')).toHaveLength(1);
  });

  it('stands nowhere where the other side does, whatever it stood on before', async () => {
    const { url, app } = await forge();
    const repo = remoteRepository(`${url}/team/app`);
    git(app, 'branch', 'master');
    const kept = await mirrorsIn();
    const first = ready(await kept.obtain(repo, null, signal));
    await first.release();
    git(app, 'symbolic-ref', 'HEAD', 'refs/heads/not-there');
    for (const [mirrors, look] of [[kept, first.look] as const, [await mirrorsIn(), null] as const]) {
      const { folder } = ready(await mirrors.obtain(repo, look, signal));
      expect(git(folder, 'for-each-ref')).toBe(git(app, 'for-each-ref'));
      expect(() => git(folder, 'rev-parse', '--quiet', '--verify', 'HEAD')).toThrow();
    }
  });

  it('may name its objects with SHA-256', async () => {
    const { url, root } = await forge();
    const oid = commit(repository(path.join(root, 'long'), '--object-format=sha256'), { a: 'a' });
    const mirrors = await mirrorsIn();
    const { folder } = ready(await mirrors.obtain(remoteRepository(`${url}/long`), null, signal));
    expect(git(folder, 'rev-parse', 'HEAD')).toBe(oid);
  });

  it('keeps pointers to large files as they are, and asks for nothing else', async () => {
    const { url, app, requests } = await forge();
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 5000000000\n`;
    commit(app, { '.gitattributes': '*.bin filter=lfs\n', 'a.bin': pointer });
    git(app, 'config', 'remote.origin.lfsurl', `${url}/lfs`);
    const mirrors = await mirrorsIn();
    const { folder } = ready(await mirrors.obtain(remoteRepository(`${url}/team/app`), null, signal));
    expect(`${git(folder, 'show', 'HEAD:a.bin')}\n`).toBe(pointer);
    expect(requests.every((request) => /info\/refs|git-upload-pack/.test(request))).toBe(true);
  });

  it('that was damaged on the disk is made anew', async () => {
    const { url, app } = await forge();
    const repo = remoteRepository(`${url}/team/app`);
    const mirrors = await mirrorsIn();
    const first = ready(await mirrors.obtain(repo, null, signal));
    await first.release();
    for (const name of readdirSync(path.join(first.folder, 'objects/pack'))) {
      rmSync(path.join(first.folder, 'objects/pack', name), { force: true });
    }
    commit(app, { b: 'b' });
    const second = ready(await mirrors.obtain(repo, first.look, signal));
    expect(git(second.folder, 'fsck', '--strict')).toBe('');
  });

  it('of which half is missing is made anew', async () => {
    const { url } = await forge();
    const repo = remoteRepository(`${url}/team/app`);
    const mirrors = await mirrorsIn();
    const first = ready(await mirrors.obtain(repo, null, signal));
    await first.release();
    rmSync(path.join(first.folder, 'HEAD'));
    const second = ready(await mirrors.obtain(repo, null, signal));
    expect(git(second.folder, 'rev-parse', 'HEAD')).toMatch(/^[0-9a-f]{40}$/);
  });

  it('that a killed git left locked is fetched into all the same', async () => {
    const { url, app } = await forge();
    const repo = remoteRepository(`${url}/team/app`);
    const mirrors = await mirrorsIn();
    const first = ready(await mirrors.obtain(repo, null, signal));
    await first.release();
    for (const name of ['packed-refs.lock', 'refs/heads/main.lock', 'objects/pack/tmp_pack_abc', 'mark']) {
      writeFileSync(path.join(first.folder, name), 'half');
    }
    const oid = commit(app, { b: 'b' });
    const second = ready(await mirrors.obtain(repo, first.look, signal));
    expect(git(second.folder, 'rev-parse', 'main')).toBe(oid);
    expect(readdirSync(path.join(second.folder, 'objects/pack')).join()).not.toContain('tmp_');
    expect(readdirSync(second.folder), 'the same mirror, not made anew').toContain('mark');
  });

  it('goes where the address says, whatever the person has addresses rewritten to', async () => {
    const { url } = await forge();
    const home = temporaryFolder();
    const configuration = path.join(home, 'gitconfig');
    writeFileSync(configuration, `[url "ssh://git@example.invalid/"]\n\tinsteadOf = ${url}/\n`);
    vi.stubEnv('GIT_CONFIG_GLOBAL', configuration);
    const mirrors = await mirrorsIn();
    ready(await mirrors.obtain(remoteRepository(`${url}/team/app`), null, signal));
  });
});

describe('a repository in a folder', () => {
  const inFolder = (folder: string) =>
    remoteRepository('https://example.invalid/unused', { id: folder, clone: { from: 'folder', folder } });

  it('is read in place, and no folder of mirrors is made for it', async () => {
    const folder = repository();
    commit(folder, { a: 'a' });
    const mirrors = await mirrorsIn();
    const mirror = ready(await mirrors.obtain(inFolder(folder), null, signal));
    expect(mirror.folder).toBe(folder);
    await mirror.release();
    await mirrors.close();
    expect(readdirSync(folder)).toContain('.git');
    expect(() => readdirSync(mirrors.folder)).toThrow(/ENOENT/);
  });

  it('that is not there any more is gone', async () => {
    const mirrors = await mirrorsIn();
    expect(await mirrors.obtain(inFolder('/nonexistent/app'), null, signal)).toMatchObject({ state: 'gone' });
  });
});
