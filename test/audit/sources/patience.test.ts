import { describe, expect, it } from 'vitest';
import { askPatiently } from '../../../src/audit/sources/patience.js';
import { TransportFault } from '../../../src/cloud/transport/fault.js';
import type { HttpResponse } from '../../../src/cloud/transport/http.js';
import { settings } from './loopback-forge.js';

const answer = (status: number, headers: Readonly<Record<string, string>> = {}, body = ''): HttpResponse => ({
  status,
  headers,
  body: Buffer.from(body),
});

const asking = async (answers: readonly (HttpResponse | Error)[]) => {
  const waits: number[] = [];
  const rest = [...answers];
  const options = settings({ wait: async (milliseconds) => void waits.push(milliseconds) });
  const once = async (): Promise<HttpResponse> => {
    const next = rest.shift() ?? answer(200);
    if (next instanceof Error) throw next;
    return next;
  };
  const outcome = await askPatiently('git.example.com', once, options).catch((error: unknown) => error);
  return { outcome, waited: waits.reduce((sum, each) => sum + each, 0), waits };
};

const LATE = new TransportFault('timeout', 'git.example.com did not answer within 60 s', 'Try again later.');

describe('askPatiently', () => {
  it.each([
    [answer(429, { 'retry-after': '120' }), 120],
    [answer(429, { 'retry-after': 'Thu, 01 Jan 2026 00:01:30 GMT', date: 'Thu, 01 Jan 2026 00:00:00 GMT' }), 90],
    [answer(429, { 'ratelimit-reset': '1767225645', date: 'Thu, 01 Jan 2026 00:00:00 GMT' }), 45],
    [answer(429), 60],
    [answer(403, { 'x-ratelimit-remaining': '0' }), 60],
    [answer(403, {}, '{"message":"You have exceeded a secondary rate limit"}'), 60],
    [answer(429, { 'retry-after': '0' }), 1],
  ])('waits as long as it is told: %o', async (refusal, seconds) => {
    const { outcome, waited } = await asking([refusal]);
    expect(outcome).toMatchObject({ status: 200 });
    expect(waited).toBeGreaterThanOrEqual(seconds * 1_000);
    expect(waited).toBeLessThan(seconds * 1_000 + 1_000);
  });

  it.each([answer(403), answer(401), answer(404), answer(301), answer(200)])(
    'takes %o for the answer',
    async (given) => {
      const { outcome, waits } = await asking([given]);
      expect(outcome).toBe(given);
      expect(waits).toEqual([]);
    },
  );

  it('asks four times in all, and differs in its pauses from others', async () => {
    const { outcome, waits } = await asking(Array(9).fill(answer(503)));
    expect(outcome).toMatchObject({ status: 503 });
    expect(waits).toHaveLength(3);
    const again = await asking(Array(9).fill(answer(503)));
    expect(again.waits).not.toEqual(waits);
  });

  it('asks again after what passes, and not after what does not', async () => {
    expect((await asking([LATE, LATE, LATE])).outcome).toMatchObject({ status: 200 });
    expect((await asking([LATE, LATE, LATE, LATE])).outcome).toBe(LATE);
    const certificate = new TransportFault('tls', 'no', 'no');
    expect(await asking([certificate])).toMatchObject({ outcome: certificate, waits: [] });
  });

  it('ends when it is told to wait again and again', async () => {
    const { outcome } = await asking(Array(99).fill(answer(429, { 'retry-after': '1' })));
    expect(outcome).toMatchObject({ name: 'Refusal', message: expect.stringContaining('again and again') });
  });

  it('stops waiting with the run', async () => {
    const controller = new AbortController();
    const options = settings({
      signal: controller.signal,
      progress: { update: () => controller.abort(new Error('stopped')) },
    });
    await expect(askPatiently('git.example.com', async () => answer(429), options)).rejects.toThrow('stopped');
  });
});
