// Reads what is new in a repository since the last scan, and again what held something then.

import type { HashFormat } from '../../git/hash.js';
import type { Repository } from '../../git/repository.js';
import { difference, eachName, holdsName, intersection, namesOfHex, type SortedNames } from '../../pack/all-names.js';
import type { SourceOptions } from '../types.js';
import { createHits } from './hits.js';
import { namesIn } from './names-in.js';
import { type HistoryEvents, type HistoryRead, type HowToRead, readHistory } from './read-history.js';
import type { Seen } from './since-scan-file.js';
import { isName, watch } from './trouble.js';

export interface NewRead extends HistoryRead {
  /** All that has been read by now, this time or before, and is there still; null: that cannot be told. */
  readonly names: SortedNames | null;
  /** Whether all that was there at the last scan is there still. */
  readonly kept: 'all' | 'some';
}

/** New objects, as a share of all, up to which they are asked for by name; beyond, the packs are read as a whole. */
const FEW = { share: 1 / 20, always: 2_000 } as const;

export const readNew = async (
  seen: Seen | null,
  repository: Repository,
  range: readonly string[],
  options: SourceOptions,
  events: HistoryEvents,
  how: HowToRead,
): Promise<NewRead> => {
  const { hash } = repository;
  const { heldBack, faults } = holdBack(events, hash);
  const { watched, trouble } = watch(heldBack, hash);
  const there = await namesIn(repository, options);
  const fresh = seen === null ? there : difference(there, seen.names, hash);
  const few = fresh.length <= Math.max(FEW.always * hash.bytes, there.length * FEW.share);
  const read =
    seen === null || !few
      ? await readHistory(repository, range, options, watched, how)
      : await readNamed(seen, { there, fresh }, repository, range, options, watched);
  const now = fresh.length + faults.length === 0 ? there : await namesIn(repository, options);
  // Git may sweep up what was listed before it is read.
  for (const { oid, say } of faults) if (holdsName(now, Buffer.from(oid, 'hex'), hash)) say();
  // What came while this was being read may not have been read; what went may come back another day.
  const still = intersection(there, now, hash);
  // What could not be named may be anything, also what held something.
  const names = trouble.nameless ? null : difference(still, namesOfHex(trouble.unread), hash);
  const gone = seen === null ? 0 : difference(seen.names, there, hash).length;
  return { ...read, names, kept: gone === 0 ? 'all' : 'some' };
};

interface Fault {
  readonly oid: string;
  readonly say: () => void;
}

/** The same events, but what is wrong with single objects is kept. */
const holdBack = (
  events: HistoryEvents,
  hash: HashFormat,
): { readonly heldBack: HistoryEvents; readonly faults: readonly Fault[] } => {
  const faults: Fault[] = [];
  const skip: HistoryEvents['skip'] = (what, reason, because) => {
    const say = (): void => events.skip(what, reason, because);
    if (what !== null && isName(what, hash)) faults.push({ oid: what, say });
    else say();
  };
  return { heldBack: { ...events, skip }, faults };
};

const readNamed = async (
  { hits: known }: Seen,
  { there, fresh }: { readonly there: SortedNames; readonly fresh: SortedNames },
  repository: Repository,
  range: readonly string[],
  options: SourceOptions,
  events: HistoryEvents,
): Promise<HistoryRead> => {
  const { hash } = repository;
  const held = difference(intersection(namesOfHex(known.map(({ head }) => head.oid)), there, hash), fresh, hash);
  // Read again, so not counted as read.
  const again: HistoryEvents = { ...events, firstHit: () => {}, sink: { ...events.sink, count: () => {} } };
  const hits = createHits();
  const named = (names: SortedNames, to: HistoryEvents): Promise<HistoryRead> =>
    readHistory(repository, range, options, to, { named: eachName(names, hash), hits });
  if (held.length > 0) await named(held, again);
  if (fresh.length > 0) await named(fresh, { ...events, firstHit: () => {} });
  return { hits: hits.all, completeness: null };
};
