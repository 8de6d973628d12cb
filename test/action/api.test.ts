import { describe, expect, it } from 'vitest';
import { createApi } from '../../src/action/api.js';
import { type Fault, startApi } from '../support/action.js';

const { signal } = new AbortController();

const asking = async (faults: readonly (Fault | null)[], method: 'GET' | 'POST' = 'GET') => {
  const stub = await startApi();
  const left = [...faults];
  stub.fault = () => left.shift() ?? null;
  const slept: number[] = [];
  const sleep = async (milliseconds: number): Promise<void> => void slept.push(milliseconds);
  const api = createApi({ base: `${stub.url}/`, token: 't', signal, sleep });
  const told = await api.call(
    method,
    '/repos/wei/shop/issues/7/comments',
    method === 'POST' ? { body: 'x' } : undefined,
  );
  return { told, slept, asked: stub.requests.length };
};

describe('the API of a forge', () => {
  it('is asked again after faults that pass, and as late as it wishes', async () => {
    expect(await asking([{ status: 502 }, { status: 503 }])).toMatchObject({
      told: { kind: 'ok' },
      slept: [1000, 2000],
    });
    const limited = { status: 429, headers: { 'retry-after': '7' } };
    expect(await asking([limited])).toMatchObject({ told: { kind: 'ok' }, slept: [7000] });
    expect(await asking([{ status: 500 }, { status: 500 }, { status: 500 }])).toMatchObject({
      told: { kind: 'failed' },
      asked: 3,
    });
  });

  it('is not waited for an hour, nor told the same twice', async () => {
    const later = { status: 403, headers: { 'x-ratelimit-remaining': '0', 'retry-after': '3600' } };
    expect(await asking([later])).toMatchObject({ told: { kind: 'failed' }, slept: [], asked: 1 });
    expect(await asking([{ status: 502 }], 'POST')).toMatchObject({ told: { kind: 'failed' }, asked: 1 });
  });

  it('may say that the token may not', async () => {
    for (const status of [401, 403, 404]) {
      expect(await asking([{ status }])).toMatchObject({ told: { kind: 'forbidden' }, asked: 1 });
    }
    expect(await asking([{ status: 422 }])).toMatchObject({ told: { kind: 'failed', reason: 'the answer was 422' } });
  });
});
