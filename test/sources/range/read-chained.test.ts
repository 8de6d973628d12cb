// What git lists and reads by itself, beside asking it for each object by name: the same objects, whatever is damaged.

import { readFileSync, rmSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createDetector } from '../../../src/detect/detector.js';
import { endBoth, startChained } from '../../../src/git/object-programs.js';
import { readChained } from '../../../src/sources/range/read-chained.js';
import { type ReachableEvents, readReachable } from '../../../src/sources/range/read-reachable.js';
import { id24, secret30 } from '../../support/keys.js';
import { commit, git, looseFile, overwriteLoose, repository } from '../../support/repository.js';

const signal = new AbortController().signal;
const detector = createDetector({});
const ARGS = ['HEAD', '--not', 'HEAD~2', '--'];

/** Two commits with objects of all kinds and sizes; keys in the first and the last file. */
const history = (): string => {
  const folder = repository();
  commit(folder, { 'base.txt': 'base\n' });
  const pair = (): string => `accessKeyId: ${id24()}\naccessKeySecret: ${secret30()}\n`;
  const files = Array.from({ length: 60 }, (_, index) => [
    `${index % 7}/f${index}.yml`,
    `${index}\n`.repeat(index + 1),
  ]);
  commit(folder, { 'a.yml': pair(), ...Object.fromEntries(files) });
  commit(folder, { 'big.txt': 'text\n'.repeat(500_000), 'z.yml': pair() });
  git(folder, 'tag', '--annotate', '--message', 'A tag', 'v1');
  return folder;
};

const record = () => {
  const read = new Map<string, number>();
  const told: string[] = [];
  const events: ReachableEvents = {
    read: ({ oid }) => void read.set(oid, (read.get(oid) ?? 0) + 1),
    hit: ({ oid }, { detections }) => void told.push(`${oid} holds ${detections.length}`),
    tooLarge: ({ oid }) => void told.push(`${oid} is too large`),
    fault: (oid, reason) => void told.push(`${oid} ${reason}`),
    absent: (oid) => void told.push(`${oid} is absent`),
  };
  return { events, outcome: () => ({ read: [...read.keys()].sort(), told: [...new Set(told)].sort() }), read };
};

const byName = async (cwd: string, maxSize: number | null) => {
  const recorded = record();
  const reading = { place: { cwd, top: cwd }, args: ARGS, detector: () => detector, maxSize, done: null, signal };
  await readReachable(reading, recorded.events);
  return recorded;
};

/** What is left when something goes wrong is asked for by name, as a range does it. */
const chained = async (cwd: string, maxSize: number | null) => {
  const recorded = record();
  const place = { cwd, top: cwd };
  const programs = startChained(place, ARGS, signal);
  const passOver = await readChained(programs, { detector: () => detector, maxSize }, recorded.events);
  endBoth(programs);
  if (passOver !== 'all') {
    const reading = { place, args: ARGS, passOver, detector: () => detector, maxSize, done: null, signal };
    await readReachable(reading, recorded.events);
  }
  return { ...recorded, passOver };
};

const objectsOf = (folder: string): readonly string[] =>
  git(folder, 'rev-list', '--objects', '--no-object-names', '--in-commit-order', ...ARGS).split('\n');

const DAMAGES: readonly (readonly [string, (folder: string, oid: string) => void])[] = [
  [
    'is flipped',
    (folder, oid) =>
      overwriteLoose(
        folder,
        oid,
        readFileSync(looseFile(folder, oid)).map((byte, at) => (at > 8 ? byte ^ 64 : byte)),
      ),
  ],
  ['is cut', (folder, oid) => overwriteLoose(folder, oid, readFileSync(looseFile(folder, oid)).subarray(0, 12))],
  ['is empty', (folder, oid) => overwriteLoose(folder, oid, new Uint8Array())],
  [
    'is longer than it says',
    (folder, oid) => overwriteLoose(folder, oid, deflateSync(`blob 3\0${'long\n'.repeat(9)}`)),
  ],
  ['is shorter than it says', (folder, oid) => overwriteLoose(folder, oid, deflateSync('blob 900\0short\n'))],
  ['is gone', (folder, oid) => rmSync(looseFile(folder, oid))],
];

const blobsOf = (folder: string): readonly string[] =>
  objectsOf(folder).filter((oid) => git(folder, 'cat-file', '-t', oid) === 'blob');

describe('what git reads by itself', () => {
  it('is all of a range, each object once', async () => {
    const folder = history();
    const { read, passOver, outcome } = await chained(folder, null);
    expect(passOver).toBe('all');
    expect([...read.keys()]).toEqual(objectsOf(folder));
    expect([...read.values()].every((times) => times === 1)).toBe(true);
    expect(outcome()).toEqual((await byName(folder, null)).outcome());
    expect(outcome().told).toHaveLength(2);
  });

  it('is told to be too large alike', async () => {
    const folder = history();
    expect((await chained(folder, 50)).outcome()).toEqual((await byName(folder, 50)).outcome());
  });

  it('is nothing where there is nothing, or no such commit', async () => {
    const folder = repository();
    commit(folder, { 'a.txt': 'a\n' });
    const { passOver, read } = await chained(folder, null);
    expect([passOver, read.size]).toEqual([{ count: 0, first: null }, 0]);
  });

  it.each(DAMAGES)('is what is asked for by name when one of the objects %s, wherever it stands', async (_, damage) => {
    for (const which of ['first', 'second', 'last'] as const) {
      const folder = history();
      const blobs = blobsOf(folder);
      const oid = blobs.at({ first: 0, second: 1, last: -1 }[which]) ?? '';
      damage(folder, oid);
      const { outcome } = await chained(folder, null);
      const expected = (await byName(folder, null)).outcome();
      expect({ which, ...outcome() }).toEqual({ which, ...expected });
      expect(expected.told.some((text) => text.startsWith(oid))).toBe(true);
    }
  });

  it('is what is asked for by name when several are damaged', async () => {
    const folder = history();
    for (const [index, oid] of blobsOf(folder).entries()) {
      if (index % 9 === 4) DAMAGES[index % DAMAGES.length]?.[1](folder, oid);
    }
    const { outcome } = await chained(folder, null);
    expect(outcome()).toEqual((await byName(folder, null)).outcome());
    expect(outcome().told.length).toBeGreaterThan(6);
  });
});
