import { describe, expect, it } from 'vitest';
import { readKeys, readLastUse, readOwner, readRecycled, readTrail, readUserPage } from '../../src/cloud/readings.js';

describe('the readings of answers', () => {
  it('take the name of a user from its own field, or from the principal name that IMS gives', () => {
    const UserPrincipalName = 'alice@company.onaliyun.com';
    const value = { user: 'alice', principalName: UserPrincipalName, userId: null };
    expect(readOwner({ User: { UserPrincipalName } })).toEqual({ value });
    expect(readOwner({ User: { UserPrincipalName, UserName: 'alice', UserId: '29' } })).toEqual({
      value: { ...value, userId: '29' },
    });
  });

  it('know no state of a key but the two', () => {
    const listed = (Status: unknown) => readKeys({ AccessKeys: { AccessKey: [{ AccessKeyId: 'id', Status }] } });
    expect(listed('Active')).toEqual({ value: [{ id: 'id', status: 'Active' }] });
    expect(listed('Inactive')).toEqual({ value: [{ id: 'id', status: 'Inactive' }] });
    for (const other of ['active', 'Deleted', '', null, undefined, 1]) expect(listed(other)).toBe('malformed');
  });

  it.each([
    ['an owner without a name', readOwner({ User: {} })],
    ['an owner with control characters', readOwner({ User: { UserPrincipalName: 'a\u001b[31m@b' } })],
    ['no user at all', readOwner({})],
    ['keys that are no list', readKeys({ AccessKeys: {} })],
    ['keys of null', readKeys({ AccessKeys: null })],
    ['users without names', readUserPage({ Users: { User: [{}] } })],
    ['a page that promises more and does not say where', readUserPage({ Users: { User: [] }, IsTruncated: true })],
    ['the recycle bin’s word on another key', readRecycled('id')({ AccessKey: { AccessKeyId: 'other' } })],
    ['ActionTrail’s word on another key', readTrail('id')({ AccessKeyId: 'other', AccountType: 'root-account' })],
    ['an empty object from ActionTrail', readTrail('id')({})],
  ])('take %s for no answer', (_, reading) => {
    expect(reading).toBe('malformed');
  });

  it('tell an owner that ActionTrail does not know from a malformed answer', () => {
    expect(readTrail('id')({ RequestId: '1', AccessKeyId: 'id' })).toBe('none');
  });

  it('call no user `root`, which ActionTrail does', () => {
    const reading = readTrail('id')({
      AccountType: 'root-account',
      UserName: 'root',
      AccountId: '1',
      UsedTimestamp: 1e12,
    });
    expect(reading).toEqual({
      value: { owner: 'root', account: '1', user: null, at: '2001-09-09T01:46:40Z', service: null },
    });
  });

  it('know keys that were never used', () => {
    expect(readLastUse({ AccessKeyLastUsed: { LastUsedDate: '', ServiceName: '' } })).toEqual({
      value: { at: null, service: null, never: true },
    });
    expect(readLastUse({ AccessKeyLastUsed: {} })).toEqual({ value: { at: null, service: null } });
    expect(readLastUse({})).toEqual({ value: { at: null, service: null } });
  });
});
