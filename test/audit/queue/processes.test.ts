// The queue as it is used: a Redis, an audit, and workers that are processes and can be killed.

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import esbuild from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
// @ts-expect-error a plain script shared with the build
import { alias, forEsbuild } from '../../../scripts/virtual-modules.mjs';
import { openMirrors } from '../../../src/audit/mirror/open-mirrors.js';
import { createQueue } from '../../../src/audit/queue/coordinator.js';
import type { Job, Outcome, Workforce } from '../../../src/audit/types.js';
import { createThreads } from '../../../src/audit/work/threads.js';
import { jobOf } from '../../support/audit-outcomes.js';
import { buildOrganisation, type Organisation } from '../../support/audit-world.js';
import type { QueueProgram } from '../../support/queue-program.js';
import { missingRedis, type RedisServer, startRedis } from '../../support/redis.js';

const missing = missingRedis();
const env = { AKSCAN_STORE_KEY: 'a key that both sides have' };
const base = mkdtempSync(path.join(os.tmpdir(), 'akscan-queue-'));
const folder = path.join(base, 'organisation');
const built = path.join(base, 'queue-program.mjs');

let organisation: Organisation;
let redis: RedisServer;
let expected: readonly Outcome[];
const children: ChildProcess[] = [];

const jobs = (): readonly Job[] =>
  organisation.repositories.map(({ name, folder: at }, number) => {
    const job = jobOf('run', number);
    const repository = {
      ...job.repository,
      id: at,
      forge: 'dir',
      name,
      clone: { from: 'folder', folder: at },
    } as const;
    return { ...job, repository };
  });

async function* each<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}

const outcomesOf = async (workforce: Workforce, given: readonly Job[]): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  const done = async (outcome: Outcome): Promise<void> => void outcomes.push(outcome);
  try {
    await workforce.run(each(given), { knowledge: { family: async () => null }, done }, new AbortController().signal);
  } finally {
    await workforce.close();
  }
  return outcomes.sort((a, b) => (a.repository.id < b.repository.id ? -1 : 1));
};

const overQueue = async (given: readonly Job[]): Promise<readonly Outcome[]> =>
  outcomesOf(await createQueue(redis.url, { env, run: 'run', tell: () => {}, look: 100 }), given);

const start = (program: QueueProgram): ChildProcess => {
  const child = spawn(process.execPath, [built, JSON.stringify(program)], {
    env: { PATH: process.env['PATH'], HOME: base, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
};

const worker = (stuck: Extract<QueueProgram, { side: 'worker' }>['stuck'] = null, ending: 'hangs' | 'dies' = 'hangs') =>
  start({ side: 'worker', url: redis.url, folder, stuck, ending });

/** Until it has said the word so many times. */
const said = (child: ChildProcess, word: string, times = 1): Promise<void> =>
  new Promise((resolve) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      if (text.split(word).length > times) resolve();
    });
  });

beforeAll(async () => {
  if (missing !== null) return;
  organisation = await buildOrganisation({ folder, seed: 8, repositories: 24 });
  await esbuild.build({
    entryPoints: ['test/support/queue-program.ts'],
    outfile: built,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    alias,
    plugins: [forEsbuild()],
    banner: {
      js: "import{createRequire as __akscanRequire}from'node:module';const require=__akscanRequire(import.meta.url);",
    },
  });
  const settings = { folder: `${folder}.mirrors`, cacheSize: 1 << 30, maxRepositorySize: null, after: 'keep' } as const;
  const mirrors = await openMirrors(settings, { credentialFor: async () => null, tell: () => {} });
  expected = await outcomesOf(createThreads(2, { mirrors, program: null }), jobs());
});

afterAll(() => rmSync(base, { recursive: true, force: true }));

beforeEach(async () => {
  if (missing === null) redis = await startRedis();
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  if (missing === null) await redis.stop();
});

describe.skipIf(missing !== null)('three workers', () => {
  it('find what threads find, one of them killed in the middle', async () => {
    expect(expected.some((outcome) => 'findings' in outcome && outcome.findings.length > 0)).toBe(true);
    const victim = worker({ at: 3 });
    worker();
    worker();
    const running = overQueue(jobs());
    await said(victim, 'stuck');
    victim.kill('SIGKILL');
    expect(await running).toEqual(expected);
  });

  it('that one repository kills give it up, and a fourth reads the rest', async () => {
    const poison = jobs()[5]?.repository.id ?? '';
    const running = overQueue(jobs());
    for (const _ of [1, 2, 3]) await said(worker({ on: poison }, 'dies'), 'stuck');
    worker();
    const outcomes = await running;
    const [given] = outcomes.filter(({ repository }) => repository.id === poison);
    expect(given).toMatchObject({
      state: 'broken',
      reason: expect.stringContaining('3 workers ended while they read it'),
    });
    expect(outcomes.filter((outcome) => outcome !== given)).toEqual(
      expected.filter(({ repository }) => repository.id !== poison),
    );
  });

  it('go on for an audit that was killed, and lose nothing it had not saved', async () => {
    worker();
    worker();
    worker();
    const file = path.join(base, 'saved');
    const first = start({ side: 'audit', url: redis.url, jobs: jobs(), file });
    await said(first, 'saved', 6);
    first.kill('SIGKILL');
    const saved = new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []);
    const rest = await overQueue(jobs().filter(({ repository }) => !saved.has(repository.id)));
    const again = rest.filter(({ repository }) => saved.has(repository.id));
    // At most the one whose saving was cut short comes again.
    expect(again.length).toBeLessThanOrEqual(1);
    expect(rest).toEqual(
      expected.filter(
        ({ repository }) => !saved.has(repository.id) || again.some((one) => one.repository.id === repository.id),
      ),
    );
    expect(new Set(rest.map(({ repository }) => repository.id)).size).toBe(rest.length);
  });
});
