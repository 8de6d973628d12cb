// From entries to jobs: every base and, depth first, all deltas made against it, so that a delta finds its base built. The
// child with most descendants comes last: its parent can be let go while the longest part is still ahead.
//
// Jobs are cut into windows, about as much of the pack as is read at once. A family (a base and all its deltas) lies in one
// window where it fits; a larger one goes on in the next, and all its windows form one group, which one thread must run.

import { allocate } from './memory';
import { at, bases, count, LOST, NONE, PLANNED, put, scratch, sizes, starts, streams, TREE, types } from './entries';

/**
 * A job, five u32: where the zlib stream begins and ends in the stretch, its inflated size, `depth << 8 | type << 4 | flags`,
 * where the entry begins.
 */
export const JOB: usize = 20;
/** Other jobs are made against this one. */
export const HAS_CHILDREN: u32 = 1;
/** The last against its base. */
export const LAST_CHILD: u32 = 2;

/** A run of bytes to read, three u32: first and last offset, and the first job that lies in a later one. */
const RUN: usize = 12;
/** A window, five u32: first job, end of jobs, first run, end of runs, bytes its runs need in memory. */
const WINDOW: usize = 20;
/** Between runs in memory, so that reading over the end of one meets no other. */
const RUN_SLACK: u32 = 64;

/** Bytes that are read although nothing in them is wanted, rather than reading twice. */
const GAP: u32 = 16384;
/** A family is read in one run unless that reads this many times what is wanted, and more. */
const SPREAD: u32 = 4;
const SPREAD_FREE: u32 = 1 << 20;

export let jobs: usize = 0;
export let jobCount: u32 = 0;
export let runs: usize = 0;
export let runCount: u32 = 0;
export let windows: usize = 0;
export let windowCount: u32 = 0;
/** u32 each: the first window of each group; one more for the end. */
export let groups: usize = 0;
export let groupCount: u32 = 0;

/** The most that any job, window or chain needs: what the threads make room for. */
export let mostJobs: u32 = 0;
export let mostRuns: u32 = 0;
export let mostWindow: u32 = 0;
export let mostDelta: u32 = 0;
export let mostDepth: u32 = 0;

let firstChild: usize = 0;
let nextChild: usize = 0;
let heaviest: usize = 0;
let weights: usize = 0;
let wanted: u32 = 0;

let windowJob: u32 = 0;
let windowRun: u32 = 0;
let windowBytes: u32 = 0;
/** The open run, while `runEnd` is not 0. */
let runStart: u32 = 0;
let runEnd: u32 = 0;

/**
 * Plans all commits, tags and blobs.
 * @param cap bytes of the pack in a window
 * @param largest inflated bytes of an entry above which it is left to another reader, with all that is made against it
 */
export function planJobs(cap: u32, largest: u32): void {
  linkChildren(largest);
  jobs = allocate(<usize>wanted * JOB + 64);
  runs = allocate(<usize>wanted * RUN + 64);
  windows = allocate(<usize>wanted * WINDOW + 64);
  groups = allocate((<usize>wanted << 2) + 64);
  jobCount = runCount = windowCount = groupCount = 0;
  mostJobs = mostRuns = mostWindow = mostDelta = mostDepth = 0;
  windowJob = windowRun = windowBytes = runStart = runEnd = 0;
  openGroup();
  for (let index: u32 = 0; index < count; index++) {
    if (at(bases, index) == NONE && isWanted(index)) planFamily(index, cap);
  }
  if (windowJob < jobCount) closeWindow(jobCount);
  if (at(groups, groupCount - 1) == windowCount) groupCount--;
  put(groups, groupCount, windowCount);
}

// @ts-ignore: decorator
@inline
function isWanted(index: u32): bool {
  const type = load<u8>(types + index);
  return type != TREE && type != LOST;
}

/** Lists of children in the order of the pack, but the heaviest last. */
function linkChildren(largest: u32): void {
  const bytes = (<usize>count << 2) + 64;
  firstChild = allocate(bytes);
  nextChild = scratch;
  weights = allocate(bytes);
  heaviest = allocate(bytes);
  memory.fill(firstChild, 255, bytes);
  memory.fill(heaviest, 255, bytes);
  memory.fill(weights, 0, bytes);
  wanted = 0;
  for (let index = count; index-- > 0; ) {
    if (!isWanted(index)) continue;
    if (at(sizes, index) > largest) {
      store<u8>(types + index, LOST);
      continue;
    }
    wanted++;
    const base = at(bases, index);
    if (base == NONE) continue;
    const weight = at(weights, index) + 1;
    put(weights, base, at(weights, base) + weight);
    const rival = at(heaviest, base);
    if (rival == NONE || at(weights, rival) < weight) put(heaviest, base, index);
  }
  for (let index: u32 = 0; index < count; index++) {
    const child = at(heaviest, index);
    if (child == NONE) continue;
    put(firstChild, index, child);
    put(nextChild, child, NONE);
  }
  for (let index = count; index-- > 0; ) {
    const base = at(bases, index);
    if (base == NONE || !isWanted(index) || at(heaviest, base) == index) continue;
    put(nextChild, index, at(firstChild, base));
    put(firstChild, base, index);
  }
}

