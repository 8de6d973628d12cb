import { describe, expect, it } from 'vitest';
import { anchorsOf } from '../../src/detect/anchors.js';
import { rulesFor } from '../../src/detect/rules.js';
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
    const anchors = anchorsOf(rulesFor({ minConfidence: 'low' }));
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

describe('the search of long texts, most of which it leaps over', () => {
  const builtIn = anchorsOf(rulesFor({}));
  const own = ['abc', 'LTAI', 'QXQXQ', 'zzzzzz', '1234567', '12345678', 'XQX', 'AIL'].map(bytes);

  /** `length` bytes of which most are in no anchor, with whole anchors and pieces of them here and there, also overlapping. */
  const sparse = (next: () => number, anchors: readonly Uint8Array[], length: number): Uint8Array => {
    const text = Uint8Array.from({ length }, () => 0xe0 + Math.floor(next() * 16));
    for (let at = 0; at < length; at += Math.floor(next() * 400)) {
      for (let copies = Math.floor(next() * 4); copies > 0; copies--) {
        const anchor = anchors[Math.floor(next() * anchors.length)] ?? new Uint8Array();
        const from = next() < 0.5 ? 0 : Math.floor(next() * anchor.length);
        text.set(anchor.subarray(from).subarray(0, length - at), at);
        at = Math.min(at + 1 + Math.floor(next() * 8), length);
      }
      at++;
    }
    return text;
  };

  it.each([
    ['the built-in anchors', builtIn],
    ['anchors of its own', own],
    ['both', [...builtIn, ...own]],
  ])('agrees with a naive one: %s', (_, anchors) => {
    const next = randomFrom(11);
    const kernel = createKernel(anchors, 8192);
    let hits = 0;
    for (let round = 0; round < 60; round++) {
      const text = sparse(next, anchors, 4096);
      kernel.buffer.set(text);
      const start = Math.floor(next() * 40);
      // What follows is there already, so that an anchor that only begins before the end is not taken.
      const end = text.length - Math.floor(next() * 60);
      const found = allHits((from) => kernel.search(Math.max(from, start), end));
      expect(found).toEqual(allHits((from) => naive(anchors, text, Math.max(from, start), end)));
      hits += found.length;
    }
    expect(hits).toBeGreaterThan(300);
  });

  it.each([0x2e, 0x00, 0xff])('finds each anchor at both parities and far from the start, among bytes %i', (filler) => {
    const anchors = [...builtIn, ...own];
    const kernel = createKernel(anchors, 1024);
    for (const anchor of anchors) {
      const head = anchor.subarray(0, 8);
      for (let at = 126; at < 194; at++) {
        kernel.buffer.fill(filler);
        kernel.buffer.set(head, at);
        const first = naive(anchors, kernel.buffer, 1, at + head.length);
        expect(kernel.search(1, 1024)).toBe(first);
        expect(kernel.search(1, at + head.length)).toBe(first);
        expect(kernel.search(0, at + head.length)).toBe(first);
      }
    }
  });

  it('takes no anchor that ends after the end, wherever that is', () => {
    const kernel = createKernel(own, 1024);
    for (const anchor of own) {
      for (let at = 126; at < 194; at++) {
        kernel.buffer.fill(0x2e);
        kernel.buffer.set(anchor, at);
        const end = at + anchor.length - 1;
        expect(kernel.search(0, end)).toBe(naive(own, kernel.buffer, 0, end));
      }
    }
  });

  it('takes no anchor that starts before the start, though what it is known by comes after', () => {
    const kernel = createKernel(builtIn, 1024);
    for (const anchor of builtIn) {
      for (let before = 1; before < 8; before++) {
        kernel.buffer.fill(0x2e);
        kernel.buffer.set(anchor.subarray(0, 8), 200 - before);
        for (const start of [200, 60, 61]) {
          expect(kernel.search(start, 700)).toBe(naive(builtIn, kernel.buffer, start, 700));
        }
      }
    }
  });

  it('finds the first of two that overlap, though the second is known by what comes sooner', () => {
    const anchors = [...builtIn, ...own].map((anchor) => anchor.subarray(0, 8));
    const kernel = createKernel(anchors, 1024);
    const next = randomFrom(12);
    for (let round = 0; round < 4000; round++) {
      kernel.buffer.fill(0x2e);
      const at = 130 + Math.floor(next() * 64);
      for (const place of [at, at + 1 + Math.floor(next() * 7)]) {
        kernel.buffer.set(anchors[Math.floor(next() * anchors.length)] ?? [], place);
      }
      expect(kernel.search(0, 400)).toBe(naive(anchors, kernel.buffer, 0, 400));
    }
  });

  it('finds the same whatever was searched before: after a crowd of anchors it leaps less', () => {
    const kernel = createKernel([bytes('LTAI')], 65_536);
    const text = Buffer.alloc(65_536, '.');
    text.fill('LTAI', 1000, 3000);
    text.write('LTAI', 40_001, 'latin1');
    kernel.buffer.set(text);
    const expected = [...Array.from({ length: 500 }, (_, index) => 1000 + 4 * index), 40_001];
    for (let round = 0; round < 3; round++) {
      expect(allHits((from) => kernel.search(from, text.length))).toEqual(expected);
      expect(kernel.search(3000, 65_536)).toBe(40_001);
    }
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
