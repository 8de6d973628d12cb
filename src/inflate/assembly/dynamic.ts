// The codes that a dynamic block begins with (RFC 1951, 3.2.7): lengths of codes, themselves run-length and Huffman coded.
//
// A text of a kilobyte has a hundred of them, so this is a good part of the work. How bits are read: see inflate.ts.
import {
  DISTANCES,
  DISTANCE_BITS,
  DISTANCE_ENTRIES,
  LISTS_TO,
  LITERALS,
  LITERAL_BITS,
  LITERAL_ENTRIES,
  RUNS,
  RUN_BITS,
  RUN_ENTRIES,
  SPECIAL,
  buildTable,
  clearLists,
  isListEmpty,
  leaveOut,
  list,
  takeLists,
  takeRest,
} from './huffman';

const RUN_MASK: u32 = ((1 << RUN_BITS) - 1) << 2;

/** In which order a block tells the lengths of the code for lengths. */
const ORDER: usize = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);
/** Those lengths, by symbol. */
const RUN_LENGTHS: usize = memory.data(32, 16);

/**
 * Reads the codes that begin at `place` (in bits) and builds LITERALS and DISTANCES. Gives the place after them, 0 when they
 * are not valid or end past `inLimit`.
 */
export function readTables(place: u64, inLimit: usize): u64 {
  let next = <usize>(place >> 3);
  let bits = load<u64>(next) >> (place & 7);
  const literals: u32 = 257 + (<u32>bits & 31);
  const all: u32 = literals + 1 + (<u32>(bits >> 5) & 31);
  const lengths: u32 = 4 + (<u32>(bits >> 10) & 15);
  if (literals > 286 || all - literals > 30) return 0;

  v128.store(RUN_LENGTHS, i8x16.splat(0));
  v128.store(RUN_LENGTHS, i8x16.splat(0), 16);
  store<u8>(RUN_LENGTHS + 16, <u8>(bits >> 14) & 7);
  // Up to 18 more of three bits each: 54, and a word that begins inside a byte has 57.
  place += 17;
  next = <usize>(place >> 3);
  bits = load<u64>(next) >> (place & 7);
  place += 3 * (lengths - 1);
  for (let i: u32 = 1; i < lengths; i++) {
    store<u8>(RUN_LENGTHS + <usize>load<u8>(ORDER + i), <u8>bits & 7);
    bits >>= 3;
  }
  clearLists();
  for (let i: u32 = 0; i < 19; i++) list(i, load<u8>(RUN_LENGTHS + i));
  takeLists();
  // The code for lengths has to be complete, unlike the others.
  if (!buildTable(RUNS, RUN_ENTRIES, RUN_BITS) || load<u32>(RUNS, 4) & SPECIAL) return 0;

  // Each code says a length and how often it comes. That many symbols go on the length's list: eight are written, and only
  // lengths of 0, whose list nobody reads, come oftener. `length` is four times the length, as the tables of lists need
  // it. "The last one again" is 16; where there is no last one, the symbols come on a list that has to stay empty.
  next = <usize>(place >> 3);
  bits = (<u64>load<u8>(next++) >> (place & 7)) << 2;
  let left: u64 = 10 - (place & 7);
  bits |= load<u64>(next) << left;
  next += 7 - <usize>(left >> 3);
  left |= 56;
  clearLists();
  let symbols = i16x8(0, 1, 2, 3, 4, 5, 6, 7);
  let symbol: u32 = 0;
  let length: u32 = 16 << 2;
  let until = literals;
  let entry = load<u32>(<u32>bits & RUN_MASK, RUNS);
  while (true) {
    do {
      const before = <u32>bits;
      bits >>= <u64>entry;
      left -= <u64>entry;
      const times: u32 = ((entry >> 16) & 511) + ((before & ((4 << entry) - 1)) >> (entry >> 8));
      const said = entry >> 25;
      length = select<u32>(length, said, said == 16 << 2);
      // The next code is looked up before there are more bits: it does not wait for them.
      entry = load<u32>(<u32>bits & RUN_MASK, RUNS);
      bits |= load<u64>(next) << left;
      next += 7 - (<usize>(left >> 3) & 7);
      left |= 56;
      if (next > inLimit) return 0;
      const at = load<usize>(length, LISTS_TO);
      v128.store(at, symbols);
      store<usize>(length, at + (times << 1), LISTS_TO);
      symbols = i16x8.add(symbols, i16x8.splat(<i16>times));
      symbol += times;
    } while (symbol < until);
    if (until == all) break;
    // All literals and match lengths are known. The last run may reach into the distances.
    takeLists();
    leaveOut(symbol - literals, length >> 2);
    if (!buildTable(LITERALS, LITERAL_ENTRIES, LITERAL_BITS)) return 0;
    until = all;
    if (symbol >= all) break;
  }
  if (symbol != all || !isListEmpty(16)) return 0;
  takeRest();
  if (!buildTable(DISTANCES, DISTANCE_ENTRIES - (literals << 2), DISTANCE_BITS)) return 0;
  return (<u64>next << 3) - ((left & 63) - 2);
}
