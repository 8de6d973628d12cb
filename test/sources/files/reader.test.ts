import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorsOf } from '../../../src/detect/anchors.js';
import { createDetector } from '../../../src/detect/detector.js';
import { rulesFor } from '../../../src/detect/rules.js';
import { once } from '../../../src/once.js';
import { createSifter, type Sifter } from '../../../src/sift/sifter.js';
import { createReader, type Reader } from '../../../src/sources/files/reader.js';
import { createSearch } from '../../../src/sources/files/search.js';
import { namesOf, type Outcome, type Root, textOf, type Work } from '../../../src/sources/files/work.js';
import type { Filter } from '../../../src/sources/filter.js';
import { id24, secret30 } from '../../support/keys.js';
import { temporaryFolder, write } from '../../support/repository.js';

const everything = { admits: () => true, admitsAll: true };
const pair = (): string => `accessKeyId=${id24()}\naccessKeySecret=${secret30()}\n`;
const rootOf = (folder: string): Root => ({ folder, prefix: '', top: null });
const files = (folder: string, names: readonly string[]): Work => ({
  kind: 'files',
  root: rootOf(folder),
  names: textOf(names),
  repositories: 'told',
});

const anchors = anchorsOf(rulesFor({}));
/** Takes every piece of work on, and then has no memory for it. */
const powerless = (): Sifter | null => {
  const sifter = createSifter(anchors, null);
  return sifter === null ? null : { ...sifter, go: () => null };
};
const ways: readonly [string, () => Sifter | null][] = [
  ['with a sifter', () => createSifter(anchors, null)],
  ['with a sifter that can do nothing', powerless],
  ['one by one', () => null],
];

/** Milliseconds: every look at the clock ends the spell, however fast the machine. */
const OVER_AT_ONCE = -1;

/** A reader as a second thread has it, and how often it wanted a detector. */
const reading = (
  sifter: () => Sifter | null,
  allowance: number,
  {
    signal = new AbortController().signal,
    filter = everything,
    spell = OVER_AT_ONCE,
    isWanted = () => false,
  }: { signal?: AbortSignal; filter?: Filter; spell?: number; isWanted?: () => boolean } = {},
) => {
  let loads = 0;
  const detector = () => {
    loads += 1;
    return createDetector();
  };
  const search = once(() => createSearch(anchors));
  const reader = createReader({ sifter, search, filter, detector, allowance, spell, isWanted }, null, signal);
  return { reader, loads: () => loads };
};

/** Does all the work there is, as the threads do together. */
const finish = async (reader: Reader, work: Work): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  const waiting = [work];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const outcome = await reader.read(next);
    outcomes.push(outcome);
    waiting.push(...outcome.rest);
  }
  return outcomes;
};

const sum = (outcomes: readonly Outcome[]): number => outcomes.reduce((files, outcome) => files + outcome.files, 0);

describe.each(ways)('a spell of reading %s', (_way, sifter) => {
  it('ends in the middle of a piece of work, and nothing is read twice or lost', async () => {
    const folder = temporaryFolder();
    write(folder, { 'a.txt': 'nothing\n'.repeat(100_000) });
    const outcomes = await finish(reading(sifter, 0).reader, files(folder, Array(1_000).fill('a.txt')));
    expect(outcomes.length).toBeGreaterThan(1);
    expect(sum(outcomes)).toBe(1_000);
  });

  it('ends long before its time when others want what is left', async () => {
    const folder = temporaryFolder();
    write(folder, { 'a.txt': 'nothing\n'.repeat(100_000) });
    const { reader } = reading(sifter, 0, { spell: 3_600_000, isWanted: () => true });
    const outcomes = await finish(reader, files(folder, Array(1_000).fill('a.txt')));
    expect(outcomes.length).toBeGreaterThan(1);
    expect(sum(outcomes)).toBe(1_000);
  });

  it('ends in the middle of a folder, whose other files and sub-folders are given back', async () => {
    const folder = temporaryFolder();
    const filler = 'nothing\n'.repeat(100_000);
    write(folder, { ...Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`f${i}`, filler])), 'sub/one': 'x' });
    const work: Work = { kind: 'folders', root: rootOf(folder), names: textOf(['']), repositories: 'told' };
    const outcomes = await finish(reading(sifter, 0).reader, work);
    const rest = outcomes.flatMap((outcome) => outcome.rest);
    expect(rest.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['files', 'folders']));
    expect(sum(outcomes)).toBe(61);
  });

  it('gives names back in pieces, however many a folder holds', async () => {
    const folder = temporaryFolder();
    const names = Array.from({ length: 3_000 }, (_, i) => `a-rather-long-name-of-a-file-${i}`);
    for (const name of names) writeFileSync(path.join(folder, name), '');
    const work: Work = { kind: 'folders', root: rootOf(folder), names: textOf(['']), repositories: 'told' };
    const { rest } = await reading(sifter, 0).reader.read(work);
    expect(rest.length).toBeGreaterThan(2);
    expect(Math.max(...rest.map((piece) => piece.names.length))).toBeLessThan(20_000);
    expect(new Set(rest.flatMap((piece) => namesOf(piece.names))).size).toBeGreaterThan(1_000);
  });
});

