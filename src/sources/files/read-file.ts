// Reads one file with as few system calls as it takes: open, read straight into the detector's memory, close. Nothing
// here can block on a FIFO, follow a link nobody named, or be led on by a file that grows.

import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { Detector, Scanned } from '../../detect/types.js';
import { reasonOf } from '../../errors.js';
import { specialName } from './special.js';

/** What reading takes of a detector; a thread may have that much of one without the rest. */
export type Search = Pick<Detector, 'buffer' | 'holdsAnchor'>;

type Unread =
  | { readonly kind: 'gone' | 'folder' | 'link' }
  | { readonly kind: 'special'; readonly what: string }
  | { readonly kind: 'too-large'; readonly bytes: number }
  | { readonly kind: 'failed'; readonly reason: string };

/** `suspect`: an anchor occurs, and the file lies in the buffer. `large`: the buffer does not hold it, it was not searched. */
export type Glance = Unread | { readonly kind: 'clean' | 'suspect' | 'large'; readonly bytes: number };

export type ReadOutcome = Unread | { readonly kind: 'read'; readonly bytes: number; readonly scanned: Scanned | null };

export interface ReadRules {
  readonly maxSize: number | null;
  /** `follow` only for a path that the user named. */
  readonly links: 'follow' | 'refuse';
  readonly signal: AbortSignal;
}

const OPEN = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
const NO_LINKS = constants.O_NOFOLLOW ?? 0;
const PAGE = 4_096;
const PIECE = 1 << 20;
/** Between two looks at the signal, and at whatever else the process has to do. */
const BREATHER = 16;

export const readFile = async (detector: Detector, path: string | Buffer, rules: ReadRules): Promise<ReadOutcome> => {
  const glance = glanceAt(detector, path, rules);
  switch (glance.kind) {
    case 'clean':
      return { kind: 'read', bytes: glance.bytes, scanned: null };
    case 'suspect':
      return { kind: 'read', bytes: glance.bytes, scanned: detector.scanBuffer(glance.bytes) };
    case 'large':
      return readInPieces(detector, path, rules);
    default:
      return glance;
  }
};

/** What nearly every file needs, at once: is there anything in it to be judged? */
export const glanceAt = (search: Search, path: string | Buffer, { maxSize, links }: ReadRules): Glance => {
  let fd = -1;
  try {
    fd = openSync(path, links === 'follow' ? OPEN : OPEN | NO_LINKS);
    const { buffer } = search;
    let length = readSync(fd, buffer, 0, buffer.length, null);
    // A read that comes back short has met the end of the file; only odd file systems stop short elsewhere, at a page.
    while (length > 0 && length % PAGE === 0 && length < buffer.length) {
      const more = readSync(fd, buffer, length, buffer.length - length, null);
      if (more === 0) break;
      length += more;
    }
    if (length === 0 || length === buffer.length) {
      const stats = fstatSync(fd);
      if (!stats.isFile()) return { kind: 'special', what: specialName(stats) };
      if (maxSize !== null && stats.size > maxSize) return { kind: 'too-large', bytes: stats.size };
      if (length > 0) return { kind: 'large', bytes: stats.size };
    }
    if (maxSize !== null && length > maxSize) return { kind: 'too-large', bytes: length };
    return { kind: search.holdsAnchor(length) ? 'suspect' : 'clean', bytes: length };
  } catch (error) {
    return failure(error);
  } finally {
    if (fd >= 0) closeSync(fd);
  }
};

/** Up to the size the file has when it is opened: one that grows meanwhile would have no end. */
const readInPieces = async (
  detector: Detector,
  path: string | Buffer,
  { links, signal }: ReadRules,
): Promise<ReadOutcome> => {
  let fd = -1;
  try {
    fd = openSync(path, links === 'follow' ? OPEN : OPEN | NO_LINKS);
    const stats = fstatSync(fd);
    if (!stats.isFile()) return { kind: 'special', what: specialName(stats) };
    const { size } = stats;
    const piece = Buffer.allocUnsafeSlow(PIECE);
    const stream = detector.stream();
    let bytes = 0;
    for (let turn = 1; bytes < size; turn += 1) {
      const length = readSync(fd, piece, 0, Math.min(PIECE, size - bytes), bytes);
      if (length === 0) break;
      stream.push(length === PIECE ? piece : piece.subarray(0, length));
      bytes += length;
      if (turn % BREATHER === 0) {
        await new Promise((resolve) => setImmediate(resolve));
        signal.throwIfAborted();
      }
    }
    return { kind: 'read', bytes, scanned: stream.end() };
  } catch (error) {
    signal.throwIfAborted();
    return failure(error);
  } finally {
    if (fd >= 0) closeSync(fd);
  }
};

const failure = (error: unknown): Unread => {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { kind: 'gone' };
    case 'EISDIR':
      return { kind: 'folder' };
    // Linux and macOS say ELOOP, FreeBSD EMLINK.
    case 'ELOOP':
    case 'EMLINK':
      return { kind: 'link' };
    case 'ENXIO':
    case 'EOPNOTSUPP':
      return { kind: 'special', what: 'a socket' };
    case 'EAGAIN':
      return { kind: 'special', what: 'a pipe' };
    case 'EACCES':
    case 'EPERM':
      return { kind: 'failed', reason: 'permission denied' };
    default:
      return { kind: 'failed', reason: reasonOf(error) };
  }
};
