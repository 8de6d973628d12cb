// Tables of 32 bits, and the sorting of what they number.

// @ts-ignore: decorator
@inline
export function at(table: usize, index: u32): u32 {
  return load<u32>(table + (<usize>index << 2));
}

// @ts-ignore: decorator
@inline
export function put(table: usize, index: u32, value: u32): void {
  store<u32>(table + (<usize>index << 2), value);
}

/** Bits that a pass of sorting goes by: three passes see all 32. */
const DIGIT: u32 = 11;
const DIGITS: u32 = 1 << DIGIT;

/** Bytes that sorting needs for itself. */
export const TALLIES: usize = <usize>DIGITS << 2;

/**
 * Puts numbers in the order of their keys.
 * @param numbers u32[length] whatever is numbered; the sorted ones are in `spare`
 * @param spare u32[length] room
 * @param keys where the key of number 0 lies: 32 bits, every `stride` bytes
 * @param tallies room, `TALLIES` bytes
 */
export function sortByKey(
  numbers: usize,
  spare: usize,
  length: u32,
  keys: usize,
  stride: usize,
  tallies: usize,
): void {
  sortPass(numbers, spare, length, keys, stride, 0, tallies);
  sortPass(spare, numbers, length, keys, stride, DIGIT, tallies);
  sortPass(numbers, spare, length, keys, stride, 2 * DIGIT, tallies);
}

function sortPass(
  from: usize,
  to: usize,
  length: u32,
  keys: usize,
  stride: usize,
  shift: u32,
  tallies: usize,
): void {
  memory.fill(tallies, 0, TALLIES);
  for (let nth: u32 = 0; nth < length; nth++) {
    const digit = (load<u32>(keys + <usize>at(from, nth) * stride) >> shift) & (DIGITS - 1);
    put(tallies, digit, at(tallies, digit) + 1);
  }
  let sum: u32 = 0;
  for (let digit: u32 = 0; digit < DIGITS; digit++) {
    const tally = at(tallies, digit);
    put(tallies, digit, sum);
    sum += tally;
  }
  for (let nth: u32 = 0; nth < length; nth++) {
    const number = at(from, nth);
    const digit = (load<u32>(keys + <usize>number * stride) >> shift) & (DIGITS - 1);
    const place = at(tallies, digit);
    put(tallies, digit, place + 1);
    put(to, place, number);
  }
}
