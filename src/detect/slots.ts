// Names with room for a value, whatever stands there: where a key's own secret would be if it were in the text, and whose
// secret another one is.

import type { Name, Naming } from './names.js';

export interface Slot {
  readonly name: Name;
  /** Index just past the assignment. */
  readonly valueAt: number;
}

/** Characters behind a name within which its value stands. */
const SLOT_REACH = 160;
/** A value on a line of its own, without a name. */
const BARE = /^[ \t]*(?:[*#>-]|\/\/)?[ \t]*["'`]?[0-9A-Za-z+/=]{16,}["'`]?[ \t]*\r?$/;

/**
 * Where the value that begins at `at` ends: at the comma, semicolon or bracket that ends its field, else with its line. What is
 * empty on its own line may stand on the next, deeper or without a name.
 */
export const valueEnd = (text: string, at: number): number => {
  const most = Math.min(text.length, at + SLOT_REACH);
  let depth = 0;
  let quote = '';
  // Its opening quote, where it has one, is already behind.
  const before = text[at - 1] ?? '';
  if (/["'`]/.test(before) && before !== text[at - 2] && !/["'`]/.test(text[at] ?? '')) quote = before;
  for (let i = at; i < most; i++) {
    const c = text[i] ?? '';
    if (c === '\n') {
      const next = text.indexOf('\n', i + 1);
      return text.slice(at, i).trim() === '' && holdsItsValue(text, at, i + 1) ? (next < 0 ? text.length : next) : i;
    }
    if (quote !== '') {
      if (c === quote) quote = '';
    } else if (c === '"' || c === "'" || c === '`') quote = c;
    else if ('([{'.includes(c)) depth++;
    else if (')]}'.includes(c)) {
      if (--depth < 0) return i;
    } else if ((c === ',' || c === ';') && depth === 0) return i;
  }
  return most;
};

/** Whether the line at `next` holds the value of the name whose own line, up to `at`, holds none. */
const holdsItsValue = (text: string, at: number, next: number): boolean => {
  const line = text.slice(next, next + SLOT_REACH).split('\n', 1)[0] ?? '';
  const own = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return BARE.test(line) || indent(line) > indent(own);
};

const indent = (line: string): number => /^[ \t]*/.exec(line)?.[0].length ?? 0;

export interface Slots {
  /** Names of the ID kind. */
  ids(text: string): readonly Slot[];
  /** Names of the secret kind whose value is not there: taken from elsewhere, masked, left empty. */
  emptySecrets(text: string): readonly Slot[];
}

/** A value that stands for one kept elsewhere: a variable, a call, a reference, a placeholder, nothing. */
const ELSEWHERE =
  /^(?:["'`]?[ \t]*(?:["'`,;})\r\n]|$)|[$*%#@]|!\w|\{[{%$]|<(?!\/?[a-z:-]+[\s>])|<(?:your|my|the|insert|access|secret)\b|x{3}|\*{3}|(?:process|os|System|sys|env|ENV|getenv|import|secrets?|vault|config|conf|settings|props?|options|opts|this|self|null|None|nil|undefined|your|data|var|local|module|lookup|std|builtins)\b|your|[A-Z][A-Z_]{5,}\b|[A-Za-z_][\w.:]{2,60}\()/;

const OPTION_SLOT = /(?:^|[\s"'])(--?[A-Za-z][\w-]{0,60})[ \t]{1,4}["']?/g;
const SLOT =
  /(?<![\w$.-])([A-Za-z_$][\w$.-]{0,80})["'`\]\\ \t]{0,6}(?:=>|:=|[:=]|<\/?[a-z]{0,10}>|(?<=["'`]),(?![ \t]{0,8}\r?\n))[ \t]{0,8}["'`\\@(]{0,4}/g;

export const createSlots = (naming: Naming): Slots => {
  const slots = (text: string): readonly Slot[] => [
    ...[...text.matchAll(SLOT)].map((match) => ({
      name: naming.named(match[1] ?? ''),
      valueAt: match.index + match[0].length,
    })),
    ...[...text.matchAll(OPTION_SLOT)].map((match) => ({
      name: naming.option(match[1] ?? ''),
      valueAt: match.index + match[0].length,
    })),
  ];
  return {
    ids: (text) => slots(text).filter(({ name }) => name.kind === 'id'),
    emptySecrets: (text) =>
      slots(text).filter(
        ({ name, valueAt }) => name.kind === 'secret' && ELSEWHERE.test(text.slice(valueAt, valueAt + 40)),
      ),
  };
};
