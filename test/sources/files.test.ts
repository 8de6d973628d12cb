import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { akscan } from '../support/akscan.js';
import { id24, secret30 } from '../support/keys.js';
import { commit, git, repository, temporaryFolder, write } from '../support/repository.js';
import { places, read } from './recording.js';

const pair = (id: string): string => `accessKeyId=${id}\naccessKeySecret=${secret30()}\n`;
const filesOnly = { history: false } as const;

describe('a folder outside git', () => {
  it('is read with its dot files and sub-folders, and counted', async () => {
    const folder = temporaryFolder();
    const [first, second] = [id24(), id24()];
    write(folder, { '.env': pair(first), 'a/b/c.txt': pair(second), 'a/plain.txt': 'nothing' });
    const seen = await read([folder]);
    expect(places(seen)).toEqual([`${first} file:.env`, `${second} file:a/b/c.txt`].sort());
    expect(seen.counts).toMatchObject({ files: 3, objects: 0 });
    expect(seen.counts.bytes).toBe(pair(first).length + pair(second).length + 'nothing'.length);
    expect(seen.skipped).toEqual([]);
  });

  it('gives the path of a file with a line feed in its name', async () => {
    const folder = temporaryFolder();
    const id = id24();
    write(folder, { 'two\nlines.txt': pair(id) });
    expect(places(await read([folder]))).toEqual([`${id} file:two\nlines.txt`]);
  });

  it('opens names that are no UTF-8, of files and of folders', async () => {
    const folder = temporaryFolder();
    const [first, second] = [id24(), id24()];
    const odd = Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.of(0xe9)]);
    mkdirSync(odd);
    writeFileSync(Buffer.concat([odd, Buffer.from('/plain.txt')]), pair(first));
    writeFileSync(Buffer.concat([odd, Buffer.of(0xff)]), pair(second));
    const seen = await read([folder]);
    expect(places(seen)).toEqual([`${first} file:caf\udce9/plain.txt`, `${second} file:caf\udce9\udcff`].sort());
    expect(seen.skipped).toEqual([]);
  });

  it('does not follow links, and says how many there were', async () => {
    const [folder, outside] = [temporaryFolder(), temporaryFolder()];
    write(outside, { 'secret.txt': pair(id24()) });
    symlinkSync(outside, path.join(folder, 'out'));
    symlinkSync(path.join(outside, 'secret.txt'), path.join(folder, 'file'));
    const seen = await read([folder]);
    expect(seen.sightings).toEqual([]);
    expect(seen.notes).toContain('2 symbolic links were not followed');
  });

  it('names a link to a file as it was named, and looks for its other half beside it', async () => {
    const folder = temporaryFolder();
    const [id, secret] = [id24(), secret30()];
    write(folder, {
      'real/a.env': `ALIYUN_ACCESS_KEY_ID=${id}\n`,
      'links/b.env': `ALIYUN_ACCESS_KEY_SECRET=${secret}\n`,
    });
    symlinkSync('../real/a.env', path.join(folder, 'links/a.link'));
    const seen = await read([path.join(folder, 'links/a.link')]);
    expect(seen.sightings).toMatchObject([
      { path: 'a.link', secretPath: 'b.env', detection: { accessKeyId: id, secret } },
    ]);
    const { stdout } = await akscan(['links/a.link', '--format', 'brief'], { cwd: folder });
    expect(stdout).toContain('links/a.link:1:');
  });

  it('follows a link that is itself the target', async () => {
    const folder = temporaryFolder();
    const id = id24();
    write(folder, { 'real/a.txt': pair(id) });
    symlinkSync(path.join(folder, 'real'), path.join(folder, 'link'));
    expect(places(await read([path.join(folder, 'link')]))).toEqual([`${id} file:a.txt`]);
  });

  it('skips pipes without waiting for them', async () => {
    const folder = temporaryFolder();
    execFileSync('mkfifo', [path.join(folder, 'pipe')]);
    const seen = await read([folder]);
    expect(seen.skipped).toMatchObject([{ what: 'pipe', reason: 'a pipe, not a file', because: 'limit' }]);
    const named = await read([path.join(folder, 'pipe')]);
    expect(named.skipped).toMatchObject([{ because: 'fault', reason: expect.stringContaining('a pipe, not a file') }]);
  });

  it.skipIf(process.getuid?.() === 0)('says which files and folders it may not read, and reads the rest', async () => {
    const folder = temporaryFolder();
    const id = id24();
    write(folder, { 'a.txt': pair(id), 'b.txt': 'x', 'closed/c.txt': 'x' });
    chmodSync(path.join(folder, 'b.txt'), 0);
    chmodSync(path.join(folder, 'closed'), 0);
    const seen = await read([folder]);
    chmodSync(path.join(folder, 'closed'), 0o700);
    expect(places(seen)).toEqual([`${id} file:a.txt`]);
    expect(seen.skipped.map(({ what, because }) => `${because} ${what}`).sort()).toEqual([
      'fault b.txt',
      'fault closed',
    ]);
  });

  it('leaves out what is above the size limit, and names it', async () => {
    const folder = temporaryFolder();
    write(folder, { 'big.txt': 'x'.repeat(101), 'small.txt': 'x'.repeat(100) });
    const seen = await read([folder], { maxSize: 100 });
    expect(seen.counts.files).toBe(1);
    expect(seen.skipped).toMatchObject([{ what: 'big.txt', because: 'limit' }]);
  });

  it('reads what the globs admit, relative to the target', async () => {
    const folder = temporaryFolder();
    const ids = [id24(), id24(), id24()] as const;
    write(folder, { 'a/x.env': pair(ids[0]), 'a/x.txt': pair(ids[1]), 'vendor/x.env': pair(ids[2]) });
    const seen = await read([folder], { include: ['*.env'], exclude: ['vendor'] });
    expect(places(seen)).toEqual([`${ids[0]} file:a/x.env`]);
    expect(seen.notes).toContain('2 files were left out by --include or --exclude');
  });

  it('finds a pair anywhere in a file that is larger than the detector holds', async () => {
    const folder = temporaryFolder();
    const ids = [id24(), id24(), id24()] as const;
    const filler = 'lorem ipsum dolor\n'.repeat(160_000);
    write(folder, { 'big.log': [pair(ids[0]), filler, pair(ids[1]), filler, filler, pair(ids[2])].join('') });
    const seen = await read([folder]);
    expect(places(seen)).toEqual(ids.map((id) => `${id} file:big.log`).sort());
    expect(seen.counts.files).toBe(1);
  });

  it('lists nested repositories with git, reads their files, and counts their histories', async () => {
    const folder = temporaryFolder();
    const [kept, ignored] = [id24(), id24()];
    const inner = repository(path.join(folder, 'inner'));
    commit(inner, { '.gitignore': 'ignored.txt', 'kept.txt': pair(kept) });
    write(inner, { 'ignored.txt': pair(ignored) });
    const seen = await read([folder]);
    expect(places(seen)).toEqual([`${kept} file:inner/kept.txt`]);
    expect(seen.notes.join()).toMatch(/1 nested repository.*1 file or folder that git ignores/);
    expect(seen.counts.objects).toBe(0);
  });
});

