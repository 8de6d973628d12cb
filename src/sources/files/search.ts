// The search for anchors by itself: what a thread needs for the files that hold none, which are nearly all.

import { createKernel } from '../../kernel/kernel.js';
import type { Search } from './read-file.js';

/** Bytes read at once; what is larger is read in pieces by the detector. */
const CAPACITY = 4 << 20;

export const createSearch = (anchors: readonly Uint8Array[]): Search => {
  const kernel = createKernel(anchors, CAPACITY);
  return { buffer: kernel.buffer, holdsAnchor: (length) => kernel.search(0, length) >= 0 };
};
