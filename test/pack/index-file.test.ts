import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashFormat } from '../../src/git/hash.js';
import { BrokenIndex, namesOf, offsetsOf, openIndex, positionOf } from '../../src/pack/index-file.js';
import { nameAt, namesAt, namesByOffset } from '../../src/pack/names.js';
import { commit, git, repository, sharedFolder, temporaryFolder } from '../support/repository.js';

const sha1 = hashFormat('sha1');

/** A pack of a few dozen objects; what git says of it is the truth. */
const packed = (format: string): { readonly pack: string; readonly index: string } => {
  const top = repository(sharedFolder(), `--object-format=${format}`);
  for (let turn = 0; turn < 12; turn++) commit(top, { [`f${turn % 5}.txt`]: `${'line\n'.repeat(50)}${turn}\n` });
  git(top, 'repack', '-adq');
  const folder = path.join(top, '.git', 'objects', 'pack');
  const name = readdirSync(folder).find((each) => each.endsWith('.pack')) ?? '';
  return { pack: path.join(folder, name), index: path.join(folder, name.replace(/pack$/, 'idx')) };
};

const packs = { sha1: packed('sha1'), sha256: packed('sha256') } as const;

const shown = (index: string, format = 'sha1'): readonly { readonly offset: number; readonly oid: string }[] =>
  execFileSync('git', ['show-index', `--object-format=${format}`], { input: readFileSync(index), encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => ({ offset: Number(line.split(' ')[0]), oid: line.split(' ')[1] ?? '' }));

describe.each([
  { format: 'sha1', version: '2' },
  { format: 'sha256', version: '2' },
  { format: 'sha1', version: '1' },
  // Offsets above 1 byte go to the table for large packs.
  { format: 'sha1', version: '2,0x1' },
] as const)('an index of version $version for $format', ({ format, version }) => {
  const hash = hashFormat(format);
  const made = (): string => {
    const { pack } = packs[format];
    const file = path.join(temporaryFolder(), 'made.idx');
    const top = path.resolve(pack, '../../../..');
    git(top, 'index-pack', `--index-version=${version}`, '-o', file, pack);
    return file;
  };

  it('says of every object what git says', () => {
    const file = made();
    const index = openIndex(file, hash);
    const truth = shown(file, format);
    const offsets = offsetsOf(index);
    const names = namesOf(index, hash);
    expect(index.count).toBe(truth.length);
    expect(truth.length).toBeGreaterThan(20);
    for (const [position, { offset, oid }] of truth.entries()) {
      expect(offsets[position]).toBe(offset);
      expect(index.nameOf(position)).toBe(oid);
      expect(positionOf(names, hash, Buffer.from(oid, 'hex'))).toBe(position);
    }
    index.close();
  });

  it('gives names by offset', () => {
    const file = made();
    const index = openIndex(file, hash);
    const truth = shown(file, format);
    const names = namesByOffset(index, hash);
    expect(names).not.toBeNull();
    if (names === null) return;
    for (const { offset, oid } of truth) {
      expect(Buffer.from(nameAt(names, offset)).toString('hex')).toBe(oid);
      expect(nameAt(names, offset + 1)).toHaveLength(0);
    }
    const some = truth.slice(3, 9).map(({ offset }) => offset);
    expect(namesAt(index, [...some, 5]).map(({ oid }) => oid)).toEqual(
      truth
        .slice(3, 9)
        .sort((a, b) => a.offset - b.offset)
        .map(({ oid }) => oid),
    );
    index.close();
  });
});

describe('an index that is none', () => {
  const broken = (change: (bytes: Buffer) => Buffer): string => {
    const file = path.join(temporaryFolder(), 'broken.idx');
    writeFileSync(file, change(readFileSync(packs.sha1.index)));
    return file;
  };

  it.each([
    ['empty', () => Buffer.alloc(0)],
    ['only a header', (bytes: Buffer) => bytes.subarray(0, 500)],
    ['cut in its names', (bytes: Buffer) => bytes.subarray(0, 1200)],
    [
      'of a version to come',
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 4), Buffer.of(0, 0, 0, 9), bytes.subarray(8)]),
    ],
    [
      'one whose first bytes go down',
      (bytes: Buffer) => {
        bytes.writeUInt32BE(0xffffff, 8);
        return bytes;
      },
    ],
    [
      'one that says it has billions',
      (bytes: Buffer) => {
        bytes.writeUInt32BE(0xfffffff0, 8 + 255 * 4);
        return bytes;
      },
    ],
  ])('is refused: %s', (_, change) => {
    expect(() => openIndex(broken(change), sha1)).toThrow(BrokenIndex);
  });

  it('is refused when an offset points into a table that is not there', () => {
    const file = broken((bytes) => {
      const count = bytes.readUInt32BE(8 + 255 * 4);
      bytes.writeUInt32BE(0x80000007, 8 + 1024 + count * 24);
      return Buffer.concat([bytes, Buffer.alloc(8)]);
    });
    const index = openIndex(file, sha1);
    expect(() => offsetsOf(index)).toThrow(BrokenIndex);
    index.close();
  });
});
