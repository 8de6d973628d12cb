import { describe, expect, it } from 'vitest';
import { joinKeys, namelessKeys } from '../../../src/cloud/account/keys.js';
import type { ReportedKey } from '../../../src/cloud/account/report-rows.js';

const A = '2024-01-01T00:00:00Z';
const B = '2024-02-02T00:00:00Z';
const USED = '2025-03-03T00:00:00Z';
const NOW = '2026-01-01T00:00:00Z';

const listed = (user: string, ...keys: readonly (readonly [id: string, created: string])[]) =>
  new Map(keys.map(([id, created]) => [id, { user, key: { id, status: 'Active' as const, created } }]));

const reported = (user: string, ...keys: readonly (readonly [changed: string, lastUsed: string | null])[]) => ({
  name: `${user}@company.onaliyun.com`,
  hasConsole: false,
  mfa: null,
  keys: keys.map(([changed, lastUsed]): ReportedKey => ({ active: true, changed, lastUsed })),
});

const uses = (keys: ReturnType<typeof joinKeys>): unknown =>
  keys.map(({ accessKeyId, lastUsed }) => [accessKeyId, lastUsed]);

describe('keys and their uses', () => {
  it('come together when a user has one of each, whatever the times', () => {
    expect(uses(joinKeys(listed('u', ['k1', A]), [reported('u', [B, USED])], NOW))).toEqual([['k1', USED]]);
  });

  it('come together by the second in which a key was made', () => {
    const keys = joinKeys(listed('u', ['k1', A], ['k2', B]), [reported('u', [B, null], [A, USED])], NOW);
    expect(uses(keys)).toEqual([
      ['k1', USED],
      ['k2', null],
    ]);
  });

  it('stay apart where it is not certain which is which', () => {
    const changed = joinKeys(listed('u', ['k1', A], ['k2', A]), [reported('u', [A, USED], [A, null])], NOW);
    expect(uses(changed)).toEqual([
      ['k1', undefined],
      ['k2', undefined],
    ]);
  });

  it('are never used when none of them ever was', () => {
    const keys = joinKeys(listed('u', ['k1', A], ['k2', A]), [reported('u', [A, null], [B, null])], NOW);
    expect(uses(keys)).toEqual([
      ['k1', null],
      ['k2', null],
    ]);
  });

  it('that were made after the report are not in it', () => {
    const keys = joinKeys(listed('u', ['new', '2026-02-02T00:00:00Z']), [reported('u', [A, USED])], NOW);
    expect(uses(keys)).toEqual([['new', undefined]]);
  });

  it('of another user with a like name stay with that user', () => {
    const keys = joinKeys(listed('u', ['k1', A]), [reported('u2', [A, USED]), reported('v', [A, USED])], NOW);
    expect(uses(keys)).toEqual([['k1', undefined]]);
  });

  it('go without IDs when only the report could be read', () => {
    expect(namelessKeys([reported('u', [A, USED])])).toEqual([
      { accessKeyId: null, user: 'u', status: 'Active', created: A, lastUsed: USED },
    ]);
  });
});
