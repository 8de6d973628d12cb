// Outcomes as jobs give them, with keys in them, made of a repository's number alone: whoever makes one makes the same.

import type { Job, Knowledge, Outcome, Read, Repository, Workforce } from '../../src/audit/types.js';
import { findingFor } from '../../src/verify.js';
import { jobSettings } from './jobs.js';
import { createKeys } from './keys.js';
import { place } from './report-samples.js';

export const repositoryOf = (number: number): Repository => ({
  id: `forge.example/${number}`,
  forge: 'gitea',
  name: `https://forge.example/team/secretive-${number}`,
  clone: { from: 'url', url: `https://forge.example/team/secretive-${number}.git` },
  kind: 'repository',
  refs: 'branches-and-tags',
  sizeKb: number,
  visibility: 'private',
  archived: false,
  fork: false,
  parent: null,
  pushedAt: null,
});

export const jobOf = (run: string, number: number): Job => ({
  run,
  repository: repositoryOf(number),
  settings: jobSettings,
  last: null,
});

/** @param names bytes of names that it adds */
export const outcomeOf = ({ run, repository }: Job, names = 40): Read => {
  const number = Number(repository.id.split('/').at(-1));
  const keys = createKeys(number + 1);
  const credential = { accessKeyId: keys.id24(), secret: keys.secret30(), token: null };
  return {
    run,
    repository,
    state: 'scanned',
    reason: null,
    look: `look-${number}`,
    detection: 'detection',
    settings: 'settings',
    refs: { 'refs/heads/main': String(number).padStart(40, '0') },
    findings: [
      {
        finding: { ...findingFor(credential), ...credential, target: repository.name, occurrences: [place()] },
        allowed: false,
      },
    ],
    suppressed: { allow: 0, ignore: 0, baseline: 0, confidence: 0 },
    skipped: [],
    skippedCounts: { fault: 0, limit: 0 },
    counts: { files: 0, objects: number, bytes: 0 },
    notes: [],
    family: {
      id: null,
      hash: 'sha1',
      sample: [],
      verified: Buffer.alloc(names, number),
      own: Buffer.alloc(20, number + 1),
      hits: [{ oid: 'f'.repeat(40), type: 'blob', size: 3 }],
    },
  };
};

export const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);

export async function* jobsOf(run: string, count: number): AsyncGenerator<Job> {
  for (const number of numbers(count)) yield jobOf(run, number);
}

/** Does jobs in this thread, several at a time, by `read`. */
export const workforceOf = (
  read: (job: Job, knowledge: Knowledge, signal: AbortSignal) => Promise<Outcome>,
): Workforce => ({
  run: async (jobs, { knowledge, done }, signal) => {
    const working = new Set<Promise<void>>();
    let fail = (_: unknown): void => {};
    const failed = new Promise<never>((_, reject) => {
      fail = reject;
    });
    signal.addEventListener('abort', () => fail(signal.reason), { once: true });
    const all = async (): Promise<void> => {
      for await (const job of jobs) {
        const one = read(job, knowledge, signal)
          .then(done)
          .finally(() => working.delete(one));
        one.catch(fail);
        working.add(one);
      }
      await Promise.all(working);
    };
    await Promise.race([all(), failed]);
  },
  close: async () => {},
});
