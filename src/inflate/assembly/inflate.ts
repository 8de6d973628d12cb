// Inflates zlib streams (RFC 1950, RFC 1951) whose size is known beforehand, as that of every object of a pack is.
//
// There is no careful loop near the ends: the caller leaves 64 readable bytes after the input and SLACK writable ones
// after the output, and running over an end is noticed one step later. What zlib refuses is refused here.
//
// Places in the input are counted in bits: address * 8, plus the bits of that byte that are gone. Loops keep the next
// bits in `bits` and how many of them count in `left`; filling up takes whole words and lets `next` step over those
// bytes only that fit, so that the same bits may be put in twice (libdeflate's method). `bits` is shifted left by two:
// what is masked out of it is a table entry's place in bytes.
import { readTables } from './dynamic';
import {
  DISTANCES,
  DISTANCE_BITS,
  END,
  FIXED_DISTANCES,
  FIXED_LITERALS,
  LITERALS,
  LITERAL_BITS,
  LONGER,
  SPECIAL,
  initTables,
} from './huffman';

/** How many bytes past the end of the output may be written: two literals, a match of 258, its last vectors; rounded up. */
export const SLACK: usize = 512;

const LITERAL_MASK: u32 = ((1 << LITERAL_BITS) - 1) << 2;
const DISTANCE_MASK: u32 = ((1 << DISTANCE_BITS) - 1) << 2;

/** For distances 1 to 7: which of the last bytes each of sixteen repeats. */
const REPEATS: usize = memory.data(8 * 16, 16);
/** And how many of the sixteen are whole repeats. */
const STEPS: usize = memory.data<u8>([0, 16, 16, 15, 16, 15, 12, 14]);

/** How many bytes the last call of inflate() gave. */
export let produced: usize = 0;

/** Where the next byte goes; decode() leaves it here. */
let output: usize = 0;
let tablesAreFixed: bool = false;

export function initInflate(): void {
  initTables();
  for (let distance: u32 = 1; distance < 8; distance++) {
    for (let i: u32 = 0; i < 16; i++) store<u8>(REPEATS + (distance << 4) + i, i % distance);
  }
}

/**
 * Inflates the zlib stream at `src` into at most `capacity` bytes at `dst`; `produced` says into how many. Gives the
 * bytes that the stream takes without the checksum that ends it (adler32), which is the caller's to compare, or 0 when it
 * is damaged, needs a dictionary, has no end before `srcEnd` or holds more than `capacity`.
 */
export function inflate(src: usize, srcEnd: usize, dst: usize, capacity: usize): usize {
  produced = 0;
  const method: u32 = load<u8>(src);
  const flags: u32 = load<u8>(src, 1);
  if ((method & 15) != 8 || method >> 4 > 7 || flags & 32 || ((method << 8) | flags) % 31 != 0) return 0;
  const outEnd = dst + capacity;
  const inEnd = <u64>srcEnd << 3;
  let place = <u64>(src + 2) << 3;
  output = dst;
  let header: u32;
  do {
    if (place + 3 > inEnd) return 0;
    header = <u32>load<u16>(<usize>(place >> 3)) >> (<u32>place & 7);
    place += 3;
    const type = (header >> 1) & 3;
    if (type == 0) {
      const start = <usize>((place + 7) >> 3) + 4;
      const length: usize = load<u16>(start - 4);
      if (length != (<usize>load<u16>(start - 2) ^ 0xffff)) return 0;
      if (start > srcEnd || length > srcEnd - start || length > outEnd - output) return 0;
      memory.copy(output, start, length);
      output += length;
      place = <u64>(start + length) << 3;
      continue;
    }
    if (type == 1) {
      if (!tablesAreFixed) {
        memory.copy(LITERALS, FIXED_LITERALS, LITERAL_MASK + 4);
        memory.copy(DISTANCES, FIXED_DISTANCES, DISTANCE_MASK + 4);
        tablesAreFixed = true;
      }
    } else if (type == 2) {
      tablesAreFixed = false;
      place = readTables(place, srcEnd + 8);
    } else return 0;
    if (place == 0) return 0;
    place = decode(place, srcEnd + 8, dst, outEnd);
    if (place == 0 || output > outEnd) return 0;
  } while (!(header & 1));
  if (place > inEnd) return 0;
  produced = output - dst;
  return <usize>((place + 7) >> 3) - src;
}

