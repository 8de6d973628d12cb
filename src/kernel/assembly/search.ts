// Searches bytes for any of a fixed set of anchors, and counts lines.
//
// Two methods in turn. The coarse one (coarse.ts) leaps to where an anchor may start; around there the exact one looks.
// Where the coarse one stops too often, as in base64, the exact one goes on alone for a while.
//
// The exact one ("Teddy", from Hyperscan), 32 bytes a turn: every anchor is put in one of eight buckets, a bit each. For
// each of an anchor's first three bytes, two 16-entry tables (by low and by high nibble) say which buckets could have
// that byte there; a byte shuffle looks 16 input bytes up at once. Where the three answers share a bit, an anchor may
// start: only there are the anchors of the bucket compared. False candidates cost time, never correctness.
//
// Reads up to 64 bytes past `end`: the caller leaves that much slack.

import { addWindow, back1, clearWindows, high, leap, lookUp } from './coarse';

const BUCKETS: u32 = 8;
const MAX_ANCHORS: u32 = 256;

/** Anchors as (bytes, mask) pairs of u64, grouped by bucket. An anchor is 3 to 8 bytes. */
const VALUES: usize = memory.data(8 * 256, 16);
const MASKS: usize = memory.data(8 * 256, 16);
const LENGTHS: usize = memory.data(256, 16);
/** Index of each bucket's first anchor; one more entry for the end. */
const FIRST: usize = memory.data(4 * 9, 16);
/** lo0 hi0 lo1 hi1 lo2 hi2: nibble tables. */
const TABLES: usize = memory.data(16 * 6, 16);
/** For each of the first three bytes of an anchor: the buckets that have it there, by the whole byte. */
const BYTES: usize = memory.data(256 * 3, 16);

let count: u32 = 0;

export function clearAnchors(): void {
  count = 0;
  memory.fill(TABLES, 0, 96);
  memory.fill(BYTES, 0, 768);
  memory.fill(FIRST, 0, 36);
  clearWindows();
}

/**
 * Adds an anchor to a bucket. Buckets are filled in ascending order. `windows` are its two for the coarse search, a byte
 * each for where the even one begins in the anchor, the bucket of that, where the odd one begins plus one, its bucket.
 * Returns 0 when there is no room.
 */
export function addAnchor(bytes: u64, length: u32, bucket: u32, windows: u32): u32 {
  if (count == MAX_ANCHORS || bucket >= BUCKETS || length < 3 || length > 8) return 0;
  store<u64>(VALUES + (count << 3), bytes);
  store<u64>(MASKS + (count << 3), length == 8 ? ~(<u64>0) : (<u64>1 << (length << 3)) - 1);
  store<u8>(LENGTHS + count, <u8>length);
  count++;
  for (let b = bucket + 1; b <= BUCKETS; b++) store<u32>(FIRST + (b << 2), count);
  const bit: u8 = <u8>(<u32>1 << bucket);
  for (let i: u32 = 0; i < 3; i++) {
    const c = <u32>(bytes >> (i << 3)) & 255;
    const lo = TABLES + (i << 5) + (c & 15);
    const hi = TABLES + (i << 5) + 16 + (c >> 4);
    store<u8>(lo, load<u8>(lo) | bit);
    store<u8>(hi, load<u8>(hi) | bit);
    const whole = BYTES + (i << 8) + c;
    store<u8>(whole, load<u8>(whole) | bit);
  }
  addWindow(bytes, <i32>(windows & 255), (windows >> 8) & 255);
  addWindow(bytes, <i32>((windows >> 16) & 255) - 1, windows >> 24);
  return 1;
}

/** Whether an anchor of one of the buckets in `buckets` starts at `at` and ends by `end`. */
function starts(at: usize, end: usize, buckets: u32): bool {
  const word = load<u64>(at);
  do {
    const bucket = ctz(buckets);
    const last = load<u32>(FIRST + (bucket << 2), 4);
    for (let i = load<u32>(FIRST + (bucket << 2)); i < last; i++) {
      if (((word ^ load<u64>(VALUES + (i << 3))) & load<u64>(MASKS + (i << 3))) == 0) {
        if (at + <usize>load<u8>(LENGTHS + i) <= end) return true;
      }
    }
    buckets &= buckets - 1;
  } while (buckets);
  return false;
}

