// The entries of one stretch of a pack, in the order they lie there: where each begins, how large it is inflated, which
// entry it is a delta against, and of which type the object at the end of that chain is (gitformat-pack, "pack-*.pack
// files have the following format").
//
// Offsets count from the stretch's first byte, so that 32 bits do for packs of any size.

import { allocate } from './memory';
import { at, put } from './tables';

/** Types of objects as packs number them, and what planning makes of entries that it cannot use. */
export const LOST: u8 = 0;
export const COMMIT: u8 = 1;
export const TREE: u8 = 2;
export const BLOB: u8 = 3;
export const TAG: u8 = 4;
const OFS_DELTA: u32 = 6;
const REF_DELTA: u32 = 7;
/** A delta against an object that is only named: its type is known when the host has looked the name up. */
const NAMED: u8 = 7;
/** On the way up a chain; met again, the chain is a circle. */
const CLIMBING: u8 = 8;
/** Its chain of deltas ends in itself: nobody can read it, and git would try for ever. */
export const CIRCLE: u8 = 10;
/** Has become a job (jobs.ts). */
export const PLANNED: u8 = 9;

export const NONE: u32 = 0xffffffff;

export let count: u32 = 0;
/** u32[count + 1]: where entries begin; then the end of the last. */
export let starts: usize = 0;
/** u8[count]: bytes between there and the entry's zlib stream. */
export let headers: usize = 0;
/** u32[count]: bytes of the inflated stream: of the object, or of the delta. */
export let sizes: usize = 0;
/** u32[count]: index of the entry a delta is made against, or NONE. */
export let bases: usize = 0;
/** u8[count]: type of the object a chain of deltas ends in, or LOST. */
export let types: usize = 0;
/** u32[count]: as the host wrote the offsets; later free for other use. */
export let scratch: usize = 0;
export let namedDeltas: u32 = 0;

/** Free for other use once headers are read: at least u32[count]. */
export let buckets: usize = 0;
let shift: u32 = 0;
let nameLength: u32 = 20;

/** Room for the offsets of `entries` entries, big-endian as an index file has them. `hash`: bytes of an object name. */
export function openEntries(entries: u32, hash: u32): usize {
  count = entries;
  nameLength = hash;
  namedDeltas = 0;
  scratch = allocate((<usize>entries << 2) + 64);
  return scratch;
}

/** Sorts the offsets: three passes of eleven bits. `end`: where the last entry ends. Gives how many occur twice. */
export function sortEntries(end: u32): u32 {
  const bytes = (<usize>count << 2) + 64;
  starts = allocate(bytes + 4);
  const tallies = allocate(3 * 2048 * 4);
  memory.fill(tallies, 0, 3 * 2048 * 4);
  for (let i: u32 = 0; i < count; i++) {
    const offset = bswap<u32>(at(scratch, i));
    put(scratch, i, offset);
    add(tallies, offset & 2047);
    add(tallies + 8192, (offset >> 11) & 2047);
    add(tallies + 16384, offset >> 22);
  }
  for (let pass: usize = 0; pass < 3; pass++) accumulate(tallies + pass * 8192);
  distribute(scratch, starts, tallies, 0);
  distribute(starts, scratch, tallies + 8192, 11);
  distribute(scratch, starts, tallies + 16384, 22);
  put(starts, count, end);
  headers = allocate(<usize>count + 64);
  sizes = allocate(bytes);
  bases = allocate(bytes);
  types = allocate(<usize>count + 64);
  indexOffsets(end);
  let twice: u32 = 0;
  for (let i: u32 = 1; i < count; i++) twice += <u32>(at(starts, i) == at(starts, i - 1));
  return twice;
}

// @ts-ignore: decorator
@inline
function add(tallies: usize, digit: u32): void {
  put(tallies, digit, at(tallies, digit) + 1);
}

function accumulate(tallies: usize): void {
  let sum: u32 = 0;
  for (let digit: u32 = 0; digit < 2048; digit++) {
    const tally = at(tallies, digit);
    put(tallies, digit, sum);
    sum += tally;
  }
}

function distribute(from: usize, to: usize, places: usize, bits: u32): void {
  const end = from + (<usize>count << 2);
  while (from < end) {
    const offset = load<u32>(from);
    from += 4;
    const digit = (offset >> bits) & 2047;
    const place = at(places, digit);
    put(places, digit, place + 1);
    put(to, place, offset);
  }
}

/** A table of the first entry in each stretch as long as one or two entries: deltas find their bases through it. */
function indexOffsets(end: u32): void {
  shift = count == 0 || end <= count ? 0 : 32 - clz(end / count);
  const stretches = (end >> shift) + 2;
  buckets = allocate(<usize>max(stretches + 1, count) << 2);
  let stretch: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const offset = at(starts, i);
    while (stretch < stretches && stretch << shift <= offset) put(buckets, stretch++, i);
  }
  while (stretch <= stretches) put(buckets, stretch++, count);
}

