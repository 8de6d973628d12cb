// What of a tree matters to the graph of a history: the trees it names, and the blobs that may be looked for. The rest is left
// out, and names of files with it; what remains is a tree still (gitcore-tutorial), and a tenth as long.

import { allocate, copyName } from './memory';

/** `length` bytes of trees, each with a head (HEAD); valid during the call only. */
// @ts-ignore: decorator
@external('host', 'trees')
declare function trees(at: usize, length: u32): void;

/** One bit for each value of an object name's first 20 bits: whether an object that is looked for begins so. */
const SIEVE: usize = 1 << 17;
let sieve: usize = 0;
let nameLength: u32 = 20;

/** Trees that wait for the host. It is told of many at once: a call for each would take longer than reading it. */
let batch: usize = 0;
let filled: usize = 0;
/** Of each tree, before what is left of it, which is filled up to whole words: bytes of what is left, its entry of the pack. */
const HEAD: usize = 8;
/** Bytes of a batch: few enough to stay in the cache. */
const ENOUGH: usize = 1 << 18;

/** Entries of the pack before the plan that is run. */
let before: u32 = 0;

/** Where the host puts the sieve, 128 KB. `largest`: bytes of a tree; `entries`: of the pack before the plan. */
export function openSieve(hash: u32, largest: u32, entries: u32): usize {
  nameLength = hash;
  before = entries;
  sieve = allocate(SIEVE);
  batch = allocate(ENOUGH + HEAD + <usize>largest + 64);
  filled = 0;
  return sieve;
}

/** What matters of a tree of `length` bytes; or all, when it is no tree and the host shall see for itself. */
export function handTree(entry: u32, at: usize, length: usize): void {
  const head = batch + filled;
  let left = siftTree(at, length, head + HEAD);
  if (left < 0) {
    memory.copy(head + HEAD, at, length);
    left = length;
  }
  store<u32>(head, <u32>left);
  store<u32>(head, before + entry, 4);
  filled += HEAD + ((<usize>left + 3) & ~(<usize>3));
  if (filled >= ENOUGH) handBatch();
}

/** The host takes what is there. */
export function handBatch(): void {
  if (filled > 0) trees(batch, <u32>filled);
  filled = 0;
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
function siftTree(at: usize, length: usize, sifted: usize): isize {
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
      copyName(to + 7, name, nameLength);
      to += 7 + nameLength;
    } else if (first == ONE && name - entry >= 8) {
      store<u64>(to, FILE);
      copyName(to + 8, name, nameLength);
      to += 8 + nameLength;
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
