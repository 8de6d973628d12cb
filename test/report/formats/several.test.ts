// Every format says in which repository a place is, where there are several.

import { describe, expect, it } from 'vitest';
import { withAudit } from '../../../src/audit/report/facts.js';
import type { Finding, Report } from '../../../src/findings/model.js';
import { FORMAT_NAMES, loadFormat } from '../../../src/report/formats.js';
import { wrongWithGitlab, wrongWithSarif } from '../../support/format-schemas.js';
import { COMMIT, fault, HOSTILE, pair, place, report, writtenBy } from '../../support/report-samples.js';

const [ONE, OTHER] = ['https://git.example.com/acme/shop', 'https://git.example.com/acme/billing'];
const [FOLDER, BESIDE] = ['/srv/git/shop.git', '/srv/git/billing.git'];

const message = { source: 'message', path: null, blob: COMMIT, commit: COMMIT } as const;

/** The same path, line and commit in both. */
const inBoth = (over: Partial<Finding['occurrences'][number]>, targets: readonly [string, string]): Report =>
  report(
    targets.map((target) => pair({ target, occurrences: [place({ source: 'history', ...over })] })),
    { skipped: targets.map((target) => fault({ target, what: 'broken.zip' })) },
  );

const audited = (whole: Report): Report =>
  withAudit(whole, {
    repositories: { total: 2, byState: { scanned: 2 } },
    notRead: [],
    trend: null,
    lastRunAt: null,
  });

const written = async (whole: Report, format: (typeof FORMAT_NAMES)[number]): Promise<string> =>
  writtenBy(await loadFormat(format, whole), whole);

describe.each(FORMAT_NAMES)('several repositories in %s', (format) => {
  it.each([
    ['files at addresses', {}, [ONE, OTHER], ['acme/shop', 'acme/billing']],
    ['messages at addresses', message, [ONE, OTHER], ['acme/shop', 'acme/billing']],
    ['files in folders', {}, [FOLDER, BESIDE], ['shop.git', 'billing.git']],
    ['messages in folders', message, [FOLDER, BESIDE], ['shop.git', 'billing.git']],
  ] as const)('are told apart: %s', async (_, over, targets, names) => {
    const text = await written(audited(inBoth(over, targets)), format);
    for (const name of names) expect(text).toContain(name);
  });
});

interface Location {
  readonly physicalLocation: { readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string } };
  readonly properties: { readonly target?: string };
}

interface Run {
  readonly versionControlProvenance?: readonly { readonly repositoryUri: string; readonly mappedTo: object }[];
  readonly results: readonly {
    readonly locations: readonly [Location];
    readonly relatedLocations?: readonly Location[];
    readonly partialFingerprints: { readonly primaryLocationLineHash: string };
  }[];
}

const sarifOf = async (whole: Report): Promise<Run> => {
  const text = await written(whole, 'sarif');
  expect(wrongWithSarif(text)).toBe(null);
  return (JSON.parse(text) as { readonly runs: readonly [Run] }).runs[0];
};

describe('SARIF of an audit', () => {
  it('gives paths that begin with the repository, and says what begins how', async () => {
    const run = await sarifOf(audited(inBoth({}, [ONE, OTHER])));
    const artifacts = run.results.map(({ locations: [{ physicalLocation }] }) => physicalLocation.artifactLocation);
    expect(artifacts.map(({ uri }) => uri).sort()).toEqual([
      'git.example.com/acme/billing/config/app.yml',
      'git.example.com/acme/shop/config/app.yml',
    ]);
    expect(artifacts.filter(({ uriBaseId }) => uriBaseId !== undefined)).toEqual([]);
    expect(run.versionControlProvenance).toEqual([
      { repositoryUri: OTHER, mappedTo: { uri: 'git.example.com/acme/billing/' } },
      { repositoryUri: ONE, mappedTo: { uri: 'git.example.com/acme/shop/' } },
    ]);
  });

  it('tells one key in two repositories apart, and two secrets of one ID', async () => {
    const history = place({ source: 'history' });
    const [first, second] = [pair({ target: ONE, occurrences: [history, { ...history, target: OTHER }] }), pair()];
    const same = { ...second, fingerprint: first.fingerprint, target: OTHER, occurrences: [history] };
    const { results } = await sarifOf(audited(report([first, same])));
    const related = results.flatMap(({ relatedLocations = [] }) => relatedLocations);
    expect(related.map(({ properties }) => properties.target)).toEqual([OTHER]);
    expect(related[0]?.physicalLocation.artifactLocation.uri).toBe('git.example.com/acme/billing/config/app.yml');
    expect(new Set(results.map((each) => each.partialFingerprints.primaryLocationLineHash)).size).toBe(2);
  });

  it.each(HOSTILE)('holds repositories whose names are %s', async (_, attack) => {
    for (const target of [`https://git.example.com/${attack}`, attack]) {
      const run = await sarifOf(audited(inBoth({}, [target, OTHER])));
      expect(run.results).toHaveLength(2);
    }
  });

  it('leaves a report of one target as it was', async () => {
    const run = await sarifOf(report([pair({ target: ONE }), pair({ target: ONE })]));
    expect(run.versionControlProvenance).toBeUndefined();
    for (const { locations } of run.results) {
      expect(locations[0].physicalLocation.artifactLocation).toEqual({
        uri: 'config/app.yml',
        uriBaseId: '%SRCROOT%',
      });
      expect(locations[0].properties).toEqual({ source: 'worktree' });
    }
  });
});

describe('GitLab of an audit', () => {
  it('names the repository in the file, and in what went wrong', async () => {
    const text = await written(audited(inBoth({}, [ONE, OTHER])), 'gitlab');
    expect(wrongWithGitlab(text)).toBe(null);
    expect(text).toContain('"file":"git.example.com/acme/shop/config/app.yml"');
    expect(text).toContain('git.example.com/acme/billing broken.zip: The archive is cut.');
  });
});

describe('CSV of an audit', () => {
  it('has the repository of the place that it names', async () => {
    const whole = audited(report([pair({ target: ONE, occurrences: [place({ source: 'history', target: OTHER })] })]));
    expect(await written(whole, 'csv')).toContain(`"${OTHER}"`);
  });
});

describe('brief of an audit', () => {
  it('refuses nothing', async () => {
    const whole = audited(inBoth({}, [ONE, OTHER]));
    expect(writtenBy(await loadFormat('brief', whole), whole, { ends: 1 })).toMatch(
      /^akscan: these repositories hold 2 AccessKeys\.\n/,
    );
  });
});
