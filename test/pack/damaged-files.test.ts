// Packs, indexes and loose objects that were whole once: bytes flipped, ends cut off, files gone or exchanged. Whatever happens
// to them, each key is found or its object, its pack or its index is named.

import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { akscan, linesOf } from '../support/akscan.js';
import { temporaryFolder } from '../support/repository.js';
import { blobName, insertingDelta, writePack } from './build-pack.js';
import { accountFor, createPatient, entryOf, examine, type Patient, type Planted, planted } from './damage.js';
import { createDice } from './random/dice.js';
import { git } from './random/git.js';

describe('a damaged file', () => {
  const nest = realpathSync(mkdtempSync(path.join(tmpdir(), 'akscan-damage-')));
  const sound = path.join(nest, 'sound');
  const inPack = Array.from({ length: 40 }, (_, index) =>
    planted(`file ${index}\n${'some text\n'.repeat(20 + index)}`),
  );
  let patient: Patient;
  /** Of the pack that is damaged. */
  let stem = '';

  beforeAll(async () => {
    patient = createPatient(sound);
    const stream = inPack.flatMap(({ bytes }) => [
      Buffer.from(`blob\ndata ${bytes.length}\n`),
      bytes,
      Buffer.from('\n'),
    ]);
    const before = new Set(readdirSync(path.join(sound, 'objects/pack')));
    await git(sound, ['-c', 'fastimport.unpackLimit=1', 'fast-import', '--quiet', '--depth=20'], Buffer.concat(stream));
    stem =
      readdirSync(path.join(sound, 'objects/pack'))
        .find((name) => name.endsWith('.pack') && !before.has(name))
        ?.slice(0, -5) ?? '';
  });
  afterAll(() => rmSync(nest, { recursive: true, force: true }));

  /** A copy whose file of that ending is what `change` makes of it. */
  const changed = (ending: '.pack' | '.idx', change: (bytes: Buffer) => Buffer): Patient => {
    const top = path.join(temporaryFolder(), 'patient');
    cpSync(sound, top, { recursive: true });
    const file = path.join(top, 'objects/pack', `${stem}${ending}`);
    chmodSync(file, 0o644);
    writeFileSync(file, change(readFileSync(file)));
    return { ...patient, top, objects: path.join(top, 'objects') };
  };

  /** Each key is found or named; or the file itself is named, and with it all that lies in it. */
  const account = async (damaged: Patient): Promise<void> => {
    const examined = await examine(damaged.top);
    expect(examined.found.has(patient.witness.id)).toBe(true);
    const ids = new Set([...inPack, patient.witness].map(({ id }) => id));
    expect([...examined.found].filter((id) => !ids.has(id ?? ''))).toEqual([]);
    if (examined.named.some((what) => what?.startsWith(stem))) return;
    const lost = inPack.filter(({ id, oid }) => !examined.found.has(id) && !examined.named.includes(oid));
    expect(lost.map(({ oid }) => oid)).toEqual([]);
  };

  it.each([1, 2, 3, 4, 5, 6])('with flipped bytes in the pack accounts for every key (%i)', async (round) => {
    const dice = createDice(round);
    for (let turn = 0; turn < 8; turn++) {
      const flips = dice.pick([1, 1, 1, 5, 40]);
      await account(
        changed('.pack', (bytes) => {
          for (let left = flips; left > 0; left--) bytes[dice.below(bytes.length)] = dice.below(256);
          return bytes;
        }),
      );
    }
  });

  it.each([1, 2, 3, 4, 5, 6])('with flipped bytes in the index accounts for every key (%i)', async (round) => {
    const dice = createDice(100 + round);
    for (let turn = 0; turn < 8; turn++) {
      const flips = dice.pick([1, 1, 5, 40]);
      await account(
        changed('.idx', (bytes) => {
          // Half of them where names and offsets stand.
          const from = dice.chance(0.5) ? 8 + 1_024 : 0;
          for (let left = flips; left > 0; left--) bytes[from + dice.below(bytes.length - from)] = dice.below(256);
          return bytes;
        }),
      );
    }
  });

  it.each([0, 1, 4, 11, 12, 13, 30, 500, 2_000, -21, -20, -1])(
    'cut off after %i bytes accounts for every key',
    async (length) => {
      await account(changed('.pack', (bytes) => bytes.subarray(0, length < 0 ? bytes.length + length : length)));
    },
  );

  it.each([0, 1, 8, 500, 1_031, 1_032, 1_100, -41, -40, -20, -1])(
    'of an index cut off after %i bytes accounts for every key',
    async (length) => {
      await account(changed('.idx', (bytes) => bytes.subarray(0, length < 0 ? bytes.length + length : length)));
    },
  );

  it('longer than it was accounts for every key', async () => {
    await account(changed('.pack', (bytes) => Buffer.concat([bytes, Buffer.alloc(1_000)])));
    await account(changed('.idx', (bytes) => Buffer.concat([bytes, Buffer.alloc(1_000)])));
  });

  it('that is the index of another pack is named', async () => {
    const damaged = changed('.idx', (bytes) => bytes);
    const other = readdirSync(path.join(damaged.objects, 'pack')).find(
      (name) => name.endsWith('.idx') && !name.startsWith(stem),
    );
    cpSync(path.join(damaged.objects, 'pack', other ?? ''), path.join(damaged.objects, 'pack', `${stem}.idx`), {
      force: true,
    });
    await account(damaged);
    expect((await examine(damaged.top)).named.length).toBeGreaterThan(0);
  });

  it('that is gone is named', async () => {
    const withoutIndex = changed('.idx', (bytes) => bytes);
    rmSync(path.join(withoutIndex.objects, 'pack', `${stem}.idx`));
    expect((await examine(withoutIndex.top)).named).toEqual([`${stem}.pack`]);
    const withoutPack = changed('.pack', (bytes) => bytes);
    rmSync(path.join(withoutPack.objects, 'pack', `${stem}.pack`));
    await account(withoutPack);
  });

  it('ends in exit code 2, with the rest reported', async () => {
    const damaged = changed('.pack', (bytes) => {
      bytes.fill(0xff, bytes.length - 60, bytes.length - 30);
      return bytes;
    });
    const { code, stdout } = await akscan(['scan', '--no-worktree', '--format', 'jsonl', damaged.top]);
    expect(code).toBe(2);
    expect(linesOf(stdout, 'finding').map(({ accessKeyId }) => accessKeyId)).toContain(patient.witness.id);
    const named = linesOf(stdout, 'skipped').map(({ what }) => what);
    expect(inPack.some(({ oid }) => named.includes(oid))).toBe(true);
  });
});

