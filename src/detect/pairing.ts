// Which secret belongs to which key. Every plausible pair gets a score from what a reader would go by: how near they
// stand, what the names say, whether they share a block, a call, a row; then the assignment with the best total is taken,
// one secret to one key. A key whose own secret is visibly somewhere else (environment, placeholder) stays alone; one whose
// secret stands there twice, with two values, has both.

import { adjacent, layoutScore, nameScore, proximity, stemScore } from './affinity.js';
import { createElsewhere } from './elsewhere.js';
import type { Located } from './located.js';
import { bestMatching, type Edge } from './matching.js';
import type { Namer } from './namer.js';
import { parallelRuns } from './parallel.js';
import { boundByBorders } from './records.js';
import { lastNotAbove } from './structure.js';

export interface Pair {
  readonly key: Located;
  readonly secret: Located;
  readonly score: number;
}

export interface Pairing {
  readonly pairs: readonly Pair[];
  /** Keys and secrets that found no partner. */
  readonly alone: readonly Located[];
}

/** A pair scores at least this. A value on the next line without any name reaches it; one with a foreign name does not. */
const THRESHOLD = 8;
/** A pair that scores this is as plain as they come. */
export const PLAIN = 11;
/** How many secrets before and after a key are weighed. */
const REACH = 12;

/** What another maker's name takes off: no nearness makes up for it. */
const FOREIGN = -12;

/** What a border adds to the pair it encloses, and takes off others of either. */
const BOUND = 4;

export interface PairingContext {
  readonly namer: Namer;
  /** Whether the secret's length is one that goes with the key's rule. */
  readonly fits: (key: Located, secret: Located) => boolean;
}

/** Pairs the keys and secrets among `values`, which are sorted by line and place. */
export const pairUp = (values: readonly Located[], { namer, fits }: PairingContext): Pairing => {
  const keys = values.filter((value) => value.role === 'key');
  const secrets = values.filter((value) => value.role === 'secret');
  if (keys.length === 0 || secrets.length === 0) return { pairs: [], alone: [...keys, ...secrets] };
  const order = new Map(values.filter(isPlausible).map((value, index) => [value, index]));
  const orderOf = (value: Located): number => order.get(value) ?? 0;
  const keyBlocks = new Set(keys.map(({ layout }) => layout.block));
  const secretBlocks = new Set(secrets.filter(isPlausible).map(({ layout }) => layout.block));
  /** A blank line between them counts when one of them has a possible partner on its own side of it. */
  const blockScore = ({ layout: key }: Located, { layout: secret }: Located): number =>
    key.block !== secret.block && (secretBlocks.has(key.block) || keyBlocks.has(secret.block)) ? -2.5 : 0;

  /** The maker whose keys a secret stands among, asked for once. */
  const vendors = new Map<Located, string | null>();
  const vendorAround = (secret: Located): string | null => {
    const known = vendors.get(secret);
    if (known !== undefined) return known;
    let vendor: string | null = null;
    for (const text of surroundings(secret)) vendor ??= namer.vendorIn(text);
    vendors.set(secret, vendor);
    return vendor;
  };

  const vendorScore = (key: Located, secret: Located): number => {
    const vendor = secret.name?.vendor ?? null;
    if (vendor !== null && !(key.name?.raw.toLowerCase().includes(vendor) ?? false)) return FOREIGN;
    const around = vendorAround(secret);
    if (around === null) return 0;
    return surroundings(key).some((text) => text.toLowerCase().includes(around)) ? 0 : FOREIGN;
  };

  const elsewhereScore = createElsewhere(secrets, namer);
  const bound = boundByBorders(
    values,
    (key, secret) => fits(key, secret) && vendorScore(key, secret) >= 0 && elsewhereScore(key, secret) >= 0,
  );
  const parallel = parallelRuns(values, (value) => bound.has(value));
  const customs = customsOf(keys, bound);

  /** A border that binds one of them binds it to the other, or to a third. */
  const borderScore = (key: Located, secret: Located): number => {
    if (bound.get(key) === secret) return BOUND;
    if (bound.has(key) || bound.has(secret)) return -BOUND;
    const names = customs.get(key.name?.folded ?? '');
    if (names === undefined || secret.name === null || secret.name.kind === 'secret') return 0;
    return names.has(secret.name.folded) ? 0 : -BOUND;
  };

  const score = (key: Located, secret: Located): number => {
    const between = Math.max(0, Math.abs(orderOf(key) - orderOf(secret)) - 1);
    const partner = parallel.get(key);
    const inParallel = partner === undefined ? 0 : partner === secret ? 6 : -3;
    const total =
      proximity(key, secret) +
      nameScore(key, secret) +
      stemScore(key, secret) +
      layoutScore(key, secret) +
      vendorScore(key, secret) +
      blockScore(key, secret) +
      borderScore(key, secret) +
      inParallel +
      (orderOf(secret) > orderOf(key) ? 0.4 : 0) -
      (partner === secret ? 0 : (stemScore(key, secret) > 1 ? 0.2 : 0.8) * Math.min(4, between));
    return partner === secret ? total : total + elsewhereScore(key, secret) + (adjacent(key, secret) ? 2 : 0);
  };

  const edges: Edge[] = [];
  const indexOf = new Map(secrets.map((secret, index) => [secret, index]));
  const secretStarts = secrets.map(({ start }) => start);
  keys.forEach((key, left) => {
    const middle = lastNotAbove(secretStarts, key.start) + 1;
    const partner = parallel.get(key);
    const near = new Set(secrets.slice(Math.max(0, middle - REACH), middle + REACH));
    if (partner !== undefined) near.add(partner);
    for (const secret of near) {
      if (!fits(key, secret)) continue;
      const total = score(key, secret);
      if (total >= THRESHOLD) edges.push({ left, right: indexOf.get(secret) ?? 0, score: total - THRESHOLD + 0.01 });
    }
  });

  const pairOf = ({ left, right, score: above }: Edge): readonly Pair[] => {
    const key = keys[left];
    const secret = secrets[right];
    return key === undefined || secret === undefined ? [] : [{ key, secret, score: above + THRESHOLD }];
  };
  const once = consistent(bestMatching(edges).flatMap(pairOf));
  const taken = new Set(once.map(({ secret }) => secret.text));
  const isFree = ({ text, name }: Located): boolean => name?.kind === 'secret' && !taken.has(text);
  const free = new Set(secrets.flatMap((secret, index) => (isFree(secret) ? [index] : [])));
  const others = edges.filter(({ right }) => free.has(right)).flatMap(pairOf);
  const pairs = [...once, ...setAgain(once, others, namer)];
  const paired = new Set<Located>(pairs.flatMap(({ key, secret }) => [key, secret]));
  return { pairs, alone: [...keys, ...secrets].filter((value) => !paired.has(value)) };
};

