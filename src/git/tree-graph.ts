// Which tree names which: the trees of a history, each read once and in any order, kept as numbers. Where a blob first
// came in and where it was held last is then a walk through memory. `git rev-list --objects` answers the first by reading
// the trees in the order of commits, which costs several times as much, and the second only by walking once more.

import { createObjectNames, type ObjectNames } from './object-names.js';

export interface TreeGraphOptions {
  /** Bytes of an object's name. */
  readonly nameLength: number;
  /** Names of the blobs that are looked for, each once; below they go by their place in this list. */
  readonly wanted: readonly string[];
}

export interface TreeGraph {
  readonly trees: ObjectNames;
  /** One bit for each value of a name's first 20 bits: whether something wanted begins so. What does not may be left out. */
  readonly sieve: Uint32Array;
  /**
   * Takes a tree in: `<mode> SP <name> NUL <raw id>` for each entry (gitformat-index, gitcore-tutorial).
   * @param tree its number in `trees`
   * @returns false when it is malformed, or when there is no more room
   */
  add(tree: number, bytes: Uint8Array): boolean;
  walk(): TreeWalk;
}

/** A walk of its own from root to root, which enters each tree once. */
export interface TreeWalk {
  /**
   * Tells what is wanted and was reached from no root before, in the order of `rev-list`: depth first, entry by entry.
   * @param met the second argument is the way there, the trees from the root to the one that names the blob; it is valid
   *   only during the call
   */
  enter(root: number, met: (wanted: number, chain: readonly number[]) => void): void;
}

/** Edges kept, four bytes each, and trees, some forty. Histories with more are walked by git. */
const MOST_EDGES = 12_000_000;
const MOST_TREES = 2_000_000;

/** Edges kept in one array. */
const PIECE = 1 << 18;

/** An edge is the number of a tree + 1; or, with this bit, of something wanted. */
const TO_WANTED = 0x4000_0000;
const END = 0;

/** Types of entries, in the upper bits of their modes. */
const TYPE = 0o170000;
const TREE = 0o040000;
const GITLINK = 0o160000;

export const createTreeGraph = ({ nameLength, wanted }: TreeGraphOptions): TreeGraph => {
  const trees = createObjectNames(nameLength);
  const { names: sought, sieve } = soughtAfter(wanted, nameLength);
  // In pieces: one array that grows is held twice each time it does.
  let last = new Uint32Array(PIECE);
  const pieces = [last];
  let used = 1;
  /** Of each tree: where its edges begin; 0 while it was only named. They go to an END. */
  let starts = new Uint32Array(1 << 12);

  const push = (edge: number): void => {
    if (used % PIECE === 0) {
      last = new Uint32Array(PIECE);
      pieces.push(last);
    }
    last[used++ % PIECE] = edge;
  };

  const add = (tree: number, bytes: Uint8Array): boolean => {
    if (used > MOST_EDGES || trees.count > MOST_TREES) return false;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const { length } = bytes;
    const start = used;
    for (let at = 0; at < length; ) {
      let mode = 0;
      let code = bytes[at++] ?? 0;
      for (; code >= DIGIT_0 && code <= DIGIT_7; code = bytes[at++] ?? 0) mode = (mode << 3) | (code - DIGIT_0);
      if (code !== SPACE) return false;
      while (at < length && bytes[at] !== 0) at++;
      const name = at + 1;
      at = name + nameLength;
      if (at > length) return false;
      const type = mode & TYPE;
      if (type === TREE) push(trees.add(view, name) + 1);
      else if (type !== GITLINK) {
        const word = view.getUint32(name);
        const found = sieveHas(sieve, word) ? sought.find(view, name) : -1;
        if (found >= 0) push(TO_WANTED | (found + 1));
      }
    }
    push(END);
    if (tree >= starts.length) starts = larger(starts, Math.max(tree + 1, trees.count));
    starts[tree] = start;
    return true;
  };

  const walk = (): TreeWalk => {
    const entered = new Uint8Array(trees.count);
    const met = new Uint8Array(wanted.length);
    /** The trees on the way, and where in the edges of each the walk is. */
    const chain: number[] = [];
    const places: number[] = [];

    const descend = (tree: number): void => {
      if (entered[tree] !== 0) return;
      entered[tree] = 1;
      const start = starts[tree] ?? 0;
      // One that is not there names nothing.
      if (start === 0) return;
      chain.push(tree);
      places.push(start);
    };

    return {
      enter: (root, tell) => {
        descend(root);
        while (chain.length > 0) {
          const top = places.length - 1;
          const place = places[top] ?? 0;
          places[top] = place + 1;
          const edge = pieces[Math.floor(place / PIECE)]?.[place % PIECE] ?? END;
          if (edge === END) {
            chain.pop();
            places.pop();
          } else if (edge < TO_WANTED) descend(edge - 1);
          else {
            const number = (edge ^ TO_WANTED) - 1;
            if (met[number] === 0) tell(number, chain);
            met[number] = 1;
          }
        }
      },
    };
  };

  return { trees, sieve, add, walk };
};

/**
 * The names looked for, and a sieve before them: one bit for each value of a name's first 20 bits, which rejects almost
 * every name there is.
 */
const soughtAfter = (
  wanted: readonly string[],
  nameLength: number,
): { readonly names: ObjectNames; readonly sieve: Uint32Array } => {
  const names = createObjectNames(nameLength, wanted.length);
  const sieve = new Uint32Array(1 << 15);
  for (const oid of wanted) {
    names.addHex(oid);
    const word = Number.parseInt(oid.slice(0, 8), 16);
    sieve[word >>> 17] = (sieve[word >>> 17] ?? 0) | (1 << ((word >>> 12) & 31));
  }
  return { names, sieve };
};

const sieveHas = (sieve: Uint32Array, word: number): boolean =>
  (((sieve[word >>> 17] ?? 0) >>> ((word >>> 12) & 31)) & 1) === 1;

const larger = (numbers: Uint32Array<ArrayBuffer>, needed: number): Uint32Array<ArrayBuffer> => {
  const copy = new Uint32Array(Math.max(needed, numbers.length * 2));
  copy.set(numbers);
  return copy;
};

const DIGIT_0 = 48;
const DIGIT_7 = 55;
const SPACE = 32;
