// The queue on a real Redis: coordinator and workers in one process, each with connections of its own.

import { randomBytes } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createQueue } from '../../../src/audit/queue/coordinator.js';
import { runKeys } from '../../../src/audit/queue/keys.js';
import { deliver } from '../../../src/audit/queue/mail.js';
import { queueSeal } from '../../../src/audit/queue/seal.js';
import { startWorker, type Worked, type WorkerSettings } from '../../../src/audit/queue/worker.js';
import type { Family, Job, Knowledge, Outcome } from '../../../src/audit/types.js';
import { jobOf, jobsOf, numbers, outcomeOf, repositoryOf, workforceOf } from '../../support/audit-outcomes.js';
import { selfSigned } from '../../support/certificate.js';
import { createKeys } from '../../support/keys.js';
import { dumpOf, missingRedis, type RedisServer, startRedis } from '../../support/redis.js';

const env = { AKSCAN_STORE_KEY: 'a key that both sides have' };
const missing = missingRedis();

let redis: RedisServer;
const after: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  if (missing !== null) return;
  redis = await startRedis();
  return () => redis.stop();
});

afterEach(async () => {
  for (const end of after.splice(0).reverse()) await end();
  if (missing === null) await redis.client.flushall();
});

type Read = Parameters<typeof workforceOf>[0];

interface Working {
  readonly stop: () => Promise<Worked>;
  readonly ended: Promise<Worked>;
  readonly said: string[];
}

const work = (read: Read, over: Partial<WorkerSettings> = {}): Working => {
  const controller = new AbortController();
  const said: string[] = [];
  const ended = startWorker(redis.url, {
    env,
    hire: async () => workforceOf(read),
    threads: 3,
    folders: [],
    fetchesPerMinute: 60_000,
    grace: 200,
    lock: 1_000,
    look: 200,
    signal: controller.signal,
    tell: (sentence) => void said.push(sentence),
    ...over,
  });
  ended.catch(() => {});
  const stop = (): Promise<Worked> => {
    controller.abort();
    return ended;
  };
  after.push(() => stop().catch(() => {}));
  return { stop, ended, said };
};

const NOTHING: Knowledge = { family: async () => null };

interface Audit {
  readonly outcomes: Outcome[];
  readonly said: string[];
  readonly ended: Promise<void>;
}

interface AuditForm {
  readonly run?: string;
  readonly jobs?: AsyncIterable<Job>;
  readonly knowledge?: Knowledge;
  readonly done?: (outcome: Outcome) => Promise<void>;
  readonly signal?: AbortSignal;
  readonly key?: NodeJS.ProcessEnv;
}

const audit = (count: number, form: AuditForm = {}): Audit => {
  const { run = 'run', knowledge = NOTHING, done = async () => {}, signal = new AbortController().signal } = form;
  const outcomes: Outcome[] = [];
  const said: string[] = [];
  const whole = async (): Promise<void> => {
    const queue = await createQueue(redis.url, {
      env: form.key ?? env,
      run,
      tell: (sentence) => void said.push(sentence),
      look: 200,
    });
    const taken = async (outcome: Outcome): Promise<void> => {
      await done(outcome);
      outcomes.push(outcome);
    };
    try {
      await queue.run(form.jobs ?? jobsOf(run, count), { knowledge, done: taken }, signal);
    } finally {
      await queue.close();
    }
  };
  const ended = whole();
  ended.catch(() => {});
  return { outcomes, said, ended };
};

const sorted = (outcomes: readonly Outcome[]): readonly Outcome[] =>
  [...outcomes].sort((a, b) => Number(a.repository.sizeKb) - Number(b.repository.sizeKb));

const expected = (run: string, count: number): readonly Outcome[] =>
  numbers(count).map((number) => outcomeOf(jobOf(run, number)));

const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
};

