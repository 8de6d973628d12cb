// What names and words mean to detection: rules/vocabulary.yml, compiled in at build time. Asked for what an anchor was found in;
// a search needs none of it.

import builtIn from 'akscan:vocabulary';

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

// Checked against rules/schema.json when the project is built and tested; here it is trusted.
export const builtInVocabulary = builtIn as Vocabulary;
