import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { compile, groundOf } from '../support/kernel-modules.js';
import { randomFrom } from '../support/keys.js';
import { commit, git, repository } from '../support/repository.js';

interface Delta {
  readonly memory: WebAssembly.Memory;
  readonly baseSize: { readonly value: number };
  readonly targetSize: { readonly value: number };
  initDelta(): void;
  clearAnchors(): void;
  addAnchor(bytes: bigint, length: number, bucket: number): number;
  readSizes(p: number, end: number): number;
  deltaApply(p: number, end: number, base: number, baseLength: number, dst: number, dstLength: number): number;
  deltaSearch(p: number, end: number, base: number, baseLength: number, dstLength: number): number;
  deltaApplySearch(p: number, end: number, base: number, baseLength: number, dst: number, dstLength: number): number;
}

const module = compile('pack/assembly/delta.ts', 'kernel/assembly/search.ts') as unknown as Delta;
module.initDelta();
const ground = groundOf(module.memory, 16 << 20);
const BAD = 0xffffffff;
/** What is read past the base and the delta, and written past the target, at most. */
const OVER = 32;
const GUARD = 256;

interface Outcome {
  readonly valid: boolean;
  /** Null unless valid. */
  readonly target: Buffer | null;
  /** Whether an anchor may be in what the delta brings. */
  readonly alarm: boolean;
}

/** Applies and searches, alone and together. The base, then the delta, ends where a load of more than OVER traps. */
const run = (delta: Uint8Array, base: Uint8Array): Outcome => {
  const baseAt = ground.end - OVER - base.length;
  const deltaAt = baseAt - 64 - delta.length;
  const deltaEnd = deltaAt + delta.length;
  ground.guard(deltaEnd, deltaEnd + 64);
  ground.put(baseAt, base);
  ground.put(deltaAt, delta);
  const from = module.readSizes(deltaAt, deltaEnd);
  const length = module.targetSize.value >>> 0;
  if (from === 0 || module.baseSize.value >>> 0 !== base.length || length > 4 << 20) return REFUSED;
  const dst = ground.start + GUARD;
  const limit = dst + length + OVER;

  const write = (work: () => number): { answer: number; target: Buffer } => {
    ground.guard(ground.start, limit + GUARD);
    const answer = work() >>> 0;
    expect(ground.isGuarded(ground.start, dst) && ground.isGuarded(limit, limit + GUARD)).toBe(true);
    return { answer, target: ground.take(dst, length) };
  };
  const applied = write(() => module.deltaApply(from, deltaEnd, baseAt, base.length, dst, length));
  const both = write(() => module.deltaApplySearch(from, deltaEnd, baseAt, base.length, dst, length));
  const searched = module.deltaSearch(from, deltaEnd, baseAt, base.length, length) >>> 0;
  expect(both.answer).toBe(searched);
  expect(applied.answer).toBe(searched === BAD ? 0 : 1);
  if (searched === BAD) return REFUSED;
  expect(both.target.equals(applied.target)).toBe(true);
  expect([0, 1]).toContain(searched);
  return { valid: true, target: applied.target, alarm: searched === 1 };
};

const REFUSED: Outcome = { valid: false, target: null, alarm: false };

interface Instructions {
  readonly target: Buffer;
  /** Stretches of the target that one instruction copied. */
  readonly copies: readonly (readonly [from: number, to: number])[];
}

/** The plain reading of a delta (gitformat-pack), null when it is not valid. */
const reference = (delta: Buffer, base: Buffer): Instructions | null => {
  let at = 0;
  const size = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = delta[at++];
      if (byte === undefined || scale > 2 ** 40) return -1;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  if (size() !== base.length) return null;
  const length = size();
  if (length < 0 || length > 4 << 20) return null;
  const parts: Buffer[] = [];
  const copies: [number, number][] = [];
  let written = 0;
  while (at < delta.length) {
    const instruction = delta[at++] ?? 0;
    if (instruction === 0) return null;
    let part: Buffer;
    if (instruction < 128) {
      part = delta.subarray(at, at + instruction);
      if (part.length !== instruction) return null;
      at += instruction;
    } else {
      const numbers = [0, 0, 0, 0, 0, 0, 0];
      for (let i = 0; i < 7; i++) {
        if ((instruction & (1 << i)) === 0) continue;
        const byte = delta[at++];
        if (byte === undefined) return null;
        numbers[i] = byte;
      }
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0] = numbers;
      const offset = a + b * 256 + c * 65_536 + d * 16_777_216;
      const count = e + f * 256 + g * 65_536 || 65_536;
      if (offset + count > base.length) return null;
      part = base.subarray(offset, offset + count);
      copies.push([written, written + count]);
    }
    written += part.length;
    if (written > length) return null;
    parts.push(part);
  }
  return written === length ? { target: Buffer.concat(parts), copies } : null;
};

