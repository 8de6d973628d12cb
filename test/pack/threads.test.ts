// A pack with so many objects that a second thread is started, read by the program as it ships.

import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { akscan, linesOf } from '../support/akscan.js';
import { temporaryFolder } from '../support/repository.js';
import { createDice } from './random/dice.js';
import { git } from './random/git.js';

/** More objects than one thread reads alone, more bytes than are read at once. */
const OBJECTS = 24_000;
const EVERY = 240;

describe('a large pack', () => {
  it('is shared out among threads, and everything in it found and counted once', async () => {
    const top = path.join(temporaryFolder(), 'large');
    await git(path.dirname(top), ['init', '-q', '--bare', top]);
    const dice = createDice(9);
    const noise = Buffer.from(Array.from({ length: 4_096 }, () => 32 + dice.below(90)));
    const ids: string[] = [];
    const parts: Buffer[] = [];
    let total = 0;
    for (let index = 0; index < OBJECTS; index++) {
      const { id, secret } = dice.pair();
      const from = dice.below(3_800);
      const key = index % EVERY === 7 ? `\naccessKeyId=${id}\naccessKeySecret=${secret}\n` : '';
      if (key !== '') ids.push(id);
      const bytes = Buffer.concat([Buffer.from(`${index}${key}\n`), noise.subarray(from, from + 280)]);
      total += bytes.length;
      parts.push(Buffer.from(`blob\ndata ${bytes.length}\n`), bytes, Buffer.from('\n'));
    }
    await git(top, ['-c', 'fastimport.unpackLimit=1', 'fast-import', '--quiet'], Buffer.concat(parts));
    for (const threads of ['1', '2', '3']) {
      const { code, stdout, stderr } = await akscan([
        'scan',
        '--quiet',
        '--no-worktree',
        '--threads',
        threads,
        '--format',
        'jsonl',
        top,
      ]);
      expect(stderr).toBe('');
      expect(code).toBe(1);
      const found = linesOf(stdout, 'finding').map(({ accessKeyId }) => accessKeyId);
      expect([...found].sort()).toEqual([...ids].sort());
      expect(linesOf(stdout, 'summary')).toMatchObject([{ counts: { objects: OBJECTS, bytes: total } }]);
    }
  });
});

/** So many that a pack is planned by a kernel that is gone before the plan is run. */
const VERY_MANY = 201_000;
const SELDOM = 20_000;

describe('a pack of very many objects', () => {
  it('is read whole, and what it holds told with where it came from', { timeout: 120_000 }, async () => {
    const top = path.join(temporaryFolder(), 'many');
    await git(path.dirname(top), ['init', '-q', '--bare', '-b', 'main', top]);
    const dice = createDice(10);
    const files = new Map<string, string>();
    const blobs = Array.from({ length: VERY_MANY }, (_, index) => {
      if (index % SELDOM !== 7) return `blob\nmark :${index + 1}\ndata 6\n${String(index).padStart(6, '0')}\n`;
      const { id, secret } = dice.pair();
      const text = `accessKeyId=${id}\naccessKeySecret=${secret}\n`;
      files.set(`folder-${index}/oss.properties`, id);
      return `blob\nmark :${index + 1}\ndata ${text.length}\n${text}\n`;
    });
    const commit = `commit refs/heads/main\ncommitter Wei <wei@example.com> 1700000000 +0000\ndata 4\nall\n`;
    const paths = [...files.keys()].map((file) => `M 100644 :${Number(/\d+/.exec(file)?.[0]) + 1} ${file}\n`);
    const input = Buffer.from(`${blobs.join('')}${commit}${paths.join('')}\n`);
    await git(top, ['-c', 'fastimport.unpackLimit=1', 'fast-import', '--quiet'], input);
    const args = ['scan', '--quiet', '--no-worktree', '--threads', '2', '--format', 'jsonl', top];
    const { code, stdout, stderr } = await akscan(args);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const found = linesOf(stdout, 'finding').map(({ accessKeyId, occurrences }) => [
      (occurrences as readonly { path: string }[])[0]?.path,
      accessKeyId,
    ]);
    expect(found.sort()).toEqual([...files].sort());
    // Trees: one a folder, and the root.
    const objects = VERY_MANY + files.size + 2;
    expect(linesOf(stdout, 'summary')).toMatchObject([{ counts: { objects } }]);
  });
});
