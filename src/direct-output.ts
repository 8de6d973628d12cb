// Writes to a descriptor without Node's stream of it, as far as that cannot keep the program waiting: who waits for a slow reader
// must hear Ctrl-C meanwhile, and only streams wait like that.

import fs from 'node:fs';

/** How a text gets to a descriptor. */
export type Way =
  | { readonly kind: 'file'; readonly descriptor: number }
  /** Nobody has to take what is written, or it is said at once when nobody does. */
  | { readonly kind: 'ready'; readonly descriptor: number }
  /** Writing may wait until somebody takes it: `room` bytes are certain to find a place. */
  | { readonly kind: 'slow'; readonly descriptor: number; readonly mayBeTerminal: boolean; room: number }
  /** Only Node's stream knows. */
  | { readonly kind: 'stream' };

/** Bytes that any empty pipe holds, if both outputs go into one: Linux gives a user with many pipes a page for each. */
const ROOM = 2 << 10;

export const wayTo = (descriptor: number): Way => {
  // Windows has encodings of its own for what is written to a console.
  const stats = process.platform === 'win32' ? null : statsOf(descriptor);
  if (stats === null) return { kind: 'stream' };
  if (stats.isFile()) return { kind: 'file', descriptor };
  if (isNullDevice(stats)) return { kind: 'ready', descriptor };
  const own = stats.isFIFO() ? openedAnew(descriptor) : null;
  if (own !== null) return { kind: 'ready', descriptor: own };
  return { kind: 'slow', descriptor, mayBeTerminal: stats.isCharacterDevice(), room: ROOM };
};

/**
 * @returns how many of the bytes are written; the rest is a stream's
 * @throws NodeJS.ErrnoException when they cannot be: EPIPE when nobody reads any more
 */
export const writeBy = (way: Way, bytes: Uint8Array): number => {
  if (way.kind === 'stream') return 0;
  if (way.kind === 'slow') {
    if (bytes.length > way.room) return 0;
    way.room -= bytes.length;
  }
  let at = 0;
  while (at < bytes.length) {
    try {
      at += fs.writeSync(way.descriptor, bytes, at);
    } catch (error) {
      // A pipe that is full, and whose other end was told not to wait: streams can.
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') break;
      throw error;
    }
  }
  return at;
};

/**
 * The same pipe, but full of what another program wrote it says so instead of having this program wait; null where that cannot be
 * had. Told to the descriptor that is there, it would hold for all programs that have it.
 */
const openedAnew = (descriptor: number): number | null => {
  if (process.platform !== 'linux') return null;
  try {
    return fs.openSync(`/proc/self/fd/${descriptor}`, fs.constants.O_WRONLY | fs.constants.O_NONBLOCK);
  } catch {
    return null;
  }
};

const statsOf = (descriptor: number): fs.Stats | null => {
  try {
    return fs.fstatSync(descriptor);
  } catch {
    return null;
  }
};

const isNullDevice = (stats: fs.Stats): boolean => {
  if (!stats.isCharacterDevice()) return false;
  try {
    return stats.rdev === fs.statSync('/dev/null').rdev;
  } catch {
    return false;
  }
};
