// Bytes in, detections out. A search for anchors rejects almost everything; what is left is judged in windows around the
// anchors (a small blob is one window), so that cost and memory stay bounded whatever the blob's size.

import { createKernel, type Kernel } from '../kernel/kernel.js';
import { once } from '../once.js';
import { anchorsOf } from './anchors.js';
import { type Crowd, createJudging, type Judging } from './judging.js';
import { CONTEXT, MOST, MOST_CROWDED } from './limits.js';
import { advance, START } from './places.js';
import { rulesFor } from './rules.js';
import { secretLengths, secretWords } from './secret-words.js';
import type { BlobStream, Detection, Detector, DetectorOptions, Scanned } from './types.js';

/** Bytes a reader may hand over at once. */
const CAPACITY = 4 << 20;

export const createDetector = (options: DetectorOptions = {}): Detector => {
  const rules = rulesFor(options);
  const anchors = anchorsOf(rules);
  const kernel = createKernel(anchors, CAPACITY);
  // Made when there is something to judge.
  const judging = once(() => createJudging(rules, anchors, kernel));
  const lengths = secretLengths(rules);
  const hasSecretWord = once(() => kernel.wordTest(secretWords(lengths)));

  const judge: Judging['judge'] = (length, core, before, crowd) =>
    kernel.search(0, length) < 0 ? { detections: [], capped: false } : judging().judge(length, core, before, crowd);

  const scanBuffer = (length: number): Scanned => judge(length, { from: 0, to: length }, START, { left: MOST_CROWDED });

  const stream = (): BlobStream => createStream(kernel, judge);

  return {
    buffer: kernel.buffer,
    holdsAnchor: (length) => kernel.search(0, length) >= 0,
    scanBuffer,
    scan: (bytes) => {
      if (bytes.length <= CAPACITY) {
        kernel.buffer.set(bytes);
        return scanBuffer(bytes.length);
      }
      const pieces = stream();
      pieces.push(bytes);
      return pieces.end();
    },
    stream,
    siblingSecret: (lone, own, siblings) => judging().siblingSecret(lone, own, siblings),
    // Almost every file is told by a look for a word as long as a secret.
    holdsLoneSecret: (file) =>
      lengths.length > 0 && hasSecretWord()(file.bytes) && judging().holdsSecret(file, lengths),
  };
};

/** A blob in pieces: full buffers are judged with some of what came before and of what follows. */
const createStream = (kernel: Kernel, judge: Judging['judge']): BlobStream => {
  const crowd: Crowd = { left: MOST_CROWDED };
  // The kernel's own buffer may be used for something else between two pieces.
  let held: Uint8Array | null = null;
  let length = 0;
  let coreFrom = 0;
  let before = START;
  let capped = false;
  let full = false;
  const detections: Detection[] = [];

  const judgeHeld = (last: boolean): void => {
    if (held === null) return;
    const to = last ? length : length - CONTEXT;
    kernel.buffer.set(held.subarray(0, length));
    const scanned = judge(length, { from: coreFrom, to }, before, crowd);
    for (const detection of scanned.detections) {
      if (detections.length < MOST) detections.push(detection);
      else full = true;
    }
    full ||= scanned.detections.length === MOST && scanned.capped;
    capped ||= full || scanned.capped;
    const keep = Math.max(0, to - CONTEXT);
    before = advance(held.subarray(0, keep), before, kernel.countLines(0, keep));
    held.copyWithin(0, keep, length);
    length -= keep;
    coreFrom = to - keep;
  };

  return {
    push: (chunk) => {
      held ??= new Uint8Array(CAPACITY);
      for (let at = 0; at < chunk.length && !full; ) {
        const taken = Math.min(CAPACITY - length, chunk.length - at);
        held.set(chunk.subarray(at, at + taken), length);
        length += taken;
        at += taken;
        if (length === CAPACITY) judgeHeld(false);
      }
    },
    end: () => {
      if (!full) judgeHeld(true);
      return { detections, capped };
    },
  };
};
