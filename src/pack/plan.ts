// Plans the reading of one pack: in the kernel, from the offsets in its index and the headers of its entries. A pack of more
// than 2 GB, or of very many objects, is planned in stretches, so that what planning needs stays bounded; a delta whose base
// lies in another stretch is left to another reader.

import { fstatSync, readSync } from 'node:fs';
import type { HashFormat } from '../git/hash.js';
import { type IndexFile, namesOf, offsetsOf, positionOf } from './index-file.js';
import { bytesAt, NONE, type PackKernel, wordsAt } from './kernel.js';
import type { NamesByOffset } from './names.js';

/** What threads need to read a stretch of a pack. All numbers are shared between them. */
export interface Plan {
  readonly pack: string;
  /** Offset in the pack from which jobs and runs count. */
  readonly origin: number;
  /** Entries of the pack before the stretch. */
  readonly before: number;
  /** assembly/jobs.ts says what a job, a run and a window are. */
  readonly jobs: Uint32Array;
  readonly runs: Uint32Array;
  readonly windows: Uint32Array;
  /** First window of each group; one more for the end. */
  readonly groups: Uint32Array;
  /** When every object's checksum is to be verified. */
  readonly names: NamesByOffset | null;
  readonly mostJobs: number;
  readonly mostDepth: number;
  readonly mostWindow: number;
  readonly mostDelta: number;
}

export interface PlannedStretch {
  readonly plan: Plan;
  /** Objects in the stretch, trees among them. */
  readonly objects: number;
  /** Offsets in the pack of entries that are in no job, though they may be no trees. */
  readonly unplanned: readonly number[];
  /** The same for deltas that are made, in the end, against themselves: git would not come back from them. */
  readonly circular: readonly number[];
}

/** Numbers of a job and its parts, in words (assembly/jobs.ts). */
export const JOB = { words: 5, size: 2, meta: 3, entry: 4 } as const;
export const RUN = { words: 3, from: 0, to: 1, place: 2 } as const;
export const WINDOW = { words: 5, firstJob: 0, endJob: 1, firstRun: 2, endRun: 3, bytes: 4 } as const;

/** Bytes of the pack read at once: enough that a read costs what it brings, few enough to stay in the cache. */
const CAP = 2 << 20;
/** Entries planned at once: about 45 bytes of memory each. */
const MOST_ENTRIES = 3_000_000;
/** Bytes in a stretch: the kernel counts in 32 bits. */
const LONGEST = 0x7fffffff;
/** Headers are read in pieces of this size; any size from 64 KB to 2 MB does. */
const PIECE = 256 << 10;

export class BrokenPack extends Error {}
const OUTSIDE = 'its index names places outside it';

/** Types of objects that are planned: a bit for each type, as packs number them. */
export const KINDS = { messagesAndBlobs: 0b1_1010, all: 0b1_1110, trees: 0b0_0100, commits: 0b0_0010 } as const;
type Kinds = (typeof KINDS)[keyof typeof KINDS];

export interface PlanSettings {
  readonly hash: HashFormat;
  /** Inflated bytes above which an object is left to another reader. */
  readonly largest: number;
  readonly kinds: Kinds;
  /** What jobs tell of their entries: where they begin, or the how many-th of the stretch they are. */
  readonly entries: 'by start' | 'by index';
  /** To go with the plan. */
  readonly names: NamesByOffset | null;
  /** For tests; otherwise MOST_ENTRIES. */
  readonly mostEntries?: number;
}

/**
 * @param kernelFor asked for each stretch; what it gives is not used any more when the stretch is planned
 * @throws BrokenPack when it is no pack, or not the index's
 */
export function* planPack(
  kernelFor: () => PackKernel,
  { pack, fd, index }: { readonly pack: string; readonly fd: number; readonly index: IndexFile },
  settings: PlanSettings,
): Generator<PlannedStretch> {
  const { hash, mostEntries = MOST_ENTRIES } = settings;
  const end = endOfEntries(fd, index, hash);
  if (index.count === 0) return;
  if (index.count <= mostEntries && end <= LONGEST && !index.hasFar) {
    const stretch = { pack, fd, index, origin: 0, before: 0, end, count: index.count };
    yield planStretch(kernelFor(), stretch, (into) => index.offsetsInto(into, 0), settings);
    return;
  }
  const sorted = offsetsOf(index).sort();
  if ((sorted.at(-1) ?? 0) >= end) throw new BrokenPack(OUTSIDE);
  for (let from = 0; from < sorted.length; ) {
    const to = cut(fd, sorted, from, mostEntries);
    const origin = sorted[from] ?? 0;
    const offsets = (into: Uint8Array): void => {
      const view = new DataView(into.buffer, into.byteOffset, into.length);
      for (let entry = from; entry < to; entry++) view.setUint32((entry - from) * 4, (sorted[entry] ?? 0) - origin);
    };
    const stretchEnd = Math.min(sorted[to] ?? end, origin + LONGEST);
    const stretch = { pack, fd, index, origin, before: from, end: stretchEnd, count: to - from };
    yield planStretch(kernelFor(), stretch, offsets, settings);
    from = to;
  }
}

/** Where the last entry ends: before the pack's own checksum, which the index must know. */
const endOfEntries = (fd: number, index: IndexFile, hash: HashFormat): number => {
  const { size } = fstatSync(fd);
  const head = Buffer.alloc(12);
  const trailer = Buffer.alloc(hash.bytes);
  if (size < head.length + hash.bytes) throw new BrokenPack('it is too short');
  readSync(fd, head, 0, head.length, 0);
  if (head.toString('latin1', 0, 4) !== 'PACK') throw new BrokenPack('it is no pack');
  const version = head.readUInt32BE(4);
  if (version !== 2 && version !== 3) throw new BrokenPack(`its version is ${version}`);
  readSync(fd, trailer, 0, hash.bytes, size - hash.bytes);
  if (!trailer.equals(index.packChecksum())) throw new BrokenPack('its index belongs to another pack');
  return size - hash.bytes;
};

