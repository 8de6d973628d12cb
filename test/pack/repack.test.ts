// Packs that vanish while they are read: what was in them lies in new ones, or in loose objects.

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { commit, git, looseFile, repository, temporaryFolder } from '../support/repository.js';
import { writePack } from './build-pack.js';
import { createPatient, entryOf, planted } from './damage.js';
import { readDatabase } from './read-database.js';

const hook = vi.hoisted(() => ({ listed: (_names: readonly string[]): void => {} }));

/** What happens between the listing of a folder of loose objects and their reading. */
vi.mock(import('../../src/pack/known-names.js'), async (original) => {
  const { looseIn, ...others } = await original();
  return {
    ...others,
    looseIn: (folder, hash) => {
      const names = looseIn(folder, hash);
      hook.listed(names);
      return names;
    },
  };
});

/** Reads a repository of several packs; `meanwhile` is called whenever an object with a key was met. */
const readWhile = async (meanwhile: (top: string, turn: number) => void) => {
  const { top, objects, witness } = createPatient(path.join(temporaryFolder(), 'patient'));
  const all = [witness, ...Array.from({ length: 4 }, (_, index) => planted(`${index}`))];
  for (const one of all.slice(1)) writePack(objects, [entryOf(one)]);
  let turn = 0;
  const outcome = await readDatabase({
    objects,
    hash: 'sha1',
    maxSize: null,
    anchors: null,
    meanwhile: () => meanwhile(top, turn++),
  });
  return { ...outcome, held: [...new Set(outcome.held)], all: all.map(({ oid }) => oid).sort() };
};

const repack = (top: string, ...options: readonly string[]): void => {
  execFileSync('git', ['-C', top, 'repack', '-dfq', ...options], { stdio: 'ignore' });
};

describe('a repository that is repacked while it is read', () => {
  it('is read to its end from the packs that came in place of the others', async () => {
    const { all, held, faults, restless } = await readWhile((top, turn) => {
      if (turn === 0) repack(top, '-ak');
    });
    expect(held).toEqual(all);
    expect(faults).toEqual([]);
    expect(restless).toBe(false);
  });

  it('is read to its end when objects that no ref reaches are made loose', async () => {
    const { all, held, faults } = await readWhile((top, turn) => {
      if (turn === 0) repack(top, '-A');
    });
    expect(held).toEqual(all);
    expect(faults).toEqual([]);
  });

  it('is read to its end when all of it was loose, and the first pack takes that away', async () => {
    const folder = repository();
    commit(
      folder,
      Object.fromEntries(
        Array.from({ length: 20 }, (_, index) => [`${index}.txt`, planted(`${index}`).bytes.toString()]),
      ),
    );
    const { held, faults, restless } = await readDatabase({
      objects: path.join(folder, '.git/objects'),
      hash: 'sha1',
      maxSize: null,
      anchors: null,
      before: () => git(folder, 'repack', '-adq'),
    });
    expect(held).toHaveLength(20);
    expect([faults, restless]).toEqual([[], false]);
  });

  it('is read to its end when loose objects are packed, and repacked, between their listing and their reading', async () => {
    const folder = repository();
    const files = Array.from({ length: 20 }, (_, index) => [`${index}.txt`, planted(`${index}`).bytes.toString()]);
    commit(folder, Object.fromEntries(files));
    const gone: string[] = [];
    hook.listed = (names) => {
      if (gone.length > 0) return;
      gone.push(...names);
      git(folder, 'repack', '-adq');
      commit(folder, { 'more.txt': 'more' });
      git(folder, 'repack', '-adfq');
    };
    const { held, faults, restless } = await readDatabase({
      objects: path.join(folder, '.git/objects'),
      hash: 'sha1',
      maxSize: null,
      anchors: null,
    });
    expect(gone.length).toBeGreaterThan(0);
    for (const oid of gone) expect(existsSync(looseFile(folder, oid))).toBe(false);
    expect(held).toHaveLength(20);
    expect([faults, restless]).toEqual([[], false]);
  });

  it('is read to its end when a pack gets its index a moment later, as one does that git has just written', async () => {
    const folder = repository();
    commit(folder, { 'a.txt': planted('a').bytes.toString() });
    git(folder, 'repack', '-adq');
    const packs = path.join(folder, '.git/objects/pack');
    const index = path.join(packs, readdirSync(packs).find((name) => name.endsWith('.idx')) ?? '');
    renameSync(index, `${index}.tmp`);
    const { held, faults, restless } = await readDatabase({
      objects: path.join(folder, '.git/objects'),
      hash: 'sha1',
      maxSize: null,
      anchors: null,
      before: () => void setTimeout(() => renameSync(`${index}.tmp`, index), 50),
    });
    expect(held).toHaveLength(1);
    expect([faults, restless]).toEqual([[], false]);
  });

  it('is left to git when packs never last until they are read', async () => {
    const { restless } = await readWhile((top) => {
      const objects = path.join(top, 'objects');
      rmSync(path.join(objects, 'pack'), { recursive: true });
      // Of two packs one is read first, whichever that is; its key makes both vanish.
      for (let left = 2; left > 0; left--) writePack(objects, [entryOf(planted(`another ${left}`))]);
    });
    expect(restless).toBe(true);
  });
});
