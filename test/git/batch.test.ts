import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createBatch } from '../../src/git/batch.js';
import { commit, git, looseFile, overwriteLoose, repository, temporaryFolder } from '../support/repository.js';

const signal = new AbortController().signal;

const textOf = (answer: Awaited<ReturnType<ReturnType<typeof createBatch>['read']>>): string | null =>
  answer.kind === 'object' && answer.bytes !== null ? answer.bytes.toString() : null;

describe('objects by name', () => {
  it('come in the order of the questions, however many are asked at once', async () => {
    const folder = repository();
    const files = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`f${index}`, 'x'.repeat(index * 50)]));
    commit(folder, files);
    const batch = createBatch({ cwd: folder, top: folder }, signal);
    const answers = await Promise.all(Object.keys(files).map((name) => batch.read(`HEAD:${name}`, 1_000_000)));
    expect(answers.map(textOf)).toEqual(Object.values(files));
    await batch.close();
  });

  it('are told of without their bytes when they are too large, or streamed', async () => {
    const folder = repository();
    commit(folder, { large: 'y'.repeat(1_000_000), small: 'small' });
    const batch = createBatch({ cwd: folder, top: folder }, signal);
    let streamed = 0;
    const [over, there, stream, after] = await Promise.all([
      batch.read('HEAD:large', 10),
      batch.read('HEAD:small', 10),
      batch.stream('HEAD:large', (piece) => {
        streamed += piece.length;
      }),
      batch.read('HEAD:small', 10),
    ]);
    expect(over).toMatchObject({ kind: 'object', type: 'blob', size: 1_000_000, bytes: null });
    expect(stream).toMatchObject({ kind: 'object', size: 1_000_000, bytes: null });
    expect([textOf(there), streamed, textOf(after)]).toEqual(['small', 1_000_000, 'small']);
    await batch.close();
  });

  it('may be missing, or have names that cannot be asked for', async () => {
    const folder = repository();
    commit(folder, { a: 'a' });
    const batch = createBatch({ cwd: folder, top: folder }, signal);
    const names = ['HEAD:b', 'nothing', 'HEAD:a\nHEAD:a', '', 'HEAD:a b c', `${'1'.repeat(40)}`];
    const answers = await Promise.all(names.map((name) => batch.read(name, 10)));
    expect(answers.map(({ kind }) => kind)).toEqual(names.map(() => 'missing'));
    expect(textOf(await batch.read('HEAD:a', 10))).toBe('a');
    await batch.close();
  });

  it('may have names that end in carriage returns, of which git takes one off', async () => {
    const folder = repository();
    commit(folder, { a: 'none', 'a\r': 'one', 'a\r\r': 'two', 'd\r/f': 'in a folder' });
    const batch = createBatch({ cwd: folder, top: folder }, signal);
    const names = ['HEAD:a', 'HEAD:a\r', 'HEAD:gone\r', 'HEAD:a\r\r', 'HEAD:a\r\r\r', 'HEAD:d', 'HEAD:d\r/f'];
    const answers = await Promise.all(names.map((name) => batch.read(name, 100)));
    expect(answers.map(textOf)).toEqual(['none', 'one', null, 'two', null, null, 'in a folder']);
    expect(answers.map(({ kind }) => kind).filter((kind) => kind === 'damaged')).toEqual([]);
    expect(await batch.read('HEAD:d\r', 100)).toMatchObject({ kind: 'object', type: 'tree' });
    await batch.close();
  });

  it('that are damaged are named, and those after them come all the same', async () => {
    const folder = repository();
    commit(folder, { bad: randomBytes(200_000), good: 'good\n' });
    const oid = git(folder, 'rev-parse', 'HEAD:bad');
    overwriteLoose(folder, oid, readFileSync(looseFile(folder, oid)).subarray(0, 100_000));
    const batch = createBatch({ cwd: folder, top: folder }, signal);
    const answers = await Promise.all(
      ['HEAD:good', oid, 'HEAD:good', oid, 'HEAD:good'].map((name) => batch.read(name, 1_000_000)),
    );
    expect(answers.map(({ kind }) => kind)).toEqual(['object', 'damaged', 'object', 'damaged', 'object']);
    await batch.close();
  });

  const BYTES = 'line\n'.repeat(50);
  const LIES: readonly (readonly [string, number, Buffer | string])[] = [
    ['a line feed too many', BYTES.length - 1, BYTES],
    ['a line too many', 10, 'line\n'.repeat(3)],
    ['an object in what is too many', 5, `line\n\n${'1'.repeat(40)} blob 3\nabc\n`],
    [
      'endless bytes without a line too many',
      5,
      Buffer.concat([Buffer.from('line\n\n'), Buffer.alloc(3_000_000, 'x')]),
    ],
    ['another line where it should end', 8, 'line\nline\n'],
  ];
  it.each(LIES)('that hold %s mislead nobody who asks for others', async (_what, size, bytes) => {
    const folder = repository();
    const names = Array.from({ length: 6 }, (_, index) => `f${index}`);
    commit(folder, { bad: 'bad', ...Object.fromEntries(names.map((name) => [name, name])) });
    const bad = git(folder, 'rev-parse', 'HEAD:bad');
    overwriteLoose(folder, bad, deflateSync(Buffer.concat([Buffer.from(`blob ${size}\0`), Buffer.from(bytes)])));
    for (const give of ['bytes', 'headers'] as const) {
      const batch = createBatch({ cwd: folder, top: folder }, signal, give);
      const [f1, f3] = ['HEAD:f1', 'HEAD:f3'].map((name) => git(folder, 'rev-parse', name));
      const asked = ['HEAD:f0', bad, f1 ?? '', 'HEAD:gone', 'HEAD:f2', bad, f3 ?? ''];
      const answers = await Promise.all(asked.map((name) => batch.read(name, 10_000_000)));
      const others = answers.filter((_, index) => asked[index] !== bad);
      const expected = ['f0', 'f1', null, 'f2', 'f3'];
      expect(others.map(textOf)).toEqual(give === 'bytes' ? expected : expected.map(() => null));
      expect(others.map(({ kind }) => kind)).toEqual(expected.map((text) => (text === null ? 'missing' : 'object')));
      // Asked when the answers before were out of step.
      expect(await batch.read('HEAD:f4', 10)).toMatchObject({ kind: 'object', size: 2 });
      expect(await batch.read('HEAD:gone', 10)).toEqual({ kind: 'missing' });
      expect(await batch.read(bad, 1_000)).not.toEqual({ kind: 'missing' });
      expect(await batch.read('HEAD:f5', 10)).toMatchObject({ kind: 'object', size: 2 });
      await batch.close();
    }
  });

  it('start no git before they are asked for, and are refused once when git is not there', async () => {
    const folder = temporaryFolder();
    await createBatch({ cwd: folder, top: folder }, signal).close();
    rmSync(folder, { recursive: true });
    const batch = createBatch({ cwd: folder, top: folder }, signal);
    await expect(batch.read('HEAD', 10)).rejects.toThrow(/git was not found|ENOENT/);
  });
});

