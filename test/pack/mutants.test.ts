// The pack kernel, broken on purpose in many places: the corpus must tell each from the sound one. What this proves is that
// the differential test, whose repositories are of the same kind, would see such a defect too.

import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileKernel } from './mutants/compile.js';
import { makeCorpus, type Specimen } from './mutants/corpus.js';
import { MUTANTS } from './mutants/mutants.js';
import { createTrial, type Trial } from './mutants/trial.js';
import type { Outcome } from './read-database.js';

/** Far longer than the sound kernel takes. */
const SECONDS = 8;

describe('a kernel', () => {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'akscan-mutants-')));
  let corpus: readonly Specimen[] = [];
  let trial: Trial;
  let sound: readonly Outcome[];

  beforeAll(async () => {
    mkdirSync(path.join(folder, 'engine'));
    corpus = await makeCorpus(folder);
    trial = await createTrial(path.join(folder, 'engine'), corpus, SECONDS);
    const outcomes = await trial(await compileKernel(null));
    if (typeof outcomes === 'string') throw new Error(`the sound kernel ${outcomes}`);
    sound = outcomes;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('that is sound gives exactly what is true, and again', async () => {
    expect(await trial(await compileKernel(null))).toEqual(sound);
    for (const [index, specimen] of corpus.entries()) {
      const outcome = sound[index];
      const { name, held, blobs, missing } = specimen;
      const found = outcome?.held.filter((oid) => blobs.has(oid)) ?? [];
      const left = new Set(outcome?.unread);
      expect({ name, held: found }).toEqual({ name, held: [...held].filter((oid) => !left.has(oid)).sort() });
      expect({ name, missing: outcome?.missing }).toEqual({ name, missing });
      const broken = [...(outcome?.unread ?? []), ...(outcome?.faults ?? [])];
      if (specimen.sound) expect({ name, broken }).toEqual({ name, broken: [] });
      else expect(broken.length, name).toBeGreaterThan(0);
    }
  });

  it.each(MUTANTS)('is caught when broken: $name', async (mutant) => {
    const outcomes = await trial(await compileKernel(mutant));
    expect(outcomes).not.toEqual(sound);
  });
});
