import { describe, expect, it } from 'vitest';
import { type AuditFacts, withAudit } from '../../../src/audit/report/facts.js';
import type { TrendEntry } from '../../../src/findings/audit.js';
import type { Finding, Occurrence, Verdict } from '../../../src/findings/model.js';
import { auditViews } from '../../../src/report/audit/views.js';
import { pair, place, report, withVerdict } from '../../support/report-samples.js';

const TODAY = new Date('2026-03-31T08:00:00Z');

const at = (repository: string, over: Partial<Occurrence> = {}): Occurrence =>
  place({
    source: 'history',
    target: repository,
    author: 'Wei Zhang <wei@example.com>',
    date: '2024-03-31T00:00:00Z',
    ...over,
  });

const found = (verdict: Partial<Verdict>, ...occurrences: readonly Occurrence[]): Finding =>
  withVerdict(pair({ target: 'a', occurrences }), verdict);

const ROOT = { principal: 'root', account: '2' } as const;
const ALICE = { principal: 'ram-user', account: '1', user: 'alice' } as const;
const OFF = { state: 'disabled' } as const;

const viewsOf = (findings: readonly Finding[], facts: Partial<AuditFacts> = {}) => {
  const { summary } = withAudit(report(findings), {
    repositories: { total: 10, byState: { scanned: 6, unchanged: 1, empty: 1, broken: 2 } },
    notRead: [],
    trend: null,
    lastRunAt: null,
    ...facts,
  });
  if (summary.audit === undefined) throw new Error('none');
  return auditViews({ findings, summary }, summary.audit, TODAY);
};

describe('by repository', () => {
  it('counts a key in each repository that holds it, the worst repository first', () => {
    const { repositories, glance } = viewsOf([
      found(OFF, at('b'), at('b', { path: 'x' }), at('c')),
      found({ ...ALICE }, at('c'), at('d')),
      found(ROOT, at('e')),
      found(OFF, at('a')),
      found(OFF, at('a')),
    ]);
    expect(repositories.map(({ name, findings, live, root }) => [name, findings, live, root])).toEqual([
      ['e', 1, 1, 1],
      ['c', 2, 1, 0],
      ['d', 1, 1, 0],
      ['a', 2, 0, 0],
      ['b', 1, 0, 0],
    ]);
    expect(glance.holding).toBe(5);
  });

  it('counts a key with more places than are listed wherever it is, and from its first commit', () => {
    const finding = { ...found(ALICE, at('b')), occurrencesLeftOut: 3000 };
    const { fingerprint, secretSha256 } = finding;
    const spread = [{ fingerprint, secretSha256, firstDate: '2019-01-01T00:00:00Z', repositories: ['a', 'b', 'c'] }];
    const { repositories, accounts, exposures } = viewsOf([finding, found(OFF, at('b'))], { spread });
    expect(repositories.map(({ name, findings }) => [name, findings])).toEqual([
      ['b', 2],
      ['a', 1],
      ['c', 1],
    ]);
    expect(accounts[0]).toMatchObject({ account: '1', repositories: 3 });
    expect(exposures[0]?.since).toBe('2019-01-01');
  });

  it('counts a root key that is off as none, and one that nobody knows of as one', () => {
    const [row] = viewsOf([
      found({ ...ROOT, ...OFF }, at('a')),
      found({ ...ROOT, state: 'unknown' }, at('a')),
    ]).repositories;
    expect(row).toMatchObject({ root: 1, live: 0, open: 1 });
  });
});

describe('by account and by owner', () => {
  const findings = [
    found({ state: 'unknown' }, at('a')),
    found({ ...ALICE, powers: ['read-logs'], lastUsed: '2026-01-01T00:00:00Z' }, at('a')),
    found({ ...ALICE, powers: ['administrator'], lastUsed: '2025-01-01T00:00:00Z' }, at('b')),
    found({ ...ALICE, user: 'bob', ...OFF }, at('a')),
    found(ROOT, at('a')),
    found({ state: 'unknown' }, at('b')),
  ];

  it('has the account with a root key first and the unknown one last, however many are in it', () => {
    expect(
      viewsOf(findings).accounts.map(({ account, findings: keys, owners, repositories }) => [
        account,
        keys,
        owners,
        repositories,
      ]),
    ).toEqual([
      ['2', 1, 0, 1],
      ['1', 3, 2, 2],
      [null, 2, 0, 2],
    ]);
  });

  it('gives each owner the worst power and the latest use of all keys', () => {
    expect(
      viewsOf(findings).owners.map(({ name, principal, live, power, lastUsed }) => [
        name,
        principal,
        live,
        power,
        lastUsed,
      ]),
    ).toEqual([
      [null, 'root', 1, null, null],
      ['alice', 'ram-user', 2, 'administrator', '2026-01-01T00:00:00Z'],
      ['bob', 'ram-user', 0, null, null],
      [null, null, 0, null, null],
    ]);
  });
});

