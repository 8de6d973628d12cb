// Bytes in, detections out. A search for anchors rejects almost everything; what is left is judged in windows around the
// anchors (a small blob is one window), so that cost and memory stay bounded whatever the blob's size.

import { createKernel, type Kernel } from '../kernel/kernel.js';
import { once } from '../once.js';
import { base64Forms } from './anchor-forms.js';
import { anchorsOf } from './anchors.js';
import { createKeyStart } from './key-start.js';
import { createNamer } from './namer.js';
import { createNoise } from './noise.js';
import { ownTextIfAny } from './own-text.js';
import { advance, type Before, createPlacer, createWidePlacer, START } from './places.js';
import { rulesetFor } from './rules.js';
import { createLoneSecretTest, createSiblingSearch } from './siblings.js';
import type { BlobStream, Detection, Detector, DetectorOptions, Place, Scanned } from './types.js';
import { createValueFinder } from './values.js';
import { judgeWindow, type WindowDetection, type WindowTools } from './window.js';

/** Bytes a reader may hand over at once. */
const CAPACITY = 4 << 20;
/** A blob up to this size is judged as one window: a pair may stand anywhere in it. */
const WHOLE = 256 << 10;
/** Bytes to either side of an anchor that are judged with it in a larger blob. */
const CONTEXT = 32 << 10;
/** Credentials in one blob after which the rest of it is not judged. */
const MOST = 10_000;
/** Bytes to an anchor in a window that is made to keep a scanner busy: IDs and nothing else take more than twice as many. */
const CROWDED = 10;
/** Bytes of such windows that are judged in one blob all the same, since a key may be hidden among them. */
const MOST_CROWDED = 16 << 20;

export const createDetector = (options: DetectorOptions = {}): Detector => {
  const ruleset = rulesetFor(options);
  const anchors = anchorsOf(ruleset);
  const kernel = createKernel(anchors, CAPACITY);
  const prefixes = ruleset.rules.flatMap(({ key }) => (key === undefined || key.prefix === '' ? [] : [key.prefix]));
  // What judges is made when there is something to judge: most commits hold no anchor, and a hook waits for this.
  const tools = once(
    (): WindowTools => ({
      finder: createValueFinder(ruleset, createNoise(ruleset.vocabulary)),
      namer: createNamer(ruleset.vocabulary),
      rules: ruleset.rules,
      secretsAlone: ruleset.rules.some(({ key, secret }) => key === undefined && secret !== undefined),
      vocabulary: ruleset.vocabulary,
      wideAnchors: prefixes.flatMap(wideForms),
    }),
  );
  const keyStart = once(() => createKeyStart(prefixes, anchors, ruleset.vocabulary.glue.before));
  const siblingSearch = once(() => createSiblingSearch(tools()));

  const nextHit: NextHit = (from, length) => {
    let hit = kernel.search(from, length);
    while (hit >= 0 && !keyStart()(kernel.buffer, hit, length)) hit = kernel.search(hit + 1, length);
    return hit;
  };

  const judge: JudgePart = (length, core, before, crowd) =>
    judgeBuffer({ kernel, nextHit, tools }, length, core, before, crowd);

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
    siblingSecret: (lone, own, siblings) => siblingSearch()(lone, own, siblings),
    holdsLoneSecret: createLoneSecretTest(ruleset.rules, kernel, tools),
  };
};

const wideForms = (prefix: string): readonly Uint8Array[] =>
  [prefix, ...base64Forms(Buffer.from(prefix)).map((form) => Buffer.from(form).toString('latin1'))].map((text) =>
    Buffer.from(text, 'utf16le').subarray(0, -1),
  );

/** The part of a buffer whose detections are reported; what is around it was or will be reported with its own. */
interface Core {
  readonly from: number;
  readonly to: number;
}

/** Index of the first anchor at or after `from` that may begin a key, among the first `length` bytes; -1 without one. */
type NextHit = (from: number, length: number) => number;

interface Judge {
  readonly kernel: Kernel;
  readonly nextHit: NextHit;
  readonly tools: () => WindowTools;
}

/** A stretch that is judged at once, and the part of it whose keys are its own: every other part is another window's. */
interface Window {
  readonly from: number;
  to: number;
  readonly coreFrom: number;
  coreTo: number;
}

/** Windows around the anchors of a buffer, merged where they touch; each anchor is in one core, well inside the window. */
const windowsOf = (nextHit: NextHit, length: number): readonly Window[] => {
  const first = nextHit(0, length);
  if (first < 0) return [];
  if (length <= WHOLE) return [{ from: 0, to: length, coreFrom: 0, coreTo: length }];
  const windows: Window[] = [];
  for (let hit = first; hit >= 0; hit = nextHit(Math.min(length, hit + CONTEXT / 2), length)) {
    const last = windows.at(-1);
    const from = Math.max(0, hit - CONTEXT);
    const to = Math.min(length, hit + CONTEXT);
    const coreTo = hit + CONTEXT / 2;
    // Windows that have grown large are cut: what one of them would cost stays bounded.
    if (last !== undefined && from <= last.to && to - last.from <= WHOLE) {
      last.to = to;
      last.coreTo = coreTo;
    } else windows.push({ from, to, coreFrom: last?.coreTo ?? 0, coreTo });
  }
  return windows;
};

