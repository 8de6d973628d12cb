// Opens what should be a file of git's for reading, without waiting for whoever may write to what is a pipe instead: a repository
// is hostile input, and while this thread waits nothing can end it.

import { constants, openSync } from 'node:fs';

// Windows has no such flag, nor pipes among files.
const { O_RDONLY, O_NONBLOCK = 0 } = constants;

/** @throws Error as `openSync` */
export const openFile = (file: string): number => openSync(file, O_RDONLY | O_NONBLOCK);
