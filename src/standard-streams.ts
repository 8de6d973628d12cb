// Standard output and standard error. Node makes a stream of each when it is first asked for, and loads a good part of its
// libraries for it: what a command writes that somebody waits for goes straight to the descriptor as long as nobody did.

import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { type Way, wayTo, writeBy } from './direct-output.js';

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
  /** Whether whoever asks for a stream does not need it. */
  unneeded: boolean;
}

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
  if (rest.length === 0) return places[PLACE]?.left.has('stdout') !== true;
  try {
    return await push(process.stdout, rest);
  } catch {
    // Whoever watches was told.
    return false;
  }
};

/** Waits until all that was written to standard output is out: what is said next may go to the same place. */
export const settle = async (): Promise<void> => {
  if (places[PLACE]?.made.has('stdout') !== true) return;
  // Called also when it cannot be written.
  await new Promise<void>((resolve) => void process.stdout.write('', () => resolve()));
};

/**
 * Writes to a stream and waits while the other side is slow. False when the stream is over.
 * @throws NodeJS.ErrnoException when it breaks meanwhile
 */
export const push = async (stream: Writable, piece: string | Uint8Array): Promise<boolean> => {
  if (stream.destroyed || stream.errored !== null) return false;
  if (!stream.write(piece)) await once(stream, 'drain');
  return true;
};

export const isTerminal = (name: Standard): boolean => mayBeTerminal(name) && process[name].isTTY === true;

/** Rules most out without a stream. */
const mayBeTerminal = (name: Standard): boolean => {
  const state = places[PLACE];
  if (state === undefined || state.made.has(name)) return true;
  const way = wayOf(name, state);
  return way.kind === 'stream' || (way.kind === 'slow' && way.mayBeTerminal);
};

const wayOf = (name: Standard, { ways }: State): Way => {
  ways[name] ??= wayTo(DESCRIPTORS[name]);
  return ways[name];
};

/** What is left to be written by a stream: none when all could be written at once, or when nobody reads it. */
const writeNow = (name: Standard, text: string): Uint8Array => {
  const bytes = Buffer.from(text);
  const state = places[PLACE];
  if (state === undefined) return bytes;
  if (state.left.has(name)) return NOTHING;
  const way = wayOf(name, state);
  // Node's stream of a file holds nothing back, and loses without a word what a full disk does not take: it is never used.
  if (state.made.has(name) && way.kind !== 'file') return bytes;
  try {
    return bytes.subarray(writeBy(way, bytes));
  } catch (error) {
    state.left.add(name);
    state.tell(error as NodeJS.ErrnoException);
    return NOTHING;
  }
};

const NOTHING = new Uint8Array(0);
