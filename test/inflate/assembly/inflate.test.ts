import {
  constants,
  createDeflate,
  deflateRawSync,
  deflateSync,
  type InputType,
  inflateRawSync,
  inflateSync,
} from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { compile, groundOf } from '../../support/kernel-modules.js';
import { randomFrom } from '../../support/keys.js';
import { randomDeflate } from './deflate.js';

interface Inflate {
  readonly memory: WebAssembly.Memory;
  readonly SLACK: { readonly value: number };
  readonly produced: { readonly value: number };
  initInflate(): void;
  inflate(src: number, srcEnd: number, dst: number, capacity: number): number;
}

const module = compile('inflate/assembly/inflate.ts') as unknown as Inflate;
module.initInflate();
const ground = groundOf(module.memory, 4 << 20);
const BEFORE = 4096;
const AFTER = 4096;
const dst = ground.start + BEFORE;

interface Inflated {
  /** Bytes of the stream that were used, 0 when it was refused. */
  readonly used: number;
  readonly bytes: Buffer;
  /** Whether nothing was written outside of what may be. */
  readonly kept: boolean;
}

/** The stream lies so that a load of more than 64 bytes past its end traps. */
const inflate = (stream: Uint8Array, capacity: number): Inflated => {
  const end = ground.end - 64;
  const limit = dst + capacity + module.SLACK.value;
  ground.put(end - stream.length, stream);
  ground.guard(end, ground.end);
  ground.guard(ground.start, dst);
  ground.guard(limit, limit + AFTER);
  const used = module.inflate(end - stream.length, end, dst, capacity);
  return {
    used,
    bytes: ground.take(dst, module.produced.value),
    kept: ground.isGuarded(ground.start, dst) && ground.isGuarded(limit, limit + AFTER),
  };
};

/** What zlib makes of a stream whose checksum does not matter. */
const reference = (stream: Buffer, capacity: number): Buffer | null => {
  const isHeaderValid = attempt(() => inflateSync(Buffer.from([...stream.subarray(0, 2), 3, 0, 0, 0, 0, 1]))) !== null;
  if (!isHeaderValid) return null;
  const bytes = attempt(() => inflateRawSync(stream.subarray(2), { maxOutputLength: capacity + 1 }));
  return bytes !== null && bytes.length <= capacity ? bytes : null;
};

/** Comparing bytes this way takes no time. */
const isSame = (got: Inflated, wanted: Buffer | null): boolean =>
  wanted === null ? got.used === 0 : got.used > 0 && got.bytes.equals(wanted);

const attempt = (work: () => Buffer): Buffer | null => {
  try {
    return work();
  } catch {
    return null;
  }
};

const next = randomFrom(4);
const below = (end: number): number => Math.floor(next() * end);
const pick = <T>(values: readonly [T, ...T[]]): T => values[below(values.length)] ?? values[0];

const WORDS = ['const ', 'return ', '(', ')', '\n', '  ', 'import ', "'", ';', 'x', 'accessKey', '0', 'the '] as const;

/** Content of one of the kinds that compress differently. */
const content = (length: number): Buffer => {
  const bytes = Buffer.alloc(length);
  const period = 1 + below(40);
  const kind = below(5);
  if (kind === 0) for (let i = 0; i < length; i++) bytes[i] = below(256);
  if (kind === 1) for (let i = 0; i < length; ) i += Math.max(1, bytes.write(pick(WORDS), i, 'latin1'));
  if (kind === 2) for (let i = 0; i < length; i++) bytes[i] = i < period ? below(256) : (bytes[i - period] ?? 0);
  if (kind === 3) for (let i = 0; i < length; i++) bytes[i] = Math.min(below(256), below(256), below(256));
  if (kind === 4) bytes.fill(below(256));
  return bytes;
};

const LENGTHS = [0, 1, 2, 3, 7, 8, 15, 16, 17, 100, 700, 2000, 5000, 40_000, 150_000] as const;

const compress = (bytes: InputType): Buffer =>
  deflateSync(bytes, {
    level: below(10),
    strategy: below(5),
    memLevel: 1 + below(9),
    windowBits: 9 + below(7),
  });

/** The trailing checksum is not inflate's matter. */
const CHECKSUM = 4;

