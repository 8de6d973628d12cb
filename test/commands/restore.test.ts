// The way back, through the program as it ships: the simulated company is compared, whole, with what it was.

import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openLog, readLog } from '../../src/contain/log.js';
import type { World } from '../../src/simulator/world.js';
import { newScene, OTHER_UID, runsIn, type Scene, signedBy, statusOf, UID } from '../support/containing.js';
import { temporaryFolder } from '../support/repository.js';
import { newKey, newUser } from '../support/world.js';

// Every step is a run of the program, and the machine may be busy.
vi.setConfig({ testTimeout: 120_000 });

const YES = ['--yes', '--account', UID];

/** All of it, without what moves by itself. */
const worldIn = ({ world }: Scene): unknown =>
  JSON.parse(
    JSON.stringify((world as World).accounts, (name, value: unknown) =>
      ['lastUsed', 'events', 'updated', 'acceptedUntil', 'sessions'].includes(name) ? undefined : value,
    ),
  );

const POLICY = JSON.stringify({
  Version: 1,
  Status: 'Active',
  Statements: [{ Type: 'ClassicWhiteList', IPList: ['198.51.100.7'] }],
});

/** Three keys: of alice, of build-bot, and one with a network policy of its own. */
const threeKeys = async () => {
  const pinned = newKey({ policy: POLICY });
  const scene = await newScene(({ account }) => {
    account.users.push(newUser('pinned', { id: '280000000000000001', keys: [newKey(), pinned] }));
  });
  const { active, restricted } = scene.cloud;
  return { scene, pinned, ids: [active.id, restricted.id, pinned.id] };
};

const restore = async (scene: Scene, ...options: readonly string[]) => {
  const ran = await scene.run(['restore', '--format', 'json', ...options]);
  const json = (ran.stdout === '' ? { returns: [] } : JSON.parse(ran.stdout)) as {
    readonly returns: readonly {
      readonly change: { readonly key: string };
      readonly undoing: { readonly kind: string; readonly why?: string };
    }[];
  };
  return {
    ...ran,
    kinds: Object.fromEntries(json.returns.map(({ change, undoing }) => [change.key, undoing.kind])),
    whys: json.returns.map(({ undoing }) => undoing.why ?? ''),
  };
};

const sentSince = (scene: Scene, before: number): readonly string[] => scene.changes().slice(before);

