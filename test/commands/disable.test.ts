// The guard rails, through the program as it ships: what it must not do is proven by the server's own record of requests.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Call, Fault } from '../../src/simulator/world.js';
import { PROGRAM } from '../support/akscan.js';
import {
  logLines,
  newScene,
  OTHER_UID,
  planted,
  reportOn,
  type Scene,
  signedBy,
  statusOf,
  UID,
} from '../support/containing.js';
import { secret30 } from '../support/keys.js';
import { temporaryFolder, write } from '../support/repository.js';
import { newKey, newUser } from '../support/world.js';

// Every step is a run of the program, and the machine may be busy.
vi.setConfig({ testTimeout: 120_000 });

const YES = ['--yes', '--account', UID];

const hoursAgo = (hours: number): string => `${new Date(Date.now() - hours * 3_600_000).toISOString().slice(0, 19)}Z`;

/** A user with one key, last used long ago. */
const another = (scene: Scene, name: string, over: Parameters<typeof newKey>[0] = {}) => {
  const key = newKey({ lastUsed: { at: '2025-01-01T00:00:00Z', service: 'Oss' }, ...over });
  const id = `28000000000000${String(scene.account.users.length).padStart(4, '0')}`;
  scene.account.users.push(newUser(name, { id, keys: [key] }));
  return key;
};

describe('akscan disable', () => {
  it('shows what it would do, and does nothing without --yes', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    const { code, keys, json } = await scene.disable([active.id]);
    expect({ code, keys, dryRun: json['dryRun'] }).toEqual({
      code: 1,
      keys: { [active.id]: 'act still-live' },
      dryRun: true,
    });
    expect(scene.changes()).toEqual([]);
    const text = (await scene.run(['disable', active.id])).stdout;
    expect(text).toContain('UpdateAccessKey');
    expect(text).toContain('Nothing was changed');
    expect(text).toContain('alice');
  });

  it('switches a key off, once, and reads it back', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    const { code, keys } = await scene.disable([active.id, ...YES]);
    expect({ code, keys }).toEqual({ code: 0, keys: { [active.id]: 'act off' } });
    expect(scene.changes()).toEqual([`UpdateAccessKey ${active.id} Inactive`]);
    expect(statusOf(scene.account, active.id)).toBe('Inactive');
    const actions = scene.simulator.requests.map(({ action }) => action);
    expect(actions.slice(actions.indexOf('UpdateAccessKey'))).toContain('ListAccessKeys');
    const again = await scene.disable([active.id, ...YES]);
    expect(again).toMatchObject({ code: 0, keys: { [active.id]: 'off off' } });
    expect(scene.changes()).toHaveLength(1);
  });
});

