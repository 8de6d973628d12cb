// What a walk through all that was found asks of the database.

import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Database, Row } from '../../../src/audit/store/database.js';
import { keyFromEnvironment } from '../../../src/audit/store/key.js';
import { heldIn } from '../../../src/audit/store/rows.js';
import { sealer } from '../../../src/audit/store/seal.js';
import { openSqlite } from '../../../src/audit/store/sqlite.js';
import { createKeys } from '../../support/keys.js';
import { inHistory } from '../../support/sightings.js';
import { begun, inFile, KEY, read, repository, temporary } from './made.js';

const keys = createKeys(640);
const env = { AKSCAN_STORE_KEY: KEY };
const pair = () => [keys.id24(), keys.secret30()] as const;

describe('a walk through credentials', () => {
  it('gives each with all its places, in few questions, none of which goes through the whole run', async () => {
    const file = path.join(temporary(), 'audit.db');
    const store = await inFile(file, { env });
    const repositories = Array.from({ length: 130 }, (_, index) => repository(`r${index}`));
    const everywhere = pair();
    const own = repositories.map(pair);
    const run = await begun(store, repositories);
    for (const [index, one] of repositories.entries()) {
      const [id, secret] = own[index] ?? ['', ''];
      await store.save(run, read(run, one, [inHistory(id, secret, 1), inHistory(...everywhere, 1)]));
    }
    // Of another run, which is not walked through.
    const other = await begun(store, [repository('other')]);
    await store.save(other, read(other, repository('other'), [inHistory(...pair(), 1)]));
    await store.close();

    const sqlite = await openSqlite(file);
    const asked: string[] = [];
    const plans: Row[] = [];
    const database: Database = {
      ...sqlite,
      all: async (sql, ...parameters) => {
        asked.push(sql);
        plans.push(...(await sqlite.all(`EXPLAIN QUERY PLAN ${sql}`, ...parameters)));
        return sqlite.all(sql, ...parameters);
      },
    };
    const seal = sealer(keyFromEnvironment(env) ?? Buffer.alloc(0));
    const counts: number[] = [];
    const walked = new Map<string | null, readonly string[]>();
    for await (const { row, places } of heldIn({ database, seal }, run, 'read')) {
      const held: string[] = [];
      for await (const place of places) held.push(place.repository.id);
      counts.push(held.length);
      walked.set(row.accessKeyId, [...held].sort());
    }
    expect(walked.get(everywhere[0])).toEqual(repositories.map(({ id }) => id).sort());
    for (const [index, [id]] of own.entries()) expect(walked.get(id)).toEqual([repositories[index]?.id]);
    expect(counts).toHaveLength(131);
    // Two of credentials, two of the places of the one that is everywhere, and one for each hundred of the others.
    expect(asked.length).toBeLessThanOrEqual(7);
    const ways = plans.map(({ detail }) => String(detail)).filter((detail) => /^S\w+ l\b/.test(detail));
    expect(ways.length).toBeGreaterThan(0);
    expect(ways.filter((detail) => !detail.includes('repository=?'))).toEqual([]);
    await sqlite.close();
  });
});
