// Packs that say what is not so, with all their checksums right: no crash, no hang; what cannot be read is named, and everything
// else is found.

import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, it } from 'vitest';
import { temporaryFolder } from '../support/repository.js';
import { type HandEntry, insertingDelta, writePack } from './build-pack.js';
import { accountFor, createPatient, entryOf, type Planted, planted } from './damage.js';

describe('a pack that lies', () => {
  const [a, b, c] = [planted('a'), planted('b'), planted('c')] as const;
  const withDelta = (over: Partial<HandEntry>): readonly HandEntry[] => [
    entryOf(a),
    { oid: b.oid, type: 'ref-delta', base: a.oid, content: insertingDelta(a.bytes.length, b.bytes), ...over },
  ];
  const half = (entry: HandEntry): Buffer => deflateSync(entry.content).subarray(0, 30);
  const wrongSum = (entry: HandEntry): Buffer => {
    const stream = deflateSync(entry.content);
    stream[stream.length - 1] = (stream.at(-1) ?? 0) ^ 1;
    return stream;
  };
  const copying = (from: number, length: number): Buffer =>
    Buffer.concat([
      insertingDelta(a.bytes.length, Buffer.alloc(0), length),
      Buffer.of(0b10110011, from & 255, from >> 8, length & 255, length >> 8),
    ]);

  const cases: Readonly<
    Record<
      string,
      {
        readonly entries: readonly HandEntry[];
        readonly damaged: readonly Planted[];
        readonly whole?: readonly Planted[];
      }
    >
  > = {
    'a delta against itself': { entries: withDelta({ base: b.oid }), damaged: [b], whole: [a] },
    'deltas in a circle': {
      entries: [
        ...withDelta({ base: c.oid }),
        { oid: c.oid, type: 'ref-delta', base: b.oid, content: insertingDelta(b.bytes.length, c.bytes) },
      ],
      damaged: [b, c],
      whole: [a],
    },
    'a delta against what is not there': { entries: withDelta({ base: 'ab'.repeat(20) }), damaged: [b], whole: [a] },

    'a delta zero bytes back': { entries: withDelta({ type: 'ofs-delta', back: 0 }), damaged: [b], whole: [a] },
    'a delta from before the pack': {
      entries: withDelta({ type: 'ofs-delta', back: 100_000 }),
      damaged: [b],
      whole: [a],
    },
    'a delta against the middle of an entry': {
      entries: withDelta({ type: 'ofs-delta', back: 7 }),
      damaged: [b],
      whole: [a],
    },
    'a delta that copies from beyond its base': {
      entries: withDelta({ content: copying(20, 5_000) }),
      damaged: [b],
      whole: [a],
    },
    'a delta whose base has another size': {
      entries: withDelta({ content: insertingDelta(7, b.bytes) }),
      damaged: [b],
      whole: [a],
    },
    'a delta whose target is shorter': {
      entries: withDelta({ content: insertingDelta(a.bytes.length, b.bytes, 9) }),
      damaged: [b],
      whole: [a],
    },
    'a delta whose target is longer': {
      entries: withDelta({ content: insertingDelta(a.bytes.length, b.bytes, 900) }),
      damaged: [b],
      whole: [a],
    },
    'a delta whose target is huge': {
      entries: withDelta({ content: insertingDelta(a.bytes.length, b.bytes, 2 ** 31 - 1) }),
      damaged: [b],
      whole: [a],
    },
    'a delta whose target is beyond counting': {
      entries: withDelta({ content: insertingDelta(a.bytes.length, b.bytes, 2 ** 52) }),
      damaged: [b],
      whole: [a],
    },
    'a delta that ends in the middle': {
      entries: withDelta({ content: insertingDelta(a.bytes.length, b.bytes).subarray(0, -9) }),
      damaged: [b],
      whole: [a],
    },
    'an empty delta': { entries: withDelta({ content: Buffer.alloc(0) }), damaged: [b], whole: [a] },
    'a size that is too small': { entries: [entryOf(a), { ...entryOf(b), size: 10 }], damaged: [b], whole: [a] },
    'a size that is too large': { entries: [entryOf(a), { ...entryOf(b), size: 1_000 }], damaged: [b], whole: [a] },
    'a size of 2 GB': { entries: [entryOf(a), { ...entryOf(b), size: 2 ** 31 - 1 }], damaged: [b], whole: [a] },
    'a size of 1 TB': { entries: [entryOf(a), { ...entryOf(b), size: 2 ** 40 }], damaged: [b], whole: [a] },
    'a size of 2^63': { entries: [entryOf(a), { ...entryOf(b), size: 2n ** 63n }], damaged: [b], whole: [a] },
    'a stream that breaks off': {
      entries: [entryOf(a), { ...entryOf(b), stream: half(entryOf(b)) }, entryOf(c)],
      damaged: [b],
      whole: [a, c],
    },
    'a stream that is none': {
      entries: [entryOf(a), { ...entryOf(b), stream: Buffer.alloc(80, 0xa5) }, entryOf(c)],
      damaged: [b],
      whole: [a, c],
    },
    'an empty stream': {
      entries: [entryOf(a), { ...entryOf(b), stream: Buffer.alloc(0) }, entryOf(c)],
      damaged: [b],
      whole: [a, c],
    },
    'a wrong checksum': {
      entries: [entryOf(a), { ...entryOf(b), stream: wrongSum(entryOf(b)) }, entryOf(c)],
      damaged: [b],
      whole: [a, c],
    },
    'a base that breaks off, and what is made against it': {
      entries: [
        { ...entryOf(a), stream: half(entryOf(a)) },
        ...withDelta({}).slice(1),
        { oid: c.oid, type: 'ref-delta', base: b.oid, content: insertingDelta(b.bytes.length, c.bytes) },
      ],
      damaged: [a, b, c],
    },
    'an offset beyond the end': {
      entries: [entryOf(a), { ...entryOf(b), offset: 1_000_000 }],
      damaged: [b],
      whole: [a],
    },
    'an offset in the header': { entries: [entryOf(a), { ...entryOf(b), offset: 4 }], damaged: [b], whole: [a] },
    'an offset in the middle of an entry': {
      entries: [entryOf(a), { ...entryOf(b), offset: 20 }, entryOf(c)],
      damaged: [a, b],
      whole: [c],
    },
    'an offset of 64 bits that has no place': {
      entries: [entryOf(a), { ...entryOf(b), offset: 0x80000005 }],
      damaged: [a, b],
    },
    'two names for one entry': {
      entries: [entryOf(a), { ...entryOf(b), offset: 12 }, entryOf(c)],
      damaged: [b],
      whole: [a, c],
    },
    'bytes that its name does not stand for': { entries: [{ ...entryOf(a), oid: b.oid }], damaged: [b] },
  };

  it.each(Object.entries(cases))('%s', async (_name, { entries, damaged, whole = [] }) => {
    const patient = createPatient(path.join(temporaryFolder(), 'patient'));
    writePack(patient.objects, entries);
    await accountFor(patient, damaged, whole);
  });

  it('a delta against what lies in another pack', async () => {
    const patient = createPatient(path.join(temporaryFolder(), 'patient'));
    const { oid, bytes } = patient.witness;
    const delta = insertingDelta(bytes.length, b.bytes);
    writePack(patient.objects, [entryOf(a), { oid: b.oid, type: 'ref-delta', base: oid, content: delta }]);
    await accountFor(patient, [b], [a]);
  });
});
