// Huffman codes of DEFLATE (RFC 1951, 3.2) as decoding tables.
//
// A table is looked up with the next bits of the stream as they stand: 1 << rootBits entries of u32, and behind them
// smaller tables for codes longer than that. An entry says all that the decoder needs to know about its symbol:
//
//   literal      bit 31; 23..16 the byte; 4..0 length of the code
//   match length 29..25 mask of its extra bits; 24..16 base; 12..8 length of the code + 2; 4..0 code and extra bits
//   distance     30..16 base; 12..8 length of the code + 2; 4..0 code and extra bits
//   run          31..27 what is repeated (see runLengths); 26..16 base; 12..8 length of the code; 4..0 code and extra bits
//   end of block SPECIAL | END
//   longer codes SPECIAL | LONGER; 30..16 where their table starts, in bytes; 11..8 its bits; 4..0 rootBits
//   no such code SPECIAL
//
// "+ 2" since the decoder of symbols keeps its bits shifted left by two: a lookup then needs no multiplication by four.
//
// Most streams of a pack are so short that building tables takes as long as using them. So symbols are put in a list
// for each code length while the lengths are read: there is nothing to count and nothing to sort.

export const LITERAL: u32 = 0x80000000;
export const SPECIAL: u32 = 0x8000;
export const LONGER: u32 = 0x4000;
export const END: u32 = 0x2000;

// Tables always have all their root entries, so that masks are constants. Filling them up costs little.
export const LITERAL_BITS: u32 = 10;
export const DISTANCE_BITS: u32 = 8;
export const RUN_BITS: u32 = 7;

// The most entries that a complete code can need (`enough` of zlib's examples): 286 symbols of up to 15 bits with 10
// root bits take 1,334, 30 with 8 take 402.
export const LITERALS: usize = memory.data(1536 * 4, 64);
export const DISTANCES: usize = memory.data(512 * 4, 64);
export const RUNS: usize = memory.data(128 * 4, 64);
export const FIXED_LITERALS: usize = memory.data(1024 * 4, 64);
export const FIXED_DISTANCES: usize = memory.data(256 * 4, 64);

/** Symbols of each code length 0..15 in ascending order: 512 of u16 a length, never more than 320 + 138 + 8 of them written. */
export const LISTS: usize = memory.data(16 * 1024, 64);
export const LIST_SHIFT: u32 = 10;
/** u32 a length: how many symbols are listed; the first one that the next table takes; how many it takes. */
export const LISTED: usize = memory.data(16 * 4, 16);
export const FIRST: usize = memory.data(16 * 4, 16);
export const COUNT: usize = memory.data(16 * 4, 16);

/** What each symbol's entry says apart from its code. */
export const LITERAL_ENTRIES: usize = memory.data(288 * 4, 16);
export const DISTANCE_ENTRIES: usize = memory.data(32 * 4, 16);
export const RUN_ENTRIES: usize = memory.data(19 * 4, 16);

/** The ten bits of each index, reversed: u16. */
const REVERSED: usize = memory.data(1024 * 2, 64);

