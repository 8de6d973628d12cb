// Which tree names which, as numbers: the trees of a history, each taken in once and in any order, and walks from root to
// root (tree-graph.ts). Nothing else is in the memory of a kernel that does this.
//
// All names have numbers, from 0: first what is looked for, then trees. They are found by a hash table of all their bytes,
// summed up with factors that nobody can guess: whoever writes a tree chooses the names in it, and shall not make them pile up.

import { allocate } from './memory';

/** Something looked for was reached: its number, and the way there, u32 each: trees from the root on. Valid during the call only. */
// @ts-ignore: decorator
@external('host', 'met')
declare function met(wanted: u32, chain: usize, length: u32): void;

const NONE: u32 = 0xffffffff;
let nameLength: u32 = 20;
/** Numbers below are of what is looked for. */
let sought: u32 = 0;

/** Numbers + 1; a power of two of them. */
let slots: usize = 0;
let mask: u32 = 0;
/** 64 less the bits of a slot's number. */
let shift: u64 = 0;
const FEWEST: u32 = 1 << 12;
/** u64 each: what is added first, then the factors of a name's words of 32 bits. */
let factors: usize = 0;

/** Of each number, where its edges begin, 0 as long as it was only named; then its name. In pieces, so that none is ever moved. */
let records: usize = 0;
let count: u32 = 0;
let stride: usize = 0;
const RECORDS: u32 = 12;
const MOST_RECORD_PIECES: usize = 1 << 16;

/** Numbers + 1, each tree's up to a 0. */
let edges: usize = 0;
let used: u32 = 1;
const EDGES: u32 = 16;
const MOST_EDGE_PIECES: usize = 1 << 16;
const END: u32 = 0;

/** A table that became too small, for pieces. */
let spare: usize = 0;
let spareEnd: usize = 0;

/** Gives where `1 + hash / 4` random u64 are to be put, before anything else is asked. `hash`: bytes of a name */
export function openGraph(hash: u32): usize {
  nameLength = hash;
  stride = 4 + <usize>hash;
  factors = allocate(9 << 3);
  records = allocate(MOST_RECORD_PIECES << 2);
  edges = allocate(MOST_EDGE_PIECES << 2);
  openSlots(FEWEST);
  count = sought = 0;
  // No tree's edges begin at 0.
  used = 0;
  push(END);
  return factors;
}

/** What has got a number by now is what is looked for. */
export function closeSought(): void {
  sought = count;
}

function openSlots(size: u32): void {
  slots = allocate(<usize>size << 2);
  memory.fill(slots, 0, <usize>size << 2);
  mask = size - 1;
  shift = 64 - popcnt<u64>(mask);
}

function piece(bytes: usize): usize {
  if (spareEnd - spare < bytes) return allocate(bytes);
  spare += bytes;
  return spare - bytes;
}

// @ts-ignore: decorator
@inline
function recordAt(number: u32): usize {
  return load<usize>(records + (<usize>(number >> RECORDS) << 2)) + <usize>(number & ((1 << RECORDS) - 1)) * stride;
}

// @ts-ignore: decorator
@inline
function edgeAt(place: u32): u32 {
  const from = load<usize>(edges + (<usize>(place >> EDGES) << 2));
  return load<u32>(from + (<usize>(place & ((1 << EDGES) - 1)) << 2));
}

function push(edge: u32): void {
  const at = edges + (<usize>(used >> EDGES) << 2);
  const within = used & ((1 << EDGES) - 1);
  if (within == 0) store<usize>(at, piece(4 << EDGES));
  store<u32>(load<usize>(at) + (<usize>within << 2), edge);
  used++;
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
  memory.copy(record + 4, name, nameLength);
  store<u32>(slot, ++count);
  if (count > mask >> 1) grow();
  return count - 1;
}

