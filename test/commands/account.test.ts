import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { afterEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/server.js';
import { akscan } from '../support/akscan.js';
import { secret30 } from '../support/keys.js';
import { temporaryFolder, write } from '../support/repository.js';
import { newAccount, newKey, newUser } from '../support/world.js';

const running: Simulator[] = [];
afterEach(async () => {
  for (const simulator of running.splice(0)) await simulator.close();
});

const stage = async () => {
  const auditor = newKey();
  const leaked = newKey();
  const account = newAccount('1234567890123456', {
    rootKeys: [newKey()],
    users: [newUser('auditor', { keys: [auditor], allow: ['*'] }), newUser('alice', { keys: [leaked] })],
    credentialReport: { state: 'COMPLETED', generated: new Date().toISOString() },
  });
  const simulator = await startSimulator({ accounts: [account] });
  running.push(simulator);
  const env = Object.fromEntries(
    ['RAM', 'IMS', 'STS', 'ACTIONTRAIL', 'SAS'].map((name) => [`AKSCAN_ENDPOINT_${name}`, simulator.url]),
  );
  const credentials = { ALIBABA_CLOUD_ACCESS_KEY_ID: auditor.id, ALIBABA_CLOUD_ACCESS_KEY_SECRET: auditor.secret };
  return { leaked, env: { ...env, ...credentials } };
};

describe('akscan account', () => {
  it('takes the keys of a scan’s report, writes JSON of the published form, and no secret', async () => {
    const { leaked, env } = await stage();
    const folder = temporaryFolder();
    write(folder, { 'app.env': `ALIYUN_ACCESS_KEY_ID=${leaked.id}\nALIYUN_ACCESS_KEY_SECRET=${leaked.secret}\n` });
    const report = path.join(folder, 'report.jsonl');
    await akscan([folder, '--format', 'jsonl', '--show-secrets', '--output', report, '--no-history']);
    expect(readFileSync(report, 'utf8')).toContain(leaked.secret);

    const { code, stdout, stderr } = await akscan(['account', '--leaked', report, '--format', 'json'], { env });
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^1 account: .* Asked in \S+ s\.\n$/) });
    const schema = path.resolve(import.meta.dirname, '../../dist/schema/account.schema.json');
    const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(
      JSON.parse(readFileSync(schema, 'utf8')) as Record<string, unknown>,
    );
    const parsed = JSON.parse(stdout) as { readonly accounts: readonly { readonly leaked: unknown }[] };
    expect(validate(parsed), JSON.stringify(validate.errors)).toBe(true);
    expect(parsed.accounts[0]?.leaked).toMatchObject([
      { accessKeyId: leaked.id, knownTo: 'report', state: 'live', report: { withSecret: true, first: 'app.env:1' } },
    ]);
    expect(stdout).not.toContain(leaked.secret.slice(0, 8));
  });

  it('knows the probes that this user sent before', async () => {
    const { leaked, env } = await stage();
    const at = '2026-01-02T03:04:05Z';
    Object.assign(leaked, { lastUsed: { at, service: 'Sts' } });
    const state = temporaryFolder();
    const key = createHash('sha256').update(leaked.id).digest('hex');
    mkdirSync(path.join(state, 'akscan'), { mode: 0o700 });
    writeFileSync(
      path.join(state, 'akscan', 'probes.jsonl'),
      `${JSON.stringify({ key, at, before: { neverUsed: true } })}\n`,
      { mode: 0o600 },
    );
    const usesOf = async (folder: string): Promise<unknown> => {
      const ran = await akscan(['account', '--format', 'json'], { env: { ...env, XDG_STATE_HOME: folder } });
      const { accounts } = JSON.parse(ran.stdout) as {
        readonly accounts: readonly { readonly keys: readonly Readonly<Record<string, unknown>>[] }[];
      };
      return accounts[0]?.keys.find(({ accessKeyId }) => accessKeyId === leaked.id)?.['lastUsed'];
    };
    expect(await usesOf(temporaryFolder())).toBe(at);
    expect(await usesOf(state)).toBeNull();
  });

  it('writes to a file and says so on standard error', async () => {
    const { env } = await stage();
    const file = path.join(temporaryFolder(), 'account.txt');
    const { code, stdout, stderr } = await akscan(['account', '--output', file], { env });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^1 account: 1 critical, .* See .*account\.txt\.\n$/);
    expect(readFileSync(file, 'utf8')).toContain('The root account has 1 AccessKey');
  });

  it.each([
    [['--older-than', '0'], '--older-than takes a whole number'],
    [['--idle', 'x'], '--idle takes a whole number'],
    [['--format', 'xml'], 'Choose from text, json.'],
    [['--leaked', '/nowhere/at/all'], 'Cannot read the report /nowhere/at/all'],
    [['--endpoint', 'ram=http://example.com'], 'plain HTTP'],
    [['--output', '/nowhere/at/all'], 'there is no folder'],
    [[secret30()], 'Too many arguments'],
    [[], 'No credentials'],
  ])('refuses %j', async (args, said) => {
    const { code, stdout, stderr } = await akscan(['account', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(said);
  });

  it('explains itself', async () => {
    const { code, stdout } = await akscan(['account', '--help']);
    expect(code).toBe(0);
    for (const part of ['--leaked <report>', '--no-leak-list', 'Exit codes: 0', 'Security Center'])
      expect(stdout).toContain(part);
  });
});
