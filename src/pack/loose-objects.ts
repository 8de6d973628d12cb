// Loose objects, one file each, through the kernel's memory.

import { closeSync } from 'node:fs';
import { openFile } from '../git/open-file.js';
import { bytesAt, type PackKernel } from './kernel.js';
import { fill } from './plan.js';
import type { ObjectType } from './results.js';

/** Bytes of a file above which it is left to another reader. */
export const LARGEST_LOOSE = 1 << 20;
const UNREADABLE = 0xffffffff;
const LONGEST_HEADER = 32;

export interface LooseObject {
  readonly type: ObjectType;
  /** Where its content lies in the object that the kernel has inflated. */
  readonly from: number;
  readonly to: number;
}

/** The kernel has been told to make room (`openLoose`). */
export const readLoose = (kernel: PackKernel, file: string): LooseObject | 'gone' | 'unread' | 'damaged' => {
  let fd = -1;
  try {
    fd = openFile(file);
    const into = bytesAt(kernel, kernel.looseFileAt(), LARGEST_LOOSE);
    const length = fill(fd, into, 0);
    if (length === LARGEST_LOOSE) return 'unread';
    const inflated = kernel.readLoose(length) >>> 0;
    if (inflated === UNREADABLE) return 'unread';
    const start = bytesAt(kernel, kernel.looseObjectAt(), Math.min(inflated, LONGEST_HEADER));
    const header = /^(blob|commit|tag|tree) (0|[1-9]\d{0,12})\0/.exec(Buffer.from(start).toString('latin1'));
    if (header === null) return 'damaged';
    const from = header[0].length;
    if (from + Number(header[2]) !== inflated) return 'damaged';
    return { type: header[1] as ObjectType, from, to: inflated };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Git would wait at a pipe.
    return code === 'ENOENT' ? 'gone' : code === 'ESPIPE' ? 'damaged' : 'unread';
  } finally {
    if (fd >= 0) closeSync(fd);
  }
};
