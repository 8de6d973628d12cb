// Host side of the search kernel (src/kernel/assembly): one block of memory that readers fill directly, and the question
// "does any anchor occur here?". One kernel per thread.

import wasm from 'akscan:kernel';
import { type AnchorTable, loadAnchors } from './load-anchors.js';

/** The kernel may load this many bytes past the end of what it searches. */
const SLACK = 64;
const PAGE = 65_536;

interface Exports extends AnchorTable {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
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
  loadAnchors(kernel, anchors);
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
