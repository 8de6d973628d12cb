import { describe, expect, it } from 'vitest';
import type { PlanOptions } from '../../../src/contain/plan.js';
import { rotationsOf } from '../../../src/contain/rotate/plan.js';
import type { Candidate } from '../../../src/contain/types.js';
import { ACCOUNT, candidate, live } from '../candidates.js';

const NOW = new Date('2026-03-04T12:00:00Z');

const options: PlanOptions = {
  mode: 'disable',
  account: null,
  minConfidence: 'high',
  recentHours: 24,
  forceInUse: false,
  isMeant: () => true,
  addresses: [],
  maxKeys: 1,
  now: NOW,
};

const kindOf = (one: Candidate): string => rotationsOf([one], options)[0]?.rotation.kind ?? 'none';

const used = { at: '2026-03-04T02:00:00Z', services: ['Oss'] };

describe('rotationsOf', () => {
  it('replaces what is used, or may be, and only switches off what is not', () => {
    expect(kindOf(candidate({ use: used }))).toBe('replace');
    expect(kindOf(candidate({ use: 'unread' }))).toBe('replace');
    expect(kindOf(candidate({ use: { ...used, at: '2026-03-01T02:00:00Z' } }))).toBe('unused');
    expect(kindOf(candidate({ use: null }))).toBe('unused');
  });

  it('says which services would break, and what helps until then', () => {
    const [one] = rotationsOf([candidate({ use: used })], options);
    expect(one?.rotation).toMatchObject({
      why: expect.stringContaining('Oss'),
      meanwhile: expect.stringContaining('--mode restrict'),
    });
  });

  it('makes no root key, whoever may', () => {
    const root = { kind: 'root', account: ACCOUNT } as const;
    const verdict = { ...live, principal: 'root' } as const;
    expect(kindOf(candidate({ owner: root, verdict, use: used }))).toBe('by-hand');
    expect(kindOf(candidate({ owner: root, verdict, use: used, actsWith: null }))).toBe('by-hand');
    expect(kindOf(candidate({ owner: null, verdict, use: used }))).toBe('by-hand');
  });

  it.each<[string, Partial<Candidate>]>([
    ['our own', { own: 'this-key' }],
    ['of our own user', { own: 'same-user' }],
    ['of nobody known', { owner: null }],
    ['of another account', { owner: { kind: 'root', account: '1' } }],
  ])('holds to the guards for a key %s', (_, over) => {
    const [one] = rotationsOf([candidate({ ...over, use: used })], { ...options, account: ACCOUNT });
    expect(one?.rotation.kind).toBe('refused');
  });

  it('is not stopped by --max-keys, for it changes none of these keys', () => {
    const three = [1, 2, 3].map(() => candidate({ use: used }));
    expect(rotationsOf(three, options).map(({ rotation }) => rotation.kind)).toEqual(['replace', 'replace', 'replace']);
  });

  it('says of a key that is off that it is', () => {
    expect(kindOf(candidate({ verdict: { ...live, state: 'disabled' } }))).toBe('off');
  });
});
