import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PlainCall, runPlainly } from '../../src/git/plain-process.js';
import { PROGRAM } from '../support/akscan.js';
import { id24, secret30 } from '../support/keys.js';
import { commit, git, repository, temporaryFolder, write } from '../support/repository.js';

const skipped = it.skipIf(process.platform !== 'linux' || !process.version.startsWith('v20.'));

let folder: string;
const { TMPDIR } = process.env;
beforeEach(() => {
  folder = temporaryFolder();
  process.env['TMPDIR'] = folder;
});
afterEach(() => {
  if (TMPDIR === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = TMPDIR;
});

const shell = (script: string, over: Partial<PlainCall> = {}): PlainCall => ({
  program: 'sh',
  args: ['-c', script],
  cwd: folder,
  env: { PATH: process.env['PATH'] ?? '' },
  ...over,
});

/** What it gives, in one text; null where there is no such way. */
const run = async (call: PlainCall, signal = new AbortController().signal) => {
  const pieces: Buffer[] = [];
  const running = runPlainly(call, signal, (piece) => pieces.push(piece));
  return running === null ? null : { isWell: await running, text: Buffer.concat(pieces).toString(), pieces };
};

describe('a program that is run plainly', () => {
  skipped('gives all that it writes, and nothing stays behind', async () => {
    const long = await run(shell('i=0; while [ $i -lt 40000 ]; do echo "line $i of what is long"; i=$((i+1)); done'));
    expect(long).toMatchObject({ isWell: true });
    expect(long?.text).toBe(Array.from({ length: 40_000 }, (_, i) => `line ${i} of what is long\n`).join(''));
    expect(long?.pieces.length).toBeGreaterThan(1);
    expect(await run(shell(':'))).toMatchObject({ isWell: true, text: '' });
    expect(readdirSync(folder)).toEqual([]);
  });

  skipped('has the folder and the environment it is given, no input and nobody to talk to', async () => {
    const said = await run(shell('pwd; env; cat; echo no >&2', { env: { PATH: process.env['PATH'] ?? '', A: 'b=c' } }));
    expect(said?.text).toContain(`${folder}\n`);
    expect(said?.text).toContain('A=b=c\n');
    expect(said?.text).not.toContain('HOME=');
    expect(said?.text).not.toContain('no\n');
  });

  skipped.each([
    ['gives up', 'echo some; exit 3'],
    ['is killed', 'echo some; kill -9 $$'],
  ])('says that it did not end well when it %s, and hands nothing on', async (_, script) => {
    expect(await run(shell(script))).toMatchObject({ isWell: false, text: '' });
  });

  skipped('is no way for a program or a folder that is not there, and without a place for its output', async () => {
    expect(await run(shell('', { program: 'no-such-program' }))).toBe(null);
    expect(await run(shell('', { cwd: path.join(folder, 'none') }))).toBe(null);
    process.env['TMPDIR'] = path.join(folder, 'none');
    expect(await run(shell('echo x'))).toBe(null);
  });

  skipped('is no way for a script, which may leave somebody behind who still writes', async () => {
    const bin = mkdtempSync(path.join(folder, 'bin-'));
    writeFileSync(path.join(bin, 'late'), '#!/bin/bash\nexec > >(sleep 0.2; cat)\necho late\n', { mode: 0o755 });
    expect(await run(shell('', { program: 'late', env: { PATH: `${bin}:${process.env['PATH']}` } }))).toBe(null);
    // Whoever may not be run is passed over, as by the system.
    writeFileSync(path.join(bin, 'sh'), '#!/bin/bash\n', { mode: 0o644 });
    const call = shell('echo x', { env: { PATH: `/nonexistent:${bin}:${process.env['PATH']}` } });
    if (process.geteuid?.() !== 0) expect(await run(call)).toMatchObject({ isWell: true, text: 'x\n' });
    chmodSync(path.join(bin, 'sh'), 0o755);
    expect(await run(call)).toBe(null);
    expect(await run(shell('echo x', { env: {} }))).toBe(null);
  });

  skipped('keeps no file open, however it ends', async () => {
    const open = (): number => readdirSync('/proc/self/fd').length;
    await run(shell(':'));
    const before = open();
    for (const call of [shell(':'), shell('exit 3'), shell('', { program: 'none' }), shell('', { cwd: '/none' })])
      await run(call);
    expect(open()).toBe(before);
  });

  skipped('ends with whoever asked for it', async () => {
    const controller = new AbortController();
    const running = run(shell('exec sleep 60'), controller.signal);
    setTimeout(() => controller.abort(new Error('enough')), 50);
    await expect(running).rejects.toThrow('enough');
  });

  it.skipIf(process.version.startsWith('v20.'))('is no way with a Node that may change', async () => {
    expect(await run(shell('echo x'))).toBe(null);
  });

  it('is no way where Node was asked to warn of what is deprecated', async () => {
    process.env['NODE_PENDING_DEPRECATION'] = '1';
    try {
      expect(await run(shell('echo x'))).toBe(null);
    } finally {
      delete process.env['NODE_PENDING_DEPRECATION'];
    }
  });
});

describe('akscan staged', () => {
  const staged = (): string => {
    const top = repository();
    commit(top, { 'a.txt': 'a\n' });
    write(top, { 'b.txt': 'b\n' });
    git(top, 'add', '.');
    return top;
  };
  const akscan = (cwd: string, env: Record<string, string>, ...options: readonly string[]) =>
    spawnSync(process.execPath, [...options, PROGRAM, 'staged'], {
      cwd,
      env: { ...process.env, ...env },
      encoding: 'utf8',
    });

  it.each<[string, Record<string, string>, readonly string[]]>([
    ['in the usual case', {}, []],
    ['where Node warns of what is deprecated', {}, ['--pending-deprecation']],
    ['where Node throws then', { NODE_OPTIONS: '--pending-deprecation --throw-deprecation' }, []],
    ['where nothing can be written', { TMPDIR: '/nonexistent' }, []],
  ])('says the same %s', (_, env, options) => {
    const { status, stdout, stderr } = akscan(staged(), env, ...options);
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^No AccessKeys found\. Read 1 file, 2 bytes in /),
      stderr: '',
    });
  });

  it('misses nothing where git is a script that ends before its output does', () => {
    const top = staged();
    write(top, { 'key.env': `ALIYUN_ACCESS_KEY_ID=${id24()}\nALIYUN_ACCESS_KEY_SECRET=${secret30()}\n` });
    git(top, 'add', '.');
    const bin = mkdtempSync(path.join(folder, 'bin-'));
    const real = `PATH='${process.env['PATH']}' git "$@"`;
    for (const script of [`#!/bin/bash\nexec > >(sleep 0.2; cat)\n${real}\n`, `#!/bin/sh\n${real} &\n`]) {
      writeFileSync(path.join(bin, 'git'), script, { mode: 0o755 });
      expect(akscan(top, { PATH: `${bin}:${process.env['PATH']}` }).status).toBe(1);
    }
  });

  skipped('is not hindered by a limit on addresses', () => {
    const top = staged();
    const line = `ulimit -v 16000000; exec "${process.execPath}" "${PROGRAM}" staged`;
    const { status, stderr } = spawnSync('sh', ['-c', line], { cwd: top, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('says why git fails, in its words', () => {
    const top = staged();
    const bin = mkdtempSync(path.join(folder, 'bin-'));
    writeFileSync(path.join(bin, 'git'), '#!/bin/sh\necho "fatal: out of order" >&2\nexit 7\n');
    chmodSync(path.join(bin, 'git'), 0o755);
    const { status, stderr } = akscan(top, { PATH: `${bin}:${process.env['PATH']}` });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(/^akscan: git cannot read the repository .*: out of order\n$/),
    });
  });
});
