// Options and arguments that take one of a closed list of words. Help and shell completion read the list; a word that is not
// on it is answered with the one that was probably meant.

import { type Argument, Option } from 'commander';
import { didYouMean } from '../config/did-you-mean.js';
import { AkscanError } from '../errors.js';

export const choice = (flags: string, description: string, words: readonly string[]): Option => {
  const option = new Option(flags, description).choices(words);
  return option.argParser((typed: string) => wordOf(typed, words, option.long ?? flags));
};

/** @param command whose argument it is, as the error says it */
export const oneOf = (argument: Argument, words: readonly string[], command: string): Argument =>
  argument.choices(words).argParser((typed: string) => wordOf(typed, words, command));

/**
 * @param name of what takes the word, as the error says it: `--fail-on`
 * @throws AkscanError for a word that is none of these
 */
export const wordOf = <Word extends string>(typed: string, words: readonly Word[], name: string): Word => {
  const word = words.find((each) => each === typed);
  if (word === undefined) throw new AkscanError(`${name}: "${typed.slice(0, 80)}" is not known.`, hintOf(typed, words));
  return word;
};

export const hintOf = (typed: string, known: readonly string[]): string => {
  const meant = didYouMean(typed, known);
  return meant === null ? `Choose from ${known.join(', ')}.` : `Did you mean "${meant}"?`;
};
