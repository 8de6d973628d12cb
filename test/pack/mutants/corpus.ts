// Few repositories that together reach every part of the pack kernel, and what each must give: which of its blobs hold an
// anchor, what cannot be read, what is missing.

import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { blobEntry, insertingDelta, writePack } from '../build-pack.js';
import { git } from '../random/git.js';
import { ANCHOR, growingFiles, largeFiles, repeatingFiles, seamFiles, unlikeFiles } from '../random/seams.js';
import { FORMS } from '../random/storage.js';
import { randomRepository } from '../random-repository.js';

export interface Specimen {
  readonly name: string;
  /** The folder of objects. */
  readonly objects: string;
  readonly hash: 'sha1' | 'sha256';
  readonly maxSize: number | null;
  /** Every blob whose bytes hold an anchor and that is not larger than `maxSize`. */
  readonly held: ReadonlySet<string>;
  /** All blobs. */
  readonly blobs: ReadonlySet<string>;
  /** False: something in it cannot be read. */
  readonly sound: boolean;
  /** Names that must be told to be missing. */
  readonly missing: readonly string[];
}

export const ANCHORS = [ANCHOR, 'LTAI'];

const holds = (bytes: Buffer): boolean => ANCHORS.some((anchor) => bytes.includes(anchor));

/** Files stored by `git fast-import`, then whatever `then` makes of them. */
const stored = async (
  folder: string,
  name: string,
  files: readonly Buffer[],
  then: readonly string[] | 'loose' = [],
): Promise<Specimen> => {
  await git(path.dirname(folder), ['init', '-q', '--bare', folder]);
  const chunks = files.flatMap((bytes) => [Buffer.from(`blob\ndata ${bytes.length}\n`), bytes, Buffer.from('\n')]);
  const limit = `fastimport.unpackLimit=${then === 'loose' ? 1_000_000 : 1}`;
  await git(folder, ['-c', limit, 'fast-import', '--quiet', '--depth=60'], Buffer.concat(chunks));
  if (then !== 'loose' && then.length > 0) await git(folder, then);
  const named = files.map((bytes) => ({ bytes, oid: nameOf(bytes) }));
  return {
    name,
    objects: path.join(folder, 'objects'),
    hash: 'sha1',
    maxSize: null,
    held: new Set(named.filter(({ bytes }) => holds(bytes)).map(({ oid }) => oid)),
    blobs: new Set(named.map(({ oid }) => oid)),
    sound: true,
    missing: [],
  };
};

const nameOf = (bytes: Buffer): string =>
  createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');

const KEEP = ['repack', '-adfkq', '--depth=60', '--window=20'];

/** A repository of the differential test, looked at for anchors only. */
const random = async (
  folder: string,
  form: string,
  {
    seed,
    sha256 = false,
    maxSize = null,
  }: { readonly seed: number; readonly sha256?: boolean; readonly maxSize?: number | null },
): Promise<Specimen> => {
  const found = FORMS.find(({ name }) => name === form);
  if (found === undefined) throw new RangeError(`there is no form ${form}`);
  const repository = await randomRepository(folder, { seed, sha256, form: found, shape: { commits: 25, huge: null } });
  const { objects, hash, blobs } = repository;
  const held = [...blobs].filter(([, bytes]) => holds(bytes) && (maxSize === null || bytes.length <= maxSize));
  return {
    name: repository.name,
    objects,
    hash,
    maxSize,
    held: new Set(held.map(([oid]) => oid)),
    blobs: new Set(blobs.keys()),
    sound: true,
    missing: [],
  };
};

interface Entry {
  readonly oid: string;
  readonly offset: number;
  /** Where the next one begins. */
  readonly end: number;
}

const packOf = ({ objects }: Specimen): string => {
  const folder = path.join(objects, 'pack');
  return path.join(folder, readdirSync(folder).find((name) => name.endsWith('.pack')) ?? '');
};

/** The entries of a specimen's pack in the order they lie there. */
const entriesOf = async (specimen: Specimen): Promise<readonly Entry[]> => {
  const pack = packOf(specimen);
  const lines = (await git(path.dirname(pack), ['verify-pack', '-v', pack])).toString().split('\n');
  return lines.flatMap((line) => {
    const [oid = '', type = '', , packed, offset] = line.split(/ +/);
    if (type !== 'blob') return [];
    return [{ oid, offset: Number(offset), end: Number(offset) + Number(packed) }];
  });
};

const damage = (specimen: Specimen, change: (pack: Buffer) => void): Specimen => {
  const pack = packOf(specimen);
  const bytes = readFileSync(pack);
  change(bytes);
  chmodSync(pack, 0o644);
  writeFileSync(pack, bytes);
  return { ...specimen, sound: false };
};

