// Keeps what all mirrors take under the bound. They are counted when they may be too many, and now and then, since other
// processes put theirs into the same folder; not for each of ten thousand.

import { performance } from 'node:perf_hooks';
import type { Shelf } from './shelf.js';

export interface Budget {
  /** Before so many bytes are fetched, as far as anybody knows. */
  makeRoom(bytes: number): Promise<void>;
  /** After they were. */
  add(bytes: number): Promise<void>;
}

const COUNTED_FOR_MS = 60_000;

/** Of the bound: what is taken away goes a little further, so that the next few need nothing taken away. */
const DOWN_TO = 0.9;

/** @param most bytes; what is in use at once may take more, and stays */
export const openBudget = async (shelf: Shelf, most: number): Promise<Budget> => {
  let bytes = await shelf.shrink(most);
  let counted = performance.now();
  const makeRoom = async (wanted: number): Promise<void> => {
    const isOver = bytes + wanted > most;
    if (!isOver && performance.now() - counted < COUNTED_FOR_MS) return;
    bytes = await shelf.shrink(isOver ? Math.max(0, Math.floor(most * DOWN_TO) - wanted) : most);
    counted = performance.now();
  };
  return {
    makeRoom,
    add: (more) => {
      bytes += more;
      return makeRoom(0);
    },
  };
};
