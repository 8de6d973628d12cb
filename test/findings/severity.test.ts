import { describe, expect, it } from 'vitest';
import type { Kind } from '../../src/detect/types.js';
import type { Judged } from '../../src/findings/judged.js';
import type { Power, Principal, Severity, Verdict, VerdictState } from '../../src/findings/model.js';
import { severityOf } from '../../src/findings/severity.js';

const judged = (kind: Kind, state: VerdictState, facts: Partial<Verdict> = {}): Judged => ({
  kind,
  confidence: 'high',
  verdict: { state, how: 'probe', ...facts },
});

const by = (principal: Principal) => ({ principal });
const may = (...powers: readonly Power[]) => ({ principal: 'ram-user', powers }) as const;

describe('severity', () => {
  it.each<[Kind, VerdictState, Partial<Verdict>, Severity]>([
    ['pair', 'live', by('root'), 'critical'],
    ['pair', 'restricted', by('root'), 'critical'],
    ['pair', 'unknown', by('root'), 'high'],
    ['pair', 'disabled', by('root'), 'low'],
    ['pair', 'wrong-secret', by('root'), 'medium'],
    ['pair', 'live', may('administrator'), 'critical'],
    ['pair', 'restricted', may('administrator', 'read-logs'), 'critical'],
    ['pair', 'live', { ...may('administrator'), conditional: ['administrator'] }, 'critical'],
    ['sts', 'live', { principal: 'assumed-role', powers: ['administrator'] }, 'critical'],
    ['pair', 'unknown', may('administrator'), 'high'],
    ['pair', 'disabled', may('administrator'), 'low'],
    ['pair', 'live', may('ram-write', 'oss-read-all'), 'high'],
    ['pair', 'live', may(), 'high'],
    ['pair', 'live', by('ram-user'), 'high'],
    ['pair', 'restricted', by('ram-user'), 'high'],
    ['pair', 'unknown', {}, 'high'],
    ['pair', 'unchecked', {}, 'high'],
    ['sts', 'unchecked', {}, 'high'],
    ['sts', 'expired', {}, 'low'],
    ['pair', 'wrong-secret', {}, 'medium'],
    ['pair', 'deleted', {}, 'low'],
    ['pair', 'not-found', {}, 'low'],
    ['id-only', 'unchecked', {}, 'medium'],
    ['id-only', 'live', by('ram-user'), 'medium'],
    ['id-only', 'live', by('root'), 'critical'],
    ['id-only', 'live', may('administrator'), 'critical'],
    ['id-only', 'unknown', by('root'), 'medium'],
    ['id-only', 'disabled', by('ram-user'), 'low'],
    ['secret-only', 'unchecked', {}, 'medium'],
  ])('of %s, %s, %j is %s', (kind, state, facts, severity) => {
    expect(severityOf(judged(kind, state, facts))).toBe(severity);
  });

  it('is medium at most while confidence is low, until the key is proven live', () => {
    const low = { confidence: 'low' } as const;
    expect(severityOf({ ...judged('pair', 'unchecked'), ...low })).toBe('medium');
    expect(severityOf({ ...judged('pair', 'unknown', by('root')), ...low })).toBe('medium');
    expect(severityOf({ ...judged('pair', 'live'), ...low })).toBe('high');
    expect(severityOf({ ...judged('pair', 'live', by('root')), ...low })).toBe('critical');
  });

  it('is high at least while STS takes the pair, whatever its account says', () => {
    const accepted: Verdict = { state: 'live', how: 'probe', secretProven: true };
    for (const state of ['disabled', 'deleted'] as const) {
      const verdict: Verdict = { state, how: 'inventory' };
      const given = { kind: 'pair', confidence: 'high', verdict } as const;
      expect(severityOf(given)).toBe('low');
      expect(severityOf({ ...given, verdicts: [verdict, accepted] })).toBe('high');
      expect(severityOf({ ...given, verdict: { ...verdict, principal: 'root' }, verdicts: [accepted] })).toBe(
        'critical',
      );
      // That STS knows the ID says nothing of a pair.
      expect(severityOf({ ...given, verdicts: [verdict, { ...accepted, secretProven: false }] })).toBe('low');
    }
  });

  it('is not lowered by an end that only the text beside a key claims', () => {
    const claimedExpiry = '2001-01-01T00:00:00Z';
    expect(severityOf({ ...judged('sts', 'live'), claimedExpiry })).toBe('high');
    expect(severityOf({ ...judged('sts', 'unknown'), claimedExpiry })).toBe('high');
  });
});
