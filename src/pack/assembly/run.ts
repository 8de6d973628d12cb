// Runs the jobs of a window: inflates each entry once, builds what others are made against, and searches what is new in it.
//
// A base is searched whole. Of a delta only the inserted bytes and the seams are (delta.ts): what it copies has been
// searched in its base. Where the base held an anchor the delta may have kept it, so it is built and searched whole, too.
//
// Built objects lie on two stacks in one stretch of memory, one growing up, one down. A child goes on the other stack than
// its parent; when the last child is built, its parent is the top of its own stack and is let go.

import { SLACK, inflate, produced } from '../../inflate/assembly/inflate';
import { adler32 } from '../../inflate/assembly/adler';
import { BAD, baseSize, deltaApply, deltaApplySearch, deltaSearch, readSizes, targetSize } from './delta';
import { BLOB, TREE } from './entries';
import { HAS_CHILDREN, JOB, LAST_CHILD } from './jobs';
import { allocate, memoryEnd, reserve } from './memory';
import { checkMessage, checkTree } from './names';
import { handBatch, handTree } from './sift';
import { search } from '../../kernel/assembly/search';

/** An object that holds an anchor, or any where all are wanted: its job, where it lies, its length. Valid during the call only. */
// @ts-ignore: decorator
@external('host', 'candidate')
declare function candidate(job: u32, at: usize, length: u32): void;

/** An object that cannot be read here, or not within bounds; told of all that are made against it, too. */
// @ts-ignore: decorator
@external('host', 'unread')
declare function unread(job: u32): void;

/** An object that is larger than the user wants read. */
// @ts-ignore: decorator
@external('host', 'tooLarge')
declare function tooLarge(job: u32, length: u32): void;

/** Of each depth, four u32: where the built object lies, its length, whether it holds an anchor, its stack. */
const LEVEL: usize = 16;
const UP: u32 = 0;
const DOWN: u32 = 1;
const NOWHERE: u32 = 0xffffffff;
const GROWTH: usize = 16 << 20;

let jobs: usize = 0;
let levels: usize = 0;
let window: usize = 0;
let deltas: usize = 0;

let low: usize = 0;
let high: usize = 0;
let up: usize = 0;
let down: usize = 0;
/** Bytes both stacks may take together. */
let bound: usize = 0;
let largest: usize = 0;
let wanted: usize = 0;
/** What is handed to the host although it holds no anchor. */
let hands: u32 = 0;
const TREES: u32 = 1;
const EVERYTHING: u32 = 2;
/** Jobs deeper than this hang on one that could not be read. */
let brokenAt: u32 = NOWHERE;

/** Bytes of the objects read, built or not. */
export let readBytes: u64 = 0;
export let readCount: u32 = 0;

/**
 * Makes room for windows of a plan.
 * @param largestObject bytes above which an object is left unread
 * @param wantedObject bytes above which an object is said to be too large; what is made against it is read all the same
 * @param handsOver 0: what holds an anchor; 1: trees, sifted, in batches, too; 2: every object
 */
export function openRun(
  mostJobs: u32,
  mostDepth: u32,
  mostWindow: u32,
  mostDelta: u32,
  largestObject: u32,
  wantedObject: u32,
  handsOver: u32,
): void {
  jobs = allocate(<usize>mostJobs * JOB);
  levels = allocate((<usize>mostDepth + 2) * LEVEL);
  window = allocate(<usize>mostWindow + 64);
  deltas = allocate(<usize>mostDelta + SLACK);
  low = allocate(1 << 20);
  // Planning may have left more memory than that.
  bound = 6 * <usize>largestObject;
  high = min(memoryEnd(), low + bound);
  up = low;
  down = high;
  largest = largestObject;
  wanted = wantedObject;
  hands = handsOver;
  brokenAt = NOWHERE;
  readBytes = 0;
  readCount = 0;
}

export function jobsAt(): usize {
  return jobs;
}
export function windowAt(): usize {
  return window;
}

// @ts-ignore: decorator
@inline
function roomFor(length: usize): usize {
  return (length + SLACK + 63) & ~(<usize>63);
}

/** Whether there is room for `bytes` more between the stacks; may move the lower stack. `depth`: levels in use. */
function makeRoom(bytes: usize, depth: u32): bool {
  if (down - up >= bytes) return true;
  const used = high - low - (down - up);
  if (used + bytes > bound) return false;
  const much = (max<usize>(bytes, min<usize>((high - low) >> 1, GROWTH)) + 65535) & ~(<usize>65535);
  const more = min(much, bound - (high - low));
  reserve(high + more);
  memory.copy(down + more, down, high - down);
  for (let d: u32 = 0; d < depth; d++) {
    const level = levels + <usize>d * LEVEL;
    if (load<u32>(level, 12) == DOWN) store<usize>(level, load<usize>(level) + more);
  }
  down += more;
  high += more;
  return true;
}

