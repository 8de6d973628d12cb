// Turns all sightings of one credential into few places. A file of 2,000 versions that holds a key once is one place in
// history, not 2,000: within each version the places are numbered from the top, and the n-th of one version is taken for
// the n-th of the next, so that lines added above move nothing. The oldest version names the line, the blob and the commit.

import type { Sighting } from '../sources/types.js';
import type { Occurrence } from './model.js';
import { compareOccurrences, compareSightings } from './order.js';

/** A place with all the versions it was seen in. */
interface Merged {
  readonly occurrence: Occurrence;
  readonly allowed: boolean;
  /** Which of the places in its file this is, from the top. */
  readonly nth: number;
}

export interface Places {
  /** In canonical order. */
  readonly occurrences: readonly Occurrence[];
  /** Whether inline comments allow the credential; see `allowedOverall`. */
  readonly allowed: boolean;
}

const isObject = (sighting: Sighting): boolean => sighting.source === 'history' || sighting.source === 'message';

/**
 * @param sightings of one credential, in any order, duplicates and all
 * @param target the finding's; places under other targets carry theirs
 */
export const mergeSightings = (sightings: readonly Sighting[], target: string): Places => {
  const sorted = [...sightings].sort(compareSightings);
  const distinct = sorted.filter((sighting, index) => {
    const before = sorted[index - 1];
    return before === undefined || compareSightings(before, sighting) !== 0;
  });
  const merged: Merged[] = [];
  for (const versions of placesOf(distinct).values()) merged.push(mergeVersions(versions, target));
  const joined = joinHistory(merged);
  const occurrences = joined.map(({ occurrence }) => occurrence).sort(compareOccurrences);
  return { occurrences, allowed: allowedOverall(joined) };
};

/** One sighting, with its number within its own version of the file. */
interface Numbered {
  readonly sighting: Sighting;
  readonly nth: number;
}

/** Groups sightings by source, file and number within the file. Messages and stdin have no versions: each is its own. */
const placesOf = (distinct: readonly Sighting[]): ReadonlyMap<string, readonly Numbered[]> => {
  const places = new Map<string, Numbered[]>();
  let version = '';
  let nth = 0;
  for (const sighting of distinct) {
    const file = JSON.stringify([sighting.source, sighting.target, sighting.path]);
    const blob = sighting.provenance?.blob ?? '';
    nth = version === file + blob ? nth + 1 : 0;
    version = file + blob;
    const key = `${file}${nth}${sighting.path === null ? blob : ''}`;
    const place = places.get(key);
    if (place === undefined) places.set(key, [{ sighting, nth }]);
    else place.push({ sighting, nth });
  }
  return places;
};

/** When a version came in; unknown dates count as last, so that a known one names the place. */
const bornAt = ({ provenance }: Sighting): number => {
  const time = provenance?.date === undefined ? Number.NaN : Date.parse(provenance.date);
  return Number.isNaN(time) ? Number.POSITIVE_INFINITY : time;
};

/** History's own order where it is known: dates may be anything. Infinity - Infinity is no order. */
const compareAge = (a: Sighting, b: Sighting): number => {
  const [orderA, orderB] = [a.provenance?.order, b.provenance?.order];
  if (orderA !== undefined && orderB !== undefined && orderA !== orderB) return orderA - orderB;
  const [first, second] = [bornAt(a), bornAt(b)];
  return first === second ? compareSightings(a, b) : first < second ? -1 : 1;
};

const mergeVersions = (numbered: readonly Numbered[], target: string): Merged => {
  const byAge = numbered.map(({ sighting }) => sighting).sort(compareAge);
  const reached = byAge.filter(({ provenance }) => provenance?.unreachable !== true);
  const inHead = byAge.filter(({ provenance }) => provenance?.inHead === true);
  const candidates = reached.length > 0 ? reached : byAge;
  // One that carries the secret can be re-read later; the oldest of those speaks for all.
  const speaker = candidates.find(({ detection }) => detection.secretPlace !== null) ?? candidates[0];
  const oldest = candidates[0];
  const newest = candidates.at(-1);
  if (speaker === undefined || oldest === undefined || newest === undefined) throw new RangeError('a place unseen');
  const current = inHead.length > 0 ? inHead : [newest];
  return {
    occurrence: {
      ...placeOf(speaker, target),
      ...(isObject(speaker)
        ? {
            ...originOf(oldest),
            ...(speaker.provenance === undefined ? {} : { blob: speaker.provenance.blob }),
            blobs: byAge.length,
            ...lastOf(newest, inHead.length > 0),
            ...(reached.length === 0 ? { unreachable: true, ...keptOf(byAge) } : {}),
            ...whereaboutsOf(byAge),
          }
        : speaker.source === 'index' && speaker.provenance !== undefined
          ? { blob: speaker.provenance.blob }
          : {}),
    },
    allowed: current.every(({ detection }) => detection.allow !== null),
    nth: numbered[0]?.nth ?? 0,
  };
};

