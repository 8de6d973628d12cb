import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { linesOf, readMany } from '../../src/git/read-many.js';
import { commit, git, repository } from '../support/repository.js';

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
      const file = path.join(folder, '.git/objects', oid?.slice(0, 2) ?? '', oid?.slice(2) ?? '');
      chmodSync(file, 0o644);
      writeFileSync(file, readFileSync(file).subarray(0, 12));
    }
    const read = await readAll(folder, oids);
    expect(read).toEqual(names.map((name, index) => ([0, 4, 8].includes(index) ? null : name)));
  });
});
