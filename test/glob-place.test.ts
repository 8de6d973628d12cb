import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { complaintAboutPlaced, complaintAboutRelative } from '../src/glob-place.js';
import { temporaryFolder, write } from './support/repository.js';

describe('a glob over paths below a folder', () => {
  it('begins there: what leads in or past it from the root is named', () => {
    const folder = temporaryFolder();
    const other = path.join(temporaryFolder(), 'x');
    write(folder, { 'dist/a.js': '' });
    for (const glob of [folder, `${folder}/dist/**`, other, 'C:/work/**', 'C:\\work'])
      expect(complaintAboutPlaced(glob, [folder])?.what, glob).toBe('is an absolute path');
    for (const glob of ['../other', 'a/../../b'])
      expect(complaintAboutPlaced(glob, [folder])?.what).toBe('leads out of the folder that it is for');
    expect(complaintAboutPlaced('{a', [folder])?.what).toContain('not closed');
  });

  it('may begin with a slash for the top, as in .gitignore', () => {
    const folder = temporaryFolder();
    const [, top = ''] = folder.split('/');
    write(folder, { [`${top}/x`]: '' });
    for (const glob of ['/dist', '/dist/**', './dist', '/*/x', `/${top}`, `/${top}/**`, 'a..b'])
      expect(complaintAboutPlaced(glob, [folder]), glob).toBeNull();
  });

  it('may not where paths never do', () => {
    expect(complaintAboutRelative('/dist')?.what).toBe('is an absolute path');
    expect(complaintAboutRelative('dist')).toBeNull();
  });
});
