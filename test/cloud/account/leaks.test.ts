import { describe, expect, it } from 'vitest';
import { readLeakList } from '../../../src/cloud/account/leaks.js';
import { type Answered, answering } from '../../support/answers.js';
import { id24 } from '../../support/keys.js';

interface Entry {
  readonly Id: number;
  readonly AccesskeyId: string;
  readonly Status: 'pending' | 'dealed';
  readonly [name: string]: unknown;
}

const entry = (Id: number, over: Partial<Entry> = {}): Entry => ({
  Id,
  AccesskeyId: id24(),
  Status: 'pending',
  GmtModified: Date.UTC(2026, 0, 2),
  Url: `https://example.com/${Id}`,
  ...over,
});

const detail = ({ AccesskeyId }: Entry): Answered => ({
  AccesskeyId,
  Source: 'GitHub',
  GithubUser: 'someone',
  GithubRepoName: 'shop',
  GithubFileName: 'a.py',
});

const center = (entries: readonly Entry[], details: (entry: Entry) => Answered = detail) =>
  answering(({ name, query }) => {
    if (name === 'sas:DescribeAccessKeyLeakDetail') {
      const found = entries.find(({ Id }) => String(Id) === query['Id']);
      return found === undefined ? { kind: 'none' } : details(found);
    }
    const matching = entries.filter(({ Status }) => Status === query['Status']);
    const size = Number(query['PageSize']);
    const from = (Number(query['CurrentPage']) - 1) * size;
    return { TotalCount: matching.length, AccessKeyLeakList: matching.slice(from, from + size) };
  });

const listed = async (ask: ReturnType<typeof center>['ask']) => {
  const list = await readLeakList(ask);
  if (list.kind !== 'found') throw new Error(list.kind);
  return list.value;
};

describe('the list of leaked keys', () => {
  it('is read to its end, the handled too, with the place of each', async () => {
    const entries = Array.from({ length: 250 }, (_, index) => entry(index, index > 200 ? { Status: 'dealed' } : {}));
    const { ask, asked } = center(entries);
    const { leaks, leftOut, placesProblem } = await listed(ask);
    expect({ leaks: leaks.length, leftOut, placesProblem }).toEqual({ leaks: 250, leftOut: 0, placesProblem: null });
    expect(leaks[0]).toMatchObject({
      detected: '2026-01-02T00:00:00Z',
      places: [{ source: 'GitHub', owner: 'someone', repository: 'shop', file: 'a.py', url: 'https://example.com/0' }],
    });
    expect(asked.filter(({ name }) => name === 'sas:DescribeAccesskeyLeakList')).toHaveLength(4);
  });

  it('has one leak for a key, open while one of its entries is', async () => {
    const AccesskeyId = id24();
    const { ask } = center([
      entry(1, { AccesskeyId, Status: 'dealed', GmtModified: Date.UTC(2025, 0, 2) }),
      entry(2, { AccesskeyId }),
      entry(3, { AccesskeyId, Status: 'dealed', DealType: 'add-whitelist' }),
    ]);
    const { leaks } = await listed(ask);
    expect(leaks).toMatchObject([{ accessKeyId: AccesskeyId, status: 'pending', detected: '2025-01-02T00:00:00Z' }]);
    expect(leaks[0]?.places).toHaveLength(3);
  });

  it('keeps its addresses when the places may not be asked for, and asks once more for none', async () => {
    const entries = Array.from({ length: 40 }, (_, index) => entry(index));
    const { ask, asked } = center(entries, () => ({ kind: 'denied', action: 'yundun-sas:X' }));
    const { leaks, placesProblem } = await listed(ask);
    expect(placesProblem).toEqual({ kind: 'denied', action: 'yundun-sas:X' });
    expect(leaks.map(({ places }) => places[0]?.url)).toContain('https://example.com/7');
    expect(asked.filter(({ name }) => name === 'sas:DescribeAccessKeyLeakDetail').length).toBeLessThan(10);
  });

  it('that may not be read names the action that is missing', async () => {
    const { ask } = answering(() => ({ kind: 'denied', action: 'yundun-aegis:DescribeAccesskeyLeakList' }));
    expect(await readLeakList(ask)).toEqual({ kind: 'denied', action: 'yundun-aegis:DescribeAccesskeyLeakList' });
  });

  it('that repeats its pages, or claims more than it has, ends', async () => {
    const page = Array.from({ length: 100 }, (_, index) => entry(index));
    const { ask, asked } = answering(({ name }) =>
      name === 'sas:DescribeAccesskeyLeakList' ? { TotalCount: 1_000_000, AccessKeyLeakList: page } : { kind: 'none' },
    );
    const { leaks, leftOut } = await listed(ask);
    expect(leaks).toHaveLength(100);
    expect(leftOut).toBeGreaterThan(0);
    expect(asked.filter(({ name }) => name === 'sas:DescribeAccesskeyLeakList')).toHaveLength(4);
  });

  it('asks for the places of a bounded number, open ones first', async () => {
    const entries = Array.from({ length: 700 }, (_, index) => entry(index, index < 400 ? { Status: 'dealed' } : {}));
    const { ask, asked } = center(entries);
    await listed(ask);
    const ids = asked
      .filter(({ name }) => name === 'sas:DescribeAccessKeyLeakDetail')
      .map(({ query }) => Number(query['Id']));
    expect(ids).toHaveLength(500);
    expect(entries.slice(400).every(({ Id }) => ids.includes(Id))).toBe(true);
  });
});