/** What is left of MOST_CROWDED in a blob. */
interface Crowd {
  left: number;
}

const judgeBuffer = (
  { kernel, nextHit, tools }: Judge,
  length: number,
  core: Core,
  before: Before,
  crowd: Crowd,
): Scanned => {
  const detections: Detection[] = [];
  let state = before;
  let at = 0;
  let capped = false;
  for (const { from, to, coreFrom, coreTo } of windowsOf(nextHit, length)) {
    if (isCrowded(kernel, from, to)) {
      crowd.left -= to - from;
      if (crowd.left < 0) {
        // It is said, and whatever else the blob holds is judged.
        capped = true;
        continue;
      }
    }
    const own = { from: Math.max(core.from, coreFrom), to: Math.min(core.to, coreTo) };
    const found = judgeWindow(kernel.buffer.slice(from, to), before.bytes + from, tools()).filter(
      ({ offset }) => from + offset >= own.from && from + offset < own.to,
    );
    if (found.length === 0) continue;
    // Windows come in order: what was counted for one serves the next.
    state = advance(kernel.buffer.subarray(at, from), state, kernel.countLines(at, from));
    at = from;
    for (const detection of placed(kernel, { from, to, state }, found, before)) {
      if (detections.length === MOST) return { detections, capped: true };
      detections.push(detection);
    }
  }
  return { detections, capped };
};

/** Whether a window holds hardly anything but anchors. */
const isCrowded = (kernel: Kernel, from: number, to: number): boolean => {
  let room = (to - from) / CROWDED;
  for (let hit = kernel.search(from, to); hit >= 0 && room > 0; hit = kernel.search(hit + 1, to)) room--;
  return room <= 0;
};

/** Detections of a window with their places in the blob. `state` is that at the window's first byte. */
const placed = (
  kernel: Kernel,
  { from, to, state }: { readonly from: number; readonly to: number; readonly state: Before },
  found: readonly WindowDetection[],
  before: Before,
): readonly Detection[] => {
  const byWriting = new Map<string, WindowDetection[]>();
  for (const detection of found) {
    const outermost = detection.encoding[0];
    const writing = outermost === 'utf-16le' || outermost === 'utf-16be' ? outermost : 'bytes';
    const group = byWriting.get(writing);
    if (group === undefined) byWriting.set(writing, [detection]);
    else group.push(detection);
  }
  return [...byWriting].flatMap(([writing, group]) => {
    const offsets = group.flatMap(({ offset, secretOffset }) =>
      secretOffset === null ? [offset] : [offset, secretOffset],
    );
    const placeOf =
      writing === 'bytes'
        ? createPlacer(kernel.buffer.subarray(from, to), state)
        : // UTF-16 is counted from the buffer's start: its line feeds are not those of bytes.
          widePlacer(
            kernel.buffer.subarray(0, to),
            from,
            writing === 'utf-16le' ? 'le' : 'be',
            offsets[0] ?? 0,
            before,
          );
    const places = new Map([...new Set(offsets)].sort((a, b) => a - b).map((offset) => [offset, placeOf(offset)]));
    const at = (offset: number): Place =>
      places.get(offset) ?? { offset: before.bytes + from + offset, line: 1, column: 1 };
    return group.map(({ offset, secretOffset, ...rest }) => ({
      ...rest,
      accessKeyId: ownTextIfAny(rest.accessKeyId),
      secret: ownTextIfAny(rest.secret),
      token: ownTextIfAny(rest.token),
      allow: ownTextIfAny(rest.allow),
      idName: ownTextIfAny(rest.idName),
      place: at(offset),
      secretPlace: secretOffset === null ? null : at(secretOffset),
    }));
  });
};

const widePlacer = (
  bytes: Uint8Array,
  from: number,
  order: 'le' | 'be',
  sample: number,
  before: Before,
): ((offset: number) => Place) => {
  const placeOf = createWidePlacer(bytes, order, (from + sample) % 2, before);
  return (offset) => placeOf(from + offset);
};

/** Judges the first `length` bytes of the buffer. */
type JudgePart = (length: number, core: Core, before: Before, crowd: Crowd) => Scanned;

/** A blob in pieces: full buffers are judged with some of what came before and of what follows. */
const createStream = (kernel: Kernel, judge: JudgePart): BlobStream => {
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
