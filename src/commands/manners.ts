// What every command has in common: how its help reads, the options that all of them take, errors that are thrown rather
// than printed.

import type { Argument, Command, Option } from 'commander';

/** Help is read with ease up to here, however wide the terminal is. */
const WIDEST = 100;

/** Commander throws instead of printing and exiting: errors are printed in one place. */
export const withManners = (command: Command): Command =>
  command
    .exitOverride()
    .configureOutput({ writeErr: () => {}, getOutHelpWidth: () => widthOf(process.stdout.columns) })
    .configureHelp({ optionDescription: describe, argumentDescription: describe, subcommandTerm: (sub) => sub.name() })
    .showSuggestionAfterError(true);

/** Where there is no terminal, 80 as ever. */
const widthOf = (columns: number | undefined): number => Math.min(columns ?? 80, WIDEST);

/** `how to write it: text, json (default: text)`. */
const describe = ({ description, argChoices = [], ...rest }: Option | Argument): string => {
  const { defaultValue, defaultValueDescription } = rest;
  // Some say themselves what each word means.
  const isListed = argChoices.every((word) => description.includes(word));
  const byDefault = defaultValueDescription ?? (typeof defaultValue === 'string' ? defaultValue : null);
  return `${description}${isListed ? '' : `: ${argChoices.join(', ')}`}${byDefault === null ? '' : ` (default: ${byDefault})`}`;
};

/** What `add` adds stands under a heading of its own in the help. */
export const grouped = (command: Command, heading: string, add: (command: Command) => unknown): Command => {
  command.optionsGroup(heading);
  add(command);
  return command.optionsGroup('');
};

export const withCommonOptions = (command: Command): Command =>
  grouped(command, 'Common:', () =>
    command
      .option('-q, --quiet', 'print nothing but the result')
      .option('--no-progress', 'no progress line (there is none in pipes)')
      .option('--no-color', 'no colours, no links (NO_COLOR does it, too)')
      .helpOption('-h, --help', 'print this help'),
  );