describe('inflate', () => {
  it('gives what went into zlib, at all levels, strategies, window sizes and kinds of content', () => {
    for (let round = 0; round < 2000; round++) {
      const bytes = content(pick(LENGTHS));
      const stream = compress(bytes);
      const got = inflate(stream, bytes.length);
      expect(got.used).toBe(stream.length - CHECKSUM);
      expect(got.bytes.equals(bytes)).toBe(true);
      expect(got.kept).toBe(true);
    }
  });

  it.each([
    ['Z_PARTIAL_FLUSH', constants.Z_PARTIAL_FLUSH],
    ['Z_SYNC_FLUSH', constants.Z_SYNC_FLUSH],
    ['Z_FULL_FLUSH', constants.Z_FULL_FLUSH],
    ['Z_BLOCK', constants.Z_BLOCK],
  ])('reads streams of many blocks, ended by %s', async (_, flush) => {
    for (let round = 0; round < 15; round++) {
      const parts = Array.from({ length: 1 + below(8) }, () => content(pick(LENGTHS)));
      const deflate = createDeflate({ level: below(10), strategy: below(5) });
      const chunks: Buffer[] = [];
      deflate.on('data', (chunk: Buffer) => chunks.push(chunk));
      for (const part of parts) {
        deflate.write(part);
        await new Promise<void>((done) => deflate.flush(flush, done));
      }
      const ended = new Promise((done) => deflate.on('end', done));
      deflate.end();
      await ended;
      const stream = Buffer.concat(chunks);
      const bytes = Buffer.concat(parts);
      const got = inflate(stream, bytes.length);
      expect(got.used).toBe(stream.length - CHECKSUM);
      expect(got.bytes.equals(bytes)).toBe(true);
    }
  });

  it('reads codes that no compressor makes', () => {
    const draw = randomFrom(5);
    for (let round = 0; round < 800; round++) {
      const { stream, output } = randomDeflate({ next: draw, faults: 0 });
      expect(attempt(() => inflateRawSync(stream.subarray(2)))?.equals(output)).toBe(true);
      const got = inflate(stream, output.length);
      expect(got.used).toBe(stream.length);
      expect(got.bytes.equals(output)).toBe(true);
      expect(got.kept).toBe(true);
    }
  });

  it('takes and refuses the same codes as zlib', () => {
    const draw = randomFrom(6);
    let refused = 0;
    for (let round = 0; round < 2500; round++) {
      const { stream } = randomDeflate({ next: draw, faults: pick([0.001, 0.005, 0.05]) });
      const capacity = 70_000;
      const wanted = reference(stream, capacity);
      const got = inflate(stream, capacity);
      expect(isSame(got, wanted)).toBe(true);
      expect(got.kept).toBe(true);
      if (wanted === null) refused++;
    }
    expect(refused).toBeGreaterThan(600);
    expect(refused).toBeLessThan(2400);
  });

  it('makes of a damaged or cut stream what zlib makes of it, writing nowhere else', () => {
    let taken = 0;
    for (let round = 0; round < 1500; round++) {
      const bytes = content(pick([0, 1, 20, 300, 2000, 20_000]));
      const whole = round % 2 === 0 ? compress(bytes) : randomDeflate({ next, faults: 0 }).stream;
      const stream = Buffer.from(next() < 0.2 ? whole.subarray(0, below(whole.length)) : whole);
      for (let flips = below(4); flips > 0 && stream.length > 0; flips--) {
        const at = below(next() < 0.5 ? Math.min(stream.length, 100) : stream.length);
        stream[at] = (stream[at] ?? 0) ^ (1 << below(8));
      }
      const capacity = next() < 0.8 ? bytes.length : below(70_000);
      const wanted = reference(stream, capacity);
      const got = inflate(stream, capacity);
      expect(isSame(got, wanted)).toBe(true);
      expect(got.kept).toBe(true);
      if (wanted !== null) taken++;
    }
    expect(taken).toBeGreaterThan(150);
  });

  it('stays within its bounds on random bytes', () => {
    for (let round = 0; round < 3000; round++) {
      const stream = Buffer.concat([
        Buffer.from([0x78, 0x9c]),
        Uint8Array.from({ length: below(400) }, () => below(256)),
      ]);
      if (stream.length > 2) stream[2] = ((stream[2] ?? 0) & 0xf8) | pick([0, 1, 2, 3, 4, 5, 6, 7]);
      const got = inflate(stream, below(3000));
      expect(got.kept).toBe(true);
      if (got.used > 0) expect(inflateRawSync(stream.subarray(2, got.used)).equals(got.bytes)).toBe(true);
    }
  });

  it('says how many bytes there are when room for more was given, and refuses more than there is room for', () => {
    for (const level of [0, 6]) {
      const bytes = content(2000);
      const stream = deflateSync(bytes, { level });
      expect(inflate(stream, 5000)).toMatchObject({ used: stream.length - CHECKSUM, bytes });
      for (const room of [0, 1, 2, 7, 1000, 1990, 1999]) {
        expect(inflate(stream, room)).toMatchObject({ used: 0, kept: true, bytes: Buffer.alloc(0) });
      }
    }
  });

  it('keeps within the output however far a match goes over its end', () => {
    const stream = deflateSync(Buffer.alloc(100_000, 'ab'));
    for (let room = 0; room < 1200; room++) expect(inflate(stream, room)).toMatchObject({ used: 0, kept: true });
  });

  it('takes nothing from before the output', () => {
    const far = deflateRawSync(Buffer.from('the same words, the same words'), {
      dictionary: Buffer.from('the same words, '.repeat(8)),
    });
    expect(inflate(Buffer.concat([Buffer.from([0x78, 0x9c]), far]), 100).used).toBe(0);
  });

  it("refuses each of zlib's headers that zlib refuses, and a stream that needs a dictionary", () => {
    for (let header = 0; header < 65_536; header++) {
      const stream = Buffer.from([header >> 8, header & 255, 3, 0, 0, 0, 0, 1]);
      if (header % 31 === 0 || header % 257 === 0) {
        expect(inflate(stream, 0).used > 0).toBe(attempt(() => inflateSync(stream)) !== null);
      } else if (inflate(stream, 0).used > 0) expect.unreachable();
    }
    const needs = deflateSync(Buffer.from('words'), { dictionary: Buffer.from('words') });
    expect(inflate(needs, 100).used).toBe(0);
  });

  it('refuses every stream that ends too early', () => {
    for (const level of [0, 1, 9]) {
      const bytes = content(300);
      const stream = deflateSync(bytes, { level });
      for (let length = 0; length < stream.length - CHECKSUM; length++) {
        expect(inflate(stream.subarray(0, length), bytes.length).used).toBe(0);
      }
    }
  });
});
