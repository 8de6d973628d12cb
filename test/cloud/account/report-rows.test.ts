import { describe, expect, it } from 'vitest';
import { readRows } from '../../../src/cloud/account/report-rows.js';

const FIXED = [
  'user',
  'user_creation_time',
  'user_last_logon',
  'password_exist',
  'password_active',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
];
const slot = (name: string) => ['exist', 'active', 'last_rotated', 'last_used'].map((part) => `${name}_${part}`);
const HEADER = [...FIXED, ...slot('access_key_1'), ...slot('access_key_2'), ...slot('additional_access_key_1')];
const NONE = ['FALSE', 'N/A', 'N/A', 'N/A'];
const T = '2024-05-06T07:08:09Z';

const row = (name: string, login: readonly string[], ...keys: readonly (readonly string[])[]): string =>
  [name, T, '-', ...login.slice(0, 2), 'N/A', 'N/A', login[2], ...keys.flat()].join(',');

const csv = (...rows: readonly string[]): string => `${[HEADER.join(','), ...rows].join('\n')}\n`;

describe('rows of the credential report', () => {
  it('tell of the root account, of users, and of keys beyond two', () => {
    const text = csv(
      row('<root>', ['TRUE', 'N/A', 'FALSE'], ['TRUE', 'TRUE', T, '2025-01-02T03:04:05Z'], NONE, NONE),
      row('alice@company.onaliyun.com', ['TRUE', 'TRUE', 'TRUE'], ['TRUE', 'FALSE', T, '-'], NONE, [
        'true',
        'True',
        T,
        'N/A',
      ]),
      row('bot@company.onaliyun.com', ['FALSE', 'N/A', 'N/A'], NONE, NONE, NONE),
    );
    expect(readRows(text, null)).toMatchObject({
      malformed: 0,
      users: [
        {
          name: '<root>',
          hasConsole: false,
          mfa: false,
          keys: [{ active: true, changed: T, lastUsed: '2025-01-02T03:04:05Z' }],
        },
        {
          name: 'alice@company.onaliyun.com',
          hasConsole: true,
          mfa: true,
          keys: [
            { active: false, changed: T, lastUsed: null },
            { active: true, changed: T, lastUsed: undefined },
          ],
        },
        { name: 'bot@company.onaliyun.com', hasConsole: false, mfa: null, keys: [] },
      ],
    });
  });

  it('are read by the names of the columns, in whatever order', () => {
    const text = 'user,access_key_1_last_used,access_key_1_exist,mfa_active,new\na@b,-,TRUE,FALSE,?\n';
    expect(readRows(text, null)?.users).toEqual([
      { name: 'a@b', hasConsole: false, mfa: false, keys: [{ active: null, changed: null, lastUsed: null }] },
    ]);
  });

  it('go on under the columns of the page before, repeated or not', () => {
    const first = readRows(csv(row('a@b', ['FALSE', 'N/A', 'N/A'], NONE, NONE, NONE)), null);
    const more = row('c@d', ['FALSE', 'N/A', 'N/A'], NONE, NONE, NONE);
    for (const page of [csv(more), `${more}\n`]) {
      expect(readRows(page, first?.columns ?? null)?.users.map(({ name }) => name)).toEqual(['c@d']);
    }
  });

  it.each(['', 'x', '<html>,</html>\n', 'user,other\na@b,1\n', `a@b,TRUE\n`])('are not seen in %j', (text) => {
    expect(readRows(text, null)).toBeNull();
  });

  it('that are malformed are counted and hide no other', () => {
    const good = row('a@b', ['FALSE', 'N/A', 'N/A'], NONE, NONE, NONE);
    const text = csv('short,row', `${good},long`, row('bad\u0007name', ['', '', ''], NONE, NONE, NONE), good);
    const read = readRows(text, null);
    expect(read?.malformed).toBe(3);
    expect(read?.users.map(({ name }) => name)).toEqual(['a@b']);
  });

  it('say nothing where a time is none', () => {
    const text = csv(row('a@b', ['FALSE', 'N/A', 'N/A'], ['TRUE', 'maybe', 'yesterday', '0'], NONE, NONE));
    expect(readRows(text, null)?.users[0]?.keys).toEqual([{ active: null, changed: null, lastUsed: undefined }]);
  });

  it('take linear time with ten thousand columns', () => {
    const columns = ['user', 'access_key_1_exist', ...Array.from({ length: 10_000 }, (_, index) => `x${index}`)];
    const line = columns.map(() => 'a').join(',');
    expect(readRows([columns.join(','), ...Array(50).fill(line)].join('\n'), null)?.users).toHaveLength(50);
  });
});
