// The rules made ready: what a key looks like (shapes), what names and words mean (vocabulary). The built-in ones come from
// rules/*.yml, compiled in at build time; a user's own have the same form (rules/schema.json) and join them.

import builtIn from 'akscan:rules';
import type { Confidence, DetectorOptions } from './types.js';

export type Alphabet = 'alphanumeric' | 'base58' | 'base64' | 'hex' | 'lower-alphanumeric' | 'digits';

/**
 * A value that can be known by itself: a literal prefix, then characters of an alphabet. In a rule without a secret the
 * value is itself the secret.
 */
export interface KeyShape {
  readonly prefix: string;
  readonly alphabet: Alphabet;
  /** Allowed lengths, prefix included. */
  readonly lengths: readonly number[];
  /** Counts only under a name of this kind. */
  readonly named?: 'id';
}

/** A value that counts only beside a key, or under a name. */
export interface SecretShape {
  readonly alphabet: Alphabet;
  readonly lengths: readonly number[];
  readonly named?: 'secret';
}

export interface TokenShape {
  readonly prefixes: readonly string[];
  /** Shortest and longest. */
  readonly lengths: readonly [number, number];
}

export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Never more than this; a `low` rule joins only when low confidence is asked for. */
  readonly confidence?: Confidence;
  readonly key?: KeyShape;
  readonly secret?: SecretShape;
  readonly token?: TokenShape;
  /** Further literal words whose presence makes a file worth reading: the anchors of a rule without a prefix. */
  readonly words?: readonly string[];
}

interface NameList {
  /** Within a name, before any other list is asked. */
  readonly always?: readonly string[];
  readonly within?: readonly string[];
  readonly endings?: readonly string[];
  readonly words?: readonly string[];
}

export interface Vocabulary {
  readonly names: Readonly<Record<'id' | 'secret' | 'key' | 'user' | 'password' | 'other', NameList>>;
  readonly roles: readonly string[];
  readonly generic: readonly string[];
  readonly vendors: readonly string[];
  readonly house: readonly string[];
  readonly placeholders: { readonly long: readonly string[]; readonly short: readonly string[] };
  /** What people make values of, beside the placeholders. */
  readonly words: readonly string[];
  readonly glue: { readonly before: readonly string[]; readonly after: readonly string[] };
  readonly foreign: { readonly secret: readonly string[]; readonly id: readonly string[] };
}

export interface Ruleset {
  readonly rules: readonly Rule[];
  readonly vocabulary: Vocabulary;
}

const isVocabulary = (document: unknown): document is Vocabulary =>
  typeof document === 'object' && document !== null && 'vocabulary' in document;

// The files are checked against rules/schema.json when the project is built and tested; here they are trusted.
export const builtInRules = builtIn.filter((document) => !isVocabulary(document)) as readonly Rule[];

const vocabularyOf = (documents: readonly unknown[]): Vocabulary => {
  const found = documents.find(isVocabulary);
  if (found === undefined) throw new TypeError('rules/ holds no vocabulary');
  return found;
};

export const builtInVocabulary = vocabularyOf(builtIn);

/** The rules that take part under these options. `customRules` have been checked by the configuration's reader. */
export const rulesetFor = (options: DetectorOptions): Ruleset => {
  const all = [...builtInRules, ...((options.customRules ?? []) as readonly Rule[])];
  const rules = options.minConfidence === 'low' ? all : all.filter((rule) => rule.confidence !== 'low');
  return { rules, vocabulary: builtInVocabulary };
};

const CLASSES: Readonly<Record<Alphabet, RegExp>> = {
  alphanumeric: /^[0-9A-Za-z]*$/,
  base58: /^[1-9A-HJ-NP-Za-km-z]*$/,
  base64: /^[0-9A-Za-z+/_-]*={0,2}$/,
  hex: /^[0-9A-Fa-f]*$/,
  'lower-alphanumeric': /^[0-9a-z]*$/,
  digits: /^[0-9]*$/,
};

export const isOf = (alphabet: Alphabet, value: string): boolean => CLASSES[alphabet].test(value);