describe('a loose object', () => {
  const one = planted('one');
  const loose = (content: Buffer, type = 'blob', size = content.length): Buffer =>
    deflateSync(Buffer.concat([Buffer.from(`${type} ${size}\0`), content]));
  const whole = loose(one.bytes);

  const cases: Readonly<Record<string, Buffer>> = {
    'that is cut off': whole.subarray(0, 30),
    'that lacks its checksum': whole.subarray(0, -4),
    'that is longer than it should be': Buffer.concat([whole, Buffer.from('more')]),
    'that is empty': Buffer.alloc(0),
    'that is no zlib stream': Buffer.from('accessKeyId and so on'),
    'of random bytes': Buffer.alloc(200, 0xa7),
    'that says a smaller size': loose(one.bytes, 'blob', 5),
    'that says a larger size': loose(one.bytes, 'blob', 5_000),
    'that says a huge size': loose(one.bytes, 'blob', 2 ** 52),
    'of a type that there is not': loose(one.bytes, 'blub'),
    'without a header': deflateSync(one.bytes),
    'with nothing but a header': deflateSync(Buffer.from('blob 7')),
    'whose bytes are not those its name stands for': loose(Buffer.from('something else')),
  };

  const patientWith = (bytes: Buffer, oid: string): Patient => {
    const patient = createPatient(path.join(temporaryFolder(), 'patient'));
    mkdirSync(path.join(patient.objects, oid.slice(0, 2)));
    writeFileSync(path.join(patient.objects, oid.slice(0, 2), oid.slice(2)), bytes);
    return patient;
  };

  it.each(Object.entries(cases))('%s is named or read', async (name, bytes) => {
    const patient = patientWith(bytes, one.oid);
    // What holds no key is not compared with its name, unless it is asked for.
    const damaged: readonly Planted[] = name.startsWith('whose bytes') ? [] : [one];
    await accountFor(patient, damaged);
  });

  it('that is a folder is passed over or named', async () => {
    const patient = createPatient(path.join(temporaryFolder(), 'patient'));
    mkdirSync(path.join(patient.objects, one.oid.slice(0, 2), one.oid.slice(2)), { recursive: true });
    await accountFor(patient, [one]);
  });
});

