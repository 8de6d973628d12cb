// Names of objects and the numbers they have, from 0, in the order they come. A hash table finds them by all their bytes,
// summed up with factors that nobody can guess: whoever writes a tree chooses the names in it, and shall not make them pile up.

import { allocate, copyName } from './memory';

export let nameLength: u32 = 20;

/** Numbers + 1; a power of two of them. */
let slots: usize = 0;
let mask: u32 = 0;
/** 64 less the bits of a slot's number. */
let shift: u64 = 0;
const FEWEST: u32 = 1 << 12;
/** u64 each: what is added first, then the factors of a name's words of 32 bits. */
let factors: usize = 0;

/** Of each number, a u32 for its user, 0 at first; then its name. In pieces, so that none is ever moved. */
let records: usize = 0;
export let count: u32 = 0;
let stride: usize = 0;
const RECORDS: u32 = 12;
const MOST_PIECES: usize = 1 << 16;

/** Memory that is no longer needed, for pieces. */
let spare: usize = 0;
let spareEnd: usize = 0;

/** Gives where nine random u64 are to be put, before anything else is asked. `hash`: bytes of a name */
export function openNumbers(hash: u32): usize {
  nameLength = hash;
  stride = 4 + <usize>hash;
  factors = allocate(9 << 3);
  records = allocate(MOST_PIECES << 2);
  openSlots(FEWEST);
  count = 0;
  return factors;
}

function openSlots(size: u32): void {
  slots = allocate(<usize>size << 2);
  memory.fill(slots, 0, <usize>size << 2);
  mask = size - 1;
  shift = 64 - popcnt<u64>(mask);
}

/** Has pieces lie in memory that is no longer needed. */
export function reuse(from: usize, to: usize): void {
  if (to - from < spareEnd - spare) return;
  spare = from;
  spareEnd = to;
}

/** Memory for a piece of a list. */
export function piece(bytes: usize): usize {
  if (spareEnd - spare < bytes) return allocate(bytes);
  spare += bytes;
  return spare - bytes;
}

// @ts-ignore: decorator
@inline
export function recordAt(number: u32): usize {
  return load<usize>(records + (<usize>(number >> RECORDS) << 2)) + <usize>(number & ((1 << RECORDS) - 1)) * stride;
}

// @ts-ignore: decorator
@inline
function factor(word: usize): u64 {
  return load<u64>(factors + (word << 3));
}

// @ts-ignore: decorator
@inline
function slotOf(name: usize): u32 {
  let sum = factor(0);
  sum += factor(1) * <u64>load<u32>(name);
  sum += factor(2) * <u64>load<u32>(name, 4);
  sum += factor(3) * <u64>load<u32>(name, 8);
  sum += factor(4) * <u64>load<u32>(name, 12);
  sum += factor(5) * <u64>load<u32>(name, 16);
  if (nameLength != 20) {
    sum += factor(6) * <u64>load<u32>(name, 20);
    sum += factor(7) * <u64>load<u32>(name, 24);
    sum += factor(8) * <u64>load<u32>(name, 28);
  }
  return <u32>(sum >> shift);
}

// @ts-ignore: decorator
@inline
function isSame(a: usize, b: usize): bool {
  if (load<u64>(a) != load<u64>(b) || load<u64>(a, 8) != load<u64>(b, 8)) return false;
  if (nameLength == 20) return load<u32>(a, 16) == load<u32>(b, 16);
  return load<u64>(a, 16) == load<u64>(b, 16) && load<u64>(a, 24) == load<u64>(b, 24);
}

/** The slot that holds the name, or the empty one where it belongs. */
// @ts-ignore: decorator
@inline
function slotFor(name: usize): usize {
  let slot = slotOf(name);
  while (true) {
    const at = slots + (<usize>slot << 2);
    const held = load<u32>(at);
    if (held == 0 || isSame(recordAt(held - 1) + 4, name)) return at;
    slot = (slot + 1) & mask;
  }
}

/** The number of a name, or NONE. */
export function findName(name: usize): u32 {
  return load<u32>(slotFor(name)) - 1;
}

/** The same; a name not known yet gets the next number. */
export function addName(name: usize): u32 {
  const slot = slotFor(name);
  const held = load<u32>(slot);
  return held != 0 ? held - 1 : insert(name, slot);
}

function insert(name: usize, slot: usize): u32 {
  if ((count & ((1 << RECORDS) - 1)) == 0)
    store<usize>(records + (<usize>(count >> RECORDS) << 2), piece(stride << RECORDS));
  const record = recordAt(count);
  store<u32>(record, 0);
  copyName(record + 4, name, nameLength);
  store<u32>(slot, ++count);
  if (count > mask >> 1) grow();
  return count - 1;
}

function grow(): void {
  reuse(slots, slots + ((<usize>mask + 1) << 2));
  openSlots((mask + 1) << 1);
  for (let number: u32 = 0; number < count; number++) {
    let slot = slotOf(recordAt(number) + 4);
    while (load<u32>(slots + (<usize>slot << 2)) != 0) slot = (slot + 1) & mask;
    store<u32>(slots + (<usize>slot << 2), number + 1);
  }
}

/** Where a number's name lies. */
export function nameOf(number: u32): usize {
  return recordAt(number) + 4;
}