/** Of three entries, one's content, one's checksum and one's type are not what they were. */
const damaged = async (folder: string): Promise<Specimen> => {
  // All of one length, so that a wrong base is not told by its size.
  const files = Array.from({ length: 150 }, (_, index) =>
    Buffer.from(`${index + 1_000}${ANCHOR}${'-'.repeat(index)}${'abc def\n'.repeat(40)}${'-'.repeat(150 - index)}`),
  );
  const specimen = await stored(folder, 'damaged entries', files);
  const entries = await entriesOf(specimen);
  return damage(specimen, (pack) => {
    for (const [index, at] of [80, 140, 149].entries()) {
      const { offset = 0, end = 0 } = entries[at] ?? {};
      const place = [end - 1, end - 6, offset][index] ?? 0;
      pack[place] = place === offset ? ((pack[place] ?? 0) & 0x8f) | 0x50 : (pack[place] ?? 0) ^ 1;
    }
  });
};

/** A byte of content that is stored as it is. */
const altered = async (folder: string): Promise<Specimen> => {
  const files = seamFiles(5).slice(0, 40);
  const specimen = await stored(folder, 'an altered byte', files, ['-c', 'core.compression=0', ...KEEP, '-F']);
  return damage(specimen, (pack) => {
    // Letters that all files have in common stand in the one that the others are made against.
    pack[pack.lastIndexOf(files[0]?.subarray(-40, -20) ?? '')] = 0x2a;
  });
};

/** Commits one of whose parents, trees and files is gone; a submodule, whose commit is not there either, is none of them. */
const gap = async (folder: string): Promise<Specimen> => {
  await git(path.dirname(folder), ['init', '-q', '--bare', folder]);
  const commit = (text: string): string =>
    `commit refs/heads/main\ncommitter W <w@example.com> 1700000000 +0000\ndata 1\nx\nM 160000 ${'ab'.repeat(20)} sub\nM 644 inline f\ndata ${text.length}\n${text}\n`;
  const stream = ['one', 'two', 'three'].map(commit).join('');
  await git(folder, ['-c', 'fastimport.unpackLimit=1000', 'fast-import', '--quiet'], stream);
  const asked = ['rev-parse', 'main^', 'main^{tree}', 'main^^:f'];
  const names = (await git(folder, asked)).toString().trim().split('\n');
  for (const name of names) rmSync(path.join(folder, 'objects', name.slice(0, 2), name.slice(2)));
  return { ...blank('a gap', path.join(folder, 'objects')), missing: names.sort() };
};

const blank = (name: string, objects: string): Specimen => ({
  name,
  objects,
  hash: 'sha1',
  maxSize: null,
  held: new Set(),
  blobs: new Set(),
  sound: true,
  missing: [],
});

/** Deltas made against one another. */
const circle = (folder: string): Specimen => {
  const objects = path.join(folder, 'objects');
  const oids = ['11', '22', '33'].map((byte) => byte.repeat(20));
  const entries = oids.map((oid, index) => ({
    oid,
    type: 'ref-delta' as const,
    base: oids[(index + 1) % oids.length] ?? '',
    content: insertingDelta(20, Buffer.from(ANCHOR)),
  }));
  writePack(objects, [...entries, blobEntry(Buffer.from('whole'))]);
  return { ...blank('a circle', objects), sound: false };
};

/** @param folder an empty one */
export const makeCorpus = async (folder: string): Promise<readonly Specimen[]> => {
  const at = (name: string): string => path.join(folder, name);
  return Promise.all([
    stored(at('seams'), 'seams, in long chains', seamFiles(1)),
    stored(at('leaves'), 'seams, repacked', seamFiles(2), KEEP),
    stored(at('short'), 'seams, in chains of one', seamFiles(3), [...KEEP, '--depth=1']),
    stored(at('large'), 'large versions', largeFiles(4)),
    stored(at('growing'), 'growing versions', growingFiles()),
    stored(at('windows'), 'more than is read at once', unlikeFiles(8)),
    stored(at('loose-seams'), 'loose, an anchor at the very end', seamFiles(7).slice(-5), 'loose'),
    stored(at('repeats'), 'repeats', repeatingFiles(5), [...KEEP, '--depth=0']),
    stored(at('whole'), 'not compressed', repeatingFiles(6), ['-c', 'core.compression=0', ...KEEP, '-F']),
    random(at('sha256'), 'REF_DELTA', { seed: 2_009, sha256: true }),
    random(at('loose'), 'loose', { seed: 3_004 }),
    random(at('limited'), 'repacked, long chains', { seed: 1_007, maxSize: 600 }),
    damaged(at('damaged')),
    altered(at('altered')),
    gap(at('gap')),
    circle(at('circle')),
  ]);
};