describe('nothing is sent for', () => {
  const untouched = async (scene: Scene, args: readonly string[], id: string, words: string, over = {}) => {
    const { code, keys } = await scene.disable([...args, ...YES], over);
    expect({ code, words: keys[id] }).toEqual({ code: words.endsWith('left-alone') ? 0 : 1, words });
    expect(scene.changes()).toEqual([]);
    expect(statusOf(scene.account, id)).toBe('Active');
  };

  it('the key that signs', async () => {
    const scene = await newScene();
    await untouched(scene, [scene.operator.id], scene.operator.id, 'refused own-key still-live');
  });

  it('another key of the user that signs', async () => {
    const second = newKey();
    const scene = await newScene(({ account }) => {
      account.users.push(newUser('second', { id: '290000000000000078', keys: [second] }));
    });
    scene.account.users.find(({ name }) => name === 'operator')?.keys.push(newKey());
    const own = scene.account.users.find(({ name }) => name === 'operator')?.keys[1];
    await untouched(scene, [own?.id ?? ''], own?.id ?? '', 'refused own-key still-live');
  });

  it('the key, and the other keys of its user, that a role was assumed with', async () => {
    const base = newKey();
    const other = newKey();
    const scene = await newScene(({ account }) => {
      const assumer = newUser('assumer', {
        id: '290000000000000079',
        keys: [base, other],
        allow: ['sts:AssumeRole'],
      });
      account.users.push(assumer);
      const roles = [{ name: 'responder', policies: [{ name: 'AdministratorAccess', type: 'System' as const }] }];
      Object.assign(account, { roles });
    });
    const env = { ...signedBy(base), ALIBABA_CLOUD_ROLE_ARN: `acs:ram::${UID}:role/responder` };
    const { active } = scene.cloud;
    const { keys } = await scene.disable([base.id, other.id, active.id, ...YES], { env });
    expect(keys).toEqual({
      [base.id]: 'refused own-key still-live',
      [other.id]: 'refused own-key still-live',
      [active.id]: 'act off',
    });
    expect(scene.changes()).toEqual([`UpdateAccessKey ${active.id} Inactive`]);
  });

  it('a key that the inventory of this run does not prove', async () => {
    const scene = await newScene();
    const { foreign } = scene.cloud;
    const { code, keys } = await scene.disable([foreign.id, ...YES]);
    expect({ code, keys }).toEqual({ code: 1, keys: { [foreign.id]: 'refused not-proven still-live' } });
    expect(scene.changes()).toEqual([]);
  });

  it('a root key, without the root account; its owner is told what to do', async () => {
    const scene = await newScene();
    const { root } = scene.cloud;
    await untouched(scene, [root.id], root.id, 'by-hand still-live');
    const { stdout } = await scene.run(['disable', root.id]);
    expect(stdout).toContain('ram.console.aliyun.com');
  });

  it('a key of an account that --account does not name', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    const { code, keys } = await scene.disable([active.id, '--yes', '--account', OTHER_UID]);
    expect({ code, keys }).toEqual({ code: 1, keys: { [active.id]: 'refused other-account still-live' } });
    expect(scene.changes()).toEqual([]);
  });

  it('the other of two accounts whose credentials are at hand', async () => {
    const theirs = newKey();
    const scene = await newScene(({ other }) => {
      other.users.push(newUser('operator', { id: '290000000000000080', keys: [theirs], allow: ['*'] }));
    });
    const profile = (name: string, { id, secret }: ReturnType<typeof newKey>) => ({
      name,
      mode: 'AK',
      access_key_id: id,
      access_key_secret: secret,
    });
    const profiles = [profile('ours', scene.operator), profile('theirs', theirs)];
    const home = scene.env['HOME'] ?? '';
    write(home, { '.aliyun/config.json': JSON.stringify({ current: 'ours', profiles }) });
    const { active, foreign } = scene.cloud;
    const both = [active.id, foreign.id, '--profile', 'ours', '--profile', 'theirs'];
    const env = { ALIBABA_CLOUD_ACCESS_KEY_ID: '', ALIBABA_CLOUD_ACCESS_KEY_SECRET: '' };
    const undecided = await scene.disable([...both, '--yes'], { env });
    expect(undecided).toMatchObject({ code: 2, stderr: expect.stringContaining('--account') });
    expect(scene.changes()).toEqual([]);
    const { keys } = await scene.disable([...both, '--yes', '--account', OTHER_UID], { env });
    expect(keys).toEqual({ [active.id]: 'refused other-account still-live', [foreign.id]: 'act off' });
    expect(scene.changes()).toEqual([`UpdateAccessKey ${foreign.id} Inactive`]);
  });

  it('anything without --account where nobody can be asked', async () => {
    const scene = await newScene();
    const { code, stderr } = await scene.disable([scene.cloud.active.id, '--yes']);
    expect(code).toBe(2);
    expect(stderr).toContain('--yes needs --account UID');
    expect(scene.changes()).toEqual([]);
  });

  it('more keys than --max-keys, not even some of them', async () => {
    const scene = await newScene();
    const ids = ['one', 'two', 'three'].map((name) => another(scene, name).id);
    const { code, keys } = await scene.disable([...ids, '--max-keys', '2', ...YES]);
    expect(code).toBe(1);
    expect(Object.values(keys)).toEqual(Array(3).fill('refused too-many still-live'));
    expect(scene.changes()).toEqual([]);
    expect((await scene.disable([...ids, '--max-keys', '3', ...YES])).code).toBe(0);
    expect(scene.changes()).toHaveLength(3);
  });

  it('more than twenty keys, unless told', async () => {
    const scene = await newScene();
    const ids = Array.from({ length: 21 }, (_, index) => another(scene, `user-${index}`).id);
    const { code } = await scene.disable([...ids, ...YES]);
    expect(code).toBe(1);
    expect(scene.changes()).toEqual([]);
  });

  it('a finding of less confidence than high', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    const report = await reportOn(planted(active));
    const text = readFileSync(report, 'utf8');
    expect(text).toContain('"confidence":"high"');
    writeFileSync(report, text.replace('"confidence":"high"', '"confidence":"medium"'));
    await untouched(scene, [report], active.id, 'refused confidence still-live');
    expect((await scene.disable([report, '--min-confidence', 'medium', ...YES])).keys).toEqual({
      [active.id]: 'act off',
    });
  });

  it('a key that was used in the last day, or as long as --recent says', async () => {
    const scene = await newScene();
    const key = another(scene, 'busy', { lastUsed: { at: hoursAgo(20), service: 'Ecs' } });
    await untouched(scene, [key.id], key.id, 'refused in-use still-live');
    const { stdout } = await scene.run(['disable', key.id]);
    expect(stdout).toContain('Ecs');
    expect((await scene.disable([key.id, '--recent', '19', ...YES])).keys).toEqual({ [key.id]: 'act off' });
  });

  it('a key that ActionTrail alone knows in use, or of which nobody can say', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    scene.account.events = [
      {
        at: hoursAgo(2),
        accessKeyId: active.id,
        service: 'Rds',
        action: 'DescribeDBInstances',
        address: '203.0.113.7',
      },
    ];
    await untouched(scene, [active.id], active.id, 'refused in-use still-live');
    scene.account.events = [];
    scene.world.fault = ({ action }) =>
      /^GetAccessKeyLastUsed/.test(action)
        ? { kind: 'error', status: 403, code: 'NoPermission', message: 'You are not authorized.' }
        : null;
    await untouched(scene, [active.id], active.id, 'refused in-use still-live');
    expect((await scene.disable([active.id, '--force-in-use', ...YES])).keys).toEqual({ [active.id]: 'act off' });
  });

  it('a key that production uses beside our own probes', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    const report = await reportOn(planted(active));
    // Our own probe of an earlier run, then a use by others within the same seconds.
    await scene.run(['verify', report, '--verify', '--probe']);
    active.lastUsed = { at: hoursAgo(0), service: 'Ecs' };
    await untouched(scene, [report], active.id, 'refused in-use still-live');
    // A use of STS by others, just before this run's own probe.
    const before = another(scene, 'assuming', { lastUsed: { at: hoursAgo(0), service: 'Sts' } });
    scene.account.events = [
      { at: '2026-01-01T00:00:00Z', accessKeyId: before.id, service: 'Ecs', action: 'StopInstance', address: '::1' },
    ];
    await untouched(scene, [await reportOn(planted(before))], before.id, 'refused in-use still-live');
  });

  it('a key that was looked up in vain, whatever a report says of it', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    const report = path.join(temporaryFolder(), 'verified.jsonl');
    await scene.run([planted(active), '--verify', '--format', 'jsonl', '--output', report]);
    expect(readFileSync(report, 'utf8')).toContain('"state":"live"');
    for (const failing of ['ListAccessKeys', 'GetUser']) {
      scene.world.fault = ({ action }) =>
        action === failing ? { kind: 'error', status: 500, code: 'InternalError', message: 'oops' } : null;
      const { code, keys } = await scene.disable([report, ...YES]);
      expect(code).not.toBe(0);
      expect(keys[active.id]).toMatch(/^refused (?:not-proven|in-use) /);
      expect(scene.changes()).toEqual([]);
    }
  });

  it('a key that a report of earlier calls ours, and that is of another account today', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    const report = path.join(temporaryFolder(), 'verified.jsonl');
    await scene.run([planted(active), '--verify', '--format', 'jsonl', '--output', report]);
    const { users } = scene.account;
    const alice = users.findIndex(({ name }) => name === 'alice');
    scene.cloud.other.users.push(...users.splice(alice, 1));
    const { keys } = await scene.disable([report, ...YES]);
    expect(keys[active.id]).toBe('refused not-proven still-live');
    expect(scene.changes()).toEqual([]);
  });

  it('a live ID that somebody planted beside a made-up secret', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    const folder = planted({ id: active.id, secret: secret30() });
    const report = await reportOn(folder);
    await untouched(scene, [report], active.id, 'refused wrong-secret left-alone');
    // The report of a run that asked STS, and a run that does not.
    const verified = path.join(temporaryFolder(), 'verified.jsonl');
    await scene.run([folder, '--verify', '--probe', '--format', 'jsonl', '--output', verified]);
    await untouched(scene, [verified, '--no-probe'], active.id, 'refused wrong-secret left-alone');
    // STS does not speak of the pair.
    scene.world.fault = ({ action, accessKeyId }) =>
      action === 'GetCallerIdentity' && accessKeyId === active.id
        ? { kind: 'error', status: 503, code: 'ServiceUnavailable', message: 'later' }
        : null;
    await untouched(scene, [report], active.id, 'refused secret-unknown still-live');
  });

  it('what --except names, or --only does not', async () => {
    const scene = await newScene();
    const { active, restricted } = scene.cloud;
    const one = another(scene, 'ci-one');
    const two = another(scene, 'ci-two');
    const ids = [active.id, restricted.id, one.id, two.id];
    const meant = async (...options: readonly string[]): Promise<readonly string[]> => {
      const { keys } = await scene.disable([...ids, ...options]);
      return ids.filter((id) => keys[id]?.startsWith('act') === true);
    };
    expect(await meant()).toEqual(ids);
    expect(await meant('--only', 'ci-*')).toEqual([one.id, two.id]);
    expect(await meant('--only', 'ci-*', '--except', `${one.id.slice(0, 12)}*`)).toEqual([two.id]);
    expect(await meant('--except', UID)).toEqual([]);
    expect(await meant('--except', '*')).toEqual([]);
    expect(await meant('--only', one.id, '--only', 'alice')).toEqual([active.id, one.id]);
    const { code, keys } = await scene.disable([...ids, '--only', 'ci-*', '--except', 'ci-two', ...YES]);
    expect(code).toBe(0);
    expect(keys[active.id]).toBe('refused not-asked-for left-alone');
    expect(scene.changes()).toEqual([`UpdateAccessKey ${one.id} Inactive`]);
  });

  it.each([
    ['matches', ['--only', 'ci-*']],
    ['match', ['--only', 'ci-*', '--only', 'root']],
  ])('any key, when an --only %s none of them', async (verb, misspelt) => {
    const scene = await newScene();
    const { active } = scene.cloud;
    const globs = misspelt.filter((word) => word !== '--only').map((glob) => `"${glob}"`);
    const args = ['disable', active.id, '--only', 'alice', '--except', 'nobody', ...misspelt];
    for (const words of [args, [...args, ...YES], [...args, '--rotate']]) {
      const { code, stderr } = await scene.run(words);
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: expect.stringContaining(`akscan: --only ${globs.join(', ')} ${verb} none of the keys`),
      });
    }
    expect(scene.changes()).toEqual([]);
    const chinese = await scene.run(args, { env: { LANG: 'zh_CN.UTF-8' } });
    expect(chinese.stderr).not.toMatch(/matche?s?|compared/);
  });

  it('anything that --only misses because its account could not be read, which is said', async () => {
    const scene = await newScene();
    scene.world.fault = ({ action }) =>
      action !== 'GetCallerIdentity' ? { kind: 'error', status: 403, code: 'NoPermission', message: 'no' } : null;
    const { code, stderr } = await scene.run(['disable', scene.cloud.active.id, '--only', 'alice', ...YES]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/--only "alice"[^\n]*\n {2}(?!It is)/) });
    expect(scene.changes()).toEqual([]);
  });

  it('an empty report, which is said', async () => {
    const scene = await newScene();
    for (const env of [{}, { LANG: 'zh_CN.UTF-8' }]) {
      const { code, stdout, stderr } = await scene.run(['disable', '-', ...YES], { env });
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      const said = 'LANG' in env ? '<stdin> 为空，因此没有给出密钥。' : '<stdin> is empty, so no key was named.';
      expect(stderr).toMatch(new RegExp(`^akscan: ${said}\\n`));
    }
    expect(scene.simulator.requests).toEqual([]);
  });

  it('anything that a file in the scanned tree asks for', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    const folder = planted(active);
    const report = await reportOn(folder);
    const wishes = { yes: true, account: UID, disable: { yes: true, account: UID }, maxKeys: 1000, forceInUse: true };
    for (const wish of Object.entries(wishes)) {
      write(folder, { 'akscan.config.yml': JSON.stringify(Object.fromEntries([wish])) });
      await scene.run(['disable', report], { cwd: folder });
      await scene.run(['disable', report, '--yes'], { cwd: folder });
      await scene.run(['scan', folder, '--verify'], { cwd: folder });
    }
    expect(scene.changes()).toEqual([]);
    active.lastUsed = { at: hoursAgo(1), service: 'Ecs' };
    await untouched(scene, [report], active.id, 'refused in-use still-live', { cwd: folder });
  });

  it('DeleteAccessKey, as long as the account shows the key on', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    scene.world.fault = ({ action }) =>
      action === 'UpdateAccessKey'
        ? { kind: 'error', status: 403, code: 'NoPermission', message: 'You are not authorized.' }
        : null;
    const refused = await scene.disable([active.id, '--mode', 'delete', ...YES]);
    expect(refused).toMatchObject({ code: 1, keys: { [active.id]: 'act still-live' } });
    expect(scene.changes()).toEqual([`UpdateAccessKey ${active.id} Inactive`]);
    scene.world.fault = undefined;
    const { code } = await scene.disable([active.id, '--mode', 'delete', ...YES]);
    expect(code).toBe(0);
    expect(scene.changes().slice(1)).toEqual([`UpdateAccessKey ${active.id} Inactive`, `DeleteAccessKey ${active.id}`]);
    expect(statusOf(scene.account, active.id)).toBe('recycled');
  });

  it('SetAccessKeyPolicy without an address, or for everybody, or over a policy that cannot be read', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    await untouched(scene, [active.id, '--mode', 'restrict'], active.id, 'refused no-address still-live');
    const everybody = await scene.disable([active.id, '--mode', 'restrict', '--allow', '0.0.0.0/0', ...YES]);
    expect(everybody.code).toBe(2);
    scene.world.fault = ({ action }) =>
      action === 'GetAccessKeyPolicy'
        ? { kind: 'error', status: 403, code: 'NoPermission', message: 'You are not authorized.' }
        : null;
    const allow = ['--mode', 'restrict', '--allow', '203.0.113.0/24'];
    await untouched(scene, [active.id, ...allow], active.id, 'act still-live');
    scene.world.fault = undefined;
    expect(await scene.disable([active.id, ...allow, ...YES])).toMatchObject({
      code: 0,
      keys: { [active.id]: 'act restricted' },
    });
    expect(JSON.parse(active.policy ?? '')).toMatchObject({ Status: 'Active' });
  });
});

