// Standard output and standard error. Node makes a stream of each when it is first asked for, and loads a good part of its
// libraries for it: what a command writes that somebody waits for goes straight to the descriptor as long as nobody did.

import { once } from 'node:events';
import fs from 'node:fs';
import type { Writable } from 'node:stream';

export type Standard = 'stdout' | 'stderr';

const DESCRIPTORS = { stdout: 1, stderr: 2 } as const;

interface State {
  /** What is told of a stream that cannot be written. */
  tell: (error: NodeJS.ErrnoException) => void;
  /** Streams that Node has made: what they hold back must come before all that follows. */
  readonly made: Set<Standard>;
  /** Those that nobody reads any more. */
  readonly left: Set<Standard>;
  readonly ways: Partial<Record<Standard, Way>>;
  /** Bytes that are still written without a stream where writing may have to wait. */
  readonly room: Record<Standard, number>;
  /** Whether whoever asks for a stream does not need it. */
  unneeded: boolean;
}

/** How a text is written without a stream. */
interface Way {
  readonly descriptor: number;
  /** Whether it may be that nobody takes what is written, and that writing waits until somebody does. */
  readonly waits: boolean;
  /** Node's stream of a file holds nothing back, and loses without a word what a full disk does not take: it is never used. */
  readonly file?: true;
}

/**
 * Bytes that any empty pipe holds, if both go into one: Linux gives a user with many pipes a page for each. Who waits for a slow
 * reader must hear Ctrl-C meanwhile, and only streams wait like that.
 */
const ROOM = 2 << 10;

/** What ships is several bundles, each with a copy of this file. Absent where nobody watches: in the library. */
const PLACE = Symbol.for('akscan.standard-streams');
const places = globalThis as { [PLACE]?: State };

/** From now on `tell` is called when one of the two cannot be written, however it was tried. */
export const watchStreams = (tell: (error: NodeJS.ErrnoException) => void): void => {
  const known = places[PLACE];
  if (known !== undefined) {
    known.tell = tell;
    return;
  }
  const state: State = {
    tell,
    made: new Set(),
    left: new Set(),
    ways: {},
    room: { stdout: ROOM, stderr: ROOM },
    unneeded: false,
  };
  places[PLACE] = state;
  for (const name of ['stdout', 'stderr'] as const) {
    const own = Object.getOwnPropertyDescriptor(process, name);
    const get = (): unknown => own?.get?.call(process) ?? own?.value;
    const watched = (): unknown => {
      if (state.unneeded && !state.made.has(name)) return undefined;
      const stream = get() as Writable;
      if (!state.made.has(name)) {
        state.made.add(name);
        stream.on('error', (error) => state.tell(error));
      }
      return stream;
    };
    Object.defineProperty(process, name, { configurable: true, enumerable: true, get: watched });
  }
};

/** Whether this is the program, which owns the streams, and no library in somebody else's. */
export const isProgram = (): boolean => places[PLACE] !== undefined;

/** Whether all that was written is out, or was told to be lost: no stream holds any of it. */
export const isWritten = (): boolean => places[PLACE]?.made.size === 0;

/** Does what asks for the streams without need: they are not made for it. */
export const withoutStreams = (act: () => void): void => {
  const state = places[PLACE];
  // What Node is told to say of itself goes to standard error.
  const isWatched = state !== undefined && process.env['NODE_DEBUG'] === undefined;
  if (isWatched) state.unneeded = true;
  try {
    act();
  } finally {
    if (isWatched) state.unneeded = false;
  }
};

/** Writes a text, now or as soon as it can be taken. */
export const write = (name: Standard, text: string): void => {
  const rest = writeNow(name, text);
  if (rest.length > 0) process[name].write(rest);
};

/** Writes to standard output and waits while the other side is slow. False once nobody reads any more. */
export const writeOut = async (text: string): Promise<boolean> => {
  const rest = writeNow('stdout', text);
  return rest.length === 0 ? places[PLACE]?.left.has('stdout') !== true : push(process.stdout, rest);
};

/** Waits until all that was written to standard output is out: what is said next may go to the same place. */
export const settle = async (): Promise<void> => {
  if (places[PLACE]?.made.has('stdout') !== true) return;
  const { stdout } = process;
  if (stdout.writableLength === 0 || stdout.destroyed || stdout.errored !== null) return;
  await new Promise<void>((resolve) => {
    stdout.once('error', () => resolve());
    stdout.write('', () => resolve());
  });
};

/** Writes to a stream and waits while the other side is slow. False once nobody reads any more. */
export const push = async (stream: Writable, piece: string | Uint8Array): Promise<boolean> => {
  if (stream.destroyed || stream.errored !== null) return false;
  if (stream.write(piece)) return true;
  try {
    await once(stream, 'drain');
    return true;
  } catch (error) {
    if (stream === process.stdout) return false;
    throw error;
  }
};

export const isTerminal = (name: Standard): boolean =>
  (isDirect(name) ? mayBeTerminal(DESCRIPTORS[name]) : true) && process[name].isTTY === true;

/** Windows has encodings of its own for what is written to a console. */
const isDirect = (name: Standard): boolean => places[PLACE]?.made.has(name) === false && process.platform !== 'win32';

/**
 * Where a text is written. A pipe may be full of what another program wrote: opened anew, as Linux lets one do, it says so
 * instead of having this program wait, deaf to Ctrl-C.
 */
const wayOf = (name: Standard): Way => {
  const descriptor = DESCRIPTORS[name];
  try {
    const stats = fs.fstatSync(descriptor);
    if (stats.isFile()) return { descriptor, waits: false, file: true };
    if (isNullDevice(stats)) return { descriptor, waits: false };
    if (process.platform !== 'linux' || !stats.isFIFO()) return { descriptor, waits: true };
    const own = fs.openSync(`/proc/self/fd/${descriptor}`, fs.constants.O_WRONLY | fs.constants.O_NONBLOCK);
    return { descriptor: own, waits: false };
  } catch {
    return { descriptor, waits: true };
  }
};

/** What is left to be written by a stream: none when all could be written at once, or when nobody reads it. */
const writeNow = (name: Standard, text: string): Uint8Array => {
  const bytes = Buffer.from(text);
  const state = places[PLACE];
  if (state === undefined || process.platform === 'win32') return bytes;
  const way = state.ways[name] ?? wayOf(name);
  state.ways[name] = way;
  if (way.file !== true && !isDirect(name)) return bytes;
  if (state.left.has(name)) return bytes.subarray(bytes.length);
  if (way.waits) state.room[name] -= bytes.length;
  let at = 0;
  while (at < bytes.length && state.room[name] >= 0) {
    try {
      at += fs.writeSync(way.descriptor, bytes, at);
    } catch (error) {
      const failed = error as NodeJS.ErrnoException;
      // A pipe that is full, and whose other end was told not to wait: streams can.
      if (failed.code === 'EAGAIN') break;
      state.left.add(name);
      state.tell(failed);
      return bytes.subarray(bytes.length);
    }
  }
  return bytes.subarray(at);
};

const mayBeTerminal = (descriptor: number): boolean => {
  try {
    const stats = fs.fstatSync(descriptor);
    return stats.isCharacterDevice() && !isNullDevice(stats);
  } catch {
    return true;
  }
};

const isNullDevice = (stats: fs.Stats): boolean =>
  stats.isCharacterDevice() && stats.rdev === fs.statSync('/dev/null').rdev;
