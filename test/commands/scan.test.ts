import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { akscan, linesOf, PROGRAM } from '../support/akscan.js';
import { createKeys, id24, secret30 } from '../support/keys.js';
import { commit, repository, temporaryFolder, write } from '../support/repository.js';

const env = (id: string, secret: string): string => `ALIYUN_ACCESS_KEY_ID=${id}\nALIYUN_ACCESS_KEY_SECRET=${secret}\n`;
const schema = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../../schema/finding.schema.json'), 'utf8'),
) as object;

const folderWithKey = () => {
  const [id, secret] = [id24(), secret30()];
  const folder = temporaryFolder();
  write(folder, { 'app.env': env(id, secret) });
  return { id, secret, folder };
};

describe('akscan scan', () => {
  it('finds keys in the files and the history of a repository', async () => {
    const [gone, here] = [id24(), id24()];
    const folder = repository();
    const introduced = commit(folder, { 'old.env': env(gone, secret30()), 'app.env': env(here, secret30()) });
    commit(folder, { 'old.env': 'nothing\n' });
    const { code, stdout } = await akscan(['--format', 'jsonl'], { cwd: folder });
    expect(code).toBe(1);
    const findings = linesOf(stdout, 'finding');
    expect(findings.map(({ accessKeyId, inHead }) => [accessKeyId, inHead])).toEqual([
      [here, true],
      [gone, false],
    ]);
    expect(findings[1]).toMatchObject({ occurrences: [{ source: 'history', path: 'old.env', commit: introduced }] });
  });

  it('writes jsonl that its own schema accepts, the summary last', async () => {
    const { folder } = folderWithKey();
    write(folder, { 'b/akscan.txt': 'x' });
    const { stdout } = await akscan(['scan', folder, path.join(folder, 'b'), '--format', 'jsonl']);
    const validate = new Ajv({ strict: false }).compile(schema);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    for (const line of lines) expect([validate(line), validate.errors]).toEqual([true, null]);
    expect(lines.map(({ type }) => type)).toEqual(['finding', 'summary']);
  });

  it('writes secrets only when asked', async () => {
    const { id, secret, folder } = folderWithKey();
    for (const format of ['text', 'json', 'jsonl']) {
      const masked = await akscan(['scan', folder, '--format', format]);
      expect(masked.stdout).toContain(id);
      expect(masked.stdout + masked.stderr).not.toContain(secret);
      expect((await akscan(['scan', folder, '--format', format, '--show-secrets'])).stdout).toContain(secret);
    }
  });

  it('is the same twice, byte for byte', async () => {
    const folder = repository();
    for (let version = 0; version < 4; version += 1)
      commit(folder, { 'a.env': env(id24(), secret30()), 'b.env': env(id24(), secret30()) });
    const runs = await Promise.all(
      ['1', '2', '2'].map((threads) => akscan([folder, '--format', 'json', '--threads', threads])),
    );
    expect(new Set(runs.map(({ stdout }) => stdout)).size).toBe(1);
    expect(linesOf((await akscan([folder, '--format', 'jsonl'])).stdout, 'finding')).toHaveLength(8);
  });

  it('reads standard input', async () => {
    const [id, secret] = [id24(), secret30()];
    const { code, stdout } = await akscan(['-', '--format', 'jsonl'], { input: env(id, secret) });
    expect(code).toBe(1);
    expect(linesOf(stdout, 'finding')).toMatchObject([
      { accessKeyId: id, occurrences: [{ source: 'stdin', path: null }] },
    ]);
  });

  it('writes reports to files, several at once, and says where', async () => {
    const { id, folder } = folderWithKey();
    const out = temporaryFolder();
    const [json, lines, plain] = ['r.json', 'r.jsonl', 'r.txt'].map((name) => path.join(out, name)) as [
      string,
      string,
      string,
    ];
    const ran = await akscan([
      'scan',
      folder,
      '-o',
      plain,
      '--report',
      `json=${json}`,
      '--report',
      `jsonl=${lines}`,
      '--show-secrets',
    ]);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toMatch(/^1 AccessKey found: 1 high\. Read 1 file, .*\. See /);
    expect(ran.stderr).toContain(`See ${plain}`);
    expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({
      schema: 1,
      findings: [{ accessKeyId: id }],
      summary: { findings: 1 },
    });
    expect(linesOf(readFileSync(lines, 'utf8'), 'finding')).toHaveLength(1);
    expect(readFileSync(plain, 'utf8')).toContain(id);
    expect(statSync(json).mode & 0o077).toBe(0);
  });
});

