// From entries to jobs: every base and, depth first, all deltas made against it, so that a delta finds its base built. The
// child with most descendants comes last: its parent can be let go while the longest part is still ahead.
//
// Jobs are cut into windows, about as much of the pack as is read at once. A family (a base and all its deltas) lies in one
// window where it fits; a larger one goes on in the next, and all its windows form one group, which one thread must run.
// A family may lie scattered over the pack: what a window reads is sorted, and near parts are read in one run.

import { allocate } from './memory';
import {
  bases,
  buckets,
  count,
  LOST,
  NONE,
  PLANNED,
  scratch,
  sizes,
  starts,
  streamStart,
  types,
} from './entries';
import { at, put, sortByKey, TALLIES } from './tables';

/**
 * A job, five u32: where its zlib stream begins and ends in the window's memory, its inflated size,
 * `depth << 8 | type << 4 | flags`, and which entry of the stretch it is: where that begins, or its index.
 */
export const JOB: usize = 20;
/** Other jobs are made against this one. */
export const HAS_CHILDREN: u32 = 1;
/** The last against its base. */
export const LAST_CHILD: u32 = 2;

/** A run of bytes to read, three u32: first and last offset in the stretch, and its place in the window's memory. */
const RUN: usize = 12;
/** A window, five u32: first job, end of jobs, first run, end of runs, bytes of memory. */
const WINDOW: usize = 20;
/** Between runs in memory, so that reading over the end of one meets no other. */
const RUN_SLACK: u32 = 64;

/** Bytes that are read although nothing in them is wanted, rather than reading twice. */
const GAP: u32 = 8192;
/** Times the size of a window that such bytes may take up. */
const MOST_GAPS: u32 = 2;

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
export let mostWindow: u32 = 0;
export let mostDelta: u32 = 0;
export let mostDepth: u32 = 0;

let firstChild: usize = 0;
let nextChild: usize = 0;
let heaviest: usize = 0;
let weights: usize = 0;
let wanted: u32 = 0;
/** A bit for each type that is. */
let planned: u32 = 0;

/** Whether jobs tell the index of their entry rather than where it begins. */
let namesIndex: bool = false;
let cap: u32 = 0;
let windowJob: u32 = 0;
let windowBytes: u32 = 0;
/** u32[wanted] each: jobs of a window in the order of their bytes. */
let order: usize = 0;
let spare: usize = 0;
let tallies: usize = 0;

/**
 * Plans entries of some types.
 * @param windowCap bytes of the pack in a window
 * @param kinds a bit for each type
 * @param byIndex whether jobs tell the index of their entry rather than where it begins
 * @param largest inflated bytes of an entry above which it is left to another reader, with all that is made against it
 */
export function planJobs(windowCap: u32, largest: u32, kinds: u32, byIndex: bool): void {
  namesIndex = byIndex;
  cap = windowCap;
  planned = kinds;
  linkChildren(largest);
  jobs = allocate(<usize>wanted * JOB + 64);
  runs = allocate(<usize>wanted * RUN + 64);
  windows = allocate(<usize>wanted * WINDOW + 64);
  groups = allocate((<usize>wanted << 2) + 64);
  order = heaviest; // no longer needed
  spare = allocate((<usize>wanted << 2) + 64);
  tallies = allocate(TALLIES);
  jobCount = runCount = windowCount = groupCount = 0;
  mostJobs = mostWindow = mostDelta = mostDepth = 0;
  windowJob = windowBytes = 0;
  openGroup();
  for (let index: u32 = 0; index < count; index++) {
    if (at(bases, index) == NONE && isWanted(index)) planFamily(index);
  }
  if (windowJob < jobCount) closeWindow(jobCount);
  if (at(groups, groupCount - 1) == windowCount) groupCount--;
  put(groups, groupCount, windowCount);
}

// @ts-ignore: decorator
@inline
function isWanted(index: u32): bool {
  return ((planned >> load<u8>(types + index)) & 1) != 0;
}

