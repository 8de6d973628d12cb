// What history held, kept until git has said where each object came from.

import type { Detection } from '../../detect/types.js';
import type { ObjectHead } from './blocks.js';

export interface Hit {
  readonly head: ObjectHead;
  readonly detections: readonly Detection[];
}

export interface Hits {
  /** False when there is no more room: this hit was not kept. */
  add(hit: Hit): boolean;
  readonly all: readonly Hit[];
}

/** Detections kept at once, about 300 bytes each: a repository that holds more is told so and scanned no worse. */
const MOST = 200_000;

export const createHits = (): Hits => {
  const all: Hit[] = [];
  let room = MOST;
  return {
    all,
    add: (hit) => {
      if (hit.detections.length > room) return false;
      room -= hit.detections.length;
      all.push(hit);
      return true;
    },
  };
};