/** The end of the stretch that begins at `from`: where an entry stands for itself, so that few deltas are cut off. */
const cut = (fd: number, sorted: Float64Array, from: number, mostEntries: number): number => {
  let to = from + 1;
  const first = sorted[from] ?? 0;
  while (to < sorted.length && to - from < mostEntries && (sorted[to] ?? 0) - first < LONGEST) to++;
  if (to === sorted.length) return to;
  const byte = Buffer.alloc(1);
  const lowest = Math.max(from + 1, to - 20_000);
  for (let at = to; at > lowest; at--) {
    readSync(fd, byte, 0, 1, sorted[at] ?? 0);
    const type = ((byte[0] ?? 0) >> 4) & 7;
    if (type < 6) return at;
  }
  return to;
};

interface Stretch {
  readonly pack: string;
  readonly fd: number;
  readonly index: IndexFile;
  readonly origin: number;
  /** Entries of the pack before the first of the stretch. */
  readonly before: number;
  readonly end: number;
  readonly count: number;
}

/** @param offsets writes where the entries begin, from the origin: 32 bits each, big-endian */
const planStretch = (
  kernel: PackKernel,
  stretch: Stretch,
  offsets: (into: Uint8Array) => void,
  { hash, largest, kinds, entries, names }: PlanSettings,
): PlannedStretch => {
  const { pack, fd, index, origin, before, end, count } = stretch;
  const length = end - origin;
  kernel.rewind();
  const place = kernel.openEntries(count, hash.bytes);
  offsets(bytesAt(kernel, place, count * 4));
  if (kernel.sortEntries(length) > 0) throw new BrokenPack('its index gives two objects one place');
  readHeaders(kernel, fd, origin, length, count);
  if (kernel.number('namedDeltas') > 0) findNamedBases(kernel, stretch, hash, index);
  kernel.settleTypes();
  kernel.planJobs(CAP, largest, kinds, entries === 'by index');
  const unplanned: number[] = [];
  const circular: number[] = [];
  for (let at = kernel.nextUnplanned(0, kinds); at >>> 0 !== NONE; at = kernel.nextUnplanned(at + 1, kinds)) {
    (kernel.isCircle(at) === 1 ? circular : unplanned).push(origin + (kernel.entryStart(at) >>> 0));
  }
  const shared = (name: 'jobs' | 'runs' | 'windows' | 'groups', words: number): Uint32Array => {
    const copy = new Uint32Array(new SharedArrayBuffer(words * 4));
    copy.set(wordsAt(kernel, kernel.number(name), words));
    return copy;
  };
  const plan: Plan = {
    pack,
    origin,
    before,
    jobs: shared('jobs', kernel.number('jobCount') * JOB.words),
    runs: shared('runs', kernel.number('runCount') * RUN.words),
    windows: shared('windows', kernel.number('windowCount') * WINDOW.words),
    groups: shared('groups', kernel.number('groupCount') + 1),
    names,
    mostJobs: kernel.number('mostJobs'),
    mostDepth: kernel.number('mostDepth'),
    mostWindow: kernel.number('mostWindow'),
    mostDelta: kernel.number('mostDelta'),
  };
  return { plan, objects: count, unplanned, circular };
};

const readHeaders = (kernel: PackKernel, fd: number, origin: number, length: number, count: number): void => {
  const window = kernel.allocate(PIECE + 64);
  const piece = bytesAt(kernel, window, PIECE + 64);
  for (let at = 0; at < count; ) {
    const start = kernel.entryStart(at) >>> 0;
    const wanted = Math.min(PIECE, Math.max(0, length - start));
    const got = fill(fd, piece.subarray(0, wanted), origin + start);
    piece.fill(0, got, got + 64);
    const next = kernel.readHeaders(window, start, got, at, start + got >= length || got < wanted);
    if (next === at) throw new BrokenPack(OUTSIDE);
    at = next;
  }
};

/** Reads until `into` is full or the file ends; gives how many bytes came. */
export const fill = (fd: number, into: Uint8Array, from: number): number => {
  let got = 0;
  while (got < into.length) {
    const more = readSync(fd, into, got, into.length - got, from + got);
    if (more === 0) break;
    got += more;
  }
  return got;
};

/** Names that are held in memory to find bases by; with more, deltas that name theirs are left to another reader. */
const MOST_NAMES = 3_000_000;

/** Deltas that name their base: its entry is found through the index. */
const findNamedBases = (kernel: PackKernel, stretch: Stretch, hash: HashFormat, index: IndexFile): void => {
  const { fd, origin, end, count } = stretch;
  const isHeld = index.count <= MOST_NAMES;
  const names = isHeld ? namesOf(index, hash) : Buffer.alloc(0);
  const offsets = isHeld ? offsetsOf(index) : new Float64Array();
  const name = Buffer.alloc(hash.bytes);
  for (let at = 0; at < count; at++) {
    const place = kernel.baseNameAt(at) >>> 0;
    if (place === 0) continue;
    fill(fd, name, origin + place);
    const position = positionOf(names, hash, name);
    const offset = position < 0 ? -1 : (offsets[position] ?? -1);
    kernel.setBase(at, offset >= origin && offset < end ? kernel.entryAt(offset - origin) : NONE);
  }
};
