import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { takeLock } from '../../src/contain/lock.js';

const newFile = (): string => path.join(mkdtempSync(path.join(os.tmpdir(), 'akscan-lock-')), 'sub', '1.lock');

describe('takeLock', () => {
  it('keeps a second run out until the first lets go', () => {
    const file = newFile();
    const lock = takeLock(file, 'account 1');
    expect(() => takeLock(file, 'account 1')).toThrow(/Another run works on account 1 \(process \d+\)/);
    lock.release();
    expect(existsSync(file)).toBe(false);
    takeLock(file, 'account 1').release();
  });

  it('takes over from a process that is gone', () => {
    const file = newFile();
    takeLock(file, 'x').release();
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeFileSync(file, JSON.stringify({ pid, host: os.hostname(), began: '1' }));
    const lock = takeLock(file, 'x');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
    lock.release();
  });

  it.runIf(process.platform === 'linux')('tells a process from a later one of the same number', () => {
    const file = newFile();
    takeLock(file, 'x').release();
    writeFileSync(file, JSON.stringify({ pid: process.pid, host: os.hostname(), began: '1' }));
    takeLock(file, 'x').release();
  });

  it.runIf(process.platform === 'linux')('takes over from one that was killed and that nobody has buried', async () => {
    const file = newFile();
    takeLock(file, 'x').release();
    // A parent that never asks what became of its child.
    const parent = spawn('sh', ['-c', 'sleep 0.01 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    const state = (): string => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0] ?? '';
    while (state() !== 'Z') await new Promise((resolve) => setTimeout(resolve, 5));
    writeFileSync(file, JSON.stringify({ pid, host: os.hostname(), began: null }));
    takeLock(file, 'x').release();
    parent.kill('SIGKILL');
  });

  it('believes a holder on another machine to be there', () => {
    const file = newFile();
    takeLock(file, 'x').release();
    writeFileSync(file, JSON.stringify({ pid: 1, host: 'elsewhere', began: null }));
    expect(() => takeLock(file, 'x')).toThrow(/process 1 on elsewhere/);
  });

  it('waits for nobody who never said who he is, but for a moment', () => {
    const file = newFile();
    takeLock(file, 'x').release();
    writeFileSync(file, '');
    expect(() => takeLock(file, 'x')).toThrow(/Another run works on x/);
    utimesSync(file, new Date(0), new Date(0));
    takeLock(file, 'x').release();
  });

  it('does not remove a lock that is somebody else’s by now', () => {
    const file = newFile();
    const lock = takeLock(file, 'x');
    writeFileSync(`${file}.new`, '{}');
    spawnSync('mv', [`${file}.new`, file]);
    lock.release();
    expect(existsSync(file)).toBe(true);
  });

  it('lets one of many processes in, when all find the same dead holder', async () => {
    const file = newFile();
    takeLock(file, 'x').release();
    writeFileSync(file, JSON.stringify({ pid: 2 ** 22 + 1, host: os.hostname(), began: '1' }));
    const module = path.join(import.meta.dirname, '../../src/contain/lock.ts');
    const { build } = await import('esbuild');
    const bundle = `${file}.mjs`;
    await build({ entryPoints: [module], bundle: true, platform: 'node', format: 'esm', outfile: bundle });
    const program = `import { takeLock } from ${JSON.stringify(bundle)};
      try { takeLock(${JSON.stringify(file)}, 'x'); process.stdout.write('in'); } catch { process.stdout.write('out'); }
      setTimeout(() => {}, 3000);`;
    const children = Array.from({ length: 6 }, () =>
      spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] }),
    );
    const said = await Promise.all(children.map(async ({ stdout }) => String((await once(stdout, 'data'))[0])));
    for (const child of children) child.kill();
    expect(said.filter((word) => word === 'in')).toHaveLength(1);
  });
});