const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]);

const copy = (offset: number, count: number): number[] => {
  const size = count === 65_536 ? 0 : count;
  const numbers = [0, 8, 16, 24].map((shift) => (offset >>> shift) & 255);
  numbers.push(...[0, 8, 16].map((shift) => (size >>> shift) & 255));
  const present = numbers.flatMap((byte, index) => (byte === 0 ? [] : [index]));
  return [present.reduce((bits, index) => bits | (1 << index), 128), ...present.map((index) => numbers[index] ?? 0)];
};

const insert = (bytes: readonly number[]): number[] => [bytes.length, ...bytes];

const deltaOf = (baseLength: number, targetLength: number, instructions: readonly number[]): Buffer =>
  Buffer.from([...varint(baseLength), ...varint(targetLength), ...instructions]);

const next = randomFrom(7);
const below = (end: number): number => Math.floor(next() * end);
const pick = <T>(values: readonly [T, ...T[]]): T => values[below(values.length)] ?? values[0];

/** Bytes of few letters, so that anchors arise everywhere. */
const draw = (length: number, letters: number): number[] => Array.from({ length }, () => 0x61 + below(letters));

const randomDelta = (base: Buffer, letters: number): Buffer => {
  const instructions: number[] = [];
  let length = 0;
  const short = next() < 0.5;
  for (let count = below(next() < 0.1 ? 3000 : 30); count > 0 && length < 2_000_000; count--) {
    const size = short ? 1 + below(9) : pick([1, 2, 7, 8, 15, 16, 17, 18, 31, 32, 33, 127, 300, 2048, 2049, 65_536]);
    if (next() < 0.5 && base.length > 0) {
      const own = Math.min(size, base.length);
      instructions.push(...copy(below(base.length - own + 1), own));
      length += own;
    } else {
      const own = Math.min(size, 127);
      instructions.push(...insert(draw(own, letters)));
      length += own;
    }
  }
  return deltaOf(base.length, length, instructions);
};

const setAnchors = (anchors: readonly Buffer[]): void => {
  module.clearAnchors();
  anchors.forEach((anchor, index) => {
    const padded = Buffer.alloc(8);
    anchor.copy(padded);
    module.addAnchor(padded.readBigUInt64LE(), anchor.length, index);
  });
};

/** Every occurrence of an anchor in the text. */
const occurrences = (text: Buffer, anchors: readonly Buffer[]): readonly (readonly [from: number, to: number])[] =>
  anchors.flatMap((anchor) => {
    const found: [number, number][] = [];
    for (let at = text.indexOf(anchor); at >= 0; at = text.indexOf(anchor, at + 1))
      found.push([at, at + anchor.length]);
    return found;
  });

