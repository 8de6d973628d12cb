// Which secrets are at hand: those that this process has read, which its coordinator keeps, and those that the store keeps sealed.
// Only to ask about a key, and to show it when that was asked for, is one needed.

import { type Database, placeholders, type Row, textAt } from './database.js';
import type { Sealer } from './seal.js';
import type { Run } from './store.js';

export interface Secret {
  readonly secret: string;
  readonly token: string | null;
}

export interface Hand {
  saw(credential: string): void;
  /**
   * What is stored.
   * @param row of `findings`, with its column `secret`
   */
  of(credential: string, row: Row): Secret | null;
  /** Of repositories with these keys: those that hold a pair that this run has not probed, and whose secret is not at hand. */
  lacking(database: Database, run: Run, keys: readonly string[]): Promise<ReadonlySet<string>>;
}

/** What `findings.has_secret` says. */
export const NO_SECRET = 0;
/** One that nobody is ever asked about: without an ID, or of somebody's own rule. */
export const SECRET = 1;
export const MAY_BE_ASKED = 2;

/** Of repositories with these keys: those that hold a secret that is not stored. */
export const unsealed = async (database: Database, keys: readonly string[]): Promise<ReadonlySet<string>> => {
  if (keys.length === 0) return new Set();
  const rows = await database.all(
    `SELECT DISTINCT repository FROM findings
     WHERE repository IN ${placeholders(1, keys.length)} AND has_secret <> ${NO_SECRET} AND secret IS NULL`,
    ...keys,
  );
  return new Set(rows.map((row) => textAt(row, 'repository')));
};

export const createHand = (seal: Sealer): Hand => {
  const seen = new Set<string>();
  return {
    saw: (credential) => void seen.add(credential),
    of: (credential, { secret }) =>
      secret instanceof Uint8Array
        ? (JSON.parse(seal.open(secret, aboutSecret(credential)).toString()) as Secret)
        : null,
    lacking: async (database, run, keys) => {
      if (keys.length === 0) return new Set();
      const rows = await database.all(
        `SELECT f.repository, f.credential FROM findings f
         WHERE f.repository IN ${placeholders(1, keys.length)} AND f.has_secret = ${MAY_BE_ASKED} AND f.secret IS NULL
         AND NOT EXISTS (
           SELECT 1 FROM verdicts v WHERE v.run = ? AND v.credential = f.credential AND v.data LIKE '%"how":"probe"%')`,
        ...keys,
        run.id,
      );
      return new Set(
        rows.filter((row) => !seen.has(textAt(row, 'credential'))).map((row) => textAt(row, 'repository')),
      );
    },
  };
};

export const aboutSecret = (credential: string): string => `secret of ${credential}`;
