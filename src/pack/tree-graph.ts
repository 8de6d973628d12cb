// Which tree names which: the trees of a history, each read once and in any order, kept as numbers. Where a blob first
// came in and where it was held last is then a walk through memory. `git rev-list --objects` answers the first by reading
// the trees in the order of commits, which costs several times as much, and the second only by walking once more.
// A kernel of its own keeps them (assembly/graph.ts).

import { randomBytes } from 'node:crypto';
import { bytesAt, createPackKernel, NOBODY, NONE, wordsAt } from './kernel.js';
import { numberEntries } from './names.js';
import type { TakesTrees } from './read-trees.js';

export interface TreeGraphOptions {
  /** Bytes of an object's name. */
  readonly nameLength: number;
  /** Names of the blobs that are looked for, each once; below they go by their place in this list. */
  readonly wanted: readonly string[];
}

export interface TreeGraph {
  /** One bit for each value of a name's first 20 bits: whether something wanted begins so. What does not may be left out. */
  readonly sieve: Uint32Array;
  /**
   * Takes trees in: `<mode> SP <name> NUL <raw id>` for each entry (gitformat-index, gitcore-tutorial). False when one is
   * malformed, or when there is no more room.
   */
  readonly into: TakesTrees;
  /** The numbers of trees from their names, in binary and one after the other; those that are not there get one, too. */
  numbersOf(names: Uint8Array): Uint32Array;
  /** Null when nothing names it as a tree. */
  numberOf(oid: string): number | null;
  oidOf(tree: number): string;
  walk(): TreeWalk;
}

/** A walk of its own from root to root, which enters each tree once. Trees that got their number later are not entered. */
export interface TreeWalk {
  /**
   * Tells what is wanted and was reached from no root before, in the order of `rev-list`: depth first, entry by entry.
   * @param met the second argument is the way there, the trees from the root to the one that names the blob; it is valid
   *   only during the call
   */
  enter(root: number, met: (wanted: number, chain: Uint32Array) => void): void;
}

/** Edges kept, three bytes each, and trees, some thirty. Histories with more are walked by git. */
const MOST_EDGES = 12_000_000;
const MOST_TREES = 2_000_000;

export const createTreeGraph = ({ nameLength, wanted }: TreeGraphOptions): TreeGraph => {
  let tell: Parameters<TreeWalk['enter']>[1] = () => {};
  const kernel = createPackKernel([], {
    ...NOBODY,
    met: (number, at, length) => tell(number, wordsAt(kernel, at, length)),
  });
  kernel.rewind();
  const factors = kernel.openGraph(nameLength, MOST_TREES, MOST_EDGES);
  bytesAt(kernel, factors, FACTORS).set(randomBytes(FACTORS));

  /** Memory for what is handed in, with a few readable bytes behind it. */
  let place = 0;
  let room = 0;
  const put = (bytes: Uint8Array): number => {
    if (bytes.length > room) {
      room = Math.max(bytes.length, LEAST_ROOM);
      place = kernel.allocate(room + 64);
    }
    bytesAt(kernel, place, bytes.length).set(bytes);
    return place;
  };

  const sieve = new Uint32Array(1 << 15);
  for (const oid of wanted) {
    const name = Buffer.from(oid, 'hex');
    kernel.addName(put(name));
    const bit = name.readUInt32BE() >>> 12;
    sieve[bit >>> 5] = (sieve[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }
  kernel.closeSought();

  return {
    sieve,
    into: {
      pack: (index, types) => numberEntries(kernel, index, types, nameLength),
      trees: (batch) => kernel.addTrees(put(batch), batch.length) !== 0,
      tree: (name, tree) => kernel.addTree(kernel.addName(put(name)), put(tree), tree.length) !== 0,
    },
    numbersOf: (names) => {
      const numbers = new Uint32Array(names.length / nameLength);
      for (let from = 0; from < numbers.length; from += AT_ONCE) {
        const to = Math.min(numbers.length, from + AT_ONCE);
        const at = put(names.subarray(from * nameLength, to * nameLength));
        for (let nth = from; nth < to; nth++) numbers[nth] = kernel.addName(at + (nth - from) * nameLength);
      }
      return numbers;
    },
    numberOf: (oid) => {
      const number = kernel.findName(put(Buffer.from(oid, 'hex'))) >>> 0;
      return number === NONE || number < wanted.length ? null : number;
    },
    oidOf: (tree) => Buffer.from(bytesAt(kernel, kernel.nameOf(tree), nameLength)).toString('hex'),
    walk: () => {
      const walk = kernel.openWalk();
      return {
        enter: (root, met) => {
          tell = met;
          kernel.enterRoot(walk, root);
        },
      };
    },
  };
};

const FACTORS = 9 * 8;
/** Of most batches. */
const LEAST_ROOM = 300_000;
/** Names handed in at once: no more than there is room for. */
const AT_ONCE = 8_192;
