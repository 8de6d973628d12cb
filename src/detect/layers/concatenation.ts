// Joins string literals that a program puts together: `"LTAI5t" + "abc"`, PHP's `.`, Lua's `..`, Basic's `&`, literals
// side by side, `.append("a").append("b")`, a line that goes on after a backslash. What is joined wrongly does no harm:
// values count only at their exact length, and the text as it stands is read as well.

import { type Layer, LayerBuilder } from './layer.js';

const SEAM = new RegExp(
  [
    // quote, operator, quote; blanks may hold one line break on each side and a comment mark of the next line
    String.raw`["'\x60][ \t]{0,8}(?:\\?\r?\n[ \t]{0,80})?(?:\+|\.{1,2}|&|\|\||<>|~|<<|\+\+|,(?=[^\n\]]{0,400}\]\s{0,8}\.join))?[ \t]{0,8}(?:_?\\?\r?\n[ \t]{0,80}(?:\+|\.{1,2}|&|\|\||<<)?[ \t]{0,8})?[@LuUfrb]?["'\x60]`,
    // a comment between them, before or behind the operator
    String.raw`["'\x60][ \t]{0,8}(?:\+|\.{1,2}|&|\|\||<<)[ \t]{0,8}(?:\/\*[^*\n]{0,80}\*\/\s{0,80}|(?:\/\/|#|--|')[^\n]{0,120}\n\s{0,80})["'\x60]`,
    String.raw`["'\x60][ \t]{0,8}(?:\/\*[^*\n]{0,80}\*\/\s{0,80}|(?:\/\/|#|--)[^\n]{0,120}\n\s{0,80})(?:\+|\.{1,2}|&|\|\||<<)[ \t]{0,8}["'\x60]`,
    String.raw`["'\x60]\s{0,4}\)\s{0,80}\.?\s{0,4}(?:append|concat|Append|Concat|push_str|plus|write|add|\+|<<)\s{0,4}\(\s{0,4}@?["'\x60]`,
    String.raw`\\\r?\n[ \t]{0,80}`,
  ].join('|'),
  'g',
);

/** The layer with literals joined, or null when there is nothing to join. */
export const joined = (layer: Layer): Layer | null => {
  const { text } = layer;
  let builder: LayerBuilder | null = null;
  let last = 0;
  for (const match of text.matchAll(SEAM)) {
    if (match.index < last) continue;
    builder ??= new LayerBuilder(layer);
    builder.copy(last, match.index);
    builder.replace(match.index, '', 'concatenation');
    last = match.index + match[0].length;
  }
  if (builder === null) return null;
  builder.copy(last, text.length);
  return builder.build();
};