describe('a work tree', () => {
  it('is what git says it is: tracked and untracked, not ignored', async () => {
    const folder = repository();
    const ids = [id24(), id24(), id24()] as const;
    commit(folder, { '.gitignore': '*.log', 'tracked.txt': pair(ids[0]) });
    write(folder, { 'new.txt': pair(ids[1]), 'debug.log': pair(ids[2]) });
    const seen = await read([folder], filesOnly);
    expect(places(seen)).toEqual([`${ids[0]} worktree:tracked.txt`, `${ids[1]} worktree:new.txt`].sort());
    expect(seen.counts.files).toBe(3);
    expect(seen.notes).toEqual(['1 file or folder that git ignores was not read (--no-ignore reads it)']);
    const all = await read([folder], { ...filesOnly, ignored: true });
    expect(places(all)).toContain(`${ids[2]} worktree:debug.log`);
    expect(all.notes).toEqual([]);
  });

  it('may lack tracked files: that is no fault', async () => {
    const folder = repository();
    commit(folder, { 'a.txt': 'a', 'b.txt': 'b' });
    rmSync(path.join(folder, 'a.txt'));
    const seen = await read([folder], filesOnly);
    expect(seen.counts.files).toBe(1);
    expect(seen.skipped).toEqual([]);
  });

  it('does not lead out of itself through a folder that has become a link', async () => {
    const [folder, outside] = [repository(), temporaryFolder()];
    commit(folder, { 'sub/deep/a.txt': 'a' });
    write(outside, { 'deep/a.txt': pair(id24()) });
    rmSync(path.join(folder, 'sub'), { recursive: true });
    symlinkSync(outside, path.join(folder, 'sub'));
    const seen = await read([folder], filesOnly);
    expect(seen.sightings).toEqual([]);
  });

  it('ignores a core.worktree that points elsewhere', async () => {
    const [folder, outside] = [repository(), temporaryFolder()];
    write(outside, { 'a.txt': pair(id24()) });
    commit(folder, { 'a.txt': 'mine' });
    git(folder, 'config', 'core.worktree', outside);
    const seen = await read([folder], filesOnly);
    expect(seen.sightings).toEqual([]);
    expect(seen.counts).toMatchObject({ files: 1, bytes: 4 });
  });

  it('includes submodules and untracked repositories, whose histories are counted', async () => {
    const [folder, other] = [repository(), repository()];
    const ids = [id24(), id24()] as const;
    commit(other, { 'in-module.txt': pair(ids[0]) });
    git(folder, 'submodule', '--quiet', 'add', other, 'module');
    commit(folder, {});
    commit(repository(path.join(folder, 'loose')), { 'in-loose.txt': pair(ids[1]) });
    const seen = await read([folder], filesOnly);
    expect(places(seen)).toEqual(
      [`${ids[0]} worktree:module/in-module.txt`, `${ids[1]} worktree:loose/in-loose.txt`].sort(),
    );
    expect(seen.notes.join()).toMatch(/2 nested repositories: their files were read, their histories were not/);
  });

  it('of which a folder is named, is read there only, and says that history was not', async () => {
    const folder = repository();
    const [inside, elsewhere] = [id24(), id24()];
    commit(folder, { 'sub/a.txt': pair(inside), 'b.txt': pair(elsewhere) });
    const target = path.join(folder, 'sub');
    const seen = await read([target]);
    expect(places(seen)).toEqual([`${inside} worktree:a.txt`]);
    expect(seen.notes).toEqual([
      `the history of ${target} was not read, since it is a folder inside ${folder}: name that to read it`,
    ]);
  });

  it('of which an ignored folder is named, is read there all the same', async () => {
    const folder = repository();
    const id = id24();
    commit(folder, { '.gitignore': 'build/' });
    write(folder, { 'build/out.txt': pair(id) });
    expect(places(await read([path.join(folder, 'build')]))).toEqual([`${id} worktree:out.txt`]);
  });

  it('is read although its .git is no repository, which is a fault', async () => {
    const folder = temporaryFolder();
    const id = id24();
    write(folder, { 'a.txt': pair(id), '.git/HEAD': 'rubbish' });
    const seen = await read([folder]);
    expect(places(seen)).toEqual([`${id} file:a.txt`]);
    expect(seen.skipped).toMatchObject([{ because: 'fault', reason: expect.stringContaining(folder) }]);
  });
});

