// Families: repositories that share objects, which need to be read once. Whom a repository belongs to, its own first names tell:
// of an unrelated one they are others.

import { type HashFormat, hashFormat } from '../../git/hash.js';
import { union } from '../../pack/all-names.js';
import type { Family, FamilyQuestion, Read } from '../types.js';
import { SAMPLE } from '../types.js';
import { numberAt, numberOrNull, placeholders, type Statements } from './database.js';
import { ofFamily, ofRepository, repositoryKey } from './keys.js';
import { addNames, dropNames, holdsName, type KnownNames, NO_NAMES, readNames, uniqueHits } from './names.js';

/** Names of a sample that are enough to belong to a family; where the sample is small a quarter of it, but never a few. */
const ENOUGH = 16;
const LEAST = 4;
/** A name that so many families have (an empty file, a licence) tells nothing. */
const COMMON = 100;

interface Kind {
  readonly detection: string;
  readonly hash: string;
}

export const familyOf = async (from: Statements, question: FamilyQuestion): Promise<Family | null> => {
  const key = repositoryKey(question.repository);
  const format = hashFormat(question.hash);
  const row = await from.get('SELECT family, detection FROM repositories WHERE id = ?', key);
  const same = row !== null && row['detection'] === question.detection;
  const own = same ? await readNames(from, ofRepository(key), format) : NO_NAMES;
  const before = same ? numberOrNull(row, 'family') : null;
  const family = (await kept(from, before, question)) ?? (await bySample(from, question.sample, question));
  if (family === null && own.names.length === 0) return null;
  const shared = family === null ? NO_NAMES : await readNames(from, ofFamily(family), format);
  const verify =
    own.names.length === 0 && family !== null && (await wantsVerified(from, family, key, question, shared));
  return {
    id: family === null ? null : String(family),
    names: union(shared.names, own.names, format),
    hits: uniqueHits([...shared.hits, ...own.hits]),
    verify: verify ? 'please' : 'no need',
  };
};

/** Its relatives were read, and what is known for sure of them is little of what it has. */
const wantsVerified = async (
  from: Statements,
  family: number,
  key: string,
  { sample, hash }: FamilyQuestion,
  { names }: KnownNames,
): Promise<boolean> => {
  const row = await from.get('SELECT unverified FROM families WHERE id = ?', family);
  if (row === null || numberAt(row, 'unverified') === 0) return false;
  const known = sample.filter((oid) => holdsName(names, oid, hashFormat(hash))).length;
  if (known * 4 >= sample.length) return false;
  return (
    (await from.get('SELECT 1 AS one FROM repositories WHERE family = ? AND id <> ? LIMIT 1', family, key)) !== null
  );
};

/** The family, if it is there and of this kind. */
const kept = async (from: Statements, family: number | null, { detection, hash }: Kind): Promise<number | null> => {
  if (family === null || !Number.isSafeInteger(family)) return null;
  const row = await from.get(
    'SELECT id FROM families WHERE id = ? AND detection = ? AND hash = ?',
    family,
    detection,
    hash,
  );
  return row === null ? null : numberAt(row, 'id');
};

/** The last 48 bits of each name: of the first ones in order, the first bits are much alike. */
const markersOf = (sample: readonly string[]): readonly number[] => {
  const markers = sample.slice(0, SAMPLE).map((oid) => Number.parseInt(oid.slice(-12), 16));
  return [...new Set(markers)].filter(Number.isSafeInteger);
};

/** Which families have each of these names. */
const familiesWith = async (
  from: Statements,
  markers: readonly number[],
): Promise<readonly { readonly marker: number; readonly family: number }[]> => {
  if (markers.length === 0) return [];
  const rows = await from.all(
    `SELECT name, family FROM family_samples WHERE name IN ${placeholders(1, markers.length)}`,
    ...markers,
  );
  return rows.map((row) => ({ marker: numberAt(row, 'name'), family: numberAt(row, 'family') }));
};

const bySample = async (from: Statements, sample: readonly string[], kind: Kind): Promise<number | null> => {
  const markers = markersOf(sample);
  const shared = countBy((await familiesWith(from, markers)).map(({ family }) => family));
  const enough = Math.max(LEAST, Math.min(ENOUGH, Math.ceil(markers.length / 4)));
  const candidates = [...shared]
    .filter(([, count]) => count >= enough)
    .sort(([a, countA], [b, countB]) => countB - countA || a - b);
  for (const [family] of candidates) if ((await kept(from, family, kind)) !== null) return family;
  return null;
};

const countBy = (values: readonly number[]): ReadonlyMap<number, number> => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

/**
 * Keeps what a scan learnt of names. Names that were not verified stay the repository's own.
 * @param key the repository's
 * @returns the family that it belongs to now
 */
export const keepNames = async (to: Statements, key: string, { family, detection }: Read): Promise<number | null> => {
  const row = await to.get('SELECT family, detection FROM repositories WHERE id = ?', key);
  const before = row === null ? null : numberOrNull(row, 'family');
  // What was found by other rules says nothing of what these would find.
  if (row?.['detection'] !== detection) await dropNames(to, ofRepository(key));
  if (family === null) {
    // Something was doubtful: the next time, too, all is read.
    await dropNames(to, ofRepository(key));
    return row?.['detection'] === detection ? before : await left(to, before, key);
  }
  const { hash, sample, hits } = family;
  const kind = { detection, hash };
  const id =
    (await kept(to, family.id === null ? null : Number(family.id), kind)) ??
    (await bySample(to, sample, kind)) ??
    (await founded(to, sample, kind));
  const format = hashFormat(hash);
  const own = bufferOf(family.own);
  await addNames(to, ofFamily(id), among(bufferOf(family.verified), hits, format), format);
  await addNames(to, ofRepository(key), among(own, hits, format), format);
  if (own.length > 0) await to.run('UPDATE families SET unverified = 1 WHERE id = ? AND unverified = 0', id);
  if (before !== null && before !== id) await left(to, before, key);
  return id;
};

/** What crossed between threads is a plain array of bytes. */
const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const among = (names: Buffer, hits: KnownNames['hits'], hash: HashFormat): KnownNames => ({
  names,
  hits: hits.filter(({ oid }) => holdsName(names, oid, hash)),
});

const founded = async (to: Statements, sample: readonly string[], { detection, hash }: Kind): Promise<number> => {
  const last = await to.get('SELECT coalesce(max(id), 0) AS id FROM families');
  const family = last === null ? 1 : numberAt(last, 'id') + 1;
  await to.run('INSERT INTO families (id, hash, detection, unverified) VALUES (?, ?, ?, 0)', family, hash, detection);
  const markers = markersOf(sample);
  const known = countBy((await familiesWith(to, markers)).map(({ marker }) => marker));
  const telling = markers.filter((marker) => (known.get(marker) ?? 0) < COMMON);
  if (telling.length === 0) return family;
  await to.run(
    `INSERT INTO family_samples (name, family) VALUES ${placeholders(telling.length, 2)}`,
    ...telling.flatMap((marker) => [marker, family]),
  );
  return family;
};

/** A family that its last member leaves is no more. */
const left = async (to: Statements, family: number | null, key: string): Promise<null> => {
  if (family === null) return null;
  const other = await to.get('SELECT 1 AS one FROM repositories WHERE family = ? AND id <> ? LIMIT 1', family, key);
  if (other !== null) return null;
  await dropNames(to, ofFamily(family));
  await to.run('DELETE FROM family_samples WHERE family = ?', family);
  await to.run('DELETE FROM families WHERE id = ?', family);
  return null;
};
