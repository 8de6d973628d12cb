import { describe, expect, it } from 'vitest';
import { type PlanOptions, planOf } from '../../src/contain/plan.js';
import type { Candidate } from '../../src/contain/types.js';
import type { Verdict } from '../../src/findings/model.js';
import { ACCOUNT, candidate, live } from './candidates.js';

const options: PlanOptions = {
  mode: 'disable',
  account: ACCOUNT,
  minConfidence: 'high',
  recentHours: 24,
  forceInUse: false,
  isMeant: () => true,
  addresses: ['192.0.2.0/24'],
  maxKeys: 20,
  now: new Date('2026-02-02T12:00:00Z'),
};

const decisionOn = (over: Partial<Candidate>, changed: Partial<PlanOptions> = {}) =>
  planOf([candidate(over)], { ...options, ...changed }).entries[0]?.decision;

const disabled: Verdict = { ...live, state: 'disabled' };

describe('planOf', () => {
  it('switches a live key off', () => {
    expect(decisionOn({})).toEqual({ kind: 'act', calls: [{ api: 'UpdateAccessKey', status: 'Inactive' }] });
  });

  it('deletes nothing that is on, and nothing unless told to', () => {
    expect(decisionOn({}, { mode: 'delete' })).toMatchObject({
      calls: [{ api: 'UpdateAccessKey', status: 'Inactive' }, { api: 'DeleteAccessKey' }],
    });
    expect(decisionOn({ verdict: disabled }, { mode: 'delete' })).toMatchObject({
      calls: [{ api: 'DeleteAccessKey' }],
    });
    expect(decisionOn({ verdict: disabled })).toMatchObject({ kind: 'off' });
  });

  it('restricts to the addresses given', () => {
    const decision = decisionOn({ use: 'unread' }, { mode: 'restrict' });
    const [call] = decision?.kind === 'act' ? decision.calls : [];
    expect(call?.api === 'SetAccessKeyPolicy' ? JSON.parse(call.policy) : null).toEqual({
      Version: 1,
      Status: 'Active',
      Statements: [{ Type: 'ClassicWhiteList', IPList: ['192.0.2.0/24'] }],
    });
  });

  it.each(['deleted', 'not-found', 'expired', 'disabled'] as const)('leaves what is %s already', (state) => {
    expect(decisionOn({ verdict: { ...live, state }, owner: null })).toMatchObject({ kind: 'off' });
  });

  it('never takes unknown for off', () => {
    expect(decisionOn({ verdict: { ...live, state: 'unknown' } })).toMatchObject({ kind: 'act' });
    expect(decisionOn({ verdict: { ...live, state: 'unknown' }, owner: null })).toMatchObject({
      kind: 'refused',
      guard: 'not-proven',
    });
  });

  it('tells the owner of a root key what to do', () => {
    const root: Partial<Candidate> = { verdict: { ...live, principal: 'root' }, owner: null, actsWith: null };
    expect(decisionOn(root)).toMatchObject({ kind: 'by-hand', command: expect.stringContaining('akscan disable') });
    const proven = { ...root, owner: { kind: 'root', account: ACCOUNT } } as const;
    expect(decisionOn(proven)).toMatchObject({ kind: 'by-hand' });
    expect(decisionOn({ ...proven, actsWith: 'the profile "root"' })).toMatchObject({ kind: 'act' });
  });

  it('touches none when there are too many, and counts only those it would touch', () => {
    const many = Array.from({ length: 3 }, () => candidate());
    const own = candidate({ own: 'this-key' });
    const tooMany = planOf([...many, own], { ...options, maxKeys: 2 }).entries.map(({ decision }) =>
      decision.kind === 'refused' ? decision.guard : decision.kind,
    );
    expect(tooMany).toEqual(['too-many', 'too-many', 'too-many', 'own-key']);
    expect(planOf([...many, own], { ...options, maxKeys: 3 }).entries[0]?.decision.kind).toBe('act');
  });
});
