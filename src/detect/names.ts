// What a name says: which part of a pair its value is, and whose pair. Names are compared folded (`Access-Key_ID` reads
// `accesskeyid`) against the lists of rules/vocabulary.yml.

import type { Vocabulary } from './vocabulary.js';

export type NameKind = 'id' | 'secret' | 'key' | 'user' | 'password' | 'other' | 'unknown';

export interface Name {
  readonly raw: string;
  readonly folded: string;
  readonly kind: NameKind;
  /** The words of the name that do not say which part of a pair it is: whose pair it is. */
  readonly stem: readonly string[];
  /** A word for another maker's keys, when the name holds one. */
  readonly vendor: string | null;
  /** The name was the argument before (`put("accessKeyId", "...")`), which may as well be an unrelated one. */
  readonly byComma: boolean;
}

/** The vocabulary made ready. */
export interface Naming {
  /** @param byComma the name was the argument before the value */
  named(raw: string, byComma?: 'by-comma'): Name;
  /** A name of a command line's option. */
  option(raw: string): Name;
  /** Whether a name says nothing of its own (`value`, `default`): the name is further out. */
  isGeneric(raw: string): boolean;
  /** Whether a word of a name is Alibaba Cloud's own. */
  isHouse(word: string): boolean;
  /** What is told by the words of a line that is around a value: a heading, a parent key. */
  vendorIn(text: string): string | null;
  /** A name in a language that is not written in ASCII, on the last line of `head`. */
  foreign(head: string): Name | null;
}

export const foldName = (raw: string): string => raw.toLowerCase().replace(/[^a-z0-9]/g, '');

