import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findHere, headOf } from '../../src/git/here.js';
import { isLooseCommit, objectsFolder } from '../../src/git/loose.js';
import { isPackedCommit } from '../../src/pack/packed-commit.js';
import { commit, git, repository } from '../support/repository.js';

const before = process.cwd();
let folder: string;

beforeEach(() => {
  folder = repository();
  commit(folder, { 'a.txt': 'first\n' });
  process.chdir(folder);
});
afterEach(() => process.chdir(before));

const fileOf = (oid: string): string => path.join(folder, '.git/objects', oid.slice(0, 2), oid.slice(2));

describe('HEAD', () => {
  const isCommit = (): boolean => {
    const here = findHere();
    const oid = headOf(here);
    return oid !== null && (isLooseCommit(here, oid) || isPackedCommit(objectsFolder(here) ?? '', oid));
  };

  it('is a commit without a doubt where its branch names one, loose or packed', () => {
    expect(isCommit()).toBe(true);
    git(folder, 'pack-refs', '--all');
    expect(isCommit()).toBe(true);
    git(folder, 'repack', '-adq');
    expect(isCommit()).toBe(true);
    git(folder, 'worktree', 'add', '-q', '../other');
    process.chdir(path.join(folder, '../other'));
    expect(isCommit()).toBe(true);
  });

  it.each<[string, () => void]>([
    ['there is no commit yet', () => git(folder, 'checkout', '-q', '--orphan', 'new')],
    ['it is detached', () => git(folder, 'checkout', '-q', '--detach')],
    ['its pack is gone', () => rmSync(packed('pack'))],
    ['its pack is empty', () => truncated('pack')],
    ['the index of its pack is gone', () => rmSync(packed('idx'))],
    ['the index of its pack is cut short', () => truncated('idx')],
    ['it names a blob of a pack', () => pointed(git(folder, 'rev-parse', 'HEAD:a.txt').trim())],
    ['it names what is in no pack', () => pointed('1'.repeat(40))],
    ['its branch is in no list of packed ones', () => listed('refs/heads/other')],
    ['the list of packed branches is cut short', () => listed('refs/heads/mai')],
    ['its commit is gone', () => rmSync(fileOf(git(folder, 'rev-parse', 'HEAD').trim()))],
    ['its commit is empty', () => writeFileSync(emptied(), '')],
    ['its commit is damaged', () => writeFileSync(emptied(), 'damaged')],
    ['its commit is none', () => writeFileSync(emptied(), deflateSync('blob 7\0second\n'))],
    ['its branch has a name that git refuses', () => named('refs/heads/.hidden')],
    ['its branch is a lock', () => named('refs/heads/main.lock')],
    ['it has two slashes in a row', () => writeFileSync('.git/HEAD', 'ref: refs/heads//main\n')],
    ['its branch is a pipe', () => piped(git(folder, 'symbolic-ref', 'HEAD').trim())],
    ['it is a pipe itself', () => piped('HEAD')],
  ])('is left to git where %s', (_, change) => {
    change();
    expect(isCommit()).toBe(false);
  });

  const packed = (what: 'pack' | 'idx'): string => {
    git(folder, 'repack', '-adq');
    const packs = path.join(folder, '.git/objects/pack');
    return path.join(packs, readdirSync(packs).find((name) => name.endsWith(what)) ?? '');
  };
  const truncated = (what: 'pack' | 'idx'): void => {
    const file = packed(what);
    chmodSync(file, 0o600);
    truncateSync(file, what === 'pack' ? 0 : 1_040);
  };
  const pointed = (oid: string): void => {
    packed('pack');
    writeFileSync(path.join('.git', git(folder, 'symbolic-ref', 'HEAD').trim()), `${oid}\n`);
  };
  const listed = (ref: string): void => {
    const oid = git(folder, 'rev-parse', 'HEAD').trim();
    git(folder, 'pack-refs', '--all');
    writeFileSync('.git/packed-refs', `# pack-refs with: peeled fully-peeled sorted \n${oid} ${ref}`);
  };

  const named = (ref: string): void => {
    writeFileSync(path.join('.git', ref), git(folder, 'rev-parse', 'HEAD'));
    writeFileSync('.git/HEAD', `ref: ${ref}\n`);
  };

  const piped = (file: string): void => {
    rmSync(path.join('.git', file), { force: true });
    execFileSync('mkfifo', [path.join('.git', file)]);
  };

  const emptied = (): string => {
    const file = fileOf(git(folder, 'rev-parse', 'HEAD').trim());
    chmodSync(file, 0o600);
    return file;
  };
});
