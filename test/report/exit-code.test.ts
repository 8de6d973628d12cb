import { describe, expect, it } from 'vitest';
import { FAIL_ON, type FailOn } from '../../src/config/types.js';
import { createCollector } from '../../src/findings/collect.js';
import type { Principal, Report, Verdict, VerdictState } from '../../src/findings/model.js';
import { NOTHING_SUPPRESSED, reportOf } from '../../src/findings/summary.js';
import { exitCodeOf } from '../../src/report/exit-code.js';
import { judged } from '../../src/verdicts.js';
import { findingFor } from '../../src/verify.js';
import { id24, secret30 } from '../support/keys.js';
import { sighting } from '../support/sightings.js';

interface Given {
  readonly secret?: 'none';
  readonly state?: VerdictState;
  readonly principal?: Principal;
  readonly faults?: number;
  readonly interrupted?: true;
  readonly findings?: 'none';
}

const report = ({ secret, state = 'unchecked', principal, faults = 0, interrupted, findings }: Given): Report => {
  const collector = createCollector();
  if (findings !== 'none') collector.sighting(sighting(id24(), secret === 'none' ? null : secret30()));
  const collection = collector.finish();
  const verdict = { state, how: null, ...(principal === undefined ? {} : { principal }) };
  return reportOf(
    collection.findings.map(({ finding }) => judged(finding, verdict, [])),
    { ...collection, skippedCounts: { fault: faults, limit: 3 } },
    { suppressed: NOTHING_SUPPRESSED, notes: [], interrupted: interrupted === true },
  );
};

/** The words for which a report ends in 1. */
const failsOn = (given: Given): readonly FailOn[] =>
  FAIL_ON.filter((failOn) => exitCodeOf(report(given), failOn) === 1);

describe('--fail-on', () => {
  it.each<[Given, readonly FailOn[]]>([
    [{ findings: 'none' }, []],
    [{ state: 'live', principal: 'root' }, ['any', 'secret', 'live', 'root']],
    [{ state: 'restricted', principal: 'root' }, ['any', 'secret', 'live', 'root']],
    [{ state: 'live', principal: 'ram-user' }, ['any', 'secret', 'live']],
    [{ state: 'unknown' }, ['any', 'secret', 'live', 'root']],
    [{ state: 'unchecked' }, ['any', 'secret', 'live', 'root']],
    [{ state: 'disabled', principal: 'root' }, ['any', 'secret']],
    [{ state: 'deleted' }, ['any', 'secret']],
    [{ state: 'not-found' }, ['any', 'secret']],
    [{ state: 'wrong-secret' }, ['any', 'secret']],
    [{ secret: 'none', state: 'live', principal: 'ram-user' }, ['any', 'live']],
    [{ secret: 'none', state: 'disabled' }, ['any']],
  ])('%j fails on %j', (given, words) => {
    expect(failsOn(given)).toEqual(words);
  });
});

describe('a pair that STS takes although its account says that it is off', () => {
  it('counts as live, for --fail-on and in the summary', () => {
    const off: Verdict = { state: 'disabled', how: 'inventory', principal: 'root' };
    const accepted: Verdict = { state: 'live', how: 'probe', principal: 'root', secretProven: true };
    const given = (verdicts: readonly Verdict[]): Report => {
      const finding = judged(findingFor({ accessKeyId: id24(), secret: secret30(), token: null }), off, verdicts);
      const read = { skipped: [], skippedCounts: { fault: 0, limit: 0 }, counts: { files: 0, objects: 0, bytes: 0 } };
      return reportOf([finding], read, { suppressed: NOTHING_SUPPRESSED, notes: [], interrupted: false });
    };
    for (const failOn of ['live', 'root'] as const) {
      expect(exitCodeOf(given([off]), failOn)).toBe(0);
      expect(exitCodeOf(given([off, accepted]), failOn)).toBe(1);
    }
    expect([given([off]), given([off, accepted])].map(({ summary }) => summary.live)).toEqual([0, 1]);
  });
});

describe('the exit code', () => {
  it('is 2 for a fault, even beside findings and with never', () => {
    for (const failOn of FAIL_ON) expect(exitCodeOf(report({ faults: 1 }), failOn)).toBe(2);
    expect(exitCodeOf(report({ faults: 1, findings: 'none' }), 'any')).toBe(2);
  });

  it('is 130 when stopped, whatever was found by then', () => {
    expect(exitCodeOf(report({ faults: 1, interrupted: true }), 'any')).toBe(130);
  });

  it('is 0 when only limits of the user left things out', () => {
    expect(exitCodeOf(report({ findings: 'none' }), 'any')).toBe(0);
  });
});
