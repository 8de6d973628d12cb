// The one closed list of byte strings that make a blob worth reading. Everything akscan can report holds one of them, in
// every mode; what holds none is never looked at. From each literal prefix: itself, its base64 at the three alignments,
// base64 of base64, UTF-16 (both orders share the bytes between the first letter and the last), base64 of UTF-16, and
// the prefix written out in escapes. A token has none of its own: it is reported only with its key.

import made from 'akscan:anchors';
import { formsOf } from './anchor-forms.js';
import type { Rule } from './rules.js';

/** Those of the built-in rules are made when the project is built: this runs at every start. */
const knownForms = (prefix: string): readonly Uint8Array[] =>
  made.forms[prefix]?.map((form) => Buffer.from(form, 'latin1')) ?? formsOf(prefix);

/** The anchors of a set of rules, each once. The search compares their first eight bytes. */
export const anchorsOf = (rules: readonly Rule[]): readonly Uint8Array[] => {
  const forms = rules.flatMap((rule) => [
    ...(rule.key === undefined || rule.key.prefix === '' ? [] : knownForms(rule.key.prefix)),
    ...(rule.words ?? []).map((word) => Buffer.from(word)),
  ]);
  return [...new Map(forms.map((form) => [Buffer.from(form).toString('latin1'), form])).values()];
};
