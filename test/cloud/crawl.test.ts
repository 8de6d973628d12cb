import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/cloud/ask.js';
import { crawl } from '../../src/cloud/crawl.js';
import type { Questions } from '../../src/cloud/questions.js';
import type { ListedKey } from '../../src/cloud/readings.js';

const DENIED = { kind: 'denied', action: 'ram:ListAccessKeys' } as const;

/** An account of so many users with a key each; counts who was asked about. */
const account = (users: number, keysOf: (index: number) => Outcome<readonly ListedKey[]> | null) => {
  const asked: string[] = [];
  const names = Array.from({ length: users }, (_, index) => `user-${index}`);
  const questions: Pick<Questions, 'users' | 'keysOf'> = {
    users: async () => ({ kind: 'found', value: names }),
    keysOf: async (name) => {
      asked.push(name);
      const index = names.indexOf(name);
      return keysOf(index) ?? { kind: 'found', value: [{ id: `id-${index}`, status: 'Active' }] };
    },
  };
  return { asked, crawled: () => crawl(questions as Questions) };
};

describe('crawl', () => {
  it('asks about every user once', async () => {
    const { asked, crawled } = account(100, () => null);
    const { keys, problems } = await crawled();
    expect([keys.size, problems]).toEqual([100, []]);
    expect([...asked].sort()).toEqual([...new Set(asked)].sort());
  });

  it('does not hide the keys of others behind a user that it may not ask about', async () => {
    const { crawled } = account(200, (index) => (index % 10 === 0 ? DENIED : null));
    const { keys, problems } = await crawled();
    expect(keys.size).toBe(180);
    expect(problems).toEqual(['Your credentials lack ram:ListAccessKeys for 20 of 200 users.']);
  });

  it('reaches the few that it may ask about, wherever they stand in the list', async () => {
    for (const first of [0, 700, 1_800]) {
      const { crawled } = account(2_000, (index) => (index >= first && index < first + 200 ? null : DENIED));
      expect((await crawled()).keys.size).toBe(200);
    }
  });

  it('does not ask about ten thousand users in vain, and says so', async () => {
    const { asked, crawled } = account(10_000, () => DENIED);
    const { keys, problems } = await crawled();
    expect(keys.size).toBe(0);
    expect(asked.length).toBeLessThan(100);
    expect(problems).toEqual([
      `Your credentials lack ram:ListAccessKeys for ${asked.length} of 10000 users; the other ${10_000 - asked.length} were not asked about.`,
    ]);
  });

  it('says only the permission when it is missing for all of a few', async () => {
    const { crawled } = account(3, () => DENIED);
    expect((await crawled()).problems).toEqual(['Your credentials lack ram:ListAccessKeys.']);
  });

  it.each([0, 1, 2, 3])('goes through %d users', async (users) => {
    const { asked, crawled } = account(users, () => null);
    await crawled();
    expect(new Set(asked).size).toBe(users);
  });

  it('was no search of an account that has no list of users', async () => {
    const questions: Pick<Questions, 'users'> = { users: async () => ({ kind: 'none' }) };
    expect((await crawl(questions as Questions)).problems).toEqual([expect.stringContaining('no list of users')]);
  });
});
