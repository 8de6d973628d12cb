import { expect, it } from 'vitest';
import { countObjects } from '../../src/git/porcelain.js';
import { commit, git, repository, temporaryFolder } from '../support/repository.js';

const { signal } = new AbortController();

it('counts the objects of a repository, loose and packed', async () => {
  const folder = repository();
  commit(folder, { a: 'a' });
  git(folder, 'repack', '--quiet', '-a', '-d');
  commit(folder, { b: 'b' });
  expect(await countObjects(folder, signal)).toBe(6);
});

it('counts none where there is no repository', async () => {
  expect(await countObjects(temporaryFolder(), signal)).toBe(0);
});
