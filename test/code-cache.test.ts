import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { beforeEach, describe, expect, it } from 'vitest';
import { akscan, PROGRAM } from './support/akscan.js';
import { id24, secret30 } from './support/keys.js';
import { repository, temporaryFolder, write } from './support/repository.js';

let cache: string;
let folder: string;
const scan = (env: Readonly<Record<string, string>> = {}) =>
  akscan(['scan', folder, '--format', 'text'], { env: { XDG_CACHE_HOME: cache, ...env } });
/** As often as it is made anew for the next runs, whatever is kept. */
const settle = async () => {
  for (let run = 0; run < 2; run += 1) await scan();
  return scan();
};
const kept = (): string => path.join(cache, 'akscan', 'code');
const keptFile = (): string => {
  const [name = ''] = readdirSync(kept()).filter((name) => name.startsWith('program-'));
  return path.join(kept(), name);
};

beforeEach(() => {
  cache = temporaryFolder();
  folder = temporaryFolder();
  write(folder, { 'a.txt': 'nothing\n' });
});

/** As it is kept: its length, a sum over some of its bytes, the exit code of the run that made it, how often it was made, the code. */
const packed = (code: Buffer): Buffer => {
  const head = Buffer.alloc(10);
  head.writeUInt32LE(code.length);
  let sum = code.readInt32LE(code.length - 4);
  for (let at = 0; at + 4 <= code.length; at += 512) sum = (Math.imul(sum, 31) + code.readInt32LE(at)) | 0;
  head.writeInt32LE(sum, 4);
  // So often that it is not made anew for a day.
  head.writeUInt8(5, 9);
  return Buffer.concat([head, code]);
};

/** Puts code in the place of what is kept that tells when it runs, and that V8 takes for the program's. */
const plant = (): void => {
  const source = readFileSync(path.join(path.dirname(PROGRAM), 'program.cjs'), 'utf8');
  const wrapped = (code: string): string =>
    `(function (exports, require, module, __filename, __dirname, __akscan) { ${code}\n})`;
  const told = wrapped('process.stdout.write("PLANTED"); process.exit(7);');
  const script = new vm.Script(told.padEnd(wrapped(source).length, ' '));
  writeFileSync(keptFile(), packed(script.createCachedData()));
};

/** As after a crash of the system: the file is as long as it should be. */
const withoutEnd = (bytes: Buffer): Buffer => bytes.fill(0, bytes.length - 4);
const withoutPage = (bytes: Buffer): Buffer => bytes.fill(0, bytes.length >> 1, (bytes.length >> 1) + 4_096);