/** Runs the first `count` jobs. What there is to say is told through the host's functions. */
export function runWindow(count: u32): void {
  for (let index: u32 = 0; index < count; index++) {
    const job = jobs + <usize>index * JOB;
    const depth = load<u32>(job, 12) >> 8;
    if (depth > brokenAt) {
      unread(index);
      continue;
    }
    brokenAt = NOWHERE;
    const done = depth == 0 ? runBase(index, job) : runDelta(index, job, depth);
    if (!done) {
      brokenAt = depth;
      unread(index);
    } else readCount++;
    if (load<u32>(job, 12) & LAST_CHILD) letGo(depth - 1);
  }
  if (hands == TREES) handBatch();
}

/** The object at a depth has no more children to come: it is the top of its stack. */
function letGo(depth: u32): void {
  const level = levels + <usize>depth * LEVEL;
  const place = load<usize>(level);
  if (load<u32>(level, 12) == DOWN) down = place + roomFor(load<usize>(level, 4));
  else up = place;
}

/** Trees are not searched. */
// @ts-ignore: decorator
@inline
function countBytes(meta: u32, length: usize): void {
  if (((meta >> 4) & 15) != TREE) readBytes += length;
}

/** The entry's stream, inflated to `to`; false when it is not `size` bytes long or its checksum is wrong. */
function unpack(job: usize, to: usize, size: usize): bool {
  const from = window + <usize>load<u32>(job);
  const end = window + <usize>load<u32>(job, 4);
  const used = inflate(from, end, to, size);
  if (used == 0 || produced != size || from + used + 4 > end) return false;
  return bswap<u32>(load<u32>(from + used)) == adler32(to, size);
}

function runBase(index: u32, job: usize): bool {
  up = low;
  down = high;
  const size: usize = load<u32>(job, 8);
  const meta = load<u32>(job, 12);
  if (!makeRoom(roomFor(size), 0) || !unpack(job, low, size)) return false;
  countBytes(meta, size);
  const found = judge(index, meta, low, size);
  if (meta & HAS_CHILDREN) {
    up = low + roomFor(size);
    keep(0, low, size, found, UP);
  }
  return true;
}

/** Searches a whole object and hands it over when it holds an anchor. Of a tree, only what it names counts. */
function judge(index: u32, meta: u32, at: usize, length: usize): u32 {
  const type = <u8>((meta >> 4) & 15);
  if (type == TREE) {
    if (hands == TREES) handTree(load<u32>(jobs + <usize>index * JOB, 16), at, length);
    else checkTree(at, length);
    if (hands == EVERYTHING) candidate(index, at, <u32>length);
    return 0;
  }
  if (type != BLOB) checkMessage(at, length);
  const found: u32 = search(at, at + length) != 0 ? 1 : 0;
  if (length > wanted) tooLarge(index, <u32>length);
  else if (found || hands == EVERYTHING) candidate(index, at, <u32>length);
  return found;
}

// @ts-ignore: decorator
@inline
function keep(depth: u32, at: usize, length: usize, found: u32, stack: u32): void {
  const level = levels + <usize>depth * LEVEL;
  store<usize>(level, at);
  store<usize>(level, length, 4);
  store<u32>(level, found, 8);
  store<u32>(level, stack, 12);
}

function runDelta(index: u32, job: usize, depth: u32): bool {
  const size: usize = load<u32>(job, 8);
  const meta = load<u32>(job, 12);
  if (!unpack(job, deltas, size)) return false;
  const end = deltas + size;
  const from = readSizes(deltas, end);
  const parent = levels + <usize>(depth - 1) * LEVEL;
  if (from == 0 || baseSize != load<usize>(parent, 4) || targetSize > largest) return false;
  const length = targetSize;
  const inherited = load<u32>(parent, 8);
  // Of all but blobs the names count, which any byte may belong to.
  const isBlob = ((meta >> 4) & 15) == BLOB && hands != EVERYTHING;
  if (!(meta & HAS_CHILDREN) && !inherited && isBlob && length <= wanted) {
    const found = deltaSearch(from, end, load<usize>(parent), baseSize, length);
    if (found == BAD) return false;
    if (!found) {
      countBytes(meta, length);
      return true;
    }
  }
  const room = roomFor(length);
  if (!makeRoom(room, depth)) return false;
  // Making room may have moved the base.
  const base = load<usize>(parent);
  const stack = load<u32>(parent, 12) == UP ? DOWN : UP;
  const at = stack == DOWN ? down - room : up;
  let found: u32 = inherited | 1;
  if (meta & HAS_CHILDREN && !inherited && isBlob) {
    found = deltaApplySearch(from, end, base, baseSize, at, length);
    if (found == BAD) return false;
  } else if (!deltaApply(from, end, base, baseSize, at, length)) return false;
  countBytes(meta, length);
  if (found || length > wanted) found = judge(index, meta, at, length);
  if (meta & HAS_CHILDREN) {
    if (stack == DOWN) down = at;
    else up = at + room;
    keep(depth, at, length, found, stack);
  }
  return true;
}
