// What git says of a narrowed history is what the graph of all trees says of the whole.

import { describe, expect, it } from 'vitest';
import { readSince } from '../../../src/since-scan.js';
import type { Sighting } from '../../../src/sources/types.js';
import { id24, secret30 } from '../../support/keys.js';
import { stateFile } from '../../support/nightly.js';
import { commit, git, repository, write } from '../../support/repository.js';
import { defaults, read, recorder } from '../recording.js';

const pair = (id: string): string => `accessKeyId=${id}\naccessKeySecret=${secret30()}\n`;

/** An annotated tag that names a blob by itself. */
const tagBlob = (folder: string, name: string, content: string): void => {
  write(folder, { 'tagged.env': content });
  const blob = git(folder, 'hash-object', '-w', 'tagged.env');
  git(folder, 'tag', '--annotate', '--message', `tag ${name}`, name, blob);
  git(folder, 'clean', '--quiet', '--force', 'tagged.env');
};

const told = (sightings: readonly Sighting[]): readonly unknown[] =>
  sightings
    .map(({ detection, source, path, provenance }) => ({ id: detection.accessKeyId ?? '', source, path, provenance }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));

describe('what a tag names by itself', () => {
  it("is nobody's commit, or that of the commit which holds it, too", async () => {
    const folder = repository();
    const [alone, later, gone, inTree, message] = [id24(), id24(), id24(), id24(), id24()];
    const [laterText, goneText] = [pair(later), pair(gone)];
    tagBlob(folder, 'alone', pair(alone));
    tagBlob(folder, 'later', laterText);
    tagBlob(folder, 'gone', goneText);
    commit(folder, { 'first.env': pair(id24()) });
    const tree = commit(folder, { 'a/b/tree.env': pair(inTree) });
    git(folder, 'tag', 'tree', `${tree}:a`);
    git(folder, 'tag', '--annotate', '--message', pair(message), 'message');
    const brought = commit(folder, { 'c/later.env': laterText, 'gone.env': goneText });
    const last = commit(folder, { 'more.env': pair(id24()) });
    git(folder, 'rm', '--quiet', 'gone.env');
    commit(folder, { 'last.txt': 'last' });

    const whole = await read([folder], { ...defaults, worktree: false });
    const since = await read([folder], { ...defaults, worktree: false, since: '2001-01-01' });
    expect(told(since.sightings)).toEqual(told(whole.sightings));
    const of = (id: string): unknown => told(since.sightings).find((one) => (one as { id: string }).id === id);
    expect(of(alone)).toMatchObject({ path: null, provenance: { inHead: false } });
    expect(of(alone)).not.toHaveProperty('provenance.commit');
    expect(of(alone)).not.toHaveProperty('provenance.lastCommit');
    expect(of(later)).toMatchObject({ path: 'c/later.env', provenance: { commit: brought, inHead: true } });
    expect(of(gone)).toMatchObject({ path: 'gone.env', provenance: { commit: brought, lastCommit: last } });
    expect(of(inTree)).toMatchObject({ path: 'a/b/tree.env', provenance: { commit: tree } });
  });

  it('is so for a scan since the last one', async () => {
    const folder = repository();
    commit(folder, { 'first.env': pair(id24()) });
    const state = stateFile();
    const scan = async (): Promise<readonly Sighting[]> => {
      const { sink, recording } = recorder();
      await readSince(state)([folder], { ...defaults, worktree: false }, sink);
      return recording.sightings;
    };
    await scan();
    const [alone, later] = [id24(), id24()];
    const text = pair(later);
    tagBlob(folder, 'alone', pair(alone));
    tagBlob(folder, 'later', text);
    commit(folder, { 'second.txt': 'second' });
    commit(folder, { 'later.env': text });
    const night = told(await scan());
    const whole = told((await read([folder], { ...defaults, worktree: false })).sightings);
    expect(night).toEqual(whole);
    expect(night.filter((one) => JSON.stringify(one).includes('"commit"')).length).toBe(2);
  });
});
