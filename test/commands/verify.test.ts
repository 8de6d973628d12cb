import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/server.js';
import { akscan, linesOf } from '../support/akscan.js';
import { id24, secret30 } from '../support/keys.js';
import { commit, repository, temporaryFolder, write } from '../support/repository.js';
import { type TestCloud, testCloud } from '../support/world.js';

const running: Simulator[] = [];
afterEach(async () => {
  for (const simulator of running.splice(0)) await simulator.close();
});

interface Stage {
  readonly cloud: TestCloud;
  readonly simulator: Simulator;
  /** Endpoints of the simulated cloud, and the auditor's credentials. */
  readonly env: Readonly<Record<string, string>>;
}

const stage = async (): Promise<Stage> => {
  const cloud = testCloud();
  const simulator = await startSimulator(cloud.world);
  running.push(simulator);
  const endpoints = ['RAM', 'IMS', 'STS', 'ACTIONTRAIL'].map((name) => [`AKSCAN_ENDPOINT_${name}`, simulator.url]);
  return {
    cloud,
    simulator,
    env: {
      ...Object.fromEntries(endpoints),
      ALIBABA_CLOUD_ACCESS_KEY_ID: cloud.auditor.id,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: cloud.auditor.secret,
    },
  };
};

const pair = ({ id, secret }: { readonly id: string; readonly secret: string }): string =>
  `ALIYUN_ACCESS_KEY_ID=${id}\nALIYUN_ACCESS_KEY_SECRET=${secret}\n`;

const verdictsOf = (stdout: string): Readonly<Record<string, unknown>> =>
  Object.fromEntries(linesOf(stdout, 'finding').map((finding) => [finding['accessKeyId'], finding['verdict']]));

describe('akscan scan --verify --probe', () => {
  it('says which keys are alive and which is a root key', async () => {
    const { cloud, env } = await stage();
    const folder = repository();
    commit(folder, { 'root.env': pair(cloud.root), 'off.env': pair(cloud.inactive), 'user.env': pair(cloud.active) });
    const { code, stdout, stderr } = await akscan([folder, '--verify', '--probe', '--format', 'jsonl'], { env });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^3 AccessKeys found: .* \(2 live, 1 root\)\. Read 3 files, .* in \S+ s\.\n$/),
    });
    expect(verdictsOf(stdout)).toMatchObject({
      [cloud.root.id]: { state: 'live', principal: 'root' },
      [cloud.inactive.id]: { state: 'disabled' },
      [cloud.active.id]: { state: 'live', principal: 'ram-user' },
    });
    expect(linesOf(stdout, 'summary')).toMatchObject([
      { live: 2, root: 1, bySeverity: { critical: 1, high: 1, low: 1 } },
    ]);
  });

  it('fails on root only for what is or may be a root key', async () => {
    const { cloud, env } = await stage();
    const folder = temporaryFolder();
    write(folder, { 'user.env': pair(cloud.active), 'off.env': pair(cloud.inactive) });
    const args = [folder, '--probe', '--fail-on'];
    expect((await akscan([...args, 'root'], { env })).code).toBe(0);
    expect((await akscan([...args, 'live'], { env })).code).toBe(1);
    write(folder, { 'root.env': pair(cloud.root) });
    expect((await akscan([...args, 'root'], { env })).code).toBe(1);
  });

  it('asks nobody unless told to', async () => {
    const { cloud, simulator, env } = await stage();
    const folder = temporaryFolder();
    write(folder, { 'user.env': pair(cloud.active) });
    await akscan([folder], { env });
    expect(simulator.requests).toHaveLength(0);
  });

  it('reports what was found and how to give credentials when there are none', async () => {
    const { cloud, env } = await stage();
    const folder = temporaryFolder();
    write(folder, { 'user.env': pair(cloud.active) });
    const { ALIBABA_CLOUD_ACCESS_KEY_ID: _id, ALIBABA_CLOUD_ACCESS_KEY_SECRET: _secret, ...without } = env;
    const { code, stdout } = await akscan([folder, '--verify'], { env: without });
    expect(code).toBe(2);
    expect(stdout).toContain(cloud.active.id);
    expect(stdout).toContain('ALIBABA_CLOUD_ACCESS_KEY_ID');
    const alone = await akscan(['verify', cloud.active.id], { env: without });
    expect(alone).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('ALIBABA_CLOUD_ACCESS_KEY_ID'),
    });
  });
});