describe.each(ways)('files that hold an anchor, read %s', (_way, sifter) => {
  it('are given back unjudged while they are few, and judged here beyond that', async () => {
    const folder = temporaryFolder();
    write(folder, { 'a.env': pair(), 'b.env': pair(), 'c.txt': 'clean' });
    const { reader, loads } = reading(sifter, 150);
    const first = await reader.read(files(folder, ['a.env', 'c.txt']));
    expect(first).toMatchObject({ files: 1, found: [], suspects: [{ kind: 'files', names: 'a.env\0' }] });
    expect(loads()).toBe(0);
    const second = await reader.read(files(folder, ['b.env', 'c.txt']));
    expect(second).toMatchObject({ files: 2, found: [{ path: 'b.env' }], suspects: [] });
    const third = await reader.read(files(folder, ['a.env']));
    expect(third).toMatchObject({ files: 1, found: [{ path: 'a.env' }], suspects: [] });
    expect(loads()).toBe(1);
  });

  it('and files that no buffer holds are read in pieces by whoever judges', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'big'), `${pair()}${'x'.repeat(5 << 20)}\n${pair()}`);
    truncateSync(path.join(folder, 'big'), (5 << 20) + 300);
    const outcome = await reading(sifter, 1 << 20).reader.read(files(folder, ['big']));
    expect(outcome).toMatchObject({ files: 1, bytes: (5 << 20) + 300, suspects: [] });
    expect(outcome.found[0]?.detections).toHaveLength(2);
  });

  it('are judged until the run is stopped', async () => {
    const folder = temporaryFolder();
    write(folder, { 'a.env': `${pair()}${'nothing\n'.repeat(30_000)}` });
    const controller = new AbortController();
    const { reader } = reading(sifter, 0, { signal: controller.signal, spell: Number.POSITIVE_INFINITY });
    setImmediate(() => controller.abort(new Error('enough')));
    // What one spell finds is judged to its end; Ctrl-C is heard before.
    const work = files(folder, Array(2_000).fill('a.env'));
    await expect(finish(reader, work)).rejects.toThrow('enough');
  });
});

