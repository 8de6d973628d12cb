import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SimulatedKey } from '../../src/simulator/world.js';
import { PROGRAM } from '../support/akscan.js';
import { newScene, type Scene, UID } from '../support/containing.js';
import { createLeakFinder } from '../support/leaks.js';
import { temporaryFolder } from '../support/repository.js';
import { newEvent, newKey, newUser } from '../support/world.js';

const hoursAgo = (hours: number): string => `${new Date(Date.now() - hours * 3_600_000).toISOString().slice(0, 19)}Z`;

/** A user whose one key was used two hours ago, and what would be needed to replace it. */
const shop = async (over: Partial<Parameters<typeof newUser>[1]> = {}) => {
  const used = newKey({ lastUsed: { at: hoursAgo(2), service: 'Oss' } });
  const user = newUser('shop', { id: '290000000000000055', keys: [used], ...over });
  const scene = await newScene(({ account }) => {
    account.users.push(user);
    account.events = [
      newEvent(used.id, 'PutObject', { service: 'Oss', address: '203.0.113.40', at: hoursAgo(2) }),
      newEvent(used.id, 'GetObject', { service: 'Oss', address: '203.0.113.41', at: hoursAgo(3) }),
    ];
  });
  const folder = path.join(temporaryFolder(), 'own');
  mkdirSync(folder, { mode: 0o700 });
  const file = path.join(folder, 'new.json');
  const rotate = (...args: readonly string[]) => scene.run(['disable', used.id, '--rotate', ...args]);
  const make = (...args: readonly string[]) => rotate('--yes', '--account', UID, ...args);
  return { scene, user, used, file, rotate, make };
};

const newOf = ({ keys }: { readonly keys: readonly SimulatedKey[] }, old: SimulatedKey): SimulatedKey => {
  const made = keys.find(({ id }) => id !== old.id);
  if (made === undefined) throw new Error('no key was made');
  return made;
};

