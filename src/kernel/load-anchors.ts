// Puts anchors into the tables of a kernel that searches (assembly/search.ts): which of its buckets each goes to decides how
// many places are looked at in vain.

const BUCKETS = 8;

/** What every kernel that searches exports. */
export interface AnchorTable {
  clearAnchors(): void;
  addAnchor(bytes: bigint, length: number, bucket: number): number;
}

/**
 * Gives each anchor to the bucket that it makes least dearer: a bucket costs what its tables let through by chance, for each
 * of the three bytes the low nibbles times the high nibbles that any of its anchors has there.
 *
 * @param anchors byte strings of 3 to 8 bytes; of longer ones the first 8 count
 * @throws RangeError when there are more than the table holds
 */
export const loadAnchors = (table: AnchorTable, anchors: readonly Uint8Array[]): void => {
  const words = [...new Set(anchors.map((anchor) => Buffer.from(anchor.subarray(0, 8)).toString('latin1')))].sort();
  const buckets = Array.from({ length: BUCKETS }, (): Bucket => ({ words: [], sets: [0, 0, 0, 0, 0, 0], cost: 0 }));
  for (const word of words) {
    // This runs at every start, before anything is compiled: no allocation, no closures.
    let best = buckets[0];
    let least = Number.POSITIVE_INFINITY;
    for (const bucket of buckets) {
      const dearer = costWith(bucket.sets, word) - bucket.cost;
      if (dearer < least) {
        least = dearer;
        best = bucket;
      }
    }
    if (best !== undefined) put(best, word);
  }
  table.clearAnchors();
  buckets.forEach((bucket, index) => {
    for (const word of bucket.words) {
      const bytes = Buffer.alloc(8);
      bytes.write(word, 'latin1');
      if (table.addAnchor(bytes.readBigUInt64LE(), word.length, index) === 0) {
        throw new RangeError(`anchor of ${word.length} bytes, or more than 256 anchors`);
      }
    }
  });
};

interface Bucket {
  readonly words: string[];
  /** Bit sets of the nibbles its anchors have: low and high of the first byte, then of the second and the third. */
  readonly sets: number[];
  cost: number;
}

/** The nibble of a word that belongs to the `index`th set. */
const nibbleOf = (word: string, index: number): number => {
  const code = word.charCodeAt(index >> 1);
  return index % 2 === 0 ? code & 15 : code >> 4;
};

/** What a bucket would cost with one word more. */
const costWith = (sets: readonly number[], word: string): number => {
  let cost = 1;
  for (let index = 0; index < 6; index++) {
    let bits = 0;
    for (let rest = (sets[index] ?? 0) | (1 << nibbleOf(word, index)); rest !== 0; rest &= rest - 1) bits++;
    cost *= bits;
  }
  return cost;
};

const put = (bucket: Bucket, word: string): void => {
  bucket.cost = costWith(bucket.sets, word);
  bucket.words.push(word);
  for (let index = 0; index < 6; index++) bucket.sets[index] = (bucket.sets[index] ?? 0) | (1 << nibbleOf(word, index));
};
