// A verification that is stopped in the middle, by the program as it ships.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { NOTHING_SUPPRESSED, reportOf } from '../../src/findings/summary.js';
import { type Simulator, startSimulator } from '../../src/simulator/server.js';
import { findingFor } from '../../src/verify.js';
import { akscan, linesOf, PROGRAM } from '../support/akscan.js';
import { type Company, company } from '../support/company.js';

const running: Simulator[] = [];
afterEach(async () => {
  for (const simulator of running.splice(0)) await simulator.close();
});

interface Stage extends Company {
  readonly simulator: Simulator;
  readonly env: Readonly<Record<string, string>>;
  readonly ids: readonly string[];
  readonly cache: string;
  /** A report that names the same IDs. */
  readonly report: string;
}

const stage = async (count: number): Promise<Stage> => {
  const made = company(count);
  const simulator = await startSimulator({ accounts: [made.account] });
  running.push(simulator);
  const cache = mkdtempSync(path.join(os.tmpdir(), 'akscan-resume-'));
  const endpoints = ['RAM', 'IMS', 'STS', 'ACTIONTRAIL'].map((name) => [`AKSCAN_ENDPOINT_${name}`, simulator.url]);
  const env = {
    ...Object.fromEntries(endpoints),
    XDG_CACHE_HOME: cache,
    ALIBABA_CLOUD_ACCESS_KEY_ID: made.auditor.id,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: made.auditor.secret,
  };
  const ids = made.keys.map(({ id }) => id);
  const report = path.join(mkdtempSync(path.join(os.tmpdir(), 'akscan-report-')), 'report.jsonl');
  const found = ids.map((accessKeyId) => ({
    ...findingFor({ accessKeyId, secret: null, token: null }),
    rule: 'alibaba-access-key',
  }));
  const none = { skipped: [], skippedCounts: { fault: 0, limit: 0 }, counts: { files: 1, objects: 0, bytes: 1 } };
  const unshown = { suppressed: NOTHING_SUPPRESSED, notes: [], interrupted: false };
  const { summary } = reportOf(found, none, unshown);
  writeFileSync(report, [...found, summary].map((line) => `${JSON.stringify(line)}\n`).join(''));
  return { ...made, simulator, env, cache, ids, report };
};

/** What is kept of verdicts; compiled code lies beside them. */
const verdictsIn = (cache: string): readonly string[] => {
  const folder = path.join(cache, 'akscan');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  // Beside them lies the program's own code.
  return names.filter((name) => name !== 'code' && name !== 'modules').map((name) => path.join(folder, name));
};

/** The IDs that were looked up, in turn. */
const lookedUp = ({ requests }: Simulator): readonly string[] =>
  requests.flatMap(({ action, parameters }) =>
    action === 'GetAccessKeyLastUsedInfo' ? [parameters['AccessKey'] ?? ''] : [],
  );

/** Starts it and stops it by a signal once so many keys were looked up. */
const stopped = (
  { env, report, simulator }: Stage,
  signal: 'SIGINT' | 'SIGKILL',
  after: number,
): Promise<number | null> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, 'verify', report, '--format', 'jsonl'], {
      env: { PATH: process.env['PATH'], HOME: '/nonexistent', ...env },
      stdio: 'ignore',
    });
    const watching = setInterval(() => {
      if (lookedUp(simulator).length < after) return;
      clearInterval(watching);
      child.kill(signal);
    }, 1);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(watching);
      resolve(code);
    });
  });

const stateOf = (line: Readonly<Record<string, unknown>>): unknown =>
  (line['verdict'] as { readonly state?: unknown } | undefined)?.state;

