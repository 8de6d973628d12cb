import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mayBeAsked } from '../../../src/findings/asked.js';
import type { ReadReport } from '../../../src/report/merge.js';
import { readWhole } from '../../../src/report/read.js';
import { createTemplates } from '../../support/templates.js';

const FIXTURES = path.resolve(import.meta.dirname, '../../../fixtures/foreign');
const COMMIT = '0123456789abcdef0123456789abcdef01234567';

const { expand, valueNamed } = createTemplates(7);
const [id, secret] = [valueNamed('id24'), valueNamed('secret30')];
const [otherId, otherSecret] = [valueNamed('id24.2'), valueNamed('secret30.2')];

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'akscan-foreign-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const readText = (text: string): Promise<ReadReport> => {
  const file = path.join(folder, 'report');
  writeFileSync(file, text);
  return readWhole(file);
};

const readFixture = (name: string): Promise<ReadReport> =>
  readText(expand(readFileSync(path.join(FIXTURES, name), 'utf8')));

const readJson = (value: unknown): Promise<ReadReport> => readText(JSON.stringify(value));

const FROM_GIT = {
  source: 'history',
  path: 'config/app.yml',
  line: 3,
  column: 17,
  commit: COMMIT,
  author: 'Wei Zhang <wei@example.com>',
  date: '2026-01-02T03:04:05Z',
};

