import { describe, expect, it } from 'vitest';
import { combine } from '../../src/cloud/combine.js';
import type { Verdict, VerdictState } from '../../src/findings/model.js';

const inventory = (state: VerdictState, over: Partial<Verdict> = {}): Verdict => ({
  state,
  how: 'inventory',
  reason: 'looked up.',
  ...over,
});
const probe = (state: VerdictState, over: Partial<Verdict> = {}): Verdict => ({
  state,
  how: 'probe',
  reason: 'asked.',
  ...over,
});

describe('combine', () => {
  it.each([
    ['live', 'live', 'live', 'probe'],
    ['live', 'restricted', 'restricted', 'probe'],
    ['live', 'wrong-secret', 'wrong-secret', 'probe'],
    ['live', 'disabled', 'live', 'inventory'],
    ['live', 'not-found', 'live', 'inventory'],
    ['live', 'unknown', 'live', 'inventory'],
    ['restricted', 'live', 'restricted', 'inventory'],
    ['restricted', 'wrong-secret', 'wrong-secret', 'probe'],
    ['restricted', 'unknown', 'restricted', 'inventory'],
    ['disabled', 'live', 'disabled', 'inventory'],
    ['disabled', 'disabled', 'disabled', 'inventory'],
    ['disabled', 'wrong-secret', 'disabled', 'inventory'],
    ['deleted', 'not-found', 'deleted', 'inventory'],
    ['deleted', 'unknown', 'deleted', 'inventory'],
    ['unknown', 'live', 'live', 'probe'],
    ['unknown', 'disabled', 'disabled', 'probe'],
    ['unknown', 'not-found', 'not-found', 'probe'],
    ['unknown', 'wrong-secret', 'wrong-secret', 'probe'],
    ['unknown', 'expired', 'expired', 'probe'],
    ['unknown', 'unknown', 'unknown', 'inventory'],
  ] as const)('inventory %s and probe %s: %s, by the %s', (looked, asked, state, how) => {
    expect(combine(inventory(looked), probe(asked))).toMatchObject({ state, how });
  });

  it('keeps what each knows of the owner and the last use', () => {
    const joined = combine(
      inventory('unknown', { principal: 'root', account: '1', lastUsed: '2025-01-01T00:00:00.000Z' }),
      probe('live', { principal: 'root', account: '1', arn: 'acs:ram::1:root', secretProven: true }),
    );
    expect(joined).toMatchObject({
      principal: 'root',
      arn: 'acs:ram::1:root',
      lastUsed: '2025-01-01T00:00:00.000Z',
      secretProven: true,
    });
  });

  it('gives both reasons when nothing is known', () => {
    expect(combine(inventory('unknown'), probe('unknown')).reason).toBe('looked up. asked.');
  });

  it('says so when STS still accepts a key that is off', () => {
    expect(combine(inventory('disabled'), probe('live')).reason).toContain('STS still accepted the pair');
  });
});
