import { describe, expect, it } from 'vitest';
import { writeGitlab } from '../../../src/report/formats/gitlab.js';
import { wrongWithGitlab } from '../../support/format-schemas.js';
import {
  COMMIT,
  fault,
  HOSTILE,
  hostileReport,
  ofEverySeverity,
  pair,
  place,
  report,
  writtenBy,
} from '../../support/report-samples.js';

interface Written {
  readonly scan: { readonly status: string; readonly start_time: string; readonly end_time: string };
  readonly vulnerabilities: readonly {
    readonly id: string;
    readonly severity: string;
    readonly description: string;
    readonly location: { readonly commit: { readonly sha: string } };
  }[];
}

const read = (written: string): Written => JSON.parse(written) as Written;

describe("GitLab's report of secret detection", () => {
  it('is what the schema demands, also of nothing', () => {
    expect(wrongWithGitlab(writtenBy(writeGitlab, report(ofEverySeverity(), { skipped: [fault()] })))).toBe(null);
    expect(wrongWithGitlab(writtenBy(writeGitlab, report([])))).toBe(null);
  });

  it('is worst first', () => {
    const { vulnerabilities } = read(writtenBy(writeGitlab, report(ofEverySeverity())));
    expect(vulnerabilities.map(({ severity }) => severity)).toEqual(['Critical', 'High', 'Medium', 'Low']);
  });

  it('names the same finding by the same id in each report, and two secrets of one ID by two', () => {
    const finding = pair();
    const idsOf = (...findings: readonly (typeof finding)[]): readonly string[] =>
      read(writtenBy(writeGitlab, report(findings))).vulnerabilities.map(({ id }) => id);
    expect(idsOf({ ...finding, occurrences: [place({ line: 99 })] })).toEqual(idsOf(finding));
    expect(new Set(idsOf(finding, { ...finding, secretSha256: 'f'.repeat(64) })).size).toBe(2);
  });

  it('names the commit, and zeros where there is none', () => {
    const shaOf = (over: object): string | undefined =>
      read(writtenBy(writeGitlab, report([pair({ occurrences: [place(over)] })]))).vulnerabilities[0]?.location.commit
        .sha;
    expect(shaOf({ commit: COMMIT })).toBe(COMMIT);
    expect(shaOf({})).toBe('0000000');
  });

  it('says when the scan was, and that it failed when something could not be read', () => {
    const { scan } = read(writtenBy(writeGitlab, report([], { skipped: [fault()] }), { seconds: 3600 }));
    expect(Date.parse(`${scan.end_time}Z`) - Date.parse(`${scan.start_time}Z`)).toBe(3_600_000);
    expect(scan.status).toBe('failure');
  });

  it('shows the ID by its ends only', () => {
    const finding = pair();
    expect(writtenBy(writeGitlab, report([finding]))).not.toContain(finding.accessKeyId);
  });

  it('has no solution of more than the 7,000 characters that GitLab takes', () => {
    for (const next of ['\u{E0001}'.repeat(2_000), '\u{E0001} '.repeat(2_000)]) {
      const { vulnerabilities } = JSON.parse(writtenBy(writeGitlab, report([{ ...pair(), next }])));
      expect(vulnerabilities[0].solution.length).toBeLessThanOrEqual(7_000);
    }
  });

  it.each(HOSTILE)('is what the schema demands whatever stands in the fields: %s', (_, text) => {
    const written = writtenBy(writeGitlab, hostileReport(text));
    expect(wrongWithGitlab(written)).toBe(null);
    for (const { description } of read(written).vulnerabilities) {
      const plain = description
        .split('`')
        .filter((_part, index) => index % 2 === 0)
        .join('');
      expect(plain).not.toMatch(/[<>[\]@&\\|#*_]|https?:|www\./);
    }
  });
});
