// What a commit or a range says of a credential as a whole: how far it has got, and by which ways.

import type { Sighting } from '../sources/types.js';
import type { Finding } from './model.js';
import type { Judged } from './severity.js';

/** Two refs of one push may add it: where one of them keeps it, it was not taken out again. */
export const marksOf = (sightings: readonly Sighting[]): Pick<Finding, 'knownElsewhere' | 'removedInRange'> => ({
  ...(sightings.some(({ marks }) => marks?.knownElsewhere === true) ? { knownElsewhere: true } : {}),
  ...(sightings.length > 0 && sightings.every(({ marks }) => marks?.removedInRange === true)
    ? { removedInRange: true }
    : {}),
});

/** Nothing but staged; taken out again; or out in the open, as far as we know. */
export const stageOf = (sightings: readonly Sighting[]): Judged['stage'] => {
  if (sightings.every(({ source }) => source === 'index')) return 'staged';
  return marksOf(sightings).removedInRange === true ? 'removed' : 'out';
};
