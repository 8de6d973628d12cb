// An ID that stands alone may have its secret in the file beside it: `access_key_id.txt` and `access_key_secret.txt`, or two
// halves of a configuration. Taken only when the names agree and there is exactly one candidate.

import type { Kernel, Words } from '../kernel/kernel.js';
import { once } from '../once.js';
import { rawLayer } from './layers/layer.js';
import type { Located } from './located.js';
import type { Namer } from './namer.js';
import { relateStems } from './names.js';
import { ownText } from './own-text.js';
import { createPlacer, START } from './places.js';
import type { Rule } from './rules.js';
import { pathOf, readScope, type ScopeTools } from './scope.js';
import type { Detection, SiblingFile, SiblingSecret } from './types.js';

/** Whether a named ID with another value stands beside a secret. */
const isClaimed = (namer: Namer, text: string, { at, until }: Located): boolean => {
  const near = text.slice(Math.max(0, at - 200), until + 120);
  return namer.slots
    .ids(near)
    .some(({ valueAt }) => /^[A-Za-z]{2,6}[\w-]{10,}/.test(near.slice(valueAt, valueAt + 80)));
};

/** A file's name as a value's name: `access-key-secret.txt` holds one. */
const stemOfFile = (name: string): string => name.replace(/^.*\//, '').replace(/\.[A-Za-z0-9]{1,5}$/, '');

export const createSiblingSearch = (
  tools: ScopeTools,
): ((lone: Detection, own: string, siblings: readonly SiblingFile[]) => SiblingSecret | null) => {
  /** Thousands of IDs may ask about the same files: each is read once for every kind of key. */
  const known = new WeakMap<Uint8Array, Map<string, readonly NamedSecret[]>>();
  const secretsOnce = (file: SiblingFile, lengths: readonly number[]): readonly NamedSecret[] => {
    const byLengths = known.get(file.bytes) ?? new Map<string, readonly NamedSecret[]>();
    known.set(file.bytes, byLengths);
    const found = byLengths.get(String(lengths)) ?? secretsIn(file, lengths, tools);
    byLengths.set(String(lengths), found);
    return found;
  };
  return (lone, own, siblings) => findSiblingSecret(lone, own, siblings, tools, secretsOnce);
};

const findSiblingSecret = (
  lone: Detection,
  own: string,
  siblings: readonly SiblingFile[],
  tools: ScopeTools,
  secretsOnce: (file: SiblingFile, lengths: readonly number[]) => readonly NamedSecret[],
): SiblingSecret | null => {
  const { namer } = tools;
  const ownFile = namer.named(stemOfFile(own));
  const ownName = lone.idName === null ? null : namer.named(lone.idName);
  const key = ownName !== null && ownName.kind !== 'unknown' ? ownName : ownFile;
  const lengths = tools.rules.find(({ id }) => id === lone.rule)?.secret?.lengths ?? [];
  let found: { readonly sibling: number; readonly file: SiblingFile; readonly secret: Located } | null = null;
  for (const [sibling, file] of siblings.entries()) {
    for (const { secret, stem } of secretsOnce(file, lengths)) {
      const relation = relateStems(key.stem, stem);
      if (relation === 'different' || relation === 'overlap') continue;
      if (relation === 'silent' && key.stem.length !== stem.length) continue;
      // Two that would fit: nothing says which.
      if (found !== null && found.secret.text !== secret.text) return null;
      found ??= { sibling, file, secret };
    }
  }
  if (found === null) return null;
  const { sibling, file, secret } = found;
  const place = createPlacer(file.bytes, START)(secret.start);
  return { sibling, secret: ownText(secret.text), place, encoding: secret.encoding };
};

/**
 * Whether a file holds a secret that names itself and has no ID beside it: one that may go with the ID in another file. Almost
 * every file is told by a look for a word as long as a secret.
 */
export const createLoneSecretTest = (
  rules: readonly Rule[],
  kernel: Pick<Kernel, 'wordTest'>,
  tools: () => ScopeTools,
): ((file: SiblingFile) => boolean) => {
  const lengths = secretLengths(rules);
  const hasWord = once(() => kernel.wordTest(secretWords(lengths)));
  return (file) => lengths.length > 0 && hasWord()(file.bytes) && secretsIn(file, lengths, tools()).length > 0;
};

/** Of secrets that go with an ID. */
const secretLengths = (rules: readonly Rule[]): readonly number[] =>
  rules.flatMap(({ key, secret }) => (key === undefined ? [] : (secret?.lengths ?? [])));

/** How long the words are of which such a file holds one at least: letters of both cases, digits, `+` and `/`. */
export const wordLengthsOf = (rules: readonly Rule[]): readonly number[] => [
  ...wordLengths(secretLengths(rules)).keys(),
];

/** Bits: a secret as it is, and base64 of one. */
const PLAIN = 1;
const BASE64 = 2;

/** How long a word is that may be a secret, plain or in base64 with a line feed or two, and nothing else: PLAIN, BASE64 or both. */
const wordLengths = (lengths: readonly number[]): ReadonlyMap<number, number> => {
  const words = new Map<number, number>(lengths.map((length) => [length, PLAIN]));
  for (const length of lengths) {
    for (let word = Math.floor((length * 4) / 3); word <= Math.ceil(((length + 4) * 4) / 3); word += 1) {
      words.set(word, (words.get(word) ?? 0) | BASE64);
    }
  }
  return words;
};

const UPPER = 1;
const LOWER = 2;
const DIGIT = 4;
const SIGN = 8;

/** Of a letter, a digit or one of the signs of base64; 0 for what ends a word. */
const classes = once(() => {
  const table = new Uint8Array(256).fill(LOWER, 97, 123).fill(UPPER, 65, 91).fill(DIGIT, 48, 58);
  table[43] = SIGN;
  table[47] = SIGN;
  return table;
});

/** A word of the right length that may be a secret: in both cases, or base64 of one. Hashes of lock files are longer. */
const secretWords = (lengths: readonly number[]): Words => ({
  classes: classes(),
  kinds: wordLengths(lengths),
  needs: [UPPER | LOWER, UPPER | LOWER | DIGIT],
  lacks: [SIGN, 0],
});

interface NamedSecret {
  readonly secret: Located;
  /** What its name says beside "secret". */
  readonly stem: readonly string[];
}

/** The secrets of a file that are named so, and are neither another maker's nor some ID's in the same file. */
const secretsIn = (
  { name, bytes }: SiblingFile,
  lengths: readonly number[],
  tools: ScopeTools,
): readonly NamedSecret[] => {
  const { namer } = tools;
  const layer = rawLayer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'));
  if (lengths.length === 0 || layer.text.length < Math.min(...lengths)) return [];
  const result = readScope(layer, { ...tools, secretsAlone: true }, { left: bytes.length * 6 + 65_536 });
  const whole = layer.text.trim().length <= 64;
  return result.alone
    .filter(({ role, text }) => role === 'secret' && lengths.includes(text.length))
    .flatMap((secret) => {
      const path = pathOf(secret);
      const named = path !== null ? namer.named(path) : whole ? namer.named(stemOfFile(name)) : null;
      if (named === null || named.kind !== 'secret' || named.vendor !== null) return [];
      // A file that is about another maker's keys, or that holds another ID for this secret.
      if (namer.vendorIn(stemOfFile(name)) !== null || isClaimed(namer, layer.text, secret)) return [];
      return [{ secret, stem: named.stem }];
    });
};
