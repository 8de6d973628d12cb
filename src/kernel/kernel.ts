// Host side of the search kernel (src/kernel/assembly): one block of memory that readers fill directly, and the question
// "does any anchor occur here?". One kernel per thread.

import wasm from 'akscan:kernel';

/** The kernel may load this many bytes past the end of what it searches. */
const SLACK = 64;
const BUCKETS = 8;
const PAGE = 65_536;

interface Exports {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
  clearAnchors(): void;
  addAnchor(bytes: bigint, length: number, bucket: number): number;
  search(from: number, to: number): number;
  countLines(from: number, to: number): number;
}

export interface Kernel {
  /** Memory to fill with what is to be searched. */
  readonly buffer: Uint8Array;
  /** Index in `buffer` of the first anchor that starts at or after `from` and ends by `to`, or -1. */
  search(from: number, to: number): number;
  /** How many line feeds stand in `buffer` from `from` up to `to`. */
  countLines(from: number, to: number): number;
}

let compiled: WebAssembly.Module | null = null;

/**
 * @param anchors byte strings of 3 to 8 bytes; longer ones are searched by their first 8, so that a hit is always a
 *   candidate and never a proof
 * @param capacity bytes that `buffer` holds
 */
export const createKernel = (anchors: readonly Uint8Array[], capacity: number): Kernel => {
  compiled ??= new WebAssembly.Module(Buffer.from(wasm, 'base64'));
  const instance = new WebAssembly.Instance(compiled, { env: { abort: () => {} } });
  const kernel = instance.exports as unknown as Exports;
  const base = (kernel.heapBase() + 15) & ~15;
  const missing = base + capacity + SLACK - kernel.memory.buffer.byteLength;
  if (missing > 0) kernel.memory.grow(Math.ceil(missing / PAGE));
  load(kernel, anchors);
  const buffer = new Uint8Array(kernel.memory.buffer, base, capacity);
  return {
    buffer,
    search: (from, to) => {
      const at = kernel.search(base + from, base + to);
      return at === 0 ? -1 : at - base;
    },
    countLines: (from, to) => kernel.countLines(base + from, base + to),
  };
};

/**
 * Gives each anchor to the bucket that it makes least dearer: a bucket costs what its tables let through by chance, for each
 * of the three bytes the low nibbles times the high nibbles that any of its anchors has there.
 */
const load = (kernel: Exports, anchors: readonly Uint8Array[]): void => {
  const words = [...new Set(anchors.map((anchor) => Buffer.from(anchor.subarray(0, 8)).toString('latin1')))].sort();
  const buckets = Array.from({ length: BUCKETS }, (): Bucket => ({ words: [], sets: [0, 0, 0, 0, 0, 0], cost: 0 }));
  for (const word of words) {
    // This runs at every start, before anything is compiled: no allocation, no closures.
    let best = buckets[0];
    let least = Number.POSITIVE_INFINITY;
    for (const bucket of buckets) {
      const dearer = costWith(bucket.sets, word) - bucket.cost;
      if (dearer < least) {
        least = dearer;
        best = bucket;
      }
    }
    if (best !== undefined) put(best, word);
  }
  kernel.clearAnchors();
  buckets.forEach((bucket, index) => {
    for (const word of bucket.words) {
      const bytes = Buffer.alloc(8);
      bytes.write(word, 'latin1');
      if (kernel.addAnchor(bytes.readBigUInt64LE(), word.length, index) === 0) {
        throw new RangeError(`anchor of ${word.length} bytes, or more than 256 anchors`);
      }
    }
  });
};

interface Bucket {
  readonly words: string[];
  /** Bit sets of the nibbles its anchors have: low and high of the first byte, then of the second and the third. */
  readonly sets: number[];
  cost: number;
}

/** The nibble of a word that belongs to the `index`th set. */
const nibbleOf = (word: string, index: number): number => {
  const code = word.charCodeAt(index >> 1);
  return index % 2 === 0 ? code & 15 : code >> 4;
};

/** What a bucket would cost with one word more. */
const costWith = (sets: readonly number[], word: string): number => {
  let cost = 1;
  for (let index = 0; index < 6; index++) {
    let bits = 0;
    for (let rest = (sets[index] ?? 0) | (1 << nibbleOf(word, index)); rest !== 0; rest &= rest - 1) bits++;
    cost *= bits;
  }
  return cost;
};

const put = (bucket: Bucket, word: string): void => {
  bucket.cost = costWith(bucket.sets, word);
  bucket.words.push(word);
  for (let index = 0; index < 6; index++) bucket.sets[index] = (bucket.sets[index] ?? 0) | (1 << nibbleOf(word, index));
};
