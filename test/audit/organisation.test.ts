// An organisation on a forge, read the whole way by the program as it ships: git over HTTP, killed and resumed, a week later,
// by workers behind a queue. AKSCAN_AUDIT_REPOSITORIES says how large it is.

import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os, { availableParallelism } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { akscan, linesOf, PROGRAM, type Ran } from '../support/akscan.js';
import { buildOrganisation, expected, found, growOrganisation, type Organisation } from '../support/audit-world.js';
import { type Forge, startForge } from '../support/forge.js';
import { missingRedis, type RedisServer, startRedis } from '../support/redis.js';

const REPOSITORIES = Number(process.env['AKSCAN_AUDIT_REPOSITORIES'] ?? 30);
const PATIENCE = 30_000 + REPOSITORIES * 3_000;

const folder = mkdtempSync(path.join(os.tmpdir(), 'akscan-organisation-'));
const TOKEN = randomBytes(16).toString('hex');
const ENV = { AKSCAN_STORE_KEY: randomBytes(32).toString('base64'), GITHUB_TOKEN: TOKEN };

let organisation: Organisation;
let forge: Forge;

beforeAll(async () => {
  organisation = await buildOrganisation({ folder: path.join(folder, 'acme'), seed: 8, repositories: REPOSITORIES });
  forge = await startForge({ organisation, kind: 'github', token: TOKEN, pageSize: 20 });
}, PATIENCE);

afterAll(async () => {
  await forge.close();
  rmSync(folder, { recursive: true, force: true });
});

const envFor = (): Readonly<Record<string, string>> => ({ ...ENV, GITHUB_API_URL: `${forge.url}/api/v3` });
const cache = (name: string): readonly string[] => ['--cache-dir', path.join(folder, `mirrors-${name}`)];
const stored = (name: string): readonly string[] => ['--store', path.join(folder, `${name}.db`), '--store-secrets'];
const AS_LINES = ['--format', 'jsonl', '--show-secrets'];

const audit = (args: readonly string[]): Promise<Ran> => akscan(['audit', ...args, ...AS_LINES], { env: envFor() });
const findingsOf = ({ stdout }: Ran): readonly string[] =>
  stdout.split('\n').filter((line) => line.startsWith('{"type":"finding"'));
const summaryOf = ({ stdout }: Ran): Summary => linesOf(stdout, 'summary')[0] as unknown as Summary;

interface Summary {
  readonly findings: number;
  readonly audit: {
    readonly repositories: { readonly total: number; readonly byState: Readonly<Record<string, number>> };
    readonly trend: { readonly counts: Readonly<Record<string, number>> } | null;
  };
}

const start = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [PROGRAM, ...args], {
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', ...envFor() },
    stdio: 'ignore',
  });

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });

/** The repositories that were fetched from, of all requests since. */
const fetched = (since: number): ReadonlySet<string> =>
  new Set(forge.requests.slice(since).flatMap((line) => /^POST (\S+)\/git-upload-pack/.exec(line)?.[1] ?? []));

/** Kills it once some repositories were asked for. */
const killedAfter = async (child: ChildProcess, repositories: number): Promise<void> => {
  const before = forge.requests.length;
  while (fetched(before).size < repositories && child.exitCode === null) await sleep(5);
  child.kill('SIGKILL');
  await ended(child);
};

