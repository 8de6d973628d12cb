// Signs that a key's own secret is somewhere else, or that a secret is somebody else's: a name of the secret kind that holds a
// reference, a signed request, an ID of another maker beside the secret.

import { adjacent, stemScore } from './affinity.js';
import type { Layer } from './layers/layer.js';
import type { Located } from './located.js';
import type { Namer } from './namer.js';
import { relateStems } from './names.js';
import { valueEnd } from './slots.js';
import { lastNotAbove } from './structure.js';

/** A signed request or form: the signature stands for the secret, which is not there. */
const SIGNED = /\b(?:signature|policy)["']?\s{0,3}(?:=|%3D|:|,)/i;

/** The argument after the ID is a variable of the environment or a call. */
const NEXT_ARGUMENT =
  /^["'`]\s{0,4},\s{0,12}(?:os\.|process\.|System\.|ENV|env|getenv|std::env|Environment\.|secrets?\.|vault|kms|\$\{?[A-Z_])/;
const SIGNED_KEY = /(?:accesskeyid|credential)["'\s]{0,3}(?:=|%3D|:|,|\()["'\s]{0,3}$/i;

/** A name of the secret kind that holds no secret. */
interface EmptySlot {
  /** From the key, in characters. */
  readonly distance: number;
  readonly sameStem: boolean;
  /** On a line that a diff takes away. */
  readonly removed: boolean;
  /** Between the same brackets as the key. */
  readonly beside: boolean;
}

/** What a name of the secret kind without a secret, nearer to the key, takes off. */
const AWAY = -6;
/** Where that name is a field of the key's own record, or the other is not even called a secret. */
const CLOSED = -12;

/** The argument behind the ID is a variable or a call. */
const BARE_ARGUMENT = /^["'`]\s{0,4},\s{0,12}([A-Za-z_$@][\w$.:>-]{0,60})(?:\([^()\n]{0,60}\))?\s{0,4}[,)]/;
const LITERAL = /^(?:true|false|null|none|nil|undefined)$/i;

/** Whether no bracket that is open at `from` is closed before `to`, and the other way round. */
const sameBrackets = (text: string, from: number, to: number): boolean => {
  let depth = 0;
  for (let at = from; at < to && depth >= 0; at++) {
    if ('([{'.includes(text[at] ?? ' ')) depth++;
    else if (')]}'.includes(text[at] ?? ' ')) depth--;
  }
  return depth === 0;
};

/** Characters behind an element's tag within which its value stands. */
const SLOT_REACH = 160;

/** The first character of the line that `at` stands on. */
const lineMark = (text: string, at: number): string => {
  const line = text.slice(Math.max(0, at - SLOT_REACH), at);
  return line[line.lastIndexOf('\n') + 1] ?? '';
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

/** @returns what is taken off the score of a pair for such signs; 0 or less */
export const createElsewhere = (
  secrets: readonly Located[],
  namer: Namer,
): ((key: Located, secret: Located) => number) => {
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
      ? [{ distance: key.text.length, sameStem: true, removed: false, beside: true }]
      : [];
    const own = key.name?.stem ?? [];
    const slots = namer.slots.emptySecrets(near).flatMap(({ name, valueAt }): EmptySlot[] => {
      // Another's, when it says more than the key's name does.
      if (name.vendor !== null || !name.stem.every((word) => own.includes(word) || namer.isHouse(word))) return [];
      const at = from + valueAt;
      // An element's value may stand on the next line.
      const tagged = key.layer.text[at - 1] === '>';
      const end = tagged ? at + SLOT_REACH : valueEnd(key.layer.text, at);
      if (key.at >= at - 4 && key.at <= at + 40) return [];
      if (secretBetween(key.layer, at, end)) return [];
      return [
        {
          distance: Math.abs(at - key.at),
          sameStem: relateStems(own, name.stem) === 'same',
          removed: lineMark(key.layer.text, at) === '-',
          beside: sameBrackets(key.layer.text, Math.min(at, key.until), Math.max(at, key.at)),
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
    const distances = namer.slots.ids(near).flatMap(({ name, valueAt }) => {
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

  const isFollowed = memo(({ layer, until }: Located): boolean => {
    const argument = BARE_ARGUMENT.exec(layer.text.slice(until, until + 160))?.[1];
    if (argument === undefined || LITERAL.test(argument)) return false;
    const { kind } = namer.named(argument);
    // `Region.CN_HANGZHOU`: a constant is what its type is called.
    const type = /^([A-Z]\w*)\.[A-Z]/.exec(argument)?.[1];
    return kind !== 'other' && (kind !== 'unknown' || type === undefined || namer.named(type).kind !== 'other');
  });

  return (key, secret) => {
    if (adjacent(key, secret)) return 0;
    const distance = Math.abs(secret.at - key.at);
    const told = stemScore(key, secret) > 1;
    const nearer = emptySlots(key).filter(
      (slot) =>
        (secret.layer !== key.layer || slot.distance < distance) &&
        (slot.sameStem || !told) &&
        !(slot.removed && secret.layout.marker === '+'),
    );
    const named = secret.name?.kind === 'secret' || (secret.name?.kind === 'id' && key.name?.kind === 'secret');
    if (nearer.length > 0) {
      const inRecord = secret.layout.group !== key.layout.group && nearer.some(({ beside }) => beside);
      return named && !inRecord ? AWAY : CLOSED;
    }
    // Positions are the names: the one behind the ID's is taken.
    const follows = secret.layout.group >= 0 && secret.layout.group === key.layout.group && secret.at > key.at;
    if (follows && !named && isFollowed(key)) return CLOSED;
    if (claimedAt(secret) < distance) return -5;
    return !named && isSigned(key) ? -6 : 0;
  };
};
