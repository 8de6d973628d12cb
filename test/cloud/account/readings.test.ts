import { describe, expect, it } from 'vitest';
import {
  readLeakDetail,
  readLeakPage,
  readPractice,
  readPreference,
  readReportPage,
  readReportState,
  readSummary,
  readUse,
} from '../../../src/cloud/account/readings.js';
import { id24, secret30, stsSecret, stsToken } from '../../support/keys.js';

const practice = (info: unknown) => ({ AccountSecurityPracticeInfo: { AccountSecurityPracticeUserInfo: info } });

describe('what an account says of itself', () => {
  it('is read', () => {
    expect(readPractice(practice({ BindMfa: false, RootWithAccessKey: 2 }))).toEqual({
      value: { rootKeys: 2, rootMfa: false },
    });
    expect(readSummary({ SummaryMap: { Users: 9, UsersQuota: '1000', AccessKeysPerUserQuota: 2 } })).toEqual({
      value: { users: 9, usersQuota: 1000, keysPerUserQuota: 2, rootKeysQuota: null },
    });
    const preference = { AccessKeyPreference: { AllowUserToManageAccessKeys: true }, MaxIdleDays: {} };
    expect(readPreference({ SecurityPreference: preference })).toEqual({
      value: { usersManageKeys: true, maxIdleDays: null },
    });
    expect(readReportState({ State: 'INPROGRESS' })).toEqual({ value: 'working' });
    expect(readReportState({ State: 'COMPLETED' })).toEqual({ value: 'done' });
    expect(readUse({ AccessKeyLastUsed: { LastUsedDate: '2024-01-02T03:04:05Z' } })).toEqual({
      value: '2024-01-02T03:04:05Z',
    });
    expect(readUse({ AccessKeyLastUsed: { LastUsedDate: '' } })).toEqual({ value: null });
  });

  it.each([
    ['practice', readPractice],
    ['summary', readSummary],
    ['preference', readPreference],
    ['state of the report', readReportState],
    ['page of the report', readReportPage],
    ['use', readUse],
    ['leaks', readLeakPage],
    ['leak', readLeakDetail],
  ] as const)('in another shape is nothing: %s', (_, read) => {
    for (const body of [
      {},
      { RequestId: '1' },
      practice('x'),
      practice({ BindMfa: 'perhaps', RootWithAccessKey: -1 }),
      { SummaryMap: null, SecurityPreference: 1 },
      { State: 1, Content: {}, AccessKeyLastUsed: { LastUsedDate: 7 }, AccessKeyLeakList: {}, TotalCount: 1 },
      { State: 'DONE', AccessKeyLeakList: [], TotalCount: 'many', GithubRepoName: 4 },
    ]) {
      expect(read(body)).toBe('malformed');
    }
  });
});

describe("Security Center's list", () => {
  it('is read entry by entry; what is none is left out and counted', () => {
    const accessKeyId = id24();
    const good = { Id: 7, AccesskeyId: accessKeyId, Status: 'dealed', DealType: 'disable', UserType: 'master' };
    const entries = [good, null, { ...good, Id: 'x' }, { ...good, AccesskeyId: 'a b' }, { ...good, AccesskeyId: '' }];
    expect(readLeakPage({ AccessKeyLeakList: entries, TotalCount: 5 })).toEqual({
      value: {
        entries: [{ id: '7', accessKeyId, isRoot: true, status: 'handled', detected: null, url: null }],
        listed: 5,
        total: 5,
      },
    });
  });

  it.each([
    [{ Status: 'pending', DealType: 'pending' }, 'pending'],
    [{ Status: 'dealed', DealType: 'manual' }, 'handled'],
    [{ Status: 'dealed', DealType: 'add-whitelist' }, 'accepted'],
    [{}, 'pending'],
    [{ Status: 'whatever' }, 'pending'],
  ])('says of %j: %s', (said, status) => {
    const entry = { Id: 1, AccesskeyId: id24(), ...said };
    expect(readLeakPage({ AccessKeyLeakList: [entry], TotalCount: 1 })).toMatchObject({
      value: { entries: [{ status }] },
    });
  });

  it('never hands on the excerpt, nor a secret in a name or an address', () => {
    const secrets = [secret30(), stsSecret(), stsToken()];
    for (const secret of secrets) {
      const detail = {
        AccesskeyId: id24(),
        Code: `ak sk=${secret}`,
        Remark: secret,
        GithubUser: 'someone',
        GithubRepoName: `backup-${secret}`,
        GithubFileName: `${secret}.txt`,
        GithubFileUrl: `https://user:${secret}@github.com/a/${secret}?sk=${secret}#${secret}`,
      };
      const read = readLeakDetail(detail);
      expect(read).toMatchObject({ value: { owner: 'someone', repository: 'backup-***' } });
      expect(JSON.stringify(read)).not.toContain(secret);
    }
  });

  it('keeps commits in addresses, and takes no address that is none of the web', () => {
    const urlOf = (url: unknown) => readLeakDetail({ AccesskeyId: id24(), GithubFileUrl: url });
    const commit = `https://github.com/a/b/blob/${'0123456789'.repeat(4)}/c.py`;
    expect(urlOf(commit)).toMatchObject({ value: { url: commit } });
    for (const url of ['javascript:alert(1)', 'file:///etc/passwd', 'x', 7, `https://x/${'a'.repeat(3_000)}`]) {
      expect(urlOf(url)).toMatchObject({ value: { url: null } });
    }
  });
});
