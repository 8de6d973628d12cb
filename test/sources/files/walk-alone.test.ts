import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { walkAlone } from '../../../src/sources/files/walk-alone.js';
import { id24, secret30 } from '../../support/keys.js';
import { commit, repository, temporaryFolder, write } from '../../support/repository.js';
import { places, read } from '../recording.js';

const pair = (): string => `accessKeyId=${id24()}\naccessKeySecret=${secret30()}\n`;

it('one thread reads, skips and says what several do', async () => {
  const folder = temporaryFolder();
  write(folder, { '.env': pair(), 'a/b/c.txt': pair(), '.hidden/d': pair(), 'e/f.txt': 'nothing' });
  const inner = repository(path.join(folder, 'inner'));
  commit(inner, { '.gitignore': 'ignored.txt', 'deep/kept.txt': pair() });
  write(inner, { 'ignored.txt': pair() });
  const odd = Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.of(0xe9)]);
  mkdirSync(odd);
  writeFileSync(Buffer.concat([odd, Buffer.from('/key.txt')]), pair());
  symlinkSync(folder, path.join(folder, 'a', 'round'));
  execFileSync('mkfifo', [path.join(folder, 'a', 'pipe')]);
  const [alone, together] = [await read([folder], { threads: 1 }), await read([folder], { threads: 2 })];
  expect(places(alone)).toHaveLength(5);
  expect(places(alone)).toEqual(places(together));
  expect(alone.counts).toEqual(together.counts);
  expect(alone.skipped).toEqual(together.skipped);
  expect(alone.notes).toEqual(together.notes);
});

it('enters every folder once, and ends with the error of whoever reads', async () => {
  const folder = temporaryFolder();
  write(folder, { 'a/b/x': 'x', 'c/x': 'x' });
  const entered: string[] = [];
  const below: Readonly<Record<string, readonly string[]>> = { '': ['a', 'c'], a: ['b'] };
  await walkAlone(folder, async (at) => {
    entered.push(at);
    return below[at] ?? [];
  });
  expect(entered.sort()).toEqual(['', 'a', 'a/b', 'c']);
  await expect(walkAlone(folder, () => Promise.reject(new Error('no more')))).rejects.toThrow('no more');
});

it('ends with that error also when very many folders are still to be entered', async () => {
  const folder = temporaryFolder();
  const names = Array.from({ length: 30_000 }, (_, index) => `${index}`);
  let turn = 0;
  const walked = walkAlone(folder, async () => {
    turn += 1;
    if (turn === 3) throw new Error('no more');
    return turn === 1 ? names : [];
  });
  await expect(walked).rejects.toThrow('no more');
  expect(turn).toBe(3);
});
