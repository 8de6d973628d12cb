// What a start costs is not told by a clock here, but by what is loaded.

import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { akscan, PROGRAM } from './support/akscan.js';
import { id24, secret30 } from './support/keys.js';
import { commit, git, repository, temporaryFolder, write } from './support/repository.js';

/** The files of ours that a call loads: Node lists them when it measures coverage. */
const loadedBy = async (args: readonly string[], cwd: string): Promise<readonly string[]> => {
  const folder = mkdtempSync(path.join(temporaryFolder(), 'coverage-'));
  await akscan(args, { cwd, env: { NODE_V8_COVERAGE: folder } });
  const urls = readdirSync(folder).flatMap((name) => {
    const { result } = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as { result: { url: string }[] };
    return result.map(({ url }) => url).filter((url) => url.startsWith('file:'));
  });
  return [...new Set(urls.map((url) => fileURLToPath(url)))].sort();
};

const namesOf = (files: readonly string[]): readonly string[] => files.map((file) => path.basename(file));

/** Node's own modules that a call has loaded when it ends, beside those that Node loads for any program. */
const builtInsOf = async (args: readonly string[], cwd: string): Promise<readonly string[]> => {
  const folder = temporaryFolder();
  write(folder, {
    'list.cjs': `process.on('exit', () => require('node:fs').writeFileSync(__dirname + '/list', process.moduleLoadList.join('\\n')));`,
  });
  const env = { NODE_OPTIONS: `--require ${path.join(folder, 'list.cjs')}` };
  const listed = (): readonly string[] => readFileSync(path.join(folder, 'list'), 'utf8').split('\n');
  write(folder, { 'nothing.cjs': '' });
  spawnSync(process.execPath, [path.join(folder, 'nothing.cjs')], { env });
  const atLeast = new Set(listed());
  await akscan(args, { cwd, env });
  const list = listed().filter((entry) => !atLeast.has(entry));
  return list.flatMap((entry) => (entry.startsWith('NativeModule ') ? [entry.slice('NativeModule '.length)] : []));
};

const folderWithKey = (): string => {
  const folder = temporaryFolder();
  write(folder, { 'app.env': `ALIYUN_ACCESS_KEY_ID=${id24()}\nALIYUN_ACCESS_KEY_SECRET=${secret30()}\n` });
  return folder;
};

it('loads one file to say its version, one more to scan a file, two to ask and read what is staged, one when it holds an anchor', async () => {
  const folder = folderWithKey();
  expect(namesOf(await loadedBy(['--version'], folder))).toEqual(['akscan.cjs']);
  expect(namesOf(await loadedBy(['app.env', '--format', 'jsonl'], folder))).toEqual([
    'akscan.cjs',
    'judging.cjs',
    'program.cjs',
  ]);
  expect(namesOf(await loadedBy(['app.env'], folder))).toEqual(['akscan.cjs', 'judging.cjs', 'scan.cjs']);
  write(folder, { 'clean.txt': 'nothing\n' });
  expect(namesOf(await loadedBy(['clean.txt'], folder))).toEqual(['akscan.cjs', 'scan.cjs']);
  const staged = repository();
  commit(staged, { 'a.txt': 'a\n' });
  write(staged, { 'b.txt': 'b\n' });
  git(staged, 'add', '--all');
  expect(namesOf(await loadedBy(['staged'], staged))).toEqual(['akscan.cjs', 'staged-judge.cjs', 'staged.cjs']);
});

it('starts no programs and opens no connections to scan a file', async () => {
  const folder = folderWithKey();
  const [, , program = ''] = await loadedBy(['app.env'], folder);
  // Parsers, the cloud or git's porcelain inside it would show: each is larger than all the rest together.
  expect(statSync(program).size).toBeLessThan(200_000);
  const builtIns = await builtInsOf(['app.env'], folder);
  expect(builtIns).toContain('vm');
  for (const name of ['child_process', 'worker_threads', 'http', 'https', 'tls', 'dns'])
    expect(builtIns).not.toContain(name);
});

it('loads neither the cloud nor parsers to scan a repository', async () => {
  const folder = repository();
  commit(folder, { 'app.env': `ALIYUN_ACCESS_KEY_ID=${id24()}\nALIYUN_ACCESS_KEY_SECRET=${secret30()}\n` });
  const names = namesOf(await loadedBy([], folder));
  expect(names).toContain('history.cjs');
  expect(
    names.filter((name) => /^(?:verdicts|sdk|alicloud|ora|parse|read|reread|fast-glob|demo)\b/.test(name)),
  ).toEqual([]);
});

