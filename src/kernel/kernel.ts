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
  wordTables(): number;
  hasWord(from: number, end: number, shortest: number, needs: number, lacks: number): number;
}

/** Words that are looked for, as runs of bytes that have a class. */
export interface Words {
  /** Of each of the 256 bytes its class, a bit of eight; 0 for what ends a word. */
  readonly classes: Uint8Array;
  /** By length, below 1,024: the kinds that a word so long may be, a bit each. */
  readonly kinds: ReadonlyMap<number, number>;
  /** Of each kind, four at most: the classes that a word must have, and those that it may not. */
  readonly needs: readonly number[];
  readonly lacks: readonly number[];
}

export interface Kernel {
  /** Memory to fill with what is to be searched. */
  readonly buffer: Uint8Array;
  /** Index in `buffer` of the first anchor that starts at or after `from` and ends by `to`, or -1. */
  search(from: number, to: number): number;
  /** How many line feeds stand in `buffer` from `from` up to `to`. */
  countLines(from: number, to: number): number;
  /** What tells whether some of `bytes` are such a word. They are put into `buffer` if they are not there. */
  wordTest(words: Words): (bytes: Uint8Array) => boolean;
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
    wordTest: ({ classes, kinds, needs, lacks }) => {
      const tables = new Uint8Array(buffer.buffer, kernel.wordTables(), 256 + 1_024);
      tables.set(classes);
      for (const [length, kind] of kinds) tables[256 + length] = kind;
      const shortest = Math.min(...kinds.keys());
      const packed = (bytes: readonly number[]): number => bytes.reduceRight((all, byte) => (all << 8) | byte, 0);
      return (bytes) => {
        // What does not fit is left to a closer look.
        if (bytes.length > capacity) return true;
        if (bytes.buffer !== buffer.buffer) buffer.set(bytes);
        const from = bytes.buffer === buffer.buffer ? bytes.byteOffset : base;
        return kernel.hasWord(from, from + bytes.length, shortest, packed(needs), packed(lacks)) !== 0;
      };
    },
  };
};
