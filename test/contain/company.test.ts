// A company with two hundred leaked keys in every state, through the program as it ships: the right ones are off afterwards.

import { describe, expect, it } from 'vitest';
import type { SimulatedKey } from '../../src/simulator/world.js';
import { newScene, planted, reportOn, statusOf, UID } from '../support/containing.js';
import { id24, secret30, stsId, stsSecret, stsToken } from '../support/keys.js';
import { write } from '../support/repository.js';
import { newKey, newUser } from '../support/world.js';

const OLD = { at: '2025-01-01T00:00:00Z', service: 'Oss' };
const NOW = { at: `${new Date(Date.now() - 3_600_000).toISOString().slice(0, 19)}Z`, service: 'Ecs' };

const many = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, i) => make(i));

describe('a report of two hundred keys', () => {
  it('ends with exactly the right ones off', async () => {
    let users = 0;
    const scene = await newScene();
    const { account, cloud, operator } = scene;
    const inAccount = (of: typeof account, ...keys: readonly SimulatedKey[]): readonly SimulatedKey[] => {
      users += 1;
      of.users.push(newUser(`user-${users}`, { id: String(210000000000000000n + BigInt(users)), keys: [...keys] }));
      return keys;
    };
    const ours = (count: number, over: Parameters<typeof newKey>[0]): readonly SimulatedKey[] =>
      many(count, () => inAccount(account, newKey(over))).flat();

    const kinds = {
      old: ours(30, { lastUsed: OLD }),
      never: ours(20, {}),
      protected: ours(5, { lastUsed: OLD, restricted: true }),
      twins: many(15, () => inAccount(account, newKey({ lastUsed: OLD }), newKey())).flat(),
      inUse: ours(20, { lastUsed: NOW }),
      // Of each two, one is used: its user's other key is not.
      halfUsed: many(5, () => inAccount(account, newKey({ lastUsed: NOW }), newKey({ lastUsed: OLD }))).flat(),
      disabled: ours(20, { status: 'Inactive' }),
      foreign: many(20, () => inAccount(cloud.other, newKey({ lastUsed: OLD }))).flat(),
      wrong: ours(20, { lastUsed: OLD }),
      idOnly: ours(5, { lastUsed: OLD }),
      root: [newKey({ lastUsed: OLD }), newKey()],
      own: [operator, newKey()],
    };
    account.rootKeys.push(...kinds.root);
    account.users.find(({ name }) => name === 'operator')?.keys.push(...kinds.own.slice(1));
    const binned = many(15, (index) => ({ id: id24(), secret: secret30(), index }));
    for (const { id, index } of binned) {
      account.recycleBin.push({
        id,
        userId: `2200000000000000${index + 10}`,
        userName: `former-${index}`,
        created: '2023-01-01T00:00:00Z',
        recycled: '2026-01-01T00:00:00Z',
      });
    }
    const unknown = many(10, () => ({ id: id24(), secret: secret30() }));
    const temporary = { id: stsId(), secret: stsSecret(), token: stsToken() };

    const { wrong, idOnly, ...right } = kinds;
    const madeUp = wrong.map(({ id }) => ({ id, secret: secret30() }));
    const folder = planted(...Object.values(right).flat(), ...madeUp, ...binned, ...unknown);
    write(folder, {
      // A pair of its own and a made-up one: what is proven once is proven.
      'copy.env': `ALIYUN_ACCESS_KEY_ID=${kinds.old[0]?.id}\nALIYUN_ACCESS_KEY_SECRET=${secret30()}\n`,
      'ids.txt': idOnly.map(({ id }) => `key ${id}\n`).join(''),
      'sts.json': JSON.stringify(
        { AccessKeyId: temporary.id, AccessKeySecret: temporary.secret, SecurityToken: temporary.token },
        null,
        1,
      ),
    });
    const before = [...account.users, ...cloud.other.users]
      .flatMap(({ keys }) => keys)
      .concat(account.rootKeys)
      .map(({ id, status }): readonly [string, string] => [id, status]);
    const report = await reportOn(folder);
    expect((await scene.disable([report, '--yes', '--account', UID])).code).toBe(1);
    expect(scene.changes()).toEqual([]);
    // What the first run's probes did to last use is ours, and is not to look like anybody's.
    const from = scene.simulator.requests.length;
    const { code, keys, json } = await scene.disable([report, '--yes', '--account', UID, '--max-keys', '200']);

    const [halfBusy, halfIdle] = [0, 1].map((rest) => kinds.halfUsed.filter((_, index) => index % 2 === rest));
    const wanted: Readonly<Record<string, readonly { readonly id: string }[]>> = {
      'act off': [...kinds.old, ...kinds.never, ...kinds.protected, ...kinds.twins, ...(halfIdle ?? [])],
      'off off': [...kinds.disabled, ...binned, ...unknown, temporary],
      'refused confidence still-live': idOnly,
      'refused in-use still-live': [...kinds.inUse, ...(halfBusy ?? [])],
      'refused not-proven still-live': kinds.foreign,
      'refused wrong-secret left-alone': wrong,
      'refused own-key still-live': kinds.own,
      'by-hand still-live': kinds.root,
    };
    for (const [words, those] of Object.entries(wanted)) {
      expect({ [words]: those.map(({ id }) => keys[id]) }).toEqual({ [words]: those.map(() => words) });
    }
    expect(code).toBe(1);
    expect(json['skipped']).toEqual([]);
    const act = new Set(Object.keys(keys).filter((id) => keys[id] === 'act off'));
    const after = before.map(([id]): readonly [string, string] => [
      id,
      statusOf(account, id) === 'gone' ? statusOf(cloud.other, id) : statusOf(account, id),
    ]);
    expect(after).toEqual(before.map(([id, status]) => [id, act.has(id) ? 'Inactive' : status]));
    expect([...scene.changes()].sort()).toEqual([...act].map((id) => `UpdateAccessKey ${id} Inactive`).sort());
    const requests = scene.simulator.requests.length - from;
    expect(requests / Object.keys(keys).length).toBeLessThan(12);
    const { code: verified, stdout } = await scene.run(['log', 'verify']);
    expect({ verified, stdout }).toEqual({
      verified: 0,
      stdout: expect.stringMatching(/: whole, .*\.\nSHA-256 of the last line: [0-9a-f]{64}\n$/),
    });
  }, 180_000);
});