/** Lists of children in the order of the pack, but the heaviest last. */
function linkChildren(largest: u32): void {
  const bytes = (<usize>count << 2) + 64;
  firstChild = buckets;
  nextChild = scratch;
  weights = allocate(bytes);
  heaviest = allocate(bytes);
  memory.fill(firstChild, 255, <usize>count << 2);
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

/** All jobs of a family; then what it adds to the window, or the windows of its own. */
function planFamily(root: u32): void {
  const first = jobCount;
  const path = weights; // no longer needed
  let packed: u32 = 0;
  let node = root;
  let depth: u32 = 0;
  let last: u32 = 0;
  while (true) {
    const child = at(firstChild, node);
    const from = streamStart(node);
    const to = streamEnd(node);
    const job = jobs + <usize>(jobCount++) * JOB;
    store<u32>(job, from);
    store<u32>(job, to, 4);
    store<u32>(job, at(sizes, node), 8);
    const flags = (child != NONE ? HAS_CHILDREN : 0) | last;
    store<u32>(job, (depth << 8) | (<u32>load<u8>(types + node) << 4) | flags, 12);
    store<u32>(job, namesIndex ? node : at(starts, node), 16);
    store<u8>(types + node, PLANNED);
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
  if (windowBytes > 0 && windowBytes + packed > cap) {
    closeWindow(first);
    openGroup();
  }
  if (packed <= cap) {
    windowBytes += packed;
    return;
  }
  for (let job = first; job < jobCount; job++) {
    const bytes = packedSize(job);
    if (windowBytes > 0 && windowBytes + bytes > cap) closeWindow(job);
    windowBytes += bytes;
  }
  closeWindow(jobCount);
  openGroup();
}

/**
 * Where a stream ends at the latest: at the next entry, and not beyond what zlib may need for its size, since an index that
 * leaves entries out would have us read all that lies between.
 */
function streamEnd(index: u32): u32 {
  const from = streamStart(index);
  const size = at(sizes, index);
  return max(from, min(at(starts, index + 1), from + size + (size >> 3) + 1024));
}

// @ts-ignore: decorator
@inline
function packedSize(job: u32): u32 {
  const at = jobs + <usize>job * JOB;
  return load<u32>(at, 4) - load<u32>(at);
}

/** The window's jobs end at `end`: what they need is put in runs, and each is told its place in memory. */
function closeWindow(end: u32): void {
  const jobsInWindow = end - windowJob;
  sortByStart(jobsInWindow);
  const firstRun = runCount;
  let place: u32 = 0;
  let runFrom: u32 = 0;
  let runTo: u32 = 0;
  let gaps: u32 = 0;
  for (let k: u32 = 0; k < jobsInWindow; k++) {
    const job = jobs + <usize>at(order, k) * JOB;
    const from = load<u32>(job);
    const to = load<u32>(job, 4);
    const gap = from > runTo ? from - runTo : 0;
    if (k == 0 || gap > GAP || gaps + gap > MOST_GAPS * cap) {
      if (k > 0) place += placeRun(runFrom, runTo, place);
      runFrom = from;
      runTo = to;
    } else {
      gaps += gap;
      runTo = max(runTo, to);
    }
    store<u32>(job, place + (from - runFrom));
    store<u32>(job, place + (to - runFrom), 4);
  }
  if (jobsInWindow > 0) place += placeRun(runFrom, runTo, place);
  const window = windows + <usize>(windowCount++) * WINDOW;
  store<u32>(window, windowJob);
  store<u32>(window, end, 4);
  store<u32>(window, firstRun, 8);
  store<u32>(window, runCount, 12);
  store<u32>(window, place, 16);
  mostJobs = max(mostJobs, jobsInWindow);
  mostWindow = max(mostWindow, place);
  windowJob = end;
  windowBytes = 0;
}

/** Gives the memory that the run takes. */
function placeRun(from: u32, to: u32, place: u32): u32 {
  const run = runs + <usize>(runCount++) * RUN;
  store<u32>(run, from);
  store<u32>(run, to, 4);
  store<u32>(run, place, 8);
  return ((to - from + 15) & ~15) + RUN_SLACK;
}

/** Fills `order` with the window's jobs by where their bytes begin. */
function sortByStart(length: u32): void {
  for (let k: u32 = 0; k < length; k++) put(spare, k, windowJob + k);
  sortByKey(spare, order, length, jobs, JOB, tallies);
}

function openGroup(): void {
  if (groupCount == 0 || at(groups, groupCount - 1) != windowCount) put(groups, groupCount++, windowCount);
}
