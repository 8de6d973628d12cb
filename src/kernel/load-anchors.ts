// Puts anchors into the tables of a kernel that searches (assembly/search.ts).

import made from 'akscan:anchors';
import { arrange, BUCKETS, wordsOf } from './arrange.js';
import { chooseWindows } from './windows.js';

/** What every kernel that searches exports. */
export interface AnchorTable {
  clearAnchors(): void;
  addAnchor(bytes: bigint, length: number, bucket: number, windows: number): number;
}

/**
 * @param anchors byte strings of 3 to 8 bytes; of longer ones the first 8 count
 * @throws RangeError when there are more than the table holds
 */
export const loadAnchors = (table: AnchorTable, anchors: readonly Uint8Array[]): void => {
  const words = wordsOf(anchors);
  // Those of the built-in rules are arranged when the project is built: this runs at every start.
  const isMade = made.words === words.join('\n');
  const places = isMade ? made.places : arrange(words);
  const windows = isMade ? made.windows : chooseWindows(words, madeWindows());
  table.clearAnchors();
  const bytes = Buffer.alloc(8);
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    for (const [index, word] of words.entries()) {
      if (places[index] !== bucket) continue;
      bytes.fill(0).write(word, 'latin1');
      if (table.addAnchor(bytes.readBigUInt64LE(), word.length, bucket, windows[index] ?? 0) === 0) {
        throw new RangeError(`anchor of ${word.length} bytes, or more than 256 anchors`);
      }
    }
  }
};

/** The windows of the built-in rules' anchors, which rules of one's own are added to. */
const madeWindows = (): ReadonlyMap<string, number> =>
  new Map(made.words.split('\n').map((word, index) => [word, made.windows[index] ?? 0]));