describe('akscan restore', () => {
  const ALLOW = ['--mode', 'restrict', '--allow', '203.0.113.0/24'];

  it.each<[string, readonly (readonly string[])[]]>([
    ['switched off', [['--mode', 'disable']]],
    ['deleted', [['--mode', 'delete']]],
    ['restricted', [ALLOW]],
    [
      'switched off, then deleted',
      [
        ['--mode', 'disable'],
        ['--mode', 'delete'],
      ],
    ],
    ['restricted, then switched off, then deleted', [ALLOW, ['--mode', 'disable'], ['--mode', 'delete']]],
  ])('brings several keys back that were %s', async (_, runs) => {
    const { scene, ids } = await threeKeys();
    const before = worldIn(scene);
    for (const options of runs) expect((await scene.disable([...ids, ...options, ...YES])).code).toBe(0);
    expect(worldIn(scene)).not.toEqual(before);
    const sent = scene.changes().length;
    const bytes = readFileSync(scene.log);
    const dry = await restore(scene);
    expect({ code: dry.code, kinds: Object.values(dry.kinds) }).toEqual({ code: 1, kinds: ['act', 'act', 'act'] });
    expect(sentSince(scene, sent)).toEqual([]);
    expect(readFileSync(scene.log)).toEqual(bytes);

    expect((await restore(scene, ...YES)).code).toBe(0);
    expect(worldIn(scene)).toEqual(before);
    expect((await scene.run(['log', 'verify'])).code).toBe(0);
    const done = scene.changes().length;
    expect(await scene.run(['restore', ...YES])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Nothing to restore'),
    });
    expect(sentSince(scene, done)).toEqual([]);
  });

  it('brings back a key that comes out of the bin already on', async () => {
    const { scene, ids } = await threeKeys();
    const before = worldIn(scene);
    scene.world.restoredStatus = 'Active';
    await scene.disable([...ids, '--mode', 'delete', ...YES]);
    expect((await restore(scene, ...YES)).code).toBe(0);
    expect(worldIn(scene)).toEqual(before);
  });

  it('leaves off what was off before it was deleted', async () => {
    const scene = await newScene();
    const { inactive } = scene.cloud;
    const before = worldIn(scene);
    expect((await scene.disable([inactive.id, '--mode', 'delete', ...YES])).code).toBe(0);
    expect(statusOf(scene.account, inactive.id)).toBe('recycled');
    expect((await restore(scene, ...YES)).code).toBe(0);
    expect(worldIn(scene)).toEqual(before);
    expect(statusOf(scene.account, inactive.id)).toBe('Inactive');
  });

  it("brings back the root's other key, with the root's own", async () => {
    const own = newKey();
    const scene = await newScene(({ account }) => {
      account.rootKeys.push(own);
    });
    const env = signedBy(own);
    const { root } = scene.cloud;
    const before = worldIn(scene);
    expect(await scene.disable([root.id, own.id, ...YES], { env })).toMatchObject({
      code: 1,
      keys: { [root.id]: 'act off', [own.id]: 'refused own-key still-live' },
    });
    expect(statusOf(scene.account, root.id)).toBe('Inactive');
    expect((await scene.run(['disable', root.id, '--mode', 'delete'], { env })).stdout).toMatch(/gone\s+for\s+good/);
    // Not with an operator's, however much he may.
    const sent = scene.changes().length;
    expect((await restore(scene, ...YES)).code).toBe(1);
    expect(sentSince(scene, sent)).toEqual([]);
    expect((await scene.run(['restore', ...YES], { env })).code).toBe(0);
    expect(worldIn(scene)).toEqual(before);
  });

  it('brings back only what --only names', async () => {
    const { scene, ids } = await threeKeys();
    await scene.disable([...ids, ...YES]);
    const sent = scene.changes().length;
    expect((await restore(scene, '--only', 'alice', ...YES)).code).toBe(0);
    expect(sentSince(scene, sent)).toEqual([`UpdateAccessKey ${ids[0]} Active`]);
  });

  it('names what --only and --except leave out, and never calls that as before', async () => {
    const { scene, ids } = await threeKeys();
    await scene.disable([...ids, ...YES]);
    const told = async (...options: readonly string[]) => scene.run(['restore', ...options]);

    const plan = await told('--except', 'alice');
    expect(plan).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('2 keys would be brought back, 1 left out,'),
    });
    expect(plan.stdout).toContain(`Left out by --only or --except: ${ids[0]}.\n`);
    const none = await told('--except', '*');
    expect(none.stdout).toContain('all that the log tells of was left out by --only or --except;');
    expect(none.stdout).not.toContain('as it was before');
    const done = await scene.run(['restore', '--format', 'json', '--only', 'alice', ...YES]);
    expect(done).toMatchObject({ code: 0, stderr: expect.stringContaining('1 of 1 key as before, 2 left out,') });
    const { leftOut } = JSON.parse(done.stdout) as { readonly leftOut: readonly { readonly key: string }[] };
    expect(leftOut.map(({ key }) => key).sort()).toEqual(ids.slice(1).sort());
  });

  it('refuses an --only that matches none of the keys in the log', async () => {
    const { scene, ids } = await threeKeys();
    await scene.disable([...ids, ...YES]);
    const sent = scene.changes().length;
    expect(await restore(scene, '--only', 'alice', '--only', 'alicia', ...YES)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--only "alicia" matches none of the keys, so nothing was changed.'),
    });
    expect(sentSince(scene, sent)).toEqual([]);
  });

  it('does nothing without the account, even at --yes', async () => {
    const { scene, ids } = await threeKeys();
    await scene.disable([...ids, ...YES]);
    const sent = scene.changes().length;
    expect(await restore(scene, '--yes')).toMatchObject({ code: 2, stderr: expect.stringContaining('--account UID') });
    expect((await restore(scene, '--yes', '--account', OTHER_UID)).code).not.toBe(0);
    expect(sentSince(scene, sent)).toEqual([]);
  });
});

