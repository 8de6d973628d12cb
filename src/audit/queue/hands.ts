// A workforce takes jobs as a stream; here each job is asked for by itself, and its outcome awaited. Two jobs of one
// repository (of two audits at once) follow each other, since a question names only its repository.

import type { Family, FamilyQuestion, Job, Outcome, Workforce } from '../types.js';
import { createBell } from './bell.js';

type Ask = (question: FamilyQuestion) => Promise<Family | null>;

export interface Hands {
  /** @throws what ended the workforce: when it was told to stop, the signal's reason */
  perform(job: Job, ask: Ask): Promise<Outcome>;
  /** Rejects when the workforce ends, for whatever reason: nothing can be done here any more. */
  readonly ended: Promise<never>;
}

interface Task {
  readonly job: Job;
  readonly ask: Ask;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

export const createHands = (workforce: Workforce, signal: AbortSignal): Hands => {
  const tasks = new Map<string, Task>();
  const after = new Map<string, Promise<unknown>>();
  const handed: Job[] = [];
  const bell = createBell();
  let failure: { readonly error: unknown } | null = null;

  /** Not a generator: who waits in one cannot be told that nobody asks any more. */
  const stream: AsyncIterable<Job> = {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        for (;;) {
          const job = handed.shift();
          if (job !== undefined) return { done: false, value: job };
          if (failure !== null || signal.aborted) return { done: true, value: undefined };
          await bell.rung();
        }
      },
      return: async () => ({ done: true, value: undefined }),
    }),
  };
  const end = (error: unknown): void => {
    failure ??= { error };
    for (const task of tasks.values()) task.reject(failure.error);
    tasks.clear();
    bell.ring();
  };
  signal.addEventListener('abort', () => end(signal.reason), { once: true });
  const running = workforce
    .run(
      stream,
      {
        knowledge: { family: async (question) => tasks.get(question.repository)?.ask(question) ?? null },
        done: async (outcome) => {
          const { id } = outcome.repository;
          tasks.get(id)?.resolve(outcome);
          tasks.delete(id);
        },
      },
      signal,
    )
    .then(
      () => Promise.reject(new Error('the threads have ended')),
      (error: unknown) => Promise.reject(error),
    );
  running.catch(end);

  const hand = (job: Job, ask: Ask): Promise<Outcome> =>
    new Promise((resolve, reject) => {
      if (failure !== null) return reject(failure.error);
      tasks.set(job.repository.id, { job, ask, resolve, reject });
      handed.push(job);
      bell.ring();
    });

  return {
    ended: running,
    perform: async (job, ask) => {
      const { id } = job.repository;
      const turn = (after.get(id) ?? Promise.resolve()).then(() => hand(job, ask));
      const settled = turn.catch(() => {});
      after.set(id, settled);
      try {
        return await turn;
      } finally {
        if (after.get(id) === settled) after.delete(id);
      }
    },
  };
};
