// Huffman codes of DEFLATE (RFC 1951, 3.2) as decoding tables.
//
// A table is looked up with the next bits of the stream as they stand: 1 << rootBits entries of u32, and behind them
// smaller tables for codes longer than that. An entry says all that the decoder needs to know about its symbol:
//
//   literal      bit 31; 23..16 the byte; 4..0 length of the code
//   match length 29..25 mask of its extra bits; 24..16 base; 12..8 length of the code + 2; 4..0 code and extra bits
//   distance     30..16 base; 12..8 length of the code + 2; 4..0 code and extra bits
//   run          31..27 a code length, or 16 for the last one; 26..16 how often at least; 12..8 and 4..0 as above
//   end of block SPECIAL | END
//   longer codes SPECIAL | LONGER; 30..16 where their table starts, in bytes; 11..8 its bits; 4..0 rootBits
//   no such code SPECIAL
//
// "+ 2" since the decoder of symbols keeps its bits shifted left by two: a lookup then needs no multiplication by four.
//
// The streams of a pack are short, so tables have to be built fast. Symbols are put on a list for each code length while
// the lengths are read (readTables() in inflate.ts): there is nothing to count and nothing to sort.

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

/**
 * Lists of the symbols of each length, ascending, u16. Room for 512: there are 316 symbols, a last run of 138 may go
 * beyond them, and vectors are written. Length 16 is none: symbols that repeat a length before there was one come there.
 */
const LISTS: usize = memory.data(17 * 1024, 64);
/** Address at which each list begins, and at which it ends. u32 a length, like the next two. */
const LISTS_FROM: usize = memory.data(20 * 4, 16);
export const LISTS_TO: usize = memory.data(20 * 4, 16);
/** The part of the lists that a table is built from: address of its first symbol, how many. */
const FROM: usize = memory.data(20 * 4, 16);
const COUNT: usize = memory.data(20 * 4, 16);

/** What each symbol's entry says apart from its code. */
export const LITERAL_ENTRIES: usize = memory.data(288 * 4, 16);
export const DISTANCE_ENTRIES: usize = memory.data(32 * 4, 16);
export const RUN_ENTRIES: usize = memory.data(19 * 4, 16);

/** u16 for each code of ten bits: those bits reversed, as the place of a table entry in bytes. */
const REVERSED: usize = memory.data(1024 * 2, 64);
/** Its size in bytes. */
const CODES: u32 = 1024 * 2;

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
  for (let i: u32 = 0; i < 16; i++) store<u32>(RUN_ENTRIES + (i << 2), (i << 27) | (1 << 16) | (2 << 8));
  store<u32>(RUN_ENTRIES + (16 << 2), (<u32>16 << 27) | (3 << 16) | (2 << 8) | 2);
  store<u32>(RUN_ENTRIES + (17 << 2), (3 << 16) | (2 << 8) | 3);
  store<u32>(RUN_ENTRIES + (18 << 2), (11 << 16) | (2 << 8) | 7);

  for (let i: u32 = 0; i < 1024; i++) {
    let reversed: u32 = 0;
    for (let bit: u32 = 0; bit < 10; bit++) reversed |= ((i >> bit) & 1) << (9 - bit);
    store<u16>(REVERSED + (i << 1), <u16>(reversed << 2));
  }

  for (let length: u32 = 0; length < 17; length++) store<u32>(LISTS_FROM + (length << 2), LISTS + (length << 10));

  // The fixed codes (3.2.6).
  clearLists();
  for (let i: u32 = 0; i < 288; i++) list(i, i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8);
  takeLists();
  buildTable(FIXED_LITERALS, LITERAL_ENTRIES, LITERAL_BITS);
  clearLists();
  for (let i: u32 = 0; i < 32; i++) list(i, 5);
  takeLists();
  buildTable(FIXED_DISTANCES, DISTANCE_ENTRIES, DISTANCE_BITS);
}

/** Empties the lists. */
export function clearLists(): void {
  for (let i: usize = 0; i < 80; i += 16) v128.store(LISTS_TO + i, v128.load(LISTS_FROM + i));
}

export function isListEmpty(length: u32): bool {
  return load<usize>(LISTS_TO + (length << 2)) == load<usize>(LISTS_FROM + (length << 2));
}

/** Puts a symbol at the end of the list of its code length. */
// @ts-ignore: decorator
@inline
export function list(symbol: u32, length: u32): void {
  const at = load<usize>(LISTS_TO + (length << 2));
  store<u16>(at, <u16>symbol);
  store<usize>(LISTS_TO + (length << 2), at + 2);
}

