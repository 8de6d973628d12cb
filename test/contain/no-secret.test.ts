// The program as it ships, switching keys off and on again in a cloud full of secrets: none is in what it prints, in its log,
// in what it notes of its probes, or in the list of processes.

import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Late } from '../../src/simulator/fault.js';
import type { Call, Fault } from '../../src/simulator/world.js';
import { everything, keys, leaks, run, type Stage, session, stage } from '../support/secrets.js';

// Every step is a run of the program, and the machine may be busy.
vi.setConfig({ testTimeout: 120_000 });

const DEBUG = {
  DEBUG: '*',
  NODE_DEBUG: 'http,https,net,tls,stream,timer,child_process,fs',
  AKSCAN_DEBUG: '1',
} as const;

const YES = ['--yes', '--account', '1234567890123456', '--force-in-use'];

/** They are shared: whatever a test left. */
const switchAllOn = (): void => {
  for (const key of [keys.root, keys.admin, keys.restricted]) key.status = 'Active';
};

const reported = async (here: Stage): Promise<string> => {
  switchAllOn();
  const report = path.join(here.own, 'reports/found.jsonl');
  await run(here, ['--report', `jsonl=${report}`]);
  return report;
};

/** The call is carried out, and this comes back. */
const late = (instead: Late): Fault => ({ kind: 'after', instead });

const changes = ({ simulator }: Stage): number =>
  simulator.requests.filter(({ action, code }) => action === 'UpdateAccessKey' && code === null).length;

describe('no secret is written', () => {
  it.each<[string, readonly string[], Readonly<Record<string, string>>]>([
    ['in text, with every kind of debugging on', ['--activity'], DEBUG],
    ['in JSON', ['--format', 'json'], {}],
    ['while it deletes', ['--mode', 'delete'], DEBUG],
    ['while it restricts', ['--mode', 'restrict', '--allow', '127.0.0.1'], DEBUG],
  ])('%s', async (_, options, env) => {
    const here = await stage();
    const report = await reported(here);
    const format = options.includes('json') ? ['--format', 'json'] : [];
    const plan = await run(here, ['disable', report, ...options], { env });
    const done = await run(here, ['disable', report, ...options, ...YES], { env });
    const back = await run(here, ['restore', ...format, ...YES.slice(0, 3)], { env });
    const verified = await run(here, ['log', 'verify'], { env });
    for (const { leaked } of [plan, done, back, verified]) expect(leaked).toEqual([]);
    expect(done.output).toContain(keys.admin.id);
    expect({ back: back.code, verified: verified.code }).toEqual({ back: 0, verified: 0 });
  });

  it('for one key, whose secret comes from standard input or from the environment', async () => {
    for (const input of [true, false]) {
      const here = await stage();
      switchAllOn();
      const call = input ? { input: `${keys.admin.secret}\n` } : { env: { AKSCAN_SECRET: keys.admin.secret } };
      const args = ['disable', keys.admin.id, ...(input ? ['--secret-stdin'] : []), ...YES];
      const { code, output, leaked } = await run(here, args, { ...call, env: { ...DEBUG, ...call.env } });
      expect({ code, leaked }).toEqual({ code: 0, leaked: [] });
      expect(output).toContain('STS refuses it');
      expect(changes(here)).toBe(1);
    }
  });

  it.each<[string, (call: Call) => Fault]>([
    [
      'repeats all it knows in an error',
      () => ({ kind: 'error', status: 400, code: session.token.slice(0, 60), message: everything() }),
    ],
    ['names a secret as the code', () => ({ kind: 'error', status: 400, code: keys.admin.secret, message: 'x' })],
    ['is a page with them in it', () => late({ kind: 'answer', status: 200, body: `<html>${everything()}</html>` })],
    [
      'names a secret as the request',
      () =>
        late({
          kind: 'answer',
          status: 200,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ RequestId: keys.admin.secret }),
        }),
    ],
  ])('when the cloud %s, asked to switch a key off', async (_, fault) => {
    let isHostile = true;
    const here = await stage((call) => (isHostile && call.action === 'UpdateAccessKey' ? fault(call) : null));
    switchAllOn();
    const { leaked, output } = await run(here, ['disable', keys.admin.id, ...YES], { env: DEBUG });
    expect(leaked).toEqual([]);
    expect(output).toContain(keys.admin.id);
    isHostile = false;
    expect((await run(here, ['restore', ...YES.slice(0, 3)], { env: DEBUG })).leaked).toEqual([]);
  });

  it('when it is killed in the middle', async () => {
    const here = await stage(undefined, 20);
    const report = await reported(here);
    const stop = { signal: 'SIGKILL', after: here.simulator.requests.length + 40 } as const;
    expect((await run(here, ['disable', report, ...YES], { env: DEBUG, stop })).leaked).toEqual([]);
    expect((await run(here, ['disable', report, ...YES], { env: DEBUG })).leaked).toEqual([]);
  });

  it('and this test would see one', () => {
    expect(leaks(`x ${keys.admin.secret.slice(3, 12)} y`)).toHaveLength(1);
  });
});
