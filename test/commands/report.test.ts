import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/server.js';
import { akscan, linesOf } from '../support/akscan.js';
import { wrongWithGitlab, wrongWithSarif } from '../support/format-schemas.js';
import { id24, secret30 } from '../support/keys.js';
import { commit, repository, temporaryFolder, write } from '../support/repository.js';
import { testCloud } from '../support/world.js';

const running: Simulator[] = [];
afterEach(async () => {
  for (const simulator of running.splice(0)) await simulator.close();
});

const pair = (id: string, secret: string): string => `ALIYUN_ACCESS_KEY_ID=${id}\nALIYUN_ACCESS_KEY_SECRET=${secret}\n`;

/** A repository with keys, and its report in every form that can be read back. */
const stage = async (id = id24(), secret = secret30()) => {
  const folder = repository();
  commit(folder, { 'a.env': pair(id, secret), 'b.env': `accessKeyId=${id24()}\n` });
  const [jsonl, json] = ['report.jsonl', 'report.json'].map((name) => path.join(temporaryFolder(), name));
  if (jsonl === undefined || json === undefined) throw new Error('two files');
  const { code } = await akscan(['--report', `jsonl=${jsonl}`, '--report', `json=${json}`], { cwd: folder });
  expect(code).toBe(1);
  return { folder, jsonl, json, id, secret };
};

describe('akscan report', () => {
  it('gives jsonl and json back byte for byte, from either, and from standard input', async () => {
    const { jsonl, json } = await stage();
    const [lines, whole] = [jsonl, json].map((file) => readFileSync(file, 'utf8'));
    expect(await akscan(['report', jsonl, '--format', 'jsonl'])).toMatchObject({ code: 0, stdout: lines });
    expect((await akscan(['report', json, '--format', 'jsonl'])).stdout).toBe(lines);
    expect((await akscan(['report', '-', '--format', 'json'], { input: lines ?? '' })).stdout).toBe(whole);
  });

  it('writes other formats than the scan did, the same as the scan would have', async () => {
    const { folder, jsonl, id, secret } = await stage();
    const formats = ['sarif', 'csv', 'junit', 'github', 'gitlab'];
    const all = async (args: readonly string[]): Promise<Readonly<Record<string, string>>> => {
      const into = temporaryFolder();
      const reports = formats.flatMap((format) => ['--report', `${format}=${path.join(into, format)}`]);
      await akscan([...args, ...reports], { cwd: folder });
      return Object.fromEntries(formats.map((format) => [format, readFileSync(path.join(into, format), 'utf8')]));
    };
    const [scanned, converted] = [await all([]), await all(['report', jsonl])];
    for (const format of formats) {
      // GitLab's says when the run was.
      if (format !== 'gitlab') expect(converted[format]).toBe(scanned[format]);
      expect(converted[format]).toContain(id.slice(0, 8));
      expect(converted[format]?.includes(id)).toBe(format === 'csv');
      expect(converted[format]).not.toContain(secret.slice(0, 8));
    }
    expect(wrongWithSarif(converted['sarif'] ?? '')).toBe(null);
    expect(wrongWithGitlab(converted['gitlab'] ?? '')).toBe(null);
  });

  it('was not stopped itself when the scan was: with --fail-on that is one that is not complete', async () => {
    const { jsonl } = await stage();
    const stopped = path.join(temporaryFolder(), 'stopped.jsonl');
    writeFileSync(
      stopped,
      readFileSync(jsonl, 'utf8').replace('"type":"summary",', '"type":"summary","interrupted":true,'),
    );
    expect((await akscan(['report', stopped])).code).toBe(0);
    expect((await akscan(['report', stopped, '--fail-on', 'any'])).code).toBe(2);
  });

  it('does not say how long a scan took that it does not know of', async () => {
    const { jsonl } = await stage();
    const { stdout } = await akscan(['report', jsonl, '--format', 'markdown']);
    expect(stdout).toMatch(/\nRead 2 files, [0-9]+ git objects, [0-9]+ bytes\.\n/);
  });

  it('joins the reports of several repositories', async () => {
    const [id, secret] = [id24(), secret30()];
    const [first, second] = [await stage(id, secret), await stage(id, secret)];
    const { stdout } = await akscan(['report', first.jsonl, second.jsonl, second.json, '--format', 'jsonl']);
    const findings = linesOf(stdout, 'finding');
    expect(findings).toHaveLength(3);
    expect(findings.filter((finding) => finding['accessKeyId'] === id)).toHaveLength(1);
  });

  it('fails only when that is asked for', async () => {
    const { jsonl } = await stage();
    expect((await akscan(['report', jsonl])).code).toBe(0);
    expect((await akscan(['report', jsonl, '--fail-on', 'any'])).code).toBe(1);
    expect((await akscan(['report', jsonl, '--fail-on', 'never'])).code).toBe(0);
  });

  it('ends in 2 for what cannot be read', async () => {
    const file = path.join(temporaryFolder(), 'other.json');
    writeFileSync(file, '{"a": 1}\n');
    const [missing, other] = [await akscan(['report', `${file}.gone`]), await akscan(['report', file])];
    expect(missing).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Cannot read the report') });
    expect(other).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('no report that akscan can read'),
    });
  });

  it('says of a report that it may have been cut', async () => {
    const { jsonl } = await stage();
    const [first = ''] = readFileSync(jsonl, 'utf8').split('\n');
    const { code, stdout } = await akscan(['report', '-'], { input: `${first}\n` });
    expect(code).toBe(0);
    expect(stdout).toContain('<stdin> has no summary: it may have been cut short.');
  });

  it("shows what another scanner found, and verify asks about it with that scanner's secret", async () => {
    const cloud = testCloud();
    const simulator = await startSimulator(cloud.world);
    running.push(simulator);
    const { id, secret } = cloud.root;
    const folder = temporaryFolder();
    const result = (RuleID: string, Secret: string, StartLine: number): object => ({
      RuleID,
      Secret,
      Match: Secret,
      File: 'app.env',
      StartLine,
    });
    const results = [result('alibaba-access-key-id', id, 1), result('alibaba-secret-key', secret, 2)];
    write(folder, { 'gitleaks.json': JSON.stringify(results) });
    const shown = await akscan(['report', 'gitleaks.json', '--format', 'jsonl'], { cwd: folder });
    expect(linesOf(shown.stdout, 'finding')).toMatchObject([
      { rule: 'imported-gitleaks', kind: 'pair', secret: '***' },
    ]);
    const asked = await akscan(['verify', 'gitleaks.json', '--probe', '--format', 'jsonl'], {
      cwd: folder,
      env: { AKSCAN_ENDPOINT_STS: simulator.url },
    });
    expect(linesOf(asked.stdout, 'finding')).toMatchObject([
      {
        accessKeyId: id,
        secret: '***',
        severity: 'critical',
        verdict: { state: 'live', principal: 'root', how: 'probe' },
      },
    ]);
    expect(asked.code).toBe(1);
  });
});
