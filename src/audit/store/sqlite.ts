// SQLite, compiled to WebAssembly: one file, nothing to install. A transaction is on the disk when it has ended (write-ahead log,
// synchronised each time), so that a killed process, or a machine without power, loses only what it was about to say.
//
// The library's own lock is a folder that a killed process leaves behind, and that nobody could tell from a living one's. Ours is
// a file that says whose it is; whoever holds it clears that folder away.

import { chmodSync, closeSync, existsSync, openSync, realpathSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import type { Database as Sqlite, Statement } from 'node-sqlite3-wasm';
import { takeLock } from '../../contain/lock.js';
import { AkscanError, reasonOf } from '../../errors.js';
import { createTurns, type Database, type Row, type Statements, type Value } from './database.js';

/** Statements kept ready. */
const PREPARED = 200;
/** `aksc` in ASCII: whose file this is. */
const APPLICATION = 0x616b7363;
/** Kilobytes of pages in memory. */
const CACHE = 16_000;

/**
 * @param file null: in memory
 * @throws AkscanError when another akscan uses it, or it is no database
 */
export const openSqlite = async (file: string | null): Promise<Database> => {
  const { Database: Engine } = (await import('node-sqlite3-wasm')).default;
  if (file === null) return databaseOf(new Engine(':memory:'), () => {});
  const real = prepare(file);
  const lock = takeLock(`${real}.in-use`, `the store ${file}`);
  try {
    clearLock(real);
    const sqlite = openFile(new Engine(real), file);
    for (const one of [real, `${real}-wal`]) if (existsSync(one)) chmodSync(one, 0o600);
    return databaseOf(sqlite, () => lock.release());
  } catch (error) {
    lock.release();
    throw error;
  }
};

/** The file by its one name, made when it is not there: readable by nobody else from its first byte on. */
const prepare = (file: string): string => {
  const folder = path.dirname(file);
  if (!existsSync(folder)) throw new AkscanError(`Cannot write the store ${file}: there is no folder ${folder}.`);
  try {
    closeSync(openSync(file, 'a', 0o600));
    return realpathSync(file);
  } catch (error) {
    throw new AkscanError(`Cannot write the store ${file}: ${reasonOf(error)}.`);
  }
};

const clearLock = (file: string): void => {
  try {
    rmdirSync(`${file}.lock`);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
      throw new AkscanError(`Cannot clear the lock ${file}.lock: ${reasonOf(error)}.`, 'Remove it.');
    }
  }
};

const openFile = (sqlite: Sqlite, file: string): Sqlite => {
  try {
    // First of all: a log without shared memory is for one process, which holds the file.
    sqlite.exec('PRAGMA locking_mode = EXCLUSIVE');
    const [{ application_id: owner } = { application_id: 0 }] = sqlite.all('PRAGMA application_id');
    const [tables] = sqlite.all('SELECT count(*) AS count FROM sqlite_master');
    if (owner !== APPLICATION && !(owner === 0 && tables?.['count'] === 0)) throw new Error('it is of another program');
    for (const pragma of [
      'journal_mode = WAL',
      'synchronous = FULL',
      'trusted_schema = OFF',
      `cache_size = -${CACHE}`,
      'journal_size_limit = 67108864',
      `application_id = ${APPLICATION}`,
    ]) {
      sqlite.exec(`PRAGMA ${pragma}`);
    }
    return sqlite;
  } catch (error) {
    sqlite.close();
    throw new AkscanError(`Cannot open the store ${file}: ${reasonOf(error)}.`, 'Is it a store of akscan?');
  }
};

const databaseOf = (sqlite: Sqlite, closed: () => void): Database => {
  const prepared = new Map<string, Statement>();
  const statementOf = (sql: string): Statement => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    if (prepared.size >= PREPARED) finalise();
    const made = sqlite.prepare(sql);
    prepared.set(sql, made);
    return made;
  };
  const finalise = (): void => {
    for (const statement of prepared.values()) statement.finalize();
    prepared.clear();
  };
  const all = (sql: string, parameters: readonly Value[]): readonly Row[] =>
    statementOf(sql).all([...parameters]) as unknown as readonly Row[];
  const direct: Statements = {
    run: async (sql, ...parameters) => statementOf(sql).run([...parameters]).changes,
    all: async (sql, ...parameters) => all(sql, parameters),
    get: async (sql, ...parameters) => all(sql, parameters)[0] ?? null,
  };
  const inTurn = createTurns();
  const alone = <Result>(work: () => Promise<Result>): Promise<Result> =>
    inTurn(() =>
      work().catch((error: unknown) => {
        throw inWords(error);
      }),
    );
  return {
    engine: 'sqlite',
    run: (...call) => alone(() => direct.run(...call)),
    all: (...call) => alone(() => direct.all(...call)),
    get: (...call) => alone(() => direct.get(...call)),
    transaction: (body) =>
      inTurn(async () => {
        sqlite.exec('BEGIN IMMEDIATE');
        try {
          const result = await body(direct);
          sqlite.exec('COMMIT');
          return result;
        } catch (error) {
          if (sqlite.inTransaction) sqlite.exec('ROLLBACK');
          throw inWords(error);
        }
      }),
    close: () =>
      inTurn(async () => {
        if (!sqlite.isOpen) return;
        finalise();
        sqlite.close();
        closed();
      }),
  };
};

const inWords = (error: unknown): unknown =>
  error instanceof Error && error.name === 'SQLite3Error'
    ? new AkscanError(`The store cannot be read or written: ${reasonOf(error)}.`, 'Is there room on its disk?')
    : error;