export function initTables(): void {
  for (let byte: u32 = 0; byte < 256; byte++) store<u32>(LITERAL_ENTRIES + (byte << 2), LITERAL | (byte << 16));
  store<u32>(LITERAL_ENTRIES + (256 << 2), SPECIAL | END);
  let base: u32 = 3;
  for (let i: u32 = 0; i < 28; i++) {
    const extra: u32 = i < 8 ? 0 : (i >> 2) - 1;
    store<u32>(LITERAL_ENTRIES + ((257 + i) << 2), (((1 << extra) - 1) << 25) | (base << 16) | (2 << 8) | extra);
    base += 1 << extra;
  }
  store<u32>(LITERAL_ENTRIES + (285 << 2), (258 << 16) | (2 << 8));
  store<u32>(LITERAL_ENTRIES + (286 << 2), SPECIAL);
  store<u32>(LITERAL_ENTRIES + (287 << 2), SPECIAL);
  base = 1;
  for (let i: u32 = 0; i < 30; i++) {
    const extra: u32 = i < 4 ? 0 : (i >> 1) - 1;
    store<u32>(DISTANCE_ENTRIES + (i << 2), (base << 16) | (2 << 8) | extra);
    base += 1 << extra;
  }
  store<u32>(DISTANCE_ENTRIES + (30 << 2), SPECIAL);
  store<u32>(DISTANCE_ENTRIES + (31 << 2), SPECIAL);
  for (let i: u32 = 0; i < 16; i++) store<u32>(RUN_ENTRIES + (i << 2), (i << 27) | (1 << 16));
  store<u32>(RUN_ENTRIES + (16 << 2), (<u32>16 << 27) | (3 << 16) | 2);
  store<u32>(RUN_ENTRIES + (17 << 2), (3 << 16) | 3);
  store<u32>(RUN_ENTRIES + (18 << 2), (11 << 16) | 7);

  for (let i: u32 = 0; i < 1024; i++) {
    let reversed: u32 = 0;
    for (let bit: u32 = 0; bit < 10; bit++) reversed |= ((i >> bit) & 1) << (9 - bit);
    store<u16>(REVERSED + (i << 1), <u16>reversed);
  }

  // The fixed codes (3.2.6).
  clear(FIRST);
  clear(LISTED);
  for (let i: u32 = 0; i < 288; i++) list(i, i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8);
  copy(COUNT, LISTED);
  buildTable(FIXED_LITERALS, LITERAL_ENTRIES, LITERAL_BITS);
  clear(LISTED);
  for (let i: u32 = 0; i < 32; i++) list(i, 5);
  copy(COUNT, LISTED);
  buildTable(FIXED_DISTANCES, DISTANCE_ENTRIES, DISTANCE_BITS);
}

/** Sets the sixteen numbers of LISTED, FIRST or COUNT to 0. */
// @ts-ignore: decorator
@inline
export function clear(to: usize): void {
  const zero = i32x4.splat(0);
  v128.store(to, zero);
  v128.store(to, zero, 16);
  v128.store(to, zero, 32);
  v128.store(to, zero, 48);
}

/** Copies sixteen such numbers. */
// @ts-ignore: decorator
@inline
export function copy(to: usize, from: usize): void {
  v128.store(to, v128.load(from));
  v128.store(to, v128.load(from, 16), 16);
  v128.store(to, v128.load(from, 32), 32);
  v128.store(to, v128.load(from, 48), 48);
}

/** Puts a symbol at the end of the list of its code length. */
// @ts-ignore: decorator
@inline
export function list(symbol: u32, length: u32): void {
  const at = LISTED + (length << 2);
  const listed = load<u32>(at);
  store<u16>(LISTS + (length << LIST_SHIFT) + (listed << 1), <u16>symbol);
  store<u32>(at, listed + 1);
}

/** The first symbol of a length that the table being built takes, as an address in its list. */
// @ts-ignore: decorator
@inline
function firstOf(length: u32): usize {
  return LISTS + (length << LIST_SHIFT) + (load<u32>(FIRST + (length << 2)) << 1);
}

// @ts-ignore: decorator
@inline
function entryOf(entries: usize, at: usize): u32 {
  return load<u32>(entries + (<usize>load<u16>(at) << 2));
}

/**
 * Builds the table of the code whose symbols LISTS, FIRST and COUNT give; `entries` is where symbol 0's entry would be.
 * False when no code has these lengths: as in zlib, one that is not complete is allowed only with no symbol at all or
 * a single one of one bit.
 */
