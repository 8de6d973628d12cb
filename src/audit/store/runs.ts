// Runs and their lists: which repositories a run has, which of them are still to be read, and what was known of each before.

import { randomUUID } from 'node:crypto';
import type { LastScan, Repository } from '../types.js';
import { cleanOf, withoutPassword } from './clean.js';
import { type Database, numberAt, placeholders, type Row, type Statements, textAt, textOrNull } from './database.js';
import { repositoryKey, scopeOf, unlistedKey } from './keys.js';
import type { Pending, Run, RunRequest, Unlisted } from './store.js';

/** Rows of one statement, and of one look at what is pending. */
const BATCH = 100;
const PAGE = 500;

const WITHOUT_SECRETS = cleanOf([]);

export const beginRun = (database: Database, request: RunRequest, startedAt: string): Promise<Run> => {
  const { sources, filters, missing, settings } = request;
  const id = randomUUID();
  const json = WITHOUT_SECRETS.json({ sources, filters, missing, settings });
  return database.transaction(async (tx) => {
    await tx.run(
      `INSERT INTO runs (id, number, scope, request, started_at, listed)
       SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ?, 0 FROM runs WHERE 1 = 1 ON CONFLICT (id) DO NOTHING`,
      id,
      scopeOf(request),
      json,
      startedAt,
    );
    return { ...request, id, startedAt, listed: false };
  });
};

export const unfinishedRun = async (
  from: Statements,
  over: Pick<RunRequest, 'sources' | 'filters'> | null,
): Promise<Run | null> => {
  const columns = 'SELECT id, request, started_at, listed, finished_at FROM runs';
  const row =
    over === null
      ? await from.get(`${columns} ORDER BY number DESC LIMIT 1`)
      : await from.get(`${columns} WHERE scope = ? ORDER BY number DESC LIMIT 1`, scopeOf(over));
  if (row === null || row['finished_at'] !== null) return null;
  const request = JSON.parse(textAt(row, 'request')) as RunRequest;
  return { ...request, id: textAt(row, 'id'), startedAt: textAt(row, 'started_at'), listed: row['listed'] === 1 };
};

export const addListed = async (database: Database, run: Run, repositories: readonly Repository[]): Promise<void> => {
  // Of one that stands in a batch twice, a statement could not say which it is.
  const unique = [...new Map(repositories.map((one) => [repositoryKey(one.id), one])).entries()];
  for (let at = 0; at < unique.length; at += BATCH) {
    const batch = unique.slice(at, at + BATCH);
    await database.transaction(async (tx) => {
      await tx.run(
        `INSERT INTO repositories (id, repository) VALUES ${placeholders(batch.length, 2)}
         ON CONFLICT (id) DO UPDATE SET repository = excluded.repository`,
        ...batch.flatMap(([key, repository]) => [key, repositoryJson(repository)]),
      );
      await tx.run(
        `INSERT INTO run_repositories (run, repository, place, attempts, findings) VALUES ${placeholders(batch.length, 5)}
         ON CONFLICT (run, repository) DO NOTHING`,
        ...batch.flatMap(([key, { sizeKb }]) => [run.id, key, -Math.round(sizeKb ?? 0), 0, 0]),
      );
    });
  }
};

const repositoryJson = (repository: Repository): string => {
  const { clone } = repository;
  const kept =
    clone.from === 'url' ? { ...repository, clone: { ...clone, url: withoutPassword(clone.url) } } : repository;
  return WITHOUT_SECRETS.json(kept);
};

export const repositoryOf = (row: Row): Repository => JSON.parse(textAt(row, 'repository')) as Repository;

export const listAnew = async (database: Database, run: Run): Promise<void> => {
  await database.transaction(async (tx) => {
    await tx.run('DELETE FROM run_unlisted WHERE run = ?', run.id);
    await tx.run("DELETE FROM run_repositories WHERE run = ? AND state = 'unlisted'", run.id);
    await tx.run('UPDATE runs SET listed = 0 WHERE id = ?', run.id);
  });
};

export const addUnlisted = async (database: Database, run: Run, what: Unlisted): Promise<void> => {
  await database.run(
    'INSERT INTO run_unlisted (run, id, data) VALUES (?, ?, ?) ON CONFLICT (run, id) DO UPDATE SET data = excluded.data',
    run.id,
    unlistedKey(what.source, what.name),
    WITHOUT_SECRETS.json(what),
  );
};

