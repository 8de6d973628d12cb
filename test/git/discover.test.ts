import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { looksLike, workTreeAbove } from '../../src/git/discover.js';
import { repository, temporaryFolder, write } from '../support/repository.js';

it('knows a work tree, a bare repository and any other folder by their looks', () => {
  const top = repository();
  write(top, { 'src/deep/a.ts': '' });
  expect(looksLike(top)).toBe('work-tree');
  expect(looksLike(path.join(top, '.git'))).toBe('bare');
  expect(looksLike(path.join(top, 'src'))).toBe('neither');
  expect(workTreeAbove(path.join(top, 'src/deep'))).toBe(top);
  expect(workTreeAbove(path.join(top, '.git/refs'))).toBeNull();
});

it('takes a folder that may not be looked into for any other', () => {
  // A name too long fails for everybody, root included, as a closed folder does for others.
  expect(looksLike(path.join(temporaryFolder(), 'x'.repeat(300)))).toBe('neither');
  const closed = path.join(temporaryFolder(), 'closed');
  mkdirSync(closed, { mode: 0 });
  expect(looksLike(closed)).toBe('neither');
});
