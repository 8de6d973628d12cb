// Threads are a program of their own: it is built here as the product's build does it, or written by hand to misbehave.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import esbuild from 'esbuild';
import { beforeAll, describe, expect, it, vi } from 'vitest';
// @ts-expect-error a plain script shared with the build
import { forEsbuild } from '../../../scripts/virtual-modules.mjs';
import { openMirrors } from '../../../src/audit/mirror/open-mirrors.js';
import type { Mirrors } from '../../../src/audit/mirror/types.js';
import type { Job, Knowledge, Outcome, Workforce } from '../../../src/audit/types.js';
import { createThreads } from '../../../src/audit/work/threads.js';
import { familyOf, jobFor, NO_KNOWLEDGE, readOf, repositoryIn, told } from '../../support/jobs.js';
import { id24, secret30 } from '../../support/keys.js';
import { commit, repository, sharedFolder, temporaryFolder } from '../../support/repository.js';

const pair = (id: string): string => `accessKeyId=${id}\naccessKeySecret=${secret30()}\n`;
const NEVER = new AbortController().signal;

const mirrors = await openMirrors(
  { folder: '/nonexistent', cacheSize: 0, maxRepositorySize: null, after: 'keep' },
  { credentialFor: async () => null, tell: () => {} },
);

async function* eachOf(jobs: readonly Job[]): AsyncGenerator<Job> {
  yield* jobs;
}

const runAll = async (
  workforce: Workforce,
  jobs: readonly Job[],
  knowledge: Knowledge = NO_KNOWLEDGE,
): Promise<ReadonlyMap<string, Outcome>> => {
  const outcomes = new Map<string, Outcome>();
  await workforce.run(
    eachOf(jobs),
    {
      knowledge,
      done: async (outcome) => {
        expect(outcomes.has(outcome.repository.id)).toBe(false);
        outcomes.set(outcome.repository.id, outcome);
      },
    },
    NEVER,
  );
  return outcomes;
};

/** A program for threads that hears of a job as `job`, and may say `answer(outcome)`. */
const misbehaving = (what: string): URL => {
  const file = path.join(temporaryFolder(), 'worker.mjs');
  writeFileSync(
    file,
    `import { parentPort } from 'node:worker_threads';
     import { existsSync, writeFileSync } from 'node:fs';
     const answer = (outcome) => parentPort.postMessage({ kind: 'outcome', outcome });
     parentPort.on('message', (message) => {
       if (message.kind === 'stop') parentPort.postMessage({ kind: 'stopped' });
       if (message.kind !== 'job') return;
       const { job } = message;
       const well = () => answer({ run: job.run, repository: job.repository, state: 'empty', reason: null, look: null });
       ${what}
     });`,
  );
  return pathToFileURL(file);
};

const jobCalled = (name: string): Job => jobFor(repositoryIn('/nonexistent', 'folder', name));

