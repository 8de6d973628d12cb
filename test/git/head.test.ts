import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commitOfHead } from '../../src/git/head.js';
import { findHere } from '../../src/git/here.js';
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
    const oid = commitOfHead(here);
    return oid !== null && (isLooseCommit(here, oid) || isPackedCommit(objectsFolder(here) ?? '', oid));
  };

  it('is a commit without a doubt where its branch names one, loose or packed', () => {
    expect(isCommit()).toBe(true);
    git(folder, 'pack-refs', '--all');
    expect(isCommit()).toBe(true);
    git(folder, 'repack', '-adq');
    expect(isCommit()).toBe(true);
    git(folder, 'checkout', '-q', '--detach');
    expect(isCommit()).toBe(true);
    git(folder, 'worktree', 'add', '-q', '../other');
    process.chdir(path.join(folder, '../other'));
    expect(isCommit()).toBe(true);
  });

  it('is one also in a repository of SHA-256, and beside branches that begin as its own', () => {
    execFileSync('git', ['init', '-q', '--object-format=sha256', 'wide']);
    const wide = path.join(folder, 'wide');
    commit(wide, { 'a.txt': 'a\n' });
    git(wide, 'branch', '-q', '-M', 'main');
    git(wide, 'branch', 'main2', 'HEAD');
    git(wide, 'branch', 'mai', 'HEAD');
    git(wide, 'gc', '-q');
    process.chdir(wide);
    expect(isCommit()).toBe(true);
    const far = path.join(folder, 'far');
    git(folder, 'clone', '-q', '--no-local', '.', far);
    const packs = path.join(far, '.git/objects/pack');
    const pack = readdirSync(packs).find((name) => name.endsWith('.pack')) ?? '';
    // All offsets beyond 1 byte stand in the table for large packs.
    git(far, 'index-pack', '--index-version=2,0x1', '-o', path.join(folder, 'far.idx'), path.join(packs, pack));
    rmSync(path.join(packs, pack.replace(/pack$/, 'idx')), { force: true });
    copyFileSync(path.join(folder, 'far.idx'), path.join(packs, pack.replace(/pack$/, 'idx')));
    process.chdir(far);
    expect(isCommit()).toBe(false);
  });

  it.each<[string, () => void]>([
    ['there is no commit yet', () => git(folder, 'checkout', '-q', '--orphan', 'new')],
    ['its pack is gone', () => rmSync(packed('pack'))],
    ['its pack is empty', () => truncated('pack', 0)],
    ['its pack has lost its end', () => truncated('pack', -20)],
    ['its pack is of another kind', () => changed('pack', 0)],
    ['its pack is of another version', () => changed('pack', 7)],
    ['its pack says that it holds more', () => changed('pack', 10)],
    ['its pack ends with another sum', () => changed('pack', -1)],
    ['the index is of another pack', () => changed('idx', -21)],
    ['there are many packs', () => manyPacks()],
    ['its branch is empty, and packed', () => emptyBranch((file) => writeFileSync(file, ''))],
    ['its branch leads nowhere, and is packed', () => emptyBranch((file) => symlinkSync('/nonexistent/ref', file))],
    ['the list of packed branches is long', () => listed('refs/heads/main', `${'# more\n'.repeat(200_000)}`)],
    ['the index of its pack is gone', () => rmSync(packed('idx'))],
    ['the index of its pack is cut short', () => truncated('idx', 1_040)],
    ['it names a blob of a pack', () => pointed(git(folder, 'rev-parse', 'HEAD:a.txt').trim())],
    ['it names what is in no pack', () => pointed('1'.repeat(40))],
    ['its branch is in no list of packed ones', () => listed('refs/heads/other')],
    ['the list of packed branches has one that begins so', () => listed('refs/heads/main2')],
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
  const damaged = (what: 'pack' | 'idx', change: (bytes: Buffer) => Buffer): void => {
    const file = packed(what);
    chmodSync(file, 0o600);
    writeFileSync(file, change(readFileSync(file)));
  };
  const truncated = (what: 'pack' | 'idx', to: number): void => damaged(what, (bytes) => bytes.subarray(0, to));
  const changed = (what: 'pack' | 'idx', at: number): void =>
    damaged(what, (bytes) => {
      const place = (bytes.length + at) % bytes.length;
      bytes[place] = (bytes[place] ?? 0) ^ 8;
      return bytes;
    });
  const manyPacks = (): void => {
    const file = packed('idx');
    for (let copy = 0; copy < 17; copy += 1) copyFileSync(file, file.replace(/\.idx$/, `${copy}.idx`));
  };
  const emptyBranch = (make: (file: string) => void): void => {
    git(folder, 'pack-refs', '--all');
    make(path.join('.git', git(folder, 'symbolic-ref', 'HEAD').trim()));
  };
  const pointed = (oid: string): void => {
    packed('pack');
    writeFileSync(path.join('.git', git(folder, 'symbolic-ref', 'HEAD').trim()), `${oid}\n`);
  };
  const listed = (ref: string, more = ''): void => {
    const oid = git(folder, 'rev-parse', 'HEAD').trim();
    git(folder, 'branch', '-q', '-M', 'main');
    git(folder, 'pack-refs', '--all');
    writeFileSync('.git/packed-refs', `# pack-refs with: peeled fully-peeled sorted \n${oid} ${ref}\n${more}`);
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
