// The program as it ships, in front of a simulated cloud: whatever it writes, to whomever, holds no part of any secret. What
// must not show are the secrets of the leaked keys, of the auditor, of the cloud's other keys, and security tokens.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { failing, faults } from '../src/simulator/faults.js';
import { startSimulator } from '../src/simulator/server.js';
import type { Call, Fault } from '../src/simulator/world.js';
import { temporaryFolder } from './support/repository.js';
import {
  everyFormat,
  everything,
  keys,
  leaks,
  type RunOptions,
  run,
  running,
  session,
  stage,
  worldOf,
  wrong,
} from './support/secrets.js';
import { endpointsOf, isolate, pairOf, useCredentials, verifyAll } from './support/verifying.js';

const DEBUG = {
  DEBUG: '*',
  NODE_DEBUG: 'http,https,net,tls,stream,timer,child_process,fs',
  AKSCAN_DEBUG: '1',
} as const;

const ASK = ['--verify', '--probe', '--activity'];

describe('no secret is in anything that is written', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['by a scan that asks everything', {}],
    ['by one with every kind of debugging on', DEBUG],
  ])('%s', async (_, env) => {
    const here = await stage();
    const { code, output, leaked } = await run(here, [...ASK, ...everyFormat(here), '--where'], { env });
    expect(leaked).toEqual([]);
    expect(code).toBe(1);
    // It did find them, and asked about them.
    for (const { id } of [keys.root, keys.admin, keys.off, keys.restricted, keys.foreign, session]) {
      expect(output).toContain(id);
    }
    expect(output).toContain('live, ROOT key');
    expect(output).toContain(keys.fresh.id);
  });

  it('by a verification of a report, also one that shows its secrets', async () => {
    const here = await stage();
    const { env, shop, own } = here;
    const plain = path.join(own, 'reports/plain.jsonl');
    expect((await run(here, ['--report', `jsonl=${plain}`], {})).leaked).toEqual([]);
    const again = await run(here, ['verify', plain, ...ASK, ...everyFormat(here)]);
    expect(again.leaked).toEqual([]);
    expect(again.output).toContain('STS takes the pair');
    const shown = path.join(temporaryFolder(), 'shown.jsonl');
    await run({ ...here, own: temporaryFolder() }, ['--show-secrets', '--report', `jsonl=${shown}`], { env });
    expect(readFileSync(shown, 'utf8')).toContain(keys.root.secret);
    expect((await run({ ...here, shop }, ['verify', shown, ...ASK, '--format', 'json'])).leaked).toEqual([]);
    expect((await run(here, ['verify', shown, '--explain'])).leaked).toEqual([]);
    expect((await run(here, ['account', '--leaked', shown])).leaked).toEqual([]);
  });

  it.each<[string, RunOptions & { readonly id: string; readonly says: string }]>([
    ['from standard input', { id: keys.admin.id, input: `${keys.admin.secret}\n`, says: 'STS takes the pair' }],
    ['that is wrong', { id: keys.admin.id, input: `${wrong}\n`, says: 'not this secret' }],
    ['with something beside it', { id: keys.admin.id, input: `secret: ${keys.admin.secret}\n`, says: 'no secret has' }],
    [
      'from the environment, with its token',
      {
        id: session.id,
        env: { AKSCAN_SECRET: session.secret, AKSCAN_SECURITY_TOKEN: session.token },
        says: 'role deployer',
      },
    ],
    [
      'whose token was cut off',
      {
        id: session.id,
        env: { AKSCAN_SECRET: session.secret, AKSCAN_SECURITY_TOKEN: session.token.slice(0, 60) },
        says: 'unknown',
      },
    ],
  ])('by a verification of one ID with a secret %s', async (_, { id, says, ...call }) => {
    const here = await stage();
    const input = call.input === undefined ? [] : ['--secret-stdin'];
    const { output, leaked } = await run(here, ['verify', id, ...input, '--probe', ...everyFormat(here)], call);
    expect(leaked).toEqual([]);
    expect(output).toContain(says);
  });

  it.each<[string, readonly string[], Readonly<Record<string, string>>]>([
    ['text', [], DEBUG],
    ['json', ['--format', 'json'], {}],
  ])('by a look at the account, as %s', async (_, args, env) => {
    const here = await stage();
    const { output, leaked } = await run(here, ['account', ...args], { env });
    expect(leaked).toEqual([]);
    expect(output).toContain('1234567890123456');
  });

  it.each<[string, (call: Call) => Fault]>([
    [
      'repeats all it knows in an error',
      () => ({ kind: 'error', status: 400, code: session.token.slice(0, 60), message: everything() }),
    ],
    ['names a secret as the code', () => ({ kind: 'error', status: 400, code: keys.admin.secret, message: 'x' })],
    ['is a page with them in it', () => ({ kind: 'answer', status: 200, body: `<html>${everything()}</html>` })],
    [
      'sends them in headers',
      () => ({ kind: 'answer', status: 302, headers: { location: `/${everything()}` }, body: '' }),
    ],
    ['hangs up', () => ({ kind: 'reset' })],
  ])('when the cloud %s', async (_, fault) => {
    const here = await stage(fault);
    const { leaked, output } = await run(here, ['--probe', '--verify', ...everyFormat(here)], { env: DEBUG });
    expect(leaked).toEqual([]);
    expect(output).toContain(keys.admin.id);
  });

  it.each<[string, NodeJS.Signals]>([
    ['it is stopped', 'SIGINT'],
    ['it is killed', 'SIGKILL'],
  ])('when %s in the middle', async (_, signal) => {
    const here = await stage(undefined, 40);
    const call = { stop: { signal, after: 8 }, env: DEBUG };
    expect((await run(here, [...ASK, ...everyFormat(here)], call)).leaked).toEqual([]);
    // What it left behind is taken up.
    expect((await run(here, [...ASK, ...everyFormat(here)])).leaked).toEqual([]);
  });

  it.each<[string, string, readonly string[]]>([
    ['is no JSON', `{"current":"x","profiles":[{"access_key_secret":"${keys.auditor.secret}"`, ['--profile', 'x']],
    ['is another shape', JSON.stringify({ profiles: { x: keys.auditor.secret } }), ['--profile', 'x']],
    [
      'names what it should hold',
      JSON.stringify({ current: 'x', profiles: [{ name: 'x', mode: keys.auditor.secret }] }),
      ['--profile', 'x'],
    ],
  ])('when the file of credentials %s', async (_, text, args) => {
    const here = await stage();
    const home = path.join(temporaryFolder(), 'home');
    mkdirSync(path.join(home, '.aliyun'), { recursive: true });
    writeFileSync(path.join(home, '.aliyun/config.json'), text);
    const { code, leaked } = await run(here, ['verify', keys.admin.id, ...args], { env: { ...DEBUG, HOME: home } });
    expect(leaked).toEqual([]);
    expect(code).toBe(2);
  });

  it('when the auditor’s own secret is wrong', async () => {
    const here = await stage();
    const env = { ...DEBUG, ALIBABA_CLOUD_ACCESS_KEY_SECRET: wrong };
    for (const args of [['--verify'], ['verify', keys.admin.id], ['account']]) {
      const { code, leaked } = await run(here, args, { env });
      expect(leaked).toEqual([]);
      expect(code).toBe(2);
    }
  });

  it('when one is typed where an ID belongs', async () => {
    const here = await stage();
    const leaked = (output: string): readonly string[] => leaks(output);
    for (const typed of [keys.admin.secret, `${keys.admin.id}:${keys.admin.secret}`, session.token]) {
      // Its own command line holds it, which is what it complains about.
      const { code, output } = await run(here, ['verify', typed]);
      expect(leaked(output)).toEqual([]);
      expect(code).toBe(2);
    }
  });
});

describe('no secret is in any verdict', () => {
  isolate();

  it.each(faults.map((fault) => [fault.name, fault] as const))('when the cloud answers %s', async (_, fault) => {
    const simulator = await startSimulator(worldOf(failing(fault)));
    running.push(simulator);
    useCredentials(keys.auditor);
    const told: string[] = [];
    const credentials = [pairOf(keys.root), pairOf(keys.admin), { ...pairOf(session), token: session.token }];
    const said = await verifyAll(
      credentials,
      {
        inventory: true,
        probe: true,
        activity: true,
        endpoints: endpointsOf(simulator.url),
        tell: (_what, sentence) => void told.push(sentence),
      },
      { attempts: 1, connectMs: 200, totalMs: 200, patienceMs: 1 },
    ).catch((error: unknown) => `${error} ${error instanceof Error ? error.stack : ''}`);
    expect(leaks(JSON.stringify([typeof said === 'string' ? said : [...said.values()], told]))).toEqual([]);
  });
});
