// All that detection asks about names, made of one vocabulary.

import { createNameSearch } from './name-search.js';
import { createNaming, type Name, type Naming } from './names.js';
import { createSlots, type Slots } from './slots.js';
import type { Vocabulary } from './vocabulary.js';

export interface Namer extends Pick<Naming, 'named' | 'isHouse' | 'vendorIn'> {
  /** The name of the value that starts at `at` and ends at `end`, or null when it has none. */
  nameOf(text: string, at: number, end: number): Name | null;
  readonly slots: Slots;
}

export const createNamer = (vocabulary: Vocabulary): Namer => {
  const naming = createNaming(vocabulary);
  return { ...naming, nameOf: createNameSearch(naming), slots: createSlots(naming) };
};
