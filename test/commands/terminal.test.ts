// What a person sees on a terminal and a program does not. The terminal is a real one, by `script`.

import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { akscan, PROGRAM } from '../support/akscan.js';
import { id24, secret30 } from '../support/keys.js';
import { commit, git, repository, temporaryFolder, write } from '../support/repository.js';

const hasScript = spawnSync('script', ['--version'], { stdio: 'ignore' }).error === undefined;

const KITTY = { TERM: 'xterm-kitty' };

const pair = (): string => `ALIYUN_ACCESS_KEY_ID=${id24()}\nALIYUN_ACCESS_KEY_SECRET=${secret30()}\n`;

const folderWithKey = (): string => {
  const folder = temporaryFolder();
  write(folder, { 'app.env': pair() });
  return folder;
};

const onTerminal = (args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = KITTY): string => {
  const command = [process.execPath, PROGRAM, ...args].map((word) => `'${word}'`).join(' ');
  const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
    encoding: 'utf8',
  });
  return stdout;
};

const LINK = '\u001B]8;;file://';
const COLOUR = /\u001B\[[0-9;]*m/;

describe.skipIf(!hasScript)('on a terminal', () => {
  it('places in files are links and coloured', () => {
    const shown = onTerminal(['app.env'], folderWithKey());
    expect(shown).toContain(`${LINK}/`);
    expect(shown).toContain('app.env\u001B\\app.env:1:22\u001B]8;;\u001B\\');
    expect(shown).toMatch(COLOUR);
  });

  it.each([
    ['NO_COLOR', [], { ...KITTY, NO_COLOR: '1' }],
    ['--no-color', ['--no-color'], KITTY],
    ['TERM=dumb', [], { ...KITTY, TERM: 'dumb', FORCE_HYPERLINK: '1' }],
  ] as const)('%s leaves neither', (_, args, env) => {
    const shown = onTerminal(['app.env', ...args], folderWithKey(), env);
    expect(shown).toContain('app.env:1:22');
    expect(shown).not.toContain('\u001B]8');
    expect(shown).not.toMatch(COLOUR);
  });

  it('CI gets no links, nor does a place that is in history alone', () => {
    expect(onTerminal(['app.env'], folderWithKey(), { ...KITTY, CI: 'true' })).not.toContain(LINK);
    const folder = repository();
    commit(folder, { 'app.env': pair() });
    git(folder, 'rm', '-q', 'app.env');
    git(folder, 'commit', '-qm', 'gone');
    const shown = onTerminal([], folder);
    expect(shown).toContain('only in history');
    expect(shown).not.toContain(LINK);
  });

  it('--no-progress draws no line, however long it takes', () => {
    const folder = repository();
    commit(folder, { 'a.txt': 'a\n' });
    expect(onTerminal(['--no-progress'], folder)).not.toMatch(/\u001B\[\?25l/);
  });
});

describe('in a pipe', () => {
  it('there are no links, whatever is forced', async () => {
    const folder = folderWithKey();
    const env = { ...KITTY, FORCE_COLOR: '1', FORCE_HYPERLINK: '1' };
    const { stdout } = await akscan(['app.env'], { cwd: folder, env });
    expect(stdout).toMatch(COLOUR);
    expect(stdout).not.toContain('\u001B]8');
  });

  it('FORCE_COLOR=0 is no colour', async () => {
    expect((await akscan(['app.env'], { cwd: folderWithKey(), env: { FORCE_COLOR: '0' } })).stdout).not.toMatch(COLOUR);
  });
});

describe('the end of a run', () => {
  it('says in one line what was read and left out: in the report for people, beside all others', async () => {
    const folder = folderWithKey();
    write(folder, { 'large.bin': 'x'.repeat(3000) });
    const asked = { cwd: folder };
    const line = /^1 AccessKey found: 1 high\. Read 1 file, \d+ bytes in \d+\.\d s; left out 1\./m;
    const text = await akscan(['--max-size', '2KB'], asked);
    expect(text.stdout).toMatch(line);
    expect(text.stderr).toBe('');
    for (const format of ['json', 'jsonl', 'sarif', 'csv']) {
      const { stdout, stderr } = await akscan(['--max-size', '2KB', '--format', format], asked);
      expect(stderr).toMatch(line);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(stdout).not.toMatch(line);
    }
    const filed = await akscan(['--max-size', '2KB', '--output', 'r.txt'], asked);
    expect(filed).toMatchObject({ stdout: '', stderr: expect.stringMatching(/ left out 1\. See r\.txt\.\n$/) });
  });

  it('counts what went wrong', async () => {
    const folder = folderWithKey();
    write(folder, { 'b.env': pair() });
    const { stderr: cut } = await akscan(['--max-findings', '1', '--format', 'jsonl'], { cwd: folder });
    expect(cut).toMatch(/; 1 problem\.\n$/);
  });

  it('is silent with --quiet', async () => {
    const { stdout, stderr } = await akscan(['--quiet', '--format', 'json'], { cwd: folderWithKey() });
    expect(JSON.parse(stdout)).toBeTruthy();
    expect(stderr).toBe('');
  });

  it.each(['text', 'json', 'sarif'])('says with --quiet what went wrong, beside %s', async (format) => {
    const folder = folderWithKey();
    write(folder, { 'b.env': pair(), 'c.env': pair() });
    const args = ['--quiet', '--max-findings', '1', '--format', format];
    const { code, stderr } = await akscan(args, { cwd: folder });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^akscan: Incomplete, 1 problem: More than 1 credentials: [^\n]+\n$/),
    });
    const chinese = await akscan(args, { cwd: folder, env: { LANG: 'zh_CN.UTF-8' } });
    expect(chinese.stderr).toMatch(/^akscan: 结果不完整，1 个问题： 凭证超过 1 个/);
  });

  it('says with --quiet that an object could not be read, and nothing twice', async () => {
    const folder = repository();
    commit(folder, { 'a.env': 'x\n' });
    const name = git(folder, 'rev-parse', 'HEAD:a.env').trim();
    const object = path.join(folder, '.git/objects', name.slice(0, 2), name.slice(2));
    rmSync(object);
    writeFileSync(object, 'no object');
    const { code, stdout, stderr } = await akscan(['--quiet'], { cwd: folder });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^akscan: Incomplete, \d+ problems?: [^\n]+\n$/);
    const brief = await akscan(['--quiet', '--format', 'brief'], { cwd: folder });
    expect(brief).toMatchObject({ code: 2, stdout: expect.stringContaining('not all could be judged'), stderr: '' });
  });

  it('of a baseline says it, too', async () => {
    const { stderr } = await akscan(['baseline'], { cwd: folderWithKey() });
    expect(stderr).toMatch(/^Wrote 1 finding to .*\. Read 1 file, \d+ bytes in \d+\.\d s\.\n$/);
  });
});