/** All jobs of a family, then the bytes to read for them. */
function planFamily(root: u32, cap: u32): void {
  const first = jobCount;
  const path = weights; // no longer needed
  let low: u32 = 0xffffffff;
  let high: u32 = 0;
  let packed: u32 = 0;
  let node = root;
  let depth: u32 = 0;
  let last: u32 = 0;
  while (true) {
    const child = at(firstChild, node);
    const from = at(streams, node);
    const to = streamEnd(node);
    const job = jobs + <usize>(jobCount++) * JOB;
    store<u32>(job, from);
    store<u32>(job, to, 4);
    store<u32>(job, at(sizes, node), 8);
    const flags = (child != NONE ? HAS_CHILDREN : 0) | last;
    store<u32>(job, (depth << 8) | (<u32>load<u8>(types + node) << 4) | flags, 12);
    store<u32>(job, at(starts, node), 16);
    store<u8>(types + node, PLANNED);
    low = min(low, from);
    high = max(high, to);
    packed += to - from;
    if (depth > 0) mostDelta = max(mostDelta, at(sizes, node));
    mostDepth = max(mostDepth, depth);
    if (child != NONE) {
      put(path, depth++, node);
      node = child;
    } else {
      while (depth > 0 && at(nextChild, node) == NONE) node = at(path, --depth);
      if (depth == 0) break;
      node = at(nextChild, node);
    }
    last = at(nextChild, node) == NONE ? LAST_CHILD : 0;
  }
  if (packed > cap) return readPiecemeal(first, cap);
  const scattered = high - low > SPREAD * packed + SPREAD_FREE;
  const goesOn = !scattered && runEnd > 0 && low >= runStart && low <= runEnd + GAP;
  let more = scattered ? packed : goesOn ? (high > runEnd ? high - runEnd : 0) : high - low;
  if (windowBytes > 0 && windowBytes + more > cap) {
    closeWindow(first);
    openGroup();
    if (goesOn) more = high - low;
  } else if (!goesOn) closeRun(first);
  windowBytes += more;
  if (scattered) readEach(first);
  else if (runEnd == 0) {
    runStart = low;
    runEnd = high;
  } else runEnd = max(runEnd, high);
}

/**
 * Where a stream ends at the latest: at the next entry, and not beyond what zlib may need for its size, since an index that
 * leaves entries out would have us read all that lies between.
 */
function streamEnd(index: u32): u32 {
  const from = at(streams, index);
  const size = at(sizes, index);
  return max(from, min(at(starts, index + 1), from + size + (size >> 3) + 1024));
}

/** A family too large for one window: each job is read by itself, in as many windows as it takes. */
function readPiecemeal(first: u32, cap: u32): void {
  if (windowJob < first) {
    closeWindow(first);
    openGroup();
  }
  for (let job = first; job < jobCount; job++) {
    const bytes = packedSize(job);
    if (windowBytes > 0 && windowBytes + bytes > cap) closeWindow(job);
    windowBytes += bytes;
    addRun(job);
  }
  closeWindow(jobCount);
  openGroup();
}

function readEach(first: u32): void {
  for (let job = first; job < jobCount; job++) addRun(job);
}

// @ts-ignore: decorator
@inline
function packedSize(job: u32): u32 {
  const at = jobs + <usize>job * JOB;
  return load<u32>(at, 4) - load<u32>(at);
}

function addRun(job: u32): void {
  const at = jobs + <usize>job * JOB;
  writeRun(load<u32>(at), load<u32>(at, 4), job + 1);
}

function writeRun(from: u32, to: u32, end: u32): void {
  const run = runs + <usize>(runCount++) * RUN;
  store<u32>(run, from);
  store<u32>(run, to, 4);
  store<u32>(run, end, 8);
}

function closeRun(end: u32): void {
  if (runEnd > 0) writeRun(runStart, runEnd, end);
  runEnd = 0;
}

function closeWindow(end: u32): void {
  closeRun(end);
  let bytes: u32 = 0;
  for (let index = windowRun; index < runCount; index++) {
    const run = runs + <usize>index * RUN;
    bytes += ((load<u32>(run, 4) - load<u32>(run) + 15) & ~15) + RUN_SLACK;
  }
  const window = windows + <usize>(windowCount++) * WINDOW;
  store<u32>(window, windowJob);
  store<u32>(window, end, 4);
  store<u32>(window, windowRun, 8);
  store<u32>(window, runCount, 12);
  store<u32>(window, bytes, 16);
  mostJobs = max(mostJobs, end - windowJob);
  mostRuns = max(mostRuns, runCount - windowRun);
  mostWindow = max(mostWindow, bytes);
  windowJob = end;
  windowRun = runCount;
  windowBytes = 0;
}

function openGroup(): void {
  if (groupCount == 0 || at(groups, groupCount - 1) != windowCount) put(groups, groupCount++, windowCount);
}
