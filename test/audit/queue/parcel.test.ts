import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  packDelivery,
  packFamily,
  packOrder,
  unpackDelivery,
  unpackFamily,
  unpackOrder,
} from '../../../src/audit/queue/parcel.js';
import { jobOf, outcomeOf } from '../../support/audit-outcomes.js';

describe('a parcel', () => {
  it('gives an outcome back as it was, names and all', () => {
    const outcome = { ...outcomeOf(jobOf('run', 7), 2_000), notes: ['\ud800 half a letter', '中文'] };
    const delivery = { outcome, coordinator: 'c' };
    expect(unpackDelivery(packDelivery(delivery))).toEqual(delivery);
  });

  it('gives back one without names, and one of a repository that was not read', () => {
    const { run, repository } = jobOf('run', 7);
    for (const outcome of [
      { ...outcomeOf(jobOf('run', 7)), family: null },
      { run, repository, state: 'gone', reason: 'it is gone', look: null } as const,
    ]) {
      expect(unpackDelivery(packDelivery({ outcome, coordinator: 'c' }))).toEqual({ outcome, coordinator: 'c' });
    }
  });

  it('gives back orders and families', () => {
    const order = { job: jobOf('run', 7), coordinator: 'c' };
    expect(unpackOrder(packOrder(order))).toEqual(order);
    const family = { id: 'f', names: randomBytes(400), hits: [], verify: 'please' } as const;
    expect(unpackFamily(packFamily(family))).toEqual(family);
    expect(unpackFamily(packFamily(null))).toBeNull();
  });

  it('that was cut, or is none, is refused', () => {
    const bytes = packDelivery({ outcome: outcomeOf(jobOf('run', 7)), coordinator: 'c' });
    for (const length of [0, 3, 11, 40, bytes.length - 1]) {
      expect(() => unpackDelivery(bytes.subarray(0, length))).toThrow();
    }
    expect(() => unpackDelivery(Buffer.alloc(64, 255))).toThrow();
  });
});
