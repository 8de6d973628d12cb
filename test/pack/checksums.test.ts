import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashFormat } from '../../src/git/hash.js';
import { areWhole } from '../../src/pack/checksums.js';
import { commit, git, repository } from '../support/repository.js';

const HASHES = ['sha1', 'sha256'] as const;

const packed = (
  hash: (typeof HASHES)[number],
  text = 'text ',
): { readonly objects: string; readonly fileOf: (ending: string) => string } => {
  const folder = repository(undefined, `--object-format=${hash}`);
  for (let turn = 0; turn < 3; turn += 1) commit(folder, { 'a.txt': `${text.repeat(200)}${turn}` });
  git(folder, 'repack', '-adq');
  const objects = path.join(folder, '.git/objects');
  const fileOf = (ending: string): string =>
    path.join(objects, 'pack', readdirSync(path.join(objects, 'pack')).find((name) => name.endsWith(ending)) ?? '');
  return { objects, fileOf };
};

const check = (objects: string, hash: string, depth: 'listed' | 'checksums' = 'checksums') =>
  areWhole(objects, hashFormat(hash), depth, () => null);

describe('packs', () => {
  it.each(HASHES)('are whole as git writes them (%s)', async (hash) => {
    const { objects } = packed(hash);
    expect(await check(objects, hash)).toBe(true);
    expect(await check(objects, hash, 'listed')).toBe(true);
  });

  it.each(['.pack', '.idx'])('are not whole when a byte of their %s has changed', async (ending) => {
    const { objects, fileOf } = packed('sha1');
    const file = fileOf(ending);
    const whole = readFileSync(file);
    for (const at of [40, whole.length >> 1, whole.length - 30, whole.length - 1]) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      rmSync(file);
      writeFileSync(file, bytes);
      expect(await check(objects, 'sha1'), `${at}`).toBe(false);
    }
    rmSync(file);
    writeFileSync(file, whole.subarray(0, 10));
    expect(await check(objects, 'sha1')).toBe(false);
    rmSync(file);
    expect(await check(objects, 'sha1', 'listed')).toBe(false);
  });

  it('are not whole when an index is that of another pack, or a folder is missing', async () => {
    const { objects, fileOf } = packed('sha1');
    const other = packed('sha1', 'other ');
    rmSync(fileOf('.idx'));
    writeFileSync(fileOf('.pack').replace(/pack$/, 'idx'), readFileSync(other.fileOf('.idx')));
    expect(await check(objects, 'sha1')).toBe(false);
    mkdirSync(path.join(other.objects, 'info'), { recursive: true });
    writeFileSync(path.join(other.objects, 'info/alternates'), '/nonexistent/objects\n');
    expect(await check(other.objects, 'sha1', 'listed')).toBe(false);
    expect(await check('/nonexistent', 'sha1', 'listed')).toBe(false);
  });
});
