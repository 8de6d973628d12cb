// What an audit and its workers say on the way, in Chinese.

import { describe, expect, it } from 'vitest';
import { createStaff } from '../../src/audit/queue/staff.js';
import { askPatiently } from '../../src/audit/sources/patience.js';
import { say } from '../../src/lang/say.js';
import { untranslated } from '../support/spoken.js';

const HOST = 'git.example.com';

const OWN = { id: 'a', host: 'build-1', version: '0.1.0', build: 'x', key: 'k', threads: 2 };

describe('said in Chinese, while an audit runs,', () => {
  it('is how far it is', async () => {
    const missed = await untranslated(() => {
      for (const text of [
        'listing repositories: 1,234',
        'repositories: 12 found',
        'repositories: 12 found, 3 left out',
        'repositories: 12 of 1,234',
        'repositories: 12 of 1,234, 3 min left',
        'grouping findings',
      ])
        say(text);
    });
    expect(missed).toEqual([]);
  });

  it('is what it waits for', async () => {
    const told: string[] = [];
    const progress = { update: (text: string) => void told.push(text) };
    const exchange = { signal: new AbortController().signal, progress, wait: async () => {} };
    const answers = [
      { status: 429, headers: { 'retry-after': '10' }, body: Buffer.alloc(0) },
      { status: 429, headers: { 'retry-after': '300' }, body: Buffer.alloc(0) },
      { status: 502, headers: {}, body: Buffer.alloc(0) },
      { status: 200, headers: {}, body: Buffer.alloc(0) },
    ];
    await askPatiently(HOST, async () => answers.shift() as never, exchange as never);
    told.push(`${HOST}: the connection broke; goes on in 2 s`);
    expect(told.length).toBeGreaterThan(4);
    expect(await untranslated(() => told.map(say))).toEqual([]);
  });

  it('is which workers it can do nothing with', async () => {
    const told: string[] = [];
    const staff = createStaff(OWN, (sentence) => void told.push(sentence), 'queue.example:6379');
    const others = [{ version: '0.2.0' }, { build: 'y' }, { key: 'l' }].map((other, at) => ({
      ...OWN,
      ...other,
      id: `b${at}`,
    }));
    for (let look = 0; look < 20; look++) staff.seen(others);
    expect(told).toHaveLength(4);
    expect(await untranslated(() => told.map(say))).toEqual([]);
  });

  it('is what else comes up', async () => {
    const missed = await untranslated(() => {
      for (const text of [
        `A repository has moved: https://${HOST}/old is now https://${HOST}/new.`,
        'Removed 1 mirror that an interrupted run had left.',
        'Removed 12 mirrors that an interrupted run had left.',
        '/var/cache/akscan can now be read by you alone, since mirrors of private repositories are kept there.',
        'An outcome in the queue was damaged: its repository is read again.',
        'The connection to the queue at queue:6379 was lost: trying again.',
        'The queue at queue:6379 is there again.',
        'The Redis at queue:6379 throws keys away when it is full (maxmemory-policy allkeys-lru): set it to noeviction.',
        'Takes no jobs of the audit on build-1: its AKSCAN_STORE_KEY is another.',
        'Waiting for audits at queue:6379: 2 at a time.',
        'Stopping: 2 in hand are finished, or handed back after 25 s.',
        'Stopped: 1 job done.',
        'Stopped: 12 jobs done, 2 handed back.',
        '--notify dingtalk: nobody was told: 拒绝',
      ])
        say(text);
    });
    expect(missed).toEqual([]);
  });
});
