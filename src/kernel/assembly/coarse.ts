// Leaps over text in which no anchor can start, 64 bytes a turn: the first and cheaper half of the search.
//
// It looks at places of one parity only. Of every anchor two windows of three bytes are looked for, one that begins an
// even number of bytes into it and one that begins an odd number: wherever the anchor stands, one of them stands at a
// place that is looked at. So half the places are looked up, in bytes 0, 2, 4.. ("evens") and 1, 3, 5.. ("odds") of 32.
// Which windows, and in which of eight buckets, the host chooses (windows.ts): those that other text seldom holds.
//
// A window is looked up as the anchors are (search.ts), by the nibbles of its bytes; of the third, the low one is enough.

/** lo0 lo1 hi0 hi1 lo2: nibble tables. */
const TABLES: usize = memory.data(16 * 5, 16);

export function clearWindows(): void {
  memory.fill(TABLES, 0, 80);
}

/** Adds the window of `bytes` that begins at byte `from` of them, or, where `from` is -1, any byte and their first two. */
export function addWindow(bytes: u64, from: i32, bucket: u32): void {
  const bit: u8 = <u8>(<u32>1 << bucket);
  const second = <u32>(bytes >> ((from + 1) << 3)) & 255;
  const third = <u32>(bytes >> ((from + 2) << 3)) & 255;
  for (let nibble: u32 = 0; from < 0 && nibble < 16; nibble++) {
    add(nibble, bit);
    add(32 + nibble, bit);
  }
  if (from >= 0) {
    const first = <u32>(bytes >> (from << 3)) & 255;
    add(first & 15, bit);
    add(32 + (first >> 4), bit);
  }
  add(16 + (second & 15), bit);
  add(48 + (second >> 4), bit);
  add(64 + (third & 15), bit);
}

function add(entry: usize, bit: u8): void {
  store<u8>(TABLES + entry, load<u8>(TABLES + entry) | bit);
}

/**
 * The first of the blocks of 64 bytes from `p` on in which a window's third byte may stand, or, where there is none,
 * an address at or past `end`. No anchor starts at or after `p` and more than seven bytes before that block.
 */
export function leap(p: usize, end: usize): usize {
  const lo0 = v128.load(TABLES);
  const lo1 = v128.load(TABLES, 16);
  const hi0 = v128.load(TABLES, 32);
  const hi1 = v128.load(TABLES, 48);
  const lo2 = v128.load(TABLES, 64);
  const nibble = i8x16.splat(15);
  const byte = i16x8.splat(255);
  // What was looked up for the first two bytes of a window, 32 bytes before.
  let before = i8x16.splat(0);
  while (p < end) {
    const x = v128.load(p);
    const y = v128.load(p, 16);
    const evens = i8x16.narrow_i16x8_u(v128.and(x, byte), v128.and(y, byte));
    const odds = i8x16.narrow_i16x8_u(i16x8.shr_u(x, 8), i16x8.shr_u(y, 8));
    const low = v128.and(evens, nibble);
    const pairs = v128.and(lookUp(low, high(evens, nibble), lo0, hi0), lookUp(v128.and(odds, nibble), high(odds, nibble), lo1, hi1));
    const a = v128.and(back1(before, pairs), i8x16.swizzle(lo2, low));

    const x2 = v128.load(p, 32);
    const y2 = v128.load(p, 48);
    const evens2 = i8x16.narrow_i16x8_u(v128.and(x2, byte), v128.and(y2, byte));
    const odds2 = i8x16.narrow_i16x8_u(i16x8.shr_u(x2, 8), i16x8.shr_u(y2, 8));
    const low2 = v128.and(evens2, nibble);
    before = v128.and(lookUp(low2, high(evens2, nibble), lo0, hi0), lookUp(v128.and(odds2, nibble), high(odds2, nibble), lo1, hi1));
    const b = v128.and(back1(pairs, before), i8x16.swizzle(lo2, low2));
    if (v128.any_true(v128.or(a, b))) break;
    p += 64;
  }
  return p;
}

// @ts-ignore: decorator
@inline
export function high(x: v128, nibble: v128): v128 {
  // i16x8.shr_u and a mask: V8 makes i8x16.shr_u dearer than that.
  return v128.and(i16x8.shr_u(x, 4), nibble);
}

// @ts-ignore: decorator
@inline
export function lookUp(low: v128, high: v128, lo: v128, hi: v128): v128 {
  return v128.and(i8x16.swizzle(lo, low), i8x16.swizzle(hi, high));
}

/** The last byte of `before`, then `x` without its last. */
// @ts-ignore: decorator
@inline
export function back1(before: v128, x: v128): v128 {
  return v128.shuffle<u8>(before, x, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
}
