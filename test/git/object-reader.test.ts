import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createObjectReader } from '../../src/git/object-reader.js';
import { commit, git, repository } from '../support/repository.js';

const { signal } = new AbortController();

describe('an object reader', () => {
  it('answers many questions in the order they were put', async () => {
    const folder = repository();
    const files = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`f${index}`, 'x'.repeat(index * 997)]));
    commit(folder, files);
    const reader = createObjectReader({ cwd: folder, top: folder }, signal);
    const answers = await Promise.all(Object.keys(files).map((name) => reader.read(`HEAD:${name}`, 1 << 20)));
    expect(answers.map((answer) => answer?.bytes.toString())).toEqual(Object.values(files));
    reader.close();
  });

  it('gives null for what is missing, too large or unspeakable, and goes on', async () => {
    const folder = repository();
    commit(folder, { a: 'four' });
    const reader = createObjectReader({ cwd: folder, top: folder }, signal);
    expect(await reader.read('HEAD:b', 100)).toBeNull();
    expect(await reader.read('HEAD:a', 3)).toBeNull();
    expect(await reader.info('HEAD:a\nb')).toBeNull();
    expect(await reader.read('HEAD:a', 4)).toMatchObject({
      oid: git(folder, 'rev-parse', 'HEAD:a'),
      type: 'blob',
      size: 4,
    });
    reader.close();
  });

  it('survives an object that ends git', async () => {
    const folder = repository();
    commit(folder, { a: 'whole', b: 'broken' });
    const oid = git(folder, 'rev-parse', 'HEAD:b');
    const file = path.join(folder, '.git/objects', oid.slice(0, 2), oid.slice(2));
    chmodSync(file, 0o644);
    writeFileSync(file, 'rubbish');
    const reader = createObjectReader({ cwd: folder, top: folder }, signal);
    expect(await reader.read('HEAD:b', 100)).toBeNull();
    expect((await reader.read('HEAD:a', 100))?.bytes.toString()).toBe('whole');
    reader.close();
  });
});