/** Index of the entry that begins at `offset`, or NONE. */
export function entryAt(offset: u32): u32 {
  if (offset >= at(starts, count)) return NONE;
  let low = at(buckets, offset >> shift);
  let high = at(buckets, (offset >> shift) + 1);
  // Where a stretch begins inside an entry, its first entry begins later; the one before it is not asked for.
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(starts, middle) < offset) low = middle + 1;
    else high = middle;
  }
  return low < count && at(starts, low) == offset ? low : NONE;
}

export function entryStart(index: u32): u32 {
  return at(starts, index);
}

// @ts-ignore: decorator
@inline
export function streamStart(index: u32): u32 {
  return at(starts, index) + <u32>load<u8>(headers + index);
}

const LONGEST_HEADER: u32 = 64;
const TOO_LARGE: u64 = 0x80000000;

/**
 * Reads entry headers from index `index` on, out of `length` bytes that begin at offset `start` and lie at `window`.
 * Gives the first index it has not read. `last`: nothing follows these bytes. An entry whose header makes no sense is
 * LOST.
 */
export function readHeaders(window: usize, start: u32, length: u32, index: u32, last: bool): u32 {
  const end = start + length;
  for (; index < count; index++) {
    const offset = at(starts, index);
    if (offset >= end || (offset + LONGEST_HEADER > end && !last)) break;
    readHeader(window + (offset - start), offset, index);
  }
  return index;
}

function readHeader(from: usize, offset: u32, index: u32): void {
  let p = from;
  let byte: u32 = load<u8>(p++);
  const type = (byte >> 4) & 7;
  let size: u64 = byte & 15;
  let bits: u64 = 4;
  while (byte & 128 && bits < 32) {
    byte = load<u8>(p++);
    size |= <u64>(byte & 127) << bits;
    bits += 7;
  }
  // A size that goes on has its own end elsewhere: what follows is not what it seems.
  if (byte & 128) size = TOO_LARGE;
  let base: u32 = NONE;
  let root: u8 = <u8>type;
  if (type == OFS_DELTA) {
    byte = load<u8>(p++);
    let back: u64 = byte & 127;
    while (byte & 128 && back < 0x100000000) {
      byte = load<u8>(p++);
      back = ((back + 1) << 7) | (byte & 127);
    }
    if (back > 0 && back <= offset) base = entryAt(offset - <u32>back);
    root = base == NONE || base >= index ? LOST : load<u8>(types + base);
  } else if (type == REF_DELTA) {
    p += nameLength;
    root = NAMED;
    namedDeltas++;
  } else if (type == 0 || type == 5) root = LOST;
  if (byte & 128 || size >= TOO_LARGE) root = LOST;
  store<u8>(headers + index, <u8>(p - from));
  put(sizes, index, <u32>size);
  put(bases, index, root == LOST ? NONE : base);
  store<u8>(types + index, root);
}

/** Offset of the name that the delta at `index` is made against; 0 when it is no such delta. */
export function baseNameAt(index: u32): u32 {
  return load<u8>(types + index) == NAMED && at(bases, index) == NONE ? streamStart(index) - nameLength : 0;
}

/** Tells which entry a delta against a name is made against; NONE: the pack does not hold it. */
export function setBase(index: u32, base: u32): void {
  put(bases, index, base);
  if (base == NONE) store<u8>(types + index, LOST);
}

/** Gives deltas against names, and those against them, the types their chains end in. */
export function settleTypes(): void {
  if (namedDeltas == 0) return;
  for (let index: u32 = 0; index < count; index++) {
    if (load<u8>(types + index) != NAMED) continue;
    let node = index;
    while (load<u8>(types + node) == NAMED) {
      store<u8>(types + node, CLIMBING);
      node = at(bases, node);
    }
    const met = load<u8>(types + node);
    const type = met == CLIMBING ? CIRCLE : met;
    for (node = index; load<u8>(types + node) == CLIMBING; node = at(bases, node)) store<u8>(types + node, type);
  }
}

/**
 * The first entry from `index` on that nobody will read although its type is one of `kinds`, or unknown; or NONE: it is broken,
 * too large, or a delta against something that is not here.
 */
export function nextUnplanned(index: u32, kinds: u32): u32 {
  const left = kinds | (1 << LOST) | (1 << CIRCLE);
  for (; index < count; index++) if ((left >> load<u8>(types + index)) & 1) return index;
  return NONE;
}

export function isCircle(index: u32): bool {
  return load<u8>(types + index) == CIRCLE;
}
