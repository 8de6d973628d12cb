// Host side of the sift kernel (assembly/): lists folders and reads files without coming back to JavaScript for each of
// them, and leaves behind the names of those that somebody has to look at. One for each thread.

import wasm from 'akscan:sift-kernel';
import { bytesOfPath, textOfNames, textOfPath } from '../git/path-text.js';
import { type AnchorTable, loadAnchors } from '../kernel/load-anchors.js';
import { once } from '../once.js';
import { compileKernel } from '../v8-flags.js';
import { openWasi } from './wasi.js';

/** What came of a part. Names are paths below the root, ended by a NUL each. */
export interface Sifted {
  /** Files that hold no anchor, and their bytes. */
  readonly files: number;
  readonly bytes: number;
  readonly links: number;
  /** Files that may hold something, are empty or large, or cannot be read; also links, where they could be told. */
  readonly left: string;
  /** Folders that are large, hold what is neither file, folder nor link, or cannot be listed. Nothing in them was read. */
  readonly unlisted: string;
  readonly done: boolean;
}

/** What is begun is done, or given up by `rest`, before something else is: sifters of one thread share their memory. */
export interface Sifter {
  /**
   * Says what is to be done. The root is a folder, absolute.
   *
   * @param names paths below it, ended by a NUL each: of `files`, or of `folders`, where '' is the root itself
   * @returns false when they are too many for once, or there is too little memory to be safe: somebody else has to do it
   */
  begin(root: string, kind: 'files' | 'folders', names: string): boolean;
  /** Does a part of it, some megabytes; null, and nothing was done, when there is too little memory to go on. */
  go(how: How): Sifted | null;
  /** What was not done yet, which is forgotten. Names as they were given. */
  rest(): { readonly files: string; readonly folders: string };
}

export interface How {
  /** Whether a file that is named may be a link or lie behind one, or behind `..`: it is left behind then. */
  readonly careful: boolean;
  /** Whether a folder with a `.git` is left unlisted, unless it is the root. */
  readonly repositories: boolean;
  /** Whether folders in folders are read, too; else they remain as `rest`, and one folder is read at a time. */
  readonly deep: boolean;
}

/** Functions and numbers that assembly/index.ts exports; addresses and lengths are bytes in `memory`. */
interface Exports extends AnchorTable {
  readonly memory: WebAssembly.Memory;
  readonly PATH: Exported;
  readonly NAMES: Exported;
  readonly NAMES_ROOM: Exported;
  readonly FOLDERS: Exported;
  readonly LEFT: Exported;
  readonly UNLISTED: Exported;
  readonly folder: Exported;
  readonly names: Exported;
  readonly namesEnd: Exported;
  readonly foldersEnd: Exported;
  readonly leftEnd: Exported;
  readonly unlistedEnd: Exported;
  readonly files: Exported;
  readonly bytes: Exported;
  readonly links: Exported;
  closeRoot(): void;
  heapBase(): number;
  begin(length: number, toNames: number, toFolders: number): void;
  walk(room: number, capacity: number, amount: number, careful: boolean, repositories: boolean, deep: boolean): number;
}
interface Exported {
  readonly value: number;
}

/** Bytes of the largest file that is read here. */
const CAPACITY = 4 << 20;
/** Bytes that are read at a time, about a millisecond: then whoever reads looks at the clock. */
const AMOUNT = 4 << 20;
/** The search may read this many bytes past the end of what it searches. */
const SLACK = 64;
const PAGE = 65_536;
/** Bytes of the path of a root: there is room for as much below it, and a longer one is hardly ever opened. */
const LONGEST_PATH = 4_096;

/**
 * Bytes outside V8's heap up to which WASI is used, when something is begun and when it goes on. Beyond 32 MB V8 may collect
 * garbage whenever WASI allocates, in calls during which it must not: Node 20 crashes then.
 */
const MOST_TO_BEGIN = 24 << 20;
const MOST_TO_GO_ON = 28 << 20;
/** Loaded where there are many files: nobody else needs it. */
const outside = (): number => process.getBuiltinModule('node:v8').getHeapStatistics().external_memory;

