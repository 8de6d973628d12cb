// The names of a pack's entries in the order in which they lie there; an index has them in the order of the alphabet. They
// outlive planning and running.

import { allocate, copyName, settle } from './memory';

let count: u32 = 0;
let nameLength: u32 = 20;
let names: usize = 0;
/** u32[count]: where the entry of each name begins, as an index has it; then the how many-th that entry is. */
let places: usize = 0;

/** To be called when memory is free. Gives where the host puts 32 bits for each name, big-endian: where its entry begins. */
export function openEntryNames(entries: u32, hash: u32): usize {
  count = entries;
  nameLength = hash;
  names = allocate(<usize>count * hash);
  settle();
  places = allocate(<usize>count << 2);
  return places;
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
  let order = allocate(<usize>count << 2);
  let spare = allocate(<usize>count << 2);
  const tallies = allocate(2048 << 2);
  for (let name: u32 = 0; name < count; name++) {
    put(places, name, bswap<u32>(at(places, name)));
    put(order, name, name);
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
      const name = at(order, nth);
      const digit = (at(places, name) >> shift) & 2047;
      const place = at(tallies, digit);
      put(tallies, digit, place + 1);
      put(spare, place, name);
    }
    const sorted = spare;
    spare = order;
    order = sorted;
  }
  for (let nth: u32 = 0; nth < count; nth++) put(places, at(order, nth), nth);
}

/** Puts `some` names in their places, from the index's `first`th on, before memory is rewound. */
export function putEntryNames(from: usize, first: u32, some: u32): void {
  for (let name = first; name < first + some; name++) {
    copyName(names + <usize>at(places, name) * nameLength, from, nameLength);
    from += nameLength;
  }
}

/** Where the name of the pack's `nth` entry lies. */
// @ts-ignore: decorator
@inline
export function entryName(nth: u32): usize {
  return names + <usize>nth * nameLength;
}
