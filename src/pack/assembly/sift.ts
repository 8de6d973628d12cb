// What of a tree matters to the graph of a history: the trees it names, and the blobs that may be looked for. The rest is left
// out, and names of files with it; what remains is a tree still (gitcore-tutorial), and a tenth as long.

import { allocate } from './memory';

/** One bit for each value of an object name's first 20 bits: whether an object that is looked for begins so. */
const SIEVE: usize = 1 << 17;
let sieve: usize = 0;
export let sifted: usize = 0;
let nameLength: u32 = 20;

/** Where the host puts the sieve, 128 KB. `largest`: bytes of a tree. */
export function openSieve(hash: u32, largest: u32): usize {
  nameLength = hash;
  sieve = allocate(SIEVE);
  sifted = allocate(<usize>largest + 64);
  return sieve;
}

const SPACE: u32 = 32;
const FOUR: u32 = 52;
const ONE: u32 = 49;
/** `160000`, a submodule: its commit is another repository's. */
const SUBMODULE: u64 = 0x30303030_3631;
/** `40000 `, NUL */
const FOLDER: u64 = 0x20_3030303034;
/** `100644 `, NUL */
const FILE: u64 = 0x20_343436303031;

/** @param at a tree of `length` bytes, with 64 readable bytes behind it. Gives the length of what is left, or -1 for no tree */
export function siftTree(at: usize, length: usize): isize {
  const end = at + length;
  const zero = i8x16.splat(0);
  let to = sifted;
  while (at < end) {
    const entry = at;
    let zeros: i32;
    while ((zeros = i8x16.bitmask(i8x16.eq(v128.load(at), zero))) == 0) {
      at += 16;
      if (at >= end) return -1;
    }
    const name = at + <usize>ctz(zeros) + 1;
    at = name + nameLength;
    if (at > end) return -1;
    const first: u32 = load<u8>(entry);
    if (first == ONE && ((load<u64>(entry) & 0xffffffffffff) == SUBMODULE || !mayBeSought(name))) continue;
    // What is put in place of an entry is never longer than that: a mode that is cut short stays as it is.
    if (first == FOUR && name - entry >= 7 && load<u8>(entry, 5) == SPACE) {
      store<u64>(to, FOLDER);
      to = keepName(to + 7, name);
    } else if (first == ONE && name - entry >= 8) {
      store<u64>(to, FILE);
      to = keepName(to + 8, name);
    } else {
      memory.copy(to, entry, at - entry);
      to += at - entry;
    }
  }
  return <isize>(to - sifted);
}

// @ts-ignore: decorator
@inline
function mayBeSought(name: usize): bool {
  const bit = bswap<u32>(load<u32>(name)) >> 12;
  return ((load<u32>(sieve + ((bit >> 5) << 2)) >> (bit & 31)) & 1) != 0;
}

// @ts-ignore: decorator
@inline
function keepName(to: usize, name: usize): usize {
  v128.store(to, v128.load(name));
  if (nameLength == 20) store<u32>(to, load<u32>(name, 16), 16);
  else v128.store(to, v128.load(name, 16), 16);
  return to + nameLength;
}
