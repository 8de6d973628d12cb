// What was said of each credential in a run.

import { cleanOf } from './clean.js';
import { type Database, placeholders, textAt } from './database.js';
import type { Run, StoredVerdict } from './store.js';

const BATCH = 100;
const PAGE = 1000;

/** @param secrets what a hostile answer may have repeated */
export const saveVerdictsOf = async (
  database: Database,
  run: Run,
  verdicts: readonly StoredVerdict[],
  secrets: Iterable<string | null>,
): Promise<void> => {
  const clean = cleanOf(secrets);
  const unique = [...new Map(verdicts.map((one) => [one.credential, one])).values()];
  for (let at = 0; at < unique.length; at += BATCH) {
    const batch = unique.slice(at, at + BATCH);
    await database.transaction((tx) =>
      tx.run(
        `INSERT INTO verdicts (run, credential, data) VALUES ${placeholders(batch.length, 3)}
         ON CONFLICT (run, credential) DO UPDATE SET data = excluded.data`,
        ...batch.flatMap(({ credential, verdict, verdicts: all }) => [
          run.id,
          credential,
          clean.json({ verdict, verdicts: all }),
        ]),
      ),
    );
  }
};

export const verdictsOf = async (database: Database, run: Run): Promise<ReadonlyMap<string, StoredVerdict>> => {
  const known = new Map<string, StoredVerdict>();
  let after = '';
  for (;;) {
    const rows = await database.all(
      `SELECT credential, data FROM verdicts WHERE run = ? AND credential > ? ORDER BY credential LIMIT ${PAGE}`,
      run.id,
      after,
    );
    for (const row of rows) {
      after = textAt(row, 'credential');
      known.set(after, {
        credential: after,
        ...(JSON.parse(textAt(row, 'data')) as Pick<StoredVerdict, 'verdict' | 'verdicts'>),
      });
    }
    if (rows.length < PAGE) return known;
  }
};
