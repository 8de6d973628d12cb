import { describe, expect, it } from 'vitest';
import type { Answer, ApiError } from '../../src/cloud/answer.js';
import { resolveEndpoints } from '../../src/cloud/endpoints.js';
import { createSession, DEFAULT_PACE, type Pace } from '../../src/cloud/session.js';
import { madeUpClock } from '../support/clock.js';

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
const throttled = error({});
const CALLER = { operation: 'sts:GetCallerIdentity', payer: 'probe' } as const;
const { signal } = new AbortController();

/** A session of endless time. */
const create = (pace: Partial<Pace> = {}) => {
  const clock = madeUpClock();
  return { clock, session: createSession(resolveEndpoints({}, {}), signal, { ...DEFAULT_PACE, ...pace }, clock) };
};

/** Gives the answers in turn; tells how long was waited between them. */
const persist = async (answers: readonly Answer[]) => {
  const { session, clock } = create();
  const queue = [...answers];
  const answer = await session.persist(CALLER, async () => queue.shift() ?? success);
  return { answer, waits: clock.waits, asked: answers.length - queue.length, session };
};

describe('a session', () => {
  it('waits as long as the server asks, and a little longer', async () => {
    const { session, clock } = create();
    const queue = [error({ retryAfterMs: 5_000 }), success];
    expect(await session.persist(CALLER, async () => queue.shift() ?? success)).toBe(success);
    expect(clock.now()).toBeGreaterThanOrEqual(5_000);
    expect(clock.now()).toBeLessThanOrEqual(5_000 + 2 * DEFAULT_PACE.backoffMs);
  });

  it('is slowed down by throttling, and does not give up for it', async () => {
    const many = Array.from({ length: DEFAULT_PACE.attempts + 4 }, () => throttled);
    expect(await persist([...many, success])).toMatchObject({ answer: success, asked: many.length + 1 });
  });

  it('gives up when throttling outlasts its patience, and then answers the same for a while without asking', async () => {
    const { session, clock } = create();
    let asked = 0;
    const ask = async (): Promise<Answer> => {
      asked += 1;
      return throttled;
    };
    expect(await session.persist(CALLER, ask)).toBe(throttled);
    expect(clock.now()).toBeGreaterThan(DEFAULT_PACE.patienceMs - 10_000);
    expect(clock.now()).toBeLessThanOrEqual(DEFAULT_PACE.patienceMs);
    const before = { asked, now: clock.now() };
    expect(await session.persist(CALLER, ask)).toBe(throttled);
    expect({ asked, now: clock.now() }).toEqual(before);
    // Later it tries once, and is as patient as ever as soon as that goes through.
    await clock.wait(DEFAULT_PACE.patienceMs, signal);
    expect(await session.persist(CALLER, ask)).toBe(throttled);
    expect(asked).toBe(before.asked + 1);
    await clock.wait(DEFAULT_PACE.patienceMs, signal);
    expect(await session.persist(CALLER, async () => success)).toBe(success);
    const queue = [throttled, throttled, success];
    expect(await session.persist(CALLER, async () => queue.shift() ?? success)).toBe(success);
  });

  it('does not wait for a server that wants more patience than there is', async () => {
    const patient = error({ retryAfterMs: DEFAULT_PACE.patienceMs + 1 });
    expect(await persist([patient, success])).toMatchObject({ answer: patient, waits: [], asked: 1 });
  });

  it('counts throttling against its own account and operation, and nobody else’s', async () => {
    const { session, clock } = create();
    const refusing = async (): Promise<Answer> => throttled;
    for (let i = 0; i < 5; i++) {
      await session.persist({ operation: 'ims:GetUser', payer: '111' }, refusing);
      await clock.wait(DEFAULT_PACE.patienceMs, signal);
    }
    const before = clock.now();
    for (const counted of [
      { operation: 'ims:GetUser', payer: '222' },
      { operation: 'ims:ListAccessKeys', payer: '111' },
    ] as const) {
      expect(await session.persist(counted, async () => success)).toBe(success);
    }
    expect(clock.now()).toBe(before);
  });

  it('leaves a service that is away alone, whoever asks', async () => {
    const { session, clock } = create();
    const away = error({ status: 503, code: 'ServiceUnavailable' });
    let asked = 0;
    const ask = async (): Promise<Answer> => {
      asked += 1;
      await clock.wait(DEFAULT_PACE.slowMs + 1, signal);
      return away;
    };
    for (let i = 0; i < 3; i++) await session.persist({ operation: 'ims:GetUser', payer: `${i}` }, ask);
    expect(asked).toBe(3 * DEFAULT_PACE.attempts);
    expect(await session.persist({ operation: 'ims:ListAccessKeys', payer: '9' }, ask)).toBe(away);
    expect(asked).toBe(3 * DEFAULT_PACE.attempts);
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

  it('keeps within the quota of each operation and account in any second, and uses most of it', async () => {
    const { session, clock } = create();
    const times: number[] = [];
    for (let i = 0; i < 400; i++) {
      await session.persist({ operation: 'actiontrail:GetAccessKeyLastUsedInfo', payer: '111' }, async () => {
        times.push(clock.now());
        return success;
      });
    }
    const most = Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + 1_000).length));
    expect(most).toBeLessThanOrEqual(50);
    expect(times.at(-1)).toBeLessThan(10_000);
  });

  it('lets two accounts have a quota each', async () => {
    const { session, clock } = create({ share: 0.001 });
    for (const payer of ['111', '222', '333'])
      await session.persist({ operation: 'ims:GetUser', payer }, async () => success);
    const atOnce = clock.now();
    for (let i = 0; i < 200; i++)
      await session.persist({ operation: 'ims:GetUser', payer: '111' }, async () => success);
    expect(atOnce).toBe(0);
    expect(clock.now()).toBeGreaterThan(60_000);
  });

  it('ends its waiting with the run', async () => {
    const controller = new AbortController();
    const session = createSession(resolveEndpoints({}, {}), controller.signal, DEFAULT_PACE);
    const asking = session.persist(CALLER, async () => error({ retryAfterMs: 60_000 }));
    setTimeout(() => controller.abort(new Error('interrupted')), 5);
    await expect(asking).rejects.toThrow('interrupted');
  });
});
