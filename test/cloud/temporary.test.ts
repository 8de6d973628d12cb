import { describe, expect, it } from 'vitest';
import { withBound } from '../../src/cloud/temporary.js';
import type { Verdict, VerdictState } from '../../src/findings/model.js';
import { id24, stsId, stsSecret, stsToken } from '../support/keys.js';

const NOW = Date.parse('2026-05-06T12:00:00Z');
const credential = (leakedAt?: string) => ({
  accessKeyId: stsId(),
  secret: stsSecret(),
  token: stsToken(),
  ...(leakedAt === undefined ? {} : { leakedAt }),
});
const verdict = (state: VerdictState, reason?: string): Verdict => ({
  state,
  how: 'probe',
  ...(reason === undefined ? {} : { reason }),
});
const reasonOf = (state: VerdictState, leakedAt?: string, reason?: string) =>
  withBound(credential(leakedAt), verdict(state, reason), NOW).reason;

describe('what is known of the end of a temporary key', () => {
  it('is a bound, never a time', () => {
    expect(reasonOf('live')).toBe('It ends at the latest 12 hours after it was made.');
    expect(reasonOf('live', '2026-05-06T08:00:00Z')).toBe('It ends at the latest 12 hours after it was made.');
    expect(reasonOf('live', 'yesterday')).toBe('It ends at the latest 12 hours after it was made.');
  });

  it('is that it must have ended when its commit is older, and never changes the state', () => {
    const said = withBound(credential('2026-05-05T08:00:00Z'), verdict('unknown', 'Nobody answered. Try again.'), NOW);
    expect(said).toMatchObject({
      state: 'unknown',
      reason: expect.stringMatching(
        /^It was committed on 2026-05-05, .*: it must have ended if that date is right, and only a renewed one works\. Nobody answered\. Try again\.$/,
      ),
    });
  });

  it('is that the date is wrong when it works all the same', () => {
    expect(reasonOf('live', '2026-05-05T08:00:00Z')).toContain('that date is wrong');
  });

  it.each(['expired', 'disabled', 'not-found', 'wrong-secret'] as const)('is not said of one that is %s', (state) => {
    expect(reasonOf(state, '2026-05-05T08:00:00Z')).toBeUndefined();
  });

  it('is not said of a key that lasts', () => {
    const lasting = { accessKeyId: id24(), secret: null, token: null, leakedAt: '2020-01-01T00:00:00Z' };
    expect(withBound(lasting, verdict('unknown', 'x.'), NOW)).toEqual(verdict('unknown', 'x.'));
  });
});
