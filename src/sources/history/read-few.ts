// Reads by name what is not known of a repository yet, and again what is known to hold something. Whatever is doubtful,
// is left to a reading of the whole: then nothing of this counts.

import { createHash } from 'node:crypto';
import { createBreather } from '../../breather.js';
import { batchParser } from '../../git/batch-output.js';
import type { HashFormat } from '../../git/hash.js';
import { linesOf } from '../../git/read-many.js';
import { type GitPlace, startGit } from '../../git/run.js';
import {
  difference,
  eachName,
  holdsName,
  intersection,
  looseObjectNames,
  namesOfHex,
  type SortedNames,
  union,
} from '../../pack/all-names.js';
import { areWhole } from '../../pack/checksums.js';
import { createHits, type Hit } from './hits.js';
import { readHistory } from './read-history.js';
import { eachReference } from './references.js';
import type { Memory, Recalled, Remembered } from './remembered.js';
import type { HistoryScan } from './since-scan-history.js';
import { watch } from './trouble.js';

/** What is to be read. */
export interface FewObjects {
  readonly fresh: SortedNames;
  readonly held: SortedNames;
}

/** Objects below which all are read sooner than git has started. */
const SMALL = 3_000;
/** Objects to read, as a share of all, up to which they are asked for by name; beyond, the packs are read as a whole. */
const FEW = { share: 1 / 20, always: 2_000 } as const;

/** Null when all is to be read. */
export const planFew = async (
  there: SortedNames,
  recalled: Recalled,
  { objects }: Memory,
  { repository, options, how }: HistoryScan,
): Promise<FewObjects | null> => {
  const { hash, shallow, partial } = repository;
  if (recalled.names.length === 0 || shallow || partial || there.length <= (how.small ?? SMALL) * hash.bytes)
    return null;
  const unknown = difference(there, recalled.names, hash);
  // A loose object has no checksum but its name: to tell that it is not damaged is to read it.
  const loose = objects === 'fetched' ? null : looseObjectNames(repository.objects, hash);
  // Of two copies git gives one; either may lie.
  if (loose?.storedTwice === true) return null;
  const fresh = loose === null ? unknown : union(unknown, loose.names, hash);
  const hits = namesOfHex(new Set(recalled.hits.map(({ oid }) => oid).filter((oid) => oid.length === hash.bytes * 2)));
  const held = difference(intersection(hits, there, hash), fresh, hash);
  if (fresh.length + held.length > Math.max(FEW.always * hash.bytes, there.length * FEW.share)) return null;
  const breather = createBreather(options.signal);
  const pause = (): Promise<void> | null => (breather.due() ? breather.take() : null);
  const depth = objects === 'fetched' ? 'listed' : 'checksums';
  return (await areWhole(repository.objects, hash, depth, pause)) ? { fresh, held } : null;
};

/** Null when something is wrong, or missing. */
export const readFew = async (
  { fresh, held }: FewObjects,
  there: SortedNames,
  { objects }: Pick<Memory, 'objects'>,
  scan: HistoryScan,
): Promise<Remembered | null> => {
  const { repository, range, options, events, how, attribution } = scan;
  const { hash, place } = repository;
  const tips = await how.tips;
  if (tips === undefined || tips.damage !== null || !areThere(tips.names, there, hash)) return null;
  let doubtful = false;
  const said: (() => void)[] = [];
  const { watched, trouble } = watch(
    {
      ...events,
      firstHit: attribution.begin,
      skip: (what, reason, because = 'fault') => {
        doubtful ||= because === 'fault';
        said.push(() => events.skip(what, reason, because));
      },
      structure: ({ type }, bytes) => {
        if (!doubtful)
          eachReference({ type }, bytes, hash, (name) => {
            doubtful ||= !holdsName(there, name, hash);
          });
      },
    },
    hash,
  );
  const hits = createHits();
  const oids = union(fresh, held, hash);
  if (oids.length > 0)
    await readHistory(repository, range, options, watched, { ...how, hits, named: eachName(oids, hash) });
  const doubted = objects === 'fetched' ? [] : eachName(oids, hash);
  if (doubtful || !(await areGenuine(place, hash, hits.all, doubted, options.signal))) return null;
  for (const say of said) say();
  const complete = { missing: 0, example: null, damage: null };
  return { read: { hits: hits.all, completeness: complete }, trouble, genuine: Buffer.alloc(0) };
};

const areThere = (names: Uint8Array, there: SortedNames, hash: HashFormat): boolean => {
  for (let at = 0; at < names.length; at += hash.bytes) {
    if (!holdsName(there, names.subarray(at, at + hash.bytes), hash)) return false;
  }
  return true;
};

/** Objects of more bytes are checked when all is read. */
const LARGEST = 32 << 20;

/**
 * Whether objects are what their names stand for: git does not look when it gives one, and finds it through tables
 * (multi-pack-index) that the reading of all does not go by.
 * @param hits what holds something; a larger one is not believed
 * @param others what may be among them; larger ones are
 */
const areGenuine = async (
  place: GitPlace,
  hash: HashFormat,
  hits: readonly Hit[],
  others: Iterable<string>,
  signal: AbortSignal,
): Promise<boolean> => {
  const held = new Set(hits.map(({ head }) => head.oid));
  const wanted = new Set([...held, ...others]);
  if (wanted.size === 0) return true;
  let genuine = 0;
  const git = startGit(place, ['cat-file', '--buffer', '--batch'], signal);
  const parse = batchParser(LARGEST, (head, bytes) => {
    if (head === null) return;
    if (bytes === null) {
      if (!held.has(head.oid)) genuine += 1;
      return;
    }
    const digest = createHash(hash.name).update(`${head.type} ${head.size}\0`).update(bytes).digest('hex');
    if (digest === head.oid) genuine += 1;
  });
  git.stdout.on('data', (chunk: Buffer) => {
    try {
      parse(chunk);
    } catch {
      genuine = Number.NaN;
      git.kill();
    }
  });
  git.stdin.end(linesOf(wanted));
  return (await git.ended).code === 0 && genuine === wanted.size;
};
