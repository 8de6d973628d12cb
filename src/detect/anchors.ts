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
  const octal = [...text].map((c) => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`).join('');
  const decimal = [...text].map((c) => `&#${c.charCodeAt(0)};`).join('');
  const forms = [
    ...write((code) => `\\u00${code}`),
    ...write((code) => `\\x${code}`),
    ...write((code) => `%${code}`),
    ...write((code) => `&#x${code};`),
    decimal,
    octal,
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

/** The anchors of a set of rules, each once. The search compares their first eight bytes. */
export const anchorsOf = ({ rules }: Ruleset): readonly Uint8Array[] => {
  const forms = rules.flatMap((rule) => [
    ...(rule.key === undefined || rule.key.prefix === '' ? [] : formsOf(rule.key.prefix)),
    ...(rule.words ?? []).map((word) => Buffer.from(word)),
  ]);
  return [...new Map(forms.map((form) => [Buffer.from(form).toString('latin1'), form])).values()];
};
