// The inflate kernel's exports, for whoever has a few small streams to read. The pack kernel has the same decoder. Everything
// is raw memory: no classes, no garbage collector.

import { adler32 } from './adler';
import { inflate, initInflate, produced, SLACK } from './inflate';

/** Bytes after the input that are loaded and do not count. */
const BEHIND: usize = 64;

const REFUSED: u32 = 0xffffffff;

let from: usize = 0;
let to: usize = 0;
let capacity: usize = 0;

/** Once, before anything else: room for streams of `mostFrom` bytes that hold at most `mostTo`. Gives where they are put. */
export function open(mostFrom: u32, mostTo: u32): usize {
  initInflate();
  from = (__heap_base + 63) & ~63;
  to = from + mostFrom + BEHIND;
  capacity = mostTo;
  const pages = <i32>((to + capacity + SLACK + 65535) >> 16) - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) unreachable();
  return from;
}

/** Where the bytes of the last stream are. */
export function output(): usize {
  return to;
}

/** Inflates a zlib stream of `length` bytes, all of them. Gives how many bytes it held, or 2^32 - 1 when it is no such stream. */
export function read(length: u32): u32 {
  const end = from + length;
  const used = inflate(from, end, to, capacity);
  if (used == 0 || from + used + 4 != end) return REFUSED;
  return bswap<u32>(load<u32>(from + used)) == adler32(to, produced) ? <u32>produced : REFUSED;
}
