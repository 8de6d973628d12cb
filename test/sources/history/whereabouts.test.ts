import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Sighting, Whereabouts } from '../../../src/sources/types.js';
import { id24, secret30 } from '../../support/keys.js';
import { commit, git, repository, temporaryFolder, write } from '../../support/repository.js';
import { read } from '../recording.js';

const pair = (id: string): string => `accessKeyId=${id}\naccessKeySecret=${secret30()}\n`;
const everywhere = { worktree: false, whereabouts: 'all' } as const;

const whereaboutsOf = (sightings: readonly Sighting[], id: string): Whereabouts | undefined =>
  sightings.find(({ detection }) => detection.accessKeyId === id)?.provenance?.whereabouts;

describe('--where', () => {
  it('tells every path a blob ever had, in merges and on other branches, too', async () => {
    const folder = repository();
    const id = id24();
    const text = pair(id);
    commit(folder, { 'first.env': text });
    git(folder, 'checkout', '--quiet', '-b', 'side');
    rmSync(path.join(folder, 'first.env'));
    commit(folder, { 'side/é\n.env': text });
    git(folder, 'checkout', '--quiet', 'main');
    commit(folder, { 'b.txt': 'b' });
    git(folder, 'merge', '--quiet', '--no-commit', '--no-ff', 'side');
    commit(folder, { 'evil.env': text }, 'merge');
    const { sightings } = await read([folder], everywhere);
    expect(whereaboutsOf(sightings, id)?.paths).toEqual(['evil.env', 'first.env', 'side/é\n.env']);
  });

  it('tells the branches and tags that reach it, and no others', async () => {
    const folder = repository();
    const ids = [id24(), id24(), id24(), id24()] as const;
    commit(folder, { 'a.txt': 'a' });
    git(folder, 'branch', 'before');
    commit(folder, { 'everywhere.env': pair(ids[0]) });
    git(folder, 'tag', '--annotate', 'v1', '--message', `release\n\n${pair(ids[3])}`);
    git(folder, 'checkout', '--quiet', '-b', 'side');
    commit(folder, { 'side.env': pair(ids[1]) }, `say\n\n${pair(ids[2])}`);
    git(folder, 'tag', 'light');
    rmSync(path.join(folder, 'side.env'));
    commit(folder, {}, 'remove it');
    git(folder, 'checkout', '--quiet', 'main');
    const { sightings } = await read([folder], everywhere);
    const side = ['refs/heads/side', 'refs/tags/light'];
    expect(whereaboutsOf(sightings, ids[0])?.refs).toEqual([
      'refs/heads/main',
      'refs/heads/side',
      'refs/tags/light',
      'refs/tags/v1',
    ]);
    expect(whereaboutsOf(sightings, ids[1])?.refs).toEqual(side);
    expect(whereaboutsOf(sightings, ids[2])?.refs).toEqual(side);
    expect(whereaboutsOf(sightings, ids[3])?.refs).toEqual(['refs/tags/v1']);
  });

  it('tells of 70 blobs at once, and names a HEAD that is on no branch', async () => {
    const folder = repository();
    const ids = Array.from({ length: 70 }, id24);
    for (const [index, id] of ids.entries()) {
      write(folder, { [`${index}.env`]: pair(id) });
      if (index % 10 === 9) {
        commit(folder, {});
        git(folder, 'branch', `after-${index}`);
      }
    }
    git(folder, 'checkout', '--quiet', '--detach');
    git(folder, 'branch', '--quiet', '-D', 'main');
    const { sightings } = await read([folder], everywhere);
    for (const [index, id] of ids.entries()) {
      const refs = [9, 19, 29, 39, 49, 59, 69]
        .filter((last) => last >= index)
        .map((last) => `refs/heads/after-${last}`)
        .sort();
      expect(whereaboutsOf(sightings, id)).toEqual({ paths: [`${index}.env`], refs: ['HEAD', ...refs] });
    }
  });

  it('names the tags of a blob, also those with a message', async () => {
    const folder = repository();
    commit(folder, { 'a.txt': 'a' });
    const id = id24();
    write(folder, { 'loose.env': pair(id) });
    const blob = git(folder, 'hash-object', '-w', 'loose.env').trim();
    git(folder, 'tag', 'light', blob);
    git(folder, 'tag', '--annotate', 'said', '--message', 'a blob', blob);
    const { sightings } = await read([folder], everywhere);
    expect(whereaboutsOf(sightings, id)?.refs).toEqual(['refs/tags/light', 'refs/tags/said']);
  });

  it('names no ref for what none reaches', async () => {
    const folder = repository(temporaryFolder());
    const id = id24();
    commit(folder, { 'a.txt': 'a' });
    commit(folder, { 'a.env': pair(id) });
    git(folder, 'reset', '--quiet', '--hard', 'HEAD~1');
    const { sightings } = await read([folder], everywhere);
    expect(whereaboutsOf(sightings, id)).toEqual({ paths: [], refs: [] });
    expect(sightings).toMatchObject([{ path: 'a.env', provenance: { unreachable: true } }]);
  });
});
