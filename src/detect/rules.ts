// The rules: what a key looks like. The built-in ones come from rules/*.yml, compiled in at build time; a user's own have the
// same form (rules/schema.json) and join them.

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

// The files are checked against rules/schema.json when the project is built and tested; here they are trusted.
export const builtInRules = builtIn as readonly Rule[];

/** The rules that take part under these options. `customRules` have been checked by the configuration's reader. */
export const rulesFor = (options: DetectorOptions): readonly Rule[] => {
  const all = [...builtInRules, ...((options.customRules ?? []) as readonly Rule[])];
  return options.minConfidence === 'low' ? all : all.filter((rule) => rule.confidence !== 'low');
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
