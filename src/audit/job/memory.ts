// What a job asks of others about the objects of its repository, and what it has to tell them when all is read.

import type { ObjectHead } from '../../git/batch-format.js';
import type { HashFormat } from '../../git/hash.js';
import { difference, holdsName, type SortedNames } from '../../pack/all-names.js';
import { type Learned, type Memory, NOTHING_KNOWN, type Recalled } from '../../sources/history/remembered.js';
import { type Family, type Job, type Knowledge, type Read, SAMPLE } from '../types.js';

export interface JobMemory {
  readonly memory: Memory;
  /** There is no object at all; not when they could not be listed. */
  isEmpty(): boolean;
  /** Distinct objects there are, read or not. */
  objects(): number;
  family(): Read['family'];
}

/** Bytes of names beyond which nobody keeps them: three million objects; then all is read each time. */
const MOST_NAMES = 64 << 20;

export const createJobMemory = ({ repository }: Job, knowledge: Knowledge, detection: string): JobMemory => {
  let there: { readonly names: SortedNames; readonly hash: HashFormat } | null = null;
  let known: Recalled = NOTHING_KNOWN;
  let id: string | null = null;
  let learned: Learned | null = null;

  const recall: Memory['recall'] = async (names, hash) => {
    there = { names, hash };
    const sample = sampleOf(names, hash);
    if (sample.length === 0 || names.length > MOST_NAMES) return known;
    const question = { repository: repository.id, detection, hash: hash.name, sample };
    // Who cannot answer knows nothing.
    const answer = await knowledge.family(question).catch(() => null);
    known = answer === null ? NOTHING_KNOWN : recalledFrom(answer, hash);
    id = answer?.id ?? null;
    return known;
  };

  const family = (): Read['family'] => {
    if (learned === null || learned.read === null || learned.there.length > MOST_NAMES) return null;
    const { hash } = learned;
    // Names that this repository alone had read may be among the known ones, and are the family's from now on.
    const verified = known.verify === 'please' ? learned.verified : difference(learned.verified, known.names, hash);
    const own = difference(difference(learned.read, learned.verified, hash), known.names, hash);
    const isNew = ({ oid }: ObjectHead): boolean => {
      const name = Buffer.from(oid, 'hex');
      return holdsName(verified, name, hash) || holdsName(own, name, hash);
    };
    const hits = learned.hits.filter(isNew).sort((a, b) => (a.oid < b.oid ? -1 : 1));
    return { id, hash: hash.name, sample: sampleOf(learned.there, hash), verified, own, hits };
  };

  return {
    memory: {
      objects: repository.clone.from === 'url' ? 'fetched' : 'found',
      recall,
      keep: (told) => {
        learned = told;
      },
    },
    isEmpty: () => there?.names.length === 0,
    objects: () => (there === null ? 0 : there.names.length / there.hash.bytes),
    family,
  };
};

const sampleOf = (names: SortedNames, { bytes }: HashFormat): readonly string[] =>
  Array.from({ length: Math.min(SAMPLE, names.length / bytes) }, (_, index) =>
    names.toString('hex', index * bytes, (index + 1) * bytes),
  );

/** From another thread names come as plain bytes. */
const recalledFrom = ({ names, hits, verify }: Family, { bytes }: HashFormat): Recalled =>
  names.length % bytes === 0
    ? { names: Buffer.from(names.buffer, names.byteOffset, names.byteLength), hits, verify }
    : { ...NOTHING_KNOWN, verify };
