// Text as a decoder left it, with the way back: every character knows the byte of the window it came from. Detection runs
// on layers and reports places in the original bytes.

import type { Encoding } from '../types.js';

export interface Layer {
  /** One character a byte for text as it stands; decoded characters above 0x7f are only ever compared, never shown. */
  readonly text: string;
  /** For each character, and one past the last, the offset in the window. Null: offset and index are the same. */
  readonly origin: Int32Array | null;
  /** For each character the decoders (bits of `TOUCHES`) that made it or took something away before it. Null: none. */
  readonly touched: Uint8Array | null;
  /** Encodings that hold for the whole layer, outermost first. */
  readonly encoding: readonly Encoding[];
  /** How many decodings lie between the bytes and this text. */
  readonly depth: number;
  /** The text may go on beyond its end, out of sight. */
  readonly cut?: boolean;
}

/** Decoders that work inside a text, one bit each. */
export const TOUCHES = {
  percent: 1,
  'unicode-escape': 2,
  'html-entity': 4,
  'quoted-printable': 8,
  ansi: 16,
  concatenation: 32,
  base64: 64,
} as const satisfies Partial<Record<Encoding, number>>;

export type Touch = keyof typeof TOUCHES;

export const rawLayer = (text: string): Layer => ({ text, origin: null, touched: null, encoding: [], depth: 0 });

export const originAt = (layer: Layer, index: number): number =>
  layer.origin === null ? index : (layer.origin[Math.min(index, layer.text.length)] ?? 0);

/** How the characters from `start` up to `end` were written. */
export const encodingOf = (layer: Layer, start: number, end: number): readonly Encoding[] => {
  const touched = layer.touched;
  if (touched === null) return layer.encoding;
  let bits = 0;
  for (let i = start; i < end; i++) bits |= touched[i] ?? 0;
  if (bits === 0) return layer.encoding;
  const found = (Object.keys(TOUCHES) as Touch[]).filter((name) => (bits & TOUCHES[name]) !== 0);
  return [...layer.encoding, ...found];
};

/** Builds the layer that a decoder inside a text makes: copied stretches and replaced ones, in order. */
export class LayerBuilder {
  private readonly parts: string[] = [];
  private length = 0;
  private readonly origin: Int32Array;
  private readonly touched: Uint8Array;
  private pending = 0;

  /** The result is never longer than the layer it is made from. */
  constructor(private readonly from: Layer) {
    this.origin = new Int32Array(from.text.length + 1);
    this.touched = new Uint8Array(from.text.length + 1);
  }

  /** Takes the characters from `start` up to `end` as they are. */
  copy(start: number, end: number): void {
    if (end <= start) return;
    const { origin, touched } = this.from;
    if (origin === null) for (let i = start, to = this.length; i < end; i++, to++) this.origin[to] = i;
    else this.origin.set(origin.subarray(start, end), this.length);
    if (touched !== null) this.touched.set(touched.subarray(start, end), this.length);
    this.touched[this.length] = (this.touched[this.length] ?? 0) | this.pending;
    this.pending = 0;
    this.length += end - start;
    this.parts.push(this.from.text.slice(start, end));
  }

  /** Puts one character (or nothing) where the layer has those from `start` on. */
  replace(start: number, by: string, touch: Touch | null): void {
    const bit = touch === null ? 0 : TOUCHES[touch];
    if (by.length === 0) {
      this.pending |= bit;
      return;
    }
    this.origin[this.length] = originAt(this.from, start);
    this.touched[this.length] = bit | this.pending | (this.from.touched?.[start] ?? 0);
    this.pending = 0;
    this.parts.push(by);
    this.length += by.length;
  }

  build(): Layer {
    this.origin[this.length] = originAt(this.from, this.from.text.length);
    return {
      text: this.parts.join(''),
      origin: this.origin.subarray(0, this.length + 1),
      touched: this.touched.subarray(0, this.length + 1),
      encoding: this.from.encoding,
      depth: this.from.depth + 1,
    };
  }
}
