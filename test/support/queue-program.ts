// One side of a queue as a process of its own, so that it can be killed. Bundled by the tests that start it.

import { appendFileSync } from 'node:fs';
import { openMirrors } from '../../src/audit/mirror/open-mirrors.js';
import { createQueue } from '../../src/audit/queue/coordinator.js';
import { startWorker } from '../../src/audit/queue/worker.js';
import type { Job, Workforce } from '../../src/audit/types.js';
import { createThreads } from '../../src/audit/work/threads.js';

export type QueueProgram =
  | {
      readonly side: 'worker';
      readonly url: string;
      readonly folder: string;
      /** The number of the job that is never finished; `ending: 'dies'`: the process ends with it. */
      readonly stuck: { readonly at: number } | { readonly on: string } | null;
      readonly ending: 'hangs' | 'dies';
    }
  | {
      readonly side: 'audit';
      readonly url: string;
      readonly jobs: readonly Job[];
      /** Where each outcome is written: a line with the repository's id. */
      readonly file: string;
    };

const threads = async (folder: string): Promise<Workforce> => {
  const settings = { folder: `${folder}.mirrors`, cacheSize: 1 << 30, maxRepositorySize: null, after: 'keep' } as const;
  const mirrors = await openMirrors(settings, { credentialFor: async () => null, tell: () => {} });
  return createThreads(1, { mirrors, program: null });
};

const say = (word: string): void => void process.stdout.write(`${word}\n`);

const program = JSON.parse(process.argv[2] ?? '') as QueueProgram;
const { env } = process;

if (program.side === 'worker') {
  const { stuck, ending } = program;
  const controller = new AbortController();
  process.on('SIGTERM', () => controller.abort());
  const trip = async ({ repository }: Job, number: number): Promise<void> => {
    const isIt = stuck !== null && ('at' in stuck ? stuck.at === number : repository.id === stuck.on);
    if (!isIt) return;
    say('stuck');
    if (ending === 'dies') process.kill(process.pid, 'SIGKILL');
    await new Promise(() => {});
  };
  await startWorker(program.url, {
    env,
    hire: async () => {
      const real = await threads(program.folder);
      async function* slowed(jobs: AsyncIterable<Job>): AsyncGenerator<Job> {
        let number = 0;
        for await (const job of jobs) {
          number += 1;
          await trip(job, number);
          yield job;
        }
      }
      return { ...real, run: (jobs, to, signal) => real.run(slowed(jobs), to, signal) };
    },
    threads: 1,
    folders: [program.folder],
    fetchesPerMinute: 60_000,
    grace: 100,
    lock: 600,
    look: 100,
    signal: controller.signal,
    tell: () => {},
  });
} else {
  const queue = await createQueue(program.url, { env, run: 'run', tell: () => {}, look: 100 });
  async function* jobs(all: readonly Job[]): AsyncGenerator<Job> {
    yield* all;
  }
  const done = async ({ repository }: { readonly repository: { readonly id: string } }): Promise<void> => {
    appendFileSync(program.file, `${repository.id}\n`);
    say('saved');
  };
  const knowledge = { family: async () => null };
  await queue.run(jobs(program.jobs), { knowledge, done }, new AbortController().signal);
  await queue.close();
}