describe('threads', () => {
  const folder = sharedFolder();
  const program = pathToFileURL(path.join(folder, 'audit-worker.js'));

  beforeAll(async () => {
    await esbuild.build({
      entryPoints: [path.resolve('src/audit/work/worker.ts')],
      outfile: path.join(folder, 'audit-worker.js'),
      bundle: true,
      format: 'esm',
      platform: 'node',
      plugins: [forEsbuild()],
      banner: { js: "import{createRequire as __r}from'node:module';const require=__r(import.meta.url);" },
    });
    writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
  });

  it('do the same as this thread alone, each job once, and take in what is known', async () => {
    const folders = Array.from({ length: 6 }, () => repository());
    for (const each of folders.slice(1)) commit(each, { 'a.env': pair(id24()) });
    const jobs = folders.map((each) => jobFor(repositoryIn(each)));
    const here = createThreads(1, { mirrors, program: null });
    const alone = await runAll(here, jobs);
    const threads = createThreads(2, { mirrors, program });
    const apart = await runAll(threads, jobs);
    expect(apart.size).toBe(6);
    expect(apart.get(folders[0] ?? '')?.state).toBe('empty');
    for (const each of folders.slice(1)) {
      const [one, other] = [alone.get(each), apart.get(each)];
      if (one === undefined || other === undefined) throw new Error('no outcome');
      expect(told(other)).toBe(told(one));
      expect(readOf(other).family).toEqual(readOf(one).family);
    }
    const last = alone.get(folders[1] ?? '');
    if (last === undefined) throw new Error('no outcome');
    const asked: string[] = [];
    const knowledge: Knowledge = {
      family: async ({ repository: of }) => {
        asked.push(of);
        return { ...familyOf(last, 'own'), id: 'ours' };
      },
    };
    const again = await runAll(threads, jobs.slice(1, 2), knowledge);
    const { family } = readOf(again.get(folders[1] ?? '') ?? last);
    expect(asked).toEqual([folders[1]]);
    expect(family).toMatchObject({ id: 'ours', own: Buffer.alloc(0), hits: [] });
    await threads.close();
    await here.close();
  });

  it('ask this thread for mirrors, and give each back, also one that comes too late', async () => {
    const place = repository();
    commit(place, { 'a.env': pair(id24()) });
    let lent = 0;
    let stop = (): void => {};
    const lending: Mirrors = {
      obtain: async ({ id }, lastLook) => {
        expect(lastLook).toBe(null);
        if (id === 'late') {
          stop();
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        lent += 1;
        const release = async (): Promise<void> => {
          lent -= 1;
        };
        return { state: 'ready', folder: place, look: `look of ${id}`, release };
      },
      close: async () => {},
    };
    const threads = createThreads(2, { mirrors: lending, program });
    const outcomes = await runAll(
      threads,
      ['a', 'b', 'c'].map((name) => jobFor(repositoryIn(place, 'url', name))),
    );
    expect([...outcomes.values()].map((outcome) => readOf(outcome).look).sort()).toEqual([
      'look of a',
      'look of b',
      'look of c',
    ]);
    expect(lent).toBe(0);
    const stopping = new AbortController();
    stop = () => stopping.abort(new Error('enough'));
    const to = { knowledge: NO_KNOWLEDGE, done: async () => {} };
    const late = jobFor(repositoryIn(place, 'url', 'late'));
    await expect(threads.run(eachOf([late]), to, stopping.signal)).rejects.toThrow('enough');
    await vi.waitFor(() => expect(lent).toBe(0));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(lent).toBe(0);
    await threads.close();
  });

  it('that end with a job in hand cost it one more try, and nothing else', async () => {
    const seen = path.join(temporaryFolder(), 'seen');
    const threads = createThreads(2, {
      mirrors,
      program: misbehaving(`
        if (job.repository.id === 'poison') process.exit(1);
        if (job.repository.id === 'unlucky' && !existsSync(${JSON.stringify(seen)})) {
          writeFileSync(${JSON.stringify(seen)}, '');
          throw new Error('an accident');
        }
        well();`),
    });
    const names = ['a', 'poison', 'b', 'unlucky', 'c', 'd'];
    const outcomes = await runAll(threads, names.map(jobCalled));
    expect(names.map((name) => outcomes.get(name)?.state)).toEqual([
      'empty',
      'broken',
      'empty',
      'empty',
      'empty',
      'empty',
    ]);
    expect(outcomes.get('poison')).toHaveProperty('reason', expect.stringContaining('thread'));
    await threads.close();
  });

  it('take a job only when they are free, and the next outcome waits for the one before', async () => {
    let given = 0;
    let saved = 0;
    let most = 0;
    let saving = 0;
    async function* many(): AsyncGenerator<Job> {
      for (; given < 40; given += 1) {
        most = Math.max(most, given - saved);
        yield jobCalled(`${given}`);
      }
    }
    const threads = createThreads(2, { mirrors, program: misbehaving('well();') });
    const done = async (): Promise<void> => {
      saving += 1;
      expect(saving).toBeLessThanOrEqual(2);
      await new Promise((resolve) => setTimeout(resolve, 5));
      saving -= 1;
      saved += 1;
    };
    await threads.run(many(), { knowledge: NO_KNOWLEDGE, done }, NEVER);
    expect(saved).toBe(40);
    // Of each thread: one job in hand, one being saved; and one that is next.
    expect(most).toBeLessThanOrEqual(6);
    await threads.close();
  });

  it('end together when one outcome cannot be saved, when the list fails, or when stopped', async () => {
    const threads = createThreads(2, { mirrors, program: misbehaving("if (job.repository.id !== 'slow') well();") });
    const to = { knowledge: NO_KNOWLEDGE, done: async () => {} };
    const failing = { ...to, done: async () => Promise.reject(new Error('disk full')) };
    await expect(threads.run(eachOf(['slow', 'a', 'b'].map(jobCalled)), failing, NEVER)).rejects.toThrow('disk full');
    async function* broken(): AsyncGenerator<Job> {
      yield jobCalled('a');
      throw new Error('the list broke off');
    }
    await expect(threads.run(broken(), to, NEVER)).rejects.toThrow('the list broke off');
    const stop = new AbortController();
    const stopped = threads.run(eachOf(['slow', 'slow'].map(jobCalled)), to, stop.signal);
    setTimeout(() => stop.abort(new Error('enough')), 20);
    await expect(stopped).rejects.toThrow('enough');
    // And can be used again.
    expect((await runAll(threads, ['c', 'd'].map(jobCalled))).size).toBe(2);
    await threads.close();
  });

  it('end when what is being saved is saved', async () => {
    const threads = createThreads(1, { mirrors, program: misbehaving("if (job.repository.id === 'well') well();") });
    const stop = new AbortController();
    let saved = false;
    const done = async (): Promise<void> => {
      setTimeout(() => stop.abort(new Error('enough')), 5);
      await new Promise((resolve) => setTimeout(resolve, 60));
      saved = true;
    };
    const jobs = eachOf(['well', 'slow'].map(jobCalled));
    await expect(threads.run(jobs, { knowledge: NO_KNOWLEDGE, done }, stop.signal)).rejects.toThrow('enough');
    expect(saved).toBe(true);
    await threads.close();
  });

  it('go on when a mirror cannot be had, or cannot be taken away', async () => {
    const place = repository();
    commit(place, { 'a.env': pair(id24()) });
    const failing: Mirrors = {
      obtain: async ({ id }) => {
        if (id === 'none') throw new Error('no room');
        return { state: 'ready', folder: place, look: 'look', release: async () => Promise.reject(new Error('busy')) };
      },
      close: async () => {},
    };
    for (const how of [program, null]) {
      const threads = createThreads(1, { mirrors: failing, program: how });
      const jobs = ['none', 'a', 'b'].map((name) => jobFor(repositoryIn(place, 'url', name)));
      const outcomes = await runAll(threads, jobs);
      expect(outcomes.get('none')).toMatchObject({ state: 'broken', reason: 'no room' });
      for (const name of ['a', 'b']) expect(readOf(outcomes.get(name) ?? fail()).findings).toHaveLength(1);
      await threads.close();
    }
  });

  it('may be many', async () => {
    const warnings: Error[] = [];
    const heard = (warning: Error): void => void warnings.push(warning);
    process.on('warning', heard);
    const threads = createThreads(12, { mirrors, program: misbehaving('well();') });
    await runAll(
      threads,
      Array.from({ length: 24 }, (_, index) => jobCalled(`${index}`)),
    );
    await threads.close();
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', heard);
    expect(warnings).toEqual([]);
  });

  it('share their number when fewer jobs than threads are left', async () => {
    const threads = createThreads(4, {
      mirrors,
      program: misbehaving(
        "answer({ run: job.run, repository: job.repository, state: 'broken', reason: String(job.settings.threads), look: null });",
      ),
    });
    const only = await runAll(threads, [jobCalled('only')]);
    expect(only.get('only')).toMatchObject({ reason: '4' });
    await threads.close();
  });
});

const fail = (): never => {
  throw new Error('not there');
};
