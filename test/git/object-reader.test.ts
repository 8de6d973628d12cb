import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createObjectReader } from '../../src/git/object-reader.js';
import { commit, git, overwriteLoose, repository } from '../support/repository.js';

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

  it('tells an object from what another holds too much', async () => {
    const folder = repository();
    commit(folder, { a: 'whole', b: 'longer', c: 'whole too' });
    overwriteLoose(folder, git(folder, 'rev-parse', 'HEAD:b'), deflateSync('blob 7\0longer\n\n\n'));
    const reader = createObjectReader({ cwd: folder, top: folder }, signal);
    const answers = await Promise.all(['a', 'b', 'c', 'b', 'a'].map((name) => reader.read(`HEAD:${name}`, 100)));
    const texts = answers.map((answer) => answer?.bytes.toString());
    expect([texts[0], texts[2], texts[4]]).toEqual(['whole', 'whole too', 'whole']);
    reader.close();
  });

  it('survives an object that ends git', async () => {
    const folder = repository();
    commit(folder, { a: 'whole', b: 'broken' });
    const oid = git(folder, 'rev-parse', 'HEAD:b');
    overwriteLoose(folder, oid, 'rubbish');
    const reader = createObjectReader({ cwd: folder, top: folder }, signal);
    expect(await reader.read('HEAD:b', 100)).toBeNull();
    expect((await reader.read('HEAD:a', 100))?.bytes.toString()).toBe('whole');
    reader.close();
  });
});