describe('our own probes', () => {
  it('are no use of the key, neither this run’s nor an earlier one’s', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    const never = another(scene, 'never');
    delete never.lastUsed;
    const folder = planted(active, never);
    await scene.run([folder, '--verify', '--probe']);
    await scene.run([folder, '--verify', '--probe']);
    expect(active.lastUsed?.service).toBe('Sts');
    scene.account.events = [active, never].map(({ id, lastUsed }) => ({
      at: lastUsed?.at ?? '',
      accessKeyId: id,
      service: 'Sts',
      action: 'GetCallerIdentity',
      address: '203.0.113.7',
    }));
    const { code, keys } = await scene.disable([await reportOn(folder), ...YES]);
    expect({ code, keys }).toEqual({ code: 0, keys: { [active.id]: 'act off', [never.id]: 'act off' } });
    const proofs = scene.simulator.requests.filter(({ code: refused }) => refused?.includes('Inactive') === true);
    expect(proofs.length).toBeGreaterThanOrEqual(2);
  });

  it('are told where they hide what used the key before, and stop nothing when they are long ago', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    const report = await reportOn(planted(active));
    // Without --verify nobody looked the last use up before.
    await scene.run(['verify', report, '--probe']);
    expect(active.lastUsed?.service).toBe('Sts');
    scene.account.events = [];
    for (const args of [[active.id], [report], [report]]) {
      const { stdout } = await scene.run(['disable', ...args]);
      expect(stdout.replace(/\s+/g, ' ')).toContain("Its last use was akscan's own probe");
      expect(stdout).not.toContain('could not be read');
    }
    // What the runs above probed themselves hides nothing more than the first did.
    const log = path.join(path.dirname(scene.log), 'probes.jsonl');
    const noted = readFileSync(log, 'utf8');
    expect(noted.match(/"ownProbe"/g)).toHaveLength(2);
    writeFileSync(log, noted.replaceAll(/"ownProbe":"[^"]*"/g, `"ownProbe":"${hoursAgo(30)}"`));
    expect((await scene.disable([report, ...YES])).keys).toEqual({ [active.id]: 'act off' });
  });
});

