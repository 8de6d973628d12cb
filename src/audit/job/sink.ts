// What a repository says of itself while it is read, as an audit tells it: without what only this copy of it has, and
// without where on this machine the copy lies.

import type { Skipped } from '../../findings/model.js';
import type { Sighting, Sink } from '../../sources/types.js';
import type { Repository } from '../types.js';

/** @param folder where it is read */
export const auditSink = (repository: Repository, folder: string, sink: Sink): Sink => {
  const isMirror = repository.clone.from === 'url';
  const inWords = (text: string): string => (isMirror ? text.replaceAll(folder, repository.name) : text);
  const said = new Set<string>();
  return {
    // A mirror keeps for a while what its origin has let go of; nothing of that is in a fresh one.
    sighting: (sighting) => {
      if (!isMirror || isInOrigin(sighting)) sink.sighting(sighting);
    },
    // An object that is stored twice is one.
    skipped: (skipped) => {
      const told: Skipped = {
        ...skipped,
        what: skipped.what === null ? null : inWords(skipped.what),
        reason: inWords(skipped.reason),
      };
      const key = JSON.stringify([told.what, told.reason, told.because]);
      if (said.has(key)) return;
      if (said.size < MOST_SAID) said.add(key);
      sink.skipped(told);
    },
    // How much was read depends on what was known: the job says what there is.
    count: () => {},
    note: (text) => sink.note(inWords(text)),
  };
};

const isInOrigin = ({ source, provenance }: Sighting): boolean =>
  source !== 'index' && provenance?.unreachable !== true;

/** Beyond, a repository is ruined, and whatever comes twice is counted twice. */
const MOST_SAID = 100_000;
