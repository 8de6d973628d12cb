// Reads one file with as few system calls as it takes: open, read straight into the detector's memory, close. Nothing
// here can block on a FIFO, follow a link nobody named, or be led on by a file that grows.

import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { Detector, Scanned } from '../../detect/types.js';
import { reasonOf } from '../../errors.js';
import { specialName } from './special.js';

export type ReadOutcome =
  | { readonly kind: 'read'; readonly bytes: number; readonly scanned: Scanned | null }
  | { readonly kind: 'gone' | 'folder' | 'link' }
  | { readonly kind: 'special'; readonly what: string }
  | { readonly kind: 'too-large'; readonly bytes: number }
  | { readonly kind: 'failed'; readonly reason: string };

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
  const outcome = readAtOnce(detector, path, rules);
  if (typeof outcome !== 'number') return outcome;
  try {
    return await readInPieces(detector, outcome, rules);
  } catch (error) {
    rules.signal.throwIfAborted();
    return failure(error);
  } finally {
    closeSync(outcome);
  }
};

/** What nearly every file needs. A file that the detector's memory cannot hold is left open: its descriptor is given. */
const readAtOnce = (detector: Detector, path: string | Buffer, rules: ReadRules): ReadOutcome | number => {
  let fd = -1;
  try {
    fd = openSync(path, rules.links === 'follow' ? OPEN : OPEN | NO_LINKS);
    const { buffer } = detector;
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
      if (length > 0) {
        if (rules.maxSize !== null && stats.size > rules.maxSize) return { kind: 'too-large', bytes: stats.size };
        const open = fd;
        fd = -1;
        return open;
      }
    }
    if (rules.maxSize !== null && length > rules.maxSize) return { kind: 'too-large', bytes: length };
    const scanned = detector.holdsAnchor(length) ? detector.scanBuffer(length) : null;
    return { kind: 'read', bytes: length, scanned };
  } catch (error) {
    return failure(error);
  } finally {
    if (fd >= 0) closeSync(fd);
  }
};

/** From the start again, up to the size the file has now: one that grows meanwhile would have no end. */
const readInPieces = async (detector: Detector, fd: number, { signal }: ReadRules): Promise<ReadOutcome> => {
  const { size } = fstatSync(fd);
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
};

const failure = (error: unknown): ReadOutcome => {
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
