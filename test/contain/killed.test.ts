// Runs that end without a word, at every step, and runs that meet: the program as it ships, killed while the server keeps it
// waiting. What was done is told by the server's own record of requests, what was recorded by the log.

import { spawn } from 'node:child_process';
import { readFileSync, truncateSync } from 'node:fs';
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
  runsIn,
  type Scene,
  signedBy,
  statusOf,
  UID,
} from '../support/containing.js';
import { temporaryFolder } from '../support/repository.js';
import { newKey, newUser } from '../support/world.js';

// Every step is a run of the program, and the machine may be busy.
vi.setConfig({ testTimeout: 120_000 });

const YES = ['--yes', '--account', UID];

/** Waits for something to happen; the test's own time limit ends it. */
const until = async (happened: () => boolean): Promise<void> => {
  while (!happened()) await new Promise((resolve) => setTimeout(resolve, 5));
};

/** Starts the program, and kills it as soon as something has happened. */
const killedWhen = async (scene: Scene, args: readonly string[], happened: () => boolean): Promise<void> => {
  const env = { PATH: process.env['PATH'], ...scene.env };
  const child = spawn(process.execPath, [PROGRAM, ...args], { env, stdio: 'ignore' });
  const closed = new Promise((resolve) => child.on('close', (_, signal) => resolve(signal)));
  await until(() => happened() || child.exitCode !== null);
  child.kill('SIGKILL');
  expect(await closed).toBe('SIGKILL');
};

const typesIn = (log: string): readonly string[] => logLines(log).map(({ type }) => type);

const whole = async (scene: Scene): Promise<void> => {
  const { code, stdout } = await scene.run(['log', 'verify']);
  expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining(': whole, ') });
};

const HANG: Fault = { kind: 'hang' };
const APPLIED_AND_HANG: Fault = { kind: 'after', instead: { kind: 'hang' } };

interface Step {
  /** What keeps the first run waiting. */
  readonly fault: (call: Call, log: string) => Fault | null;
  /** When it is killed. */
  readonly when: (log: string, scene: Scene) => boolean;
  /** The types of lines of the first run, and of the second. */
  readonly runs: readonly [string, string];
  /** Requests to change the key, of both runs. */
  readonly sent: number;
}

const asked = (scene: Scene, action: string): boolean =>
  scene.simulator.requests.some((request) => request.action === action);

const steps: readonly (readonly [string, Step])[] = [
  [
    'before it has told what it is about to do',
    {
      fault: ({ action }, log) => (action === 'ListAccessKeys' && typesIn(log).includes('begin') ? HANG : null),
      when: (log) => typesIn(log).includes('begin'),
      runs: ['begin', 'begin intent answer state proof end'],
      sent: 1,
    },
  ],
  [
    'before the call has an effect',
    {
      fault: ({ action }) => (action === 'UpdateAccessKey' ? HANG : null),
      when: (_, scene) => asked(scene, 'UpdateAccessKey'),
      runs: ['begin intent', 'state-recovered begin intent answer state proof end'],
      sent: 2,
    },
  ],
  [
    'after the effect, before the answer',
    {
      fault: ({ action }) => (action === 'UpdateAccessKey' ? APPLIED_AND_HANG : null),
      when: (_, scene) => asked(scene, 'UpdateAccessKey'),
      runs: ['begin intent', 'begin state-recovered end'],
      sent: 1,
    },
  ],
  [
    'after the answer, before the state was read',
    {
      fault: ({ action }, log) => (action === 'ListAccessKeys' && typesIn(log).includes('intent') ? HANG : null),
      when: (log) => typesIn(log).includes('answer'),
      runs: ['begin intent answer', 'begin state-recovered end'],
      sent: 1,
    },
  ],
  [
    'before the proof',
    {
      fault: ({ action }, log) => (action === 'GetCallerIdentity' && typesIn(log).includes('state') ? HANG : null),
      when: (log) => typesIn(log).includes('state'),
      runs: ['begin intent answer state', ''],
      sent: 1,
    },
  ],
];

