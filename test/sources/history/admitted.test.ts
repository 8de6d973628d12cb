import { mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { id24, secret30 } from '../../support/keys.js';
import { commit, repository } from '../../support/repository.js';
import { read } from '../recording.js';

const pair = (id: string): string => `accessKeyId=${id}\naccessKeySecret=${secret30()}\n`;

/** A key that came in below docs/ and was moved to src/. */
const moved = (): { readonly folder: string; readonly id: string; readonly brought: string; readonly move: string } => {
  const folder = repository();
  const id = id24();
  const brought = commit(folder, { 'docs/keys.env': pair(id), 'docs/other.env': pair(id24()) });
  mkdirSync(path.join(folder, 'src'));
  renameSync(path.join(folder, 'docs/keys.env'), path.join(folder, 'src/keys.env'));
  return { folder, id, brought, move: commit(folder, {}, 'move it') };
};

describe('a key that stood at a path that is left out', () => {
  it('is told at the first path that is not, with the commit that brought it there', async () => {
    const { folder, id, move } = moved();
    const { sightings } = await read([folder], { worktree: false, exclude: ['docs'] });
    expect(sightings).toHaveLength(1);
    expect(sightings[0]).toMatchObject({
      path: 'src/keys.env',
      detection: { accessKeyId: id },
      provenance: { commit: move, author: 'Wei Zhang <wei@example.com>', inHead: true },
    });
  });

  it('is told where it came in when that path counts', async () => {
    const { folder, id, brought } = moved();
    const { sightings } = await read([folder], { worktree: false, include: ['docs/keys.env', 'src'] });
    expect(sightings).toHaveLength(1);
    expect(sightings[0]).toMatchObject({
      path: 'docs/keys.env',
      detection: { accessKeyId: id },
      provenance: { commit: brought },
    });
  });

  it('is not told when it never stood at another', async () => {
    const { folder } = moved();
    expect((await read([folder], { worktree: false, exclude: ['docs', 'src'] })).sightings).toEqual([]);
  });
});
