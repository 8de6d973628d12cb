// What could not be read: objects by name, and whatever has no name.

import type { HashFormat } from '../../git/hash.js';
import type { HistoryEvents } from './read-history.js';

export interface Trouble {
  /** Names of what was not read to its end. */
  readonly unread: string[];
  /** Something that has no name could not be read: it may be anything, also what held something. */
  nameless: boolean;
}

/** The same events, and what they say was not read. */
export const watch = (
  events: HistoryEvents,
  hash: HashFormat,
): { readonly watched: HistoryEvents; readonly trouble: Trouble } => {
  const trouble: Trouble = { unread: [], nameless: false };
  const watched: HistoryEvents = {
    ...events,
    skip: (what, reason, because = 'fault') => {
      if (what !== null && isName(what, hash)) trouble.unread.push(what);
      else if (because === 'fault') trouble.nameless = true;
      events.skip(what, reason, because);
    },
  };
  return { watched, trouble };
};

export const isName = (what: string, { bytes }: HashFormat): boolean =>
  what.length === bytes * 2 && /^[0-9a-f]+$/.test(what);