function grow(): void {
  spare = slots;
  spareEnd = slots + ((<usize>mask + 1) << 2);
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

const SPACE: u32 = 32;
const DIGIT_0: u32 = 48;
/** `40000 `, NUL: a folder as sifted. */
const FOLDER: u64 = 0x20_3030303034;
const TYPE: u32 = 0o170000;
const TREE: u32 = 0o040000;
const GITLINK: u32 = 0o160000;

/** As assembly/sift.ts hands trees over. */
const HEAD: usize = 8 + 32;

/**
 * Takes in trees as they are handed over, with their names; eight readable bytes behind them.
 * @returns false when one is malformed, or there are more of them, or edges, than wanted
 */
export function addTrees(at: usize, length: usize, mostTrees: u32, mostEdges: u32): bool {
  const end = at + length;
  while (at < end) {
    if (used > mostEdges || count - sought > mostTrees) return false;
    const bytes = <usize>load<u32>(at, 4);
    if (!addTree(addName(at + 8), at + HEAD, bytes)) return false;
    at += HEAD + ((bytes + 3) & ~(<usize>3));
  }
  return true;
}

/** `<mode> SP <name> NUL <object name>` for each entry (gitformat-index, gitcore-tutorial). */
function addTree(tree: u32, at: usize, length: usize): bool {
  const end = at + length;
  const start = used;
  while (at < end) {
    let type: u32 = TREE;
    if ((load<u64>(at) & 0xffffffffffffff) == FOLDER) at += 7;
    else {
      let mode: u32 = 0;
      let digit: u32 = load<u8>(at++) - DIGIT_0;
      while (digit <= 7) {
        mode = (mode << 3) | digit;
        if (at == end) return false;
        digit = <u32>load<u8>(at++) - DIGIT_0;
      }
      if (digit + DIGIT_0 != SPACE) return false;
      while (at < end && load<u8>(at) != 0) at++;
      at++;
      type = mode & TYPE;
    }
    const name = at;
    at += nameLength;
    if (at > end) return false;
    if (type == TREE) {
      const named = addName(name);
      // What is looked for are blobs: a folder of that name is nowhere.
      if (named >= sought) push(named + 1);
    } else if (type != GITLINK) {
      const found = findName(name);
      if (found < sought) push(found + 1);
    }
  }
  push(END);
  store<u32>(recordAt(tree), start);
  return true;
}

/** The way from the root, u32 each: trees, and where in the edges of each the walk is. */
let chain: usize = 0;
let places: usize = 0;
let deepest: u32 = 0;

/** A walk of its own, which enters each tree once and tells what is looked for once. Names that come later are not entered. */
export function openWalk(): usize {
  const walk = allocate(4 + <usize>count);
  store<u32>(walk, count);
  memory.fill(walk + 4, 0, count);
  return walk;
}

/** Tells what is reached from a root, and was not before: depth first, entry by entry, as `rev-list` goes. */
export function enterRoot(walk: usize, root: u32): void {
  const entered = walk + 4;
  const known = load<u32>(walk);
  let depth: u32 = 0;
  let number = root;
  if (root < sought) return;
  while (true) {
    if (number != NONE && number < known && load<u8>(entered + number) == 0) {
      store<u8>(entered + number, 1);
      if (number < sought) met(number, chain, depth);
      else {
        const start = load<u32>(recordAt(number));
        // One that is not there names nothing.
        if (start != 0) {
          if (depth == deepest) deepen();
          store<u32>(chain + (<usize>depth << 2), number);
          store<u32>(places + (<usize>depth << 2), start);
          depth++;
        }
      }
    }
    if (depth == 0) return;
    const top = places + (<usize>(depth - 1) << 2);
    const place = load<u32>(top);
    store<u32>(top, place + 1);
    const edge = edgeAt(place);
    if (edge == END) depth--;
    number = edge - 1;
  }
}

function deepen(): void {
  const more = max<u32>(deepest << 1, 1 << 10);
  chain = moved(chain, more);
  places = moved(places, more);
  deepest = more;
}

function moved(from: usize, more: u32): usize {
  const to = allocate(<usize>more << 2);
  memory.copy(to, from, <usize>deepest << 2);
  return to;
}