describe("other scanners' results", () => {
  it('name classes of other clouds, which are no IDs', async () => {
    const text = 'sts.assume(STS.GetCallerIdentityRequest, STS.GetFederationTokenResult)';
    const { findings } = await readJson({
      version: '2.1.0',
      runs: [{ results: [{ ruleId: 'a', message: { text } }] }],
    });
    expect(findings).toEqual([]);
    const asked = { rule: 'imported-sarif', accessKeyId: 'STS.GetCallerIdentityRequest' };
    expect(mayBeAsked(asked)).toBe(false);
  });

  it('of gitleaks: an ID and a secret in one file of one commit are a pair', async () => {
    const { findings, notes } = await readFixture('gitleaks.json');
    expect(findings).toMatchObject([
      {
        rule: 'imported-gitleaks',
        kind: 'pair',
        accessKeyId: id,
        secret,
        confidence: 'medium',
        occurrences: [FROM_GIT],
      },
    ]);
    expect(notes[0]).toMatch(/1 AccessKey in 3 results of gitleaks; no other result is shown\.$/);
  });

  it('of gitleaks as CSV, with line breaks and quotes in its cells', async () => {
    const { findings } = await readFixture('gitleaks.csv');
    expect(findings).toMatchObject([
      { kind: 'id-only', accessKeyId: id, occurrences: [{ ...FROM_GIT, path: 'config/a "b", c.yml' }] },
    ]);
  });

  it('of betterleaks, which says what belongs together', async () => {
    const { findings } = await readFixture('betterleaks.json');
    expect(findings).toMatchObject([
      {
        rule: 'imported-betterleaks',
        kind: 'pair',
        accessKeyId: id,
        secret,
        occurrences: [{ ...FROM_GIT, line: 4, column: 10 }],
      },
    ]);
  });

  it('of TruffleHog: the pair glued together, or by its parts; the password of a clone URL is not kept', async () => {
    const { findings } = await readFixture('trufflehog.jsonl');
    expect(findings).toHaveLength(2);
    expect(findings.find(({ accessKeyId }) => accessKeyId === id)).toMatchObject({
      rule: 'imported-trufflehog',
      kind: 'pair',
      secret,
      target: 'https://git.example.com/shop/api.git',
      occurrences: [{ ...FROM_GIT, column: 1 }],
    });
    expect(findings.find(({ accessKeyId }) => accessKeyId === otherId)).toMatchObject({
      secret: otherSecret,
      verdict: { state: 'unchecked' },
      occurrences: [{ source: 'file', path: '/srv/app/.env', line: 7 }],
    });
  });

  it('of Kingfisher, in lists and one a line', async () => {
    expect((await readFixture('kingfisher.json')).findings).toMatchObject([
      {
        rule: 'imported-kingfisher',
        kind: 'pair',
        accessKeyId: id,
        secret,
        occurrences: [{ source: 'history', path: 'config/app.yml', line: 3, commit: COMMIT }],
      },
    ]);
    expect((await readFixture('kingfisher.jsonl')).findings).toMatchObject([
      { kind: 'id-only', accessKeyId: id, occurrences: [{ source: 'file', path: 'srv/.env', line: 7, column: 2 }] },
    ]);
  });

  it('in SARIF: in the excerpt of a place, or in the message', async () => {
    const { findings } = await readFixture('gitleaks.sarif');
    expect(findings.find(({ accessKeyId }) => accessKeyId === id)).toMatchObject({
      rule: 'imported-sarif',
      kind: 'id-only',
      occurrences: [{ source: 'history', path: 'docs/a b.md', line: 3, column: 17, commit: COMMIT }],
    });
    expect(findings.find(({ accessKeyId }) => accessKeyId === otherId)).toMatchObject({
      kind: 'pair',
      secret: otherSecret,
      occurrences: [],
    });
  });

  it.each([
    'gitleaks.json',
    'gitleaks.csv',
    'betterleaks.json',
    'trufflehog.jsonl',
    'kingfisher.json',
    'gitleaks.sarif',
  ])('may be asked about: %s', async (name) => {
    const { findings } = await readFixture(name);
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.map(mayBeAsked)).not.toContain(false);
  });

  it('on one line, and with a byte order mark', async () => {
    const text = expand(readFileSync(path.join(FIXTURES, 'gitleaks.sarif'), 'utf8'));
    const { findings } = await readText(`\uFEFF${JSON.stringify(JSON.parse(text))}\n`);
    expect(findings).toHaveLength(2);
  });

  it('with many secrets beside one ID name no pair', async () => {
    const result = (Secret: string): object => ({
      RuleID: 'alibaba-x',
      Secret,
      Match: Secret,
      File: 'a',
      StartLine: 1,
    });
    const { findings } = await readJson([result(id), result(secret), result(otherSecret)]);
    expect(findings).toMatchObject([{ kind: 'id-only', accessKeyId: id, secret: null }]);
  });

  it('are joined when several name the same key', async () => {
    const result = (StartLine: number): object => ({ RuleID: 'x', Secret: id, Match: id, File: 'a', StartLine });
    const { findings } = await readJson([result(1), result(2), result(2)]);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.occurrences.map(({ line }) => line)).toEqual([1, 2]);
  });

  it.each<[string, () => unknown]>([
    ['nothing', () => []],
    [
      'a redacted secret',
      () => [{ RuleID: 'alibaba-access-key-id', Secret: 'REDACTED', Match: 'REDACTED', File: 'a' }],
    ],
    ['an ID of another length', () => [{ RuleID: 'x', Secret: `${id}a`, Match: `${id}a`, File: 'a' }]],
    ['keys of others', () => [{ RuleID: 'aws-access-token', Secret: 'A'.repeat(20), Match: '', File: 'a' }]],
    ['no types that hold', () => [{ RuleID: 1, Secret: { a: [] }, Match: null, File: 7, StartLine: 'x', Tags: 4 }]],
    ['SARIF of nothing', () => ({ version: '2.1.0', runs: [{ results: null }, null, 4] })],
  ])('of %s are no findings', async (_, make) => {
    expect((await readJson(make())).findings).toEqual([]);
  });

  it('with numbers that are none name line 1', async () => {
    const { findings } = await readJson([{ RuleID: 'x', Secret: id, File: 'a', StartLine: -4, StartColumn: 1e99 }]);
    expect(findings[0]?.occurrences).toMatchObject([{ line: 1, column: 1 }]);
  });

  it.each([
    ['of JSON that nobody knows', '{"a": 1}\n'],
    ['of a list of such', '[{"a": 1}]\n'],
    ['cut off', '[{"RuleID": "x",\n "Secret": "y"'],
    ['that are no JSON', 'RuleId: x\n'],
  ])('are refused in one sentence: %s', async (_, text) => {
    await expect(readText(text)).rejects.toThrow(
      /^[^\n]*report(?::1)?: (?:no report that akscan can read(?:: it has no list of findings)?|not JSON)\.$/,
    );
  });
});
