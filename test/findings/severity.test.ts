import { describe, expect, it } from 'vitest';
import type { Kind } from '../../src/detect/types.js';
import type { Principal, Severity, VerdictState } from '../../src/findings/model.js';
import { nextStepOf, severityOf } from '../../src/findings/severity.js';

const STATES: readonly VerdictState[] = [
  'live',
  'restricted',
  'disabled',
  'deleted',
  'not-found',
  'wrong-secret',
  'expired',
  'unknown',
  'unchecked',
];

const judged = (kind: Kind, state: VerdictState, principal?: Principal) => ({
  kind,
  confidence: 'high' as const,
  verdict: { state, how: 'probe' as const, ...(principal === undefined ? {} : { principal }) },
});

describe('severity', () => {
  it.each<[Kind, VerdictState, Principal | undefined, Severity]>([
    ['pair', 'live', 'root', 'critical'],
    ['pair', 'restricted', 'root', 'critical'],
    ['pair', 'unknown', 'root', 'high'],
    ['pair', 'disabled', 'root', 'low'],
    ['pair', 'live', 'ram-user', 'high'],
    ['pair', 'restricted', 'ram-user', 'high'],
    ['pair', 'unknown', undefined, 'high'],
    ['pair', 'unchecked', undefined, 'high'],
    ['sts', 'unchecked', undefined, 'high'],
    ['sts', 'expired', undefined, 'low'],
    ['pair', 'wrong-secret', undefined, 'medium'],
    ['pair', 'deleted', undefined, 'low'],
    ['pair', 'not-found', undefined, 'low'],
    ['id-only', 'unchecked', undefined, 'medium'],
    ['id-only', 'live', 'ram-user', 'medium'],
    ['id-only', 'live', 'root', 'high'],
    ['secret-only', 'unchecked', undefined, 'medium'],
  ])('of %s, %s, %s is %s', (kind, state, principal, severity) => {
    expect(severityOf(judged(kind, state, principal))).toBe(severity);
  });

  it('is medium at most while confidence is low, until the key is proven live', () => {
    const low = { confidence: 'low' } as const;
    expect(severityOf({ ...judged('pair', 'unchecked'), ...low })).toBe('medium');
    expect(severityOf({ ...judged('pair', 'unknown', 'root'), ...low })).toBe('medium');
    expect(severityOf({ ...judged('pair', 'live', 'root'), ...low })).toBe('critical');
  });
});

describe('the next step', () => {
  it('is one sentence for every kind and state', () => {
    for (const kind of ['pair', 'id-only', 'secret-only', 'sts'] as const) {
      for (const state of STATES) expect(nextStepOf(judged(kind, state))).toMatch(/^[A-Z].*[^.]\.$/);
    }
  });

  it('tells a live root key from other live keys, and neither from a dead one', () => {
    const [root, user, dead] = [
      nextStepOf(judged('pair', 'live', 'root')),
      nextStepOf(judged('pair', 'live', 'ram-user')),
      nextStepOf(judged('pair', 'disabled', 'root')),
    ];
    expect(root).toContain('root key');
    expect(new Set([root, user, dead]).size).toBe(3);
  });
});
