// Git deltas (gitformat-pack, "Deltified representation"): what a version copies from its base and what it inserts.
//
// A delta is applied, or searched, or both in one pass. The search looks only at what the delta brings: an anchor that
// lies inside a copied range lies in the base too, where it was found already. What remains is written into one short
// text, `NEW`, which search() then reads: every insert, and of every copied range the ends, since an anchor may begin
// in one instruction and end in another, or reach over several short ones. Where the middle of a range is left out stands
// a byte 0xff, so that its two ends are not taken for neighbours; an anchor with such a byte would cost a false alarm.
//
// Bytes are moved in vectors: up to 32 are read past the base and past the delta, and written past the output
// (SLACK of inflate.ts covers them).
import { search } from '../../kernel/assembly/search';

/** The answer of the searches when a delta is not valid. */
export const BAD: u32 = 0xffffffff;

/** Larger than what git itself makes; the reader of large objects takes those. */
const LARGEST: u64 = 0x80000000;

/** An anchor has at most eight bytes: this many of them can lie on one side of a seam. */
const KEPT: usize = 7;
const NEW_ROOM: usize = 16384;
/** Room for one instruction more (an insert of up to 127 bytes) and for what search() reads past the end. */
const NEW: usize = memory.data(16384 + 256, 64);
const LEFT_OUT: u64 = 0xff00000000000000;

/** For the low seven bits of a copy instruction, which say what bytes follow: where those belong in (offset, size). */
const PLACES: usize = memory.data(128 * 16, 64);

/** What readSizes() read. */
export let baseSize: usize = 0;
export let targetSize: usize = 0;

export function initDelta(): void {
  memory.fill(PLACES, 0xff, 128 * 16);
  for (let present: u32 = 0; present < 128; present++) {
    let following: u8 = 0;
    for (let i: u32 = 0; i < 7; i++) {
      if (present & (1 << i)) store<u8>(PLACES + (present << 4) + i, following++);
    }
  }
}

/** Reads the sizes of base and target, which a delta begins with. Gives the place after them, 0 when they make no sense. */
export function readSizes(p: usize, end: usize): usize {
  p = readSize(p, end);
  baseSize = size;
  if (p == 0) return 0;
  p = readSize(p, end);
  targetSize = size;
  return p;
}

let size: usize = 0;

function readSize(p: usize, end: usize): usize {
  let value: u64 = 0;
  for (let shift: u64 = 0; p < end && shift < 63; shift += 7) {
    const byte = <u64>load<u8>(p++);
    value |= (byte & 127) << shift;
    if (byte < 128) {
      size = <usize>value;
      return value > LARGEST ? 0 : p;
    }
  }
  size = 0;
  return 0;
}

/**
 * Writes the target. False when the delta is not valid: it copies from outside the base, gives another size than
 * `dstLength`, or ends within an instruction. At `dst` is rubbish then.
 */
export function deltaApply(p: usize, end: usize, base: usize, baseLength: usize, dst: usize, dstLength: usize): bool {
  return run<u32>(p, end, base, baseLength, dst, dstLength) != BAD;
}

/** 1 when an anchor may lie in what the delta inserts or across a seam, 0 when certainly none does, BAD as above. */
export function deltaSearch(p: usize, end: usize, base: usize, baseLength: usize, dstLength: usize): u32 {
  return run<u8>(p, end, base, baseLength, 0, dstLength);
}

/** Both at once. */
export function deltaApplySearch(p: usize, end: usize, base: usize, baseLength: usize, dst: usize, dstLength: usize): u32 {
  return run<u16>(p, end, base, baseLength, dst, dstLength);
}

/** T says what is done, when this is compiled: u8 searches, u32 applies, u16 does both. */
function run<T>(p: usize, end: usize, base: usize, baseLength: usize, dst: usize, dstLength: usize): u32 {
  const dstEnd = dst + dstLength;
  let out = dst;
  let to = NEW;
  let found: u32 = 0;
  while (p < end) {
    const instruction: u32 = load<u8>(p++);
    if (instruction & 128) {
      const present = instruction & 127;
      const numbers = i8x16.swizzle(v128.load(p), v128.load(PLACES + (present << 4)));
      p += popcnt(present);
      const offset: usize = i32x4.extract_lane(numbers, 0);
      let length: usize = i32x4.extract_lane(numbers, 1);
      if (length == 0) length = 0x10000;
      if (offset > baseLength || length > baseLength - offset || length > dstEnd - out) return BAD;
      const from = base + offset;
      if (sizeof<T>() != 4) {
        if (length <= 16) {
          v128.store(to, v128.load(from));
          to += length;
        } else {
          store<u64>(to, load<u64>(from) | LEFT_OUT);
          store<u64>(to, load<u64>(from + length - KEPT), KEPT + 1);
          to += KEPT + 1 + KEPT;
        }
      }
      if (sizeof<T>() != 1) copyRange(out, from, length);
      out += length;
    } else {
      const length: usize = instruction;
      if (length == 0 || length > end - p || length > dstEnd - out) return BAD;
      let i: usize = 0;
      do {
        const bytes = v128.load(p + i);
        if (sizeof<T>() != 4) v128.store(to + i, bytes);
        if (sizeof<T>() != 1) v128.store(out + i, bytes);
        i += 16;
      } while (i < length);
      if (sizeof<T>() != 4) to += length;
      out += length;
      p += length;
    }
    if (sizeof<T>() != 4) {
      if (to > NEW + NEW_ROOM) {
        found |= <u32>(search(NEW, to) != 0);
        store<u64>(NEW, load<u64>(to - KEPT));
        to = NEW + KEPT;
      }
    }
  }
  if (out != dstEnd || p != end) return BAD;
  if (sizeof<T>() != 4) found |= <u32>(search(NEW, to) != 0);
  return found;
}

// @ts-ignore: decorator
@inline
function copyRange(to: usize, from: usize, length: usize): void {
  if (length > 2048) {
    memory.copy(to, from, length);
    return;
  }
  const end = to + length;
  do {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    to += 32;
    from += 32;
  } while (to < end);
}
