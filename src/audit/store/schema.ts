// The tables of a store, and how an older one becomes today's. A step, once shipped, is never changed: another one is added.
//
// Text that somebody else wrote (paths, authors, names) is kept as JSON, which both engines take whatever is in it. Keys are
// hashes or numbers of ours. `C` is the order of bytes, in which SQLite compares anyway.

import { AkscanError } from '../../errors.js';
import type { Database, Statements } from './database.js';

const STEPS: readonly (readonly string[])[] = [
  [
    // One for each repository ever seen; `repository` as it was listed last, `scan` how it was when its history was read last.
    `CREATE TABLE repositories (
      id TEXT PRIMARY KEY, repository TEXT NOT NULL, family INTEGER,
      look TEXT, detection TEXT, settings TEXT, refs TEXT, scan TEXT, read_at TEXT)`,
    'CREATE INDEX repositories_by_family ON repositories (family)',
    `CREATE TABLE families (
      id INTEGER PRIMARY KEY, hash TEXT NOT NULL, detection TEXT NOT NULL, unverified INTEGER NOT NULL)`,
    // Sorted names of objects, of a family or of what one repository alone vouches for, with those of them that hold something.
    // Each scan adds a part; a part is in chunks, since a whole one may be large.
    `CREATE TABLE names (
      owner TEXT NOT NULL, part INTEGER NOT NULL, chunk INTEGER NOT NULL, names BLOB NOT NULL, hits TEXT,
      PRIMARY KEY (owner, part, chunk))`,
    // `name`: the last 48 bits of a name of its sample.
    `CREATE TABLE family_samples (
      name INTEGER NOT NULL, family INTEGER NOT NULL, PRIMARY KEY (name, family)) WITHOUT ROWID`,
    'CREATE INDEX family_samples_by_family ON family_samples (family)',
    // What a credential is beyond its places; `identity` is one for all credentials of an ID.
    'CREATE TABLE credentials (id TEXT PRIMARY KEY, identity TEXT NOT NULL, sealed BLOB NOT NULL)',
    'CREATE INDEX credentials_by_identity ON credentials (identity, id)',
    // `has_secret`: hand.ts says what its numbers mean.
    `CREATE TABLE findings (
      credential TEXT NOT NULL, repository TEXT NOT NULL, data TEXT NOT NULL, places INTEGER NOT NULL,
      has_secret INTEGER NOT NULL, secret BLOB, PRIMARY KEY (credential, repository))`,
    'CREATE INDEX findings_by_repository ON findings (repository)',
    `CREATE TABLE runs (
      id TEXT PRIMARY KEY, number INTEGER NOT NULL, scope TEXT NOT NULL, request TEXT NOT NULL,
      started_at TEXT NOT NULL, listed INTEGER NOT NULL, finished_at TEXT)`,
    'CREATE INDEX runs_by_scope ON runs (scope, number)',
    // `place` orders what is to be done: large ones first.
    `CREATE TABLE run_repositories (
      run TEXT NOT NULL, repository TEXT NOT NULL, place INTEGER NOT NULL, state TEXT, reason TEXT,
      attempts INTEGER NOT NULL, findings INTEGER NOT NULL, PRIMARY KEY (run, repository)) WITHOUT ROWID`,
    'CREATE INDEX run_repositories_pending ON run_repositories (run, place, repository) WHERE state IS NULL',
    'CREATE TABLE run_unlisted (run TEXT NOT NULL, id TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (run, id))',
    'CREATE TABLE verdicts (run TEXT NOT NULL, credential TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (run, credential))',
    // What a finished run knew, for the next one to be compared with.
    `CREATE TABLE run_credentials (
      run TEXT NOT NULL, credential TEXT NOT NULL, identity TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (run, credential))`,
    `CREATE TABLE run_places (
      run TEXT NOT NULL, credential TEXT NOT NULL, repository TEXT NOT NULL, paths TEXT NOT NULL,
      PRIMARY KEY (run, credential, repository)) WITHOUT ROWID`,
  ],
];

/** @throws AkscanError when a newer akscan made it */
export const migrate = async (database: Database): Promise<void> =>
  database.transaction(async (statements) => {
    await statements.run('CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)');
    const row = await statements.get("SELECT value FROM meta WHERE name = 'version'");
    const version = row === null ? 0 : Number(row['value']);
    if (!(version <= STEPS.length)) {
      throw new AkscanError(
        `A newer akscan made this store (its form is ${version}, this akscan knows ${STEPS.length}).`,
        'Update akscan, or name another store.',
      );
    }
    for (const step of STEPS.slice(version)) {
      for (const sql of step) await statements.run(inDialect(sql, database));
    }
    await setMeta(statements, 'version', String(STEPS.length));
  });

const inDialect = (sql: string, { engine }: Database): string =>
  engine === 'sqlite'
    ? sql
    : sql
        .replace(' WITHOUT ROWID', '')
        .replace(/\bTEXT\b/g, 'TEXT COLLATE "C"')
        .replace(/\bINTEGER\b/g, 'BIGINT')
        .replace(/\bBLOB\b/g, 'BYTEA');

export const getMeta = async (statements: Statements, name: string): Promise<string | null> => {
  const row = await statements.get('SELECT value FROM meta WHERE name = ?', name);
  return row === null ? null : String(row['value']);
};

export const setMeta = async (statements: Statements, name: string, value: string): Promise<void> => {
  await statements.run(
    'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    name,
    value,
  );
};
