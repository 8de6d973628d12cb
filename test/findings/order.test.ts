import { describe, expect, it } from 'vitest';
import type { Finding, Verdict } from '../../src/findings/model.js';
import { worstFirst } from '../../src/findings/order.js';
import { judged } from '../../src/verdicts.js';
import { findingFor } from '../../src/verify.js';
import { id24, secret30 } from '../support/keys.js';
import { ACTIVITY } from '../support/verdicts.js';

const LIVE: Verdict = { state: 'live', how: 'inventory', principal: 'ram-user', secretProven: false };
const pair = (verdict: Verdict, over: Partial<Finding> = {}): Finding =>
  judged({ ...findingFor({ accessKeyId: id24(), secret: secret30(), token: null }), ...over }, verdict, [verdict]);

/** In the order that is expected. */
const inOrder = (): readonly Finding[] => {
  const read = { ...LIVE, powers: ['read-logs'] } as const;
  const occurrence = { source: 'history', path: 'a', line: 1, column: 1, offset: 0, encoding: [] } as const;
  return [
    pair({ ...LIVE, principal: 'root' }),
    pair({ ...LIVE, powers: ['administrator'], secretProven: true }),
    pair({ ...LIVE, powers: ['administrator'] }),
    pair({ state: 'unknown', how: 'inventory', principal: 'root' }),
    pair(LIVE),
    pair({ ...read, activity: { ...ACTIVITY, sinceLeak: 3 } }),
    pair(
      { ...read, lastUsed: '2026-01-02T00:00:00Z' },
      { occurrences: [{ ...occurrence, date: '2026-01-01T23:00:00+08:00' }] },
    ),
    pair({ ...read, secretProven: true }),
    pair({ ...read, activity: { ...ACTIVITY, sinceLeak: 0 }, lastUsed: '2026-01-02T00:00:00Z' }),
    pair({ state: 'unknown', how: 'inventory' }),
    judged(findingFor({ accessKeyId: id24(), secret: null, token: null }), { ...LIVE, powers: [] }, []),
    pair({ state: 'disabled', how: 'inventory', principal: 'root' }),
    pair({ state: 'disabled', how: 'inventory' }),
  ];
};

describe('worst first', () => {
  it('is root, then administrators and unread powers, then use since the leak, then proof', () => {
    const expected = inOrder();
    const swapped = [...expected.slice(5), ...expected.slice(0, 5)].reverse();
    const place = (finding: Finding): number => expected.indexOf(finding);
    const places = worstFirst(swapped).map(place);
    // The places 5 and 6 are told apart by nothing but where they were found.
    expect(places.filter((at) => at !== 6)).toEqual(expected.map((_, at) => at).filter((at) => at !== 6));
    expect(Math.abs(places.indexOf(6) - places.indexOf(5))).toBe(1);
  });

  it('does not depend on the order given', () => {
    const findings = inOrder();
    expect(worstFirst([...findings].reverse())).toEqual(worstFirst(findings));
  });
});
