import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { folderLook } from '../../../src/audit/mirror/folder-look.js';
import { commit, git, repository, temporaryFolder } from '../../support/repository.js';

/** Once the file system's clock has moved on. */
const settledLook = async (folder: string): Promise<string> => {
  await sleep(55);
  return folderLook(folder);
};

const expectChange = async (folder: string, change: () => unknown): Promise<void> => {
  const before = await settledLook(folder);
  expect(await settledLook(folder), 'nothing changed').toBe(before);
  change();
  const after = await settledLook(folder);
  expect(after).not.toBe(before);
  expect(await settledLook(folder), 'settled again').toBe(after);
};

const withCommit = (): string => {
  const folder = repository();
  commit(folder, { a: 'one' });
  return folder;
};

const stash = (folder: string): void => {
  writeFileSync(path.join(folder, 'a'), 'put aside');
  git(folder, 'stash', '--quiet');
};

describe('the look of a folder', () => {
  const changes: readonly (readonly [string, (folder: string) => unknown])[] = [
    ['a commit', (folder) => commit(folder, { a: 'two' })],
    ['an empty commit on the same tree', (folder) => commit(folder, {}, 'again')],
    ['a blob that nothing names', (folder) => git(folder, 'hash-object', '-w', '--no-filters', '.git/HEAD')],
    ['a branch', (folder) => git(folder, 'branch', 'other')],
    ['a tag', (folder) => git(folder, 'tag', 'v1')],
    ['another branch checked out', (folder) => git(folder, 'checkout', '--quiet', '-b', 'other')],
    ['packed refs', (folder) => git(folder, 'pack-refs', '--all')],
    ['a new pack', (folder) => git(folder, 'repack', '--quiet', '-a', '-d')],
    ['a stash', stash],
    ['a reflog that was cleared', (folder) => git(folder, 'reflog', 'expire', '--expire=all', '--all')],
    ['a linked work tree', (folder) => git(folder, 'worktree', 'add', '--quiet', path.join(temporaryFolder(), 'w'))],
    ['what is staged no more', (folder) => git(folder, 'rm', '--quiet', '--cached', 'staged')],
    ['its configuration', (folder) => git(folder, 'config', 'remote.origin.promisor', 'true')],
    ['a shallow edge', (folder) => writeFileSync(path.join(folder, '.git/shallow'), `${'0'.repeat(40)}\n`)],
  ];
  it.each(changes)('changes with %s', async (_, change) => {
    const folder = withCommit();
    writeFileSync(path.join(folder, 'staged'), 'staged');
    git(folder, 'add', 'staged');
    await expectChange(folder, () => change(folder));
  });

  it('changes with a pack of which only the size differs', async () => {
    const folder = withCommit();
    git(folder, 'repack', '--quiet', '-a', '-d');
    const packs = path.join(folder, '.git/objects/pack');
    const pack = readdirSync(packs).find((name) => name.endsWith('.pack')) ?? '';
    git(folder, 'config', 'a.b', 'c');
    await expectChange(folder, () => {
      rmSync(path.join(packs, pack));
      writeFileSync(path.join(packs, pack), 'cut');
    });
  });

  it('changes with what is borrowed', async () => {
    const lender = withCommit();
    const folder = repository();
    mkdirSync(path.join(folder, '.git/objects/info'), { recursive: true });
    writeFileSync(path.join(folder, '.git/objects/info/alternates'), `${path.join(lender, '.git/objects')}\n`);
    await expectChange(folder, () => commit(lender, { b: 'new' }));
  });

  it('is the same whatever happens to files outside of git', async () => {
    const folder = withCommit();
    const before = await settledLook(folder);
    writeFileSync(path.join(folder, 'new file'), 'not committed');
    expect(await settledLook(folder)).toBe(before);
  });

  it('is told of bare repositories and linked work trees, too', async () => {
    const folder = withCommit();
    const linked = path.join(temporaryFolder(), 'linked');
    git(folder, 'worktree', 'add', '--quiet', linked);
    await expectChange(linked, () => commit(folder, { a: 'elsewhere' }));
    const bare = path.join(temporaryFolder(), 'bare');
    git(folder, 'clone', '--quiet', '--bare', folder, bare);
    await expectChange(bare, () => git(bare, 'update-ref', 'refs/heads/new', 'HEAD'));
  });

  it.each(['config', 'shallow', 'packed-refs', 'objects/info/alternates', 'refs/heads/other', 'index'])(
    'is none where a pipe is in the place of a file that git reads: %s',
    (name) => {
      const folder = withCommit();
      const pipe = path.join(folder, '.git', name);
      rmSync(pipe, { force: true });
      execFileSync('mkfifo', [pipe]);
      expect(() => folderLook(folder)).toThrow(`${pipe} is neither a file nor a folder.`);
    },
  );

  describe('is like no other when in doubt', () => {
    const expectDoubt = async (folder: string): Promise<void> => {
      expect(await settledLook(folder)).not.toBe(await settledLook(folder));
    };

    it('where a ref is a link', async () => {
      const folder = withCommit();
      const elsewhere = path.join(temporaryFolder(), 'ref');
      writeFileSync(elsewhere, `${git(folder, 'rev-parse', 'HEAD')}\n`);
      symlinkSync(elsewhere, path.join(folder, '.git/refs/heads/linked'));
      await expectDoubt(folder);
    });

    it('where what it borrows from is gone', async () => {
      const folder = withCommit();
      mkdirSync(path.join(folder, '.git/objects/info'), { recursive: true });
      writeFileSync(path.join(folder, '.git/objects/info/alternates'), '/nonexistent/objects\n');
      await expectDoubt(folder);
    });

    it('where something was written at this very moment, or in times to come', async () => {
      const folder = withCommit();
      git(folder, 'pack-refs', '--all');
      const later = new Date(Date.now() + 3_600_000);
      utimesSync(path.join(folder, '.git/packed-refs'), later, later);
      await expectDoubt(folder);
    });

    it('where there is no repository', async () => {
      await expectDoubt(temporaryFolder());
    });
  });
});
