// Repositories to be damaged, and what a scan of them accounts for.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { createKeys } from '../support/keys.js';
import { blobEntry, blobName, type HandEntry, writePack } from './build-pack.js';
import { sightingsOf } from './read-history.js';

/** An object that holds a key. */
export interface Planted {
  readonly oid: string;
  readonly id: string;
  readonly bytes: Buffer;
}

const keys = createKeys(77);

/** A file with a pair in it. */
export const planted = (around = ''): Planted => {
  const id = keys.id24();
  const bytes = Buffer.from(`${around}\naccessKeyId=${id}\naccessKeySecret=${keys.secret30()}\n${around}`);
  return { oid: blobName(bytes), id, bytes };
};

export const entryOf = ({ bytes }: Planted): HandEntry => blobEntry(bytes);

export interface Patient {
  readonly top: string;
  readonly objects: string;
  /** Lies in a pack of its own, which nobody damages. */
  readonly witness: Planted;
}

/** A bare repository without commits. */
export const createPatient = (top: string): Patient => {
  const objects = path.join(top, 'objects');
  for (const folder of ['objects/pack', 'objects/info', 'refs/heads'])
    mkdirSync(path.join(top, folder), { recursive: true });
  writeFileSync(path.join(top, 'HEAD'), 'ref: refs/heads/main\n');
  writeFileSync(path.join(top, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n');
  const witness = planted('witness');
  writePack(objects, [entryOf(witness)]);
  return { top, objects, witness };
};

export interface Examined {
  /** IDs that were found. */
  readonly found: ReadonlySet<string | null>;
  /** What faults name. */
  readonly named: readonly (string | null)[];
}

export const examine = async (top: string): Promise<Examined> => {
  const { sightings, skipped } = await sightingsOf(top, { reader: 'packs' });
  const faults = skipped.filter(({ because }) => because === 'fault');
  return {
    found: new Set(sightings.map(({ detection }) => detection.accessKeyId)),
    named: faults.map(({ what }) => what),
  };
};

/** Objects whose key was not found, and that no fault names either. */
const lost = (objects: readonly Planted[], { found, named }: Examined): readonly string[] =>
  objects.filter(({ id, oid }) => !found.has(id) && !named.includes(oid)).map(({ oid }) => oid);

/** Every key that is nowhere damaged is found; each damaged object is found all the same or named. */
export const accountFor = async (
  patient: Patient,
  damaged: readonly Planted[],
  whole: readonly Planted[] = [],
): Promise<void> => {
  const examined = await examine(patient.top);
  for (const one of [patient.witness, ...whole])
    expect(examined.found.has(one.id), 'what is whole is found').toBe(true);
  expect(lost(damaged, examined)).toEqual([]);
};
