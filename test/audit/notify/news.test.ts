import { describe, expect, it } from 'vitest';
import { messageOf } from '../../../src/audit/notify/message.js';
import { keyNews } from '../../../src/audit/notify/news.js';
import { id24, secret30 } from '../../support/keys.js';
import { createLeakFinder } from '../../support/leaks.js';
import { pair, place, ROOT, withVerdict } from '../../support/report-samples.js';

const COUNTS = { repositories: 812, findings: 45, live: 12, root: 1 };

const alive = (over: Parameters<typeof pair>[0] = {}) =>
  withVerdict(pair(over), { principal: 'ram-user', user: 'ci', account: '1234567890123456' });
const root = (over: Parameters<typeof pair>[0] = {}) => withVerdict(pair(over), ROOT);

describe('keyNews', () => {
  it('puts root keys first', () => {
    const keys = keyNews([alive(), root(), alive()]);
    expect(keys.map(({ isRoot }) => isRoot)).toEqual([true, false, false]);
  });

  it('shows 8 and 4 characters of an ID, wherever it stands', () => {
    const id = id24();
    const [key] = keyNews([alive({ accessKeyId: id, target: `https://github.com/acme/${id}` })]);
    const cut = `${id.slice(0, 8)}…${id.slice(-4)}`;
    expect([key?.accessKeyId, key?.repositories[0]]).toEqual([cut, `https://github.com/acme/${cut}`]);
    expect(JSON.stringify(key)).not.toContain(id.slice(0, 10));
  });

  it('takes nothing of a secret along, whoever is named after it', () => {
    const secret = secret30();
    const finding = alive({
      secret,
      target: `https://github.com/acme/${secret}`,
      occurrences: [place({ author: `${secret} <${secret}@example.com>` })],
    });
    expect(createLeakFinder([{ name: 'secret', value: secret }])(JSON.stringify(keyNews([finding])))).toEqual([]);
  });

  it('asks who committed it first', () => {
    const [key] = keyNews([
      alive({
        target: 'https://github.com/acme/a',
        occurrences: [
          place({ author: 'Later <l@example.com>', date: '2025-01-01T00:00:00+08:00' }),
          place({ author: 'Nobody knows when <n@example.com>', line: 3 }),
          place({
            author: 'First <f@example.com>',
            date: '2024-01-01T00:00:00+08:00',
            target: 'https://github.com/acme/b',
          }),
        ],
      }),
    ]);
    expect(key?.ask[0]).toBe('First <f@example.com>');
    expect([key?.since, key?.repositories]).toEqual([
      '2024-01-01T00:00:00+08:00',
      ['https://github.com/acme/a', 'https://github.com/acme/b'],
    ]);
  });
});

describe('messageOf', () => {
  it('says how many, what, where and whom to ask', () => {
    const occurrences = [place({ author: 'Wei <wei@example.com>', date: '2024-03-01T10:00:00+08:00' })];
    const keys = keyNews([alive(), root({ target: 'https://github.com/acme/pay', occurrences })]);
    const message = messageOf(
      { sources: ['github:acme', 'dir:/srv'], counts: COUNTS, reportUrl: 'https://ci.example/r' },
      keys,
    );
    expect([message.title, message.summary]).toEqual([
      'akscan: 2 new live AccessKeys, 1 of a root account',
      'github：acme and 1 more source: 812 repositories, 45 AccessKeys, 12 live, 1 root.',
    ]);
    expect(message.keys[0]).toMatchObject({
      what: expect.stringMatching(/^\w{8}…\w{4}: live, ROOT key of account 1234567890123456$/),
      where: 'In acme/pay on github．com, since 2024-03-01',
      ask: 'Ask Wei ＜wei＠example．com＞',
    });
  });

  it('lists 20 keys and counts the others', () => {
    const message = messageOf(
      { sources: [], counts: COUNTS, reportUrl: null },
      keyNews(Array.from({ length: 25 }, () => alive())),
    );
    expect([message.keys.length, message.leftOut]).toEqual([20, 5]);
  });
});
