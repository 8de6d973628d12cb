// UTF-16 without asking for a byte order mark: an anchor in UTF-16 says at which parity and in which order the bytes
// stand. The whole window is read so; what is no UTF-16 in it becomes characters that match nothing.

import type { Layer } from './layer.js';

export interface Utf16 {
  /** Offset of the first code unit: 0 or 1. */
  readonly parity: 0 | 1;
  readonly order: 'le' | 'be';
}

const SAMPLE = 4096;

/**
 * How the window reads as UTF-16 around an anchor at `hit`, the offset of its first byte that is not zero. In both orders a
 * zero stands between two letters; a mark at the blob's start decides, else that code units begin at even offsets.
 * @param at the window's offset in its blob
 */
export const utf16At = (bytes: Uint8Array, hit: number, at: number): Utf16 => {
  const marked =
    at === 0 && bytes[0] === 0xfe && bytes[1] === 0xff
      ? 'be'
      : at === 0 && bytes[0] === 0xff && bytes[1] === 0xfe
        ? 'le'
        : null;
  const order = marked ?? ((at + hit) % 2 === 0 ? 'le' : 'be');
  const first = order === 'le' ? hit : hit - 1;
  return { parity: first % 2 === 0 ? 0 : 1, order };
};

/** Decodes the window; `encoding` of the layer is its order. */
export const utf16Layer = (bytes: Uint8Array, { parity, order }: Utf16): Layer => {
  const length = Math.floor((bytes.length - parity) / 2);
  const origin = new Int32Array(length + 1);
  const parts: string[] = [];
  let codes: number[] = [];
  for (let i = 0; i < length; i++) {
    const at = parity + 2 * i;
    const low = bytes[order === 'le' ? at : at + 1] ?? 0;
    const high = bytes[order === 'le' ? at + 1 : at] ?? 0;
    origin[i] = at;
    codes.push(low | (high << 8));
    if (codes.length === SAMPLE) {
      parts.push(String.fromCharCode(...codes));
      codes = [];
    }
  }
  parts.push(String.fromCharCode(...codes));
  origin[length] = parity + 2 * length;
  return {
    text: parts.join(''),
    origin,
    touched: null,
    encoding: [order === 'le' ? 'utf-16le' : 'utf-16be'],
    depth: 1,
  };
};

/** A decoded text that is itself UTF-16 (PowerShell's encoded commands): its layer, or null. */
export const nestedUtf16 = (layer: Layer): Layer | null => {
  const { text } = layer;
  let even = 0;
  let odd = 0;
  for (let i = 0; i + 1 < text.length; i += 2) {
    if (text.charCodeAt(i) === 0) even++;
    if (text.charCodeAt(i + 1) === 0) odd++;
  }
  const half = text.length / 4;
  if (even < half && odd < half) return null;
  const decoded = utf16Layer(Buffer.from(text, 'latin1'), { parity: 0, order: odd >= even ? 'le' : 'be' });
  const within = layer.origin;
  return {
    ...decoded,
    origin: within === null ? decoded.origin : (decoded.origin?.map((i) => within[i] ?? 0) ?? null),
    encoding: [...layer.encoding, ...decoded.encoding],
    depth: layer.depth + 1,
  };
};
