import { truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorsOf } from '../../../src/detect/anchors.js';
import { createDetector } from '../../../src/detect/detector.js';
import { rulesetFor } from '../../../src/detect/rules.js';
import { createReader, type Reader } from '../../../src/sources/files/reader.js';
import { createSearch } from '../../../src/sources/files/search.js';
import { namesOf, type Outcome, type Root, textOf, type Work } from '../../../src/sources/files/work.js';
import { id24, secret30 } from '../../support/keys.js';
import { temporaryFolder, write } from '../../support/repository.js';

const everything = { admits: () => true };
const pair = (): string => `accessKeyId=${id24()}\naccessKeySecret=${secret30()}\n`;
const rootOf = (folder: string): Root => ({ folder, prefix: '', top: null });
const files = (folder: string, names: readonly string[]): Work => ({
  kind: 'files',
  root: rootOf(folder),
  names: textOf(names),
  repositories: 'told',
});

/** A reader as a second thread has it, and how often it wanted a detector. */
const reading = (allowance: number, signal = new AbortController().signal) => {
  let loads = 0;
  const detector = () => {
    loads += 1;
    return createDetector();
  };
  const search = createSearch(anchorsOf(rulesetFor({})));
  const reader = createReader({ search, filter: everything, detector, allowance, spell: 8 }, null, signal);
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

describe('a spell of reading', () => {
  it('ends in the middle of a piece of work, and nothing is read twice or lost', async () => {
    const folder = temporaryFolder();
    write(folder, { 'a.txt': 'nothing\n'.repeat(100_000) });
    const outcomes = await finish(reading(0).reader, files(folder, Array(1_000).fill('a.txt')));
    expect(outcomes.length).toBeGreaterThan(1);
    expect(sum(outcomes)).toBe(1_000);
  });

  it('ends in the middle of a folder, whose other files and sub-folders are given back', async () => {
    const folder = temporaryFolder();
    const filler = 'nothing\n'.repeat(100_000);
    write(folder, { ...Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`f${i}`, filler])), 'sub/one': 'x' });
    const work: Work = { kind: 'folders', root: rootOf(folder), names: textOf(['']), repositories: 'told' };
    const outcomes = await finish(reading(0).reader, work);
    const rest = outcomes.flatMap((outcome) => outcome.rest);
    expect(rest.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['files', 'folders']));
    expect(sum(outcomes)).toBe(61);
  });

  it('gives names back in pieces, however many a folder holds', async () => {
    const folder = temporaryFolder();
    const names = Array.from({ length: 3_000 }, (_, i) => `a-rather-long-name-of-a-file-${i}`);
    for (const name of names) writeFileSync(path.join(folder, name), '');
    const work: Work = { kind: 'folders', root: rootOf(folder), names: textOf(['']), repositories: 'told' };
    const { rest } = await reading(0).reader.read(work);
    expect(rest.length).toBeGreaterThan(2);
    expect(Math.max(...rest.map((piece) => piece.names.length))).toBeLessThan(20_000);
    expect(new Set(rest.flatMap((piece) => namesOf(piece.names))).size).toBeGreaterThan(1_000);
  });
});

describe('files that hold an anchor', () => {
  it('are given back unjudged while they are few, and judged here beyond that', async () => {
    const folder = temporaryFolder();
    write(folder, { 'a.env': pair(), 'b.env': pair(), 'c.txt': 'clean' });
    const { reader, loads } = reading(150);
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
    const outcome = await reading(1 << 20).reader.read(files(folder, ['big']));
    expect(outcome).toMatchObject({ files: 1, bytes: (5 << 20) + 300, suspects: [] });
    expect(outcome.found[0]?.detections).toHaveLength(2);
  });

  it('are judged until the run is stopped', async () => {
    const folder = temporaryFolder();
    write(folder, { 'a.env': `${pair()}${'nothing\n'.repeat(30_000)}` });
    const controller = new AbortController();
    const { reader } = reading(0, controller.signal);
    setImmediate(() => controller.abort(new Error('enough')));
    // What one spell finds is judged to its end; Ctrl-C is heard before.
    const work = files(folder, Array(2_000).fill('a.env'));
    await expect(finish(reader, work)).rejects.toThrow('enough');
  });
});
