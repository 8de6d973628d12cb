// Whether what objects name is there: a commit's tree and parents, what a tag stands for, the entries of trees
// (gitformat-commit, git-mktag, gitcore-tutorial). All names of the database are in a hash table, 64 bits of each for the place
// and 32 of those for the proof: a name that is missing passes for known once in some billion times. Trees may name whatever
// their author likes: a number that nobody can guess has a part in the place, so that nobody can make names pile up.

import { allocate } from './memory';

/** A name that no object has, in binary; valid during the call only. Each is told once, as far as there is room to note it. */
// @ts-ignore: decorator
@external('host', 'missing')
declare function missing(at: usize): void;

/** Slots of the cache: neighbouring trees name nearly the same. */
const CACHED: u32 = 1 << 15;
const cache: usize = memory.data(8 << 15, 64);
const decoded: usize = memory.data(64, 16);

let nameLength: u32 = 20;
let seed: u64 = 1;
/** u32 each; 0 is free. A power of two of them, or none: then nothing is checked. */
let slots: usize = 0;
let mask: u32 = 0;
/** 64 less the bits of a slot's number. */
let shift: u64 = 0;
let room: u32 = 0;

/** `chance` is odd, and another each time. */
export function setNames(bytes: u32, chance: u64): void {
  nameLength = bytes;
  seed = chance;
}

/** Makes a table for `count` names; it stays until the next call. */
export function openNames(count: u32): void {
  let size: u32 = 1024;
  while (size < count + (count >> 1)) size <<= 1;
  slots = allocate(<usize>size << 2);
  memory.fill(slots, 0, <usize>size << 2);
  memory.fill(cache, 0, <usize>CACHED << 3);
  mask = size - 1;
  shift = 64 - popcnt<u64>(mask);
  room = size - (size >> 3);
}

/** Adds `count` names that lie one behind the other. */
export function addNames(at: usize, count: u32): void {
  for (; count > 0; count--) {
    add(at);
    at += nameLength;
  }
}

// @ts-ignore: decorator
@inline
function proofOf(at: usize): u32 {
  const proof = load<u32>(at, 4);
  return proof == 0 ? 1 : proof;
}

// @ts-ignore: decorator
@inline
function slotOf(at: usize): u32 {
  return <u32>((load<u64>(at) * seed) >> shift);
}

function add(at: usize): void {
  const proof = proofOf(at);
  let slot = slotOf(at);
  while (true) {
    const found = load<u32>(slots + (<usize>slot << 2));
    if (found == proof || room == 0) return;
    if (found == 0) break;
    slot = (slot + 1) & mask;
  }
  store<u32>(slots + (<usize>slot << 2), proof);
  room--;
}

function isKnown(at: usize): bool {
  const proof = proofOf(at);
  let slot = slotOf(at);
  while (true) {
    const found = load<u32>(slots + (<usize>slot << 2));
    if (found == proof) return true;
    if (found == 0) return false;
    slot = (slot + 1) & mask;
  }
}

// @ts-ignore: decorator
@inline
function check(at: usize): void {
  const word = load<u64>(at);
  const place = cache + ((<usize>(<u32>(word >> 40)) & (CACHED - 1)) << 3);
  if (load<u64>(place) == word) return;
  checkInTable(at, word, place);
}

function checkInTable(at: usize, word: u64, place: usize): void {
  if (!isKnown(at)) {
    missing(at);
    add(at);
  }
  store<u64>(place, word);
}

/** Checks names that lie one behind the other. */
export function checkNames(at: usize, count: u32): void {
  for (; count > 0; count--) {
    check(at);
    at += nameLength;
  }
}

const TREE: u64 = 0x2065657274; // "tree "
const PARENT: u64 = 0x20746e65726170; // "parent "
const OBJECT: u64 = 0x207463656a626f; // "object "

/** @param at a commit or a tag of `length` bytes, with eight readable bytes behind it */
export function checkMessage(at: usize, length: usize): void {
  if (mask == 0) return;
  const end = at + length;
  const hex = nameLength << 1;
  while (at < end) {
    const word = load<u64>(at);
    let skip: usize = 7;
    if ((word & 0xffffffffff) == TREE) skip = 5;
    else if ((word & 0xffffffffffffff) != PARENT && (word & 0xffffffffffffff) != OBJECT) return;
    at += skip;
    if (at + hex >= end || !decode(at)) return;
    check(decoded);
    at += hex + 1;
  }
}

function decode(at: usize): bool {
  for (let i: u32 = 0; i < nameLength; i++) {
    const first = digit(load<u8>(at + (i << 1)));
    const second = digit(load<u8>(at + (i << 1), 1));
    if ((first | second) > 15) return false;
    store<u8>(decoded + i, (first << 4) | second);
  }
  return true;
}

// @ts-ignore: decorator
@inline
function digit(character: u32): u32 {
  return character - 48 <= 9 ? character - 48 : character - 97 <= 5 ? character - 87 : 255;
}

/** A submodule's commit, `160000`, is another repository's. */
const SUBMODULE: u64 = 0x30303030_3631;

/** @param at a tree of `length` bytes, with 64 readable bytes behind it: `<mode> SP <name> NUL <object name>` each */
export function checkTree(at: usize, length: usize): void {
  if (mask == 0) return;
  const end = at + length;
  const zero = i8x16.splat(0);
  while (at < end) {
    const isSubmodule = (load<u64>(at) & 0xffffffffffff) == SUBMODULE;
    let zeros: i32;
    // Modes and names are longer than a few bytes: the first NUL is most often in the first or second sixteen.
    while ((zeros = i8x16.bitmask(i8x16.eq(v128.load(at), zero))) == 0) {
      at += 16;
      if (at >= end) return;
    }
    at += <usize>ctz(zeros) + 1;
    if (at + nameLength > end) return;
    if (!isSubmodule) check(at);
    at += nameLength;
  }
}
