// A command as it is typed in one argument, taken apart without a shell: words and quotes, or a JSON array of strings.
// Whatever a shell would do more with is refused, so that nobody believes that it was done.

import { AkscanError } from '../../errors.js';

const HINT = 'Write words and quotes, or a JSON array: ["sh", "-c", "..."] for what needs a shell.';

/** @throws AkscanError; what was typed is not repeated, for it may hold anything */
export const commandOf = (typed: string): readonly [program: string, args: readonly string[]] => {
  const [program, ...args] = typed.trimStart().startsWith('[') ? arrayOf(typed) : wordsOf(typed);
  if (program === undefined || program === '') throw new AkscanError('--secret-command names no program.', HINT);
  if ([program, ...args].some((word) => word.includes('\0'))) {
    throw new AkscanError('--secret-command holds a character that no argument can have.', HINT);
  }
  return [program, args];
};

const arrayOf = (typed: string): readonly string[] => {
  try {
    const value: unknown = JSON.parse(typed);
    if (Array.isArray(value) && value.every((word): word is string => typeof word === 'string')) return value;
  } catch {}
  throw new AkscanError('--secret-command begins like a JSON array and is no array of strings.', HINT);
};

/** A bare piece, a quoted one, or an escaped character: any number of them make a word. */
const PIECE = /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|([^\s'"\\|&;<>()$`*?[\]{}~#!]+)/y;

const wordsOf = (typed: string): readonly string[] => {
  const words: string[] = [];
  let word: string | null = null;
  let at = 0;
  while (at < typed.length) {
    if (/\s/.test(typed.charAt(at))) {
      if (word !== null) words.push(word);
      word = null;
      at += 1;
      continue;
    }
    PIECE.lastIndex = at;
    const match = PIECE.exec(typed);
    if (match === null) throw new AkscanError(`--secret-command: ${complaint(typed.charAt(at))}`, HINT);
    const [whole, single, double, escaped, bare] = match;
    if (double !== undefined && /(?<!\\)(?:\\\\)*[$`]/.test(double)) {
      throw new AkscanError(
        '--secret-command is run without a shell, which alone knows variables and backticks.',
        HINT,
      );
    }
    word = `${word ?? ''}${single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? bare ?? ''}`;
    at += whole.length;
  }
  if (word !== null) words.push(word);
  return words;
};

const complaint = (character: string): string =>
  character === '"' || character === "'" || character === '\\'
    ? 'a quote is not closed.'
    : `it is run without a shell, and "${character}" means something to shells alone.`;
