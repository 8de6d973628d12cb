// Which secret belongs to which key. Every plausible pair gets a score from what a reader would go by: how near they
// stand, what the names say, whether they share a block, a call, a row; then the assignment with the best total is taken,
// one secret to one key. A key whose own secret is visibly somewhere else (environment, placeholder) stays alone.

import type { Layer } from './layers/layer.js';
import { bestMatching, type Edge } from './matching.js';
import { type Name, type Namer, relateStems } from './names.js';
import { type Layout, lastNotAbove } from './structure.js';
import type { Value } from './values.js';

/** A value with what surrounds it. */
export interface Located extends Value {
  readonly name: Name | null;
  /** Line in the text they are all judged in; escaped line breaks count. */
  readonly line: number;
  readonly layout: Layout;
}

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

/** Score for distance, in lines: [at most, score]. */
const PROXIMITY: readonly (readonly [number, number])[] = [
  [0, 10],
  [1, 9.3],
  [2, 8.6],
  [3, 8],
  [5, 7],
  [10, 6.2],
  [20, 5.4],
  [60, 4.4],
  [200, 2.6],
  [1000, 1],
];

/** A signed request or form: the signature stands for the secret, which is not there. */
const SIGNED = /\b(?:signature|policy)["']?\s{0,3}(?:=|%3D|:)/i;

/** The argument after the ID is a variable of the environment or a call. */
const NEXT_ARGUMENT =
  /^["'`]\s{0,4},\s{0,12}(?:os\.|process\.|System\.|ENV|env|getenv|std::env|Environment\.|secrets?\.|vault|kms|\$\{?[A-Z_])/;
const SIGNED_KEY = /(?:accesskeyid|credential)["'\s]{0,3}(?:=|%3D|:|\()["'\s]{0,3}$/i;

const proximity = (key: Located, secret: Located): number => {
  const lines = Math.abs(key.line - secret.line);
  const characters = Math.abs(key.start - secret.start);
  // Long lines: what is a screen away is not near because no line break stands between.
  const distance = lines === 0 ? Math.floor(characters / 160) : Math.max(lines, Math.floor(characters / 400));
  return PROXIMITY.find(([most]) => distance <= most)?.[1] ?? 0;
};

const nameScore = (key: Located, secret: Located): number => {
  const own = secret.name;
  const keyKind = key.name?.kind ?? null;
  if (own === null) return 0;
  switch (own.kind) {
    case 'secret':
      return own.byComma ? 4 : 5;
    case 'key':
      return 2.5;
    case 'id':
      // Swapped names and names that lie: the key stands under the secret's name.
      return keyKind === 'secret' ? 4 : own.byComma ? 0 : keyKind === 'key' ? 1 : -5;
    case 'user':
      return own.byComma ? 0 : -4;
    case 'password':
      return keyKind === 'user' ? 4 : own.byComma ? 0 : -6;
    case 'other':
      return own.byComma ? 0 : -9;
    default:
      // What both go by is not their name: a file's, where lines were cut out of it.
      if (own.folded === key.name?.folded) return 0;
      return own.folded.length <= 3 ? -0.5 : -3;
  }
};

const stemScore = (key: Located, secret: Located): number => {
  if (key.name === null || secret.name === null) return 0;
  // `a` and `b`, `v1` and `v2` are no two accounts.
  if (secret.name.kind === 'unknown' && secret.name.folded.length <= 3) return 0;
  switch (relateStems(key.name.stem, secret.name.stem)) {
    case 'same':
      return 2;
    case 'overlap':
      return 0.5;
    case 'different':
      return -3;
    default:
      return 0;
  }
};

const layoutScore = ({ layout: key, text }: Located, { layout: secret }: Located): number => {
  // The key is what the block is called: `"LTAI...": { secret: ... }`.
  if (secret.heads[0]?.includes(text) === true) return 4;
  let score = 0;
  if (key.group >= 0 && key.group === secret.group) score += 2;
  else if (key.outer >= 0 && key.outer === secret.outer) score += 0.8;
  if (key.parent >= 0 && key.parent === secret.parent) score += 1.5;
  else if (key.parent !== secret.parent && key.group !== secret.group) score -= 1;
  if (key.section !== secret.section) score -= 3;
  if (key.marker !== secret.marker) score -= (key.marker + secret.marker).replace('+', '') === '' ? 0.5 : 2.5;
  return score;
};

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
  const parallel = parallelRuns(values);

  const vendorScore = (key: Located, secret: Located): number => {
    const vendor = secret.name?.vendor ?? null;
    if (vendor !== null && !(key.name?.raw.toLowerCase().includes(vendor) ?? false)) return -8;
    const around =
      surroundings(secret)
        .map((text) => namer.vendorIn(text))
        .find((word) => word !== null) ?? null;
    if (around === null) return 0;
    return surroundings(key).some((text) => text.toLowerCase().includes(around)) ? 0 : -8;
  };

  /** Ascending starts of the secrets in each layer. */
  const starts = new Map<Layer, readonly number[]>();
  const startsIn = (layer: Layer): readonly number[] => {
    const known = starts.get(layer) ?? secrets.filter((secret) => secret.layer === layer).map(({ at }) => at);
    starts.set(layer, known);
    return known;
  };
  const secretBetween = (layer: Layer, from: number, to: number): boolean => {
    const all = startsIn(layer);
    return (all[lastNotAbove(all, to)] ?? -1) >= from;
  };

  /** Names of the secret kind near a key that hold no secret found, by their distance in characters. */
  const emptySlots = memo((key: Located): readonly EmptySlot[] => {
    const from = Math.max(0, key.at - 240);
    const near = key.layer.text.slice(from, key.until + 320);
    const nextArgument = NEXT_ARGUMENT.test(key.layer.text.slice(key.until, key.until + 60))
      ? [{ distance: key.text.length, sameStem: true, removed: false }]
      : [];
    const own = key.name?.stem ?? [];
    const slots = namer.secretSlots(near).flatMap(({ name, valueAt }): EmptySlot[] => {
      // Another's, when it says more than the key's name does.
      if (name.vendor !== null || !name.stem.every((word) => own.includes(word) || namer.isHouse(word))) return [];
      const at = from + valueAt;
      const lineEnd = key.layer.text.indexOf('\n', at);
      // An element's value may stand on the next line.
      const tagged = key.layer.text[at - 1] === '>';
      const end = tagged ? at + 160 : Math.min(at + 160, lineEnd < 0 ? key.layer.text.length : lineEnd);
      if (key.at >= at - 4 && key.at <= at + 40) return [];
      if (secretBetween(key.layer, at, end)) return [];
      return [
        {
          distance: Math.abs(at - key.at),
          sameStem: relateStems(own, name.stem) === 'same',
          removed: lineMark(key.layer.text, at) === '-',
        },
      ];
    });
    return [...nextArgument, ...slots];
  });
  /** Distance from a secret to an ID of somebody else beside it (`secretId: AKID...`); infinite without one. */
  const claimedAt = memo((secret: Located): number => {
    const from = Math.max(0, secret.at - 200);
    const near = secret.layer.text.slice(from, secret.until + 120);
    const own = secret.name?.stem ?? [];
    const distances = namer.idSlots(near).flatMap(({ name, valueAt }) => {
      if (relateStems(own, name.stem) === 'different') return [];
      const value = /^[\w.-]{8,}/.exec(near.slice(valueAt, valueAt + 80))?.[0] ?? '';
      const foreign = value !== '' && !/LTAI|STS\./.test(value) && /\d/.test(value) && !/^[a-z_.]+$/i.test(value);
      return foreign && value !== secret.text ? [Math.abs(from + valueAt - secret.at)] : [];
    });
    return Math.min(Number.POSITIVE_INFINITY, ...distances);
  });
  const isSigned = memo(
    ({ layer, at, until }: Located): boolean =>
      SIGNED.test(layer.text.slice(Math.max(0, at - 400), until + 600)) &&
      SIGNED_KEY.test(layer.text.slice(Math.max(0, at - 30), at)),
  );

  /** What is taken off because the key's own secret is somewhere else: signed for, or under a name that holds none. */
  const elsewhereScore = (key: Located, secret: Located): number => {
    if (adjacent(key, secret)) return 0;
    const distance = Math.abs(secret.at - key.at);
    const told = stemScore(key, secret) > 1;
    const nearer = emptySlots(key).some(
      (slot) =>
        (secret.layer !== key.layer || slot.distance < distance) &&
        (slot.sameStem || !told) &&
        !(slot.removed && secret.layout.marker === '+'),
    );
    const named = secret.name?.kind === 'secret' || (secret.name?.kind === 'id' && key.name?.kind === 'secret');
    if (nearer) return -6;
    if (claimedAt(secret) < distance) return -5;
    return !named && isSigned(key) ? -6 : 0;
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

  const chosen = bestMatching(edges).flatMap(({ left, right, score: above }) => {
    const key = keys[left];
    const secret = secrets[right];
    return key === undefined || secret === undefined ? [] : [{ key, secret, score: above + THRESHOLD }];
  });
  const pairs = consistent(chosen);
  const paired = new Set<Located>(pairs.flatMap(({ key, secret }) => [key, secret]));
  return { pairs, alone: [...keys, ...secrets].filter((value) => !paired.has(value)) };
};

const surroundings = ({ layout }: Located): readonly string[] => [...layout.heads, ...layout.around];

/** A name of the secret kind that holds no secret. */
interface EmptySlot {
  /** From the key, in characters. */
  readonly distance: number;
  readonly sameStem: boolean;
  /** On a line that a diff takes away. */
  readonly removed: boolean;
}

const lineMark = (text: string, at: number): string => text[text.lastIndexOf('\n', at - 1) + 1] ?? '';

/** Values that count as standing between others. */
const isPlausible = ({ role, name }: Located): boolean =>
  role === 'key' ||
  (role === 'secret' && name?.kind !== 'other' && name?.kind !== 'password' && (name?.vendor ?? null) === null);

/** Nothing but punctuation or tags between them: `Auth('ID', 'SECRET')`, `ID:SECRET@`. */
const adjacent = (key: Located, secret: Located): boolean => {
  if (key.layer !== secret.layer || Math.abs(secret.at - key.at) > 160) return false;
  const [from, to] = key.at < secret.at ? [key.until, secret.at] : [secret.until, key.at];
  return /^(?:["'`\s,;:|/()@=&\\]|<[^<>]{1,60}>){1,80}$/.test(key.layer.text.slice(from, to));
};

const memo = <T>(compute: (key: Located) => T): ((key: Located) => T) => {
  const known = new Map<Located, T>();
  return (key) => {
    const held = known.get(key);
    if (held !== undefined) return held;
    const value = compute(key);
    known.set(key, value);
    return value;
  };
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

/** Keys in a row, then as many secrets in a row (or the other way round), each row in one list: the nth goes with the nth. */
const parallelRuns = (values: readonly Located[]): ReadonlyMap<Located, Located> => {
  const runs: Located[][] = [];
  for (const value of values) {
    if (value.role === 'token') continue;
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run !== undefined && last?.role === value.role && sameList(last, value)) run.push(value);
    else runs.push([value]);
  }
  const partners = new Map<Located, Located>();
  for (let i = 0; i + 1 < runs.length; i++) {
    const [one, two] = [runs[i] ?? [], runs[i + 1] ?? []];
    if (one.length < 2 || one.length !== two.length || one[0]?.role === two[0]?.role) continue;
    if (interleaved(one, two) || toldApart(one)) continue;
    const keys = one[0]?.role === 'key' ? one : two;
    const secrets = keys === one ? two : one;
    keys.forEach((key, index) => {
      const secret = secrets[index];
      if (secret !== undefined) partners.set(key, secret);
    });
    i++;
  }
  return partners;
};

/** Values of the two runs share a bracket that is not the bracket of all: they are records, not lists. */
const interleaved = (one: readonly Located[], two: readonly Located[]): boolean => {
  const groups = new Set([...one, ...two].map(({ layout }) => layout.group));
  return groups.size > 1 && one.some((a) => a.layout.group >= 0 && two.some((b) => b.layout.group === a.layout.group));
};

/** The names of a run say whose each value is: they decide, not the order. */
const toldApart = (run: readonly Located[]): boolean =>
  new Set(run.map(({ name }) => name?.stem.join(' ') ?? '')).size === run.length;

const sameList = (a: Located, b: Located): boolean => {
  if (a.layout.group >= 0 || b.layout.group >= 0) {
    if (a.layout.group === b.layout.group) return true;
    return a.layout.outer >= 0 && a.layout.outer === b.layout.outer;
  }
  return a.layout.parent === b.layout.parent;
};
