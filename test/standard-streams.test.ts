// What is written to standard output and error, by a program of its own: the two belong to whoever runs the tests.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import esbuild from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { akscan } from './support/akscan.js';
import { commit, repository, sharedFolder, temporaryFolder, write } from './support/repository.js';

const module = path.join(sharedFolder(), 'streams.mjs');

beforeAll(async () => {
  const entry = path.resolve(import.meta.dirname, '../src/standard-streams.ts');
  await esbuild.build({ entryPoints: [entry], outfile: module, bundle: true, platform: 'node', format: 'esm' });
});

/** Arguments for Node: the code sees what the module exports, and `streams()`, which of the two Node has made. */
const program = (code: string): readonly string[] => [
  '--input-type=module',
  '--eval',
  `import { isTerminal, settle, watchStreams, withoutStreams, write, writeOut } from ${JSON.stringify(pathToFileURL(module).href)};
   import fs from 'node:fs';
   const made = new Set();
   for (const name of ['stdout', 'stderr']) {
     const { get } = Object.getOwnPropertyDescriptor(process, name);
     Object.defineProperty(process, name, { configurable: true, get: () => (made.add(name), get.call(process)) });
   }
   const streams = () => [...made].join();
   const failed = [];
   ${code}`,
];
/** Linux's way; Python sets what Node does not. */
const canMakePipesSmall = process.platform === 'linux' && spawnSync('python3', ['--version']).status === 0;

const WATCH = 'watchStreams((error) => failed.push(error.code));';
const run = (code: string) => spawnSync(process.execPath, program(code), { encoding: 'utf8' });

