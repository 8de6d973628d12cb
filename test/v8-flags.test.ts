// V8's flags, seen from the built program: what is set, and that nothing is set while threads start.

import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createPackKernel, NOBODY } from '../src/pack/kernel.js';
import { collector } from '../src/v8-flags.js';
import { akscan } from './support/akscan.js';
import { repository, temporaryFolder, write } from './support/repository.js';

/**
 * Notes each flag that is set, and what V8 makes of all flags together (it stamps code with that): when a thread is about to
 * load its program, and when it has loaded a part.
 */
const NOTE = `
  const v8 = require('node:v8');
  const vm = require('node:vm');
  const { isMainThread } = require('node:worker_threads');
  const who = isMainThread ? 'first' : 'second';
  const { Script } = vm;
  const stamp = () => new Script('0').createCachedData().readUInt32LE(12);
  const note = (...words) => require('node:fs').appendFileSync(__dirname + '/notes', words.join(' ') + '\\n');
  note(who, 'starts', stamp());
  vm.Script = class extends Script {
    constructor(source, options) {
      super(source, options);
      note(who, 'loads', stamp());
    }
  };
  const { setFlagsFromString } = v8;
  v8.setFlagsFromString = (flag) => {
    setFlagsFromString(flag);
    note(flag);
  };
`;

const notesOf = async (...args: readonly string[]): Promise<readonly string[]> => {
  const cache = temporaryFolder();
  write(cache, { 'note.cjs': NOTE });
  const env = { XDG_CACHE_HOME: cache, NODE_OPTIONS: `--require ${path.join(cache, 'note.cjs')}` };
  expect(await akscan(args, { env })).toMatchObject({ code: 0 });
  return readFileSync(path.join(cache, 'notes'), 'utf8').trimEnd().split('\n');
};

/** Of so many objects, in one pack. */
const history = (length: number): string => {
  const repo = repository();
  const blobs = Array.from({ length }, (_, i) => `blob\ndata ${`${i}`.length}\n${i}\n`);
  execFileSync('git', ['fast-import', '--quiet'], { cwd: repo, input: blobs.join('') });
  return repo;
};

/** Bytes that take no room on the disk. */
const largeTree = (): string => {
  const folder = temporaryFolder();
  for (let i = 0; i < 60; i += 1) {
    const fd = openSync(path.join(folder, `${i}.txt`), 'w');
    ftruncateSync(fd, 3_900_000);
    closeSync(fd);
  }
  return folder;
};

describe('collecting', () => {
  it('gives back what nothing refers to any more, and leaves the flags as they were', async () => {
    const stamp = (): number => new Script('0').createCachedData().readUInt32LE(12);
    const usual = stamp();
    const kernel = new WeakRef(createPackKernel([], NOBODY).memory);
    // What was made in this turn is held to its end.
    await new Promise(setImmediate);
    collector()();
    expect(kernel.deref()).toBeUndefined();
    expect(stamp()).toBe(usual);
  });
});

describe.each([
  ['a history with enough for a second thread', () => ['scan', '--no-worktree', '--threads', '2', history(20_001)]],
  ['a history whose plan is thrown away at once', () => ['scan', '--no-worktree', '--threads', '2', history(200_001)]],
  ['a tree', () => ['scan', '--threads', '2', largeTree()]],
])('a long scan of %s', (_what, argsOf) => {
  it('starts its threads under the flags that Node has set', async () => {
    const notes = await notesOf(...argsOf());
    const [, , usual] = notes[0]?.split(' ') ?? [];
    expect(notes).toContain(`second starts ${usual}`);
    expect(notes.filter((note) => /^\w+ (?:starts|loads) /.test(note) && !note.endsWith(` ${usual}`))).toEqual([]);
  });

  it('has V8 forget no function meanwhile, since what is kept of the program would lack it', async () => {
    const notes = await notesOf(...argsOf());
    expect(notes).toContain('--no-flush-bytecode');
    expect(notes).not.toContain('--flush-bytecode');
  });
});
