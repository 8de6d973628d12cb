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

/** Gives each anchor a bucket: those that begin alike share one, since they cost one bit in the tables together. */
const load = (kernel: Exports, anchors: readonly Uint8Array[]): void => {
  const words = [...new Set(anchors.map((anchor) => Buffer.from(anchor.subarray(0, 8)).toString('latin1')))].sort();
  kernel.clearAnchors();
  words.forEach((word, index) => {
    const bytes = Buffer.alloc(8);
    bytes.write(word, 'latin1');
    const bucket = Math.floor((index * BUCKETS) / words.length);
    if (kernel.addAnchor(bytes.readBigUInt64LE(), word.length, bucket) === 0) {
      throw new RangeError(`anchor of ${word.length} bytes, or more than 256 anchors`);
    }
  });
};
