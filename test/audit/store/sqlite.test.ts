// A store in a file: one at a time, killed at any moment, of today's form.

import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { createKeys, randomFrom } from '../../support/keys.js';
import { inHistory } from '../../support/sightings.js';
import { begun, collect, inFile, oidsOf, question, REQUEST, read, repository, temporary } from './made.js';
import { buildProgram, startProgram } from './program.js';

const keys = createKeys(77);
let program: string;

beforeAll(async () => {
  program = await buildProgram();
});

const FINDINGS = 3;

/** As another program would see it that holds it alone. */
const plainly = (file: string): InstanceType<typeof sqlite.Database> => {
  const plain = new sqlite.Database(file);
  plain.exec('PRAGMA locking_mode = EXCLUSIVE');
  return plain;
};

/** As they cross into another process. */
const outcomesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const one = repository(`r${index}`);
    const seen = Array.from({ length: FINDINGS }, () => inHistory(keys.id24(), keys.secret30(), index));
    const oids = oidsOf(...Array.from({ length: 100 }, (_, object) => `${index}/${object}`));
    const verified = oids.join('');
    const family = { id: null, hash: 'sha1', sample: oids.slice(0, 64), verified, own: '', hits: [] };
    return { ...read({ id: '' } as never, one, seen), family };
  });

describe('a store that is killed', () => {
  it('has every outcome that it said was saved, each of them whole, and goes on at once', async () => {
    const outcomes = outcomesOf(150);
    const random = randomFrom(12);
    const file = path.join(temporary(), 'audit.db');
    const saved = new Set<string>();
    for (let round = 0; round < 6; round += 1) {
      const running = startProgram(program, [{ kind: 'file', file }, outcomes, REQUEST]);
      await running.lines(2 + Math.floor(random() * 20));
      await new Promise((resolve) => setTimeout(resolve, random() * 4));
      running.child.kill('SIGKILL');
      await running.end;
      expect(running.said.filter((line) => line.startsWith('refused'))).toEqual([]);
      for (const line of running.said) if (line.startsWith('saved ')) saved.add(line.slice(6));
      expect(existsSync(`${file}.in-use`)).toBe(true);

      const store = await inFile(file);
      const run = await store.unfinished(null);
      if (run === null) throw new Error('the run is gone');
      const known = (await collect(store.repositories(run))).filter(({ state }) => state === 'scanned');
      const ids = new Set(known.map((one) => one.repository.id));
      expect([...saved].filter((id) => !ids.has(id))).toEqual([]);
      // At most the one in hand was saved without being told.
      expect(ids.size - saved.size).toBeLessThanOrEqual(1);
      for (const id of ids) saved.add(id);
      const { findings } = await store.findings(run);
      expect(findings).toHaveLength(ids.size * FINDINGS);
      for (const { repository: one, family: learnt } of outcomes) {
        const family = await store.family(question(one, learnt.sample));
        expect(family === null).toBe(!ids.has(one.id));
        if (family !== null) expect(family.names).toHaveLength(100 * 20);
      }
      await store.close();
      const plain = plainly(file);
      expect(plain.all('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      plain.close();
    }
    expect(saved.size).toBeGreaterThan(15);
  }, 90_000);
});

describe('two at a time', () => {
  it('are one too many, and the second is told who the first is', async () => {
    const file = path.join(temporary(), 'audit.db');
    const first = await inFile(file);
    await expect(inFile(file)).rejects.toThrow(`Another run works on the store ${file} (process ${process.pid})`);
    const other = startProgram(program, [{ kind: 'file', file }, [], REQUEST]);
    await other.end;
    expect(other.said).toEqual([expect.stringContaining(`process ${process.pid}`)]);
    await first.close();
    const second = await inFile(file);
    await second.close();
    expect(readdirSync(path.dirname(file)).sort()).toEqual(['audit.db', 'audit.db.key']);
  });
});

describe('a file', () => {
  it('is readable by nobody else, nor is what lies beside it', async () => {
    const file = path.join(temporary(), 'audit.db');
    const store = await inFile(file);
    await begun(store, [repository('one')]);
    for (const name of ['audit.db', 'audit.db-wal', 'audit.db.key']) {
      expect(statSync(path.join(path.dirname(file), name)).mode & 0o077, name).toBe(0);
    }
    await store.close();
    chmodSync(`${file}.key`, 0o644);
    await (await inFile(file)).close();
    expect(statSync(`${file}.key`).mode & 0o077).toBe(0);
  });

  it('of another program, or no database at all, stays as it is', async () => {
    const folder = temporary();
    const text = path.join(folder, 'notes.txt');
    writeFileSync(text, 'not a database '.repeat(100));
    await expect(inFile(text)).rejects.toThrow(/Cannot open the store .*notes\.txt: .*not a database/);
    expect(readFileSync(text, 'utf8')).toBe('not a database '.repeat(100));
    const file = path.join(folder, 'theirs.db');
    const theirs = new sqlite.Database(file);
    theirs.exec('CREATE TABLE theirs (a)');
    theirs.close();
    await expect(inFile(file)).rejects.toThrow('it is of another program');
    const again = new sqlite.Database(file);
    expect(again.all('SELECT name FROM sqlite_master')).toEqual([{ name: 'theirs' }]);
    again.close();
    await expect(inFile(folder)).rejects.toThrow(`Cannot write the store ${folder}`);
  });

  it('that a newer akscan made is refused', async () => {
    const file = path.join(temporary(), 'audit.db');
    await (await inFile(file)).close();
    const plain = plainly(file);
    plain.exec("UPDATE meta SET value = '99' WHERE name = 'version'");
    plain.close();
    await expect(inFile(file)).rejects.toThrow('A newer akscan made this store (its form is 99');
  });

  it('whose key is another, or is not there, is refused', async () => {
    const file = path.join(temporary(), 'audit.db');
    await (await inFile(file)).close();
    const key = readFileSync(`${file}.key`, 'utf8');
    writeFileSync(`${file}.key`, `${'0'.repeat(64)}\n`);
    await expect(inFile(file)).rejects.toThrow('The store was made with another key.');
    writeFileSync(`${file}.key`, 'nonsense');
    await expect(inFile(file)).rejects.toThrow('holds no key');
    writeFileSync(`${file}.key`, key);
    await expect(inFile(file, { env: { AKSCAN_STORE_KEY: 'x'.repeat(40) } })).rejects.toThrow('another key');
    await (await inFile(file)).close();
    const moved = path.join(temporary(), 'audit.db');
    mkdirSync(path.dirname(moved), { recursive: true });
    writeFileSync(moved, readFileSync(file));
    await expect(inFile(moved)).rejects.toThrow(`${moved}.key is not there`);
  });
});