export const unlistedIn = async (from: Statements, run: string): Promise<readonly Unlisted[]> => {
  const rows = await from.all('SELECT data FROM run_unlisted WHERE run = ? ORDER BY id', run);
  return rows.map((row) => JSON.parse(textAt(row, 'data')) as Unlisted);
};

/** A repository that is known to be gone leaves the list complete; anything else that was not listed does not. */
const isIncomplete = ({ name, state }: Unlisted): boolean => name === null || state !== 'gone';

/**
 * Of an incomplete list nobody can tell what is gone: what the run before had, and this one does not name, it has as well, as
 * not read.
 */
export const endListing = async (database: Database, run: Run): Promise<void> => {
  await database.transaction(async (tx) => {
    const before = await runBefore(tx, run);
    if (before !== null && (await unlistedIn(tx, run.id)).some(isIncomplete)) {
      await tx.run(
        `INSERT INTO run_repositories (run, repository, place, state, attempts, findings)
         SELECT ?, repository, 0, 'unlisted', 0, findings FROM run_repositories WHERE run = ?
         ON CONFLICT (run, repository) DO NOTHING`,
        run.id,
        before.id,
      );
    }
    await tx.run('UPDATE runs SET listed = 1 WHERE id = ?', run.id);
  });
};

/** The last finished run over the same sources that began before this one. */
export const runBefore = async (
  from: Statements,
  run: Run,
): Promise<{ readonly id: string; readonly number: number; readonly finishedAt: string } | null> => {
  const row = await from.get(
    `SELECT id, number, finished_at FROM runs
     WHERE scope = ? AND finished_at IS NOT NULL AND number < (SELECT number FROM runs WHERE id = ?)
     ORDER BY number DESC LIMIT 1`,
    scopeOf(run),
    run.id,
  );
  if (row === null) return null;
  return { id: textAt(row, 'id'), number: numberAt(row, 'number'), finishedAt: textAt(row, 'finished_at') };
};

const COLUMNS = 'l.repository AS id, l.place, r.repository, r.look, r.detection, r.settings';

export const lastOf = (row: Row): LastScan | null => {
  const [look, detection, settings] = [textOrNull(row, 'look'), row['detection'], row['settings']];
  return look === null || typeof detection !== 'string' || typeof settings !== 'string'
    ? null
    : { look, detection, settings };
};

/** @param needed of the repositories with these keys, those that hold a secret which is needed and not at hand */
export async function* pendingIn(
  database: Database,
  run: Run,
  needed: (keys: readonly string[]) => Promise<ReadonlySet<string>>,
): AsyncGenerator<Pending> {
  let [place, id] = [Number.MIN_SAFE_INTEGER, ''];
  for (;;) {
    const rows = await database.all(
      `SELECT ${COLUMNS} FROM run_repositories l JOIN repositories r ON r.id = l.repository
       WHERE l.run = ? AND l.state IS NULL AND (l.place, l.repository) > (?, ?) ORDER BY l.place, l.repository LIMIT ${PAGE}`,
      run.id,
      place,
      id,
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    [place, id] = [numberAt(last, 'place'), textAt(last, 'id')];
    const again = await needed(rows.map((row) => textAt(row, 'id')));
    for (const row of rows) {
      yield { repository: repositoryOf(row), last: again.has(textAt(row, 'id')) ? null : lastOf(row) };
    }
  }
}

/** Those that have an outcome, and hold a secret that is needed and not at hand any more. */
export async function* secretless(
  database: Database,
  run: Run,
  needed: (keys: readonly string[]) => Promise<ReadonlySet<string>>,
): AsyncGenerator<Pending> {
  let id = '';
  for (;;) {
    const rows = await database.all(
      `SELECT ${COLUMNS} FROM run_repositories l JOIN repositories r ON r.id = l.repository
       WHERE l.run = ? AND l.state IN ('scanned', 'unchanged', 'broken') AND l.findings > 0 AND l.repository > ?
       ORDER BY l.repository LIMIT ${PAGE}`,
      run.id,
      id,
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    id = textAt(last, 'id');
    const again = await needed(rows.map((row) => textAt(row, 'id')));
    for (const row of rows) {
      if (again.has(textAt(row, 'id'))) yield { repository: repositoryOf(row), last: null };
    }
  }
}
