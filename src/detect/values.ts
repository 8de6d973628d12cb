// Finds the values in a layer that could be part of a credential: keys by their prefix, secrets by their length, tokens by
// theirs. Whether a secret belongs to a key is decided later (pairing.ts).

import { alphanumericAt, isAccident, isBounded } from './bounds.js';
import { lastLettersOf } from './key-start.js';
import { encodingOf, type Layer, originAt } from './layers/layer.js';
import { isCutShort, isMaskedBeyond } from './masks.js';
import { nearKeys } from './near.js';
import type { Noise } from './noise.js';
import { wordShare } from './noise.js';
import { isOf, type KeyShape, type Rule } from './rules.js';
import { createRunFinder } from './runs.js';
import type { Encoding } from './types.js';
import type { Vocabulary } from './vocabulary.js';

export type Role = 'key' | 'secret' | 'token';

/** What speaks against a value. */
interface Doubt {
  /** A key that issued ones rarely look like: worth showing beside a secret, doubtful alone. */
  readonly doubtful: boolean;
  /** A key that was probably made up: it counts only beside a secret of its own. */
  readonly suspect: boolean;
}

const NO_DOUBT: Doubt = { doubtful: false, suspect: false };

export interface Value extends Doubt {
  readonly role: Role;
  /** The rule of a key or token; a secret is of whichever rule its key is. */
  readonly rule: Rule | null;
  readonly text: string;
  /** Offsets in the window. */
  readonly start: number;
  readonly end: number;
  readonly encoding: readonly Encoding[];
  /** Where it stands in the text whose layout it is judged by. */
  readonly layer: Layer;
  readonly at: number;
  readonly until: number;
}

