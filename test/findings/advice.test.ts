import { describe, expect, it } from 'vitest';
import { adviceOf } from '../../src/findings/advice.js';
import type { Judged } from '../../src/findings/judged.js';
import type { Verdict, VerdictState } from '../../src/findings/model.js';
import { POWERS } from '../../src/findings/model.js';
import { ACTIVITY, STATES } from '../support/verdicts.js';

const said = (state: VerdictState, facts: Partial<Verdict> = {}, over: Partial<Judged> = {}): string =>
  adviceOf({ kind: 'pair', confidence: 'high', verdict: { state, how: 'probe', ...facts }, ...over });

const ALICE = { principal: 'ram-user', user: 'alice', account: '1234' } as const;
const asked = { checkedAt: '2026-06-01T12:00:00Z' };
const made = {
  activity: {
    ...ACTIVITY,
    created: [
      { kind: 'user', name: 'backup-svc', at: '' },
      { kind: 'access-key', name: 'backup-svc', at: '', accessKeyId: 'the-new-id' },
    ],
  },
} as const;

describe('what to do once somebody was asked', () => {
  it('is one sentence for every kind, state, principal and power', () => {
    for (const kind of ['pair', 'id-only', 'secret-only', 'sts'] as const) {
      for (const state of STATES) {
        for (const principal of ['root', 'ram-user', 'assumed-role', undefined] as const) {
          const facts = principal === undefined ? {} : { principal };
          expect(said(state, facts, { kind })).toMatch(/^[A-Z].*[^.]\.$/);
        }
        for (const power of POWERS) expect(said(state, { powers: [power] }, { kind })).toMatch(/^[A-Z].*[^.]\.$/);
      }
    }
  });

  it('sends to the root’s own console for a root key, which no RAM user can switch off', () => {
    expect(said('live', { principal: 'root' })).toMatch(
      /^Disable this root key now, signed in to the console as the root/,
    );
    expect(said('disabled', { principal: 'root' })).not.toContain('Disable this root key');
    // Known by ActionTrail alone.
    expect(said('unknown', { principal: 'root' })).toBe(
      'Sign in to the console as the root, and disable it there if it is on; --probe tells whether it works.',
    );
    expect(said('unknown', { principal: 'root' }, { kind: 'id-only' })).not.toContain('--probe');
  });

  it('does not wait with an administrator’s key', () => {
    for (const power of ['administrator', 'ram-write'] as const)
      expect(said('live', { ...ALICE, powers: [power] })).toMatch(/^Disable it now/);
    expect(said('live', { ...ALICE, powers: ['read-logs'] })).toMatch(/^Create a new key/);
  });

  it('names what was made with the key, which outlives it', () => {
    expect(said('live', { ...ALICE, ...made })).toMatch(/^Disable it now.*backup-svc, the-new-id\.$/);
    expect(said('live', { principal: 'root', ...made })).toMatch(/signed in .*backup-svc, the-new-id\.$/);
    expect(said('disabled', { ...ALICE, ...made })).toMatch(/^It is off, what it made is not: .*backup-svc/);
  });

  it('names --activity only while it was not read', () => {
    expect(said('live', ALICE)).toContain('--activity');
    expect(said('live', { ...ALICE, activity: ACTIVITY })).not.toContain('--activity');
  });

  it('tells a key in use from one that nothing has used for long', () => {
    expect(said('live', { ...ALICE, ...asked, lastUsed: '2026-06-01T02:00:00Z' })).toMatch(/^Something uses it/);
    expect(said('live', { ...ALICE, ...asked, lastUsed: '2026-01-01T02:00:00Z' })).toMatch(
      /^Nothing has used it since 2026-01-01: disable it now/,
    );
    expect(said('live', { ...ALICE, ...asked, lastUsed: '2026-05-01T02:00:00Z' })).toMatch(/^Create a new key/);
    expect(said('live', { ...ALICE, ...asked, neverUsed: true })).toMatch(/^Nothing has used it yet: disable it now/);
    // That nobody knows of a use is no word of there being none.
    expect(said('live', { ...ALICE, ...asked })).toMatch(/^Create a new key/);
  });

  it('sends to the owner, or to Alibaba Cloud, for a key of another account', () => {
    const verdicts: readonly Verdict[] = [{ state: 'unknown', how: 'inventory', notIn: ['111'] }];
    for (const principal of ['root', 'ram-user', 'assumed-role'] as const) {
      expect(said('live', { ...ALICE, principal }, { verdicts })).toBe(
        'You cannot switch it off: tell the owner of account 1234 if you know them, or else report it to Alibaba Cloud (Report Abuse, or a ticket).',
      );
    }
  });

  it('sends to Alibaba Cloud for an ID that is in none of the accounts', () => {
    const verdict: Verdict = { state: 'unknown', how: 'inventory', notIn: ['111'] };
    expect(said('unknown', verdict, { verdicts: [verdict] })).toMatch(/^Use --probe to ask Alibaba Cloud/);
    expect(said('unknown', verdict, { kind: 'id-only', verdicts: [verdict] })).toMatch(/^Use --probe-id to ask/);
    expect(said('unknown', verdict, { verdicts: [verdict, { state: 'unknown', how: 'probe' }] })).toBe(
      'Treat it as live, and verify again.',
    );
  });

  it('is not to switch off a token, which nothing can', () => {
    expect(said('live', { principal: 'assumed-role', user: 'deployer' }, { kind: 'sts' })).toMatch(
      /^Take the policies off role deployer until the token has ended/,
    );
  });

  it('is to treat as live what STS takes, whatever its account says', () => {
    const verdicts: readonly Verdict[] = [{ state: 'live', how: 'probe', secretProven: true }];
    expect(said('disabled', ALICE, { verdicts })).toMatch(/^Treat it as live, and ask again/);
  });
});
