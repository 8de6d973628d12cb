// Puts the decoded text where a program decodes a literal: `atob('TFRB...') + 'abc'` reads `'LTAI...' + 'abc'`, which the
// joining of literals then completes. Whole keys in base64 are found without this; it is for parts of keys.

import { type Layer, LayerBuilder } from './layer.js';

const CALL =
  /\b(?:atob|b64decode|base64_decode|Base64\.[a-z]*decode[A-Za-z]*|[Dd]ecode[A-Za-z0-9]*|Buffer\.from|FromBase64String)\(\s{0,4}["'`]([A-Za-z0-9+/_-]{4,400}={0,2})["'`](?:\s{0,4},\s{0,4}["'`]base64["'`])?\s{0,4}\)(?:\.(?:toString|decode)\([^()\n]{0,20}\))?/g;

/** The layer with such calls replaced, or null when there are none that decode to plain text. */
export const inlined = (layer: Layer): Layer | null => {
  const builder = new LayerBuilder(layer);
  let last = 0;
  for (const match of layer.text.matchAll(CALL)) {
    const literal = match[1] ?? '';
    const plain = Buffer.from(literal, 'base64').toString('latin1');
    if (!/^[\x20-\x7e]+$/.test(plain)) continue;
    builder.copy(last, match.index);
    const at = match.index + match[0].indexOf(literal);
    builder.replace(at - 1, '"', null);
    [...plain].forEach((character, i) => {
      builder.replace(at + Math.floor((i * 4) / 3), character, 'base64');
    });
    builder.replace(at + literal.length, '"', null);
    last = match.index + match[0].length;
  }
  if (last === 0) return null;
  builder.copy(last, layer.text.length);
  return builder.build();
};
