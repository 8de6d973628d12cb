// Base64 (RFC 4648, both alphabets) inside a text. Every run long enough to hold a key is tried; what decodes to text is
// a layer of its own. Random runs are given up after a few bytes.

import { isUtf8 } from 'node:buffer';
import { createRunFinder } from '../runs.js';
import type { Encoding } from '../types.js';
import { type Layer, originAt } from './layer.js';

/** A run, and where its layer begins and ends in the parent. */
export interface Base64Run {
  readonly start: number;
  readonly end: number;
  readonly layer: Layer;
}

/** 16 bytes, the shortest ID, take 22 characters. A run may go on over line breaks where lines are full (RFC 2045). */
const RUN =
  /[A-Za-z0-9+/_-]{22,}(?:(?<=[A-Za-z0-9+/]{60})\r?\n[ \t]{0,16}[A-Za-z0-9+/]{4,}(?=={0,2}(?:[\r\n"'<,;)\]]|$)))*={0,2}/y;
const begins = createRunFinder(/[A-Za-z0-9+/_-]/, 22);

const VALUES = new Int8Array(256).fill(-1);
for (let i = 0; i < 64; i++) {
  VALUES['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.charCodeAt(i)] = i;
}
VALUES['-'.charCodeAt(0)] = 62;
VALUES['_'.charCodeAt(0)] = 63;

const NUL = 0;

/** Printable ASCII and line ends; bytes above 0x7f pass, as text in UTF-8. */
const isTextByte = (byte: number): boolean => (byte >= 0x20 ? byte !== 0x7f : byte === 9 || byte === 10 || byte === 13);

/** Whole but for a character cut off at the end. */
const isMostlyUtf8 = (bytes: Uint8Array): boolean =>
  [0, 1, 2, 3].some((stray) => isUtf8(bytes.subarray(0, bytes.length - stray)));

/** Whether the first bytes read like text in UTF-8: what random runs fail at once, before anything is allocated for them. */
const beginsAsText = (text: string, from: number, end: number): boolean => {
  let following = 0;
  for (let i = from; i + 3 < end && i < from + 16; i += 4) {
    const word =
      ((VALUES[text.charCodeAt(i)] ?? 0) << 18) |
      ((VALUES[text.charCodeAt(i + 1)] ?? 0) << 12) |
      ((VALUES[text.charCodeAt(i + 2)] ?? 0) << 6) |
      (VALUES[text.charCodeAt(i + 3)] ?? 0);
    for (let shift = 16; shift >= 0; shift -= 8) {
      const byte = (word >> shift) & 0xff;
      if (following > 0) {
        if (byte >> 6 !== 2) return false;
        following--;
      } else if (byte >= 0x80) {
        if (byte < 0xc2 || byte > 0xf4) return false;
        following = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
      } else if (byte !== NUL && !isTextByte(byte)) return false;
    }
  }
  return true;
};

/** Decodes from `phase` characters into the run. Null as soon as it does not read like text. */
const decode = (layer: Layer, start: number, end: number, phase: number): Layer | null => {
  const { text } = layer;
  if (!beginsAsText(text, start + phase, end)) return null;
  const size = Math.floor(((end - start - phase) * 3) / 4) + 1;
  const codes = new Uint8Array(size);
  const origin = new Int32Array(size + 1);
  let length = 0;
  let bits = 0;
  let held = 0;
  let first = -1;
  let odd = 0;
  let high = 0;
  for (let i = start + phase; i < end; i++) {
    const value = VALUES[text.charCodeAt(i)] ?? -1;
    if (value < 0) continue; // a line break inside the run
    if (held === 0) first = i;
    bits = ((bits << 6) | value) & 0xffffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    const byte = (bits >> held) & 0xff;
    if (byte >= 0x80) high++;
    else if (byte !== NUL && !isTextByte(byte)) odd++;
    // Text may end in a few stray bytes where the run took in what followed it.
    if (length < 24 ? odd > 0 : odd * 8 > length) return null;
    if (length === 24 && high > 0 && !isMostlyUtf8(codes.subarray(0, 24))) return null;
    origin[length] = originAt(layer, first);
    codes[length++] = byte;
    first = i;
  }
  if (length < 12) return null;
  // Bytes above 0x7f must be UTF-8; the last characters may be cut or stray.
  if (high > 0 && !isMostlyUtf8(codes.subarray(0, length))) return null;
  origin[length] = originAt(layer, end);
  const encoding: readonly Encoding[] = [...layer.encoding, 'base64'];
  return {
    text: Buffer.from(codes.buffer, 0, length).toString('latin1'),
    origin: origin.subarray(0, length + 1),
    touched: null,
    encoding,
    depth: layer.depth + 1,
  };
};

/**
 * The runs of a layer that decode to text, in order.
 * @param holdsKey tells of a decoded text whether it was worth it where the run's start is not known: a run that has
 *   other text glued before it is decoded at all four phases
 * @param budget how many characters may be decoded in all; it is counted down
 */
export const base64Runs = (
  layer: Layer,
  holdsKey: (text: string) => boolean,
  budget: { left: number },
): Base64Run[] => {
  const runs: Base64Run[] = [];
  const { text } = layer;
  let end = 0;
  for (let start = begins.next(text, 0); start >= 0; start = begins.next(text, end)) {
    RUN.lastIndex = start;
    end = start + (RUN.exec(text)?.[0].length ?? 1);
    budget.left -= end - start;
    if (budget.left < 0) break;
    const plain = decode(layer, start, end, 0);
    if (plain !== null) {
      runs.push({ start, end, layer: plain });
      continue;
    }
    for (const phase of [1, 2, 3]) {
      const shifted = decodeTail(layer, start, end, phase, holdsKey);
      if (shifted !== null) runs.push({ start: start + phase, end, layer: shifted });
    }
  }
  return runs;
};

/** A run whose first characters are not its own: decoded loosely, kept only for a key. */
const decodeTail = (
  layer: Layer,
  start: number,
  end: number,
  phase: number,
  holdsKey: (text: string) => boolean,
): Layer | null => {
  const shifted = decode(layer, start, end, phase);
  return shifted !== null && holdsKey(shifted.text) ? shifted : null;
};
