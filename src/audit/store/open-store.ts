// Opens a store: its engine, its tables, its key.

import { AkscanError } from '../../errors.js';
import { type Database, textOrNull } from './database.js';
import { credentialsIn, factsIn, progressOf, repositoriesIn, totalsOf } from './facts.js';
import { familyOf } from './families.js';
import { FINDING_LIMITS, findingsIn } from './findings.js';
import { createHand, unsealed } from './hand.js';
import { givenKey, keyOf } from './key.js';
import { repositoryKey } from './keys.js';
import {
  addListed,
  addUnlisted,
  beginRun,
  endListing,
  lastOf,
  listAnew,
  pendingIn,
  runBefore,
  secretless,
  unfinishedRun,
  unlistedIn,
} from './runs.js';
import { saveOutcome } from './save.js';
import { getMeta, migrate, setMeta } from './schema.js';
import { type Sealer, sealer } from './seal.js';
import { writeSnapshot } from './snapshot.js';
import type { Run, Store, StoreOptions, StorePlace } from './store.js';
import { trendIn } from './trend.js';
import { saveVerdictsOf, verdictsOf } from './verdicts.js';

/**
 * @throws AkscanError when another akscan uses the file, a newer one made it, its key is another, or a server does not answer
 */
export const openStore = async (place: StorePlace, options: StoreOptions): Promise<Store> => {
  // First: nothing is made for a run that is refused.
  const given = givenKey(options);
  const database = await openDatabase(place);
  try {
    await migrate(database);
    // A store whose first run ended before its key was written is still new.
    const state = (await getMeta(database, 'key')) === null ? 'new' : 'made';
    const seal = sealer(keyOf(place, given, state));
    await checkKey(database, seal);
    return storeOf(database, seal, options);
  } catch (error) {
    await database.close();
    throw error;
  }
};

const openDatabase = async (place: StorePlace): Promise<Database> => {
  if (place.kind === 'postgres') return (await import('./postgres.js')).openPostgres(place);
  const { openSqlite } = await import('./sqlite.js');
  return openSqlite(place.kind === 'file' ? place.file : null);
};

/** A tag of nothing tells keys apart, and says nothing of them. */
const checkKey = (database: Database, seal: Sealer): Promise<void> =>
  database.transaction(async (tx) => {
    const mine = seal.tag('key', 'check');
    const stored = await getMeta(tx, 'key');
    if (stored === null) await setMeta(tx, 'key', mine);
    else if (stored !== mine) {
      throw new AkscanError(
        'The store was made with another key.',
        'Set AKSCAN_STORE_KEY to the key that it was made with; without one, the file FILE.key beside the store holds it.',
      );
    }
  });

const storeOf = (database: Database, seal: Sealer, { secrets, now = Date.now }: StoreOptions): Store => {
  const hand = createHand(seal);
  const means = { database, seal, hand, secrets, now: () => new Date(now()).toISOString() };
  return {
    begin: (request) => beginRun(database, request, means.now()),
    unfinished: (over) => unfinishedRun(database, over),
    listAnew: (run) => listAnew(database, run),
    listed: (run, repositories) => addListed(database, run, repositories),
    unlisted: (run, what) => addUnlisted(database, run, what),
    listingDone: (run) => endListing(database, run),
    unlistedOf: (run) => unlistedIn(database, run.id),
    pending: async function* (run, needs) {
      const needed = async (keys: readonly string[]): Promise<ReadonlySet<string>> =>
        needs === 'needed' ? hand.lacking(database, run, keys) : new Set();
      // First those that have an outcome: of what is handed out below, none has one.
      if (needs === 'needed') yield* secretless(database, run, needed);
      // Secrets that are to be stored, and that an earlier run did not store, are to be had from the repositories alone.
      yield* pendingIn(database, run, secrets === 'sealed' ? (keys) => unsealed(database, keys) : needed);
    },
    lastScan: async (id) => {
      const row = await database.get(
        'SELECT look, detection, settings FROM repositories WHERE id = ?',
        repositoryKey(id),
      );
      return row === null ? null : lastOf(row);
    },
    family: (question) => familyOf(database, question),
    save: (run, outcome, attempts = 1) => saveOutcome(run, outcome, attempts, means),
    credentials: (run) => credentialsIn(means, run),
    saveVerdicts: (run, verdicts, known = []) => saveVerdictsOf(database, run, verdicts, known),
    verdicts: (run) => verdictsOf(database, run),
    findings: (run) => findingsIn(means, run, FINDING_LIMITS),
    facts: (run) => factsIn(means, run),
    repositories: (run) => repositoriesIn(database, run),
    progress: (run) => progressOf(database, run),
    totals: (run) => totalsOf(database, run),
    trend: async (run) => trendIn(means, run, await verdictsOf(database, run)),
    finish: async (run, untold = new Set()) => {
      if (await isFinished(database, run)) return;
      const before = await runBefore(database, run);
      await writeSnapshot(means, run, before?.id ?? null, await verdictsOf(database, run), untold);
      await endRun(database, run, before?.number ?? null, means.now());
    },
    close: () => database.close(),
  };
};

const isFinished = async (database: Database, run: Run): Promise<boolean> => {
  const row = await database.get('SELECT finished_at FROM runs WHERE id = ?', run.id);
  return row !== null && textOrNull(row, 'finished_at') !== null;
};

const OF_RUNS = ['run_repositories', 'run_unlisted', 'run_credentials', 'run_places', 'verdicts'];

/** This run and the one before it stay; of earlier ones over the same sources nothing is asked any more. */
const endRun = (database: Database, run: Run, before: number | null, at: string): Promise<void> =>
  database.transaction(async (tx) => {
    await tx.run('UPDATE runs SET finished_at = ? WHERE id = ?', at, run.id);
    if (before === null) return;
    const old = 'SELECT id FROM runs WHERE scope = (SELECT scope FROM runs WHERE id = ?) AND number < ?';
    for (const table of OF_RUNS) await tx.run(`DELETE FROM ${table} WHERE run IN (${old})`, run.id, before);
    await tx.run(`DELETE FROM runs WHERE id IN (${old})`, run.id, before);
  });