describe('git that does not come back from an object', () => {
  afterEach(() => void vi.useRealTimers());

  it('is ended, and whoever asked for more still gets it', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const folder = repository();
    commit(folder, { 'a.txt': 'a', 'b.txt': 'b' });
    const oid = git(folder, 'rev-parse', 'HEAD:a.txt').trim();
    const loose = looseFile(folder, oid);
    rmSync(loose);
    // Opening a pipe that nobody writes to takes for ever.
    execFileSync('mkfifo', [loose]);
    const batch = createBatch({ cwd: folder, top: folder }, signal);
    const answers = Promise.all([batch.read(oid, 100), batch.read('HEAD:b.txt', 100)]);
    await new Promise(setImmediate);
    vi.advanceTimersByTime(600_000);
    expect(await answers).toMatchObject([
      { kind: 'damaged', reason: 'git did not come back from it' },
      { kind: 'object', size: 1 },
    ]);
    await batch.close();
  });

  it('is left alone while it is asked nothing', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const folder = repository();
    commit(folder, { 'a.txt': 'a' });
    const batch = createBatch({ cwd: folder, top: folder }, signal);
    expect(textOf(await batch.read('HEAD:a.txt', 100))).toBe('a');
    vi.advanceTimersByTime(600_000);
    expect(textOf(await batch.read('HEAD:a.txt', 100))).toBe('a');
    await batch.close();
  });
});
