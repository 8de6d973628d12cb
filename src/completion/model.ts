// What can be completed, taken from the commands as they are declared: nothing is written down twice, and a new option is
// completed from the day it exists.
//
// The scripts are our own. Of the libraries, @bomb.sh/tab is the one that fits commander, and it does not do: its answers
// always forbid file names, which is what most of our arguments are; its script for bash needs the package bash-completion,
// complains when it is read twice and evaluates the words of the line on every press of the key; it knows no default
// command; and each press starts the program. omelette and tabtab know nothing of commander, and ask before they write to
// somebody's .bashrc.

import type { Argument, Command, Option } from 'commander';
import { SERVICES } from '../cloud/endpoints.js';

/** What may stand in a place. */
export type Values =
  /** A number, a date, an ID: nobody can know. */
  | { readonly kind: 'anything' }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'files' }
  /** `WORD=FILE`, or `WORD=` and something that nobody can know. */
  | { readonly kind: 'pairs'; readonly words: readonly string[]; readonly rest: 'files' | 'anything' }
  /** Names of profiles, as `akscan completion --profiles` lists them. */
  | { readonly kind: 'profiles' }
  | { readonly kind: 'branches' }
  | { readonly kind: 'remotes' };

export interface OptionModel {
  /** `-f`; null without. */
  readonly short: string | null;
  /** `--format`. */
  readonly long: string;
  readonly about: string;
  /** Null for a switch. */
  readonly values: Values | null;
  readonly repeats: boolean;
}

export interface CommandModel {
  readonly name: string;
  readonly about: string;
  readonly options: readonly OptionModel[];
  /** In order; the last may be meant for all that follow. */
  readonly arguments: readonly { readonly name: string; readonly values: Values; readonly repeats: boolean }[];
}

export interface Model {
  readonly commands: readonly CommandModel[];
  /** The command that is meant when none is named. */
  readonly byDefault: CommandModel;
}

/** @param byDefault the name of the default command */
export const modelOf = (program: Command, byDefault: string): Model => {
  const commands = program.commands.map(commandOf);
  const fallback = commands.find(({ name }) => name === byDefault);
  if (fallback === undefined) throw new Error(`${byDefault} is no command`);
  return { commands, byDefault: fallback };
};

const commandOf = (command: Command): CommandModel => ({
  name: command.name(),
  about: command.summary(),
  options: command
    .createHelp()
    .visibleOptions(command)
    .flatMap((option) =>
      option.long === undefined || option.long === null ? [] : [optionOf(option, option.long, command)],
    ),
  arguments: command.registeredArguments.map((argument) => ({
    name: argument.name(),
    values: valuesOf(argument, argument.name(), command),
    repeats: argument.variadic,
  })),
});

const optionOf = (option: Option, long: string, command: Command): OptionModel => ({
  short: option.short ?? null,
  long,
  about: option.description,
  values: option.required || option.optional ? valuesOf(option, placeholderOf(option), command) : null,
  repeats: option.description.includes('may be repeated'),
});

const placeholderOf = ({ flags }: Option): string => /[<[](.+?)[\]>]/.exec(flags)?.[1] ?? '';

/** What a placeholder stands for; whatever is not here is anything. */
const PLACEHOLDERS: Readonly<Record<string, Values>> = {
  file: { kind: 'files' },
  targets: { kind: 'files' },
  report: { kind: 'files' },
  reports: { kind: 'files' },
  'report|id': { kind: 'files' },
  log: { kind: 'files' },
  'service=url': { kind: 'pairs', words: SERVICES, rest: 'anything' },
};

/** Where the placeholder does not tell. */
const BY_NAME: Readonly<Record<string, Values>> = {
  '--profile': { kind: 'profiles' },
  '--branch': { kind: 'branches' },
  '--remote': { kind: 'remotes' },
};

const valuesOf = (taker: Option | Argument, placeholder: string, command: Command): Values => {
  if (taker.argChoices !== undefined) return { kind: 'words', words: taker.argChoices };
  // One more report has one of the formats that the first may have.
  if (placeholder === 'format=file') {
    const format = command.options.find(({ long }) => long === '--format');
    return { kind: 'pairs', words: format?.argChoices ?? [], rest: 'files' };
  }
  const named = 'long' in taker ? BY_NAME[taker.long ?? ''] : undefined;
  return named ?? PLACEHOLDERS[placeholder] ?? { kind: 'anything' };
};
