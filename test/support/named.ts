// What the namer calls a value, by a mark in its place.

import { createNamer } from '../../src/detect/namer.js';
import { builtInVocabulary } from '../../src/detect/vocabulary.js';

const namer = createNamer(builtInVocabulary);
export const VALUE = 'Q7hV2mK9xT4bW8nZ';

/** The name of the value that stands where the text says `@`. */
export const nameIn = (text: string): string | null => {
  const at = text.indexOf('@');
  return namer.nameOf(text.replace('@', VALUE), at, at + VALUE.length)?.raw ?? null;
};