/** The next table is built from what the lists hold now ... */
export function takeLists(): void {
  for (let i: usize = 0; i < 64; i += 16) {
    const from = v128.load(LISTS_FROM + i);
    v128.store(FROM + i, from);
    v128.store(COUNT + i, i32x4.shr_u(i32x4.sub(v128.load(LISTS_TO + i), from), 1));
  }
}

/** ... without the last `symbols` of a length. */
export function leaveOut(symbols: u32, length: u32): void {
  store<u32>(COUNT + (length << 2), load<u32>(COUNT + (length << 2)) - symbols);
}

/** The next table is built from what was not taken for the last one. */
export function takeRest(): void {
  for (let i: usize = 0; i < 64; i += 16) {
    const from = i32x4.add(v128.load(FROM + i), i32x4.shl(v128.load(COUNT + i), 1));
    v128.store(FROM + i, from);
    v128.store(COUNT + i, i32x4.shr_u(i32x4.sub(v128.load(LISTS_TO + i), from), 1));
  }
}

// @ts-ignore: decorator
@inline
function firstOf(length: u32): usize {
  return load<usize>(FROM + (length << 2));
}

// @ts-ignore: decorator
@inline
function entryOf(entries: usize, at: usize): u32 {
  return load<u32>(entries + (<usize>load<u16>(at) << 2));
}

// @ts-ignore: decorator
@inline
function weigh(i: usize, weights: v128): v128 {
  return i32x4.mul(v128.load(COUNT + i), weights);
}

/**
 * Builds the table of the code whose symbols were taken last; `entries` is where symbol 0's entry would be.
 * False when no code has these lengths: as in zlib, one that is not complete is allowed only with no symbol at all or
 * a single one of one bit.
 */
export function buildTable(table: usize, entries: usize, rootBits: u32): bool {
  // Of 32,768 codes of 15 bits a symbol takes all that begin with its own.
  const used4 = i32x4.add(
    i32x4.add(weigh(0, i32x4(0, 1 << 14, 1 << 13, 1 << 12)), weigh(16, i32x4(1 << 11, 1 << 10, 1 << 9, 1 << 8))),
    i32x4.add(weigh(32, i32x4(1 << 7, 1 << 6, 1 << 5, 1 << 4)), weigh(48, i32x4(1 << 3, 1 << 2, 1 << 1, 1))),
  );
  const used2 = i64x2.add(used4, i64x2.shr_u(used4, 32));
  const used = <u32>i64x2.extract_lane(used2, 0) + <u32>i64x2.extract_lane(used2, 1);
  if (used != 1 << 15) {
    if (used != 0 && (used != 1 << 14 || load<u32>(COUNT, 4) != 1)) return false;
    const none: u32 = SPECIAL + (1 << 8) + 1;
    const only: u32 = used == 0 ? none : entryOf(entries, firstOf(1)) + (1 << 8) + 1;
    for (let i: u32 = 0; i < (<u32>1 << rootBits); i += 2) {
      store<u32>(table + (i << 2), only);
      store<u32>(table + (i << 2), none, 4);
    }
    return true;
  }

  // Codes of up to rootBits bits. The table of n bits is doubled for those of n + 1. `code` is the next one, filled up
  // to ten bits: it counts in REVERSED, and that way the stores do not wait for one another.
  let length: u32 = 1;
  while (load<u32>(COUNT + (length << 2)) == 0) length++;
  let size: u32 = 4 << length;
  let code: usize = 0;
  while (length <= rootBits) {
    const add = (length << 8) + length;
    const step: u32 = CODES >> length;
    let at = firstOf(length);
    const last = at + (load<u32>(COUNT + (length << 2)) << 1);
    while (at < last) {
      store<u32>(table + <usize>load<u16>(code, REVERSED), entryOf(entries, at) + add);
      at += 2;
      code += step;
    }
    if (code == CODES) {
      for (; length < rootBits; length++) {
        double(table, size);
        size <<= 1;
      }
      return true;
    }
    if (length < rootBits) {
      double(table, size);
      size <<= 1;
    }
    length++;
  }
  buildLonger(table, entries, rootBits, <u32>load<u16>(code, REVERSED) >> 2);
  return true;
}

// @ts-ignore: decorator
@inline
function double(table: usize, size: u32): void {
  // 64 bytes at a time. Tables of less than that write into what the next doubling fills.
  const end = table + size;
  let from = table;
  let to = end;
  do {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    v128.store(to, v128.load(from, 32), 32);
    v128.store(to, v128.load(from, 48), 48);
    from += 64;
    to += 64;
  } while (from < end);
}

/** The codes of more than rootBits bits; `reversed` is the first one. */
function buildLonger(table: usize, entries: usize, rootBits: u32, reversed: u32): void {
  const rootMask: u32 = (1 << rootBits) - 1;
  let length = rootBits;
  let count: u32;
  do count = load<u32>(COUNT + (++length << 2));
  while (count == 0);
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