const logOf = ({ log }: Scene): readonly Readonly<Record<string, unknown>>[] =>
  readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('akscan disable --rotate', () => {
  it('prints the order that hurts nobody, with what uses the key and from where, and does nothing', async () => {
    const { scene, used, rotate } = await shop();
    const { code, stdout, stderr } = await rotate();
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const commands = [...stdout.matchAll(/^ +(?:\$|or) (.*)$/gm)].map(([, command]) => command);
    expect(commands).toEqual([
      `akscan disable ${used.id} --rotate --yes --account ${UID} --secret-file FILE`,
      '(umask 077; aliyun ram CreateAccessKey --UserName shop > FILE)',
      `akscan verify ${used.id} --activity`,
      `aliyun ram GetAccessKeyLastUsed --UserName shop --UserAccessKeyId ${used.id}`,
      `akscan disable ${used.id} --recent 24 --yes --account ${UID}`,
      `aliyun ram UpdateAccessKey --UserName shop --UserAccessKeyId ${used.id} --Status Inactive`,
      `akscan disable ${used.id} --mode delete --yes --account ${UID}`,
      `aliyun ram DeleteAccessKey --UserName shop --UserAccessKeyId ${used.id}`,
    ]);
    expect(stdout.replace(/\s+/g, ' ')).toContain('used from 203.0.113.40, 203.0.113.41');
    expect(stdout).toContain('Oss');
    expect(scene.changes()).toEqual([]);
    expect(existsSync(scene.log)).toBe(false);
  });

  it('makes the new key, whose secret goes to the file and nowhere else', async () => {
    const { scene, user, used, file, make } = await shop();
    const ran = await make('--secret-file', file);
    const made = newOf(user, used);
    expect(ran).toMatchObject({ code: 1, stderr: '' });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      AccessKeyId: made.id,
      AccessKeySecret: made.secret,
      UserName: 'shop',
      Account: UID,
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(ran.stdout).toContain(made.id);
    expect([used.status, made.status]).toEqual(['Active', 'Active']);
    expect(scene.changes()).toEqual(['CreateAccessKey']);
    expect(logOf(scene).map(({ type }) => type)).toEqual([
      'begin',
      'create-intent',
      'create-answer',
      'handed-over',
      'create-state',
      'end',
    ]);
    expect(await scene.run(['log', 'verify'])).toMatchObject({ code: 0 });
    const leaks = createLeakFinder([{ name: 'the new secret', value: made.secret }]);
    expect([ran.stdout, ran.stderr, readFileSync(scene.log)].flatMap((text) => leaks(text))).toEqual([]);
  });

  it('hands it to a command, and shows nothing of what that prints', async () => {
    const { user, used, file, make } = await shop();
    const script = `const t=require('fs').readFileSync(0,'utf8');require('fs').writeFileSync(${JSON.stringify(file)},t);console.log(t);console.error(t)`;
    const ran = await make('--secret-command', JSON.stringify([process.execPath, '-e', script]), '--format', 'json');
    const made = newOf(user, used);
    expect(ran.code).toBe(1);
    expect(readFileSync(file, 'utf8')).toContain(made.secret);
    const leaks = createLeakFinder([{ name: 'the new secret', value: made.secret }]);
    expect(leaks(`${ran.stdout}${ran.stderr}`)).toEqual([]);
    expect(JSON.parse(ran.stdout)).toMatchObject({ type: 'rotation', keys: [{ made: { kind: 'made' } }] });
  });

  it('shows no new secret whatever is to be debugged', async () => {
    const { scene, user, used, file } = await shop();
    const debug = { DEBUG: '*', NODE_DEBUG: 'http,https,net,tls,stream,child_process', AKSCAN_DEBUG: '1' };
    const args = ['disable', used.id, '--rotate', '--yes', '--account', UID, '--secret-file', file];
    const ran = await scene.run(args, { env: debug });
    expect(ran.stderr).not.toBe('');
    const leaks = createLeakFinder([{ name: 'the new secret', value: newOf(user, used).secret }]);
    expect(leaks(`${ran.stdout}${ran.stderr}`)).toEqual([]);
  });

  it('switches the new key off again when nobody got its secret', async () => {
    const { scene, user, used, make } = await shop();
    const { code, stdout } = await make(
      '--secret-command',
      JSON.stringify([process.execPath, '-e', 'process.exit(7)']),
    );
    const made = newOf(user, used);
    expect(code).toBe(2);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/exit code 7.*was switched off again.*delete it/);
    expect([used.status, made.status]).toEqual(['Active', 'Inactive']);
    expect(scene.changes()).toEqual(['CreateAccessKey', `UpdateAccessKey ${made.id} Inactive`]);
    // There was no such key before, so there is nothing to bring back.
    const restored = await scene.run(['restore', '--yes', '--account', UID]);
    expect(restored).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing to restore') });
    expect(made.status).toBe('Inactive');
  });

  it('says before that there is no room for a third key, and deletes none', async () => {
    const other = newKey({ status: 'Inactive' });
    const used = newKey({ lastUsed: { at: hoursAgo(2), service: 'Oss' } });
    const scene = await newScene(({ account }) => {
      account.users.push(newUser('full', { id: '290000000000000056', keys: [used, other] }));
    });
    const shown = await scene.run(['disable', used.id, '--rotate']);
    expect(shown.stdout.replace(/\s+/g, ' ')).toContain(`${other.id} (off) beside it`);
    const file = path.join(temporaryFolder(), 'new.json');
    const args = ['disable', used.id, '--rotate', '--yes', '--account', UID, '--secret-file', file];
    expect(await scene.run(args)).toMatchObject({ code: 1 });
    expect(scene.changes()).toEqual([]);
    expect(existsSync(file)).toBe(false);
  });

  it('sends the call once when its answer is lost, and looks what became of it', async () => {
    const { scene, user, used, file, make } = await shop();
    scene.world.fault = ({ action }) =>
      action === 'CreateAccessKey' ? { kind: 'after', instead: { kind: 'reset' } } : null;
    const { code, stdout } = await make('--secret-file', file);
    expect(code).toBe(2);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(
      new RegExp(`${newOf(user, used).id} appeared meanwhile. Its secret is lost.*delete it by hand`),
    );
    expect(scene.changes()).toEqual(['CreateAccessKey']);
    expect(existsSync(file)).toBe(false);
    expect(logOf(scene).findLast(({ type }) => type === 'create-state')?.['after']).toEqual(
      user.keys.map(({ id }) => id),
    );
  });

  it('needs a place for the secret, one account, and one key', async () => {
    const { scene, used, file, make, rotate } = await shop();
    expect(await make()).toMatchObject({ code: 2, stderr: expect.stringContaining('--secret-file') });
    expect(await rotate('--yes', '--secret-file', file)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--account UID'),
    });
    const wrong = await rotate('--yes', '--account', '6543210987654321', '--secret-file', file);
    expect(wrong).toMatchObject({ code: 1, stdout: expect.stringContaining('--account names') });
    const second = newKey({ lastUsed: { at: hoursAgo(1), service: 'Ecs' } });
    scene.account.users.push(newUser('second', { id: '290000000000000057', keys: [second] }));
    const both = ['disable', used.id, second.id, '--rotate', '--yes', '--account', UID, '--secret-file', file];
    expect(await scene.run(both)).toMatchObject({ code: 2, stderr: expect.stringContaining('--only') });
    expect(await make('--mode', 'delete', '--secret-file', file)).toMatchObject({ code: 2 });
    expect(await scene.run(['disable', used.id, '--secret-file', file])).toMatchObject({ code: 2 });
    expect(scene.changes()).toEqual([]);
    expect(existsSync(file)).toBe(false);
    expect(await scene.run([...both, '--only', 'second'])).toMatchObject({ code: 1 });
    expect(scene.changes()).toEqual(['CreateAccessKey']);
  });

  it('holds to the guards: no root key, none of ours, none of others, none that nobody uses', async () => {
    const { scene, file } = await shop();
    const { root, active, foreign } = scene.cloud;
    const unused = newKey({ lastUsed: { at: hoursAgo(100), service: 'Oss' } });
    scene.account.users.push(newUser('idle', { id: '290000000000000058', keys: [unused] }));
    for (const { id } of [root, scene.operator, foreign, unused, active]) {
      const ran = await scene.run(['disable', id, '--rotate', '--yes', '--account', UID, '--secret-file', file]);
      expect(ran.code).toBe(1);
    }
    expect(scene.changes()).toEqual([]);
    expect(existsSync(file)).toBe(false);
    const byHand = await scene.run(['disable', root.id, '--rotate']);
    expect(byHand.stdout).toMatch(/BY HAND[\s\S]*ram\.console\.aliyun\.com/);
  });

  it('says at the next run what one that was stopped in between has left', async () => {
    const { scene, user, used, file, make } = await shop();
    scene.world.fault = ({ action }) =>
      action === 'CreateAccessKey' ? { kind: 'after', instead: { kind: 'hang' } } : null;
    const args = ['disable', used.id, '--rotate', '--yes', '--account', UID, '--secret-file', file];
    const env = { PATH: process.env['PATH'], ...scene.env };
    const child = spawn(process.execPath, [PROGRAM, ...args], { env, stdio: 'ignore' });
    const closed = once(child, 'close');
    while (user.keys.length < 2 && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGKILL');
    await closed;
    const made = newOf(user, used);
    scene.world.fault = undefined;
    const next = await make('--secret-file', `${file}.2`);
    expect(next.stdout.replace(/\s+/g, ' ')).toMatch(new RegExp(`stopped while it made a key.*${made.id}`));
    expect(logOf(scene).filter(({ recovered }) => recovered === true)).toMatchObject([
      { type: 'create-state', appeared: [made.id] },
    ]);
    expect(user.keys).toHaveLength(2);
  });
});