describe.each(ways)('names that git listed, read %s', (_way, sifter) => {
  const listed = (folder: string, names: readonly string[]): Work => ({
    kind: 'files',
    root: { folder, prefix: 'sub/', top: folder },
    names: textOf(names),
    repositories: 'told',
  });

  it('may be gone, a folder, a link, or behind one', async () => {
    const [folder, elsewhere] = [temporaryFolder(), temporaryFolder()];
    write(elsewhere, { 'key.env': pair() });
    write(folder, { 'a.txt': 'x', 'one/b.txt': 'x', 'one/key.env': pair(), empty: '' });
    mkdirSync(path.join(folder, 'submodule'));
    symlinkSync(path.join(elsewhere, 'key.env'), path.join(folder, 'link.env'));
    symlinkSync(elsewhere, path.join(folder, 'behind'));
    const names = ['a.txt', 'behind/key.env', 'empty', 'gone', 'link.env', 'one/b.txt', 'one/key.env', 'submodule'];
    const outcome = await reading(sifter, 0).reader.read(listed(folder, names));
    expect(outcome).toMatchObject({ files: 4, found: [{ path: 'sub/one/key.env' }], links: 2, refused: [] });
    expect(outcome.nested.map(({ name }) => name)).toEqual(['submodule']);
  });

  it('never lead out of the tree', async () => {
    const folder = temporaryFolder();
    write(folder, { 'tree/a.txt': 'x', 'key.env': pair() });
    const names = ['../key.env', 'a.txt', './../key.env', 'none/../../key.env'];
    const outcome = await reading(sifter, 0).reader.read(listed(path.join(folder, 'tree'), names));
    expect(outcome).toMatchObject({ files: 1, found: [], links: 3 });
  });

  it('are left out by a filter, and the others read', async () => {
    const folder = temporaryFolder();
    write(folder, { 'a.txt': 'x', 'b.env': pair(), 'c.env': pair() });
    const filter: Filter = { admits: (name) => name !== 'sub/b.env', admitsAll: false };
    const { reader } = reading(sifter, 0, { filter });
    const outcome = await reader.read(listed(folder, ['a.txt', 'b.env', 'c.env']));
    expect(outcome).toMatchObject({ files: 2, excluded: 1, found: [{ path: 'sub/c.env' }] });
  });
});

describe.each(ways)('a folder read %s', (_way, sifter) => {
  const walked = (folder: string, kind: 'folder' | 'folders' = 'folders'): Work => ({
    kind,
    root: rootOf(folder),
    names: textOf(['']),
    repositories: 'told',
  });

  it('gives what is no file, repositories in it, and links', async () => {
    const folder = temporaryFolder();
    write(folder, { 'a.env': pair(), 'one/b.txt': 'x', 'repository/.git/HEAD': 'ref: refs/heads/main', 'odd/c': 'x' });
    write(folder, { 'repository/.git/config': '', 'repository/.git/objects/x': '', 'repository/.git/refs/x': '' });
    write(folder, { 'repository/key.env': pair(), 'no-repository/d.env': pair() });
    symlinkSync('nowhere', path.join(folder, 'no-repository/.git'));
    execFileSync('mkfifo', [path.join(folder, 'odd/pipe')]);
    symlinkSync('a.env', path.join(folder, 'link'));
    const outcomes = await finish(reading(sifter, 0).reader, walked(folder));
    expect(sum(outcomes)).toBe(4);
    expect(outcomes.reduce((links, outcome) => links + outcome.links, 0)).toBe(1);
    const found = outcomes.flatMap((outcome) => outcome.found.map((one) => one.path));
    expect(found.sort()).toEqual(['a.env', 'no-repository/d.env']);
    expect(outcomes.flatMap(({ nested }) => nested.map(({ name }) => name))).toEqual(['repository']);
    const refused = outcomes.flatMap((outcome) => outcome.refused);
    expect(refused).toEqual([{ path: 'odd/pipe', reason: 'a pipe, not a file', because: 'limit' }]);
  });

  it('of many files, with many folders in it, is read whole', async () => {
    const folder = temporaryFolder();
    const files: Record<string, string> = {};
    for (let index = 0; index < 1_500; index += 1) files[`many/file number ${index}`] = `${index}`;
    for (let index = 0; index < 700; index += 1) files[`folder number ${index}/file`] = `${index}`;
    write(folder, files);
    expect(sum(await finish(reading(sifter, 0).reader, walked(folder)))).toBe(2_200);
  });

  it('alone leaves the folders in it', async () => {
    const folder = temporaryFolder();
    write(folder, { a: 'x', 'one/b': 'x', 'one/two/c': 'x' });
    const outcome = await reading(sifter, 0).reader.read(walked(folder, 'folder'));
    expect(outcome).toMatchObject({ files: 1, rest: [{ kind: 'folders', names: 'one\0' }] });
  });

  it('with a filter is read without what it leaves out', async () => {
    const folder = temporaryFolder();
    write(folder, { a: 'x', 'one/b': 'x', 'one/c': 'x' });
    const filter: Filter = { admits: (name) => name !== 'one/b', admitsAll: false };
    const outcomes = await finish(reading(sifter, 0, { filter }).reader, walked(folder));
    expect([sum(outcomes), outcomes.reduce((count, { excluded }) => count + excluded, 0)]).toEqual([2, 1]);
  });
});
