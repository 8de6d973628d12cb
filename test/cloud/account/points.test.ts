// Every point, and what it stays silent about; docs/account.md lists the same.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Facts, pointsOf } from '../../../src/cloud/account/points.js';
import { type OperationName, operationOf, operations } from '../../../src/cloud/operations.js';
import { type AccountKey, type LeakedKey, POINTS, type PointId } from '../../../src/findings/account.js';

const NOW = new Date('2026-01-01T00:00:00Z');
const LIMITS = { now: NOW, olderThanDays: 90, idleDays: 30 };
const ago = (days: number): string => `${new Date(NOW.getTime() - days * 86_400_000).toISOString().slice(0, 19)}Z`;

const CLEAN: Facts = {
  root: { keys: 0, seen: [], mfa: true },
  users: 3,
  allKeysRead: true,
  keys: [],
  leakListRead: true,
  leaked: [],
  quotas: [{ name: 'users', quota: 1000, used: 3 }],
  settings: { usersManageKeys: false, maxIdleDays: 30 },
  consoleUsers: [],
  withoutMfa: [],
};

const key = (over: Partial<AccountKey> = {}): AccountKey => ({
  accessKeyId: 'k',
  user: 'alice',
  status: 'Active',
  created: ago(10),
  lastUsed: ago(1),
  ...over,
});

const leak = (over: Partial<LeakedKey> = {}): LeakedKey => ({
  accessKeyId: 'k',
  knownTo: 'alibaba',
  state: 'live',
  alibaba: { status: 'pending', places: [] },
  ...over,
});

const report = (withSecret: boolean) => ({ fingerprint: '0', withSecret, places: 1, first: null });

const idsOf = (over: Partial<Facts>): readonly string[] =>
  pointsOf({ ...CLEAN, ...over }, LIMITS).map(({ id, severity }) => `${severity} ${id}`);

describe('points', () => {
  it('of an account that is kept well: none', () => {
    expect(idsOf({ keys: [key()] })).toEqual([]);
  });

  it.each<readonly [string, Partial<Facts>, readonly string[]]>([
    ['a root key', { root: { keys: 1, seen: [{ active: true }], mfa: true } }, ['critical root-key']],
    ['a root key of which no more is known', { root: { keys: 1, seen: [], mfa: true } }, ['critical root-key']],
    ['root keys that are off', { root: { keys: 1, seen: [{ active: false }], mfa: true } }, ['high root-key']],
    ['one of two off', { root: { keys: 2, seen: [{ active: false }], mfa: true } }, ['critical root-key']],
    ['a root without MFA', { root: { keys: 0, seen: [], mfa: false } }, ['high root-without-mfa']],
    ['a root that was not read', { root: { keys: null, seen: [], mfa: null } }, []],
    ['a leak that is on', { leaked: [leak()] }, ['high leaked-live']],
    [
      'a leak marked as handled and on',
      { leaked: [leak({ alibaba: { status: 'handled', places: [] } })] },
      ['high leaked-live'],
    ],
    ['a restricted one', { leaked: [leak({ state: 'restricted' })] }, ['high leaked-live']],
    ['a leaked root key', { leaked: [leak({ principal: 'root' })] }, ['critical leaked-live']],
    ['a leak not known to be off', { leaked: [leak({ state: 'unknown' })] }, ['high leaked-unknown']],
    [
      'an ID alone',
      { leaked: [{ accessKeyId: 'k', knownTo: 'report', state: 'live', report: report(false) }] },
      ['medium leaked-id'],
    ],
    ['an accepted leak', { leaked: [leak({ alibaba: { status: 'accepted', places: [] } })] }, ['medium leaked-id']],
    [
      'an accepted leak found with its secret',
      { leaked: [leak({ alibaba: { status: 'accepted', places: [] }, report: report(true) })] },
      ['high leaked-live'],
    ],
    ['a leak that is off', { leaked: [leak({ state: 'disabled' })] }, ['low leaked-dead']],
    ['a deleted one', { leaked: [leak({ state: 'deleted' })] }, ['low leaked-dead']],
    ['a password alone', { withoutMfa: ['alice'] }, ['medium console-without-mfa']],
    ['a key never used', { keys: [key({ lastUsed: null })] }, ['medium never-used']],
    ['a new key not used yet', { keys: [key({ lastUsed: null, created: ago(6) })] }, []],
    ['an idle key', { keys: [key({ lastUsed: ago(31) })] }, ['medium idle']],
    ['an idle key that is off', { keys: [key({ status: 'Inactive', lastUsed: ago(31), created: ago(400) })] }, []],
    ['a key of which no use is known', { keys: [{ accessKeyId: 'k', user: 'a', status: 'Active' }] }, []],
    ['an old key', { keys: [key({ created: ago(91) })] }, ['low old']],
    ['a key on its ninetieth day', { keys: [key({ created: ago(90) })] }, []],
    ['a key and a password', { keys: [key()], consoleUsers: ['alice', 'bob'] }, ['low console-and-key']],
    ['two keys', { keys: [key(), key({ accessKeyId: 'l' })] }, ['low two-keys']],
    ['two keys, one of them off', { keys: [key(), key({ accessKeyId: 'l', status: 'Inactive' })] }, []],
    ['users who manage their keys', { settings: { usersManageKeys: true } }, ['low self-managed']],
    ['a long patience', { settings: { maxIdleDays: 31 } }, ['low idle-limit']],
    ['a full account', { quotas: [{ name: 'users', quota: 10, used: 9 }] }, ['low quota']],
  ])('of %s', (_, facts, ids) => {
    expect(idsOf(facts)).toEqual(ids);
  });

  it('come worst first, each with one sentence and one thing to do', () => {
    const points = pointsOf(
      {
        ...CLEAN,
        root: { keys: 2, seen: [], mfa: false },
        keys: [key({ lastUsed: null, created: ago(400) }), key({ accessKeyId: 'a', created: ago(300) })],
        leaked: [leak({ state: 'disabled' }), leak({ accessKeyId: 'b' }), leak({ accessKeyId: 'a' })],
        settings: { usersManageKeys: true, maxIdleDays: 730 },
      },
      LIMITS,
    );
    const rank = { critical: 0, high: 1, medium: 2, low: 3 };
    const ranks = points.map(({ severity }) => rank[severity]);
    expect(ranks).toEqual([...ranks].sort());
    expect(points.find(({ id }) => id === 'leaked-live')?.keys).toEqual(['a', 'b']);
    for (const { text, next } of points) {
      expect(text).toMatch(/^[A-Z0-9].*\.$/);
      expect(next).toMatch(/^[A-Z].*[.]$/);
    }
  });

  it('go by users where keys have no IDs', () => {
    const nameless = key({ accessKeyId: null, created: ago(91) });
    expect(pointsOf({ ...CLEAN, keys: [nameless] }, LIMITS)).toMatchObject([{ id: 'old', users: ['alice'] }]);
  });
});

const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/account.md'), 'utf8');

describe('docs/account.md', () => {
  it('lists every point', () => {
    const table = /<!-- points -->([\s\S]*?)<!-- end of points -->/.exec(page)?.[1] ?? '';
    const ids = [...table.matchAll(/^\| `([a-z-]+)`/gm)].map(([, id]) => id as PointId);
    expect(ids).toEqual([...POINTS]);
  });

  it('names every operation', () => {
    const names = (Object.keys(operations) as OperationName[]).filter(
      (name) => operationOf(name).modes.join() === 'account',
    );
    for (const name of names) expect(page).toContain(`\`${name.split(':')[1]}\``);
  });
});
