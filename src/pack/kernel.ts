// Host side of the pack kernel (assembly/): its exports, typed, and one instance of it with its anchors loaded.

import wasm from 'akscan:pack-kernel';
import { type AnchorTable, loadAnchors } from '../kernel/load-anchors.js';
import { compileKernel } from '../v8-flags.js';

/** Functions and numbers that assembly/index.ts exports; addresses and lengths are bytes in `memory`. */
export interface PackKernel extends AnchorTable {
  readonly memory: WebAssembly.Memory;
  allocate(bytes: number): number;
  rewind(): void;
  settle(): void;

  openEntries(entries: number, hashBytes: number): number;
  sortEntries(end: number): number;
  readHeaders(window: number, start: number, length: number, index: number, last: boolean): number;
  baseNameAt(index: number): number;
  entryAt(offset: number): number;
  entryStart(index: number): number;
  setBase(index: number, base: number): void;
  settleTypes(): void;
  nextUnplanned(index: number, kinds: number): number;
  isCircle(index: number): number;
  planJobs(cap: number, largest: number, kinds: number, byIndex: boolean): void;

  openRun(
    mostJobs: number,
    mostDepth: number,
    mostWindow: number,
    mostDelta: number,
    largestObject: number,
    wantedObject: number,
    handsOver: number,
  ): void;
  jobsAt(): number;
  windowAt(): number;
  runWindow(jobs: number): void;

  openSieve(hashBytes: number, largest: number, before: number): number;

  openGraph(hashBytes: number, mostTrees: number, mostEdges: number): number;
  closeSought(): void;
  findName(at: number): number;
  addName(at: number): number;
  nameOf(number: number): number;
  openPlaces(entries: number): number;
  typesAt(): number;
  sortPlaces(): void;
  numberEntries(at: number, first: number, count: number): void;
  closePlaces(): void;
  addTree(tree: number, at: number, length: number): number;
  addTrees(at: number, length: number): number;
  openWalk(): number;
  enterRoot(walk: number, root: number): void;

  openLoose(mostFile: number, mostObject: number): void;
  looseFileAt(): number;
  looseObjectAt(): number;
  readLoose(length: number): number;
  searchLoose(from: number, to: number): number;
  checkLooseMessage(from: number, to: number): void;
  checkLooseTree(from: number, to: number): void;

  setNames(bytes: number, chance: bigint): void;
  openNames(count: number): void;
  addNames(at: number, count: number): void;
  checkNames(at: number, count: number): void;

  /** An exported variable, as an unsigned number. */
  number(name: Variable): number;
}

type Variable =
  | 'namedDeltas'
  | 'types'
  | 'jobs'
  | 'jobCount'
  | 'runs'
  | 'runCount'
  | 'windows'
  | 'windowCount'
  | 'groups'
  | 'groupCount'
  | 'mostJobs'
  | 'mostDepth'
  | 'mostWindow'
  | 'mostDelta'
  | 'readCount'
  | 'readBytes';

/** What the kernel tells while it runs. Addresses are valid during the call only. */
export interface PackHost {
  candidate(job: number, at: number, length: number): void;
  unread(job: number): void;
  tooLarge(job: number, length: number): void;
  /** A name that no object has. */
  missing(at: number): void;
  /** Trees, where they are wanted, many at once (assembly/sift.ts). */
  trees(at: number, length: number): void;
  /** Something that is looked for, and the way there (assembly/graph.ts). */
  met(wanted: number, at: number, length: number): void;
}

/** For a kernel that has nothing to tell. */
export const NOBODY: PackHost = {
  candidate: () => {},
  unread: () => {},
  tooLarge: () => {},
  missing: () => {},
  trees: () => {},
  met: () => {},
};

/** No entry. */
export const NONE = 0xffffffff;

let compiled: WebAssembly.Module | null = null;

/** Of the built kernel, compiled once: an audit runs it for each repository. */
const builtKernel = (): WebAssembly.Module => {
  compiled ??= compileKernel(Buffer.from(wasm, 'base64'));
  return compiled;
};

/** @param program WebAssembly to run instead of the built kernel, for tests that break it on purpose */
export const createPackKernel = (anchors: readonly Uint8Array[], host: PackHost, program?: Uint8Array): PackKernel => {
  const instance = new WebAssembly.Instance(program === undefined ? builtKernel() : compileKernel(program), {
    env: {
      abort: () => {
        throw new Error('the pack kernel failed');
      },
    },
    host: {
      candidate: (job: number, at: number, length: number) => host.candidate(job, at >>> 0, length >>> 0),
      unread: host.unread,
      tooLarge: (job: number, length: number) => host.tooLarge(job, length >>> 0),
      missing: (at: number) => host.missing(at >>> 0),
      trees: (at: number, length: number) => host.trees(at >>> 0, length >>> 0),
      met: (wanted: number, at: number, length: number) => host.met(wanted, at >>> 0, length),
    },
  });
  const { init, ...exports } = instance.exports as unknown as PackKernel & { init(): void };
  init();
  loadAnchors(exports, anchors);
  const variables = instance.exports as Record<string, { readonly value: number | bigint } | undefined>;
  return {
    ...exports,
    number: (name) => {
      const value = variables[name]?.value ?? 0;
      return typeof value === 'bigint' ? Number(value) : value >>> 0;
    },
  };
};

/** A view of `count` 32-bit numbers in the kernel's memory; invalid once that has grown. */
export const wordsAt = ({ memory }: PackKernel, at: number, count: number): Uint32Array =>
  new Uint32Array(memory.buffer, at, count);

export const bytesAt = ({ memory }: PackKernel, at: number, length: number): Uint8Array =>
  new Uint8Array(memory.buffer, at, length);
