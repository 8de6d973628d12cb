// Gives the detector what git lists and reads by itself, one of its programs writing to the other: the objects come as soon as
// they are listed. What git was asked for is not known here, so whatever goes wrong is left to who asks for each object by name
// (read-reachable.ts).

import { type ChainedPrograms, endBoth, giveOutput } from '../../git/object-programs.js';
import { gitReason } from '../../git/run.js';
import { watchOver } from '../../git/silence.js';
import { createBlockReader, OutOfStep } from '../history/blocks.js';
import { ABSENT, blockEvents, type Reachable, type ReachableEvents } from './read-reachable.js';

/** @returns how many objects of the list were read when something went wrong */
export const readChained = async (
  programs: ChainedPrograms,
  { detector, maxSize }: Pick<Reachable, 'detector' | 'maxSize'>,
  events: ReachableEvents,
): Promise<'all' | number> => {
  const { listing, reading } = programs;
  let answered = 0;
  let isListed = false;
  let failure: unknown = null;
  const reader = createBlockReader(detector(), maxSize, {
    ...blockEvents(events, (oid) => {
      answered += 1;
      events.listed?.(oid);
    }),
    // Named as it was listed.
    missing: (oid) => {
      answered += 1;
      events.absent(oid.startsWith(ABSENT) ? oid.slice(1) : oid);
    },
  });
  const watch = watchOver(reading, () => isListed);
  reading.stdout.on('data', (chunk: Buffer) => {
    watch.heard();
    try {
      if (failure === null) reader.push(chunk);
    } catch (error) {
      failure = error;
      endBoth(programs);
    }
  });
  giveOutput(reading);
  try {
    const listed = await listing.ended;
    isListed = true;
    const { code, stderr } = await reading.ended;
    if (failure === null && !reader.end().cut && code === 0 && listed.code === 0) {
      if (stderr !== '') events.fault(null, gitReason(stderr));
      return 'all';
    }
  } catch (error) {
    failure ??= error;
  } finally {
    watch.stop();
  }
  if (failure === null) return answered;
  if (!(failure instanceof OutOfStep)) throw failure;
  // The last of them is longer than it says.
  return Math.max(0, answered - 1);
};
