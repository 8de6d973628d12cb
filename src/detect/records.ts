// Values that a border encloses together: a line, a statement, a bracket, a block of lines, a section that holds one key and one
// secret says whose secret that is, whatever order others stand in.

import { adjacent, nameScore, proximity, stemScore } from './affinity.js';
import type { Located } from './located.js';

/** A border's stretch a value stands in, or null where there is no such border. Innermost first. */
const BORDERS: readonly ((value: Located) => number | null)[] = [
  ({ line }) => line,
  ({ layout }) => known(layout.statement),
  ({ layout }) => known(layout.group),
  ({ layout }) => known(layout.parent),
  ({ layout }) => layout.block,
  ({ layout }) => known(layout.section),
];

const known = (id: number): number | null => (id < 0 ? null : id);

/** Further apart (ten lines) a border says nothing: all stand in some bracket. */
const LEAST_PROXIMITY = 6.2;

/** Whether nothing but the border is needed to call them a pair. */
const agree = (key: Located, secret: Located): boolean => {
  if (key.layout.marker !== secret.layout.marker || stemScore(key, secret) < 0) return false;
  if (proximity(key, secret) < LEAST_PROXIMITY) return false;
  if (secret.name !== null) return nameScore(key, secret) >= 2.5;
  return adjacent(key, secret) || (key.layout.group >= 0 && key.layout.group === secret.layout.group);
};

/**
 * @param mayBe whether nothing else speaks against a pair
 * @returns for each key and each secret that a border binds, the other
 */
export const boundByBorders = (
  values: readonly Located[],
  mayBe: (key: Located, secret: Located) => boolean,
): ReadonlyMap<Located, Located> => {
  const bound = new Map<Located, Located>();
  for (const border of BORDERS) {
    const stretches = new Map<number, Located[]>();
    for (const value of values) {
      const stretch = value.role === 'token' || bound.has(value) ? null : border(value);
      if (stretch === null) continue;
      const held = stretches.get(stretch);
      if (held === undefined) stretches.set(stretch, [value]);
      else held.push(value);
    }
    for (const stretch of stretches.values()) {
      const [key, another] = stretch.filter(({ role }) => role === 'key');
      if (key === undefined || another !== undefined) continue;
      const all = stretch.filter((value) => value.role === 'secret' && agree(key, value) && mayBe(key, value));
      const plain = all.filter(({ name }) => name?.kind === 'secret');
      const [secret, second] = plain.length > 0 ? plain : all;
      if (secret === undefined || second !== undefined) continue;
      bound.set(key, secret);
      bound.set(secret, key);
    }
  }
  return bound;
};
