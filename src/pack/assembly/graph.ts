// Which tree names which, as numbers: the trees of a history, each taken in once and in any order, and walks from root to
// root (tree-graph.ts). Nothing else is in the memory of a kernel that does this.
//
// What is looked for has the lowest numbers, then come trees. The record of a tree's number (graph-names.ts) tells where its
// edges begin; 0 as long as it was only named.

import { numberOfEntry } from './entry-numbers';
import { addName, count, findName, nameLength, openNumbers, piece, recordAt } from './graph-names';
import { allocate } from './memory';

/** Something looked for was reached: its number, and the way there, u32 each: trees from the root on. Valid during the call only. */
// @ts-ignore: decorator
@external('host', 'met')
declare function met(wanted: u32, chain: usize, length: u32): void;

const NONE: u32 = 0xffffffff;
/** Numbers below are of what is looked for. */
let sought: u32 = 0;

/** Numbers + 1, three bytes each since they are most of what is kept; each tree's up to a 0. */
let edges: usize = 0;
let used: u32 = 1;
let mostTrees: u32 = 0;
let mostEdges: u32 = 0;
const EDGES: u32 = 16;
const EDGE: usize = 3;
/** Room for one byte more than an edge has, read and written with the last. */
const PIECE: usize = (EDGE << EDGES) + 4;
/** As many as three bytes tell apart, less what one tree may bring. */
const MOST_NUMBERS: u32 = 0xf00000;
const MOST_PIECES: usize = 1 << 16;
const END: u32 = 0;

/** Gives where nine random u64 are to be put, before anything else is asked. `hash`: bytes of a name */
export function openGraph(hash: u32, trees: u32, edgesOfAll: u32): usize {
  mostTrees = trees;
  mostEdges = edgesOfAll;
  const factors = openNumbers(hash);
  edges = allocate(MOST_PIECES << 2);
  sought = 0;
  // No tree's edges begin at 0.
  used = 0;
  push(END);
  return factors;
}

/** What has got a number by now is what is looked for. */
export function closeSought(): void {
  sought = count;
}

// @ts-ignore: decorator
@inline
function edgeAt(place: u32): u32 {
  const from = load<usize>(edges + (<usize>(place >> EDGES) << 2));
  return load<u32>(from + <usize>(place & ((1 << EDGES) - 1)) * EDGE) & 0xffffff;
}

function push(edge: u32): void {
  const at = edges + (<usize>(used >> EDGES) << 2);
  const within = used & ((1 << EDGES) - 1);
  if (within == 0) store<usize>(at, piece(PIECE));
  store<u32>(load<usize>(at) + <usize>within * EDGE, edge);
  used++;
}

const SPACE: u32 = 32;
const DIGIT_0: u32 = 48;
/** `40000 `, NUL: a folder as sifted. */
const FOLDER: u64 = 0x20_3030303034;
const TYPE: u32 = 0o170000;
const TREE: u32 = 0o040000;
const GITLINK: u32 = 0o160000;

/** As assembly/sift.ts hands trees over. */
const HEAD: usize = 8;

/**
 * Takes in trees as they are handed over; eight readable bytes behind them.
 * @returns false when one is malformed, or there are more of them, or edges, than fit
 */
export function addTrees(at: usize, length: usize): bool {
  const end = at + length;
  while (at < end) {
    const bytes = <usize>load<u32>(at);
    if (!addTree(numberOfEntry(load<u32>(at, 4)), at + HEAD, bytes)) return false;
    at += HEAD + ((bytes + 3) & ~(<usize>3));
  }
  return true;
}

/** `<mode> SP <name> NUL <object name>` for each entry (gitformat-index, gitcore-tutorial). */
export function addTree(tree: u32, at: usize, length: usize): bool {
  if (used > mostEdges || count - sought > mostTrees || count > MOST_NUMBERS) return false;
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