describe('what V8 made of the program', () => {
  it('is kept in the user’s cache folder, for this user alone, and soon not written again', async () => {
    expect((await settle()).code).toBe(0);
    expect(statSync(kept()).mode & 0o777).toBe(0o700);
    expect(statSync(keptFile()).mode & 0o777).toBe(0o600);
    const { mtimeMs, ino } = statSync(keptFile());
    expect((await scan()).code).toBe(0);
    expect(statSync(keptFile())).toMatchObject({ mtimeMs, ino });
  });

  it('is what runs the next time', async () => {
    await scan();
    plant();
    expect(await scan()).toMatchObject({ code: 7, stdout: 'PLANTED' });
  });

  it('can load what is not needed at every start', async () => {
    await scan();
    expect(await scan()).toMatchObject({ code: 0 });
    const { code, stdout } = await akscan(['scan', folder, '--format', 'sarif'], { env: { XDG_CACHE_HOME: cache } });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ version: '2.1.0' });
  });

  it.each([
    ['its file can be written by others', (): void => chmodSync(keptFile(), 0o620)],
    ['its folder can be written by others', (): void => chmodSync(kept(), 0o777)],
    ['it was cut short', (): void => truncateSync(keptFile(), statSync(keptFile()).size - 1)],
    ['its beginning is not right', (): void => writeFileSync(keptFile(), '12345', { flag: 'r+' })],
    ['its end is not right', (): void => writeFileSync(keptFile(), withoutEnd(readFileSync(keptFile())))],
  ])('is not believed when %s', async (_, spoil) => {
    await scan();
    plant();
    spoil();
    expect(await scan()).toMatchObject({ code: 0, stdout: expect.stringContaining('No AccessKeys found') });
  });

  it.each([
    ['it is empty', (): void => writeFileSync(keptFile(), '')],
    ['a page in its middle was lost', (): void => writeFileSync(keptFile(), withoutPage(readFileSync(keptFile())))],
  ])('is made anew when %s', async (_, spoil) => {
    await settle();
    const whole = readFileSync(keptFile());
    spoil();
    const spoilt = readFileSync(keptFile());
    expect(await scan()).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(keptFile()).equals(spoilt)).toBe(false);
    expect(statSync(keptFile()).size).toBeGreaterThan(whole.length / 2);
  });

  it('is made anew when V8 does not take it, as after other flags', async () => {
    await scan();
    const code = readFileSync(keptFile()).subarray(10);
    // Of V8's version, behind its magic number.
    code.writeUInt32LE(~code.readUInt32LE(4) >>> 0, 4);
    writeFileSync(keptFile(), packed(code));
    const spoilt = readFileSync(keptFile());
    expect((await scan()).code).toBe(0);
    expect(readFileSync(keptFile()).equals(spoilt)).toBe(false);
  });

  it('is made anew by the next two runs, then ever more seldom', async () => {
    const times = async (): Promise<number | undefined> => {
      await scan();
      return readFileSync(keptFile())[9];
    };
    const age = (seconds: number): void => {
      const then = Date.now() / 1_000 - seconds;
      utimesSync(keptFile(), then, then);
    };
    expect([await times(), await times(), await times(), await times()]).toEqual([0, 1, 2, 2]);
    age(70);
    expect([await times(), await times()]).toEqual([3, 3]);
    age(70);
    expect(await times()).toBe(3);
    for (const seconds of [700, 7_300, 90_000]) {
      age(seconds);
      await times();
    }
    const { mtimeMs } = statSync(keptFile());
    expect(Date.now() - mtimeMs).toBeLessThan(60_000);
    age(80_000);
    expect(await times()).toBe(5);
    expect(Date.now() - statSync(keptFile()).mtimeMs).toBeGreaterThan(60_000_000);
  });

  it('is made anew once by a run that finds keys', async () => {
    await settle();
    const clean = statSync(keptFile()).size;
    write(folder, { 'app.env': `ALIYUN_ACCESS_KEY_ID=${id24()}\nALIYUN_ACCESS_KEY_SECRET=${secret30()}\n` });
    expect((await scan()).code).toBe(1);
    expect(statSync(keptFile()).size).toBeGreaterThan(clean);
    const { mtimeMs } = statSync(keptFile());
    expect((await scan()).code).toBe(1);
    expect(statSync(keptFile()).mtimeMs).toBe(mtimeMs);
  });

  it('is another for every build of the program, also where the two are equally long', async () => {
    const installed = (name: string, change: (text: string) => string): string => {
      const root = path.join(folder, name);
      cpSync(path.dirname(PROGRAM), path.join(root, 'dist'), { recursive: true });
      const program = path.join(root, 'dist', 'scan.cjs');
      const text = change(readFileSync(program, 'utf8'));
      // As scripts/build.mjs names it.
      const id = createHash('sha256').update(text).digest('hex').slice(0, 16);
      writeFileSync(program, text.replace(/^\/\*[0-9a-f]{16}\*\//, `/*${id}*/`));
      return path.join(root, 'dist', 'akscan.cjs');
    };
    const run = (program: string): string =>
      spawnSync(process.execPath, [program, path.join(folder, 'a.txt')], {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], XDG_CACHE_HOME: cache },
      }).stdout;
    const one = installed('one', (text) => text);
    const other = installed('other', (text) => text.replaceAll('No AccessKeys found', 'NO ACCESSKEYS FOUND'));
    for (let round = 0; round < 2; round += 1) {
      expect(run(one)).toMatch(/^No AccessKeys found/);
      expect(run(other)).toMatch(/^NO ACCESSKEYS FOUND/);
    }
    expect(readdirSync(kept())).toHaveLength(2);
  });

  it('is kept once when many threads that run the same program end together', async () => {
    const repo = repository();
    const blobs = Array.from({ length: 60_001 }, (_, i) => `blob\ndata ${`${i}`.length}\n${i}\n`);
    execFileSync('git', ['fast-import', '--quiet'], { cwd: repo, input: blobs.join('') });
    for (let run = 0; run < 4; run += 1) {
      rmSync(kept(), { recursive: true, force: true });
      const args = ['scan', '--no-worktree', '--threads', '8', repo];
      expect(await akscan(args, { env: { XDG_CACHE_HOME: cache } })).toMatchObject({ code: 0 });
      const ofThread = readdirSync(kept()).filter((name) => name.startsWith('pack-thread-'));
      expect(ofThread).toEqual([expect.stringMatching(/^[\w.]+(?:-[\w.]+){4,5}$/)]);
    }
  });

  it('takes no more room with every version: what was made last stays', async () => {
    mkdirSync(kept(), { recursive: true, mode: 0o700 });
    for (let age = 1; age <= 44; age++) {
      const old = path.join(kept(), `program-v20.0.${age}-x64-1-1`);
      writeFileSync(old, '');
      utimesSync(old, Date.now() / 1_000 - age, Date.now() / 1_000 - age);
    }
    await scan();
    expect(readdirSync(kept())).toHaveLength(36);
    expect(existsSync(path.join(kept(), 'program-v20.0.35-x64-1-1'))).toBe(true);
    expect(existsSync(path.join(kept(), 'program-v20.0.36-x64-1-1'))).toBe(false);
    // Two versions that are used by turns would else make each other's anew, at every start.
    const dist = path.dirname(PROGRAM);
    const programs = readdirSync(dist).filter((name) => /^\/\*[0-9a-f]{16}\*\//.test(textIn(dist, name)));
    expect(programs.length).toBeGreaterThan(0);
    expect(programs.length * 3).toBeLessThanOrEqual(36);
  });

  const textIn = (dist: string, name: string): string =>
    name.endsWith('.cjs') ? readFileSync(path.join(dist, name), 'utf8') : '';

  it('is not kept where nobody wants it, or nothing can be kept', async () => {
    expect((await scan({ NODE_DISABLE_COMPILE_CACHE: '1' })).code).toBe(0);
    expect(existsSync(kept())).toBe(false);
    writeFileSync(path.join(cache, 'akscan'), 'a file, where the folder should be');
    expect(await scan()).toMatchObject({ code: 0, stderr: '' });
  });
});
