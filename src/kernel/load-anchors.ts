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
  const buckets = Array.from(
    { length: BUCKETS },
    (): Bucket => ({ words: [], sets: [0, 0, 0, 0, 0, 0], sizes: [0, 0, 0, 0, 0, 0], cost: 0 }),
  );
  const nibbles = [0, 0, 0, 0, 0, 0];
  for (const word of words) {
    // This runs at every start, before anything is compiled: no allocation, no closures, nothing counted twice.
    for (let index = 0; index < 6; index++) nibbles[index] = nibbleOf(word, index);
    let best = buckets[0];
    let least = Number.POSITIVE_INFINITY;
    for (const bucket of buckets) {
      const dearer = costWith(bucket, nibbles) - bucket.cost;
      if (dearer < least) {
        least = dearer;
        best = bucket;
      }
    }
    if (best !== undefined) put(best, word, nibbles);
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
  /** How many nibbles are in each. */
  readonly sizes: number[];
  cost: number;
}

/** The nibble of a word that belongs to the `index`th set. */
const nibbleOf = (word: string, index: number): number => {
  const code = word.charCodeAt(index >> 1);
  return index % 2 === 0 ? code & 15 : code >> 4;
};

/** What a bucket would cost with one word more. */
const costWith = ({ sets, sizes }: Bucket, nibbles: readonly number[]): number => {
  let cost = 1;
  for (let index = 0; index < 6; index++) {
    const isThere = ((sets[index] ?? 0) >> (nibbles[index] ?? 0)) & 1;
    cost *= (sizes[index] ?? 0) + 1 - isThere;
  }
  return cost;
};

const put = (bucket: Bucket, word: string, nibbles: readonly number[]): void => {
  bucket.cost = costWith(bucket, nibbles);
  bucket.words.push(word);
  for (let index = 0; index < 6; index++) {
    const bit = 1 << (nibbles[index] ?? 0);
    const set = bucket.sets[index] ?? 0;
    if ((set & bit) === 0) bucket.sizes[index] = (bucket.sizes[index] ?? 0) + 1;
    bucket.sets[index] = set | bit;
  }
};
