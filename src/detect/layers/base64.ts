// Base64 (RFC 4648, both alphabets) inside a text. Every run long enough to hold a key is tried, with the lines it goes on in;
// what decodes to text is a layer of its own. Random runs are given up after a few bytes.

import { isUtf8 } from 'node:buffer';
import { createRunFinder } from '../runs.js';
import type { Encoding } from '../types.js';
import { blocksFrom, goesOn, type Segment } from './base64-block.js';
import { type Layer, originAt } from './layer.js';

/** A run, and where its layer begins and ends in the parent. */
export interface Base64Run {
  readonly start: number;
  readonly end: number;
  readonly layer: Layer;
}

/** 16 bytes, the shortest ID, take 22 characters. */
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

/** Decodes lines from `phase` characters into the first. Null as soon as they do not read like text. */
const decode = (layer: Layer, lines: readonly Segment[], phase: number): Layer | null => {
  const { text } = layer;
  const start = (lines[0]?.start ?? 0) + phase;
  const end = lines.at(-1)?.end ?? start;
  if (!beginsAsText(text, start, lines[0]?.end ?? start)) return null;
  const size = Math.floor(((end - start) * 3) / 4) + 1;
  const codes = new Uint8Array(size);
  const origin = new Int32Array(size + 1);
  let length = 0;
  let bits = 0;
  let held = 0;
  let first = -1;
  let odd = 0;
  let high = 0;
  let characters = 0;
  for (const line of lines) {
    for (let i = Math.max(start, line.start); i < line.end; i++) {
      if (held === 0) first = i;
      bits = ((bits << 6) | (VALUES[text.charCodeAt(i)] ?? 0)) & 0xffffff;
      characters++;
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
    // The shortest key, unpadded, is whole.
    cut: characters > 22 && goesOn(text, end),
  };
};

/** What is asked of a decoded text. */
export interface DecodedJudge {
  /** Whether it holds a key. */
  holdsKey(text: string): boolean;
  /** How many keys it holds; one when it is a value and nothing else. */
  valuesIn(text: string): number;
}

/** Whether lines that also read as one text are values of their own: read as one, fewer of them are whole. */
const standAlone = (layer: Layer, lines: readonly Segment[], whole: Layer, judge: DecodedJudge): boolean => {
  const valuesOf = (line: Segment): number => {
    const text = decode(layer, [line], 0)?.text;
    return text === undefined ? 0 : judge.valuesIn(text);
  };
  const together = judge.valuesIn(whole.text);
  const [first] = lines;
  if (together === 0) return first !== undefined && valuesOf(first) > 0;
  return lines.reduce((sum, line) => sum + valuesOf(line), 0) > together;
};

/**
 * The runs of a layer that decode to text, in order.
 * @param judge tells of a decoded text whether it was worth it where the run's start is not known: a run that has other text
 *   glued before it is decoded at all four phases
 * @param budget how many characters may be decoded in all; it is counted down
 */
export const base64Runs = (layer: Layer, judge: DecodedJudge, budget: { left: number }): Base64Run[] => {
  const runs: Base64Run[] = [];
  const { text } = layer;
  /** Lines before this are read one by one: as a block they were none. */
  let apart = 0;
  let end = 0;
  for (let start = begins.next(text, 0); start >= 0; start = begins.next(text, end)) {
    const own = { start, end: begins.end(text, start) };
    const blocks = start < apart ? [] : blocksFrom(text, start, own.end);
    const furthest = blocks[0]?.at(-1)?.end ?? own.end;
    if (start >= apart) budget.left -= furthest - start;
    if (budget.left < 0) break;
    const found =
      firstOf(blocks, (lines) => (lines.length > 1 ? readBlock(layer, lines, judge) : null)) ??
      readRun(layer, [own], judge);
    end = own.end;
    for (const run of found) {
      runs.push(run);
      end = Math.max(end, run.end);
    }
    if (end < furthest) apart = furthest;
  }
  return runs;
};

const firstOf = <T, R>(items: readonly T[], read: (item: T) => R | null): R | null => {
  for (const item of items) {
    const result = read(item);
    if (result !== null) return result;
  }
  return null;
};

/** A block read as one text; null when its lines are better read one by one. */
const readBlock = (layer: Layer, lines: readonly Segment[], judge: DecodedJudge): readonly Base64Run[] | null => {
  const found = readRun(layer, lines, judge);
  const [run] = found;
  return run === undefined || standAlone(layer, lines, run.layer, judge) ? null : found;
};

/** Lines decoded from their first character on, else, where that brings a key to light, from the second, third or fourth. */
const readRun = (layer: Layer, lines: readonly Segment[], judge: DecodedJudge): readonly Base64Run[] => {
  const plain = decode(layer, lines, 0);
  if (plain !== null) return [runOf(layer, lines, 0, plain)];
  // Nearly all runs are words: nothing is made for those.
  let found: Base64Run[] | null = null;
  for (let phase = 1; phase < 4; phase += 1) {
    const decoded = decode(layer, lines, phase);
    if (decoded === null || !judge.holdsKey(decoded.text)) continue;
    found ??= [];
    found.push(runOf(layer, lines, phase, decoded));
  }
  return found ?? NONE;
};

const NONE: readonly Base64Run[] = [];

const runOf = ({ text }: Layer, lines: readonly Segment[], phase: number, decoded: Layer): Base64Run => {
  const last = lines.at(-1)?.end ?? 0;
  const padding = /^={0,2}/.exec(text.slice(last, last + 2))?.[0].length ?? 0;
  return { start: (lines[0]?.start ?? 0) + phase, end: last + padding, layer: decoded };
};
