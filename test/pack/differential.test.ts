// The two readers of history and an oracle that knows only how a repository was made must agree on every key in every
// object, and on where it came from. `AKSCAN_SEEDS=N` tries N seeds of each form.

import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Recording } from '../sources/recording.js';
import { temporaryFolder } from '../support/repository.js';
import { disagreements } from './judge.js';
import { FORMS } from './random/storage.js';
import { type RandomRepository, randomRepository } from './random-repository.js';
import { readDatabase } from './read-database.js';
import { sightingsOf } from './read-history.js';

const SEEDS = Number(process.env['AKSCAN_SEEDS'] ?? 12);
const AT_ONCE = 4;

/** All that was said, in an order that does not depend on who was first. */
const canonical = ({ sightings }: Recording): string =>
  sightings
    .map((sighting) => JSON.stringify(sighting))
    .sort()
    .join('\n');

/** Short strings that edits bring about in every way, in the files of letters more than anywhere. */
const ANCHORS = ['LTAI', 'AI.L', 'TAI-L', 'LTLTAI', 'TA IL', 'cket', 'LIATLIAT'];

/** Objects of which the engine and a look at the bytes that were made do not agree whether they hold one of the strings. */
const differingObjects = async (
  { objects, hash, blobs }: RandomRepository,
  mostEntries?: number,
): Promise<readonly string[]> => {
  const bounds = mostEntries === undefined ? {} : { mostEntries };
  const read = await readDatabase({ objects, hash, maxSize: null, anchors: ANCHORS, ...bounds });
  const held = new Set(read.held);
  const left = new Set(read.unread);
  return [...blobs]
    .filter(([oid, bytes]) => held.has(oid) !== ANCHORS.some((anchor) => bytes.includes(anchor)) && !left.has(oid))
    .map(([oid]) => `${oid} ${held.has(oid) ? 'holds none of the strings' : 'holds one and was passed over'}`);
};

describe('history of random repositories, read by', () => {
  it.each(FORMS.map((form, index) => ({ form, first: 1_000 * index })))(
    'both readers: $form.name',
    async ({ form, first }) => {
      const folder = temporaryFolder();
      const left = Array.from({ length: SEEDS }, (_, index) => first + index);
      const wrong: string[] = [];
      const worker = async (): Promise<void> => {
        for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
          const repository = await randomRepository(path.join(folder, `${seed}`), { seed, form });
          const packs = await sightingsOf(repository.top, { reader: 'packs' });
          const git = await sightingsOf(repository.top, { reader: 'cat-file' });
          const say = (reader: string, texts: readonly string[]): void =>
            void wrong.push(...texts.map((text) => `${repository.name}, ${reader}: ${text}`));
          say('packs', disagreements(repository, packs));
          say('cat-file', disagreements(repository, git));
          if (canonical(packs) !== canonical(git)) say('both', ['what they say of the same places differs']);
          say('engine', await differingObjects(repository));
          if (seed % 3 === 0) say('engine, in stretches', await differingObjects(repository, 12));
          repository.remove();
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      expect(wrong).toEqual([]);
    },
    120_000,
  );
});