const placeOf = (sighting: Sighting, target: string): Occurrence => {
  const { detection, source, path, secretPath } = sighting;
  const { place, secretPlace, encoding } = detection;
  return {
    source,
    ...(sighting.target === target ? {} : { target: sighting.target }),
    path,
    line: place.line,
    column: place.column,
    offset: place.offset,
    ...(secretPlace === null
      ? {}
      : { secretLine: secretPlace.line, secretColumn: secretPlace.column, secretOffset: secretPlace.offset }),
    ...(secretPath === undefined ? {} : { secretPath }),
    encoding,
  };
};

type Origin = Pick<Occurrence, 'commit' | 'author' | 'date'>;

const originOf = ({ provenance }: Sighting): Origin => ({
  ...(provenance?.commit === undefined ? {} : { commit: provenance.commit }),
  ...(provenance?.author === undefined ? {} : { author: provenance.author }),
  ...(provenance?.date === undefined ? {} : { date: provenance.date }),
});

const lastOf = (newest: Sighting, inHead: boolean): Pick<Occurrence, 'inHead' | 'lastCommit'> => {
  if (inHead) return { inHead: true };
  const last = newest.provenance?.lastCommit;
  return {
    ...(newest.source === 'history' ? { inHead: false } : {}),
    ...(last === undefined ? {} : { lastCommit: last }),
  };
};

/** Paths and refs listed for one place. */
const LISTED = 100;

const whereaboutsOf = (
  versions: readonly Sighting[],
): Pick<Occurrence, 'paths' | 'pathsLeftOut' | 'refs' | 'refsLeftOut'> => {
  const known = versions.flatMap(({ provenance }) => provenance?.whereabouts ?? []);
  if (known.length === 0) return {};
  const all = (lists: readonly (readonly string[])[]): readonly string[] => [...new Set(lists.flat())].sort();
  const paths = all(known.map((one) => one.paths));
  const refs = all(known.map((one) => one.refs));
  return {
    paths: paths.slice(0, LISTED),
    ...(paths.length > LISTED ? { pathsLeftOut: paths.length - LISTED } : {}),
    refs: refs.slice(0, LISTED),
    ...(refs.length > LISTED ? { refsLeftOut: refs.length - LISTED } : {}),
  };
};

/** Of versions that no ref reaches: what keeps the oldest that anything keeps. */
const keptOf = (versions: readonly Sighting[]): Pick<Occurrence, 'keptBy'> => {
  const kept = versions.flatMap(({ provenance }) => (provenance?.keptBy === undefined ? [] : [provenance.keptBy]));
  const keptBy = kept.find(({ by }) => by !== 'nothing') ?? kept[0];
  return keptBy === undefined ? {} : { keptBy };
};

/**
 * A place in the work tree learns from the same place in history who brought it in and when. Both stay listed: deleting
 * the line mends the one and not the other.
 */
const joinHistory = (merged: readonly Merged[]): readonly Merged[] => {
  const keyOf = ({ occurrence, nth }: Merged): string =>
    JSON.stringify([occurrence.target ?? '', occurrence.path, nth]);
  const history = new Map(
    merged.filter(({ occurrence }) => occurrence.source === 'history').map((place) => [keyOf(place), place.occurrence]),
  );
  return merged.map((place) => {
    if (place.occurrence.source !== 'worktree') return place;
    const past = history.get(keyOf(place));
    if (past === undefined) return place;
    const { commit, author, date } = past;
    const origin = {
      ...(commit === undefined ? {} : { commit }),
      ...(author === undefined ? {} : { author }),
      ...(date === undefined ? {} : { date }),
    };
    return { ...place, occurrence: { ...place.occurrence, ...origin } };
  });
};

/**
 * An allow comment speaks for the credential when it stands at every place that counts today: those of the files at hand,
 * or without any those in HEAD, or those that refs reach, or the rest. The versions from before the comment was
 * written, which nobody can edit any more, do not outvote it; one unmarked current place does.
 */
const allowedOverall = (merged: readonly Merged[]): boolean => {
  const classes: readonly ((occurrence: Occurrence) => boolean)[] = [
    ({ source }) => source !== 'history' && source !== 'message',
    ({ inHead }) => inHead === true,
    ({ unreachable }) => unreachable !== true,
    () => true,
  ];
  for (const belongs of classes) {
    const members = merged.filter(({ occurrence }) => belongs(occurrence));
    if (members.length > 0) return members.every(({ allowed }) => allowed);
  }
  return false;
};