describe.skipIf(missing !== null)('an audit over a queue', () => {
  it('gives each job’s outcome once, as threads would, and leaves nothing behind but who is there', async () => {
    work(async (job) => outcomeOf(job));
    work(async (job) => outcomeOf(job));
    const { outcomes, ended } = audit(60);
    await ended;
    expect(sorted(outcomes)).toEqual(expected('run', 60));
    const left = await redis.client.keys('*');
    expect(
      left.filter(
        (key) => !/^\{akscan\}:(?:workers|replies|audits|pace|jobs-\w+:(?:marker|stalled-check|meta|events))/.test(key),
      ),
    ).toEqual([]);
  });

  it('shows whoever reads the Redis no name, no key and no secret, at any time', async () => {
    let dump = '';
    const asked = await redis.listen();
    const ask = { repository: repositoryOf(1).id, detection: 'd', hash: 'sha1', sample: ['0'.repeat(40)] };
    work(async (job, { family }) => {
      await family(ask);
      dump += await dumpOf(redis.client);
      return outcomeOf(job);
    });
    const { ended } = audit(12, {
      done: async () => {
        dump += await dumpOf(redis.client);
      },
    });
    await ended;
    const seen = dump + asked();
    expect(seen.length).toBeGreaterThan(10_000);
    for (const number of numbers(12)) {
      const keys = createKeys(number + 1);
      for (const text of [keys.id24(), keys.secret30()]) {
        for (const form of [
          text,
          text.slice(0, 12),
          Buffer.from(text).toString('base64').slice(0, 16),
          Buffer.from(text).toString('hex').slice(0, 24),
        ]) {
          expect(seen).not.toContain(form);
        }
      }
    }
    expect(seen).not.toMatch(/forge\.example|secretive|team\//);
    expect(seen).not.toContain(Buffer.from('secretive').toString('hex'));
    expect(seen).not.toContain(env.AKSCAN_STORE_KEY);
    expect(seen).not.toMatch(/LTAI/);
  });

  it('posts no more jobs than there is room for, outcomes that wait among them', async () => {
    work(async (job) => outcomeOf(job));
    let given = 0;
    let taken = 0;
    let most = 0;
    async function* counted(): AsyncGenerator<Job> {
      for (const number of numbers(80)) {
        given += 1;
        most = Math.max(most, given - taken);
        yield jobOf('run', number);
      }
    }
    const { ended } = audit(80, {
      jobs: counted(),
      done: async () => {
        await new Promise((resolve) => setTimeout(resolve, 2));
        taken += 1;
      },
    });
    await ended;
    expect(taken).toBe(80);
    expect(most).toBeLessThanOrEqual(17);
  });

  it('answers what workers ask, and says nothing where the answer is too large or nobody knows', async () => {
    const known: (Family | null)[] = [];
    work(async (job, { family }) => {
      known[Number(job.repository.sizeKb)] = await family({
        repository: job.repository.id,
        detection: 'd',
        hash: 'sha1',
        sample: [],
      });
      return outcomeOf(job);
    });
    const one: Family = { id: 'f', names: Buffer.alloc(1_000_000, 7), hits: [], verify: 'no need' };
    const { ended } = audit(3, {
      knowledge: {
        family: async ({ repository }) => {
          if (repository.endsWith('/0')) return one;
          if (repository.endsWith('/1')) return { ...one, names: Buffer.alloc(5 << 20) };
          throw new Error('the store has no such thing');
        },
      },
    });
    await ended;
    const [first, ...others] = known;
    expect(first?.names.equals(one.names)).toBe(true);
    expect(first).toMatchObject({ id: 'f', hits: [], verify: 'no need' });
    expect(others).toEqual([null, null]);
  });

  it('carries an outcome of many megabytes', async () => {
    const names = randomBytes(20 << 20);
    const outcome = outcomeOf(jobOf('run', 0));
    const large: Outcome = { ...outcome, family: outcome.family && { ...outcome.family, verified: names } };
    work(async () => large);
    const { outcomes, ended } = audit(1);
    await ended;
    const same = outcomes.map((one) => 'family' in one && one.family?.verified.equals(names));
    expect(same).toEqual([true]);
  });

  it('tries what fails three times, then gives it up with the reason, and goes on with the others', async () => {
    const { outcomes, ended } = audit(5);
    const tag = queueSeal(env).tag('job', 'run', repositoryOf(2).id);
    const named = async (): Promise<string | undefined> => (await redis.client.keys(`*:${tag}`))[0];
    await until(async () => (await named()) !== undefined);
    const key = (await named()) ?? '';
    const data = JSON.parse((await redis.client.hget(key, 'data')) ?? '');
    await redis.client.hset(key, 'data', JSON.stringify({ ...data, sealed: data.sealed.replace(/.$/, 'x') }));
    work(async (job) => outcomeOf(job));
    await ended;
    expect(sorted(outcomes)[2]).toEqual({
      run: 'run',
      repository: repositoryOf(2),
      state: 'broken',
      reason: expect.stringMatching(/^workers tried it 3 times: Something sealed does not open/),
      look: null,
    });
    expect(outcomes).toHaveLength(5);
  });

  it('goes on with another worker when the threads of one have ended, and that one says so', async () => {
    const first = work(() => Promise.reject(new Error('no threads')), { threads: 2 });
    const { outcomes, ended } = audit(6);
    await expect(first.ended).rejects.toThrow('no threads');
    work(async (job) => outcomeOf(job));
    await ended;
    expect(sorted(outcomes)).toEqual(expected('run', 6));
  });

  it('hands back what a worker that stops has in hand, and another one does it', async () => {
    let begun = 0;
    const first = work(
      () => {
        begun += 1;
        return new Promise(() => {});
      },
      { threads: 2 },
    );
    const { outcomes, ended } = audit(6);
    await until(() => begun === 2);
    expect(await first.stop()).toEqual({ done: 0, handedBack: 2 });
    work(async (job) => outcomeOf(job));
    await ended;
    expect(sorted(outcomes)).toEqual(expected('run', 6));
  });

  it('lets a worker that stops finish what it can in time', async () => {
    let begun = 0;
    const first = work(
      async (job) => {
        begun += 1;
        await new Promise((resolve) => setTimeout(resolve, 100));
        return outcomeOf(job);
      },
      { threads: 2, grace: 20_000 },
    );
    const { outcomes, ended } = audit(2);
    await until(() => begun === 2);
    expect(await first.stop()).toEqual({ done: 2, handedBack: 0 });
    await ended;
    expect(outcomes).toHaveLength(2);
  });

  it('is left by a worker that stops also when the queue is away and takes nothing back', async () => {
    const own = await startRedis();
    const shared = redis;
    redis = own;
    try {
      let begun = 0;
      const { stop, said } = work(
        () => {
          begun += 1;
          return new Promise(() => {});
        },
        { threads: 2 },
      );
      const controller = new AbortController();
      const { ended } = audit(2, { signal: controller.signal });
      await until(() => begun === 2);
      await own.stop();
      await until(() => said.some((sentence) => sentence.includes('was lost')));
      expect((await stop()).done).toBe(0);
      controller.abort(new Error('stopped'));
      await expect(ended).rejects.toThrow('stopped');
    } finally {
      redis = shared;
    }
  });

  it('that was left in the middle takes what waits when it goes on, each outcome once', async () => {
    const controller = new AbortController();
    let reading = 0;
    let go = (): void => {};
    const gone = new Promise<void>((resolve) => {
      go = resolve;
    });
    let read = 0;
    work(async (job) => {
      reading += 1;
      await gone;
      read += 1;
      return outcomeOf(job);
    });
    const first = audit(10, { signal: controller.signal });
    await until(() => reading === 3);
    controller.abort(new Error('killed'));
    await expect(first.ended).rejects.toThrow('killed');
    go();
    await until(async () => (await redis.client.keys('*:part:*')).length === 3);
    const second = audit(10);
    await second.ended;
    expect(first.outcomes).toEqual([]);
    expect(sorted(second.outcomes)).toEqual(expected('run', 10));
    expect(read).toBe(10);
  });

  it('gives an outcome once that is handed in twice', async () => {
    const seal = queueSeal(env);
    const run = seal.tag('run', 'run');
    let again = 0;
    work(async (job) => outcomeOf(job));
    const { outcomes, said, ended } = audit(8, {
      // As by a worker that died after it handed its outcome in, and another that did the job again.
      done: async (outcome) => {
        again += 1;
        const coordinator = (await redis.client.get(runKeys(run).coordinator)) ?? '';
        const job = seal.tag('job', 'run', outcome.repository.id);
        await deliver(redis.client, seal, { run, job }, { outcome, coordinator }, async () => {});
      },
    });
    await ended;
    expect(again).toBe(8);
    expect(said).toEqual([]);
    expect(sorted(outcomes)).toEqual(expected('run', 8));
  });

  it('posts again what a Redis forgot', async () => {
    let forget = true;
    work(
      async (job) => {
        if (forget) {
          forget = false;
          await redis.client.flushall();
          await new Promise(() => {});
        }
        return outcomeOf(job);
      },
      { threads: 1 },
    );
    const first = audit(4);
    await until(() => !forget);
    work(async (job) => outcomeOf(job));
    await first.ended;
    expect(sorted(first.outcomes)).toEqual(expected('run', 4));
  });

  it('is another’s when it is begun a second time, and the first one ends', async () => {
    const first = audit(4);
    await until(async () => (await redis.client.keys('*:coordinator')).length === 1);
    const second = audit(4);
    await expect(first.ended).rejects.toThrow('Another akscan goes on with this audit.');
    work(async (job) => outcomeOf(job));
    await second.ended;
    expect(sorted(second.outcomes)).toEqual(expected('run', 4));
  });

  it('shares workers with another audit', async () => {
    work(async (job) => outcomeOf(job));
    const [one, two] = [audit(20, { run: 'one' }), audit(20, { run: 'two' })];
    await Promise.all([one.ended, two.ended]);
    expect(sorted(one.outcomes)).toEqual(expected('one', 20));
    expect(sorted(two.outcomes)).toEqual(expected('two', 20));
  });

  it('ends with what `done` fails with', async () => {
    work(async (job) => outcomeOf(job));
    const { ended } = audit(4, { done: () => Promise.reject(new Error('the store is full')) });
    await expect(ended).rejects.toThrow('the store is full');
  });

  it('is said to have no workers, and a worker with another key says why it does nothing', async () => {
    const other = work(async (job) => outcomeOf(job), { env: { AKSCAN_STORE_KEY: 'another key altogether' } });
    const controller = new AbortController();
    const { said, ended } = audit(1, { signal: controller.signal });
    await until(() => said.length >= 2 && other.said.length >= 2);
    controller.abort(new Error('enough'));
    await expect(ended).rejects.toThrow('enough');
    expect(said.join('\n')).toMatch(
      /^The worker on \S+ takes no jobs of this audit: its AKSCAN_STORE_KEY is another\.$/m,
    );
    expect(said.join('\n')).toMatch(/^No worker takes jobs: start "akscan worker --queue redis:\/\/127\.0\.0\.1:\d+"/m);
    expect(other.said.join('\n')).toMatch(/^Takes no jobs of the audit on \S+: its AKSCAN_STORE_KEY is another\.$/m);
  });

  it('reads a folder only where the worker was told that it may', async () => {
    work(async (job) => outcomeOf(job));
    async function* folder(): AsyncGenerator<Job> {
      const job = jobOf('run', 1);
      yield { ...job, repository: { ...job.repository, clone: { from: 'folder', folder: '/' } } };
    }
    const { outcomes, ended } = audit(1, { jobs: folder() });
    await ended;
    expect(outcomes).toMatchObject([{ state: 'broken', reason: expect.stringContaining('--allow-folder') }]);
  });
});

describe.skipIf(missing !== null)('a queue', () => {
  it('that cannot be reached is said in a sentence', async () => {
    const nowhere = { env, run: 'run', tell: () => {} };
    await expect(createQueue('redis://127.0.0.1:1', nowhere)).rejects.toThrow(
      /^The queue at 127\.0\.0\.1:1 cannot be reached: /,
    );
  });

  it('asks for its password, which no sentence holds', async () => {
    const password = ['open', 'sesame'].join('-');
    const guarded = await startRedis({ password });
    after.push(() => guarded.stop());
    const settings = { run: 'run', tell: () => {} };
    const closing = await createQueue(guarded.url, { ...settings, env: { ...env, REDIS_PASSWORD: password } });
    await closing.close();
    for (const wrong of [{}, { REDIS_PASSWORD: `not-${password}` }]) {
      const refused = createQueue(guarded.url, { ...settings, env: { ...env, ...wrong } });
      await expect(refused).rejects.toThrow(/does not let us in/);
      await expect(refused).rejects.not.toThrow(password);
    }
  });

  it('over TLS is believed only with a certificate that the machine trusts', async () => {
    const guarded = await startRedis({ tls: selfSigned() });
    after.push(() => guarded.stop());
    const refused = createQueue(guarded.url, { env, run: 'run', tell: () => {} });
    await expect(refused).rejects.toThrow(/cannot be reached: self-signed certificate/);
  });
});
