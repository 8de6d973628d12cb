import { expect, it } from 'vitest';
import { listStrays } from '../../../src/sources/files/list-git.js';
import { id24, secret30 } from '../../support/keys.js';
import { commit, repository, write } from '../../support/repository.js';
import { places, read } from '../recording.js';

const strays = (top: string) => listStrays({ cwd: top, top, workTree: top }, () => {}, new AbortController().signal);

it('one walk tells stray files from what git ignores, whole folders counted once', async () => {
  const folder = repository();
  commit(folder, { '.gitignore': 'node_modules\n*.o\n', 'src/a.c': 'x' });
  expect(await strays(folder)).toEqual({ files: '', ignored: 0 });
  write(folder, { 'node_modules/x/y.js': 'x', 'node_modules/z.js': 'x', 'src/a.o': 'x', 'src/new.c': 'x', new: 'x' });
  const told = await strays(folder);
  expect(told?.ignored).toBe(2);
  expect(told?.files.split('\0').sort()).toEqual(['', 'new', 'src/new.c']);
});

it('a folder that is untracked and not ignored takes more than one walk, and is read', async () => {
  const folder = repository();
  const id = id24();
  const pair = `accessKeyId=${id}\naccessKeySecret=${secret30()}\n`;
  commit(folder, { '.gitignore': '*.o\n', 'src/a.c': 'x' });
  write(folder, { 'fresh/a.o': pair, 'fresh/deep/key.env': pair, 'b.o': 'x' });
  expect(await strays(folder)).toBeNull();
  const seen = await read([folder], { history: false });
  expect(places(seen)).toEqual([`${id} worktree:fresh/deep/key.env`]);
  expect(seen.notes.join()).toContain('2 files and folders that git ignores were not read');
});
