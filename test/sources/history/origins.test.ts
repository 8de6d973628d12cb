import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../../src/sources/types.js';
import { id24, secret30 } from '../../support/keys.js';
import { commit, git, repository, temporaryFolder, write } from '../../support/repository.js';
import { read } from '../recording.js';

const pair = (id: string): string => `accessKeyId=${id}\naccessKeySecret=${secret30()}\n`;
const historyOnly = { worktree: false } as const;

const theOne = (sightings: readonly Sighting[], id: string): Sighting => {
  const [one, ...others] = sightings.filter(({ detection }) => detection.accessKeyId === id);
  if (one === undefined || others.length > 0) throw new Error(`${others.length + (one ? 1 : 0)} sightings, not 1`);
  return one;
};

describe('what keeps an object that no ref reaches', () => {
  it('is the reflog of a branch or of HEAD, an older stash, or nothing', async () => {
    const folder = repository();
    const ids = [id24(), id24(), id24(), id24()] as const;
    commit(folder, { 'a.txt': 'a' });
    commit(folder, { 'branch.env': pair(ids[0]) });
    git(folder, 'reset', '--quiet', '--hard', 'HEAD~1');
    git(folder, 'checkout', '--quiet', '--detach');
    const below = commit(folder, { 'head.env': pair(ids[1]) });
    commit(folder, { 'above.txt': 'above' });
    git(folder, 'checkout', '--quiet', 'main');
    for (const content of [pair(ids[2]), 'newer']) {
      write(folder, { 'a.txt': content });
      git(folder, 'stash', '--quiet');
    }
    write(folder, { 'lost.env': pair(ids[3]) });
    git(folder, 'hash-object', '-w', 'lost.env');
    const { sightings } = await read([folder], historyOnly);
    const keptBy = (id: string): unknown => theOne(sightings, id).provenance?.keptBy;
    expect(keptBy(ids[0])).toEqual({ by: 'reflog', name: 'refs/heads/main' });
    // Its own commit has been in HEAD; the one above handed nothing down.
    expect(keptBy(ids[1])).toEqual({ by: 'reflog', name: 'HEAD' });
    expect(theOne(sightings, ids[1]).provenance?.commit).toBe(below);
    expect(keptBy(ids[2])).toEqual({ by: 'stash' });
    expect(keptBy(ids[3])).toEqual({ by: 'nothing' });
    for (const id of ids) expect(theOne(sightings, id).provenance).toMatchObject({ unreachable: true });
  });

  it('is a reflog, too, when only a later commit stands in it', async () => {
    const folder = repository();
    const id = id24();
    const base = commit(folder, { 'a.txt': 'a' });
    const other = temporaryFolder();
    git(other, 'clone', '--quiet', folder, '.');
    commit(other, { 'b.env': pair(id) });
    commit(other, { 'c.txt': 'c' });
    git(folder, 'fetch', '--quiet', other, 'main');
    git(folder, 'merge', '--quiet', '--ff-only', 'FETCH_HEAD');
    git(folder, 'reset', '--quiet', '--hard', base);
    const { sightings } = await read([folder], historyOnly);
    expect(theOne(sightings, id).provenance?.keptBy).toEqual({ by: 'reflog', name: 'refs/heads/main' });
  });

  it('is another work tree that has staged it', async () => {
    const folder = repository();
    const id = id24();
    commit(folder, { 'a.txt': 'a' });
    const linked = path.join(temporaryFolder(), 'linked');
    git(folder, 'worktree', 'add', '--quiet', linked);
    write(linked, { 'conf/staged.env': pair(id) });
    git(linked, 'add', '--all');
    const fromMain = await read([folder], historyOnly);
    expect(theOne(fromMain.sightings, id)).toMatchObject({
      source: 'history',
      path: 'conf/staged.env',
      provenance: { unreachable: true, keptBy: { by: 'index', name: 'worktrees/linked' } },
    });
    const fromLinked = await read([linked], historyOnly);
    expect(theOne(fromLinked.sightings, id)).toMatchObject({ source: 'index', path: 'conf/staged.env' });
    git(linked, 'commit', '--quiet', '--message', 'done');
    git(linked, 'reset', '--quiet', '--hard', 'HEAD~1');
    const after = await read([folder], historyOnly);
    expect(theOne(after.sightings, id).provenance?.keptBy).toEqual({ by: 'reflog', name: 'refs/heads/linked' });
  });
});

describe('a linked work tree and a submodule', () => {
  it('have a HEAD and an index of their own, and the history they share', async () => {
    const folder = repository();
    const [shared, own] = [id24(), id24()];
    commit(folder, { 'shared.env': pair(shared) });
    const linked = path.join(temporaryFolder(), 'linked');
    git(folder, 'worktree', 'add', '--quiet', '--detach', linked);
    commit(linked, { 'own.env': pair(own) });
    rmSync(path.join(folder, 'shared.env'));
    commit(folder, {}, 'remove it');
    const fromLinked = await read([linked], historyOnly);
    expect(theOne(fromLinked.sightings, shared).provenance).toMatchObject({ inHead: true });
    expect(theOne(fromLinked.sightings, own).provenance).toMatchObject({ inHead: true });
    const fromMain = await read([folder], historyOnly);
    expect(theOne(fromMain.sightings, shared).provenance).toMatchObject({ inHead: false });
    // A detached HEAD of another work tree is a ref like any other.
    expect(theOne(fromMain.sightings, own).provenance).toMatchObject({ inHead: false });
    expect(theOne(fromMain.sightings, own).provenance).not.toHaveProperty('unreachable');
    const objects = git(folder, 'cat-file', '--batch-all-objects', '--batch-check').split('\n').length;
    expect([fromLinked.counts.objects, fromMain.counts.objects]).toEqual([objects, objects]);
  });

  it('a submodule named as a target is read with its history', async () => {
    const inner = repository();
    const id = id24();
    commit(inner, { 'a.env': pair(id) });
    rmSync(path.join(inner, 'a.env'));
    commit(inner, { 'b.txt': 'b' }, 'remove it');
    const outer = repository();
    git(outer, 'submodule', '--quiet', 'add', inner, 'lib');
    commit(outer, {});
    const seen = await read([path.join(outer, 'lib')], historyOnly);
    expect(theOne(seen.sightings, id)).toMatchObject({ path: 'a.env', provenance: { inHead: false } });
    const top = await read([outer], historyOnly);
    expect(top.sightings).toEqual([]);
  });
});
