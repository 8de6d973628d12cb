import { describe, expect, it } from 'vitest';
import { anchorsOf } from '../../src/detect/anchors.js';
import { rulesetFor } from '../../src/detect/rules.js';
import { createKernel } from '../../src/kernel/kernel.js';
import { randomFrom } from '../support/keys.js';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** The first anchor by looking at every place in turn. An anchor counts by its first eight bytes. */
const naive = (anchors: readonly Uint8Array[], buffer: Uint8Array, from: number, to: number): number => {
  const heads = anchors.map((anchor) => anchor.subarray(0, 8));
  for (let at = from; at < to; at++) {
    if (heads.some((head) => at + head.length <= to && head.every((byte, i) => buffer[at + i] === byte))) return at;
  }
  return -1;
};

/** Every hit from `from` on, each search beginning one byte after the last hit. */
const allHits = (search: (from: number) => number): readonly number[] => {
  const hits: number[] = [];
  for (let at = search(0); at >= 0; at = search(at + 1)) hits.push(at);
  return hits;
};

describe('the search', () => {
  it('agrees with a naive one on random bytes of few letters, where everything overlaps', () => {
    const next = randomFrom(1);
    for (let round = 0; round < 300; round++) {
      const letters = 2 + Math.floor(next() * 3);
      const draw = (length: number): Uint8Array =>
        Uint8Array.from({ length }, () => 0x61 + Math.floor(next() * letters));
      const anchors = Array.from({ length: 1 + Math.floor(next() * 20) }, () => draw(3 + Math.floor(next() * 8)));
      const kernel = createKernel(anchors, 1024);
      const text = draw(50 + Math.floor(next() * 200));
      kernel.buffer.set(text);
      const found = allHits((from) => kernel.search(from, text.length));
      expect(found).toEqual(allHits((from) => naive(anchors, text, from, text.length)));
    }
  });

  it('agrees with a naive one on all byte values with the built-in anchors planted', () => {
    const next = randomFrom(2);
    const anchors = anchorsOf(rulesetFor({ minConfidence: 'low' }));
    const kernel = createKernel(anchors, 8192);
    for (let round = 0; round < 20; round++) {
      const text = Uint8Array.from({ length: 8000 }, () => Math.floor(next() * 256));
      for (let i = 0; i < 40; i++) {
        const anchor = anchors[Math.floor(next() * anchors.length)] ?? new Uint8Array();
        text.set(anchor, Math.floor(next() * (text.length - anchor.length)));
      }
      kernel.buffer.set(text);
      const found = allHits((from) => kernel.search(from, text.length));
      expect(found.length).toBeGreaterThan(20);
      expect(found).toEqual(allHits((from) => naive(anchors, text, from, text.length)));
    }
  });

  it('finds an anchor at every alignment, up to the last byte and not past it', () => {
    const kernel = createKernel([bytes('abc'), bytes('LTAI'), bytes('12345678')], 256);
    for (const anchor of ['abc', 'LTAI', '12345678']) {
      for (let at = 0; at < 100; at++) {
        kernel.buffer.fill(0x2e);
        kernel.buffer.set(bytes(anchor), at);
        const end = at + anchor.length;
        expect(kernel.search(0, 256)).toBe(at);
        expect(kernel.search(at, end)).toBe(at);
        expect(kernel.search(0, end - 1)).toBe(-1);
        expect(kernel.search(at + 1, 256)).toBe(-1);
      }
    }
  });

  it('sees nothing of what an earlier, longer text left in the buffer', () => {
    const kernel = createKernel([bytes('LTAI')], 64);
    kernel.buffer.set(bytes('....LTAI'));
    expect(kernel.search(0, 7)).toBe(-1);
    expect(kernel.search(0, 8)).toBe(4);
    expect(kernel.search(0, 0)).toBe(-1);
  });

  it('finds an anchor at the end of a buffer that is filled to the last byte', () => {
    const kernel = createKernel([bytes('LTAI')], 65_537);
    kernel.buffer.set(bytes('LTAI'), 65_533);
    expect(kernel.buffer.length).toBe(65_537);
    expect(kernel.search(0, 65_537)).toBe(65_533);
  });

  it('takes 256 anchors, and finds each of them', () => {
    const anchors = Array.from({ length: 256 }, (_, i) => bytes(`${String.fromCharCode(i)}k${i}`));
    const kernel = createKernel(anchors, 512);
    for (const anchor of anchors) {
      kernel.buffer.fill(0x2e);
      kernel.buffer.set(anchor, 77);
      expect(kernel.search(0, 512)).toBe(77);
    }
  });

  it('refuses more than 256 anchors, and those too short to search for', () => {
    const many = Array.from({ length: 257 }, (_, i) => bytes(`anchor${i}`.slice(-8)));
    expect(() => createKernel(many, 64)).toThrow(RangeError);
    expect(() => createKernel([bytes('ab')], 64)).toThrow(/2 bytes/);
  });

  it('finds nothing without anchors', () => {
    const kernel = createKernel([], 64);
    kernel.buffer.fill(0);
    expect(kernel.search(0, 64)).toBe(-1);
  });

  it('searches anchors longer than eight bytes by their beginning', () => {
    const kernel = createKernel([bytes('0123456789')], 64);
    kernel.buffer.set(bytes('..01234567xx'));
    expect(kernel.search(0, 64)).toBe(2);
  });

  it('keeps kernels apart', () => {
    const [one, two] = [createKernel([bytes('one')], 64), createKernel([bytes('two')], 64)];
    one.buffer.set(bytes('one'));
    two.buffer.set(bytes('one'));
    expect([one.search(0, 64), two.search(0, 64)]).toEqual([0, -1]);
  });
});

describe('counting lines', () => {
  it('counts line feeds between any two places', () => {
    const next = randomFrom(3);
    const kernel = createKernel([bytes('abc')], 512);
    kernel.buffer.set(Uint8Array.from({ length: 512 }, () => (next() < 0.3 ? 10 : next() < 0.5 ? 13 : 0x8a)));
    for (let round = 0; round < 500; round++) {
      const from = Math.floor(next() * 512);
      const to = from + Math.floor(next() * (513 - from));
      const expected = kernel.buffer.subarray(from, to).reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 0);
      expect(kernel.countLines(from, to)).toBe(expected);
    }
  });
});
