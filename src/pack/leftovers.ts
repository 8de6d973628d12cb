// The memory of a kernel that has done its work is wasted from then on: where it is much, V8 is made to give it back at once.

import { isProgram } from '../standard-streams.js';
import { collector } from '../v8-flags.js';

/** Entries, of 45 bytes each. */
const WORTH_COLLECTING = 200_000;

/**
 * What gives back the memory of kernels that nothing refers to any more; null when that would be little, and in the library:
 * V8 would look through all that its user has. To be asked for before threads start.
 *
 * @param entries those of the pack
 */
export const collectorFor = (entries: number): (() => void) | null =>
  entries < WORTH_COLLECTING || !isProgram() ? null : collector();

/** Bytes of kernels and buffers. */
const MUCH = 32 * 1024 * 1024;

/** The same when it is not known how large the kernels were that have gone. Not while threads start. */
export const giveBack = (): void => {
  if (isProgram() && process.memoryUsage().external > MUCH) collector()();
};