// Git inflates 350 MB for some of these, which takes a while on a busy machine.
describe('memory stays bounded for', { timeout: 120_000 }, () => {
  const PEAK = path.resolve(import.meta.dirname, '../../bench/speed/peak.mjs');
  const MOST = 300_000_000;
  const LENGTH = 350_000_000;
  const zeros = (header: string): Buffer =>
    deflateSync(Buffer.concat([Buffer.from(header), Buffer.alloc(LENGTH)]), { level: 1 });
  let content: Buffer;
  beforeAll(() => {
    content = zeros('');
  });

  const peakOf = async (top: string): Promise<{ readonly peak: number; readonly code: number | null }> => {
    const note = path.join(temporaryFolder(), 'peak');
    const env = { AKSCAN_BENCH_PEAK: note, NODE_OPTIONS: `--import=${PEAK}` };
    const { code } = await akscan(['scan', '--no-worktree', top], { env });
    return {
      code,
      peak: existsSync(note) ? (JSON.parse(readFileSync(note, 'utf8')) as { peak: number }).peak : Number.NaN,
    };
  };

  it('a loose object that says 100 bytes and inflates to 350 MB', async () => {
    const patient = createPatient(path.join(temporaryFolder(), 'patient'));
    const oid = 'ab'.repeat(20);
    const bomb = zeros('blob 100\0');
    mkdirSync(path.join(patient.objects, 'ab'));
    writeFileSync(path.join(patient.objects, 'ab', oid.slice(2)), bomb);
    const { peak, code } = await peakOf(patient.top);
    expect(peak).toBeLessThan(MOST);
    expect(code).toBe(2);
  });

  it('an entry of a pack that says 100 bytes and inflates to 350 MB', async () => {
    const patient = createPatient(path.join(temporaryFolder(), 'patient'));
    writePack(patient.objects, [{ oid: 'cd'.repeat(20), type: 'blob', content: Buffer.alloc(100), stream: content }]);
    const { peak, code } = await peakOf(patient.top);
    expect(peak).toBeLessThan(MOST);
    expect(code).toBe(2);
  });

  it('objects of 350 MB, loose and packed, that are what they say', async () => {
    const patient = createPatient(path.join(temporaryFolder(), 'patient'));
    const oid = 'ef'.repeat(20);
    mkdirSync(path.join(patient.objects, 'ef'));
    writeFileSync(path.join(patient.objects, 'ef', oid.slice(2)), zeros(`blob ${LENGTH}\0`));
    writePack(patient.objects, [
      { oid: 'cd'.repeat(20), type: 'blob', content: Buffer.alloc(0), size: LENGTH, stream: content },
    ]);
    const { peak } = await peakOf(patient.top);
    expect(peak).toBeLessThan(MOST);
  });
});

describe('a chain of 4,000 deltas', () => {
  it('is read to its end', async () => {
    const patient = createPatient(path.join(temporaryFolder(), 'patient'));
    const chain: Planted[] = [];
    const parts: Buffer[] = [];
    for (let version = 0; version < 4_000; version++) {
      const text = `version ${version}\n${'the same in all of them, line after line\n'.repeat(30)}`;
      const one = version % 100 === 99 ? planted(text) : { oid: '', id: '', bytes: Buffer.from(text) };
      if (one.id !== '') chain.push(one);
      parts.push(Buffer.from(`blob\ndata ${one.bytes.length}\n`), one.bytes, Buffer.from('\n'));
    }
    await git(
      patient.top,
      ['-c', 'fastimport.unpackLimit=1', 'fast-import', '--quiet', '--depth=4000'],
      Buffer.concat(parts),
    );
    await accountFor(patient, [], chain);
  });

  it('against names, in any order, is read to its end', async () => {
    const patient = createPatient(path.join(temporaryFolder(), 'patient'));
    const texts = Array.from({ length: 1_000 }, (_, version) => Buffer.from(`${version} ${'x'.repeat(50)}`));
    const last = planted('the last one');
    const all = [...texts, last.bytes];
    const entries = all.map((bytes, index) => {
      const base = all[index - 1];
      const oid = blobName(bytes);
      if (base === undefined) return { oid, type: 'blob' as const, content: bytes };
      const content = insertingDelta(base.length, bytes);
      return { oid, type: 'ref-delta' as const, base: blobName(base), content };
    });
    writePack(patient.objects, [...entries].reverse());
    writePack(patient.objects, [entryOf(planted('another'))]);
    await accountFor(patient, [], [last]);
  });
});
