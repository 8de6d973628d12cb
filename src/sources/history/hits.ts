// What history held, kept until git has said where each object came from.

import type { Detection } from '../../detect/types.js';
import type { ObjectHead } from '../../git/batch-format.js';

export interface Hit {
  readonly head: ObjectHead;
  readonly detections: readonly Detection[];
}

export interface Hits {
  add(hit: Hit): void;
  /** Each object once, however often it is stored. */
  readonly all: readonly Hit[];
  /** Objects for which there was no more room. */
  readonly left: number;
}

/** Detections kept at once, about 300 bytes each: a repository that holds more is told so and scanned no worse. */
const MOST = 200_000;

export const createHits = (): Hits => {
  const all: Hit[] = [];
  const known = new Set<string>();
  let room = MOST;
  let left = 0;
  return {
    all,
    get left() {
      return left;
    },
    add: (hit) => {
      const { oid } = hit.head;
      if (known.has(oid)) return;
      if (hit.detections.length > room) {
        left += 1;
        return;
      }
      known.add(oid);
      room -= hit.detections.length;
      all.push(hit);
    },
  };
};
