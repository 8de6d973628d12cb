import { describe, expect, it } from 'vitest';
import type { SimulatedLeak } from '../../../src/simulator/world.js';
import { newAccount, newKey, newUser } from '../../support/world.js';
import { call, type Over, start } from '../calling.js';

const auditor = newKey();
const root = newKey();
const leaked = newKey();

const leak = (id: number, accessKeyId: string, over: Partial<SimulatedLeak> = {}): SimulatedLeak => ({
  id,
  accessKeyId,
  found: '2025-11-01T00:00:00Z',
  status: 'pending',
  url: 'https://github.com/somebody/shop/blob/main/config.py',
  ...over,
});

const ask = async (Action: string, over: Over = {}, allow = 'yundun-sas') => {
  const account = newAccount('1234567890123456', {
    rootKeys: [root],
    users: [
      newUser('auditor', {
        keys: [auditor],
        allow: [`${allow}:DescribeAccesskeyLeakList`, `${allow}:DescribeAccessKeyLeakDetail`],
      }),
      newUser('alice', { keys: [leaked] }),
    ],
    leaks: [
      leak(1, root.id),
      leak(2, leaked.id, { status: 'dealed', dealt: { at: '2025-11-02T00:00:00Z', how: 'add-whitelist' } }),
      leak(3, leaked.id, {
        found: '2025-11-05T00:00:00Z',
        github: {
          user: 'somebody',
          repository: 'shop',
          file: 'config.py',
          fileType: 'Python',
          updated: '2025-11-04T00:00:00Z',
        },
      }),
    ],
  });
  return (await call((await start({ accounts: [account] })).url, auditor, { Action, Version: '2018-12-03', ...over }))
    .body;
};

const LIST = 'DescribeAccesskeyLeakList';

describe('the leak list of Security Center', () => {
  it('comes in pages, with whose the keys are', async () => {
    const first = await ask(LIST, { CurrentPage: '1', PageSize: '2' });
    expect(first).toMatchObject({ TotalCount: 3, AkLeakCount: 2, CurrentPage: 1, PageSize: 2 });
    expect(first.AccessKeyLeakList).toMatchObject([
      { Id: 1, AccesskeyId: root.id, UserType: 'master', Status: 'pending', DealType: 'pending' },
      { Id: 2, UserType: 'ram', AliUserName: 'alice', Status: 'dealed', DealType: 'add-whitelist' },
    ]);
    expect((await ask(LIST, { CurrentPage: '2', PageSize: '2' })).AccessKeyLeakList).toHaveLength(1);
  });

  it.each<[Over, readonly number[]]>([
    [{ Query: root.id }, [1]],
    [{ Status: 'pending' }, [1, 3]],
    [{ StartTs: String(Date.parse('2025-11-03T00:00:00Z')) }, [3]],
  ])('can be narrowed: %o', async (over, ids) => {
    const { AccessKeyLeakList } = await ask(LIST, over);
    expect(AccessKeyLeakList.map(({ Id }: { Id: number }) => Id)).toEqual(ids);
  });

  it.each<[Over, string]>([
    [{ PageSize: '101' }, 'InvalidParameter.PageSize'],
    [{ CurrentPage: '0' }, 'InvalidParameter.CurrentPage'],
  ])('refuses %o', async (over, code) => {
    expect((await ask(LIST, over)).Code).toBe(code);
  });

  it('tells where one was seen', async () => {
    expect(await ask('DescribeAccessKeyLeakDetail', { Id: '3' })).toMatchObject({
      AccesskeyId: leaked.id,
      Source: 'GitHub',
      GithubUser: 'somebody',
      GithubRepoName: 'shop',
      GithubFileName: 'config.py',
      WhitelistStatus: 'no',
    });
    expect((await ask('DescribeAccessKeyLeakDetail', { Id: '9' })).Code).toBe('IllegalParam');
  });

  it('is granted under both names of the product, and under no other', async () => {
    expect(await ask(LIST, {}, 'yundun-aegis')).toMatchObject({ TotalCount: 3 });
    expect((await ask(LIST, {}, 'sas')).AccessDeniedDetail.AuthAction).toBe('yundun-sas:DescribeAccesskeyLeakList');
  });
});
