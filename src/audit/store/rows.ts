// Walks through what is known of each credential of a run: credential after credential, all of one ID together, and of each the
// repositories that hold it. In pages: memory does not grow with the organisation.

import type { Repository } from '../types.js';
import { bytesAt, type Database, numberAt, placeholders, type Row, textAt } from './database.js';
import { repositoryOf } from './runs.js';
import { aboutCredential, type KeptCredential, type KeptFinding } from './save.js';
import type { Sealer } from './seal.js';
import type { Run, StoredRepository } from './store.js';

export interface CredentialRow extends KeptCredential {
  readonly credential: string;
  /** The same for all credentials of one ID. */
  readonly identity: string;
}

export interface PlaceRow {
  /** The repository's key. */
  readonly key: string;
  readonly repository: Repository;
  readonly state: StoredRepository['state'];
  readonly kept: KeptFinding;
  /** All of them, listed or not. */
  readonly places: number;
  /** With its column `secret`, for who needs it. */
  readonly row: Row;
}

/** `read`: of repositories that have an outcome; `all`: also of those that are still to be read, as they were before. */
export type Scope = 'read' | 'all';

const CREDENTIALS = 500;
/** Rows at once, each of which may be large: it lists up to a thousand places. */
const PLACES = 100;

interface Means {
  readonly database: Database;
  readonly seal: Sealer;
}

export interface Held {
  readonly row: CredentialRow;
  /** Once. */
  readonly places: AsyncIterable<PlaceRow> | Iterable<PlaceRow>;
}

/** A server may be far away: what few repositories hold is asked for together. */
export async function* heldIn(means: Means, run: Run, scope: Scope): AsyncGenerator<Held> {
  const { database } = means;
  for await (const page of credentialPages(means, run, scope)) {
    for (const some of together(page)) {
      const [first] = some;
      if (some.length === 1 && first !== undefined) {
        yield { row: first.row, places: placeRows(database, run, first.row.credential, scope) };
        continue;
      }
      const places = await placesOf(database, run, some, scope);
      for (const { row } of some) yield { row, places: places.get(row.credential) ?? [] };
    }
  }
}

interface Counted {
  readonly row: CredentialRow;
  /** Repositories that hold it. */
  readonly count: number;
}

/** As many as have no more places between them than are held at once; one that has more is alone. */
const together = (page: readonly Counted[]): readonly (readonly Counted[])[] => {
  const all: Counted[][] = [];
  let sum = 0;
  for (const each of page) {
    const last = all.at(-1);
    if (last !== undefined && sum + each.count <= PLACES) last.push(each);
    else {
      all.push([each]);
      sum = 0;
    }
    sum += each.count;
  }
  return all;
};

async function* credentialPages({ database, seal }: Means, run: Run, scope: Scope): AsyncGenerator<readonly Counted[]> {
  let [identity, id] = ['', ''];
  for (;;) {
    const rows = await database.all(
      `SELECT c.id, c.identity, c.sealed, (
         SELECT count(*) FROM findings f CROSS JOIN run_repositories l
         WHERE f.credential = c.id AND l.run = ? AND l.repository = f.repository${onlyIn(scope)}) AS held
       FROM credentials c WHERE (c.identity, c.id) > (?, ?) ORDER BY c.identity, c.id LIMIT ${CREDENTIALS}`,
      run.id,
      identity,
      id,
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    [identity, id] = [textAt(last, 'identity'), textAt(last, 'id')];
    // Of other runs; to ask for each whether it is of this one costs more than to leave it out here.
    const held = rows.filter((row) => numberAt(row, 'held') > 0);
    yield held.map((row) => {
      const credential = textAt(row, 'id');
      const opened = seal.open(bytesAt(row, 'sealed'), aboutCredential(credential));
      const known = JSON.parse(opened.toString()) as KeptCredential;
      return { row: { credential, identity: textAt(row, 'identity'), ...known }, count: numberAt(row, 'held') };
    });
  }
}

const onlyIn = (scope: Scope): string => (scope === 'read' ? ' AND l.state IS NOT NULL' : '');

/** In this order: a cross join is one that SQLite does as it is written; otherwise it walks through the run's list for each finding. */
const COLUMNS = `f.credential, f.repository AS id, f.data, f.places, f.secret, r.repository, l.state
  FROM findings f CROSS JOIN run_repositories l CROSS JOIN repositories r
  WHERE l.run = ? AND l.repository = f.repository AND r.id = f.repository`;

const placesOf = async (
  database: Database,
  run: Run,
  credentials: readonly Counted[],
  scope: Scope,
): Promise<ReadonlyMap<string, readonly PlaceRow[]>> => {
  const rows = await database.all(
    `SELECT ${COLUMNS} AND f.credential IN ${placeholders(1, credentials.length)}${onlyIn(scope)}
     ORDER BY f.credential, f.repository`,
    run.id,
    ...credentials.map(({ row }) => row.credential),
  );
  const places = new Map<string, PlaceRow[]>();
  for (const row of rows) {
    const credential = textAt(row, 'credential');
    const known = places.get(credential);
    if (known === undefined) places.set(credential, [placeOf(row)]);
    else known.push(placeOf(row));
  }
  return places;
};

async function* placeRows(database: Database, run: Run, credential: string, scope: Scope): AsyncGenerator<PlaceRow> {
  let key = '';
  for (;;) {
    const rows = await database.all(
      `SELECT ${COLUMNS} AND f.credential = ? AND f.repository > ?${onlyIn(scope)} ORDER BY f.repository LIMIT ${PLACES}`,
      run.id,
      credential,
      key,
    );
    for (const row of rows) {
      const place = placeOf(row);
      key = place.key;
      yield place;
    }
    if (rows.length < PLACES) return;
  }
}

const placeOf = (row: Row): PlaceRow => ({
  key: textAt(row, 'id'),
  repository: repositoryOf(row),
  state: (row['state'] ?? 'pending') as StoredRepository['state'],
  kept: JSON.parse(textAt(row, 'data')) as KeptFinding,
  places: numberAt(row, 'places'),
  row,
});
