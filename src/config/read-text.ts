// Reads the small text files that steer a run. They may lie in a hostile tree, so that nothing but a regular file of
// sensible size is ever opened for good: a FIFO of that name must not hang the scan.

import { accessSync, closeSync, constants, fstatSync, lstatSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { AkscanError, reasonOf } from '../errors.js';

/** Bytes; a baseline of 100,000 findings has 8 MB. */
const LIMIT = 32 << 20;

/**
 * The file's text without a byte-order mark, or null when there is no such file.
 *
 * @param how `named`: somebody has said that it is there; else it is one of those that may be
 * @throws AkscanError when it is there but cannot be read
 */
export const readTextIfAny = (file: string, how: 'named' | 'looked-for' = 'looked-for'): string | null => {
  let fd: number;
  try {
    fd = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const missing = isMissing(error);
    // Somebody put it there to be read: to go on without would be to ignore what it says.
    if (missing && isLink(file)) throw new AkscanError(`Cannot read ${file}: it is a link to what is not there.`);
    if (missing || (how === 'looked-for' && isClosed(path.dirname(file)))) return null;
    throw new AkscanError(`Cannot read ${file}: ${reasonOf(error)}`);
  }
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) throw new AkscanError(`Cannot read ${file}: it is not a regular file.`);
    if (stat.size > LIMIT) throw new AkscanError(`Cannot read ${file}: it is larger than ${LIMIT >> 20} MB.`);
    return readFileSync(fd, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if (error instanceof AkscanError) throw error;
    throw new AkscanError(`Cannot read ${file}: ${reasonOf(error)}`);
  } finally {
    closeSync(fd);
  }
};

/** What lies in a folder that may not be entered cannot be known; that folder itself is told when it is read. */
const isClosed = (folder: string): boolean => {
  try {
    accessSync(folder, constants.X_OK);
    return false;
  } catch {
    return true;
  }
};

/** Also of a link that leads nowhere. */
export const isThere = (file: string): boolean => {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
};

const isLink = (file: string): boolean => {
  try {
    return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  } catch {
    return false;
  }
};

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
