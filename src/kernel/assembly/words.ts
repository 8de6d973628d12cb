// Whether bytes hold a word of certain lengths and characters: a file that holds none needs no closer look.

/** Of each byte what it is, a bit for each class and 0 for what ends a word; then of each length what words of it count as. */
const TABLES: usize = memory.data(256 + 1024, 16);
const LENGTHS: usize = 256;
const LONGEST: usize = 1024;

/** Where the host puts the two tables, of 256 bytes and of LONGEST. */
export function wordTables(): usize {
  return TABLES;
}

/**
 * Whether a word between `from` and `end` counts: bit `kind` of what its length counts as, with all classes of `needs` and none of
 * `lacks` for that kind (a byte each, the first kind's lowest). No word is shorter than `shortest`: only every so many bytes
 * are looked at, as no such word lies between two of them.
 */
export function hasWord(from: usize, end: usize, shortest: usize, needs: u32, lacks: u32): bool {
  let at = from + shortest - 1;
  while (at < end) {
    let classes: u32 = load<u8>(TABLES + load<u8>(at));
    if (classes == 0) {
      at += shortest;
      continue;
    }
    let first = at;
    while (first > from) {
      const before: u32 = load<u8>(TABLES + load<u8>(first - 1));
      if (before == 0) break;
      classes |= before;
      first--;
    }
    let next = at + 1;
    while (next < end) {
      const after: u32 = load<u8>(TABLES + load<u8>(next));
      if (after == 0) break;
      classes |= after;
      next++;
    }
    const length = next - first;
    let kinds: u32 = length < LONGEST ? load<u8>(TABLES + length, LENGTHS) : 0;
    for (let shift: u32 = 0; kinds != 0; shift += 8, kinds >>= 1) {
      const need = (needs >> shift) & 255;
      if ((kinds & 1) != 0 && (classes & need) == need && (classes & (lacks >> shift) & 255) == 0) return true;
    }
    at = next + shortest;
  }
  return false;
}
