import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, Batch } from '../../src/git/batch.js';
import { findHere } from '../../src/git/here.js';
import { withLooseObjects } from '../../src/git/loose.js';
import { commit, git, repository, write } from '../support/repository.js';

const before = process.cwd();
let folder: string;

beforeEach(() => {
  folder = repository();
  commit(folder, { 'a.txt': 'first\n' });
  process.chdir(folder);
});
afterEach(() => process.chdir(before));

/** A batch that notes what it is asked, and has nothing. */
const asked: string[] = [];
const nothing: Batch = {
  read: (name) => {
    asked.push(name);
    return Promise.resolve({ kind: 'missing' });
  },
  stream: () => Promise.resolve({ kind: 'missing' }),
  close: () => Promise.resolve(),
};
const reader = (): Batch => {
  asked.length = 0;
  return withLooseObjects(nothing, findHere());
};

const stage = (text: string | Buffer): string => {
  write(folder, { 'b.txt': text });
  git(folder, 'add', 'b.txt');
  return git(folder, 'rev-parse', ':b.txt').trim();
};
const fileOf = (oid: string): string => path.join(folder, '.git/objects', oid.slice(0, 2), oid.slice(2));
const textOf = (answer: Answer): string | null =>
  answer.kind === 'object' && answer.bytes !== null ? answer.bytes.toString() : null;

describe('a loose object', () => {
  it('is read without git, with what it is', async () => {
    const oid = stage('second\n');
    expect(await reader().read(oid, 100)).toEqual({
      kind: 'object',
      oid,
      type: 'blob',
      size: 7,
      bytes: Buffer.from('second\n'),
    });
    const head = git(folder, 'rev-parse', 'HEAD').trim();
    expect(await reader().read(head, 10_000)).toMatchObject({ kind: 'object', type: 'commit' });
    expect(asked).toEqual([]);
  });

  it('is told of without its bytes where it is larger than asked for', async () => {
    const oid = stage('second\n');
    expect(await reader().read(oid, 6)).toMatchObject({ kind: 'object', size: 7, bytes: null });
    expect(asked).toEqual([]);
  });

  it('is read in a linked work tree, and in a repository of SHA-256', async () => {
    git(folder, 'worktree', 'add', '-q', '../linked');
    process.chdir(path.join(folder, '../linked'));
    writeFileSync('c.txt', 'linked\n');
    git('.', 'add', 'c.txt');
    expect(textOf(await reader().read(git('.', 'rev-parse', ':c.txt').trim(), 100))).toBe('linked\n');
    execFileSync('git', ['init', '-q', '--object-format=sha256', 'wide']);
    process.chdir('wide');
    writeFileSync('d.txt', 'wide\n');
    git('.', 'add', 'd.txt');
    expect(textOf(await reader().read(git('.', 'rev-parse', ':d.txt').trim(), 100))).toBe('wide\n');
  });

  it.each<[string, (file: string) => void]>([
    ['is in a pack', () => git(folder, 'repack', '-adq')],
    ['is cut short', (file) => truncateSync(file, 12)],
    ['has more behind it', (file) => writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.from('x')]))],
    ['lies about its size', (file) => writeFileSync(file, deflateSync('blob 6\0second\n'))],
    ['is of no kind', (file) => writeFileSync(file, deflateSync('blub 7\0second\n'))],
    ['is no file of zlib', (file) => writeFileSync(file, 'second')],
    [
      'is far larger than its file',
      (file) => writeFileSync(file, deflateSync(`blob 9000000\0${'0'.repeat(9_000_000)}`)),
    ],
    ['has a folder in its place', (file) => mkdirSync(file)],
    ['has a pipe in its place', (file) => void execFileSync('mkfifo', [file])],
    ['leads nowhere', (file) => symlinkSync('/nonexistent/file', file)],
  ])('is left to git where it %s', async (what, spoil) => {
    const oid = stage('second\n');
    commit(folder, {});
    const file = fileOf(oid);
    chmodSync(file, 0o600);
    if (/ in its place| nowhere/.test(what)) rmSync(file);
    spoil(file);
    await reader().read(oid, 100);
    expect(asked).toEqual([oid]);
  });

  it('is left to git where the environment says that objects lie elsewhere, and after as many as git reads sooner', async () => {
    const oid = stage('second\n');
    process.env['GIT_OBJECT_DIRECTORY'] = path.join(folder, 'elsewhere');
    try {
      await reader().read(oid, 100);
      expect(asked).toEqual([oid]);
    } finally {
      delete process.env['GIT_OBJECT_DIRECTORY'];
    }
    const batch = reader();
    for (let round = 0; round < 70; round += 1) await batch.read(oid, 100);
    expect(asked).toEqual(Array.from({ length: 6 }, () => oid));
  });

  it('is never what a name leads to that is no object name', async () => {
    const names = ['HEAD', 'HEAD:a.txt', '../../HEAD', `${'0'.repeat(39)}/`, 'A'.repeat(40)];
    const batch = reader();
    for (const name of names) await batch.read(name, 100);
    expect(asked).toEqual(names);
  });
});