describe('akscan verify REPORT', () => {
  it('reads secrets again where they were found: files and history', async () => {
    const { cloud, env } = await stage();
    const folder = repository();
    commit(folder, { 'old.env': pair(cloud.root) });
    commit(folder, { 'old.env': '', 'user.env': pair(cloud.active) });
    const report = path.join(temporaryFolder(), 'report');
    for (const format of ['jsonl', 'json']) {
      await akscan([folder, '--format', format, '--output', report]);
      expect(readFileSync(report, 'utf8')).not.toContain(cloud.root.secret);
      const { code, stdout } = await akscan(['verify', report, '--probe', '--format', 'jsonl'], { env });
      expect(code).toBe(1);
      expect(verdictsOf(stdout)).toMatchObject({
        [cloud.root.id]: { state: 'live', how: 'probe', principal: 'root' },
        [cloud.active.id]: { state: 'live', how: 'probe', principal: 'ram-user' },
      });
      expect(stdout).not.toContain(cloud.root.secret);
    }
  });

  it('reads the token of a temporary key again with its secret', async () => {
    const { cloud, env } = await stage();
    const folder = temporaryFolder();
    const { id, secret, token } = cloud.session;
    const text = JSON.stringify({ AccessKeyId: id, AccessKeySecret: secret, SecurityToken: token }, null, 1);
    write(folder, { 'sts.json': text });
    const report = path.join(temporaryFolder(), 'report.jsonl');
    await akscan([folder, '--format', 'jsonl', '--output', report]);
    const { stdout } = await akscan(['verify', report, '--probe', '--format', 'jsonl'], { env });
    expect(verdictsOf(stdout)).toMatchObject({ [id]: { state: 'live', principal: 'assumed-role' } });
    expect(stdout).not.toContain(token);
  });

  it('does not probe with a secret that is no longer where it was found', async () => {
    const { cloud, simulator, env } = await stage();
    const folder = temporaryFolder();
    write(folder, { 'a.env': pair(cloud.active) });
    const report = path.join(temporaryFolder(), 'report.jsonl');
    await akscan([folder, '--format', 'jsonl', '--output', report]);
    write(folder, { 'a.env': pair({ id: cloud.active.id, secret: secret30() }) });
    const { stdout } = await akscan(['verify', report, '--probe', '--format', 'jsonl'], { env });
    expect(simulator.requests).toHaveLength(0);
    expect(linesOf(stdout, 'finding')).toMatchObject([{ secret: '***', verdict: { state: 'unchecked' } }]);
    expect(linesOf(stdout, 'summary')).toMatchObject([{ notes: [expect.stringContaining('secret not at hand')] }]);
  });

  it('takes a report on standard input', async () => {
    const { cloud, env } = await stage();
    const folder = temporaryFolder();
    write(folder, { 'a.env': pair(cloud.inactive) });
    const { stdout: input } = await akscan([folder, '--format', 'jsonl']);
    const { code, stdout } = await akscan(['verify', '-', '--format', 'jsonl'], { env, input });
    expect(code).toBe(0);
    expect(verdictsOf(stdout)).toMatchObject({ [cloud.inactive.id]: { state: 'disabled', how: 'inventory' } });
  });

  it.each([
    ['{"type":"finding","schema":1}\n', 'not a finding of this version'],
    ['\n\nnot json\n', 'report:3: not JSON'],
    ['{\n}\n', 'no list of findings'],
  ])('refuses %j with one sentence', async (text, message) => {
    const folder = temporaryFolder();
    write(folder, { report: text });
    const { code, stderr } = await akscan(['verify', 'report', '--probe'], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('refuses a report that is not there', async () => {
    const { code, stderr } = await akscan(['verify', 'none.jsonl', '--probe'], { cwd: temporaryFolder() });
    expect(code).toBe(2);
    expect(stderr).toContain('none.jsonl');
  });
});

describe('akscan verify ID', () => {
  it('looks one ID up', async () => {
    const { cloud, env } = await stage();
    const { code, stdout } = await akscan(['verify', cloud.active.id, '--format', 'jsonl'], { env });
    expect(code).toBe(1);
    expect(linesOf(stdout, 'finding')).toMatchObject([
      { kind: 'id-only', occurrences: [], verdict: { state: 'live', how: 'inventory', user: 'alice' } },
    ]);
  });

  it('says once of what is named twice', async () => {
    const { cloud, env } = await stage();
    const { id, secret } = cloud.root;
    const args = ['verify', id, id, '--format', 'jsonl'];
    expect(linesOf((await akscan(args, { env })).stdout, 'finding')).toHaveLength(1);
    const probed = await akscan([...args, '--secret-stdin', '--probe'], { env, input: secret });
    expect(verdictsOf(probed.stdout)).toMatchObject({ [id]: { state: 'live', how: 'probe' } });
    const report = path.join(temporaryFolder(), 'report.jsonl');
    writeFileSync(report, probed.stdout);
    const again = await akscan(['verify', report, report, '--format', 'jsonl'], { env });
    expect(linesOf(again.stdout, 'finding')).toHaveLength(1);
  });

  it('takes the secret from standard input or the environment', async () => {
    const { cloud, env } = await stage();
    const args = ['verify', cloud.root.id, '--probe', '--format', 'jsonl'];
    const piped = await akscan([...args, '--secret-stdin'], { env, input: `${cloud.root.secret}\n` });
    const inherited = await akscan(args, { env: { ...env, AKSCAN_SECRET: cloud.root.secret } });
    for (const { stdout } of [piped, inherited]) {
      expect(verdictsOf(stdout)).toMatchObject({ [cloud.root.id]: { state: 'live', principal: 'root', how: 'probe' } });
      expect(stdout).not.toContain(cloud.root.secret);
    }
  });

  it.each<[string, (id: string, secret: string) => readonly string[]]>([
    ['alone', (id, secret) => [id, secret]],
    ['after a colon', (id, secret) => [`${id}:${secret}`]],
    ['after a comma', (id, secret) => [`${id},${secret}`]],
    ['of another length', (id, secret) => [id, `${secret}0123456789`]],
    ['in an assignment', (id, secret) => [id, `AKSCAN_SECRET=${secret}`]],
    ['in an option that does not exist', (id, secret) => [id, `--secret=${secret}`]],
  ])('takes no secret as an argument, and does not repeat it: %s', async (_, argumentsOf) => {
    const secret = secret30();
    const { code, stdout, stderr } = await akscan(['verify', ...argumentsOf(id24(), secret), '--probe']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/A secret is never taken from the command line|Unknown option '--secret'/);
    expect(stdout + stderr).not.toContain(secret);
  });

  it.each<[string, (id: string) => string]>([
    ['too short', (id) => id.slice(0, -1)],
    ['too long', (id) => `${id}9`],
    ['in small letters', (id) => id.toLowerCase()],
    ['in small letters, of the older form', (id) => id.slice(0, 16).toLowerCase()],
    ['with a small letter too many', (id) => `l${id.slice(1)}`],
    ['of a temporary key, cut short', (id) => `STS.${id.slice(4, 20)}`],
  ])('says what an ID looks like, of one that is %s', async (_, spoiled) => {
    const typed = spoiled(id24());
    for (const command of ['verify', 'disable']) {
      const { code, stdout, stderr } = await akscan([command, typed]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(
        new RegExp(
          `^akscan: ${typed} is no AccessKey ID, and no report of that name is there\\.\\n  An ID is LTAI and 12`,
        ),
      );
    }
    const chinese = await akscan(['verify', typed], { env: { LANG: 'zh_CN.UTF-8' } });
    expect(chinese.stderr).toContain('不是 AccessKey ID');
    expect(chinese.stderr).toContain('区分大小写');
  });

  it('reads a report that is named like an ID', async () => {
    const folder = temporaryFolder();
    write(folder, { LTAIreport: '{"a": 1}\n' });
    const { stderr } = await akscan(['verify', 'LTAIreport', '--probe'], { cwd: folder });
    expect(stderr).toContain('no report that akscan can read');
  });

  it('tells once of a key that is named twice, or in several reports, with all its places', async () => {
    const { cloud, env } = await stage();
    const folder = temporaryFolder();
    write(folder, { 'a.env': pair(cloud.active), 'b.env': pair(cloud.active) });
    const reports = ['a', 'b'].map((name) => path.join(folder, `${name}.jsonl`));
    for (const file of reports)
      await akscan([file.replace('.jsonl', '.env'), '--format', 'jsonl', '--output', file], { env });
    const verified = await akscan(['verify', ...reports, '--format', 'jsonl'], { env });
    expect(linesOf(verified.stdout, 'finding')).toMatchObject([
      { accessKeyId: cloud.active.id, verdict: { state: 'live' }, occurrences: [{ path: 'a.env' }, { path: 'b.env' }] },
    ]);
    const { id } = cloud.active;
    expect((await akscan(['verify', id, id], { env })).stdout).toContain('1 AccessKey: ');
  });

  it('notes that a report is empty, as other scanners leave it that find nothing', async () => {
    const { code, stdout } = await akscan(['verify', '-', '--probe']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('note: <stdin> is empty.') });
  });

  it('says that a report is missing, also one that is named by a hash', async () => {
    const { code, stderr } = await akscan(['verify', `report-${'0a'.repeat(20)}.jsonl`, '--probe']);
    expect(code).toBe(2);
    expect(stderr).toContain('Cannot read the report');
  });
});

describe('the library', () => {
  it('scans and verifies like the program', async () => {
    const { scan, verify } = (await import(
      path.resolve(import.meta.dirname, '../../dist/index.js')
    )) as typeof import('../../src/index.js');
    const { cloud, simulator } = await stage();
    const folder = repository();
    commit(folder, { 'root.env': pair(cloud.root) });
    const found = await scan(folder);
    expect(found.findings).toMatchObject([{ accessKeyId: cloud.root.id, secret: cloud.root.secret, inHead: true }]);
    const endpoints = { sts: simulator.url };
    const verified = await verify(found.findings, { probe: true, endpoints });
    expect(verified.findings).toMatchObject([{ severity: 'critical', verdict: { state: 'live', principal: 'root' } }]);
    const together = await scan(folder, { read: 'history', verify: { probe: true, endpoints } });
    expect(together.summary).toMatchObject({ findings: 1, live: 1, root: 1 });
    renameSync(folder, `${folder}-gone`);
    await expect(scan(folder)).rejects.toThrow(folder);
    renameSync(`${folder}-gone`, folder);
  });
});