describe('a delta', () => {
  it('is applied as the format says, and an anchor that it brings is never missed', () => {
    let silent = 0;
    let alarms = 0;
    for (let round = 0; round < 4000; round++) {
      const letters = 2 + below(20);
      const anchors = Array.from({ length: 1 + below(4) }, () => Buffer.from(draw(3 + below(6), letters)));
      setAnchors(anchors);
      const base = Buffer.from(draw(pick([0, 1, 7, 16, 40, 500, 5000, 70_000]), letters));
      const delta = randomDelta(base, letters);
      const wanted = reference(delta, base);
      const got = run(delta, base);
      expect(got.target?.equals(wanted?.target ?? Buffer.alloc(0))).toBe(true);
      const all = occurrences(wanted?.target ?? Buffer.alloc(0), anchors);
      const copies = wanted?.copies ?? [];
      let inner = 0;
      const brought = all.some(([from, to]) => {
        while (inner > 0 && (copies[inner]?.[0] ?? 0) > from) inner--;
        while (inner < copies.length && (copies[inner]?.[1] ?? 0) < to) inner++;
        return (copies[inner]?.[0] ?? Number.POSITIVE_INFINITY) > from;
      });
      if (brought) expect(got.alarm).toBe(true);
      if (all.length === 0) expect(got.alarm).toBe(false);
      if (got.alarm) alarms++;
      else silent++;
    }
    expect(silent).toBeGreaterThan(500);
    expect(alarms).toBeGreaterThan(500);
  });

  it('finds an anchor however it is cut into copies and inserts', () => {
    const anchor = Buffer.from('abcdefgh');
    setAnchors([anchor]);
    // Eight bytes have 128 ways to be cut, and each part is copied or inserted.
    const filler = Buffer.alloc(300, '.');
    for (let cuts = 0; cuts < 128; cuts++) {
      for (let kinds = 0; kinds < 4; kinds++) {
        const parts: number[][] = [[]];
        anchor.forEach((byte, index) => {
          parts.at(-1)?.push(byte);
          if (cuts & (1 << index)) parts.push([]);
        });
        const base = Buffer.concat([filler, ...parts.map((part) => Buffer.concat([Buffer.from(part), filler]))]);
        let at = filler.length;
        const instructions = parts.flatMap((part, index) => {
          const offset = at;
          at += part.length + filler.length;
          const isCopied = kinds === 0 || (kinds === 1 && index % 2 === 0) || (kinds === 2 && index % 2 === 1);
          if (!isCopied) return insert(part);
          // The first and the last part come with more of what lies around them.
          if (index === 0) return copy(offset - 290, part.length + 290);
          return copy(offset, part.length + (index === parts.length - 1 ? 290 : 0));
        });
        const got = run(deltaOf(base.length, lengthOf(instructions), instructions), base);
        expect(got.target?.includes(anchor)).toBe(true);
        if (parts.length > 1 || kinds === 3) expect(got.alarm).toBe(true);
      }
    }
  });

  it('finds an anchor wherever the text to search is cut when its room is full', () => {
    setAnchors([Buffer.from('abcdefgh')]);
    const base = Buffer.alloc(40, '.');
    const dots = (length: number): number[] => insert(Array.from({ length }, () => 0x2e));
    const many = (count: number): number[] => Array.from({ length: count }, () => dots(100)).flat();
    const around = (middle: readonly number[], shift: number): Buffer => {
      const text = [...many(160), ...dots(1 + (shift % 100)), ...many(shift / 100), ...middle, ...many(9)];
      return deltaOf(base.length, lengthOf(text), text);
    };
    const halves = (first: string, second: string): number[] =>
      [first, second].flatMap((half) => insert([...Buffer.from(half)]));
    for (let shift = 0; shift < 600; shift++) {
      expect(run(around(halves('abcd', 'efgh'), shift), base).alarm).toBe(true);
      expect(run(around(halves('abcd', 'eFgh'), shift), base).alarm).toBe(false);
    }
  });

  it('does not take the ends of a copied range for neighbours', () => {
    setAnchors([Buffer.from('abcdefgh')]);
    const base = Buffer.from(`abcd${'.'.repeat(50)}efgh`);
    const whole = copy(0, base.length);
    expect(run(deltaOf(base.length, base.length, whole), base)).toMatchObject({ valid: true, alarm: false });
    const start = Buffer.from(`efgh${'.'.repeat(50)}abcd`);
    const twice = [...copy(0, start.length), ...copy(0, start.length)];
    expect(run(deltaOf(start.length, 2 * start.length, twice), start)).toMatchObject({ valid: true, alarm: true });
  });

  it('copies 65,536 bytes when it says 0, and up to 16,777,215', () => {
    setAnchors([Buffer.from('abcdefgh')]);
    const base = Buffer.from(draw(3_000_000, 26));
    for (const [offset, count] of [
      [0, 65_536],
      [7, 65_536],
      [1, 0x1234],
      [123_456, 2_345_678],
    ] as const) {
      const got = run(deltaOf(base.length, count, copy(offset, count)), base);
      expect(got.target?.equals(base.subarray(offset, offset + count))).toBe(true);
    }
  });

  it('copies up to the last byte of its base and not one more', () => {
    setAnchors([Buffer.from('abcdefgh')]);
    const base = Buffer.from(draw(100, 26));
    for (const count of [1, 8, 16, 17, 33, 100]) {
      const offset = base.length - count;
      const inside = deltaOf(base.length, count, copy(offset, count));
      expect(run(inside, base).target?.equals(base.subarray(offset))).toBe(true);
      expect(run(deltaOf(base.length, count, copy(offset + 1, count)), base)).toEqual(REFUSED);
      expect(run(deltaOf(base.length, count + 1, copy(offset, count + 1)), base)).toEqual(REFUSED);
    }
  });

  it('has no instruction 0, which is reserved', () => {
    const base = Buffer.from('abc');
    expect(run(deltaOf(3, 3, copy(0, 3)), base).valid).toBe(true);
    expect(run(deltaOf(3, 3, [...copy(0, 3), 0]), base)).toEqual(REFUSED);
    expect(run(deltaOf(3, 3, [0, ...copy(0, 3)]), base)).toEqual(REFUSED);
  });

  it('may be empty', () => {
    setAnchors([Buffer.from('abc')]);
    expect(run(deltaOf(0, 0, []), Buffer.alloc(0))).toEqual({ valid: true, target: Buffer.alloc(0), alarm: false });
    expect(run(deltaOf(0, 1, []), Buffer.alloc(0))).toEqual(REFUSED);
  });

  it('is refused when it is broken, and nothing is read or written outside its bounds', () => {
    let refused = 0;
    for (let round = 0; round < 8000; round++) {
      const base = Buffer.from(draw(pick([0, 1, 16, 300, 5000]), 5));
      const whole = randomDelta(base, 5);
      const delta = Buffer.from(next() < 0.2 ? whole.subarray(0, below(whole.length + 1)) : whole);
      for (let flips = 1 + below(3); flips > 0 && delta.length > 0; flips--) {
        const at = below(next() < 0.5 ? Math.min(8, delta.length) : delta.length);
        delta[at] = next() < 0.5 ? below(256) : (delta[at] ?? 0) ^ (1 << below(8));
      }
      const wanted = reference(delta, base);
      const got = run(delta, base);
      expect(got.valid).toBe(wanted !== null);
      if (wanted !== null) expect(got.target?.equals(wanted.target)).toBe(true);
      else refused++;
    }
    expect(refused).toBeGreaterThan(2000);
    expect(refused).toBeLessThan(7600);
  });

  it('begins with two sizes, of which none ends too late or is over 2 GB', () => {
    const at = ground.start;
    const sizes = (bytes: readonly number[]): readonly number[] | null => {
      ground.put(at, Uint8Array.from([...bytes, 1, 1]));
      const place = module.readSizes(at, at + bytes.length);
      return place === 0 ? null : [place - at, module.baseSize.value >>> 0, module.targetSize.value >>> 0];
    };
    expect(sizes([0, 0])).toEqual([2, 0, 0]);
    expect(sizes([0x7f, 0x80, 1])).toEqual([3, 127, 128]);
    expect(sizes([...varint(0x7fffffff), ...varint(12_345_678), 9])).toEqual([9, 0x7fffffff, 12_345_678]);
    expect(sizes([0x80, 0x80, 0x80, 0x80, 8, 5])).toEqual([6, 2 ** 31, 5]);
    expect(sizes([5, 0x80, 0x80, 0x80, 0x80, 8])).toEqual([6, 5, 2 ** 31]);
    expect(sizes([0x81, 0x80, 0x80, 0x80, 8, 5])).toBeNull();
    expect(sizes([5, 0x81, 0x80, 0x80, 0x80, 8])).toBeNull();
    expect(sizes([])).toBeNull();
    expect(sizes([1])).toBeNull();
    expect(sizes([1, 0x80])).toBeNull();
    expect(sizes([...Array.from({ length: 40 }, () => 0xff), 1, 1])).toBeNull();
    expect(sizes([...Array.from({ length: 40 }, () => 0x80), 1, 1])).toBeNull();
  });

  it('that git made gives the object that git gives', () => {
    setAnchors([Buffer.from('LTAI')]);
    const folder = repository();
    const lines = Array.from({ length: 400 }, () => String.fromCharCode(...draw(20 + below(30), 26)));
    for (let version = 0; version < 25; version++) {
      for (let edits = 1 + below(5); edits > 0; edits--) {
        const at = below(lines.length);
        lines.splice(at, below(4), ...Array.from({ length: below(4) }, () => String.fromCharCode(...draw(30, 26))));
      }
      commit(folder, { 'a.txt': lines.join('\n'), [`b${version}`]: lines.slice(below(200)).join('\r\n') });
    }
    git(folder, 'repack', '-adfq', '--depth=30', '--window=20');
    const packs = path.join(folder, '.git/objects/pack');
    const name = readdirSync(packs).find((file) => file.endsWith('.pack')) ?? '';
    const pack = readFileSync(path.join(packs, name));
    const read = (id: string, type: string): Buffer => Buffer.from(git(folder, 'cat-file', type, id), 'latin1');
    let deltas = 0;
    for (const line of git(folder, 'verify-pack', '-v', path.join(packs, name)).split('\n')) {
      const [id = '', type = '', , , offset = '', depth, parent] = line.split(/ +/);
      if (type !== 'blob' || depth === undefined || parent === undefined) continue;
      let at = Number(offset);
      while ((pack[at++] ?? 0) & 128);
      while ((pack[at++] ?? 0) & 128);
      const delta = inflateSync(pack.subarray(at));
      expect(run(delta, read(parent, 'blob'))).toEqual({ valid: true, target: read(id, 'blob'), alarm: false });
      deltas++;
    }
    expect(deltas).toBeGreaterThan(20);
  });
});

/** How many bytes instructions give. */
const lengthOf = (instructions: readonly number[]): number => {
  let length = 0;
  for (let at = 0; at < instructions.length; ) {
    const instruction = instructions[at++] ?? 0;
    if (instruction < 128) {
      length += instruction;
      at += instruction;
      continue;
    }
    let count = 0;
    for (let i = 0; i < 7; i++) {
      if ((instruction & (1 << i)) === 0) continue;
      const byte = instructions[at++] ?? 0;
      if (i > 3) count += byte << (8 * (i - 4));
    }
    length += count === 0 ? 65_536 : count;
  }
  return length;
};
