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