export interface ValueFinder {
  /** What keys begin with. */
  readonly prefixes: readonly string[];
  /** Keys and tokens of a layer. */
  keys(layer: Layer): readonly Value[];
  /**
   * Values with the shape of a secret, in order; whether they were made up is asked one by one.
   * @param keys only those near one of these ascending offsets in the window; null for all
   */
  secrets(layer: Layer, keys: readonly number[] | null): readonly Value[];
  /** Whether a value with the shape of a secret may have been issued. */
  isIssued(secret: Value): boolean;
  /** Whether a text holds a key. */
  holdsKey(text: string): boolean;
  /** How many keys a text holds; one when it is a value and nothing else. */
  valuesIn(text: string): number;
  /** A text that is one value and nothing else but blanks and quotes: the value, else null. */
  single(layer: Pick<Layer, 'text' | 'cut'>): Pick<Value, 'role' | 'rule' | 'text' | keyof Doubt> | null;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Letters and digits that may be a secret, or hold one. */
const words = createRunFinder(/[0-9A-Za-z]/, 12);

export const createValueFinder = (rules: readonly Rule[], glue: Vocabulary['glue'], noise: Noise): ValueFinder => {
  const secretShapes = rules.flatMap((rule) => (rule.secret === undefined ? [] : [rule.secret]));
  const secretLengths = new Set(secretShapes.flatMap(({ lengths }) => lengths));
  const hasSecretShape = (value: string): boolean =>
    secretShapes.some(({ lengths, alphabet }) => lengths.includes(value.length) && isOf(alphabet, value));
  const isIssued = (value: string): boolean =>
    secretShapes.some(
      ({ lengths, alphabet }) =>
        lengths.includes(value.length) && isOf(alphabet, value) && noise.madeUp(value, alphabet) === null,
    );
  /** Secrets that hold more than letters and digits. */
  const richRuns = secretShapes.some(({ alphabet }) => alphabet === 'base64')
    ? /(?=[0-9A-Za-z]*[+/_=-])[0-9A-Za-z+/_-]{12,256}={0,2}/g
    : null;
  const before = [...glue.before].sort((a, b) => b.length - a.length);
  const keyRules = rules.flatMap((rule) => (rule.key === undefined ? [] : [{ rule, key: rule.key }]));
  const prefixed = keyRules.filter(({ key }) => key.prefix !== '');
  const unprefixed = keyRules.filter(({ key }) => key.prefix === '');
  const tokenRules = rules.flatMap((rule) => (rule.token === undefined ? [] : [{ rule, token: rule.token }]));

  /** The key that starts at `at`, where its prefix stands. */
  const keyAt = (text: string, at: number, key: KeyShape): Span | null => {
    if (alphanumericAt(text, at - 1) && !gluedBefore(text, at)) return null;
    const longest = longestOf(key);
    let to = at + key.prefix.length;
    while (
      to - at <= longest &&
      (alphanumericAt(text, to) || (key.alphabet === 'base64' && '+/_-'.includes(text[to] ?? ' ')))
    )
      to++;
    if (!key.lengths.includes(to - at)) {
      const length = key.lengths.findLast(
        (candidate) => candidate < to - at && glue.after.some((word) => text.startsWith(word, at + candidate)),
      );
      if (length === undefined) return null;
      to = at + length;
    } else if (isCutShort(text, at, to) || (to - at < longest && isMaskedBeyond(text, to))) return null;
    if (!isOf(key.alphabet, text.slice(at + key.prefix.length, to))) return null;
    return isAccident(text, at, to) ? null : { from: at, to };
  };

  const lastLetters = lastLettersOf(before);

  const gluedBefore = (text: string, at: number): boolean => {
    if (!lastLetters.has(text[at - 1] ?? '')) return false;
    let from = at;
    while (at - from < 48 && alphanumericAt(text, from - 1)) from--;
    const run = text.slice(from, at);
    const folded = run.toLowerCase();
    const word = before.find((ending) => folded.endsWith(ending));
    if (word === undefined) return false;
    return word.length >= 5 || word.length === run.length || (run.length <= 24 && wordShare(run) >= 0.3);
  };

  /** What speaks against a key; null when it is none. */
  const doubtsOf = (text: string, { from, to }: Span, key: KeyShape): Doubt | null => {
    const body = text.slice(from + key.prefix.length, to);
    // A prefix inside a key is chance text that happens to hold several.
    if (prefixed.some(({ key: other }) => body.includes(other.prefix))) return null;
    const suspect = noise.madeUp(body, key.alphabet) !== null;
    if (suspect && noise.surelyMadeUp(body, key.alphabet)) return null;
    return { doubtful: isDoubtful(body), suspect };
  };

  const asValue = (layer: Layer, role: Role, rule: Rule | null, { from, to }: Span, doubt: Doubt): Value => ({
    role,
    rule,
    text: layer.text.slice(from, to),
    start: originAt(layer, from),
    end: originAt(layer, to),
    encoding: encodingOf(layer, from, to),
    layer,
    at: from,
    until: to,
    ...doubt,
  });

  const keysOf = (layer: Layer): Value[] => {
    const { text } = layer;
    return prefixed.flatMap(({ rule, key }) => {
      const found: Value[] = [];
      for (let at = text.indexOf(key.prefix); at >= 0; at = text.indexOf(key.prefix, at + key.prefix.length)) {
        const span = keyAt(text, at, key);
        const doubt = span === null ? null : doubtsOf(text, span, key);
        if (span === null || doubt === null) continue;
        // What a decoded line ends in may go on in the next.
        if (layer.cut === true && span.to === text.length && span.to - at < longestOf(key)) continue;
        found.push(asValue(layer, 'key', rule, span, doubt));
      }
      return found;
    });
  };

  const tokensOf = (layer: Layer): Value[] => {
    const { text } = layer;
    return tokenRules.flatMap(({ rule, token }) =>
      token.prefixes.flatMap((prefix) => {
        const found: Value[] = [];
        for (let at = text.indexOf(prefix); at >= 0; at = text.indexOf(prefix, at + prefix.length)) {
          if (alphanumericAt(text, at - 1)) continue;
          let to = at;
          while (to - at < token.lengths[1] && /[0-9A-Za-z+/_=-]/.test(text[to] ?? ' ')) to++;
          if (to - at >= token.lengths[0]) found.push(asValue(layer, 'token', rule, { from: at, to }, NO_DOUBT));
        }
        return found;
      }),
    );
  };

  const secretsOf = (layer: Layer, keys: readonly number[] | null): Value[] => {
    const { text } = layer;
    const spans: Span[] = [];
    const take = (from: number, to: number): void => {
      if (secretLengths.has(to - from) && hasSecretShape(text.slice(from, to))) spans.push({ from, to });
    };
    const takeRun = (from: number, to: number): void => {
      if (secretLengths.has(to - from) && isBounded(text, from, to)) take(from, to);
      if (to - from > GLUED_SECRET && to - from <= LONGEST_GLUED) {
        for (const at of gluedSecrets(text.slice(from, to), glue.after)) take(from + at, from + at + GLUED_SECRET);
      }
    };
    for (let from = words.next(text, 0); from >= 0; ) {
      const to = words.end(text, from);
      takeRun(from, to);
      from = words.next(text, to);
    }
    if (richRuns !== null) for (const { index, 0: run } of text.matchAll(richRuns)) takeRun(index, index + run.length);
    spans.sort((a, b) => a.from - b.from);
    const starts = spans.map(({ from }) => originAt(layer, from));
    const wanted = keys === null ? spans.keys() : nearKeys(keys, starts);
    return [...wanted].flatMap((index) => {
      const span = spans[index];
      return span === undefined ? [] : [asValue(layer, 'secret', null, span, NO_DOUBT)];
    });
  };

  const unprefixedKeysOf = (layer: Layer): Value[] => {
    if (unprefixed.length === 0) return [];
    return [...layer.text.matchAll(/[0-9A-Za-z]{16,}/g)].flatMap((match) => {
      const run = match[0];
      const rule = unprefixed.find(({ key }) => key.lengths.includes(run.length) && isOf(key.alphabet, run));
      const random = /\d/.test(run) && /[a-z]/.test(run) && /[A-Z]/.test(run);
      if (rule === undefined || !random || prefixed.some(({ key }) => run.startsWith(key.prefix))) return [];
      if (noise.madeUp(run, 'alphanumeric') !== null) return [];
      return [
        asValue(
          layer,
          'key',
          rule.rule,
          { from: match.index, to: match.index + run.length },
          { doubtful: true, suspect: false },
        ),
      ];
    });
  };

  const single: ValueFinder['single'] = ({ text, cut }) => {
    const value = text.replace(/^[\s"']+|[\s"']+$/g, '');
    const keyed = prefixed.find(({ key }) => value.startsWith(key.prefix) && key.lengths.includes(value.length));
    if (keyed !== undefined) {
      const body = value.slice(keyed.key.prefix.length);
      if (!isOf(keyed.key.alphabet, body)) return null;
      if (cut === true && text.endsWith(value) && value.length < longestOf(keyed.key)) return null;
      const doubt = doubtsOf(value, { from: 0, to: value.length }, keyed.key);
      return doubt === null ? null : { role: 'key', rule: keyed.rule, text: value, ...doubt };
    }
    return isIssued(value) ? { role: 'secret', rule: null, text: value, ...NO_DOUBT } : null;
  };

  return {
    prefixes: prefixed.map(({ key }) => key.prefix),
    keys: (layer) => [...keysOf(layer), ...unprefixedKeysOf(layer), ...tokensOf(layer)],
    secrets: secretsOf,
    isIssued: ({ text }) => isIssued(text),
    holdsKey: (text) =>
      prefixed.some(({ key }) => {
        const at = text.indexOf(key.prefix);
        return at >= 0 && keyAt(text, at, key) !== null;
      }),
    valuesIn: (text) =>
      single({ text }) !== null
        ? 1
        : prefixed.reduce(
            (sum, { key }) => sum + placesOf(text, key.prefix).filter((at) => keyAt(text, at, key) !== null).length,
            0,
          ),
    single,
  };
};
const longestOf = ({ lengths }: KeyShape): number => Math.max(...lengths);

const placesOf = (text: string, part: string): readonly number[] => {
  const places: number[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) places.push(at);
  return places;
};

/** IDs of 24 characters are drawn from base58 in practice: one that is not was probably typed by hand. */
const isDoubtful = (body: string): boolean => body.length === 20 && !isOf('base58', body);

/** Runs longer than this are no glued names and values. */
const LONGEST_GLUED = 400;
/** Only secrets of AccessKeys were seen glued. */
const GLUED_SECRET = 30;

const GLUED_NAME = /(?:access_?key_?secret|secret_?access_?key|access_?secret|secret_?key|key_?secret|secret)/gi;

/** Where 30-character secrets begin in a run that has their names glued before them: `AccessKeySecret...RegionId`. */
const gluedSecrets = (run: string, after: readonly string[]): readonly number[] =>
  [0, ...[...run.matchAll(GLUED_NAME)].map((match) => match.index + match[0].length)].filter(
    (at) => at + GLUED_SECRET === run.length || after.some((word) => run.startsWith(word, at + GLUED_SECRET)),
  );