interface Instance {
  readonly kernel: Exports;
  readonly memory: Buffer;
  /** Where a file is put. */
  readonly room: number;
  /** Those it searches for now. */
  anchors: readonly Uint8Array[] | null;
}

/** One for each thread, kept as long as that: Node 20 may also crash when a WASI is collected. */
const instance = once((): Instance | null => {
  const wasi = openWasi();
  if (wasi === null) return null;
  const program = compileKernel(Buffer.from(wasm, 'base64'));
  const made = new WebAssembly.Instance(program, { ...wasi.getImportObject(), env: { abort: () => {} } });
  wasi.initialize(made);
  const kernel = made.exports as unknown as Exports;
  const room = (kernel.heapBase() + 15) & ~15;
  kernel.memory.grow(Math.ceil((room + CAPACITY + SLACK - kernel.memory.buffer.byteLength) / PAGE));
  return { kernel, memory: Buffer.from(kernel.memory.buffer), room, anchors: null };
});

/** Before a thread ends: neither Node nor the system closes what its WASI has opened, as long as the process lives. */
export const closeSifters = (): void => instance()?.kernel.closeRoot();

/**
 * @param anchors as for a search kernel
 * @param maxSize bytes; a file that is larger is left behind
 * @returns null where there is no way to it: then every file is read by JavaScript
 */
export const createSifter = (anchors: readonly Uint8Array[], maxSize: number | null): Sifter | null => {
  const shared = instance();
  if (shared === null) return null;
  const { kernel, memory, room } = shared;
  const capacity = Math.min(CAPACITY, maxSize === null ? CAPACITY : maxSize + 1);
  const put = (text: string, at: number): number => {
    const bytes = bytesOfPath(text);
    memory.set(bytes, at);
    return at + bytes.length;
  };
  const text = (from: number, { value: end }: Exported): string =>
    from === end ? '' : textOfNames(memory.subarray(from, end));

  let rootEnd = 0;

  return {
    begin: (root, kind, names) => {
      // A unit of UTF-16 makes three bytes at most.
      if (3 * names.length > kernel.NAMES_ROOM.value || 3 * root.length > LONGEST_PATH) return false;
      if (outside() > MOST_TO_BEGIN) return false;
      if (shared.anchors !== anchors) {
        // Should it fail, nobody shall take the table for whole.
        shared.anchors = null;
        loadAnchors(kernel, anchors);
        shared.anchors = anchors;
      }
      const path = kernel.PATH.value;
      const below = root.replace(/^\/+|\/+$/g, '');
      rootEnd = below === '' ? path : put(`${below}/`, path);
      const { NAMES, FOLDERS } = kernel;
      const [toNames, toFolders] =
        kind === 'files' ? [put(names, NAMES.value), FOLDERS.value] : [NAMES.value, put(names, FOLDERS.value)];
      kernel.begin(rootEnd - path, toNames, toFolders);
      return true;
    },
    go: ({ careful, repositories, deep }) => {
      if (outside() > MOST_TO_GO_ON) return null;
      const done = kernel.walk(room, capacity, AMOUNT, careful, repositories, deep);
      return {
        files: kernel.files.value,
        bytes: kernel.bytes.value,
        links: kernel.links.value,
        left: text(kernel.LEFT.value, kernel.leftEnd),
        unlisted: text(kernel.UNLISTED.value, kernel.unlistedEnd),
        done: done === 1,
      };
    },
    rest: () => {
      const { PATH, FOLDERS } = kernel;
      const names = text(kernel.names.value, kernel.namesEnd);
      const folder = textOfPath(memory.subarray(rootEnd, PATH.value + kernel.folder.value));
      const folders = text(FOLDERS.value, kernel.foldersEnd);
      kernel.begin(0, kernel.NAMES.value, FOLDERS.value);
      return { files: names.replace(/[^\0]+/g, (name) => folder + name), folders };
    },
  };
};