it('loads of Node no more than it uses: no second loader of modules, no clock with a dozen modules behind it', async () => {
  const staged = repository();
  commit(staged, { 'a.txt': 'a\n' });
  write(staged, { 'b.txt': 'b\n' });
  git(staged, 'add', '--all');
  for (const [args, folder] of [
    [['staged'], staged],
    [['app.env'], folderWithKey()],
  ] as const) {
    const builtIns = await builtInsOf(args, folder);
    for (const name of ['internal/modules/esm/translators', 'internal/fs/promises', 'perf_hooks'])
      expect(builtIns).not.toContain(name);
  }
  const clean = temporaryFolder();
  write(clean, { 'a.txt': 'nothing\n' });
  const builtIns = await builtInsOf(['a.txt'], clean);
  for (const name of ['stream', 'net', 'tty', 'zlib', 'v8', 'wasi', 'crypto']) expect(builtIns).not.toContain(name);
});

it.skipIf(process.platform !== 'linux' || !process.version.startsWith('v20.'))(
  'asks git what is staged, and inflates it, without the parts of Node that do so elsewhere',
  async () => {
    const staged = repository();
    commit(staged, { 'a.txt': 'a\n' });
    for (const how of ['loose', 'packed']) {
      if (how === 'packed') git(staged, 'gc', '--quiet');
      write(staged, { 'b.txt': `${how}\n` });
      git(staged, 'add', '--all');
      const builtIns = await builtInsOf(['staged'], staged);
      for (const name of ['stream', 'net', 'child_process', 'zlib', 'os'])
        expect([how, ...builtIns]).not.toContain(name);
    }
  },
);

it.skipIf(!existsSync('/dev/full'))('says in one line that the output cannot be written, whatever the command', () => {
  const folder = folderWithKey();
  const full = openSync('/dev/full', 'w');
  try {
    for (const args of [['--version'], ['--help'], ['app.env'], ['app.env', '--format', 'jsonl'], ['demo']]) {
      const { status, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
        cwd: folder,
        stdio: ['ignore', full, 'pipe'],
        encoding: 'utf8',
      });
      expect([args, stderr, status]).toEqual([
        args,
        expect.stringMatching(/^akscan: Cannot write the output: .*no space left.*\n$/),
        2,
      ]);
    }
  } finally {
    closeSync(full);
  }
});

it.skipIf(process.platform === 'win32')('never says that keys were found when too few files can be opened', () => {
  const folder = repository();
  commit(folder, { 'a.txt': 'nothing\n' });
  const id = id24();
  write(folder, { 'b.env': `accessKeyId=${id}\naccessKeySecret=${secret30()}\n` });
  git(folder, 'add', '.');
  git(folder, 'commit', '--quiet', '--message', 'b');
  write(folder, { 'c.env': `accessKeyId=${id}\naccessKeySecret=${secret30()}\n` });
  git(folder, 'add', '.');
  const reasons: string[] = [];
  for (const command of ['staged', 'range HEAD~1..HEAD', 'scan .']) {
    for (const limit of [64, 40, 32, 28, 26, 24]) {
      const line = `ulimit -n ${limit} && exec "${process.execPath}" "${PROGRAM}" ${command} --format jsonl`;
      const { status, stdout, stderr } = spawnSync('sh', ['-c', line], { cwd: folder, encoding: 'utf8' });
      expect([1, 2]).toContain(status);
      expect(stdout.includes(id) || status === 2).toBe(true);
      expect(stderr).not.toMatch(/^\s+at |defect|Node\.js v/m);
      if (status === 2) reasons.push(stderr);
      expect([undefined, 1]).toContain(stderr.match(/^akscan: /gm)?.length);
    }
  }
  expect(reasons.join('')).toContain('too many files are open');
});

it.each([
  ['%'],
  ['scan', '%'],
  ['report', '%'],
  ['restore', '%'],
  ['audit', '%'],
  ['verify', id24(), '--endpoint', '%'],
])('does not say a secret once more that was typed in the wrong place: akscan %s %s', async (...words) => {
  const secret = secret30();
  for (const typed of [`${id24()}:${secret}`, `${id24()}/${secret}`, secret]) {
    const { code, stdout, stderr } = await akscan(words.map((word) => word.replace('%', typed)));
    expect(code).toBe(2);
    expect(stderr).not.toBe('');
    expect(stdout + stderr).not.toContain(secret);
  }
});