export function buildTable(table: usize, entries: usize, rootBits: u32): bool {
  let longest: u32 = 15;
  while (longest > 1 && load<u32>(COUNT + (longest << 2)) == 0) longest--;
  let used: u32 = 0;
  for (let length: u32 = 1; length <= longest; length++) used = (used << 1) + load<u32>(COUNT + (length << 2));
  if (used != (<u32>1 << longest)) {
    if (used > 1 || longest > 1) return false;
    const none: u32 = SPECIAL + (1 << 8) + 1;
    const only: u32 = used == 0 ? none : entryOf(entries, firstOf(1)) + (1 << 8) + 1;
    for (let i: u32 = 0; i < (<u32>1 << rootBits); i += 2) {
      store<u32>(table + (i << 2), only);
      store<u32>(table + (i << 2), none, 4);
    }
    return true;
  }

  // Codes of up to rootBits bits. The table of n bits is doubled for those of n + 1. That codes are reversed by looking
  // them up makes the stores independent of one another.
  let length: u32 = 1;
  let count: u32;
  while ((count = load<u32>(COUNT + (length << 2))) == 0) length++;
  let code: u32 = 0;
  let size: u32 = 1 << length;
  while (length <= rootBits) {
    const add = (length << 8) + length;
    const shift = 11 - length; // to ten bits, and by one more since REVERSED is of u16
    let at = firstOf(length);
    const last = at + (count << 1);
    while (at < last) {
      const place = <usize>load<u16>(REVERSED + (code << shift));
      store<u32>(table + (place << 2), entryOf(entries, at) + add);
      at += 2;
      code++;
    }
    if (code == size) {
      for (; length < rootBits; length++) {
        double(table, size);
        size <<= 1;
      }
      return true;
    }
    length++;
    code <<= 1;
    count = load<u32>(COUNT + (length << 2));
    if (length <= rootBits) {
      double(table, size);
      size <<= 1;
    }
  }
  while (count == 0) {
    code <<= 1;
    count = load<u32>(COUNT + (++length << 2));
  }
  buildLonger(table, entries, rootBits, length, count, code);
  return true;
}

// @ts-ignore: decorator
@inline
function double(table: usize, size: u32): void {
  // 16 bytes at a time. Tables of less than that write into what the next doubling fills.
  const end = table + (size << 2);
  let from = table;
  let to = end;
  do {
    v128.store(to, v128.load(from));
    from += 16;
    to += 16;
  } while (from < end);
}

/** The codes of more than rootBits bits, from the first one on: `code` of `length` bits, which `count` symbols have. */
function buildLonger(table: usize, entries: usize, rootBits: u32, length: u32, count: u32, code: u32): void {
  const rootMask: u32 = (1 << rootBits) - 1;
  let reversed: u32 = 0;
  for (let bit: u32 = 0; bit < length; bit++) reversed |= ((code >> bit) & 1) << (length - 1 - bit);
  let at = firstOf(length);
  let prefix: u32 = 0xffffffff;
  let start: u32 = 0;
  let end: u32 = 1 << rootBits;
  while (true) {
    if ((reversed & rootMask) != prefix) {
      // A table of its own for all codes that begin like this one: as many bits as they fill.
      prefix = reversed & rootMask;
      start = end;
      let bits = length - rootBits;
      let space = count;
      while (space < (<u32>1 << bits)) {
        bits++;
        space = (space << 1) + load<u32>(COUNT + ((rootBits + bits) << 2));
      }
      end = start + (1 << bits);
      store<u32>(table + (prefix << 2), (start << 18) | SPECIAL | LONGER | (bits << 8) | rootBits);
    }
    const rest = length - rootBits;
    const entry = entryOf(entries, at) + (rest << 8) + rest;
    at += 2;
    for (let i = start + (reversed >> rootBits); i < end; i += 1 << rest) store<u32>(table + (i << 2), entry);

    // The next code: add one at the other end.
    const last: u32 = (1 << length) - 1;
    if (reversed == last) return;
    const bit: u32 = <u32>1 << (31 - clz(reversed ^ last));
    reversed = (reversed & (bit - 1)) | bit;
    if (--count == 0) {
      do count = load<u32>(COUNT + (++length << 2));
      while (count == 0);
      at = firstOf(length);
    }
  }
}
