// What is left of trees for the graph of a history.

import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { HEAD, readAllTrees } from '../../src/pack/read-trees.js';
import { temporaryFolder } from '../support/repository.js';
import { writePack } from './build-pack.js';

const hash = { name: 'sha1', bytes: 20 } as const;

const treesOf = async (trees: readonly Buffer[], sought: readonly Buffer[]): Promise<ReadonlyMap<string, string>> => {
  const objects = path.join(temporaryFolder(), 'objects');
  const nameOf = (at: number): string => `${at}`.padStart(40, '0');
  writePack(
    objects,
    trees.map((content, at) => ({ oid: nameOf(at), type: 'tree', content })),
  );
  const sieve = new Uint32Array(1 << 15);
  for (const name of sought) {
    const bit = name.readUInt32BE() >>> 12;
    sieve[bit >> 5] = (sieve[bit >> 5] ?? 0) | (1 << (bit & 31));
  }
  const left = new Map<string, string>();
  const whole = await readAllTrees(
    { objects, hash, sieve, pause: () => null },
    {
      pack: () => true,
      trees: (batch) => {
        for (const [entry, tree] of treesIn(batch)) left.set(nameOf(entry), tree);
        return true;
      },
      tree: () => false,
    },
  );
  expect(whole).toBe(true);
  return new Map(trees.map((tree, at) => [tree.toString('latin1'), left.get(nameOf(at)) ?? '']));
};

function* treesIn(batch: Uint8Array): Generator<readonly [entry: number, tree: string]> {
  const all = Buffer.from(batch);
  for (let at = 0; at < all.length; ) {
    const length = all.readUInt32LE(at + HEAD.length * 4);
    const entry = all.readUInt32LE(at + HEAD.entry * 4);
    at += HEAD.words * 4;
    yield [entry, all.toString('latin1', at, at + length)];
    at += Math.ceil(length / 4) * 4;
  }
}

const entry = (head: string, name: Buffer): Buffer => Buffer.concat([Buffer.from(`${head}\0`), name]);

describe('a tree', () => {
  const sought = Buffer.alloc(20, 0x41);
  const other = Buffer.alloc(20, 0x42);
  /** With a space where that of an entry's mode is looked for. */
  const spaced = Buffer.alloc(20, ' ');

  it('keeps its folders and what may be looked for, without names', async () => {
    const tree = Buffer.concat([
      entry('100644 a.txt', sought),
      entry('100755 b.txt', other),
      entry('160000 module', sought),
      entry('40000 folder', other),
      entry('40000 ', spaced),
    ]);
    const left = [entry('100644 ', sought), entry('40000 ', other), entry('40000 ', spaced)];
    expect((await treesOf([tree], [sought])).get(tree.toString('latin1'))).toBe(Buffer.concat(left).toString('latin1'));
  });

  it.each(['4', '4000', '1', '1 a', '10064 '])('does not grow where a mode is cut short (%s)', async (head) => {
    const tree = Buffer.concat(
      Array.from({ length: 200_000 }, () => entry(head, head.startsWith('4') ? spaced : sought)),
    );
    const others = Array.from({ length: 50 }, (_, at) => entry(`40000 ${at}`, other));
    const left = await treesOf([tree, ...others], [sought]);
    expect(left.get(tree.toString('latin1')) === tree.toString('latin1')).toBe(true);
    for (const one of others) expect(left.get(one.toString('latin1'))).toBe(entry('40000 ', other).toString('latin1'));
  });
});
