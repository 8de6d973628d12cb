// What a commit, a range or an earlier scan says of a credential as a whole: how far it has got, and by which ways.

import type { Sighting } from '../sources/types.js';
import type { Judged } from './judged.js';
import type { Finding } from './model.js';

type Mark = 'knownElsewhere' | 'removedInRange' | 'carriedOver';

/** Two refs of one push may add it: where one of them keeps it, it was not taken out again. */
export const marksOf = (sightings: readonly Sighting[]): Pick<Finding, Mark> => ({
  ...(sightings.some(({ marks }) => marks?.knownElsewhere === true) ? { knownElsewhere: true } : {}),
  ...(sightings.length > 0 && sightings.every(({ marks }) => marks?.removedInRange === true)
    ? { removedInRange: true }
    : {}),
  ...(isCarriedOver(sightings) ? { carriedOver: true } : {}),
});

/** That an ID was known does not make the secret that is found with it now an old one. */
const isCarriedOver = (sightings: readonly Sighting[]): boolean => {
  const known = sightings.filter(({ marks }) => marks?.carriedOver === true);
  if (known.length === 0) return false;
  const secret = (some: readonly Sighting[]): boolean => some.some(({ detection }) => detection.secret !== null);
  return secret(known) || !secret(sightings);
};

/** Nothing but staged; taken out again; or out in the open, as far as we know. */
export const stageOf = (sightings: readonly Sighting[]): Judged['stage'] => {
  if (sightings.every(({ source }) => source === 'index')) return 'staged';
  return marksOf(sightings).removedInRange === true ? 'removed' : 'out';
};
