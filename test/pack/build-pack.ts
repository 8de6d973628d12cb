// Packs and their indexes written by hand (gitformat-pack), so that they can say what git would never write.

import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

const TYPES = { commit: 1, tree: 2, blob: 3, tag: 4, 'ofs-delta': 6, 'ref-delta': 7 } as const;

export interface HandEntry {
  /** The name under which the index lists it. */
  readonly oid: string;
  readonly type: keyof typeof TYPES;
  /** What is compressed. */
  readonly content: Buffer;
  /** Instead of the length of `content`. */
  readonly size?: number | bigint;
  /** Instead of what `content` compresses to. */
  readonly stream?: Buffer;
  /** Of a `ref-delta`. */
  readonly base?: string;
  /** Of an `ofs-delta`: how many bytes before this entry its base begins. */
  readonly back?: number;
  /** Where the index says that it begins, instead of where it does. */
  readonly offset?: number;
}

export const blobName = (bytes: Buffer): string =>
  createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');

export const blobEntry = (content: Buffer): HandEntry => ({ oid: blobName(content), type: 'blob', content });

/** A delta that copies nothing and inserts all. */
export const insertingDelta = (baseSize: number, target: Buffer, targetSize: number = target.length): Buffer => {
  const parts: Buffer[] = [varint(baseSize), varint(targetSize)];
  for (let at = 0; at < target.length; at += 127) {
    const piece = target.subarray(at, at + 127);
    parts.push(Buffer.of(piece.length), piece);
  }
  return Buffer.concat(parts);
};

const varint = (value: number): Buffer => {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
};

const entryHeader = (type: number, size: bigint): Buffer => {
  const bytes: number[] = [];
  let byte = (type << 4) | Number(size & 15n);
  for (let rest = size >> 4n; rest > 0n; rest >>= 7n) {
    bytes.push(byte | 128);
    byte = Number(rest & 127n);
  }
  return Buffer.from([...bytes, byte]);
};

const wayBack = (distance: number): Buffer => {
  const bytes = [distance & 127];
  for (let rest = distance >> 7; rest > 0; rest >>= 7) bytes.unshift(128 | (--rest & 127));
  return Buffer.from(bytes);
};

const encoded = ({ type, content, size, stream, base, back }: HandEntry): Buffer =>
  Buffer.concat([
    entryHeader(TYPES[type], BigInt(size ?? content.length)),
    type === 'ref-delta' ? Buffer.from(base ?? '', 'hex') : Buffer.alloc(0),
    type === 'ofs-delta' ? wayBack(back ?? 0) : Buffer.alloc(0),
    stream ?? deflateSync(content),
  ]);

/**
 * Writes a pack and its index (of SHA-1) into a folder of objects, and gives their path without the ending. Checksums of both
 * files are right, whatever they hold.
 */
export const writePack = (objects: string, entries: readonly HandEntry[]): string => {
  const parts: Buffer[] = [Buffer.from('PACK\0\0\0\x02'), Buffer.alloc(4)];
  parts[1]?.writeUInt32BE(entries.length);
  let offset = 12;
  const listed = entries.map((entry) => {
    const bytes = encoded(entry);
    parts.push(bytes);
    offset += bytes.length;
    return { oid: entry.oid, crc: crc32(bytes), offset: entry.offset ?? offset - bytes.length };
  });
  const pack = withSum(parts);
  const sum = pack.subarray(-20);
  const stem = path.join(objects, 'pack', `pack-${sum.toString('hex')}`);
  mkdirSync(path.dirname(stem), { recursive: true });
  writeFileSync(`${stem}.pack`, pack);
  listed.sort((a, b) => (a.oid < b.oid ? -1 : 1));
  const words = (values: readonly number[]): Buffer => {
    const bytes = Buffer.alloc(values.length * 4);
    for (const [at, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, at * 4);
    return bytes;
  };
  const fanout = Array.from(
    { length: 256 },
    (_, byte) => listed.filter(({ oid }) => Number.parseInt(oid.slice(0, 2), 16) <= byte).length,
  );
  const index = withSum([
    Buffer.from('\xfftOc\0\0\0\x02', 'latin1'),
    words(fanout),
    ...listed.map(({ oid }) => Buffer.from(oid, 'hex')),
    words(listed.map(({ crc }) => crc)),
    words(listed.map((entry) => entry.offset)),
    sum,
  ]);
  writeFileSync(`${stem}.idx`, index);
  return stem;
};

const withSum = (parts: readonly Buffer[]): Buffer => {
  const all = Buffer.concat(parts);
  return Buffer.concat([all, createHash('sha1').update(all).digest()]);
};