describe('akscan restore leaves alone', () => {
  const leftAlone = async (scene: Scene, id: string, kind = 'refused', code = 1) => {
    const before = worldIn(scene);
    const sent = scene.changes().length;
    const done = await restore(scene, ...YES);
    expect({ code: done.code, kind: done.kinds[id] }).toEqual({ code, kind });
    expect(sentSince(scene, sent)).toEqual([]);
    expect(worldIn(scene)).toEqual(before);
  };

  it('a key that somebody switched on since', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    await scene.disable([active.id, ...YES]);
    active.status = 'Active';
    await leftAlone(scene, active.id, 'done', 0);
  });

  it('a key that somebody deleted since', async () => {
    const scene = await newScene();
    const { active, operator } = { ...scene.cloud, operator: scene.operator };
    await scene.disable([active.id, ...YES]);
    const elsewhere = path.join(temporaryFolder(), 'other.jsonl');
    await scene.disable([active.id, '--mode', 'delete', '--log', elsewhere, ...YES], { env: signedBy(operator) });
    expect(statusOf(scene.account, active.id)).toBe('recycled');
    await leftAlone(scene, active.id);
  });

  it('a key whose policy somebody changed since', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    await scene.disable([active.id, '--mode', 'restrict', '--allow', '203.0.113.0/24', ...YES]);
    active.policy = POLICY;
    await leftAlone(scene, active.id);
  });

  it('what others set between two changes of ours', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    await scene.disable([active.id, '--mode', 'restrict', '--allow', '203.0.113.0/24', ...YES]);
    active.policy = POLICY;
    await scene.disable([active.id, ...YES]);
    expect((await restore(scene, ...YES)).code).toBe(0);
    expect(active).toMatchObject({ status: 'Active', policy: POLICY });
  });

  it('a key that is gone for good', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    await scene.disable([active.id, '--mode', 'delete', ...YES]);
    scene.account.recycleBin.splice(0);
    await leftAlone(scene, active.id);
  });

  it('a key whose state cannot be read: nobody knows, and that is a fault', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    await scene.disable([active.id, ...YES]);
    scene.world.fault = ({ action }) =>
      action === 'ListAccessKeys'
        ? { kind: 'error', status: 403, code: 'NoPermission', message: 'You are not authorized.' }
        : null;
    await leftAlone(scene, active.id, 'refused', 2);
  });

  it('everything, when the log was changed', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    await scene.disable([active.id, ...YES]);
    const text = readFileSync(scene.log, 'utf8');
    writeFileSync(scene.log, text.replace('"status":"Active"', '"status":"Inactive"'));
    const sent = scene.changes().length;
    for (const options of [[], YES]) {
      expect(await restore(scene, ...options)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('was changed or damaged'),
      });
    }
    expect(sentSince(scene, sent)).toEqual([]);
    expect((await scene.run(['log', 'verify'])).code).toBe(1);
  });

  it('keys of another account than that of the credentials', async () => {
    const theirs = newKey();
    const scene = await newScene(({ other }) => {
      other.users.push(newUser('operator', { id: '290000000000000082', keys: [theirs], allow: ['*'] }));
    });
    const { active } = scene.cloud;
    await scene.disable([active.id, ...YES]);
    const sent = scene.changes().length;
    for (const account of [UID, OTHER_UID]) {
      const { code } = await scene.run(['restore', '--yes', '--account', account], { env: signedBy(theirs) });
      expect(code).not.toBe(0);
    }
    expect(sentSince(scene, sent)).toEqual([]);
  });

  it('a key of which a made-up log says that it was ours to switch on', async () => {
    const scene = await newScene();
    const { inactive } = scene.cloud;
    const log = openLog({ file: scene.log, run: 'forged', now: () => new Date() });
    const call = { api: 'UpdateAccessKey', status: 'Inactive' } as const;
    const owner = {
      kind: 'user',
      account: UID,
      user: 'build-bot',
      userId: null,
      principalName: 'build-bot@company-3456.onaliyun.com',
    } as const;
    log.append({ type: 'intent', key: inactive.id, owner, call, before: { status: 'Active' } });
    log.append({ type: 'state', key: inactive.id, after: { status: 'Inactive' } });
    log.close();
    await leftAlone(scene, inactive.id);
    expect(statusOf(scene.account, inactive.id)).toBe('Inactive');
  });
});

describe('akscan log verify', () => {
  it('says whether the record is whole', async () => {
    const scene = await newScene();
    expect((await scene.run(['log', 'verify'])).code).toBe(2);
    await scene.disable([scene.cloud.active.id, ...YES]);
    expect(await scene.run(['log', 'verify'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('whole, 5 lines of 1 run'),
    });
    expect(runsIn(scene.log)).toEqual(['begin intent answer state end']);
    const [begin] = readLog(scene.log);
    expect(begin).toMatchObject({
      type: 'begin',
      account: UID,
      arn: `acs:ram::${UID}:user/operator`,
      accessKeyId: scene.operator.id,
      who: { user: expect.any(String), host: expect.any(String), pid: expect.any(Number) },
    });
    appendFileSync(scene.log, `${readFileSync(scene.log, 'utf8').split('\n')[1]}\n`);
    expect(await scene.run(['log', 'verify', scene.log])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('line 6 does not follow'),
    });
  });

  it('refuses what it does not know', async () => {
    const scene = await newScene();
    expect((await scene.run(['log', 'repair'])).code).toBe(2);
  });
});
