import { existsSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder } from '../src/make-folder.js';
import { akscan } from './support/akscan.js';
import { temporaryFolder } from './support/repository.js';

it('makes a folder and those above it, and says whether it was there', () => {
  const top = temporaryFolder();
  const folder = path.join(top, 'a/b/c');
  expect([makeFolder(folder, 0o700), makeFolder(folder, 0o700)]).toEqual([true, false]);
  expect(['a', 'a/b', 'a/b/c'].map((name) => statSync(path.join(top, name)).mode & 0o777)).toEqual([
    0o700, 0o700, 0o700,
  ]);
});

it('says why where none can be made', () => {
  const file = path.join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect(() => makeFolder(file)).toThrow('EEXIST');
  expect(() => makeFolder(path.join(file, 'a/b'))).toThrow('ENOTDIR');
});

it.skipIf(!existsSync('/proc/self'))(
  'comes back where the system says that something is missing',
  async () => {
    expect(() => makeFolder('/proc/akscan/code')).toThrow('ENOENT');
    const { code } = await akscan(['scan', '.'], { cwd: temporaryFolder(), env: { XDG_CACHE_HOME: '/proc' } });
    expect(code).toBe(0);
  },
  20_000,
);
