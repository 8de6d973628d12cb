import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { hashFormat } from '../../../src/git/hash.js';
import { eachReference } from '../../../src/sources/history/references.js';
import { commit, git, repository } from '../../support/repository.js';

const namesIn = (
  folder: string,
  type: 'commit' | 'tag' | 'tree' | 'blob',
  name: string,
  hash: string,
): readonly string[] => {
  const bytes = execFileSync('git', ['cat-file', type, name], { cwd: folder });
  const names: string[] = [];
  eachReference({ type }, bytes, hashFormat(hash), (each) => names.push(Buffer.from(each).toString('hex')));
  return names;
};

describe('what an object names', () => {
  it.each(['sha1', 'sha256'])('is read of commits, tags and trees, but no submodule (%s)', (hash) => {
    const folder = repository(undefined, `--object-format=${hash}`);
    const first = commit(folder, { 'a.txt': 'a', 'b/c.txt': 'c' });
    git(folder, 'update-index', '--add', '--cacheinfo', `160000,${first},module`);
    const second = commit(folder, {}, `a message\n\ntree ${'0'.repeat(first.length)}\n`);
    git(folder, 'tag', '--annotate', 'v1', '--message', 'one');
    const of = (name: string): string => git(folder, 'rev-parse', name);
    expect(namesIn(folder, 'commit', second, hash)).toEqual([of('HEAD^{tree}'), first]);
    expect(namesIn(folder, 'tag', 'v1', hash)).toEqual([second]);
    expect(namesIn(folder, 'tree', 'HEAD^{tree}', hash)).toEqual([of('HEAD:a.txt'), of('HEAD:b')]);
    expect(namesIn(folder, 'blob', 'HEAD:a.txt', hash)).toEqual([]);
  });

  it('ends where a tree is cut off', () => {
    const names: Uint8Array[] = [];
    const cut = Buffer.concat([Buffer.from('100644 a\0'), Buffer.alloc(19)]);
    eachReference({ type: 'tree' }, cut, hashFormat('sha1'), (each) => names.push(each));
    expect(names).toEqual([]);
  });
});
