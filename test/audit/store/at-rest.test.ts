// What lies on the disk: no secret, no token, in no form; and what lies there sealed opens with its own key alone.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sealer } from '../../../src/audit/store/seal.js';
import { createKeys } from '../../support/keys.js';
import { createLeakFinder } from '../../support/leaks.js';
import { inHistory, sighting } from '../../support/sightings.js';
import { begun, collect, inFile, inMemory, KEY, notRead, read, repository, temporary } from './made.js';

const keys = createKeys(0x5ea1);

const everything = (file: string): Buffer =>
  Buffer.concat(
    readdirSync(path.dirname(file))
      .filter((name) => name !== 'audit.db.key')
      .map((name) => path.join(path.dirname(file), name))
      .filter((one) => !one.endsWith('.lock'))
      .map((one) => readFileSync(one)),
  );

const [id, secret, token] = [keys.id24(), keys.secret30(), keys.stsToken()];
const alone = keys.secret30();
const leaks = createLeakFinder([
  { name: 'secret', value: secret },
  { name: 'token', value: token },
  { name: 'secret without ID', value: alone },
]);
const base64 = Buffer.from(secret).toString('base64');

/** Everything that somebody else wrote says the secret. */
const hostile = () => [
  inHistory(id, secret, 1, {
    path: `${secret}/${base64}/app.env`,
    provenance: { blob: 'b'.repeat(40), author: `${secret} <${token}@example.com>` },
    detection: { token, kind: 'sts' },
    secretPath: `x${secret}`,
  }),
  sighting(null, alone, { source: 'message', path: null }),
];

describe.each(['left-out', 'sealed'] as const)('with secrets %s', (secrets) => {
  it('nothing on the disk says a secret or a token', async () => {
    const file = path.join(temporary(), 'audit.db');
    const store = await inFile(file, { secrets, env: { AKSCAN_STORE_KEY: KEY } });
    const [one, two] = [repository('one'), repository('two')];
    const run = await begun(store, [one, two]);
    const more = {
      refs: { [`refs/heads/${secret}`]: '1'.repeat(40) },
      notes: [`A note of ${secret}`],
      reason: `It says ${token}.`,
      look: `a look with ${secret}`,
      skipped: [
        { type: 'skipped', schema: 1, target: one.name, what: secret, reason: token, because: 'fault' } as const,
      ],
    };
    await store.save(run, read(run, one, hostile(), more));
    await store.save(run, notRead(run, two, 'denied'));
    const credentials = await collect(store.credentials(run));
    await store.saveVerdicts(
      run,
      credentials.map(({ credential }) => ({
        credential,
        verdict: { state: 'unknown', how: 'probe', reason: `It answered ${secret}` },
        verdicts: [],
      })),
      [secret, token],
    );
    expect(existsSync(`${file}-wal`)).toBe(true);
    expect(leaks(everything(file))).toEqual([]);
    await store.finish(run);
    const open = everything(file);
    expect(leaks(open)).toEqual([]);
    // Nor whether somebody guessed it.
    for (const { finding } of (await store.findings(run)).findings) {
      expect(open.includes(finding.secretSha256 ?? '?')).toBe(false);
    }
    await store.close();
    expect(readdirSync(path.dirname(file))).toEqual(['audit.db']);
    expect(leaks(everything(file))).toEqual([]);
    expect(everything(file).includes(id)).toBe(true);

    // Another process has them again, or does not.
    const again = await inFile(file, { secrets, env: { AKSCAN_STORE_KEY: KEY } });
    const found = (await again.findings(run)).findings.map(({ finding }) => [finding.secret, finding.token]);
    expect(found).toEqual(
      secrets === 'sealed'
        ? [
            [secret, token],
            [alone, null],
          ]
        : [
            [null, '***'],
            [null, null],
          ],
    );
    const next = await begun(again, [one]);
    await again.save(next, notRead(next, one, 'unchanged'));
    // An outcome that was saved before the kill does not bring its secrets back.
    const needed = (await collect(again.pending(next, 'needed'))).map((each) => each.repository.id);
    expect(needed).toEqual(secrets === 'sealed' ? [] : [one.id]);
    await again.close();
  });
});

describe('the key', () => {
  it('is demanded from the environment where secrets are to be kept, and is no short word', async () => {
    await expect(inMemory({ secrets: 'sealed' })).rejects.toThrow('AKSCAN_STORE_KEY is not set');
    await expect(inMemory({ env: { AKSCAN_STORE_KEY: 'short' } })).rejects.toThrow('could be guessed');
  });

  it('makes other tags and other seals of the same', () => {
    const [mine, other] = [sealer(Buffer.alloc(32, 1)), sealer(Buffer.alloc(32, 2))];
    expect(mine.tag(id, secret)).toBe(sealer(Buffer.alloc(32, 1)).tag(id, secret));
    expect(new Set([mine.tag(id, secret), other.tag(id, secret), mine.tag(id, null), mine.tag(id, '')]).size).toBe(4);
    const sealed = mine.seal(Buffer.from(secret), 'a');
    expect(mine.seal(Buffer.from(secret), 'a').equals(sealed)).toBe(false);
    expect(mine.open(sealed, 'a').toString()).toBe(secret);
    for (const open of [() => other.open(sealed, 'a'), () => mine.open(sealed, 'b')])
      expect(open).toThrow('does not open');
    for (let at = 0; at < sealed.length; at += 7) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => mine.open(changed, 'a')).toThrow('does not open');
    }
    expect(() => mine.open(Buffer.alloc(3), 'a')).toThrow('does not open');
  });
});
