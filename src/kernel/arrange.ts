// Which of the search kernel's buckets each anchor goes to: that decides how many places are looked at in vain.

export const BUCKETS = 8;

/** The part of each anchor that is searched for, its first eight bytes as latin1, each once and sorted. */
export const wordsOf = (anchors: readonly Uint8Array[]): readonly string[] =>
  [...new Set(anchors.map((anchor) => Buffer.from(anchor.subarray(0, 8)).toString('latin1')))].sort();

/**
 * Gives each word to the bucket that it makes least dearer: a bucket costs what its tables let through by chance, for each
 * of the three bytes the low nibbles times the high nibbles that any of its words has there.
 *
 * @param words as `wordsOf` gives them
 * @returns the bucket of each
 */
export const arrange = (words: readonly string[]): readonly number[] => {
  const buckets = Array.from(
    { length: BUCKETS },
    (): Bucket => ({ sets: [0, 0, 0, 0, 0, 0], sizes: [0, 0, 0, 0, 0, 0], cost: 0 }),
  );
  const nibbles = [0, 0, 0, 0, 0, 0];
  return words.map((word) => {
    // No allocation, no closures, nothing counted twice: with rules of one's own this runs at every start.
    for (let index = 0; index < 6; index++) nibbles[index] = nibbleOf(word, index);
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (const [index, bucket] of buckets.entries()) {
      const dearer = costWith(bucket, nibbles) - bucket.cost;
      if (dearer < least) {
        least = dearer;
        best = index;
      }
    }
    const chosen = buckets[best];
    if (chosen !== undefined) put(chosen, nibbles);
    return best;
  });
};

interface Bucket {
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

const put = (bucket: Bucket, nibbles: readonly number[]): void => {
  bucket.cost = costWith(bucket, nibbles);
  for (let index = 0; index < 6; index++) {
    const bit = 1 << (nibbles[index] ?? 0);
    const set = bucket.sets[index] ?? 0;
    if ((set & bit) === 0) bucket.sizes[index] = (bucket.sizes[index] ?? 0) + 1;
    bucket.sets[index] = set | bit;
  }
};