const hasScript = spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0;

describe.skipIf(!hasScript)('at a terminal (script of util-linux)', () => {
  /** Types the answer when it is asked for one. */
  const atTerminal = (
    scene: Scene,
    args: readonly string[],
    answer: string,
  ): Promise<{ code: number; shown: string }> =>
    new Promise((resolve, reject) => {
      const words = [process.execPath, PROGRAM, 'disable', ...args].map((word) => `'${word}'`).join(' ');
      const env = { PATH: process.env['PATH'], TERM: 'dumb', ...scene.env };
      // In place of the shell, which would die of Ctrl-C and give 130 itself.
      const child = spawn('script', ['-qefc', `exec ${words}`, '/dev/null'], { env });
      let shown = '';
      let isAnswered = false;
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        shown += text;
        if (isAnswered || !shown.includes('to go on: ')) return;
        isAnswered = true;
        child.stdin.write(answer);
      });
      child.on('error', reject);
      child.on('close', (code) => resolve({ code: code ?? -1, shown }));
    });

  it.each(['n\n', 'yes\n', '\n', '2\n', '\u0004', `${OTHER_UID}\n`])(
    'does nothing after the answer %j',
    async (answer) => {
      const scene = await newScene();
      const { code, shown } = await atTerminal(scene, [scene.cloud.active.id, '--yes'], answer);
      expect(shown).toContain('nothing was changed');
      expect(code).toBe(2);
      expect(scene.changes()).toEqual([]);
    },
  );

  it.each([
    ['the number of keys', '1\n'],
    ['the alias', 'company-3456\n'],
  ])('goes on after %s', async (_, answer) => {
    const scene = await newScene();
    const { code, shown } = await atTerminal(scene, [scene.cloud.active.id, '--yes'], answer);
    expect({ code, shown }).toMatchObject({ code: 0, shown: expect.stringContaining('OFF') });
    expect(scene.changes()).toEqual([`UpdateAccessKey ${scene.cloud.active.id} Inactive`]);
  });

  it('leaves all as it is when the question is answered by Ctrl-C', async () => {
    const scene = await newScene();
    const { code, shown } = await atTerminal(scene, [scene.cloud.active.id, '--yes'], '\u0003');
    expect({ code, shown }).toEqual({
      code: 130,
      shown: expect.stringContaining('Stopped before anything was changed.'),
    });
    expect(scene.changes()).toEqual([]);
  });

  it('makes no new key when the question is answered by Ctrl-C', async () => {
    const scene = await newScene();
    const used = another(scene, 'shop', { lastUsed: { at: hoursAgo(1), service: 'Oss' } });
    const file = path.join(scene.env['HOME'] ?? '', 'new.json');
    const { code, shown } = await atTerminal(scene, [used.id, '--rotate', '--yes', '--secret-file', file], '\u0003');
    expect({ code, shown }).toEqual({
      code: 130,
      shown: expect.stringContaining('Stopped before anything was changed.'),
    });
    expect(scene.changes()).toEqual([]);
    expect(existsSync(file)).toBe(false);
  });
});

