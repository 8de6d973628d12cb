// A folder may say that an object's name stands for other bytes than it does. Nobody else may be taken in by that.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { doJob } from '../../../src/audit/job/do-job.js';
import type { Family } from '../../../src/audit/types.js';
import { hashFormat } from '../../../src/git/hash.js';
import { holdsName } from '../../../src/pack/all-names.js';
import { blobEntry, blobName, writePack } from '../../pack/build-pack.js';
import { createPatient, entryOf, type Planted, planted } from '../../pack/damage.js';
import { familyOf, jobFor, knowing, mirrorsAt, readOf, repositoryIn, told } from '../../support/jobs.js';
import { git, temporaryFolder } from '../../support/repository.js';

const NEVER = new AbortController().signal;
const SHA1 = hashFormat('sha1');
const NOTHING: Family = { id: null, names: Buffer.alloc(0), hits: [], verify: 'no need' };

const scan = async (top: string, family: Family) => {
  const deps = { mirrors: mirrorsAt(top), knowledge: knowing(family), signal: NEVER, small: 0 };
  return doJob(jobFor(repositoryIn(top)), deps);
};

const harmless = Buffer.from('nothing to see here\n');

/** A repository in which an object of the victim's name holds nothing. */
const LIARS: readonly { readonly how: string; readonly lie: (objects: string, victim: Planted) => void }[] = [
  {
    how: 'a loose object',
    lie: (objects, { oid }) => {
      const file = path.join(objects, oid.slice(0, 2), oid.slice(2));
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, deflateSync(Buffer.concat([Buffer.from(`blob ${harmless.length}\0`), harmless])));
    },
  },
  {
    how: 'an index that gives other bytes the name',
    lie: (objects, { oid }) => void writePack(objects, [{ ...blobEntry(harmless), oid }]),
  },
  {
    how: 'an index that gives the same bytes two names',
    lie: (objects, { oid }) => {
      const own = blobEntry(harmless);
      // Both begin where the first does; the second entry is nobody's.
      writePack(objects, [own, { ...blobEntry(Buffer.from('left over')), oid, offset: 12 }]);
    },
  },
  {
    how: 'an index that says the object begins where none does',
    lie: (objects, { oid }) =>
      void writePack(objects, [blobEntry(harmless), { ...blobEntry(harmless), oid, offset: 1 << 20 }]),
  },
];

describe('a repository that lies about a name', () => {
  it.each(LIARS)('hides nothing in another: $how', async ({ lie }) => {
    const folder = temporaryFolder();
    const victim = planted();
    const liar = createPatient(path.join(folder, 'liar'));
    lie(liar.objects, victim);
    const honest = createPatient(path.join(folder, 'honest'));
    writePack(honest.objects, [entryOf(victim), blobEntry(harmless)]);
    const verified = await scan(liar.top, { ...NOTHING, verify: 'please' });
    const learned = readOf(verified).family;
    const names = learned === null ? Buffer.alloc(0) : learned.verified;
    expect(holdsName(names, Buffer.from(victim.oid, 'hex'), SHA1)).toBe(false);
    if (learned !== null) expect(holdsName(names, Buffer.from(liar.witness.oid, 'hex'), SHA1)).toBe(true);
    const family = learned === null ? NOTHING : familyOf(verified, 'relatives');
    const { findings } = readOf(await scan(honest.top, family));
    expect(findings.map(({ finding }) => finding.accessKeyId)).toContain(victim.id);
  });

  it('gives no verified names when it is only read', async () => {
    const liar = createPatient(path.join(temporaryFolder(), 'liar'));
    const { family } = readOf(await scan(liar.top, NOTHING));
    expect(family?.verified).toHaveLength(0);
    expect(family?.own).toHaveLength(20);
  });

  it('is told of when what it lies about holds something and is read by name', async () => {
    const folder = temporaryFolder();
    const liar = createPatient(path.join(folder, 'liar'));
    const [claimed, real] = [blobName(harmless), planted('real')];
    writePack(liar.objects, [{ ...entryOf(real), oid: claimed }]);
    const names = Buffer.from(liar.witness.oid, 'hex');
    const known: Family = { ...NOTHING, names, hits: [{ oid: liar.witness.oid, type: 'blob', size: 1 }] };
    const { findings, skipped } = readOf(await scan(liar.top, known));
    expect(findings.map(({ finding }) => finding.accessKeyId).sort()).toEqual([liar.witness.id, real.id].sort());
    expect(skipped).toMatchObject([{ what: claimed, because: 'fault' }]);
  });

  it('is told of each time when a loose object lies about what is in a pack as well', async () => {
    const { top, objects } = createPatient(path.join(temporaryFolder(), 'liar'));
    writePack(objects, [blobEntry(harmless)]);
    const [oid, { id, bytes }] = [blobName(harmless), planted()];
    const file = path.join(objects, oid.slice(0, 2), oid.slice(2));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, deflateSync(Buffer.concat([Buffer.from(`blob ${bytes.length}\0`), bytes])));
    const first = await scan(top, NOTHING);
    expect(readOf(first).findings.map(({ finding }) => finding.accessKeyId)).toContain(id);
    expect(told(await scan(top, familyOf(first, 'own')))).toBe(told(first));
  });

  it('hides nothing of its own by a table of all packs that says a new object is where another one is', async () => {
    const { top, objects, witness } = createPatient(path.join(temporaryFolder(), 'liar'));
    const known = familyOf(await scan(top, NOTHING), 'own');
    const { id, oid, bytes } = planted();
    writePack(objects, [blobEntry(bytes), blobEntry(harmless)]);
    git(top, 'multi-pack-index', 'write');
    const file = path.join(objects, 'pack/multi-pack-index');
    const table = readFileSync(file);
    const names = [oid, witness.oid, blobName(harmless)].sort();
    const offsets = chunkOf(table, 'OOFF');
    const placeOf = (name: string): number => offsets + names.indexOf(name) * 8;
    table.copy(table, placeOf(oid), placeOf(blobName(harmless)), placeOf(blobName(harmless)) + 8);
    rmSync(file);
    writeFileSync(file, table);
    expect(git(top, 'cat-file', 'blob', oid)).toBe(harmless.toString().trim());
    const found = await scan(top, known);
    expect(readOf(found).findings.map(({ finding }) => finding.accessKeyId)).toContain(id);
    expect(told(found)).toBe(told(await scan(top, NOTHING)));
  });
});

/** Where a chunk of a multi-pack-index begins (gitformat-pack): its header has twelve bytes, each row of the list that follows too. */
const chunkOf = (table: Buffer, name: string): number => Number(table.readBigUInt64BE(table.indexOf(name, 12) + 4));
