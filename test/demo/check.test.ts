import { describe, expect, it } from 'vitest';
import {
  activityProblem,
  checkPlaces,
  checkVerdicts,
  containmentProblem,
  findingsOf,
  restoreProblem,
} from '../../src/demo/check.js';
import { INTRUDER, keys } from '../../src/demo/company.js';
import { expectations } from '../../src/demo/expected.js';
import type { Finding, Verdict } from '../../src/findings/model.js';
import { ACTIVITY } from '../support/verdicts.js';

/** Findings exactly as expected. */
const perfect = (): Finding[] =>
  expectations.map(({ accessKeyId, kind, path, inHead, state, principal, user, probed, severity, powers, means }) => ({
    type: 'finding',
    schema: 1,
    rule: 'r',
    kind,
    target: '.',
    accessKeyId,
    secret: null,
    token: null,
    secretSha256: null,
    fingerprint: 'f',
    confidence: 'high',
    severity,
    occurrences: [{ source: 'history', path, line: 1, column: 1, offset: 0, encoding: [] }],
    inHead,
    verdict: {
      state,
      how: 'probe',
      ...(principal === null ? {} : { principal }),
      ...(user === null ? {} : { user }),
      ...(powers === null ? {} : { powers }),
    },
    meaning: `So ${means}.`,
    verdicts:
      probed === null ? [] : [{ state: probed, how: 'probe', ...(probed === 'live' ? { principal } : {}) } as Verdict],
    next: '',
  }));

const problems = (findings: readonly Finding[]) =>
  checkVerdicts(findings).flatMap(({ problem }) => (problem === null ? [] : [problem]));

const changed = (over: Partial<Finding>): Finding[] =>
  perfect().map((finding, index) => (index === 0 ? { ...finding, ...over } : finding));

describe('the demo’s own judgement', () => {
  it('has nothing to say when all is as expected', () => {
    expect(problems(perfect())).toEqual([]);
    expect(checkPlaces(perfect()).every(({ problem }) => problem === null)).toBe(true);
  });

  it.each([
    ['a missing finding', perfect().slice(1), 'not found'],
    ['no finding at all', [], 'not found'],
    ['one too many', [...perfect(), ...changed({ accessKeyId: 'other' }).slice(0, 1)], '1 more found'],
    ['another state', changed({ verdict: { state: 'disabled', how: 'probe' } }), 'said to be disabled, not live'],
    [
      'another owner',
      changed({ verdict: { state: 'live', how: 'probe', principal: 'ram-user' } }),
      'said to belong to ram-user',
    ],
    [
      'another word of STS',
      changed({ verdicts: [{ state: 'not-found', how: 'probe' }] }),
      'STS was understood as not-found, not live',
    ],
    [
      'another owner by STS',
      changed({ verdicts: [{ state: 'live', how: 'probe', principal: 'ram-user' }] }),
      'STS was understood to name ram-user',
    ],
    ['a probe that was not made', changed({ verdicts: [] }), 'STS was understood as silent'],
    ['another severity', changed({ severity: 'high' }), 'said to be high, not critical'],
    [
      'other powers',
      changed({ verdict: { state: 'live', how: 'probe', principal: 'root', powers: ['other'] } }),
      'its powers are said to be other, not everything',
    ],
    ['another meaning', changed({ meaning: 'It is harmless.' }), 'said to mean: It is harmless.'],
    ['another kind', changed({ kind: 'id-only' }), 'found as id-only, not pair'],
    ['another place', changed({ occurrences: [] }), 'not in scripts/deploy.sh'],
    ['the wrong side of HEAD', changed({ inHead: true }), 'said to be in HEAD'],
  ])('tells %s', (_, findings, words) => {
    expect(problems(findings).join('; ')).toContain(words);
  });

  it('tells an intruder who was not seen', () => {
    const { user, address } = INTRUDER;
    const seen = {
      ...ACTIVITY,
      created: [
        { kind: 'user', name: user, at: '' },
        { kind: 'access-key', name: user, at: '', accessKeyId: 'new' },
      ],
      moves: INTRUDER.moves.map((action) => ({ at: '', action, address, why: '' })),
      addresses: [{ address, events: 1, first: '', last: '' }],
    } as const;
    expect(activityProblem(seen, 'new')).toBeNull();
    expect(activityProblem(undefined, 'new')).toContain('nothing');
    expect(activityProblem(seen, 'another')).toContain('key was not seen');
    expect(activityProblem({ ...seen, created: seen.created.slice(1) }, 'new')).toContain('user was not seen');
    expect(activityProblem({ ...seen, moves: seen.moves.slice(1) }, 'new')).toContain('CreateUser was not taken');
    expect(activityProblem({ ...seen, addresses: [] }, 'new')).toContain('address was not seen');
  });

  it('tells a key that was not switched off, or not brought back', () => {
    const request = (action: string, Status = '') => ({
      action,
      status: 200,
      parameters: { UserAccessKeyId: keys.reports.id, Status },
    });
    const [off, on] = [request('UpdateAccessKey', 'Inactive'), request('UpdateAccessKey', 'Active')];
    const reading = request('ListAccessKeys');
    const lines = ['begin', 'intent', 'answer', 'state', 'proof', 'end'].map((type) => ({ type, kind: 'refused' }));
    const record = (of: readonly object[]): string => of.map((line) => `${JSON.stringify(line)}\n`).join('');
    expect(containmentProblem(record(lines), [reading, off, on])).toBeNull();
    expect(containmentProblem(record(lines), [reading])).toContain('nothing was sent');
    expect(containmentProblem(record(lines), [request('DeleteAccessKey'), off])).toContain('DeleteAccessKey');
    expect(containmentProblem(record(lines), [off, off])).toContain('was sent');
    expect(containmentProblem('', [off])).toContain('holds nothing');
    expect(containmentProblem(record(lines.slice(1)), [off])).toContain('holds intent');
    expect(containmentProblem(record(lines.map(({ type }) => ({ type, kind: 'accepted' }))), [off])).toContain('STS');
    expect(restoreProblem([off, on])).toBeNull();
    expect(restoreProblem([off])).toContain('nothing was sent');
    expect(restoreProblem([off, on, on])).toContain('was sent');
  });

  it('reads findings from a report and nothing else', () => {
    const [finding] = perfect();
    const report = `${JSON.stringify(finding)}\n{"type":"skipped"}\n{"type":"summary"}\n`;
    expect(findingsOf(report)).toEqual([finding]);
    expect(findingsOf('')).toEqual([]);
  });
});
