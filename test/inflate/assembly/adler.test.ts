import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { compile, groundOf } from '../../support/kernel-modules.js';
import { randomFrom } from '../../support/keys.js';

const module = compile('inflate/assembly/adler.ts') as unknown as {
  readonly memory: WebAssembly.Memory;
  adler32(p: number, length: number): number;
};
const ground = groundOf(module.memory, 3 << 20);

/** The bytes lie at the very end of memory: looking past them traps. */
const adler32 = (bytes: Uint8Array): number => {
  ground.put(ground.end - bytes.length, bytes);
  return module.adler32(ground.end - bytes.length, bytes.length) >>> 0;
};

/** zlib's own, from the end of a stream. */
const reference = (bytes: Uint8Array): number => deflateSync(bytes, { level: 0 }).subarray(-4).readUInt32BE();

describe('adler32', () => {
  it("is zlib's for every length up to a few steps", () => {
    const next = randomFrom(1);
    for (let length = 0; length < 300; length++) {
      const bytes = Uint8Array.from({ length }, () => Math.floor(next() * 256));
      expect(adler32(bytes)).toBe(reference(bytes));
    }
  });

  it('does not overflow: two megabytes of the largest byte, and every length around a whole number of rounds', () => {
    expect(adler32(Buffer.alloc(2 << 20, 255))).toBe(reference(Buffer.alloc(2 << 20, 255)));
    for (let length = 4096 - 40; length < 4096 + 40; length++) {
      expect(adler32(Buffer.alloc(length, 255))).toBe(reference(Buffer.alloc(length, 255)));
      expect(adler32(Buffer.alloc(length * 5, 255))).toBe(reference(Buffer.alloc(length * 5, 255)));
    }
  });

  it("is zlib's for long random bytes", () => {
    const next = randomFrom(2);
    for (let round = 0; round < 40; round++) {
      const length = Math.floor(next() * 100_000);
      const bytes = Uint8Array.from({ length }, () => Math.floor(next() * 256));
      expect(adler32(bytes)).toBe(reference(bytes));
    }
  });
});