/** For the name of each key that a border binds, the names its secrets go by: records of one kind call things alike. */
const customsOf = (
  keys: readonly Located[],
  bound: ReadonlyMap<Located, Located>,
): ReadonlyMap<string, ReadonlySet<string>> => {
  const customs = new Map<string, Set<string>>();
  for (const key of keys) {
    const secret = bound.get(key);
    if (key.name === null || secret === undefined) continue;
    const held = customs.get(key.name.folded) ?? new Set();
    customs.set(key.name.folded, held.add(secret.name?.folded ?? ''));
  }
  return customs;
};

const surroundings = ({ layout }: Located): readonly string[] => [...layout.heads, ...layout.around];

/** Values that count as standing between others. */
const isPlausible = ({ role, name }: Located): boolean =>
  role === 'key' ||
  (role === 'secret' && name?.kind !== 'other' && name?.kind !== 'password' && (name?.vendor ?? null) === null);

/** Lines, and characters, between two values of a variable that is set twice for one key. */
const AGAIN = { lines: 4, characters: 400 };

/**
 * @param others pairs that would do, of secrets that were given to no key
 * @returns those of them that a key has beside its own. A variable may be set twice beside one key: the old line commented
 * out, both sides of a conflict. Which of them is the key's secret is not for a reader to tell, so both are. Where another
 * ID is named between them, whatever it holds, the second is that one's.
 */
const setAgain = (found: readonly Pair[], others: readonly Pair[], { slots }: Namer): readonly Pair[] => {
  if (others.length === 0) return [];
  const partners = new Map(found.map(({ key, secret }) => [key, secret]));
  const again = new Map<Located, Pair>();
  const ofSeveral = new Set<Located>();
  for (const pair of others) {
    const { key, secret, score } = pair;
    const held = again.get(secret);
    if (held !== undefined && held.key.text !== key.text) ofSeveral.add(secret);
    if (held === undefined || score > held.score) again.set(secret, pair);
  }
  return [...again.values()].filter(({ key, secret }) => {
    const partner = partners.get(key);
    if (partner === undefined || ofSeveral.has(secret)) return false;
    const [first, last] = partner.at < secret.at ? [partner, secret] : [secret, partner];
    const between = key.layer.text.slice(first.until, last.at);
    return (
      partner.layer === key.layer &&
      secret.layer === key.layer &&
      (key.at < first.at || key.at > last.at) &&
      last.line - first.line <= AGAIN.lines &&
      between.length <= AGAIN.characters &&
      partner.name?.folded === secret.name?.folded &&
      // Else they are of a list, or of another section.
      between.includes(last.name?.raw ?? '') &&
      !/[[\]]/.test(between) &&
      slots.ids(between).length === 0
    );
  });
};

/** How much better a pair must be for a second reading of the same value to be dropped. */
const CLEARLY = 2.5;

/**
 * A secret value goes with one key value: where the matching gave it to two at different places, the better keeps it.
 * A key value with several secrets keeps those that are about as plain as its best.
 */
const consistent = (pairs: readonly Pair[]): readonly Pair[] => {
  const best = new Map<string, Pair>();
  const bestOfKey = new Map<string, number>();
  for (const pair of pairs) {
    const held = best.get(pair.secret.text);
    if (held === undefined || pair.score > held.score) best.set(pair.secret.text, pair);
    bestOfKey.set(pair.key.text, Math.max(bestOfKey.get(pair.key.text) ?? 0, pair.score));
  }
  return pairs.filter(
    (pair) =>
      best.get(pair.secret.text)?.key.text === pair.key.text &&
      pair.score >= (bestOfKey.get(pair.key.text) ?? 0) - CLEARLY - (pair.secret.name?.kind === 'secret' ? 4 : 0),
  );
};