export const wordsOf = (raw: string): readonly string[] =>
  raw
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/([A-Za-z])(\d+)(?![A-Za-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());

/** One letter too many, too few, wrong, or two swapped. */
const isMisspelt = (word: string, meant: string): boolean => {
  if (word.length < 5 || Math.abs(word.length - meant.length) > 1 || word === meant) return false;
  let from = 0;
  while (from < word.length && word[from] === meant[from]) from++;
  const rest = word.slice(from);
  const wanted = meant.slice(from);
  return (
    rest.slice(1) === wanted.slice(1) ||
    rest.slice(1) === wanted ||
    rest === wanted.slice(1) ||
    (rest[0] === wanted[1] && rest[1] === wanted[0] && rest.slice(2) === wanted.slice(2))
  );
};

/** What a name may end in without changing its kind: an account's number, an encoding. */
const NUMBER_OR_ENCODING = /(?:b64|base64|encoded|enc|\d+)$/;

export const createNaming = (vocabulary: Vocabulary): Naming => {
  const { names } = vocabulary;
  const roles = new Set(vocabulary.roles);
  const generic = new Set(vocabulary.generic);
  const vendors = new Set(vocabulary.vendors);
  const house = new Set(vocabulary.house);
  const foreign = {
    secret: vocabulary.foreign.secret.flatMap(bothForms),
    id: vocabulary.foreign.id.flatMap(bothForms),
  };

  const matches = (kind: keyof Vocabulary['names'], whole: string, last: string, words: readonly string[]): boolean => {
    const list = names[kind];
    const lastWord = words.at(-1) ?? '';
    return (
      (list.within ?? []).some((part) => last.includes(part)) ||
      (list.endings ?? []).some((ending) => whole.endsWith(ending)) ||
      (list.words ?? []).some((word) => word === lastWord)
    );
  };

  /** `SK_TEST`: an abbreviation that says what it is, before whose it is. */
  const kindInFront = ([first, ...others]: readonly string[]): NameKind => {
    if (first === undefined || others.length === 0 || others.length > 2 || others.some((word) => word.length === 1))
      return 'unknown';
    return (['id', 'secret'] as const).find((kind) => names[kind].words?.includes(first)) ?? 'unknown';
  };

  const kindOf = (raw: string, words: readonly string[]): NameKind => {
    // A number at the end counts accounts (`secret2`): it says nothing of the kind.
    const whole = foldName(raw).replace(NUMBER_OR_ENCODING, '');
    const last = foldName(raw.split(/[./>]/).at(-1) ?? raw).replace(NUMBER_OR_ENCODING, '');
    const kinds = ['id', 'secret', 'key', 'user', 'password', 'other'] as const;
    const unnumbered = words.filter((word) => !/^(?:\d+|b|base|b64|base64|enc|encoded)$/.test(word));
    if ((names.other.always ?? []).some((part) => last.includes(part))) return 'other';
    // `md5`: the number is part of it.
    if (/\d$/.test(raw) && (names.other.within ?? []).some((part) => /\d$/.test(part) && foldName(raw).endsWith(part)))
      return 'other';
    const kind =
      kinds.find((candidate) => matches(candidate, whole, last, unnumbered)) ??
      (words.some((word) => isMisspelt(word, 'secret')) ? 'secret' : kindInFront(unnumbered));
    // `secretKeyId`: says both, so it says neither.
    return kind === 'id' && /secret(?!id$)/.test(whole) ? 'key' : kind;
  };

  const named = (raw: string, byComma?: 'by-comma'): Name => {
    const words = wordsOf(raw);
    return {
      raw,
      folded: foldName(raw),
      kind: kindOf(raw, words),
      stem: words.filter((word) => !roles.has(word)),
      vendor: words.find((word) => vendors.has(word)) ?? null,
      byComma: byComma === 'by-comma',
    };
  };

  return {
    named,
    // ossutil's `-i` and `-k` are an ID and a secret.
    option: (raw) => named(raw === '-k' ? '--secret' : raw === '-i' ? '--key-id' : raw),
    isGeneric: (raw) => generic.has(foldName(raw.split(/[.:]/).at(-1) ?? raw)),
    isHouse: (word) => house.has(word),
    vendorIn: (text) => {
      // A line that holds a value says nothing by it.
      const words = wordsOf(text.replace(/[0-9A-Za-z+/]{16,}/g, ' '));
      if (words.some((word) => house.has(word))) return null;
      return words.find((word) => vendors.has(word)) ?? null;
    },
    foreign: (head) => {
      const line = head.slice(head.lastIndexOf('\n') + 1).slice(-60);
      const wordIn = (words: readonly string[]): number =>
        Math.max(-1, ...words.map((word) => line.indexOf(word)).filter((at) => at >= 0));
      const id = wordIn(foreign.id);
      const at = id >= 0 ? id : wordIn(foreign.secret);
      if (at < 0) return null;
      const whose = wordBefore(line, at);
      return { ...named(id >= 0 ? 'accessKeyId' : 'secret'), stem: whose === '' ? [] : [whose] };
    },
  };
};

/** The run of characters beyond ASCII that ends at `at`, blanks aside. */
export const wordBefore = (line: string, at: number): string =>
  at <= 0 ? '' : (/[\u0080-\uffff]{2,}$/.exec(line.slice(0, at).trimEnd())?.[0] ?? '');

/** A word in UTF-8 read byte by byte, and as it is. */
const bothForms = (word: string): readonly string[] => [word, Buffer.from(word, 'utf8').toString('latin1')];

/** Whether two stems may be of one pair: the same words, or one says nothing. */
export type StemRelation = 'same' | 'silent' | 'overlap' | 'different';

export const relateStems = (a: readonly string[], b: readonly string[]): StemRelation => {
  if (a.length === 0 && b.length === 0) return 'silent';
  const left = a.join(' ');
  const right = b.join(' ');
  if (left === right) return 'same';
  if (a.length === 0 || b.length === 0) return 'silent';
  if (a.some((word) => b.includes(word))) return 'overlap';
  // What is not ASCII is not cut into words: it may hold more than says whose it is.
  return /[\u0080-\uffff]/.test(left + right) ? 'silent' : 'different';
};