describe('exit codes', () => {
  it('0 without findings, 1 with, 2 when something could not be read; findings are printed all the same', async () => {
    const { id, folder } = folderWithKey();
    const clean = temporaryFolder();
    write(clean, { a: 'nothing' });
    expect((await akscan([clean])).code).toBe(0);
    expect((await akscan([folder])).code).toBe(1);
    expect((await akscan([folder, '--fail-on', 'never'])).code).toBe(0);
    write(folder, { 'b.env': env(id24(), secret30()) });
    const capped = await akscan([folder, '--max-findings', '1', '--fail-on', 'never']);
    expect(capped.code).toBe(2);
    expect(capped.stdout).toContain('More than 1 credentials');
    expect(capped.stdout).toMatch(new RegExp(`${id}|LTAI`));
  });

  it.each([
    [['--formt', 'json'], "Unknown option '--formt'.", 'Did you mean --format?'],
    [['scna'], '"scna" is neither a command nor a file.', 'akscan scan'],
    [['--format', 'jsno'], '"jsno" is not known.', 'Did you mean "json'],
    [['--fail-on', 'live'], '--fail-on live needs verdicts', 'Add --verify'],
    [['--max-size', 'lots'], '"lots" is not a size', '10MB'],
    [['--endpoint', 'ram=http://ram.example.com'], 'plain HTTP', 'https://'],
    [['--endpoint', 'oss=https://x.example'], '--endpoint takes SERVICE=URL', 'ram, ims, sts'],
    [['--report', 'json'], '--report takes FORMAT=FILE', 'json=report.json'],
    [['--output', '/nonexistent/report'], 'there is no folder /nonexistent', ''],
    [['no/such/file'], 'no/such/file', ''],
    [['--config', 'none.yml'], 'none.yml does not exist', ''],
  ])('2 with one clear sentence for %j', async (args, message, hint) => {
    const { code, stdout, stderr } = await akscan(args, { cwd: temporaryFolder() });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
    expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
  });

  it('2 for a broken configuration, which names file, line and key', async () => {
    const { folder } = folderWithKey();
    write(folder, { 'akscan.config.yml': '# mine\nexclud: []\n' });
    const { code, stderr } = await akscan([], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toContain(
      'akscan.config.yml:2: "exclud" is not a key of the configuration.\n  Did you mean "exclude"?',
    );
  });

  it.each([['scan'], ['staged'], ['range', 'HEAD..HEAD'], ['hook', 'run', 'akscan.config.yml']])(
    '2 in %s for a configuration that wants verdicts where none are asked for, and names it',
    async (...words) => {
      const cwd = repository();
      commit(cwd, { 'akscan.config.yml': 'failOn: live\n' });
      const { code, stderr } = await akscan(words, { cwd });
      expect(stderr).toContain('akscan: akscan.config.yml: "failOn: live" needs verdicts, and none were asked for.');
      expect(stderr).not.toContain('akscan: --fail-on');
      expect(code).toBe(2);
    },
  );

  it('keeps the findings’ code when the reader leaves early', async () => {
    const folder = temporaryFolder();
    const keys = Array.from({ length: 3000 }, () => env(id24(), secret30())).join('\n');
    write(folder, { 'many.env': keys });
    const child = spawn(process.execPath, [PROGRAM, folder], { stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (text: Buffer) => {
      stderr += text.toString();
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  });

  it('130 after Ctrl-C, with what was found by then', async () => {
    const id = id24();
    // Standard input stays open: only the signal can end the run.
    const child = spawn(process.execPath, [PROGRAM, '-', '--format', 'jsonl'], { stdio: ['pipe', 'pipe', 'pipe'] });
    let stdout = '';
    child.stdout.on('data', (text: Buffer) => {
      stdout += text.toString();
    });
    child.stdin.write(env(id, secret30()));
    // More than a pipe holds: once it is gone, the program is reading and can be stopped.
    await new Promise((resolve) => child.stdin.write('\n'.repeat(1 << 20), resolve));
    child.kill('SIGINT');
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(130);
    expect(linesOf(stdout, 'summary')).toMatchObject([{ interrupted: true }]);
  });
});

describe('configuration', () => {
  it('of the tree narrows the scan and is named in the notes; a named one replaces it', async () => {
    const { folder } = folderWithKey();
    const own = path.join(temporaryFolder(), 'own.yml');
    write(path.dirname(own), { 'own.yml': 'failOn: never\n' });
    write(folder, { 'akscan.config.yml': 'exclude: ["*.env"]\n' });
    const narrowed = await akscan([folder]);
    expect(narrowed.code).toBe(0);
    expect(narrowed.stdout.replace(/\s+/g, ' ')).toContain('akscan.config.yml decided what was searched');
    const replaced = await akscan([folder, '--config', own]);
    expect(replaced.code).toBe(0);
    expect(replaced.stdout).toContain('1 AccessKey found');
  });

  it('can forbid allow comments', async () => {
    const folder = temporaryFolder();
    write(folder, {
      'a.env': `ALIYUN_ACCESS_KEY_ID=${id24()} # akscan:allow made up\nALIYUN_ACCESS_KEY_SECRET=${secret30()} # akscan:allow\n`,
    });
    const honoured = await akscan([folder]);
    expect(honoured).toMatchObject({ code: 0, stdout: expect.stringContaining('Not shown: 1 by allow comments.') });
    write(folder, { 'akscan.config.yml': 'allowComments: false\n' });
    expect((await akscan([folder])).code).toBe(1);
  });
});

describe('help and version', () => {
  it('are data, and no error', async () => {
    const version = await akscan(['--version']);
    expect(version).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
    for (const command of ['scan', 'verify', 'ignore', 'baseline', 'demo']) {
      const help = await akscan([command, '--help']);
      expect(help).toMatchObject({ code: 0, stderr: '' });
      expect(help.stdout).toContain(`Usage: akscan ${command}`);
      if (command !== 'demo') expect(help.stdout).toContain('Examples:');
    }
  });

  it('colour only a terminal, or when forced', async () => {
    const { folder } = folderWithKey();
    expect((await akscan([folder])).stdout).not.toContain('\u001B');
    expect((await akscan([folder], { env: { FORCE_COLOR: '1' } })).stdout).toContain('\u001B');
    expect((await akscan([folder, '--no-color'], { env: { FORCE_COLOR: '1' } })).stdout).not.toContain('\u001B');
    expect((await akscan([folder], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout).not.toContain('\u001B');
  });

  it('searches by rules of the user, pairs and values that are secrets themselves', async () => {
    const { text } = createKeys(31);
    const [id, secret, token] = [`AKME${text('base62', 16)}`, text('base62', 40), `acme_${text('base58', 32)}`];
    const rules = [
      'rules:',
      '  - id: acme-key',
      '    title: Acme API key',
      '    description: Key ID of the Acme service, with its secret.',
      '    key: { prefix: AKME, alphabet: alphanumeric, lengths: [20] }',
      '    secret: { alphabet: alphanumeric, lengths: [40] }',
      '  - id: acme-token',
      '    title: Acme token',
      '    description: A token that is a secret by itself.',
      '    key: { prefix: acme_, alphabet: base58, lengths: [37] }',
    ];
    const folder = repository();
    commit(folder, { 'old.env': `ACME_KEY_ID=${id}\nACME_SECRET=${secret}\n`, 'app.yml': `token: "${token}"\n` });
    commit(folder, { 'old.env': 'nothing\n', 'akscan.config.yml': rules.join('\n') });
    const { code, stdout, stderr } = await akscan(['--format', 'jsonl'], { cwd: folder });
    expect(code).toBe(1);
    expect(stdout + stderr).not.toContain(token);
    expect(linesOf(stdout, 'finding')).toMatchObject([
      { rule: 'acme-token', kind: 'secret-only', accessKeyId: null, occurrences: [{ path: 'app.yml' }, {}] },
      { rule: 'acme-key', kind: 'pair', accessKeyId: id, occurrences: [{ path: 'old.env', source: 'history' }] },
    ]);
  });
});

it('calls no ignore entry stale when something could not be read', async () => {
  const folder = repository();
  write(folder, { '.akscanignore': `${'ab'.repeat(8)} gone\n` });
  expect((await akscan(['.'], { cwd: folder })).stdout).toContain('matches nothing any more');
  const { code, stdout } = await akscan(['.', 'nowhere'], { cwd: folder });
  expect([code, stdout]).toEqual([2, expect.not.stringContaining('matches nothing any more')]);
  expect((await akscan(['.', '--max-size', '1MB'], { cwd: folder })).stdout).not.toContain('matches nothing any more');
});

it('says so when rules are more than can be searched for', async () => {
  const rule = (number: number): string =>
    `  - { id: r${number}, title: T, description: D, key: { prefix: p${number}q, alphabet: hex, lengths: [20] } }\n`;
  const folder = temporaryFolder();
  const all = Array.from({ length: 100 }, (_, index) => rule(index + 100)).join('');
  write(folder, { 'akscan.config.yml': `rules:\n${all}` });
  const { code, stderr } = await akscan([folder]);
  expect(code).toBe(2);
  expect(stderr).toContain('akscan.config.yml: "rules" name more prefixes and words than can be searched for at once.');
});

describe('help', () => {
  it.each(['scan', 'verify', 'baseline'])('of %s says each default once', async (command) => {
    const { code, stdout } = await akscan([command, '--help'], {});
    expect(code).toBe(0);
    const text = stdout.replace(/\s+/g, ' ');
    expect(text).not.toMatch(/\(default: [^)]*\) \(default|default: \[\]/);
    expect((await akscan(['help', command])).stdout).toBe(stdout);
  });

  it('shows the defaults of options that have one', async () => {
    const text = (await akscan(['scan', '--help'])).stdout.replace(/\s+/g, ' ');
    for (const shown of ['json, jsonl', 'a fault (default: 100,000)', 'never (default: any)'])
      expect(text).toContain(shown);
  });
});
