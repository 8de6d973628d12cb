import { describe, expect, it } from 'vitest';
import { writeSarif } from '../../../src/report/formats/sarif.js';
import { wrongWithSarif } from '../../support/format-schemas.js';
import {
  fault,
  HOSTILE,
  hostileReport,
  ofEverySeverity,
  pair,
  place,
  ROOT,
  report,
  withVerdict,
  writtenBy,
} from '../../support/report-samples.js';

interface Place {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
    readonly region: object;
  };
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly Place[];
  readonly relatedLocations?: readonly Place[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, unknown>>;
}

interface Rule {
  readonly id: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

interface Log {
  readonly runs: readonly [
    {
      readonly columnKind: string;
      readonly results: readonly Result[];
      readonly invocations: readonly [{ readonly executionSuccessful: boolean }];
      readonly tool: { readonly driver: { readonly rules: readonly Rule[] } };
    },
  ];
}

const runOf = (findings: Parameters<typeof report>[0], more: Parameters<typeof report>[1] = {}): Log['runs'][0] =>
  (JSON.parse(writtenBy(writeSarif, report(findings, more))) as Log).runs[0];

describe('SARIF', () => {
  it('is what the standard demands, also of nothing', () => {
    expect(wrongWithSarif(writtenBy(writeSarif, report(ofEverySeverity(), { notes: ['A note.'] })))).toBe(null);
    expect(wrongWithSarif(writtenBy(writeSarif, report([])))).toBe(null);
  });

  it('counts columns in code points, from the ID to behind it', () => {
    const run = runOf([pair({ occurrences: [place({ line: 3, column: 7 })] })]);
    expect(run.columnKind).toBe('unicodeCodePoints');
    expect(run.results[0]?.locations[0]?.physicalLocation.region).toEqual({
      startLine: 3,
      startColumn: 7,
      endLine: 3,
      endColumn: 31,
    });
  });

  it('says where an ID begins alone when it is written in base64', () => {
    const run = runOf([pair({ occurrences: [place({ encoding: ['base64'] })] })]);
    expect(run.results[0]?.locations[0]?.physicalLocation.region).toEqual({ startLine: 12, startColumn: 5 });
  });

  it('has a rule for each severity, with the level and the score that code scanning reads', () => {
    const { results, tool } = runOf(ofEverySeverity());
    const scores = results.map(({ ruleIndex }) => tool.driver.rules[ruleIndex]?.properties['security-severity']);
    expect(results.map(({ level }) => level)).toEqual(['error', 'error', 'warning', 'note']);
    expect(scores).toEqual(['9.5', '8.0', '5.5', '2.0']);
    expect(results.map(({ ruleId, ruleIndex }) => tool.driver.rules[ruleIndex]?.id === ruleId)).not.toContain(false);
  });

  it('keeps a fingerprint when the line moves, and tells two secrets of one ID apart', () => {
    const finding = pair();
    const [before, after] = [finding, { ...finding, occurrences: [place({ line: 90, path: 'other.yml' })] }].map(
      (each) => runOf([each]).results[0]?.partialFingerprints,
    );
    expect(after).toEqual(before);
    const both = runOf([finding, { ...finding, secretSha256: 'f'.repeat(64) }]).results;
    expect(both.map(({ partialFingerprints }) => partialFingerprints['primaryLocationLineHash'])).toEqual([
      `${finding.fingerprint.slice(0, 16)}:1`,
      `${finding.fingerprint.slice(0, 16)}:2`,
    ]);
  });

  it('has 50 related places at most, and says how many more there are', () => {
    const occurrences = Array.from({ length: 80 }, (_, index) => place({ line: index + 1 }));
    const [result] = runOf([pair({ occurrences, occurrencesLeftOut: 5 })]).results;
    expect(result?.locations).toHaveLength(1);
    expect(result?.relatedLocations).toHaveLength(50);
    expect(result?.properties['placesLeftOut']).toBe(34);
  });

  it('shows the ID by its ends only, in every text', () => {
    const finding = pair({ occurrences: [place({ path: 'a' })] });
    const id = finding.accessKeyId ?? '';
    const named = { ...finding, occurrences: [place({ path: `backup_${id}.txt` })], next: `Take ${id} out.` };
    const written = writtenBy(writeSarif, report([named], { notes: [`${id}: no.`], skipped: [fault({ what: id })] }));
    expect(written).not.toContain(id);
    expect(written).toContain(`${id.slice(0, 8)}…${id.slice(-4)}`);
  });

  it('says that the run was no success when something could not be read', () => {
    expect(runOf([]).invocations[0].executionSuccessful).toBe(true);
    expect(runOf([], { skipped: [fault()] }).invocations[0].executionSuccessful).toBe(false);
    expect(runOf([], { interrupted: true }).invocations[0].executionSuccessful).toBe(false);
  });

  it('makes no link and takes no argument of what an API said', () => {
    const finding = withVerdict(pair(), { ...ROOT, state: 'unknown', reason: 'See [this](http://evil.example) {0}' });
    expect(runOf([finding]).results[0]?.message.text).toContain('See \\[this\\](http://evil.example) {{0}}');
  });

  it('writes names that are no files of the tree as references all the same', () => {
    const uriOf = (over: object): string | undefined =>
      runOf([pair({ occurrences: [place(over)] })]).results[0]?.locations[0]?.physicalLocation.artifactLocation.uri;
    expect(uriOf({ path: 'javascript:alert(1)' })).toBe('javascript%3Aalert(1)');
    expect(uriOf({ path: '配置/a b%.yml' })).toBe('%E9%85%8D%E7%BD%AE/a%20b%25.yml');
    expect(uriOf({ source: 'message', path: null, blob: 'b'.repeat(40) })).toBe('commit-message/bbbbbbbbbb');
    expect(uriOf({ source: 'stdin', path: null })).toBe('standard-input');
    expect(uriOf({ target: '/elsewhere/repo' })).toBe('file:///elsewhere/repo/config/app.yml');
  });

  it('has a place for each result, and no more results than GitHub takes: it refuses the whole file for one', () => {
    const [nowhere] = runOf([pair({ occurrences: [] })]).results;
    expect(nowhere?.locations[0]?.physicalLocation.artifactLocation.uri).toBe('unknown-place');
    expect(wrongWithSarif(writtenBy(writeSarif, report([pair({ occurrences: [] })])))).toBe(null);

    const low = withVerdict(pair(), { state: 'disabled' });
    const { results, tool, invocations } = runOf([...Array.from({ length: 25_000 }, () => low), pair()]);
    expect(results).toHaveLength(25_000);
    expect(results[0]?.level).toBe('error');
    expect(tool.driver.rules).toHaveLength(2);
    expect(JSON.stringify(invocations)).toContain('1 more AccessKey beyond the worst 25,000.');
  });

  it.each(HOSTILE)('is what the standard demands whatever stands in the fields: %s', (_, text) => {
    const written = writtenBy(writeSarif, hostileReport(text));
    expect(wrongWithSarif(written)).toBe(null);
    expect(written).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/);
    expect(written.length).toBeLessThan(1_000_000);
  });
});
