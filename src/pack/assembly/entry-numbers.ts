// The numbers (graph-names.ts) of a pack's trees, by the how many-th entry of the pack each is. An index has names in the order
// of the alphabet, and where each entry begins.

import { PLANNED } from './entries';
import { addName, nameLength, reuse } from './graph-names';
import { allocate } from './memory';

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

// @ts-ignore: decorator
@inline
function at(table: usize, index: u32): u32 {
  return load<u32>(table + (<usize>index << 2));
}

// @ts-ignore: decorator
@inline
function put(table: usize, index: u32, value: u32): void {
  store<u32>(table + (<usize>index << 2), value);
}

/** From where entries begin to the how many-th they are: three passes of eleven bits. */
export function sortPlaces(): void {
  let from = numbers;
  let to = spare;
  const tallies = allocate(2048 << 2);
  for (let name: u32 = 0; name < count; name++) {
    put(places, name, bswap<u32>(at(places, name)));
    put(from, name, name);
  }
  for (let shift: u32 = 0; shift < 32; shift += 11) {
    memory.fill(tallies, 0, 2048 << 2);
    for (let name: u32 = 0; name < count; name++) {
      const digit = (at(places, name) >> shift) & 2047;
      put(tallies, digit, at(tallies, digit) + 1);
    }
    let sum: u32 = 0;
    for (let digit: u32 = 0; digit < 2048; digit++) {
      const tally = at(tallies, digit);
      put(tallies, digit, sum);
      sum += tally;
    }
    for (let nth: u32 = 0; nth < count; nth++) {
      const name = at(from, nth);
      const digit = (at(places, name) >> shift) & 2047;
      const place = at(tallies, digit);
      put(tallies, digit, place + 1);
      put(to, place, name);
    }
    const sorted = to;
    to = from;
    from = sorted;
  }
  for (let nth: u32 = 0; nth < count; nth++) put(places, at(from, nth), nth);
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
