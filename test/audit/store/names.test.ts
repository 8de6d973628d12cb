// Lists of names too long for one row, and what a limit keeps of them.

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { addNames, dropNames, holdsName, MOST_NAMES, readNames } from '../../../src/audit/store/names.js';
import { migrate } from '../../../src/audit/store/schema.js';
import { openSqlite } from '../../../src/audit/store/sqlite.js';
import { hashFormat } from '../../../src/git/hash.js';
import { namesOfHex } from '../../../src/pack/all-names.js';

const SHA1 = hashFormat('sha1');

/** Sorted, whatever they hash to: the number stands in front. */
const sorted = (from: number, to: number, step = 1): Buffer => {
  const names = Buffer.alloc(Math.ceil((to - from) / step) * 20);
  for (let at = from, row = 0; at < to; at += step, row += 1) names.writeUInt32BE(at, row * 20);
  return names;
};

const opened = async () => {
  const database = await openSqlite(null);
  await migrate(database);
  return database;
};

describe('names', () => {
  it('come back as they were, over many rows and parts, in one order', async () => {
    const database = await opened();
    const all = 200_000;
    await addNames(database, 'x', { names: sorted(0, all, 2), hits: [] }, SHA1);
    const hits = [{ oid: sorted(3, 4).toString('hex'), type: 'blob', size: 1 } as const];
    await addNames(database, 'x', { names: sorted(1, all, 2), hits }, SHA1);
    await addNames(database, 'y', { names: sorted(5, 6), hits: [] }, SHA1);
    const known = await readNames(database, 'x', SHA1);
    expect(known.names.equals(sorted(0, all))).toBe(true);
    expect(known.hits).toEqual(hits);
    await dropNames(database, 'x');
    expect((await readNames(database, 'x', SHA1)).names).toHaveLength(0);
    expect((await readNames(database, 'y', SHA1)).names).toHaveLength(20);
    await database.close();
  });

  it('are joined when their parts are many, and a large one is left alone', async () => {
    const database = await opened();
    await addNames(database, 'x', { names: sorted(0, 5000), hits: [] }, SHA1);
    for (let at = 5000; at < 5300; at += 3)
      await addNames(database, 'x', { names: sorted(at, at + 3), hits: [] }, SHA1);
    const parts = await database.all('SELECT part, length(names) AS bytes FROM names ORDER BY part');
    expect(parts.length).toBeLessThan(24);
    expect(parts[0]).toEqual({ part: 0, bytes: 100_000 });
    expect((await readNames(database, 'x', SHA1)).names.equals(sorted(0, 5300))).toBe(true);
    await database.close();
  });

  it('above the limit are not kept, with nothing of what they hold', async () => {
    const database = await opened();
    const most = MOST_NAMES / 20;
    await addNames(database, 'x', { names: sorted(0, 10), hits: [] }, SHA1);
    const hits = [{ oid: sorted(100, 101).toString('hex'), type: 'blob', size: 1 } as const];
    await addNames(database, 'x', { names: sorted(100, most + 100), hits }, SHA1);
    expect(await readNames(database, 'x', SHA1)).toEqual({ names: sorted(0, 10), hits: [] });
    await database.close();
  });

  it('are found in their list, and others are not', () => {
    for (const { name, bytes } of [SHA1, hashFormat('sha256')]) {
      const oids = Array.from({ length: 99 }, (_, index) => createHash(name).update(`${index}`).digest('hex'));
      const names = namesOfHex(oids);
      const format = hashFormat(name);
      expect(names).toHaveLength(99 * bytes);
      expect(oids.every((oid) => holdsName(names, oid, format))).toBe(true);
      expect(holdsName(names, createHash(name).update('other').digest('hex'), format)).toBe(false);
      expect(holdsName(names, 'nonsense', format)).toBe(false);
    }
  });
});
