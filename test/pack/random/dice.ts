// Random choices from a seed, and keys that no test of randomness would take for made up.

import { createKeys, randomFrom } from '../../support/keys.js';

export interface Plant {
  readonly id: string;
  /** Null for an ID whose secret is nowhere. */
  readonly secret: string | null;
}

export interface Dice {
  /** A whole number from 0 up to, not including, `end`. */
  readonly below: (end: number) => number;
  /** A whole number from `from` to `to`, both included. */
  readonly between: (from: number, to: number) => number;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** True that often. */
  readonly chance: (share: number) => boolean;
  readonly shuffle: <Item>(items: readonly Item[]) => readonly Item[];
  readonly pair: () => Plant & { readonly secret: string };
  readonly lone: () => Plant;
}

export const createDice = (seed: number): Dice => {
  const next = randomFrom(seed);
  const keys = createKeys(seed ^ 0x5eed);
  const below = (end: number): number => Math.floor(next() * end);
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[below(items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  };
  const shuffle = <Item>(items: readonly Item[]): readonly Item[] => {
    const left = [...items];
    return items.flatMap(() => left.splice(below(left.length), 1));
  };
  const chance = (share: number): boolean => next() < share;
  const id = (): string => (chance(0.25) ? drawn(keys.id16, 4) : drawn(keys.id24, 4));
  return {
    below,
    between: (from, to) => from + below(to - from + 1),
    pick,
    chance,
    shuffle,
    pair: () => ({ id: id(), secret: drawn(keys.secret30, 2) }),
    lone: () => ({ id: id(), secret: null }),
  };
};

/** Fixed seeds must not stumble over one draw in a thousand: the next is taken when one looks less random than most. */
const drawn = (draw: () => string, skip: number): string => {
  const value = draw();
  const tail = value.slice(skip);
  const usual =
    (tail.match(/\d/g)?.length ?? 0) >= 2 &&
    (tail.match(/[a-z]/g)?.length ?? 0) >= 3 &&
    (tail.match(/[A-Z]/g)?.length ?? 0) >= 3 &&
    !/(.)\1/.test(tail) &&
    !/test|demo|xxx|abc|123|key|your|foo|bar|fake|null|none|todo|user|pass|secret/i.test(tail);
  return usual ? value : drawn(draw, skip);
};
