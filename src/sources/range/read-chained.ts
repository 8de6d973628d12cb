// Gives the detector what git lists and reads by itself, one of its programs writing to the other: the objects come as soon as
// they are listed. What git was asked for is not known here, so whatever goes wrong is left to who asks for each object by name
// (read-reachable.ts).

import { OutOfStep, WRONG_SIZE } from '../../git/batch-format.js';
import { OID } from '../../git/hash.js';
import { type ChainedPrograms, endBoth, giveOutput } from '../../git/object-programs.js';
import { gitReason } from '../../git/run.js';
import { watchOver } from '../../git/silence.js';
import { createBlockReader } from '../history/blocks.js';
import { ABSENT, blockEvents, type PassOver, type Reachable, type ReachableEvents } from './read-reachable.js';

/** @returns what was read of the list when something went wrong */
export const readChained = async (
  programs: ChainedPrograms,
  { detector, maxSize }: Pick<Reachable, 'detector' | 'maxSize'>,
  events: ReachableEvents,
): Promise<'all' | PassOver> => {
  const { listing, reading } = programs;
  let answered = 0;
  let first: string | null = null;
  let last: string | null = null;
  let failure: unknown = null;
  const take = (oid: string): void => {
    answered += 1;
    first ??= oid;
    last = oid;
  };
  const reader = createBlockReader(detector(), maxSize, {
    ...blockEvents(events, (oid) => {
      take(oid);
      events.listed?.(oid);
    }),
    // Named as it was listed.
    missing: (name) => {
      const oid = name.startsWith(ABSENT) ? name.slice(1) : name;
      // Who lists was ended within a name: it will be listed again.
      if (!OID.test(oid)) return;
      take(oid);
      events.absent(oid);
    },
  });
  // Who lists waits for who reads when their pipe is full, and either may be the one that does not come back: asked for by name,
  // an object that git does not come back from is told from a list that takes long.
  const watch = watchOver({ kill: () => endBoth(programs) }, () => true);
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
  const read = { count: answered, first };
  if (failure === null) return read;
  if (!(failure instanceof OutOfStep)) throw failure;
  if (last !== null) events.fault(last, `damaged: ${WRONG_SIZE}`);
  return read;
};
