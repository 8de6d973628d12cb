// Which places a finding lists when there are too many: every repository keeps one where that is possible, and as many as every
// other as long as it has them. Whatever was added first, the same ones stay.

import type { Occurrence } from '../../findings/model.js';

export interface Share {
  /** @param repository its key; places of the same one join */
  add(repository: string, name: string, places: readonly Occurrence[]): void;
  /** @param most places, no more than before */
  trim(most: number): void;
  /** How many are held, and how many were added in all. */
  readonly held: number;
  readonly added: number;
  each(): Iterable<{ readonly repository: string; readonly name: string; readonly places: readonly Occurrence[] }>;
}

interface Held {
  readonly repository: string;
  readonly name: string;
  places: readonly Occurrence[];
}

export const createShare = (limit: number): Share => {
  const byRepository = new Map<string, Held>();
  let most = limit;
  let held = 0;
  let added = 0;

  const trim = (): void => {
    const all = [...byRepository.values()].sort((a, b) => (a.repository < b.repository ? -1 : 1));
    const quotas = shareOut(
      all.map(({ places }) => places.length),
      most,
    );
    held = 0;
    for (const [index, one] of all.entries()) {
      one.places = one.places.slice(0, quotas[index] ?? 0);
      held += one.places.length;
      if (one.places.length === 0) byRepository.delete(one.repository);
    }
  };

  return {
    add: (repository, name, places) => {
      added += places.length;
      const known = byRepository.get(repository);
      const more = known === undefined ? places : without(places, known.places);
      added -= places.length - more.length;
      if (known === undefined) byRepository.set(repository, { repository, name, places });
      else known.places = [...known.places, ...more];
      held += more.length;
      if (held > 2 * most) trim();
    },
    trim: (least) => {
      most = Math.min(most, least);
      if (held > most) trim();
    },
    get held() {
      return held;
    },
    get added() {
      return added;
    },
    each: () => byRepository.values(),
  };
};

const keyOf = ({ source, path, line, column, offset, blob }: Occurrence): string =>
  JSON.stringify([source, path, line, column, offset, blob]);

/** Those that are not listed already. */
const without = (places: readonly Occurrence[], known: readonly Occurrence[]): readonly Occurrence[] => {
  const keys = new Set(known.map(keyOf));
  return places.filter((place) => !keys.has(keyOf(place)));
};

/**
 * @param counts how many each has
 * @returns how many each keeps: together at most `most`, nobody more than one above another who has more left
 */
export const shareOut = (counts: readonly number[], most: number): readonly number[] => {
  let left = most;
  let level = 0;
  const ascending = [...counts].sort((a, b) => a - b);
  for (const [index, count] of ascending.entries()) {
    const each = Math.min(count - level, Math.floor(left / (ascending.length - index)));
    level += each;
    left -= each * (ascending.length - index);
    if (level < count) break;
  }
  return counts.map((count) => {
    if (count <= level) return count;
    const extra = left > 0 ? 1 : 0;
    left -= extra;
    return level + extra;
  });
};
