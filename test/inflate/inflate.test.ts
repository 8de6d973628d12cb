import { deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { inflateSmall, LARGEST_INFLATED, LARGEST_STREAM } from '../../src/inflate/inflate.js';
import { randomFrom } from '../support/keys.js';

const next = randomFrom(11);
const below = (end: number): number => Math.floor(next() * end);

/** Words and noise: what is repeated near and far, and what is not. */
const text = (length: number): Buffer => {
  const words = Array.from({ length: 40 }, () => Buffer.from(Array.from({ length: 1 + below(30) }, () => below(256))));
  const parts: Buffer[] = [];
  for (let size = 0; size < length; ) {
    const part = words[below(words.length)] ?? Buffer.alloc(1);
    parts.push(part);
    size += part.length;
  }
  return Buffer.concat(parts).subarray(0, length);
};

/** As git reads a loose object: all of the stream, and nothing behind it. */
const reference = (stream: Buffer): Buffer | null => {
  try {
    const how = { maxOutputLength: LARGEST_INFLATED, info: true };
    const { buffer, engine } = inflateSync(stream, how) as unknown as {
      readonly buffer: Buffer;
      readonly engine: { readonly bytesWritten: number };
    };
    return engine.bytesWritten === stream.length ? buffer : null;
  } catch {
    return null;
  }
};

describe('a small stream', () => {
  it('holds what zlib says it holds, however it was made', () => {
    for (const length of [0, 1, 2, 31, 32, 33, 1_000, 65_535, 65_536, 300_000]) {
      for (const level of [0, 1, 6, 9]) {
        const content = text(length);
        expect(inflateSmall(deflateSync(content, { level }))?.equals(content)).toBe(true);
      }
    }
  });

  it('is whole after one that was larger, and its bytes stay when the next is read', () => {
    const first = inflateSmall(deflateSync(Buffer.alloc(200_000, 'a')));
    const second = inflateSmall(deflateSync(Buffer.from('second')));
    inflateSmall(deflateSync(Buffer.from('third!')));
    expect([first?.length, second?.toString()]).toEqual([200_000, 'second']);
  });

  it('is refused where zlib refuses it: flipped, cut, longer than it says, of another kind', () => {
    const made = deflateSync(text(3_000));
    const spoiled: Buffer[] = [Buffer.alloc(0), Buffer.from('x'), Buffer.concat([made, Buffer.from('x')])];
    for (let length = 0; length < made.length; length += 1 + below(40)) spoiled.push(made.subarray(0, length));
    for (let round = 0; round < 2_000; round += 1) {
      const copy = Buffer.from(made);
      const at = below(copy.length);
      copy[at] = (copy[at] ?? 0) ^ (1 << below(8));
      spoiled.push(copy);
    }
    let refused = 0;
    for (const stream of spoiled) {
      const ours = inflateSmall(stream);
      expect(ours).toEqual(reference(stream));
      if (ours === null) refused += 1;
    }
    expect(refused).toBeGreaterThan(spoiled.length / 2);
    expect(inflateSmall(made)).toEqual(reference(made));
  });

  it('is left to others where there is no room for the kernel', async () => {
    vi.resetModules();
    const none = vi.spyOn(WebAssembly, 'Instance').mockImplementation(() => {
      throw new RangeError('Out of memory');
    });
    try {
      const fresh = await import('../../src/inflate/inflate.js');
      fresh.readyToInflate();
      expect(fresh.inflateSmall(deflateSync(Buffer.from('x')))).toBe(null);
      expect(none).toHaveBeenCalledTimes(1);
    } finally {
      none.mockRestore();
    }
  });

  it('is left to others where it or what it holds is large', () => {
    expect(inflateSmall(deflateSync(Buffer.alloc(LARGEST_INFLATED)))).toHaveLength(LARGEST_INFLATED);
    expect(inflateSmall(deflateSync(Buffer.alloc(LARGEST_INFLATED + 1)))).toBe(null);
    const noise = Buffer.from(Array.from({ length: LARGEST_STREAM }, () => below(256)));
    expect(inflateSmall(deflateSync(noise))).toBe(null);
  });
});
