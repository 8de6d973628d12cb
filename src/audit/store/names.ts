// Names of objects on disk: sorted lists to which each scan adds a part. Small parts are joined before they are many, so that to
// read them costs little more than to read the large one.

import type { ObjectHead } from '../../git/batch-format.js';
import type { HashFormat } from '../../git/hash.js';
import { type SortedNames, union } from '../../pack/all-names.js';
import { bytesAt, numberAt, type Statements, textOrNull } from './database.js';

export interface KnownNames {
  readonly names: SortedNames;
  /** Those of them that hold something, by name. */
  readonly hits: readonly ObjectHead[];
}

export const NO_NAMES: KnownNames = { names: Buffer.alloc(0), hits: [] };

/** Bytes of all names of one owner; beyond it a part is not kept, and is read again each time. */
export const MOST_NAMES = 64 << 20;
/** Bytes; a multiple of both lengths of names. */
const CHUNK = 160 * 6553;
const MOST_PARTS = 24;

interface Part extends KnownNames {
  readonly part: number;
}

export const readNames = async (from: Statements, owner: string, hash: HashFormat): Promise<KnownNames> =>
  joined(await readParts(from, owner), hash);

/**
 * All of it or, above the limit, nothing: a name without its hit would hide something.
 * @param added not empty; its hits are among its names
 */
export const addNames = async (to: Statements, owner: string, added: KnownNames, hash: HashFormat): Promise<void> => {
  if (added.names.length === 0) return;
  const row = await to.get(
    'SELECT coalesce(sum(length(names)), 0) AS bytes, coalesce(max(part), -1) AS part, count(DISTINCT part) AS parts FROM names WHERE owner = ?',
    owner,
  );
  if (row === null) return;
  if (numberAt(row, 'bytes') + added.names.length > MOST_NAMES) return;
  const part = numberAt(row, 'part') + 1;
  await writePart(to, owner, { part, ...added });
  if (numberAt(row, 'parts') + 1 >= MOST_PARTS) await compact(to, owner, part + 1, hash);
};

export const dropNames = async (to: Statements, owner: string): Promise<void> => {
  await to.run('DELETE FROM names WHERE owner = ?', owner);
};

/** The largest part stays as it is while the others are little beside it. */
const compact = async (to: Statements, owner: string, free: number, hash: HashFormat): Promise<void> => {
  const parts = [...(await readParts(to, owner))].sort((a, b) => a.names.length - b.names.length);
  const small = parts.slice(0, -1);
  const bytes = small.reduce((sum, { names }) => sum + names.length, 0);
  const together = bytes * 4 < (parts.at(-1)?.names.length ?? 0) ? small : parts;
  for (const { part } of together) await to.run('DELETE FROM names WHERE owner = ? AND part = ?', owner, part);
  await writePart(to, owner, { part: free, ...joined(together, hash) });
};

const writePart = async (to: Statements, owner: string, { part, names, hits }: Part): Promise<void> => {
  for (let chunk = 0; chunk * CHUNK < names.length; chunk += 1) {
    await to.run(
      'INSERT INTO names (owner, part, chunk, names, hits) VALUES (?, ?, ?, ?, ?)',
      owner,
      part,
      chunk,
      names.subarray(chunk * CHUNK, (chunk + 1) * CHUNK),
      chunk === 0 && hits.length > 0 ? JSON.stringify(hits.map(({ oid, type, size }) => [oid, type, size])) : null,
    );
  }
};

const readParts = async (from: Statements, owner: string): Promise<readonly Part[]> => {
  const chunks = new Map<number, { readonly names: Buffer[]; readonly hits: ObjectHead[] }>();
  // One at a time: a database hands over all that it is asked for at once.
  const keys = await from.all('SELECT part, chunk FROM names WHERE owner = ? ORDER BY part, chunk', owner);
  for (const key of keys) {
    const part = numberAt(key, 'part');
    const row = await from.get(
      'SELECT names, hits FROM names WHERE owner = ? AND part = ? AND chunk = ?',
      owner,
      part,
      numberAt(key, 'chunk'),
    );
    if (row === null) continue;
    const known = chunks.get(part) ?? { names: [], hits: [] };
    chunks.set(part, known);
    known.names.push(bytesAt(row, 'names'));
    const hits = JSON.parse(textOrNull(row, 'hits') ?? '[]') as readonly [string, ObjectHead['type'], number][];
    for (const [oid, type, size] of hits) known.hits.push({ oid, type, size });
  }
  return [...chunks].map(([part, { names, hits }]) => ({
    part,
    names: names.length === 1 ? (names[0] ?? Buffer.alloc(0)) : Buffer.concat(names),
    hits,
  }));
};

/** Small ones first, so that no name is moved oftener than needed. */
const joined = (parts: readonly KnownNames[], hash: HashFormat): KnownNames => {
  const lists = parts.map(({ names }) => names).sort((a, b) => a.length - b.length);
  const names = lists.reduce((all, list) => union(all, list, hash), Buffer.alloc(0));
  return { names, hits: uniqueHits(parts.flatMap(({ hits }) => hits)) };
};

export const uniqueHits = (hits: readonly ObjectHead[]): readonly ObjectHead[] => {
  const byName = new Map(hits.map((hit) => [hit.oid, hit]));
  return [...byName.values()].sort((a, b) => (a.oid < b.oid ? -1 : 1));
};

/** Whether a sorted list has this name. */
export const holdsName = (names: SortedNames, oid: string, { bytes }: HashFormat): boolean => {
  const wanted = Buffer.from(oid, 'hex');
  if (wanted.length !== bytes) return false;
  let [low, high] = [0, names.length / bytes];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = names.compare(wanted, 0, bytes, middle * bytes, (middle + 1) * bytes);
    if (order === 0) return true;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return false;
};