/** The bytes that the tables say, from `output` on, up to the end of the block. Gives the place after it, 0 when corrupt. */
function decode(place: u64, inLimit: usize, outStart: usize, outEnd: usize): u64 {
  let out = output;
  let next = <usize>(place >> 3);
  let left: u64 = 10 - (place & 7);
  let bits = (<u64>load<u8>(next++) >> (place & 7)) << 2;
  let before: u64;
  bits |= load<u64>(next) << left;
  next += 7 - (<usize>(left >> 3) & 7);
  left |= 56;
  let entry = load<u32>(<usize>(<u32>bits & LITERAL_MASK), LITERALS);
  // At least 54 bits here: three literals of up to 10, or two and a match length of up to 20, and the next table's 8.
  while (true) {
    before = bits;
    bits >>= <u64>entry;
    left -= <u64>entry;
    if (<i32>entry < 0) {
      store<u8>(out, entry >> 16);
      entry = load<u32>(<usize>(<u32>bits & LITERAL_MASK), LITERALS);
      before = bits;
      bits >>= <u64>entry;
      left -= <u64>entry;
      if (<i32>entry < 0) {
        store<u8>(out, entry >> 16, 1);
        entry = load<u32>(<usize>(<u32>bits & LITERAL_MASK), LITERALS);
        before = bits;
        bits >>= <u64>entry;
        left -= <u64>entry;
        if (<i32>entry < 0) {
          store<u8>(out, entry >> 16, 2);
          out += 3;
          entry = load<u32>(<usize>(<u32>bits & LITERAL_MASK), LITERALS);
          bits |= load<u64>(next) << left;
          next += 7 - (<usize>(left >> 3) & 7);
          left |= 56;
          if (out <= outEnd && next <= inLimit) continue;
          return 0;
        }
        out += 2;
      } else out += 1;
    }
    if (entry & SPECIAL) {
      if (entry & END) break;
      if (!(entry & LONGER)) return 0;
      entry = load<u32>(<usize>((<u32>bits & ((<u32>4 << ((entry >> 8) & 15)) - 4)) + (entry >> 16)), LITERALS);
      before = bits;
      bits >>= <u64>entry;
      left -= <u64>entry;
      if (<i32>entry < 0) {
        store<u8>(out, entry >> 16);
        out++;
        bits |= load<u64>(next) << left;
        next += 7 - (<usize>(left >> 3) & 7);
        left |= 56;
        entry = load<u32>(<usize>(<u32>bits & LITERAL_MASK), LITERALS);
        if (out <= outEnd && next <= inLimit) continue;
        return 0;
      }
      if (entry & SPECIAL) {
        if (entry & END) break;
        return 0;
      }
    }
    const length: usize = ((entry >> 16) & 511) + (<u32>(before >> <u64>(entry >> 8)) & (entry >> 25));

    entry = load<u32>(<usize>(<u32>bits & DISTANCE_MASK), DISTANCES);
    bits |= load<u64>(next) << left;
    next += 7 - (<usize>(left >> 3) & 7);
    left |= 56;
    if (entry & SPECIAL) {
      if (!(entry & LONGER)) return 0;
      bits >>= <u64>(entry & 31);
      left -= <u64>(entry & 31);
      entry = load<u32>(<usize>((<u32>bits & ((<u32>4 << ((entry >> 8) & 15)) - 4)) + (entry >> 16)), DISTANCES);
      if (entry & SPECIAL) return 0;
    }
    before = bits;
    bits >>= <u64>entry;
    left -= <u64>entry;
    const distance: usize = (entry >> 16) + <u32>((before & ((<u64>4 << <u64>entry) - 1)) >> <u64>(entry >> 8));
    if (distance > out - outStart) return 0;
    let from = out - distance;
    let to = out;
    out += length;
    // The next symbol is looked up before the bytes are copied: they do not wait for one another.
    entry = load<u32>(<usize>(<u32>bits & LITERAL_MASK), LITERALS);
    bits |= load<u64>(next) << left;
    next += 7 - (<usize>(left >> 3) & 7);
    left |= 56;
    if (distance >= 8) {
      store<u64>(to, load<u64>(from));
      store<u64>(to, load<u64>(from, 8), 8);
      store<u64>(to, load<u64>(from, 16), 16);
      store<u64>(to, load<u64>(from, 24), 24);
      if (length > 32) {
        to += 32;
        from += 32;
        if (distance >= 16) {
          do {
            v128.store(to, v128.load(from));
            from += 16;
            to += 16;
          } while (to < out);
        } else {
          do {
            store<u64>(to, load<u64>(from));
            from += 8;
            to += 8;
          } while (to < out);
        }
      }
    } else {
      const bytes = i8x16.swizzle(v128.load(from), v128.load(REPEATS + (distance << 4)));
      const step = <usize>load<u8>(STEPS + distance);
      do {
        v128.store(to, bytes);
        to += step;
      } while (to < out);
    }
    if (out > outEnd || next > inLimit) return 0;
  }
  output = out;
  return (<u64>next << 3) - ((left & 63) - 2);
}
