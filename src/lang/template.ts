// One entry of a catalogue: how an English sentence is recognised, and what is said instead.
//
//   {x}    any text, kept as it is          {x:w}  one without white space        {x:n}  a number, `1,234` or `3.2`
//   {x:t}  our own words, translated; if they cannot be, the entry does not fit
//   {x:o}  translated if it can be, else kept as it is
//   {x:l}  several of our own words with commas between them, translated each      {x:s}  likewise, with semicolons
//   {x:v}  names with commas between them, kept as they are, `and 3 more` at the end
//   [a|b]  either, such as `key[|s]`; in the English text only

/** An English template and what it is in the other language, with the same placeholders. */
export type Entry = readonly [english: string, other: string];

export type SlotKind = 'text' | 'word' | 'number' | 'translated' | 'open' | 'list' | 'series' | 'names';

export type Token =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'slot'; readonly name: string; readonly takes: SlotKind };

const KINDS: Readonly<Record<string, SlotKind>> = {
  w: 'word',
  n: 'number',
  t: 'translated',
  o: 'open',
  l: 'list',
  s: 'series',
  v: 'names',
};

/** All English texts that an entry stands for, without alternatives. */
export const expanded = (english: string): readonly string[] => {
  const open = english.indexOf('[');
  const close = english.indexOf(']', open);
  if (open < 0 || close < 0) return [english];
  const [before, after] = [english.slice(0, open), english.slice(close + 1)];
  const rests = expanded(after);
  return english
    .slice(open + 1, close)
    .split('|')
    .flatMap((choice) => rests.map((rest) => `${before}${choice}${rest}`));
};

const SLOT = /\{([a-z][A-Za-z0-9]*)(?::([a-z]))?\}/g;

export const tokensOf = (template: string): readonly Token[] => {
  const tokens: Token[] = [];
  let from = 0;
  for (const { 0: whole, 1: name = '', 2: kind, index } of template.matchAll(SLOT)) {
    if (index > from) tokens.push({ kind: 'literal', text: template.slice(from, index) });
    tokens.push({ kind: 'slot', name, takes: (kind === undefined ? undefined : KINDS[kind]) ?? 'text' });
    from = index + whole.length;
  }
  if (from < template.length) tokens.push({ kind: 'literal', text: template.slice(from) });
  return tokens;
};
