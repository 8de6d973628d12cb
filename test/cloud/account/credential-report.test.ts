import { describe, expect, it } from 'vitest';
import { readCredentialReport } from '../../../src/cloud/account/credential-report.js';
import { type Answered, answering } from '../../support/answers.js';

const HEADER =
  'user,mfa_active,access_key_1_exist,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used';
const ROOT = '<root>,FALSE,TRUE,TRUE,2020-01-02T03:04:05Z,-';

const page = (rows: readonly string[], next?: string): Answered => ({
  RequestId: '1',
  Content: Buffer.from(`${rows.join('\n')}\n`).toString('base64'),
  GeneratedTime: '2026-01-02T03:04:05Z',
  IsTruncated: next !== undefined,
  ...(next === undefined ? {} : { NextToken: next }),
});

const DENIED = { kind: 'denied', action: 'ram:GenerateCredentialReport' } as const;
const NONE = { kind: 'none' } as const;

/** @param states of GenerateCredentialReport, the last one for ever */
const cloud = (states: readonly Answered[], pages: (query: Readonly<Record<string, string>>) => Answered) =>
  answering(({ name, query }, earlier) =>
    name === 'ims:GenerateCredentialReport' ? (states[Math.min(earlier, states.length - 1)] ?? NONE) : pages(query),
  );

const read = async ({ ask }: Pick<ReturnType<typeof cloud>, 'ask'>) => {
  const waits: number[] = [];
  const waiting = async (milliseconds: number): Promise<void> => {
    waits.push(milliseconds);
  };
  const report = await readCredentialReport(ask, { signal: new AbortController().signal, waiting });
  return { report, waited: waits.reduce((sum, each) => sum + each, 0), waits: waits.length };
};

describe('the credential report', () => {
  it('is waited for until it is written', async () => {
    const states = ['STARTED', 'INPROGRESS', 'COMPLETED'].map((State) => ({ State }));
    const { report, waits } = await read(cloud(states, () => page([HEADER, ROOT])));
    expect(waits).toBe(2);
    expect(report).toMatchObject({
      kind: 'found',
      value: { generated: '2026-01-02T03:04:05Z', root: { name: '<root>', mfa: false }, users: [], malformed: 0 },
    });
  });

  it('is waited for no longer than a minute; the one before serves as well', async () => {
    const { report, waited } = await read(cloud([{ State: 'INPROGRESS' }], () => page([HEADER, ROOT])));
    expect(report.kind).toBe('found');
    expect(waited).toBe(60_000);
  });

  it('that is never written is a fault that says so', async () => {
    const { report } = await read(cloud([{ State: 'INPROGRESS' }], () => NONE));
    expect(report).toMatchObject({ kind: 'fault', why: expect.stringContaining('still writing') });
  });

  it('of an earlier day is read when a new one is not permitted', async () => {
    const { report, waits } = await read(cloud([DENIED], () => page([HEADER, ROOT])));
    expect(report.kind).toBe('found');
    expect(waits).toBe(0);
  });

  it('names the action that is missing when there is none to read', async () => {
    const { report } = await read(cloud([DENIED], () => NONE));
    expect(report).toEqual(DENIED);
  });

  it('is read page by page, in pages that stay below the limit of an answer', async () => {
    const users = Array.from({ length: 900 }, (_, index) => `u${index}@company.onaliyun.com,FALSE,FALSE,N/A,N/A,N/A`);
    const stub = cloud([{ State: 'COMPLETED' }], ({ MaxItems, NextToken = '0' }) => {
      const from = Number(NextToken);
      const to = from + Number(MaxItems);
      return page([HEADER, ...[ROOT, ...users].slice(from, to)], to > users.length ? undefined : String(to));
    });
    const { report } = await read(stub);
    expect(report.kind === 'found' && report.value.users).toHaveLength(900);
    expect(stub.asked.filter(({ name }) => name === 'ims:GetCredentialReport')).toHaveLength(3);
  });

  it.each([
    ['repeats its pages', () => page([HEADER, ROOT], 'again')],
    ['is no CSV', () => page(['<html>'])],
    ['is no base64', () => ({ Content: '<html>', IsTruncated: false })],
    ['goes on without saying where', () => ({ Content: '', IsTruncated: true })],
    ['has no content', () => ({ RequestId: '1' })],
  ] as const)('that %s is a fault', async (_, pages) => {
    const { report } = await read(cloud([{ State: 'COMPLETED' }], pages));
    expect(report.kind).toBe('fault');
  });

  it('may have as many rows as fit into an answer', async () => {
    const rows = ['user,access_key_1_exist', ...Array<string>(300_000).fill('a,')];
    const { report } = await read(cloud([{ State: 'COMPLETED' }], () => page(rows)));
    expect(report.kind === 'found' && report.value.users).toHaveLength(300_000);
  });

  it('that has ever another page ends', async () => {
    let number = 0;
    const { report } = await read(cloud([{ State: 'COMPLETED' }], () => page([HEADER, ROOT], String(number++))));
    expect(report.kind).toBe('fault');
    expect(number).toBeLessThan(50);
  });
});
