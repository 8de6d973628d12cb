import { cpSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  allObjectNames,
  difference,
  eachName,
  holdsName,
  inOrder,
  intersection,
  looseObjectNames,
  namesOfHex,
  union,
} from '../../src/pack/all-names.js';
import { commit, git, repository, temporaryFolder } from '../support/repository.js';

const hash = { name: 'sha1', bytes: 20 } as const;
const oid = (number: number): string => number.toString(16).padStart(40, '0');
const names = (...numbers: readonly number[]): Buffer => namesOfHex(numbers.map(oid));
const numbers = (bytes: Buffer): readonly number[] =>
  [...eachName(bytes, hash)].map((name) => Number.parseInt(name, 16));

describe('all names of a database', () => {
  it('are those that git lists: of several packs, loose, borrowed, each once and sorted', () => {
    const folder = repository();
    for (const text of ['a', 'b', 'c']) {
      commit(folder, { [`${text}.txt`]: text });
      git(folder, 'repack', '--quiet', '-d');
    }
    commit(folder, { 'd.txt': 'd' });
    const base = temporaryFolder();
    git(base, 'clone', '--quiet', '--shared', folder, 'shared');
    const shared = path.join(base, 'shared');
    commit(shared, { 'e.txt': 'e', 'again.txt': 'a' });
    git(shared, 'hash-object', '-w', path.join(shared, 'a.txt'));
    for (const at of [folder, shared]) {
      const listed = git(at, 'cat-file', '--batch-all-objects', '--batch-check=%(objectname)').split('\n');
      expect([...eachName(allObjectNames(path.join(at, '.git/objects'), hash), hash)]).toEqual(listed);
    }
  });

  it('can be those of loose objects alone', () => {
    const folder = repository();
    commit(folder, { 'a.txt': 'a' });
    git(folder, 'repack', '--quiet', '-a', '-d');
    const head = commit(folder, { 'b.txt': 'b' });
    const loose = [head, git(folder, 'rev-parse', 'HEAD^{tree}'), git(folder, 'rev-parse', 'HEAD:b.txt')].sort();
    const found = looseObjectNames(path.join(folder, '.git/objects'), hash);
    expect([...eachName(found.names, hash)]).toEqual(loose);
    expect(found.storedTwice).toBe(false);
  });

  it('tell when a loose object is also in a pack, or loose elsewhere', () => {
    const folder = repository();
    commit(folder, { 'a.txt': 'a' });
    const base = temporaryFolder();
    git(base, 'clone', '--quiet', '--shared', folder, 'shared');
    const shared = path.join(base, 'shared');
    commit(shared, { 'b.txt': 'b' });
    const storedTwice = (at: string): boolean => looseObjectNames(path.join(at, '.git/objects'), hash).storedTwice;
    expect([folder, shared].map(storedTwice)).toEqual([false, false]);
    cpSync(path.join(folder, '.git/objects'), path.join(shared, '.git/objects'), { recursive: true });
    expect(storedTwice(shared)).toBe(true);
    git(folder, 'repack', '--quiet', '-a');
    expect(storedTwice(folder)).toBe(true);
  });

  it('of a SHA-256 repository are longer', () => {
    const folder = repository(temporaryFolder(), '--object-format=sha256');
    commit(folder, { 'a.txt': 'a' });
    const found = allObjectNames(path.join(folder, '.git/objects'), { name: 'sha256', bytes: 32 });
    expect(found.length).toBe(3 * 32);
  });
});

describe('sorted names', () => {
  it('are joined, compared and taken from one another', () => {
    const [a, b] = [names(1, 3, 5, 7), names(3, 4, 7, 9)];
    expect(numbers(union(a, b, hash))).toEqual([1, 3, 4, 5, 7, 9]);
    expect(numbers(difference(a, b, hash))).toEqual([1, 5]);
    expect(numbers(difference(b, a, hash))).toEqual([4, 9]);
    expect(numbers(intersection(a, b, hash))).toEqual([3, 7]);
    expect(numbers(difference(a, a, hash))).toEqual([]);
    expect(numbers(intersection(a, names(), hash))).toEqual([]);
    expect(numbers(union(names(), a, hash))).toEqual([1, 3, 5, 7]);
    expect([1, 2, 7, 8].filter((each) => holdsName(a, names(each), hash))).toEqual([1, 7]);
  });

  it('are made of names in any order', () => {
    const mixed = Buffer.concat([7, 1, 5, 1, 3, 7].map((each) => names(each)));
    expect(numbers(inOrder(mixed, hash))).toEqual([1, 3, 5, 7]);
    expect(inOrder(names(), hash)).toHaveLength(0);
  });
});
