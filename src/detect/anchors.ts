// The one closed list of byte strings that make a blob worth reading. Everything akscan can report holds one of them, in
// every mode; what holds none is never looked at. From each literal prefix: itself, its base64 at the three alignments,
// base64 of base64, UTF-16 (both orders share the bytes between the first letter and the last), base64 of UTF-16, and
// the prefix written out in escapes. A token has none of its own: it is reported only with its key.

import type { Ruleset } from './rules.js';

/** The characters of `text`'s base64 that do not depend on what stands around it, for each of the three alignments. */
export const base64Forms = (text: Uint8Array): readonly Uint8Array[] =>
  [0, 1, 2].map((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), text, Buffer.alloc(3)]);
    const firstBit = before * 8;
    const lastBit = firstBit + text.length * 8;
    return Buffer.from(padded.toString('base64').slice(Math.ceil(firstBit / 6), Math.floor(lastBit / 6)));
  });

const utf16Form = (text: string): Uint8Array => Buffer.from(text, 'utf16le').subarray(0, -1);

const escapedForms = (text: string): readonly Uint8Array[] => {
  const hex = [...text].map((c) => c.charCodeAt(0).toString(16));
  const write = (form: (code: string) => string): string[] => [
    hex.map((code) => form(code)).join(''),
    hex.map((code) => form(code.toUpperCase())).join(''),
  ];
  const decimal = [...text].map((c) => `&#${c.charCodeAt(0)};`).join('');
  const forms = [
    ...write((code) => `\\u00${code}`),
    ...write((code) => `\\x${code}`),
    ...write((code) => `%${code}`),
    ...write((code) => `&#x${code};`),
    decimal,
  ];
  return [...new Set(forms)].map((form) => Buffer.from(form));
};

/** Derived forms with fewer characters than this would match everywhere. */
const SHORTEST = 4;

const formsOf = (prefix: string): readonly Uint8Array[] => {
  const literal = Buffer.from(prefix);
  const utf16 = utf16Form(prefix);
  const once = base64Forms(literal);
  const derived = [
    utf16,
    ...once,
    ...once.flatMap((form) => base64Forms(form)),
    ...once.map((form) => utf16Form(Buffer.from(form).toString('latin1'))),
    ...base64Forms(utf16),
    ...escapedForms(prefix),
  ];
  return [literal, ...derived.filter((form) => form.length >= SHORTEST)];
};

/** What may follow a literal prefix: a character of the key, or what a split, an escape or a colour begins with. */
const MAY_FOLLOW = /[0-9A-Za-z"'`\\=&%<[+/_\x1b\x00-]/;
/** An escape or a colour that ends in a letter or digit just before a key. */
const ESCAPED =
  /(?:%(?:25){0,3}[0-9A-Fa-f]{2}|\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[0-7]{3}|[nrtbf])|=[0-9A-F]{2}|\[[0-9;]*[mK])$/;

/**
 * Whether an anchor may begin a key, for the prefixes that are words or ends of words too (`HOSTS.`, `VOLTAIRE`). Cheap,
 * and wrong only in the safe direction.
 * @param glue last letters of the words that may stand glued before a key
 */
export const mayBeginKey = (
  bytes: Uint8Array,
  at: number,
  end: number,
  prefixes: readonly string[],
  glue: ReadonlySet<string>,
): boolean => {
  const text = Buffer.from(
    bytes.buffer,
    bytes.byteOffset + Math.max(0, at - 8),
    Math.min(end, at + 33) - Math.max(0, at - 8),
  ).toString('latin1');
  const from = Math.min(at, 8);
  const prefix = prefixes.find((candidate) => text.startsWith(candidate, from));
  if (prefix === undefined) return true;
  const next = text[from + prefix.length];
  if (next !== undefined && !MAY_FOLLOW.test(next)) return false;
  const previous = text[from - 1] ?? ' ';
  return !/[0-9A-Za-z]/.test(previous) || glue.has(previous) || ESCAPED.test(text.slice(0, from));
};

/** The anchors of a set of rules, each once. The search compares their first eight bytes. */
export const anchorsOf = ({ rules }: Ruleset): readonly Uint8Array[] => {
  const forms = rules.flatMap((rule) => [
    ...(rule.key === undefined || rule.key.prefix === '' ? [] : formsOf(rule.key.prefix)),
    ...(rule.words ?? []).map((word) => Buffer.from(word)),
  ]);
  return [...new Map(forms.map((form) => [Buffer.from(form).toString('latin1'), form])).values()];
};