describe('a run that is killed', () => {
  it.each(steps)('%s: the next one tells the truth, and does nothing twice', async (_, step) => {
    const scene = await newScene();
    const { active } = scene.cloud;
    const args = ['disable', await reportOn(planted(active)), ...YES, '--format', 'json'];
    scene.world.fault = (call) => step.fault(call, scene.log);
    await killedWhen(scene, args, () => step.when(scene.log, scene));
    scene.world.fault = undefined;

    const { code, keys } = await scene.disable(args.slice(1, -2));
    expect({ code, fate: keys[active.id]?.split(' ').at(-1) }).toEqual({ code: 0, fate: 'off' });
    expect(runsIn(scene.log)).toEqual(step.runs.filter((types) => types !== ''));
    expect(scene.changes()).toEqual(Array(step.sent).fill(`UpdateAccessKey ${active.id} Inactive`));
    expect(statusOf(scene.account, active.id)).toBe('Inactive');
    const states = logLines(scene.log).filter(({ type }) => type === 'state');
    expect(states.at(-1)?.after).toMatchObject({ status: 'Inactive' });
    await whole(scene);

    const back = await scene.run(['restore', ...YES]);
    expect(back).toMatchObject({ code: 0, stdout: expect.stringContaining('RESTORED') });
    expect(statusOf(scene.account, active.id)).toBe('Active');
    await whole(scene);
  });

  it('between two keys: the first stays off, the second follows, each once', async () => {
    const scene = await newScene();
    const { active, restricted } = scene.cloud;
    const args = ['disable', active.id, restricted.id, ...YES];
    scene.world.fault = ({ action }) =>
      action === 'ListAccessKeys' &&
      typesIn(scene.log).includes('state') &&
      statusOf(scene.account, active.id) !== 'Active'
        ? HANG
        : null;
    await killedWhen(scene, args, () => typesIn(scene.log).includes('state'));
    scene.world.fault = undefined;
    expect(statusOf(scene.account, restricted.id)).toBe('Active');
    const { code, keys } = await scene.disable(args.slice(1));
    expect({ code, keys }).toEqual({ code: 0, keys: { [active.id]: 'off off', [restricted.id]: 'act off' } });
    expect(scene.changes()).toEqual([active, restricted].map(({ id }) => `UpdateAccessKey ${id} Inactive`));
    expect(runsIn(scene.log)).toEqual(['begin intent answer state', 'begin intent answer state end']);
    await whole(scene);
  });

  it('while deleting, between the two calls: the next one deletes what is off already', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    const args = ['disable', active.id, '--mode', 'delete', ...YES];
    scene.world.fault = ({ action }) => (action === 'DeleteAccessKey' ? HANG : null);
    await killedWhen(scene, args, () => asked(scene, 'DeleteAccessKey'));
    scene.world.fault = undefined;
    const { code } = await scene.disable(args.slice(1));
    expect(code).toBe(0);
    expect(scene.changes()).toEqual([
      `UpdateAccessKey ${active.id} Inactive`,
      `DeleteAccessKey ${active.id}`,
      `DeleteAccessKey ${active.id}`,
    ]);
    expect(statusOf(scene.account, active.id)).toBe('recycled');
    expect(runsIn(scene.log)[1]).toBe('state-recovered begin intent answer state end');
    await whole(scene);
  });

  it('in the middle of a line: the line is passed over, and nothing is believed that it did not say', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    scene.world.fault = ({ action }) => (action === 'UpdateAccessKey' ? APPLIED_AND_HANG : null);
    await killedWhen(scene, ['disable', active.id, ...YES], () => asked(scene, 'UpdateAccessKey'));
    scene.world.fault = undefined;
    truncateSync(scene.log, readFileSync(scene.log).length - 30);
    expect((await scene.run(['log', 'verify'])).stdout).toContain('cut off by a crash');
    expect((await scene.disable([active.id, ...YES])).code).toBe(0);
    expect(scene.changes()).toHaveLength(1);
    await whole(scene);
  });

  it('is followed by a restore that finishes its record and brings the key back', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    scene.world.fault = ({ action }) => (action === 'UpdateAccessKey' ? APPLIED_AND_HANG : null);
    await killedWhen(scene, ['disable', active.id, ...YES], () => asked(scene, 'UpdateAccessKey'));
    scene.world.fault = undefined;
    expect((await scene.run(['restore'])).stdout).toContain('WOULD RESTORE');
    expect(runsIn(scene.log)).toEqual(['begin intent']);
    expect((await scene.run(['restore', ...YES])).code).toBe(0);
    expect(statusOf(scene.account, active.id)).toBe('Active');
    expect(runsIn(scene.log)).toEqual(['begin intent', 'begin state-recovered intent answer state']);
    await whole(scene);
  });

  it('while it restores: the next restore goes on', async () => {
    const scene = await newScene();
    const { active, restricted } = scene.cloud;
    await scene.disable([active.id, restricted.id, ...YES]);
    const before = scene.changes().length;
    scene.world.fault = ({ action }) => (action === 'UpdateAccessKey' ? APPLIED_AND_HANG : null);
    await killedWhen(scene, ['restore', ...YES], () => scene.changes().length > before);
    scene.world.fault = undefined;
    expect((await scene.run(['restore', ...YES])).code).toBe(0);
    expect(scene.changes().slice(before).sort()).toEqual(
      [active, restricted].map(({ id }) => `UpdateAccessKey ${id} Active`).sort(),
    );
    await whole(scene);
  });
});

