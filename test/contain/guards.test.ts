import { describe, expect, it } from 'vitest';
import { guards, type Limits, refusalOf } from '../../src/contain/guards.js';
import type { Candidate, GuardName } from '../../src/contain/types.js';
import type { Verdict } from '../../src/findings/model.js';
import { ACCOUNT, alice, candidate, findingOf, live } from './candidates.js';

const limits: Limits = {
  mode: 'disable',
  account: ACCOUNT,
  minConfidence: 'high',
  recentHours: 24,
  forceInUse: false,
  isMeant: () => true,
  addresses: [],
  now: new Date('2026-02-02T12:00:00Z'),
};

const wrong: Verdict = { state: 'wrong-secret', how: 'probe' };
const unknown: Verdict = { state: 'unknown', how: 'probe' };
const proven: Verdict = { state: 'live', how: 'probe', secretProven: true };

describe('guards', () => {
  it('let a proven, live, unused key of the named account through', () => {
    expect(refusalOf(candidate(), limits)).toBeNull();
  });

  it.each<[GuardName, Partial<Candidate>, Partial<Limits>]>([
    ['not-asked-for', {}, { isMeant: () => false }],
    ['temporary', { accessKeyId: 'STS.x' }, {}],
    ['own-key', { own: 'this-key' }, {}],
    ['own-key', { own: 'same-user' }, {}],
    ['wrong-secret', { findings: [findingOf('x', live, { verdicts: [live, wrong] })] }, {}],
    ['wrong-secret', { wrongBefore: true }, {}],
    ['secret-unknown', { findings: [findingOf('x', live, { verdicts: [live, unknown] })] }, {}],
    ['not-proven', { owner: null }, {}],
    ['other-account', { owner: { ...alice, account: '9' } }, {}],
    ['confidence', { findings: [findingOf('x', live, { confidence: 'medium' })] }, {}],
    ['in-use', { use: { at: '2026-02-02T11:00:00Z', services: ['Oss'] } }, {}],
    ['in-use', { use: { at: '2026-02-01T12:00:00Z', services: [] } }, {}],
    // A clock that is behind: used in the future is used now.
    ['in-use', { use: { at: '2026-02-03T12:00:00Z', services: [] } }, {}],
    ['in-use', { use: 'unread' }, {}],
    ['in-use', { use: { ownProbe: '2026-02-02T11:00:00Z' } }, {}],
    ['in-use', { use: { at: '2026-01-01T11:00:00Z', services: ['Oss'], ownProbe: '2026-02-02T11:00:00Z' } }, {}],
    ['no-address', {}, { mode: 'restrict' }],
  ])('%s stops it', (guard, over, limit) => {
    expect(refusalOf(candidate(over), { ...limits, ...limit })).toMatchObject({ guard });
  });

  it('say what is true of a key of which only our own probe is known', () => {
    const use = { ownProbe: '2026-02-02T11:00:00Z' };
    expect(refusalOf(candidate({ use }), limits)?.why).toMatch(
      /^Its last use was akscan's own probe \(2026-02-02T11:00:00Z\), which hides/,
    );
  });

  it('know each reason by its name, once', () => {
    const names = guards.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each<[string, Partial<Candidate>, Partial<Limits>]>([
    ['another key of the root, for the root', { own: 'same-root' }, {}],
    ['a key in use, when forced', { use: 'unread' }, { forceInUse: true }],
    ['a key in use that is only restricted', { use: 'unread' }, { mode: 'restrict', addresses: ['192.0.2.1'] }],
    ['a key that nobody used since our own probe, long ago', { use: { ownProbe: '2026-02-01T11:59:59Z' } }, {}],
    ['a key last used earlier', { use: { at: '2026-02-01T11:59:59Z', services: [] } }, {}],
    ['any proven account in a dry run', { owner: { ...alice, account: '9' } }, { account: null }],
    [
      'a key whose secret one finding proves, whatever was planted elsewhere',
      { findings: [findingOf('x', live, { verdicts: [wrong] }), findingOf('x', live, { verdicts: [proven] })] },
      {},
    ],
    [
      'a key whose secret one pair proves, though STS did not say of another, or an earlier run was not told',
      {
        findings: [findingOf('x', live, { verdicts: [unknown] }), findingOf('x', live, { verdicts: [proven] })],
        wrongBefore: true,
      },
      {},
    ],
    [
      'a key found with high confidence at one place and with less at another',
      { findings: [findingOf('x', live, { confidence: 'low' }), findingOf('x', live)] },
      {},
    ],
  ])('let through %s', (_, over, limit) => {
    expect(refusalOf(candidate(over), { ...limits, ...limit })).toBeNull();
  });
});