describe('akscan verify, interrupted', () => {
  it.each([['SIGINT', 130] as const, ['SIGKILL', null] as const])(
    'by %s goes on where it stopped',
    async (signal, expected) => {
      const on = await stage(120);
      expect(await stopped(on, signal, 50)).toBe(expected);
      const first = lookedUp(on.simulator);
      expect(first.length).toBeLessThan(120);

      const { stdout, stderr } = await akscan(['verify', on.report, '--format', 'jsonl'], { env: on.env });
      expect(stderr).toMatch(/^120 AccessKeys: .* Asked in \S+ s\.\n$/);
      const findings = linesOf(stdout, 'finding');
      expect(findings).toHaveLength(120);
      const [summary] = linesOf(stdout, 'summary');
      expect(summary?.['notes']).toContainEqual(expect.stringMatching(/^\d+ of 120 verdicts are an earlier run's;/));
      expect(findings.map(stateOf).filter((state) => state !== 'live' && state !== 'disabled')).toEqual([]);
      const second = lookedUp(on.simulator).slice(first.length);
      // Those that were on their way, 16 at most, are asked about again.
      const twice = second.filter((id) => first.includes(id));
      expect(twice.length).toBeLessThanOrEqual(32);
      expect(second.length).toBeLessThan(120 - first.length + 33);
      expect(new Set([...first, ...second]).size).toBe(120);

      // It came to its end: the next asks anew, unless it is told that young verdicts will do.
      const before = lookedUp(on.simulator).length;
      await akscan(['verify', ...on.ids, '--max-age', '1h'], { env: on.env });
      expect(lookedUp(on.simulator)).toHaveLength(before);
      await akscan(['verify', ...on.ids.slice(0, 5)], { env: on.env });
      expect(lookedUp(on.simulator)).toHaveLength(before + 5);
    },
    30_000,
  );

  it('keeps no secret and no ID', async () => {
    const on = await stage(4);
    const report = path.join(on.cache, 'pairs.env');
    writeFileSync(
      report,
      on.keys.map(({ id, secret }) => `ALIYUN_AK_ID=${id}\nALIYUN_AK_SECRET=${secret}\n`).join('\n'),
    );
    await akscan(['scan', report, '--verify', '--probe', '--no-history'], { env: on.env });
    const kept = verdictsIn(on.cache).map((file) => readFileSync(file, 'utf8'));
    expect(kept).toHaveLength(1);
    expect(kept[0]).toContain('"live"');
    for (const { id, secret } of [...on.keys, on.auditor]) {
      expect(kept[0]).not.toContain(secret);
      expect(kept[0]).not.toContain(id);
    }
  });

  it('keeps nothing with --no-cache', async () => {
    const on = await stage(2);
    await akscan(['verify', ...on.ids, '--no-cache'], { env: on.env });
    expect(verdictsIn(on.cache)).toEqual([]);
    const { code, stderr } = await akscan(['verify', ...on.ids, '--no-cache', '--max-age', '1h'], { env: on.env });
    expect(code).toBe(2);
    expect(stderr).toContain('--no-cache');
  });

  it('refuses an age that is none', async () => {
    const on = await stage(2);
    const { code, stderr } = await akscan(['verify', ...on.ids, '--max-age', 'yesterday'], { env: on.env });
    expect(code).toBe(2);
    expect(stderr).toContain('--max-age: "yesterday" is no length of time.');
  });
});

describe('akscan verify --explain', () => {
  it('sends nothing, and needs no credentials', async () => {
    const { simulator, env, ids } = await stage(3);
    const { ALIBABA_CLOUD_ACCESS_KEY_ID: _, ALIBABA_CLOUD_ACCESS_KEY_SECRET: __, ...without } = env;
    const { code, stdout, stderr } = await akscan(['verify', ...ids, '--explain', '--verify', '--probe-id'], {
      env: without,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Nothing was sent.');
    expect(stdout).toContain('about 3 keys');
    expect(stdout).toContain(new URL(simulator.url).host);
    expect(stdout).toContain('needs ram:ListAccessKeys');
    expect(simulator.requests).toEqual([]);
  });

  it('is text or json', async () => {
    const { env, ids, simulator } = await stage(1);
    const json = await akscan(['verify', ...ids, '--explain', '--format', 'json', '--profile', 'audit', '--verify'], {
      env,
    });
    expect(JSON.parse(json.stdout)).toMatchObject({ type: 'explanation', schema: 1, keys: 1, profiles: ['audit'] });
    const sarif = await akscan(['verify', ...ids, '--explain', '--format', 'sarif'], { env });
    expect(sarif.code).toBe(2);
    expect(simulator.requests).toEqual([]);
  });
});
