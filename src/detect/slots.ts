// Names with room for a value, whatever stands there: where a key's own secret would be if it were in the text, and whose
// secret another one is.

import type { Name, Naming } from './names.js';

export interface Slot {
  readonly name: Name;
  /** Index just past the assignment. */
  readonly valueAt: number;
}

export interface Slots {
  /** Names of the ID kind. */
  ids(text: string): readonly Slot[];
  /** Names of the secret kind whose value is not there: taken from elsewhere, masked, left empty. */
  emptySecrets(text: string): readonly Slot[];
}

/** A value that stands for one kept elsewhere: a variable, a call, a reference, a placeholder, nothing. */
const ELSEWHERE =
  /^(?:["'`]?[ \t]*(?:["'`,;})\r\n]|$)|[$*%#@]|\{[{%$]|<(?!\/?[a-z:-]+[\s>])|<(?:your|my|the|insert|access|secret)\b|x{3}|\*{3}|(?:process|os|System|sys|env|ENV|getenv|import|secrets?|vault|config|conf|settings|props?|options|opts|this|self|null|None|nil|undefined|your|data|var|local|module|lookup|std|builtins)\b|your|[A-Z][A-Z_]{5,}\b|[A-Za-z_][\w.:]{2,60}\()/;

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
