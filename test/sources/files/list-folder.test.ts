import { expect, it } from 'vitest';
import { type FolderEvents, listFolder } from '../../../src/sources/files/list-folder.js';
import { temporaryFolder, write } from '../../support/repository.js';

const listening = (events: Partial<FolderEvents>): FolderEvents => ({
  files: async () => {},
  repository: () => false,
  link: () => {},
  special: () => {},
  unreadable: () => {},
  ...events,
});

it('a folder that has disappeared by the time it is walked is told', async () => {
  const told: string[] = [];
  const unreadable = (path: string, reason: string): void => void told.push(`${path}: ${reason}`);
  await listFolder(`${temporaryFolder()}/gone`, listening({ unreadable }), new AbortController().signal);
  expect(told).toEqual([': disappeared while it was walked']);
});

it('a .git is never listed, be it a folder or a file', async () => {
  const folder = temporaryFolder();
  write(folder, { 'a/.git/config': 'x', 'b/.git': 'gitdir: elsewhere', 'b/file': 'x', '.git/HEAD': 'x' });
  const listed: string[] = [];
  const files = async (paths: readonly string[]): Promise<void> => void listed.push(...paths);
  await listFolder(folder, listening({ files }), new AbortController().signal);
  expect(listed).toEqual(['b/file']);
});

it('the walk ends with the error of whoever takes the files', async () => {
  const folder = temporaryFolder();
  write(folder, { 'a/file': 'x' });
  const files = (): Promise<void> => Promise.reject(new Error('no more'));
  await expect(listFolder(folder, listening({ files }), new AbortController().signal)).rejects.toThrow('no more');
});
