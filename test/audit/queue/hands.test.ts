import { describe, expect, it } from 'vitest';
import { createHands } from '../../../src/audit/queue/hands.js';
import type { Workforce } from '../../../src/audit/types.js';
import { jobOf, numbers, outcomeOf, workforceOf } from '../../support/audit-outcomes.js';

const nobody = async (): Promise<null> => null;
const never = new AbortController().signal;

describe('a workforce that is asked for one job after the other', () => {
  it('gives each its own outcome, in whatever order they end', async () => {
    const hands = createHands(
      workforceOf(async (job) => {
        await new Promise((resolve) => setTimeout(resolve, 20 - 2 * Number(job.repository.sizeKb)));
        return outcomeOf(job);
      }),
      never,
    );
    const outcomes = await Promise.all(numbers(8).map((number) => hands.perform(jobOf('run', number), nobody)));
    expect(outcomes).toEqual(numbers(8).map((number) => outcomeOf(jobOf('run', number))));
  });

  it('passes a question on to whoever gave the job, also when two audits read one repository', async () => {
    const asked: string[] = [];
    const hands = createHands(
      workforceOf(async (job, { family }) => {
        await family({ repository: job.repository.id, detection: '', hash: 'sha1', sample: [] });
        return outcomeOf(job);
      }),
      never,
    );
    const asking = (name: string) => async (): Promise<null> => {
      asked.push(name);
      return null;
    };
    const both = await Promise.all([
      hands.perform(jobOf('one', 1), asking('one')),
      hands.perform(jobOf('two', 1), asking('two')),
    ]);
    expect(asked).toEqual(['one', 'two']);
    expect(both.map(({ run }) => run)).toEqual(['one', 'two']);
  });

  it('fails all that is in hand when it is told to stop, and what comes later', async () => {
    const controller = new AbortController();
    const hands = createHands(
      workforceOf(() => new Promise(() => {})),
      controller.signal,
    );
    const [one, two] = [hands.perform(jobOf('run', 1), nobody), hands.perform(jobOf('run', 2), nobody)];
    controller.abort(new Error('stop'));
    await expect(one).rejects.toThrow('stop');
    await expect(two).rejects.toThrow('stop');
    await expect(hands.perform(jobOf('run', 3), nobody)).rejects.toThrow('stop');
  });

  it('fails what is in hand when the workforce ends by itself', async () => {
    const broken: Workforce = {
      run: () => Promise.reject(new Error('no threads')),
      close: async () => {},
    };
    await expect(createHands(broken, never).perform(jobOf('run', 1), nobody)).rejects.toThrow('no threads');
  });
});
