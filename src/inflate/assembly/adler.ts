// The checksum that ends a zlib stream (RFC 1950, 8.2), 32 bytes at a time.
//
// a is 1 and the sum of all bytes, b the sum of all values that a had: of n bytes the first counts n times in b, the
// last once. Both are taken modulo 65521.

const PRIME: u32 = 65521;
/** After so many steps of 32 bytes the sums have to be taken modulo PRIME. */
const STEPS: usize = 128;

export function adler32(p: usize, length: usize): u32 {
  const times0 = i16x8(32, 31, 30, 29, 28, 27, 26, 25);
  const times1 = i16x8(24, 23, 22, 21, 20, 19, 18, 17);
  const times2 = i16x8(16, 15, 14, 13, 12, 11, 10, 9);
  const times3 = i16x8(8, 7, 6, 5, 4, 3, 2, 1);
  let a: u32 = 1;
  let b: u32 = 0;
  while (length >= 32) {
    let steps = min(length >> 5, STEPS);
    length -= steps << 5;
    b += a * <u32>(steps << 5);
    let sum = i32x4.splat(0);
    let sums = i32x4.splat(0); // of `sum` before each step: those bytes count 32 times more
    let weighted = i32x4.splat(0);
    do {
      const x = v128.load(p);
      const y = v128.load(p, 16);
      p += 32;
      sums = i32x4.add(sums, sum);
      sum = i32x4.add(
        sum,
        i32x4.extadd_pairwise_i16x8_u(i16x8.add(i16x8.extadd_pairwise_i8x16_u(x), i16x8.extadd_pairwise_i8x16_u(y))),
      );
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(x), times0));
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(x), times1));
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(y), times2));
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(y), times3));
    } while (--steps);
    a = (a + total(sum)) % PRIME;
    b = (b + total(i32x4.add(weighted, i32x4.shl(sums, 5)))) % PRIME;
  }
  while (length) {
    a += load<u8>(p++);
    b += a;
    length--;
  }
  return ((b % PRIME) << 16) | a % PRIME;
}

// @ts-ignore: decorator
@inline
function total(lanes: v128): u32 {
  return (
    i32x4.extract_lane(lanes, 0) +
    i32x4.extract_lane(lanes, 1) +
    i32x4.extract_lane(lanes, 2) +
    i32x4.extract_lane(lanes, 3)
  );
}
