import { describe, expect, it } from 'vitest';
import { bytesOfHex, createObjectNames } from '../../src/git/object-names.js';
import { randomFrom } from '../support/keys.js';

const namesFrom = (seed: number, count: number, bytes: number): readonly string[] => {
  const next = randomFrom(seed);
  return Array.from({ length: count }, () =>
    Array.from({ length: bytes }, () =>
      Math.floor(next() * 256)
        .toString(16)
        .padStart(2, '0'),
    ).join(''),
  );
};

describe('names of objects', () => {
  it.each([20, 32])('of %i bytes are numbered as they come, each once, however many there are', (bytes) => {
    const all = namesFrom(1, 5_000, bytes);
    const names = createObjectNames(bytes);
    for (const [index, oid] of all.entries()) expect(names.addHex(oid)).toBe(index);
    for (const [index, oid] of all.entries()) {
      expect(names.addHex(oid)).toBe(index);
      expect(names.findHex(oid)).toBe(index);
      expect(names.hex(index)).toBe(oid);
    }
    expect(names.count).toBe(all.length);
    for (const oid of namesFrom(2, 1_000, bytes)) expect(names.findHex(oid)).toBe(-1);
  });

  it('that differ in their last byte only are told apart', () => {
    const names = createObjectNames(20);
    const start = 'ab'.repeat(19);
    for (let last = 0; last < 256; last++) names.addHex(start + last.toString(16).padStart(2, '0'));
    expect(names.count).toBe(256);
    expect(names.findHex(`${start}80`)).toBe(128);
  });

  it('are refused when they are of another length', () => {
    expect(() => createObjectNames(20).addHex('abcd')).toThrow(RangeError);
    expect(() => createObjectNames(20).hex(0)).toThrow(RangeError);
  });

  it('are read from hexadecimal, and from nothing else', () => {
    const into = new Uint8Array(4);
    expect(bytesOfHex(Buffer.from('xx00ff12aB'), 2, into, 1, 3)).toBe(true);
    expect([...into]).toEqual([0, 0, 255, 18]);
    for (const text of ['0g', 'G0', ' 0', 'AB']) expect(bytesOfHex(Buffer.from(text), 0, into, 0, 1)).toBe(false);
  });
});