describe('a run that is stopped by Ctrl-C', () => {
  it.each([
    ['while it finds out who it is', 'GetCallerIdentity', '', 'Stopped before anything was changed.'],
    ['while it looks', 'GetUser', '', 'Stopped before anything was changed.'],
    ['while it waits for the answer', 'UpdateAccessKey', 'begin intent answer end', 'Stopped before the end'],
  ])('%s: says what was done, and leaves a record to go on from', async (_, action, lines, words) => {
    const scene = await newScene();
    const { active } = scene.cloud;
    scene.world.fault = (call) =>
      call.action === action ? (action === 'UpdateAccessKey' ? APPLIED_AND_HANG : HANG) : null;
    const env = { PATH: process.env['PATH'], ...scene.env };
    const child = spawn(process.execPath, [PROGRAM, 'disable', active.id, ...YES], { env });
    let shown = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      shown += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      shown += text;
    });
    const closed = new Promise((resolve) => child.on('close', resolve));
    await until(() => asked(scene, action) || child.exitCode !== null);
    child.kill('SIGINT');
    expect({ code: await closed, shown }).toEqual({ code: 130, shown: expect.stringContaining(words) });
    expect(shown).not.toContain('defect');
    expect(runsIn(scene.log).join()).toBe(lines);
    scene.world.fault = undefined;
    expect((await scene.disable([active.id, ...YES])).code).toBe(0);
    expect(scene.changes()).toEqual([`UpdateAccessKey ${active.id} Inactive`]);
    await whole(scene);
  });
});

describe('runs that meet', () => {
  it('on one account: the second is told of the first, and sends nothing', async () => {
    const scene = await newScene();
    const { active, restricted } = scene.cloud;
    scene.world.disabledAfterMs = 3_000;
    const report = await reportOn(planted(active));
    const first = scene.disable([report, ...YES]);
    await until(() => typesIn(scene.log).includes('state'));
    const elsewhere = path.join(temporaryFolder(), 'other.jsonl');
    const second = await scene.disable([restricted.id, '--log', elsewhere, ...YES]);
    expect(second).toMatchObject({ code: 2, stderr: expect.stringContaining(`Another run works on account ${UID}`) });
    const back = await scene.run(['restore', ...YES]);
    expect(back).toMatchObject({ code: 2, stderr: expect.stringContaining('Another run works on') });
    expect(await first).toMatchObject({ code: 0, keys: { [active.id]: 'act off' } });
    expect(scene.changes()).toEqual([`UpdateAccessKey ${active.id} Inactive`]);
    expect((await scene.disable([restricted.id, ...YES])).code).toBe(0);
    await whole(scene);
  });

  it('on one log, for two accounts: the second is told of the first', async () => {
    const theirs = newKey();
    const scene = await newScene(({ other }) => {
      other.users.push(newUser('operator', { id: '290000000000000081', keys: [theirs], allow: ['*'] }));
    });
    const { active, foreign } = scene.cloud;
    scene.world.disabledAfterMs = 3_000;
    const first = scene.disable([await reportOn(planted(active)), ...YES]);
    await until(() => typesIn(scene.log).includes('state'));
    const args = [foreign.id, '--log', scene.log, '--yes', '--account', OTHER_UID];
    const second = await scene.disable(args, { env: signedBy(theirs) });
    expect(second).toMatchObject({ code: 2, stderr: expect.stringContaining('Another run works on the log') });
    expect((await first).code).toBe(0);
    expect((await scene.disable(args, { env: signedBy(theirs) })).code).toBe(0);
    expect(statusOf(scene.cloud.other, foreign.id)).toBe('Inactive');
    await whole(scene);
  });

  it('at the same moment: the call is sent once, to switch off and to bring back', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    const all = (args: readonly string[]) => Promise.all(Array.from({ length: 4 }, () => scene.run(args)));
    const off = await all(['disable', active.id, ...YES]);
    expect(off.map(({ code }) => code)).toContain(0);
    expect(off.every(({ code }) => code === 0 || code === 2)).toBe(true);
    expect(scene.changes()).toEqual([`UpdateAccessKey ${active.id} Inactive`]);
    const on = await all(['restore', ...YES]);
    expect(on.map(({ code }) => code)).toContain(0);
    expect(scene.changes()).toEqual(['Inactive', 'Active'].map((status) => `UpdateAccessKey ${active.id} ${status}`));
    await whole(scene);
  });
});
