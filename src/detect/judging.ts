// Judges the first bytes of the kernel's buffer in windows around their anchors. A file of its own, loaded when the first anchor
// is found (scripts/build.mjs): most commits hold none, and a hook waits for all that is loaded.

import type { Kernel } from '../kernel/kernel.js';
import { once } from '../once.js';
import { base64Forms } from './anchor-forms.js';
import { createKeyStart } from './key-start.js';
import { CONTEXT, CROWDED, MOST, WHOLE } from './limits.js';
import { createNamer } from './namer.js';
import { createNoise } from './noise.js';
import { ownTextIfAny } from './own-text.js';
import { advance, type Before, createPlacer, createWidePlacer } from './places.js';
import type { Rule } from './rules.js';
import { createSiblingSearch, holdsSecret } from './siblings.js';
import type { Detection, Detector, Place, Scanned, SiblingFile } from './types.js';
import { createValueFinder } from './values.js';
import { builtInVocabulary as vocabulary } from './vocabulary.js';
import { judgeWindow, type WindowDetection, type WindowTools } from './window.js';

export interface Judging {
  /** Judges the first `length` bytes of the kernel's buffer. */
  judge(length: number, core: Core, before: Before, crowd: Crowd): Scanned;
  readonly siblingSecret: Detector['siblingSecret'];
  /** @param lengths of secrets that go with an ID */
  holdsSecret(file: SiblingFile, lengths: readonly number[]): boolean;
}

export const createJudging = (rules: readonly Rule[], anchors: readonly Uint8Array[], kernel: Kernel): Judging => {
  const prefixes = rules.flatMap(({ key }) => (key === undefined || key.prefix === '' ? [] : [key.prefix]));
  const tools = once(
    (): WindowTools => ({
      finder: createValueFinder(rules, vocabulary.glue, createNoise(vocabulary)),
      namer: createNamer(vocabulary),
      rules,
      secretsAlone: rules.some(({ key, secret }) => key === undefined && secret !== undefined),
      vocabulary,
      wideAnchors: prefixes.flatMap(wideForms),
    }),
  );
  const mayBegin = createKeyStart(prefixes, anchors, vocabulary.glue.before);
  const siblingSearch = once(() => createSiblingSearch(tools()));

  const nextHit: NextHit = (from, length) => {
    let hit = kernel.search(from, length);
    while (hit >= 0 && !mayBegin(kernel.buffer, hit, length)) hit = kernel.search(hit + 1, length);
    return hit;
  };

  return {
    judge: (length, core, before, crowd) => judgeBuffer({ kernel, nextHit, tools }, length, core, before, crowd),
    siblingSecret: (lone, own, siblings) => siblingSearch()(lone, own, siblings),
    holdsSecret: (file, lengths) => holdsSecret(file, lengths, tools()),
  };
};

const wideForms = (prefix: string): readonly Uint8Array[] =>
  [prefix, ...base64Forms(Buffer.from(prefix)).map((form) => Buffer.from(form).toString('latin1'))].map((text) =>
    Buffer.from(text, 'utf16le').subarray(0, -1),
  );

/** The part of a buffer whose detections are reported; what is around it was or will be reported with its own. */
export interface Core {
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

/** Bytes of crowded windows that are still judged in a blob. */
export interface Crowd {
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
        ? createPlacer(kernel.buffer.subarray(from, to), state, (at, until) =>
            kernel.countLines(from + at, from + until),
          )
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
