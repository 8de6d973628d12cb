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
  /** Of repositories with these keys: those that hold a secret without a verdict in this run that is not at hand. */
  lacking(database: Database, run: Run, keys: readonly string[]): Promise<ReadonlySet<string>>;
}

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
         WHERE f.repository IN ${placeholders(1, keys.length)} AND f.has_secret = 1 AND f.secret IS NULL
         AND NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.run = ? AND v.credential = f.credential)`,
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