describe('the proof', () => {
  it('waits for an STS that hears of it late, and says how long that took', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    scene.world.disabledAfterMs = 3_000;
    const { code, json } = await scene.disable([await reportOn(planted(active)), ...YES]);
    expect(code).toBe(0);
    const [key] = json['keys'] as readonly { readonly proof: { readonly kind: string; readonly afterMs: number } }[];
    expect(key?.proof).toMatchObject({ kind: 'refused', why: 'STS refuses it (InvalidAccessKeyId.Inactive).' });
    expect(key?.proof.afterMs).toBeGreaterThan(2_000);
    const answers = scene.simulator.requests
      .filter(({ action, accessKeyId }) => action === 'GetCallerIdentity' && accessKeyId === active.id)
      .map(({ status }) => status);
    // Before, and then until it was refused.
    expect(answers.length).toBeGreaterThanOrEqual(3);
    expect(answers.indexOf(400)).toBe(answers.length - 1);
  });

  it.each<[string, (call: Call) => Fault | null]>([
    ['lost', () => ({ kind: 'after', instead: { kind: 'reset' } })],
    ['cut in the middle', () => ({ kind: 'after', instead: { kind: 'truncate' } })],
    [
      'a failure of the server',
      () => ({ kind: 'after', instead: { kind: 'error', status: 500, code: 'InternalError', message: 'oops' } }),
    ],
    [
      'to come again later, for a while',
      ({ earlier }) =>
        earlier < 3
          ? { kind: 'error', status: 400, code: 'Throttling.User', message: 'slow down', retryAfterMs: 20 }
          : null,
    ],
  ])('is the state that was read back, when the answer to the call is %s', async (_, fault) => {
    const scene = await newScene();
    const { active } = scene.cloud;
    scene.world.fault = (call) => (call.action === 'UpdateAccessKey' ? fault(call) : null);
    const { code, keys } = await scene.disable([active.id, ...YES]);
    expect({ code, keys }).toEqual({ code: 0, keys: { [active.id]: 'act off' } });
    const carriedOut = scene.simulator.requests.filter(
      ({ action, code: refused }) => action === 'UpdateAccessKey' && refused === null,
    );
    expect(carriedOut).toHaveLength(1);
    expect(logLines(scene.log).find(({ type }) => type === 'state')?.after).toMatchObject({ status: 'Inactive' });
  });
});

describe('the log', () => {
  it('is kept before anything is done, or nothing is', async () => {
    const scene = await newScene();
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'log'));
    const { code, stderr } = await scene.disable([scene.cloud.active.id, '--log', path.join(folder, 'log'), ...YES]);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('without one nothing is done') });
    const changed = path.join(folder, 'changed');
    writeFileSync(changed, `{"v":1,"seq":1,"at":"","run":"r","prev":"00","type":"end"}\n`);
    expect((await scene.disable([scene.cloud.active.id, '--log', changed, ...YES])).code).toBe(2);
    expect(scene.changes()).toEqual([]);
  });
});
