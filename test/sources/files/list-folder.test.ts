import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { type Listing, listFolder } from '../../../src/sources/files/list-folder.js';
import { temporaryFolder, write } from '../../support/repository.js';

const listed = (folder: string): Listing => {
  const listing = listFolder(folder);
  if ('failure' in listing) throw new Error(listing.failure);
  return listing;
};

it('a folder that has disappeared by the time it is walked is told', () => {
  expect(listFolder(`${temporaryFolder()}/gone`)).toEqual({ failure: 'disappeared while it was walked' });
});

it('tells files, folders, links and what is none of them apart', () => {
  const folder = temporaryFolder();
  write(folder, { 'a/file': 'x', 'b.txt': 'x', '.env': 'x' });
  symlinkSync('a', path.join(folder, 'to-folder'));
  symlinkSync('nowhere', path.join(folder, 'to-nothing'));
  execFileSync('mkfifo', [path.join(folder, 'pipe')]);
  const { files, ...rest } = listed(folder);
  expect([...files].sort()).toEqual(['.env', 'b.txt']);
  expect(rest).toEqual({ folders: ['a'], links: 2, specials: [{ name: 'pipe', what: 'a pipe' }], git: false });
});

it('a .git is told and never listed, be it a folder or a file', () => {
  const folder = temporaryFolder();
  write(folder, { 'a/.git/config': 'x', 'b/.git': 'gitdir: elsewhere', 'b/file': 'x' });
  expect(listed(path.join(folder, 'a'))).toMatchObject({ files: [], folders: [], git: true });
  expect(listed(path.join(folder, 'b'))).toMatchObject({ files: ['file'], folders: [], git: true });
});

it('keeps names that are no UTF-8 apart from each other', () => {
  const folder = temporaryFolder();
  for (const byte of [0xe9, 0xff]) mkdirSync(Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.of(byte)]));
  expect([...listed(folder).folders].sort()).toEqual(['caf\udce9', 'caf\udcff']);
});
