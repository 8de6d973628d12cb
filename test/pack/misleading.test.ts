// Packs and indexes that mean one thing to git and could mean another to a reader that is less careful.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/repository.js';
import { blobEntry, insertingDelta, writePack } from './build-pack.js';
import { createPatient, entryOf, examine, planted } from './damage.js';

const patientOf = () => createPatient(path.join(temporaryFolder(), 'patient'));

describe('a size of more than 32 bits', () => {
  it('is not cut off, with what follows it taken for the place of the base', async () => {
    const patient = patientOf();
    const one = planted();
    const base = Buffer.from('base');
    const delta = insertingDelta(base.length, one.bytes);
    const distance = 1 + deflateSync(base).length;
    const stream = deflateSync(delta);
    // Read so, the size's last byte says where the base is, and the stream begins with the byte that says so in truth.
    const size = BigInt(delta.length) + (BigInt(distance) << 32n);
    const entry = { oid: one.oid, type: 'ofs-delta', content: delta, size, back: stream[0] ?? 0 } as const;
    writePack(patient.objects, [blobEntry(base), { ...entry, stream: stream.subarray(1) }]);
    const { found, named } = await examine(patient.top);
    expect([...found]).toEqual([patient.witness.id]);
    expect(named).toContain(one.oid);
  });
});

describe('an index that names places no file has', () => {
  it.each([2 ** 31, 2 ** 40, 2 ** 60])('does not keep the rest from being read (%i)', async (place) => {
    const patient = patientOf();
    const [one, other] = [planted(), planted()];
    const stem = writePack(patient.objects, [entryOf(one), entryOf(other)]);
    const index = readFileSync(`${stem}.idx`);
    const far = Buffer.alloc(8);
    far.writeBigUInt64BE(BigInt(place));
    const offsets = index.length - 40 - 8;
    const isFirst = Buffer.compare(Buffer.from(one.oid, 'hex'), Buffer.from(other.oid, 'hex')) < 0;
    index.writeUInt32BE(0x80000000, offsets + (isFirst ? 4 : 0));
    writeFileSync(`${stem}.idx`, Buffer.concat([index.subarray(0, -40), far, index.subarray(-40)]));
    const { found, named } = await examine(patient.top);
    expect([...found].sort()).toEqual([patient.witness.id, one.id].sort());
    expect(named).toContain(other.oid);
    expect(named).toContain(`${path.basename(stem)}.pack`);
    expect(named).not.toContain(null);
  });
});
