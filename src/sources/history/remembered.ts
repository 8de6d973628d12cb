// The history of a repository of which others may know objects already: because they were read here another day, or in a
// relative, a fork or a copy. What is known and holds nothing is not read; what is known and holds something is read
// again, by name. Whatever is known, what is found is the same.

import type { ObjectHead } from '../../git/batch-format.js';
import type { HashFormat } from '../../git/hash.js';
import { listTips } from '../../git/refs.js';
import { difference, inOrder, intersection, namesOfHex, type SortedNames, union } from '../../pack/all-names.js';
import type { Hit } from './hits.js';
import { namesIn } from './names-in.js';
import { planFew, readFew } from './read-few.js';
import { type HistoryEvents, type HistoryRead, readHistory } from './read-history.js';
import { type HistoryFound, type HistoryScan, withOrigins } from './since-scan-history.js';
import { type Trouble, watch } from './trouble.js';

export interface Memory {
  /**
   * How the objects came here. `fetched`: git has worked their names out of their bytes and looked whether all is
   * there. `found`: they lie in a folder that anybody may have written.
   */
  readonly objects: 'fetched' | 'found';
  /** Asked once, with the names of all objects there are. */
  recall(there: SortedNames, hash: HashFormat): Promise<Recalled>;
  /** Told once everything was read. */
  keep(learned: Learned): void;
}

export interface Recalled {
  /** Objects that were read before. */
  readonly names: SortedNames;
  /** Those of them that hold something, here or elsewhere. */
  readonly hits: readonly ObjectHead[];
  /** Whether every object's checksum is wanted, should all of them be read. */
  readonly verify: 'please' | 'no need';
}

export const NOTHING_KNOWN: Recalled = { names: Buffer.alloc(0), hits: [], verify: 'no need' };

export interface Learned {
  /** All objects there are. */
  readonly there: SortedNames;
  readonly hash: HashFormat;
  /**
   * Those that were read to their end, now or before, and are there still; null when there was trouble with what has no
   * name, or something is missing. Neither what was too large nor what could not be read is among them.
   */
  readonly read: SortedNames | null;
  /** Those of `read` whose names were worked out of their bytes: by git when it fetched them, or this time. */
  readonly verified: SortedNames;
  /** What holds something. */
  readonly hits: readonly ObjectHead[];
}

/** Names that can be verified at once: beyond, the pack engine has no room for them. */
const MOST_VERIFIED = 3_000_000;

export const scanRemembered = async (memory: Memory, scan: HistoryScan): Promise<HistoryFound> => {
  const { repository, options } = scan;
  const { hash } = repository;
  const there = await namesIfListed(scan);
  // What cannot be listed may well be read, as far as it goes; there is only nothing to remember of it.
  if (there === null)
    return withOrigins(await readHistory(repository, scan.range, options, scan.events, scan.how), scan);
  const recalled = await memory.recall(there, hash);
  const tips = scan.how.tips ?? listTips(repository.place, hash, options.signal);
  tips.catch(() => {});
  const asked = { ...scan, how: { ...scan.how, tips } };
  const plan = await planFew(there, recalled, memory, asked);
  const few = plan === null ? null : await readFew(plan, there, memory, asked);
  const { read, trouble, genuine } = few ?? (await readWhole(there, recalled, memory, asked));
  const found = await withOrigins(read, scan);
  // What is lacking shows only when all is read: so that the next time, too, all will be.
  const { missing, damage } = found.completeness;
  const doubtful = trouble.nameless || missing > 0 || damage !== null;
  // What came while this was being read may not have been; what went may come back another day.
  const after = doubtful ? null : await namesIfListed(scan);
  const still = after === null ? null : intersection(there, after, hash);
  const done = still === null ? null : difference(still, namesOfHex(new Set(trouble.unread)), hash);
  const verified =
    done === null ? Buffer.alloc(0) : memory.objects === 'fetched' ? done : intersection(genuine, done, hash);
  memory.keep({ there, hash, read: done, verified, hits: headsOf(read.hits) });
  return found;
};

const namesIfListed = async ({ repository, options }: HistoryScan): Promise<SortedNames | null> => {
  try {
    return await namesIn(repository, options);
  } catch {
    options.signal.throwIfAborted();
    return null;
  }
};

export interface Remembered {
  readonly read: HistoryRead;
  readonly trouble: Trouble;
  /** Names that were worked out of the bytes. */
  readonly genuine: SortedNames;
}

const readWhole = async (
  there: SortedNames,
  { verify }: Recalled,
  { objects }: Memory,
  { repository, range, options, events, how }: HistoryScan,
): Promise<Remembered> => {
  const { hash } = repository;
  const { watched, trouble } = watch(events, hash);
  const verifies = verify === 'please' && objects === 'found' && there.length <= MOST_VERIFIED * hash.bytes;
  if (!verifies) {
    const read = await readHistory(repository, range, options, watched, how);
    return { read, trouble, genuine: Buffer.alloc(0) };
  }
  const pieces: Uint8Array[] = [];
  const told: HistoryEvents = { ...watched, genuine: (names) => void pieces.push(names) };
  const read = await readHistory(repository, range, { ...options, verifyObjects: 'all' }, told, how);
  const genuine = pieces
    .map((piece) => inOrder(piece, hash))
    .reduce((all, names) => union(all, names, hash), Buffer.alloc(0));
  return { read, trouble, genuine };
};

const headsOf = (hits: readonly Hit[]): readonly ObjectHead[] => hits.map(({ head }) => head);
