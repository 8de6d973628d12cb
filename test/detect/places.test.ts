import { describe, expect, it } from 'vitest';
import { advance, createPlacer, createWidePlacer, START } from '../../src/detect/places.js';
import type { Place } from '../../src/detect/types.js';
import { randomFrom } from '../support/keys.js';

/** Line and column by decoding all that stands before. */
const naive = (before: Buffer, decode: (bytes: Buffer) => string): Omit<Place, 'offset'> => {
  const text = decode(before).replace(/^\ufeff/, '');
  const lines = text.split('\n');
  return { line: lines.length, column: [...(lines.at(-1) ?? '')].length + 1 };
};

const utf8 = (bytes: Buffer): string => bytes.toString('utf8');
const PIECES = ['a', 'Z9', 'é', '密钥', '😀', '\n', '\r\n', '\t', ' ', '\n\n', '\u00a0'];

const randomText = (seed: number, pieces: number): readonly string[] => {
  const next = randomFrom(seed);
  return Array.from({ length: pieces }, () => PIECES[Math.floor(next() * PIECES.length)] ?? '');
};

describe('places in UTF-8', () => {
  it('agree with decoding all that stands before, with and without a byte order mark', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const parts = [...(seed % 2 === 0 ? ['\ufeff'] : []), ...randomText(seed, 80)];
      const bytes = Buffer.from(parts.join(''));
      const placeOf = createPlacer(bytes, START);
      for (let i = seed % 3; i < parts.length; i += 3) {
        const offset = Buffer.byteLength(parts.slice(0, i).join(''));
        if (i === 0 && seed % 2 === 0) continue;
        expect(placeOf(offset)).toEqual({ offset, ...naive(bytes.subarray(0, offset), utf8) });
      }
    }
  });

  it('go on from what came before', () => {
    const parts = randomText(7, 300);
    const bytes = Buffer.from(parts.join(''));
    for (let i = 0; i < parts.length; i += 11) {
      const cut = Buffer.byteLength(parts.slice(0, i).join(''));
      const state = advance(bytes.subarray(0, cut), START);
      expect(createPlacer(bytes.subarray(cut), state)(bytes.length - cut)).toEqual(
        createPlacer(bytes, START)(bytes.length),
      );
    }
  });

  it('take the number of line feeds from one who knows it', () => {
    const bytes = Buffer.from('a\nb\nccc');
    expect(advance(bytes, START, 2)).toEqual(advance(bytes, START));
  });

  it('count a stray byte of another encoding as one column', () => {
    expect(createPlacer(Buffer.from([0x61, 0xe9, 0xe8, 0x62]), START)(3).column).toBe(4);
  });

  it('are the same for one offset asked twice', () => {
    const placeOf = createPlacer(Buffer.from('a\nbc'), START);
    expect(placeOf(3)).toEqual(placeOf(3));
  });
});

describe('places in UTF-16', () => {
  it.each(['le', 'be'] as const)('agree with decoding all that stands before (%s)', (order) => {
    const swap = (bytes: Buffer): Buffer => (order === 'le' ? bytes : Buffer.from(bytes).swap16());
    for (let seed = 1; seed <= 40; seed++) {
      const parts = [...(seed % 2 === 0 ? ['\ufeff'] : []), ...randomText(seed, 60)];
      const bytes = swap(Buffer.from(parts.join(''), 'utf16le'));
      const placeOf = createWidePlacer(bytes, order, 0, START);
      for (let i = 1; i < parts.length; i += 4) {
        const offset = parts.slice(0, i).join('').length * 2;
        const before = naive(bytes.subarray(0, offset), (part) => swap(part).toString('utf16le'));
        expect(placeOf(offset)).toEqual({ offset, ...before });
      }
    }
  });
});
