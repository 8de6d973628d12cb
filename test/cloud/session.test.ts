import { describe, expect, it } from 'vitest';
import type { Answer, ApiError } from '../../src/cloud/answer.js';
import { resolveEndpoints } from '../../src/cloud/endpoints.js';
import { createSession, DEFAULT_PACE } from '../../src/cloud/session.js';

const error = (over: Partial<ApiError>): ApiError => ({
  kind: 'error',
  status: 400,
  code: 'Throttling.User',
  message: '',
  deniedAction: null,
  retryAfterMs: null,
  serverTime: null,
  ...over,
});

const success: Answer = { kind: 'success', body: {} };

/** Gives the answers in turn; tells how long was waited between them. */
const persist = async (answers: readonly Answer[]) => {
  const waits: number[] = [];
  const waiting = async (milliseconds: number) => void waits.push(milliseconds);
  const session = createSession(resolveEndpoints({}, {}), new AbortController().signal, DEFAULT_PACE, waiting);
  const queue = [...answers];
  const answer = await session.persist('sts', async () => queue.shift() ?? success);
  return { answer, waits, asked: answers.length - queue.length, session };
};

describe('a session', () => {
  it('waits as long as the server asks, and a little longer', async () => {
    const { answer, waits } = await persist([error({ retryAfterMs: 5_000 }), success]);
    expect(answer).toBe(success);
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeGreaterThanOrEqual(5_000);
    expect(waits[0]).toBeLessThanOrEqual(5_000 + DEFAULT_PACE.backoffMs);
  });

  it('waits longer each time it asks again on its own', async () => {
    const away = error({ status: 503, code: 'ServiceUnavailable' });
    const { answer, waits } = await persist([away, away, away, away]);
    expect(answer).toBe(away);
    expect(waits).toHaveLength(DEFAULT_PACE.attempts - 1);
    waits.forEach((waited, index) => {
      expect(waited).toBeLessThanOrEqual(DEFAULT_PACE.backoffMs * 2 ** index);
    });
  });

  it.each(['InvalidAccessKeyId.NotFound', 'NoPermission', 'SignatureDoesNotMatch', 'Anything.Else'])(
    'takes %s for an answer and does not ask again',
    async (code) => {
      const answer = error({ code, status: 404 });
      expect(await persist([answer, success])).toMatchObject({ answer, waits: [], asked: 1 });
    },
  );

  it('signs with the server’s time once it differs by more than a minute', async () => {
    const serverTime = Date.now() + 7_200_000;
    const { answer, session } = await persist([error({ code: 'InvalidTimeStamp.Expired', serverTime }), success]);
    expect(answer).toBe(success);
    expect(Math.round((session.now('sts').getTime() - Date.now()) / 3_600_000)).toBe(2);
    expect(Math.round((session.now('ram').getTime() - Date.now()) / 3_600_000)).toBe(0);
  });

  it('does not blame the clock without the server’s time', async () => {
    const answer = error({ code: 'InvalidTimeStamp.Expired' });
    expect(await persist([answer, success])).toMatchObject({ answer, asked: 1 });
  });

  it('holds each service to the rate of its own', async () => {
    const waits: number[] = [];
    const waiting = async (milliseconds: number) => void waits.push(Math.round(milliseconds));
    const pace = { ...DEFAULT_PACE, perSecond: 0.001, burst: 1 };
    const session = createSession(resolveEndpoints({}, {}), new AbortController().signal, pace, waiting);
    for (const service of ['sts', 'ram', 'ims', 'actiontrail'] as const)
      await session.persist(service, async () => success);
    expect(waits.filter((waited) => waited > 0)).toEqual([]);
    await session.persist('sts', async () => success);
    expect(waits.filter((waited) => waited > 0)).toHaveLength(1);
  });
});
