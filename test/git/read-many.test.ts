import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { linesOf, readMany } from '../../src/git/read-many.js';
import { commit, git, looseFile, overwriteLoose, repository } from '../support/repository.js';

const readAll = async (folder: string, oids: readonly string[], limit = 1 << 20): Promise<(string | null)[]> => {
  const read: (string | null)[] = [];
  const each = (index: number, bytes: Buffer | null): void => {
    expect(index).toBe(read.length);
    read.push(bytes === null ? null : bytes.toString('latin1'));
  };
  await readMany({ cwd: folder, top: folder }, linesOf(oids), limit, each, new AbortController().signal);
  return read;
};

describe('objects in bulk', () => {
  it('come in the order they were asked for: small, large, empty, above the limit and missing ones', async () => {
    const folder = repository();
    const texts = ['small', '', 'x'.repeat(300_000), 'y'.repeat(2_000_000), 'with\nlines\n', 'z'.repeat(70_000)];
    commit(folder, Object.fromEntries(texts.map((text, index) => [`f${index}`, text])));
    const oids = texts.map((_, index) => git(folder, 'rev-parse', `HEAD:f${index}`));
    const missing = '0123456789'.repeat(4);
    const asked = [...oids, missing, ...oids, missing];
    const expected = texts.map((text) => (text.length > 1_000_000 ? null : text));
    expect(await readAll(folder, asked, 1_000_000)).toEqual([...expected, null, ...expected, null]);
    expect(await readAll(folder, [])).toEqual([]);
  });

  it('a damaged one keeps no other from being read', async () => {
    const folder = repository();
    const names = Array.from({ length: 9 }, (_, index) => `f${index}`);
    commit(folder, Object.fromEntries(names.map((name) => [name, name])));
    const oids = names.map((name) => git(folder, 'rev-parse', `HEAD:${name}`));
    for (const oid of [oids[0], oids[4], oids[8]]) {
      overwriteLoose(folder, oid ?? '', readFileSync(looseFile(folder, oid ?? '')).subarray(0, 12));
    }
    const read = await readAll(folder, oids);
    expect(read).toEqual(names.map((name, index) => ([0, 4, 8].includes(index) ? null : name)));
  });

  const LIES: readonly (readonly [string, string])[] = [
    ['a line feed too many', 'blob 5\0four\n\n'],
    ['lines too many', 'blob 5\0four\n\n\nmore\n'],
    ['an object too many', `blob 5\0four\n\n${'1'.repeat(40)} blob 3\nabc\n`],
    ['endless bytes without a line too many', `blob 5\0four\n\n${'x'.repeat(3_000_000)}`],
    ['another byte where it should end', 'blob 3\0four\n'],
  ];
  it.each(LIES)('one that holds %s is not taken for another', async (_what, lie) => {
    const folder = repository();
    const names = Array.from({ length: 9 }, (_, index) => `f${index}`);
    commit(folder, Object.fromEntries(names.map((name) => [name, name])));
    const oids = names.map((name) => git(folder, 'rev-parse', `HEAD:${name}`));
    const lying = [0, 4, 5, 8];
    for (const index of lying) overwriteLoose(folder, oids[index] ?? '', deflateSync(lie));
    const read = await readAll(folder, oids);
    expect(read.filter((_, index) => !lying.includes(index))).toEqual(names.filter((_, i) => !lying.includes(i)));
  });
});

describe('git that does not come back from one of many', () => {
  afterEach(() => void vi.useRealTimers());

  it('is ended, and the others are read', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const folder = repository();
    commit(folder, { a: 'a', b: 'b', c: 'c' });
    const oids = ['a', 'b', 'c'].map((name) => git(folder, 'rev-parse', `HEAD:${name}`));
    const stuck = looseFile(folder, oids[0] ?? '');
    rmSync(stuck);
    // Opening a pipe that nobody writes to takes for ever.
    execFileSync('mkfifo', [stuck]);
    const read = readAll(folder, oids);
    await new Promise(setImmediate);
    vi.advanceTimersByTime(600_000);
    expect(await read).toEqual([null, 'b', 'c']);
  });
});