/** Bytes that the exact search looks at first, since the next anchor is often near. */
const BEGIN: usize = 64;
/** And where the coarse one stops: the block and 16 more on either side. */
const AROUND: usize = 96;
/** Where the coarse search leaps less than this far, it costs more than it saves. */
const WORTH: usize = 320;
const MOST: usize = 4096;

/** How many bytes the exact search takes next: four times as many each time that the coarse one is not worth it. */
let stretch: usize = BEGIN;

/** Address of the first anchor that starts at or after `from`, or 0 when there is none before `end`. */
export function search(from: usize, end: usize): usize {
  let p = from;
  while (true) {
    const to = p + stretch;
    const at = exact(p, min(to, end), end);
    if (at) {
      // Likely to be asked again from behind it, and the next may be as near.
      if (at - from < WORTH && stretch < MOST) stretch <<= 2;
      return at;
    }
    if (to >= end) break;
    // The exact search needs three bytes of an anchor to see it: those that start in its last two are still to be found.
    const block = leap(to - 16, end);
    if (block >= end) break;
    if (block >= to + WORTH) stretch = AROUND;
    else if (stretch < MOST) stretch <<= 2;
    p = block - 16;
  }
  stretch = BEGIN;
  return 0;
}

/** Address of the first anchor that starts in [p, to - 2) and ends by `end`, perhaps of one just behind, or 0. */
function exact(p: usize, to: usize, end: usize): usize {
  const lo0 = v128.load(TABLES);
  const hi0 = v128.load(TABLES, 16);
  const lo1 = v128.load(TABLES, 32);
  const hi1 = v128.load(TABLES, 48);
  const lo2 = v128.load(TABLES, 64);
  const hi2 = v128.load(TABLES, 80);
  const nibble = i8x16.splat(15);
  const zero = i8x16.splat(0);
  // What was looked up for the first and the second byte of an anchor, 16 bytes before.
  let first = zero;
  let second = zero;
  while (p < to) {
    const x = v128.load(p);
    const xl = v128.and(x, nibble);
    const xh = high(x, nibble);
    const y = v128.load(p, 16);
    const yl = v128.and(y, nibble);
    const yh = high(y, nibble);
    const x0 = lookUp(xl, xh, lo0, hi0);
    const x1 = lookUp(xl, xh, lo1, hi1);
    const y0 = lookUp(yl, yh, lo0, hi0);
    const y1 = lookUp(yl, yh, lo1, hi1);
    const a = v128.and(v128.and(back2(first, x0), back1(second, x1)), lookUp(xl, xh, lo2, hi2));
    const b = v128.and(v128.and(back2(x0, y0), back1(x1, y1)), lookUp(yl, yh, lo2, hi2));
    if (v128.any_true(v128.or(a, b))) {
      let lanes: u32 = <u32>i8x16.bitmask(i8x16.ne(a, zero)) | (<u32>i8x16.bitmask(i8x16.ne(b, zero)) << 16);
      do {
        const at = p + <usize>ctz(lanes) - 2;
        const buckets = candidates(at);
        if (buckets && starts(at, end, buckets)) return at;
        lanes &= lanes - 1;
      } while (lanes);
    }
    first = y0;
    second = y1;
    p += 32;
  }
  return 0;
}

/** The last two bytes of `before`, then `x` without its last two. */
// @ts-ignore: decorator
@inline
function back2(before: v128, x: v128): v128 {
  return v128.shuffle<u8>(before, x, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29);
}

/** The buckets that have an anchor's first three bytes at `at`, each of them in some anchor. */
function candidates(at: usize): u32 {
  return (
    load<u8>(BYTES + <usize>load<u8>(at)) &
    load<u8>(BYTES + <usize>load<u8>(at, 1), 256) &
    load<u8>(BYTES + <usize>load<u8>(at, 2), 512)
  );
}

/** How many line feeds stand in [p, end). */
export function countLines(p: usize, end: usize): u32 {
  const feed = i8x16.splat(10);
  let lines: u32 = 0;
  while (p + 16 <= end) {
    lines += popcnt(<u32>i8x16.bitmask(i8x16.eq(v128.load(p), feed)));
    p += 16;
  }
  while (p < end) {
    lines += <u32>(load<u8>(p) == 10);
    p++;
  }
  return lines;
}