describe('exposure', () => {
  const only = (verdict: Partial<Verdict>, ...occurrences: readonly Occurrence[]) =>
    viewsOf([found(verdict, ...occurrences)]).exposures[0];

  it('goes on while a key is not off, from the first commit of all repositories', () => {
    expect(only(ALICE, at('a'), at('b', { date: '2022-03-31T09:00:00+08:00' }))).toMatchObject({
      state: 'live',
      since: '2022-03-31',
      until: 'today',
      days: 1461,
    });
  });

  it('ends with the last use of what is off', () => {
    expect(only({ ...OFF, lastUsed: '2024-04-10T00:00:00Z' }, at('a'))).toMatchObject({
      state: 'off',
      until: '2024-04-10',
      days: 10,
      usedSince: true,
    });
  });

  it('is not known of what was used before it got out, or nobody knows when', () => {
    expect(only({ ...OFF, lastUsed: '2020-01-01T00:00:00Z' }, at('a'))).toMatchObject({
      until: null,
      days: null,
      usedSince: false,
    });
    expect(only(OFF, at('a'))).toMatchObject({ until: null, days: null, usedSince: null });
  });

  it('does not believe a commit from before there were keys', () => {
    const first = at('a', { date: '1970-01-01T00:00:00Z' });
    expect(only(ALICE, first)).toMatchObject({ since: null, age: null, days: null });
    expect(only(ALICE, first, at('b', { date: '2010-02-03T00:00:00Z' }))).toMatchObject({ since: '2010-02-03' });
  });

  it('does not believe a commit from the future, nor what is no date', () => {
    expect(only(ALICE, at('a', { date: '2100-01-01T00:00:00Z' }), at('b', { date: 'x' }))).toMatchObject({
      since: null,
      age: null,
      days: null,
    });
  });

  it('has the live ones first, the longest out before the others', () => {
    const { exposures, glance } = viewsOf([
      found(OFF, at('a', { date: '2010-01-01T00:00:00Z' })),
      found(ALICE, at('a', { date: '2025-01-01T00:00:00Z' })),
      found({ state: 'unknown' }, at('a', { date: '2011-01-01T00:00:00Z' })),
      found({ ...ALICE, lastUsed: '2026-01-01T00:00:00Z' }, at('a', { date: '2020-01-01T00:00:00Z' })),
    ]);
    expect(exposures.map(({ since }) => since?.slice(0, 4))).toEqual(['2020', '2025', '2011', '2010']);
    expect(glance.oldestLive?.since).toBe('2020-01-01');
    expect(glance.usedSince).toBe(1);
  });

  it.each([
    ['2026-03-10', 'month'],
    ['2025-05-01', 'year'],
    ['2024-05-01', 'two-years'],
    ['2023-03-31', 'four-years'],
    ['2022-03-01', 'older'],
    ['', 'undated'],
  ])('puts a commit of %s among "%s"', (date, age) => {
    expect(viewsOf([found(ALICE, at('a', { date }))]).ages.map((row) => row.age)).toEqual([age]);
  });
});

describe('whom to ask', () => {
  it('is one person by their address, whatever they call themselves, with repositories and owners', () => {
    const { people } = viewsOf([
      found(ALICE, at('a'), at('b', { author: 'wei <WEI@example.com>' })),
      found({ ...ALICE, user: 'bob' }, at('c')),
      found({ state: 'unchecked', how: null }, at('d', { author: 'Li Na <li@example.com>' })),
    ]);
    expect(
      people.map(({ author, live, open, repositories, owners }) => [author, live, open, repositories, owners]),
    ).toEqual([
      ['Wei Zhang <wei@example.com>', 2, 0, ['a', 'b', 'c'], ['alice', 'bob']],
      ['Li Na <li@example.com>', 0, 1, ['d'], []],
    ]);
  });

  it('is who committed it first in each repository', () => {
    const { people } = viewsOf([
      found(ALICE, at('a', { author: 'Late <l@e>', date: '2025-01-01T00:00:00Z' }), at('a', { path: 'x' })),
    ]);
    expect(people.map(({ author }) => author)).toEqual(['Wei Zhang <wei@example.com>']);
  });

  it('is nobody for what is off, or opens nothing', () => {
    expect(viewsOf([found(OFF, at('a')), found({ state: 'wrong-secret' }, at('a'))]).people).toEqual([]);
  });
});

describe('the trend', () => {
  it('finds the findings it speaks of by ID and secret, and counts the new ones that are live', () => {
    const [live, off] = [found(ALICE, at('a')), found(OFF, at('a'))];
    const entry = ({ fingerprint, secretSha256, accessKeyId }: Finding, trend: TrendEntry['trend']): TrendEntry => ({
      fingerprint,
      secretSha256,
      accessKeyId,
      repository: 'a',
      trend,
    });
    const other = { ...entry(live, 'gone'), secretSha256: 'f'.repeat(64) };
    const { trend } = viewsOf([live, off], { trend: [entry(live, 'new'), entry(off, 'new'), other] });
    expect(trend).toMatchObject({ newLive: 1, counts: { new: 2, gone: 1 } });
    expect(trend?.changed.find(({ trend: what }) => what === 'gone')?.finding).toBeNull();
    expect(viewsOf([live]).trend).toBeNull();
  });
});

describe('the organisation', () => {
  it('counts unchanged and empty repositories as read', () => {
    expect(viewsOf([]).glance).toMatchObject({ total: 10, read: 8, holding: 0, oldestLive: null });
  });

  it('counts what is not listed any more among what was not read', () => {
    const notRead = Array.from(
      { length: 1200 },
      (_, index) => ({ name: `${index}`, state: 'gone', reason: null }) as const,
    );
    expect(viewsOf([], { notRead }).glance.notRead).toBe(1200);
  });
});
