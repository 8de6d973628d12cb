import { describe, expect, it } from 'vitest';
import { createQuotas } from '../../src/simulator/quotas.js';
import { Refusal } from '../../src/simulator/refusal.js';
import { testCloud } from '../support/world.js';
import { call, start } from './calling.js';

const refused = (take: () => void): Refusal | null => {
  try {
    take();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
};

describe('createQuotas', () => {
  it('lets a second’s worth through at once and then as much as flows in', () => {
    let now = 0;
    const quotas = createQuotas(() => now);
    const take = () => refused(() => quotas.take('1', 'Actiontrail:LookupEvents', 2));
    expect([take(), take()]).toEqual([null, null]);
    expect(take()).toMatchObject({ status: 400, code: 'Throttling.User', retryAfterMs: 500 });
    now = 499;
    expect(take()?.code).toBe('Throttling.User');
    now = 500;
    expect(take()).toBeNull();
    expect(take()?.code).toBe('Throttling.User');
    now = 60_000;
    expect([take(), take(), take()?.code]).toEqual([null, null, 'Throttling.User']);
  });

  it('counts accounts and operations apart', () => {
    const quotas = createQuotas(() => 0);
    quotas.take('1', 'a', 1);
    expect(refused(() => quotas.take('1', 'a', 1))).not.toBeNull();
    expect(refused(() => quotas.take('1', 'b', 1))).toBeNull();
    expect(refused(() => quotas.take('2', 'a', 1))).toBeNull();
  });
});

describe('a world with quotas', () => {
  const lookUp = { Action: 'LookupEvents', Version: '2020-07-06' };

  it('throttles and says for how long', async () => {
    const cloud = testCloud(['*']);
    const { url } = await start({ ...cloud.world, quotas: 'real' });
    const answers = await Promise.all(Array.from({ length: 20 }, () => call(url, cloud.auditor, lookUp)));
    const throttled = answers.filter(({ body }) => body.Code === 'Throttling.User');
    expect(throttled.length).toBeGreaterThan(0);
    expect(answers.length - throttled.length).toBeGreaterThanOrEqual(2);
    for (const { status, headers } of throttled) {
      expect(status).toBe(400);
      expect(Number(headers.get('x-acs-retry-after'))).toBeGreaterThan(0);
    }
  });

  it('throttles nobody unless it is asked to', async () => {
    const cloud = testCloud(['*']);
    const { url } = await start(cloud.world);
    const answers = await Promise.all(Array.from({ length: 20 }, () => call(url, cloud.auditor, lookUp)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  });
});