describe('standard output and error', () => {
  it('are written without a stream, in order, as long as it is little', () => {
    const { stdout, stderr } = run(`${WATCH}
      write('stdout', 'one\\n'); write('stderr', 'two \\u4e2d\\n'); await writeOut('three\\n');
      fs.writeSync(2, JSON.stringify([streams(), isTerminal('stdout'), isTerminal('stderr'), streams()]));`);
    expect(stdout).toBe('one\nthree\n');
    expect(stderr).toBe('two \u4e2d\n["",false,false,""]');
  });

  it('stay in order when a stream is made meanwhile, and when it is much', () => {
    const { stdout } = run(`${WATCH}
      write('stdout', 'a'); process.stdout.write('b'); write('stdout', 'c'); await writeOut('d'.repeat(200_000)); write('stdout', 'e');`);
    expect(stdout).toBe(`abc${'d'.repeat(200_000)}e`);
    const { stdout: large, stderr } = run(`${WATCH}
      await writeOut('x'.repeat(20_000)); await writeOut('y'.repeat(20_000)); write('stderr', streams());`);
    expect(large).toBe(`${'x'.repeat(20_000)}${'y'.repeat(20_000)}`);
    expect(stderr).toBe('stdout');
  });

  it.skipIf(process.platform !== 'linux').each([
    ['a file', '> "$OUT"', 3_000_000],
    ['a pipe that is read', '| cat > "$OUT"', 3_000],
    ['nobody', '> /dev/null', 3_000_000],
  ])('need no stream for much that goes to %s', (_, to, length) => {
    const out = path.join(temporaryFolder(), 'out');
    const code = `${WATCH} await writeOut('x'.repeat(${length})); write('stdout', 'end'); fs.writeSync(2, streams() + '.');`;
    const command = ['"$NODE"', '--input-type=module', '--eval', '"$CODE"', to].join(' ');
    const env = { ...process.env, OUT: out, NODE: process.execPath, CODE: program(code)[2] };
    const { stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8', env });
    expect(stderr).toBe('.');
    if (to !== '> /dev/null') expect(readFileSync(out, 'utf8')).toBe(`${'x'.repeat(length)}end`);
  });

  it('are not made for who only looks at them', () => {
    const { stdout, stderr } = run(`${WATCH}
      withoutStreams(() => write('stdout', String(process.stderr)));
      fs.writeSync(1, streams());
      process.stderr.write(streams());
      withoutStreams(() => process.stderr.write(' again'));`);
    expect([stdout, stderr]).toEqual(['undefined', 'stderr again']);
  });

  it.each([['staged'], ['range', 'HEAD~1..HEAD']])(
    'are not made by %s for the pipes of git that it closes',
    async (...args) => {
      const folder = repository();
      commit(folder, { 'a.txt': 'a' });
      commit(folder, { 'b.txt': 'b' });
      write(folder, {
        'note.cjs': `const made = [];
        for (const name of ['stdout', 'stderr']) {
          const { get } = Object.getOwnPropertyDescriptor(process, name);
          Object.defineProperty(process, name, { configurable: true, get: () => (made.push(name), get.call(process)) });
        }
        process.on('exit', () => require('node:fs').writeFileSync(__dirname + '/made', made.join()));`,
      });
      const env = { NODE_OPTIONS: `--require ${path.join(folder, 'note.cjs')}`, XDG_CACHE_HOME: temporaryFolder() };
      expect(await akscan(args, { cwd: folder, env })).toMatchObject({ code: 0, stderr: '' });
      expect(readFileSync(path.join(folder, 'made'), 'utf8')).toBe('');
    },
  );

  it('are streams where nobody watches, as in a library', () => {
    const { stdout, stderr } = run(`write('stdout', 'a'); fs.writeSync(2, streams());`);
    expect([stdout, stderr]).toEqual(['a', 'stdout']);
  });

  it('tell a reader that has left, and say no more to it', async () => {
    const child = spawn(
      process.execPath,
      program(`${WATCH}
        await new Promise((resolve) => process.stdin.once('data', resolve));
        write('stdout', 'lost'); const taken = await writeOut('lost, too'); write('stdout', 'and this');
        fs.writeSync(2, JSON.stringify([taken, failed])); process.exit();`),
    );
    const said: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    child.stdout.destroy();
    await pause(200);
    child.stdin.write('go');
    await once(child, 'close');
    expect(String(Buffer.concat(said))).toBe('[false,["EPIPE"]]');
  });

  it('are settled when all is out, or when nobody reads any more', async () => {
    const code = `${WATCH} await settle(); write('stdout', 'z'.repeat(500_000)); fs.writeSync(2, 'held ');
      await settle(); fs.writeSync(2, JSON.stringify([process.stdout.writableLength, failed])); process.exit();`;
    const settled = async (act: (out: Readable) => void): Promise<string> => {
      const child = spawn(process.execPath, program(code));
      const said: Buffer[] = [];
      child.stderr.on('data', (chunk: Buffer) => {
        if (said.length === 0) act(child.stdout);
        said.push(chunk);
      });
      await once(child, 'close');
      return String(Buffer.concat(said));
    };
    expect(await settled((out) => out.resume())).toBe('held [0,[]]');
    expect(await settled((out) => out.destroy())).toMatch(/^held \[\d+,\["EPIPE".*\]\]$/);
  });

  it.skipIf(!existsSync('/dev/full'))('tell a disk that is full', () => {
    const full = openSync('/dev/full', 'w');
    const code = `${WATCH} write('stdout', 'a'); await writeOut('b'); fs.writeSync(2, JSON.stringify([failed, streams()]));`;
    const { stderr } = spawnSync(process.execPath, program(code), {
      encoding: 'utf8',
      stdio: ['ignore', full, 'pipe'],
    });
    closeSync(full);
    expect(stderr).toBe('[["ENOSPC"],""]');
  });

  it.skipIf(!canMakePipesSmall)(
    'wait for a reader that is slow, when another program told the pipe not to wait',
    async () => {
      // Node makes the pipes of its children such that they wait; Python's end does not.
      const code = `import fcntl, os, subprocess, sys, time
read, written = os.pipe()
fcntl.fcntl(written, fcntl.F_SETFL, os.O_NONBLOCK)
fcntl.fcntl(written, 1031, 4096)
child = subprocess.Popen(sys.argv[1:], stdout=written)
os.close(written)
time.sleep(1)
total = 0
while True:
    piece = os.read(read, 65536)
    if not piece: break
    total += len(piece)
print(total, child.wait())`;
      const args = program(`${WATCH} write('stdout', 'z'.repeat(30_000)); await writeOut('z'.repeat(30_000));`);
      const { stdout } = spawnSync('python3', ['-c', code, process.execPath, ...args], { encoding: 'utf8' });
      expect(stdout).toBe('60000 0\n');
    },
  );

  it.skipIf(!canMakePipesSmall).each([
    ['a small pipe is full', '', 6_000],
    ['a pipe is full of what another program wrote', 'os.write(written, b"x" * 4096)', 50],
  ])('hear Ctrl-C while %s', (_, fill, length) => {
    const code = `import fcntl, os, signal, subprocess, sys, time
read, written = os.pipe()
fcntl.fcntl(written, 1031, 4096)
${fill}
child = subprocess.Popen(sys.argv[1:], stdout=written)
time.sleep(1)
child.send_signal(signal.SIGINT)
try: print(child.wait(5))
except subprocess.TimeoutExpired: child.kill(); print('deaf')`;
    const args = program(
      `${WATCH} process.on('SIGINT', () => process.exit(130)); await writeOut('z'.repeat(${length}));`,
    );
    const { stdout } = spawnSync('python3', ['-c', code, process.execPath, ...args], { encoding: 'utf8' });
    expect(stdout).toBe('130\n');
  });
});
