// The numbers (graph-names.ts) of a pack's trees, by the how many-th entry of the pack each is. An index has names in the order
// of the alphabet, and where each entry begins.

import { PLANNED } from './entries';
import { addName, nameLength, reuse } from './graph-names';
import { allocate } from './memory';
import { at, put, sortByKey, TALLIES } from './tables';

let count: u32 = 0;
/** u32[count] */
let numbers: usize = 0;
/** u32[count]: where the entry of each name begins, as an index has it; then the how many-th that entry is. */
let places: usize = 0;
let spare: usize = 0;
/** u8[count]: what planning says of each entry. */
let types: usize = 0;

/** Gives where the host puts 32 bits for each name, big-endian: where its entry begins. */
export function openPlaces(entries: u32): usize {
  count = entries;
  numbers = allocate(<usize>count << 2);
  types = allocate(count);
  places = allocate(<usize>count << 3);
  spare = places + (<usize>count << 2);
  return places;
}

/** Where the host puts a byte for each entry: its type, once all is planned. */
export function typesAt(): usize {
  return types;
}

/** From where entries begin to the how many-th they are. */
export function sortPlaces(): void {
  for (let name: u32 = 0; name < count; name++) {
    put(places, name, bswap<u32>(at(places, name)));
    put(numbers, name, name);
  }
  sortByKey(numbers, spare, count, places, 4, allocate(TALLIES));
  for (let nth: u32 = 0; nth < count; nth++) put(places, at(spare, nth), nth);
}

/** Numbers those of `some` names that are trees', from the index's `first`th on. */
export function numberEntries(from: usize, first: u32, some: u32): void {
  for (let name = first; name < first + some; name++) {
    const nth = at(places, name);
    if (load<u8>(types + nth) == PLANNED) put(numbers, nth, addName(from));
    from += nameLength;
  }
}

/** All are numbered: only the numbers are needed now. */
export function closePlaces(): void {
  reuse(places, places + (<usize>count << 3));
}

// @ts-ignore: decorator
@inline
export function numberOfEntry(nth: u32): u32 {
  return at(numbers, nth);
}
