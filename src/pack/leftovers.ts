// The memory that planning took is wasted once there is a plan: of a large pack it is worth having V8 give it back at once.

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
