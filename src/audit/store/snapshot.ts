// What a finished run leaves for the next one to be compared with: each credential as it was, where it stood in HEAD, whether it
// was live.

import type { Confidence } from '../../detect/types.js';
import { isDead, isLive } from '../../findings/judged.js';
import { type Database, placeholders, type Statements, textAt } from './database.js';
import { type CredentialRow, heldIn } from './rows.js';
import type { Sealer } from './seal.js';
import type { Run, StoredVerdict } from './store.js';

export interface Seen {
  readonly row: CredentialRow;
  readonly allowed: boolean;
  readonly confidence: Confidence;
  /** One of the repositories that hold it. */
  readonly repository: string;
  /** By the key of the repository: the paths at which HEAD holds it, at most 100; none when HEAD does not. */
  readonly head: ReadonlyMap<string, readonly string[]>;
  readonly inHead: boolean;
}

/** What `run_credentials.data` is. */
export interface KeptSeen {
  readonly allowed: boolean;
  readonly confidence: Confidence;
  readonly repository: string;
  readonly inHead: boolean;
  /** As the last verdict that could tell says; null: there is none. */
  readonly live: boolean | null;
  /** It was live, and whoever should have been told of it was not. */
  readonly untold?: true;
}

const PATHS = 100;
const BATCH = 100;

/** Every credential of the run, also those of repositories that were not read. */
export async function* seenIn(
  means: { readonly database: Database; readonly seal: Sealer },
  run: Run,
): AsyncGenerator<Seen> {
  for await (const { row, places } of heldIn(means, run, 'all')) {
    const head = new Map<string, readonly string[]>();
    let [allowed, inHead] = [true, false];
    let confidence: Confidence = 'low';
    let repository: string | null = null;
    for await (const place of places) {
      const { kept, key } = place;
      const paths = kept.occurrences.flatMap(({ inHead: now, path }) => (now === true && path !== null ? [path] : []));
      head.set(key, [...new Set(paths)].slice(0, PATHS));
      allowed &&= kept.allowed;
      inHead ||= kept.inHead === true;
      confidence = surer(confidence, kept.confidence);
      if (repository === null || place.repository.name < repository) repository = place.repository.name;
    }
    if (repository !== null) yield { row, allowed, confidence, repository, head, inHead };
  }
}

const surer = (a: Confidence, b: Confidence): Confidence => {
  const order: readonly Confidence[] = ['high', 'medium', 'low'];
  return order.indexOf(b) < order.indexOf(a) ? b : a;
};

/** Null: it does not say. */
export const liveness = (said: Pick<StoredVerdict, 'verdict' | 'verdicts'> | undefined): boolean | null =>
  said === undefined ? null : isLive(said) ? true : isDead(said) ? false : null;

/** What a finished run knew of these, by credential. */
export const keptBefore = async (
  from: Statements,
  run: string,
  credentials: readonly string[],
): Promise<ReadonlyMap<string, KeptSeen>> => {
  const known = new Map<string, KeptSeen>();
  for (let at = 0; at < credentials.length; at += BATCH) {
    const batch = credentials.slice(at, at + BATCH);
    const rows = await from.all(
      `SELECT credential, data FROM run_credentials WHERE run = ? AND credential IN ${placeholders(1, batch.length)}`,
      run,
      ...batch,
    );
    for (const row of rows) known.set(textAt(row, 'credential'), JSON.parse(textAt(row, 'data')) as KeptSeen);
  }
  return known;
};

/**
 * @param before the run that this one was compared with
 * @param untold credentials that somebody should have been told of, and was not
 */
export const writeSnapshot = async (
  means: { readonly database: Database; readonly seal: Sealer },
  run: Run,
  before: string | null,
  verdicts: ReadonlyMap<string, StoredVerdict>,
  untold: ReadonlySet<string>,
): Promise<void> => {
  const { database } = means;
  await database.run('DELETE FROM run_credentials WHERE run = ?', run.id);
  await database.run('DELETE FROM run_places WHERE run = ?', run.id);
  let batch: Seen[] = [];
  const write = async (): Promise<void> => {
    const some = batch;
    batch = [];
    if (some.length === 0) return;
    const lives = new Map<string, Pick<KeptSeen, 'live' | 'untold'>>();
    const unsaid = some.flatMap(({ row: { credential } }) =>
      liveness(verdicts.get(credential)) === null ? [credential] : [],
    );
    const earlier = before === null ? null : await keptBefore(database, before, unsaid);
    for (const { row } of some) {
      const now = liveness(verdicts.get(row.credential));
      const known = earlier?.get(row.credential);
      const isUntold = untold.has(row.credential) || known?.untold === true;
      lives.set(row.credential, { live: now ?? known?.live ?? null, ...(isUntold ? { untold: true } : {}) });
    }
    await database.transaction(async (tx) => {
      await tx.run(
        `INSERT INTO run_credentials (run, credential, identity, data) VALUES ${placeholders(some.length, 4)}
         ON CONFLICT (run, credential) DO NOTHING`,
        ...some.flatMap(({ row, allowed, confidence, repository, inHead }) => {
          const kept: KeptSeen = { allowed, confidence, repository, inHead, live: null, ...lives.get(row.credential) };
          return [run.id, row.credential, row.identity, JSON.stringify(kept)];
        }),
      );
      const places = some.flatMap(({ row, head }) => [...head].map(([key, paths]) => ({ row, key, paths })));
      for (let at = 0; at < places.length; at += BATCH) {
        const part = places.slice(at, at + BATCH);
        await tx.run(
          `INSERT INTO run_places (run, credential, repository, paths) VALUES ${placeholders(part.length, 4)}
           ON CONFLICT (run, credential, repository) DO NOTHING`,
          ...part.flatMap(({ row, key, paths }) => [run.id, row.credential, key, JSON.stringify(paths)]),
        );
      }
    });
  };
  for await (const seen of seenIn(means, run)) {
    batch.push(seen);
    if (batch.length >= BATCH) await write();
  }
  await write();
};