describe('a target', () => {
  it('that is a file is called by its base name, and known to lie in a work tree', async () => {
    const folder = repository();
    const id = id24();
    write(folder, { 'sub/a.txt': pair(id) });
    expect(places(await read([path.join(folder, 'sub/a.txt')]))).toEqual([`${id} worktree:a.txt`]);
  });

  it('that does not exist, or is a URL, is named before anything is read', async () => {
    await expect(read(['/no/such/place'])).rejects.toThrow('there is no /no/such/place');
    await expect(read(['https://me:word@example.com/x.git'])).rejects.toThrow('https://example.com/x.git is a URL');
    await expect(read(['git@example.com:x.git'])).rejects.toThrow('is a URL');
  });
});

describe('several targets', () => {
  it('are read although one of them is none, which is a fault', async () => {
    const folder = temporaryFolder();
    const id = id24();
    write(folder, { 'a.txt': pair(id) });
    const seen = await read(['/no/such/place', folder, 'https://example.com/x.git']);
    expect(places(seen)).toEqual([`${id} file:a.txt`]);
    expect(seen.skipped.map(({ target, reason, because }) => [target, reason, because])).toEqual([
      ['/no/such/place', 'there is no /no/such/place', 'fault'],
      ['https://example.com/x.git', expect.stringContaining('is a URL. Clone it first'), 'fault'],
    ]);
  });
});

it('takes no date that git would silently read as now', async () => {
  const folder = repository();
  commit(folder, { 'a.txt': 'a' });
  await expect(read([folder], { since: 'garbage' })).rejects.toThrow('"garbage" is not a date');
  for (const since of ['2020-01-01', '2 weeks ago', 'last month', 'yesterday'])
    expect((await read([folder], { since })).skipped).toEqual([]);
});

it('says how to read a file whose name cannot be an argument', async () => {
  const error: unknown = await read(['caf\uFFFD.txt']).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ hint: 'A name that is no UTF-8 cannot be given here: name its folder.' });
});

it('stops when told to', async () => {
  const folder = repository();
  commit(folder, { 'a.txt': 'a' });
  const controller = new AbortController();
  controller.abort(new Error('enough'));
  await expect(read([folder], { signal: controller.signal })).rejects.toThrow('enough');
});

it('reads a work tree whose index is damaged by walking it, and says so', async () => {
  const folder = repository();
  const id = id24();
  commit(folder, { 'a.txt': pair(id) });
  writeFileSync(path.join(folder, '.git/index'), 'rubbish');
  const seen = await read([folder], filesOnly);
  expect(places(seen)).toContain(`${id} worktree:a.txt`);
  expect(seen.skipped).toMatchObject([
    { because: 'fault', reason: expect.stringContaining('git could not list all files') },
  ]);
});