describe('an organisation on a forge', () => {
  let whole: Ran;

  it('is read whole, each repository to its own end, and nothing is left behind', { timeout: PATIENCE }, async () => {
    whole = await audit([`github:${forge.name}`, ...stored('whole'), ...cache('whole')]);
    const findings = linesOf(whole.stdout, 'finding') as unknown as Parameters<typeof found>[0];
    expect(found(findings)).toEqual(expected(organisation, 'clone'));
    const { repositories } = summaryOf(whole).audit;
    const kinds = (kind: string): number => organisation.repositories.filter((each) => each.kind === kind).length;
    expect(repositories).toMatchObject({
      total: REPOSITORIES,
      byState: {
        scanned: REPOSITORIES - kinds('empty') - kinds('broken'),
        empty: kinds('empty'),
        broken: kinds('broken'),
      },
    });
    expect(whole.code).toBe(kinds('broken') > 0 ? 2 : 1);
    expect(whole.stderr).not.toContain(TOKEN);
    const left = existsSync(path.join(folder, 'mirrors-whole')) ? readdirSync(path.join(folder, 'mirrors-whole')) : [];
    expect(left.filter((name) => /^[0-9a-f]{16,}/.test(name))).toEqual([]);
  });

  it('killed twice and resumed gives the same report', { timeout: 3 * PATIENCE }, async () => {
    const args = ['audit', `github:${forge.name}`, ...stored('killed'), ...cache('killed')];
    const third = Math.ceil(REPOSITORIES / 3);
    await killedAfter(start(args), third);
    await killedAfter(start(['audit', '--resume', ...args.slice(2)]), third);
    const before = forge.requests.length;
    const resumed = await audit(['--resume', ...stored('killed'), ...cache('killed')]);
    expect(resumed.stdout).toBe(whole.stdout);
    // What each thread had in hand, and what waited to be saved, is read again; nothing else is.
    const inHand = 2 * availableParallelism();
    expect(fetched(before).size).toBeLessThanOrEqual(REPOSITORIES - 2 * (third - inHand));
    expect(await audit(['--resume', ...stored('killed')])).toMatchObject({ code: 2, stdout: '' });
  });

  it('reads nothing again when nothing is new', { timeout: PATIENCE }, async () => {
    const again = await audit([`github:${forge.name}`, ...stored('whole'), ...cache('whole')]);
    expect(findingsOf(again)).toEqual(findingsOf(whole));
    const { repositories, trend } = summaryOf(again).audit;
    expect(repositories.byState['scanned']).toBe(0);
    expect(trend?.counts).toEqual({ new: 0, 'still-there': findingsOf(whole).length, rotated: 0, fixed: 0, gone: 0 });
  });

  it('keeps no secret, token or key in the clear', () => {
    const bytes = readFileSync(path.join(folder, 'whole.db'));
    expect(bytes.includes(TOKEN)).toBe(false);
    for (const { secret } of organisation.planted) {
      expect(bytes.includes(secret)).toBe(false);
      expect(bytes.includes(Buffer.from(secret).toString('base64').slice(0, 36))).toBe(false);
    }
  });

  const noRedis = missingRedis();
  describe.skipIf(noRedis !== null)(
    `by three workers, one of them killed${noRedis === null ? '' : ` (${noRedis})`}`,
    () => {
      let redis: RedisServer;
      beforeAll(async () => {
        redis = await startRedis();
      });
      afterAll(() => redis.stop());

      it('gives the same report', { timeout: 3 * PATIENCE }, async () => {
        const workers = ['a', 'b', 'c'].map((name) =>
          start(['worker', '--queue', redis.url, ...cache(name), '--threads', '1', '--keep']),
        );
        try {
          const running = audit([`github:${forge.name}`, ...stored('queued'), '--queue', redis.url]);
          await killedAfter(workers[1] as ChildProcess, Math.ceil(REPOSITORIES / 4));
          const queued = await running;
          expect(queued.stdout).toBe(whole.stdout);
        } finally {
          for (const worker of workers) worker.kill('SIGTERM');
          await Promise.all(workers.map(ended));
        }
      });
    },
  );

  it('says a week later what is new and what was replaced', { timeout: PATIENCE }, async () => {
    const grown = await growOrganisation(organisation, { seed: 9, repositories: 3, keys: 2, rotated: 1 });
    const later = await audit([`github:${forge.name}`, ...stored('whole'), ...cache('whole')]);
    const findings = linesOf(later.stdout, 'finding') as unknown as Parameters<typeof found>[0];
    expect(found(findings)).toEqual(expected(grown, 'clone'));
    const { repositories, trend } = summaryOf(later).audit;
    const kinds = (kind: string): number => organisation.repositories.filter((each) => each.kind === kind).length;
    expect(trend?.counts['new']).toBe(expected(grown, 'clone').length - findingsOf(whole).length);
    expect(trend?.counts['rotated']).toBe(1);
    const { scanned = 0, unchanged = 0 } = repositories.byState;
    expect(scanned + unchanged).toBe(REPOSITORIES - kinds('empty') - kinds('broken'));
    // Three that grew, and perhaps a fourth in which a key was replaced.
    expect(scanned).toBeGreaterThanOrEqual(3);
    expect(scanned).toBeLessThanOrEqual(4);
  });
});
