// What every command has in common: how its help reads, the options that all of them take, errors that are thrown rather
// than printed.

import type { Argument, Command, Option } from 'commander';
import { LANGUAGES } from '../lang/choose.js';
import { say } from '../lang/say.js';
import { columnsOf } from '../report/width.js';
import { wrap } from '../report/wrap.js';
import { choice } from './choice.js';
import { examplesInWords } from './help-words.js';

/** Help is read with ease up to here, however wide the terminal is. */
const WIDEST = 100;

/** Commander throws instead of printing and exiting: errors are printed in one place. */
export const withManners = (command: Command): Command =>
  command
    .exitOverride()
    .configureOutput({
      writeErr: () => {},
      writeOut: (text) => void process.stdout.write(text.startsWith(AFTER) ? examplesInWords(text, width()) : text),
      getOutHelpWidth: width,
    })
    .configureHelp({
      optionDescription: describe,
      argumentDescription: describe,
      commandDescription: describeCommand,
      subcommandTerm: (sub) => sub.name(),
      subcommandDescription: (sub) => say(sub.summary()),
      styleTitle: say,
      displayWidth: columnsOf,
      boxWrap: (text, columns) =>
        text
          .split('\n')
          .flatMap((line) => wrap(line, columns))
          .join('\n'),
    })
    .showSuggestionAfterError(true);

/** Where there is no terminal, 80 as ever. */
const width = (): number => Math.min(process.stdout.columns ?? 80, WIDEST);

/** How every command's text after the options begins. */
const AFTER = '\nExamples:\n';

/** Broken into lines as written, in English. */
const describeCommand = (command: Command): string => {
  const text = command.description();
  const joined = text.replaceAll(/\n+/g, ' ');
  const said = say(joined);
  return said === joined ? text : said;
};

/** `how to write it: text, json (default: text)`. */
const describe = ({ description, argChoices = [], ...rest }: Option | Argument): string => {
  const { defaultValue, defaultValueDescription } = rest;
  // Some say themselves what each word means.
  const isListed = argChoices.every((word) => description.includes(word));
  const byDefault = defaultValueDescription ?? (typeof defaultValue === 'string' ? defaultValue : null);
  return [
    `${say(description)}${isListed ? '' : `: ${argChoices.join(', ')}`}`,
    ...(byDefault === null ? [] : [say(`(default: ${byDefault})`)]),
  ].join(' ');
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
      .option('-q, --quiet', 'print nothing but the result, and what went wrong')
      .option('--no-progress', 'no progress line (there is none in pipes)')
      .addOption(choice('--lang <language>', 'what people are told in (else AKSCAN_LANG, or the locale)', LANGUAGES))
      .option('--no-color', 'no colours, no links (NO_COLOR does it, too)')
      .helpOption('-h, --help', 'print this help'),
  );
