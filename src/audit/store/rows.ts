// Walks through what is known of each credential of a run: credential after credential, all of one ID together, and of each the
// repositories that hold it. In pages: memory does not grow with the organisation.

import type { Repository } from '../types.js';
import { bytesAt, type Database, numberAt, type Row, textAt } from './database.js';
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
/** A row may be large: it lists up to a thousand places. */
const PLACES = 100;

export async function* credentialRows(
  { database, seal }: { readonly database: Database; readonly seal: Sealer },
  run: Run,
  scope: Scope,
): AsyncGenerator<CredentialRow> {
  let [identity, id] = ['', ''];
  for (;;) {
    const rows = await database.all(
      `SELECT c.id, c.identity, c.sealed FROM credentials c WHERE (c.identity, c.id) > (?, ?) AND EXISTS (
         SELECT 1 FROM findings f JOIN run_repositories l ON l.run = ? AND l.repository = f.repository
         WHERE f.credential = c.id${scope === 'read' ? ' AND l.state IS NOT NULL' : ''})
       ORDER BY c.identity, c.id LIMIT ${CREDENTIALS}`,
      identity,
      id,
      run.id,
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    [identity, id] = [textAt(last, 'identity'), textAt(last, 'id')];
    for (const row of rows) {
      const credential = textAt(row, 'id');
      const opened = seal.open(bytesAt(row, 'sealed'), aboutCredential(credential));
      yield { credential, identity: textAt(row, 'identity'), ...(JSON.parse(opened.toString()) as KeptCredential) };
    }
  }
}

export async function* placeRows(
  database: Database,
  run: Run,
  credential: string,
  scope: Scope,
): AsyncGenerator<PlaceRow> {
  let key = '';
  for (;;) {
    const rows = await database.all(
      `SELECT f.repository AS id, f.data, f.places, f.secret, r.repository, l.state FROM findings f
       JOIN run_repositories l ON l.run = ? AND l.repository = f.repository
       JOIN repositories r ON r.id = f.repository
       WHERE f.credential = ? AND f.repository > ?${scope === 'read' ? ' AND l.state IS NOT NULL' : ''}
       ORDER BY f.repository LIMIT ${PLACES}`,
      run.id,
      credential,
      key,
    );
    for (const row of rows) {
      key = textAt(row, 'id');
      yield {
        key,
        repository: repositoryOf(row),
        state: (row['state'] ?? 'pending') as StoredRepository['state'],
        kept: JSON.parse(textAt(row, 'data')) as KeptFinding,
        places: numberAt(row, 'places'),
        row,
      };
    }
    if (rows.length < PLACES) return;
  }
}
