// `akscan log verify`: whether the record of containment is whole.

import type { Command } from 'commander';
import { defaultLogFile, verifyLog } from '../contain/log.js';
import { say } from '../lang/say.js';
import { plural } from '../report/words.js';
import { oneOf } from './choice.js';
import type { Finish } from './program.js';

const EXAMPLES = `
Examples:
  akscan log verify                    the log that disable keeps by default
  akscan log verify ./incident.jsonl

Each line holds the SHA-256 of the line before: one that was changed, added, reordered or taken
out of the middle shows. A last line that was changed, and lines cut off the end, do not. So the
last line's own is printed: noted elsewhere, it must later be in the log, in the line after it,
or printed again.

Exit codes: 0 whole, 1 changed or damaged, 2 it cannot be read.`;

export const declareLog = (command: Command, finish: Finish): void => {
  command
    .description('Checks the record that akscan disable and restore keep.')
    .addArgument(
      oneOf(command.createArgument('<what>', 'verify: whether the record is whole'), ['verify'], 'akscan log'),
    )
    .argument('[file]', 'the log; default: the one that disable keeps')
    .addHelpText('after', EXAMPLES)
    .action((_what: string, file: string | undefined) => finish(logCommand(file)));
};

const logCommand = async (named: string | undefined): Promise<number> => {
  const file = named ?? defaultLogFile(process.env);
  const { lines, runs, problem, torn, last } = verifyLog(file);
  const read = `${plural(lines, 'line')} of ${plural(runs, 'run')}`;
  if (problem !== null) {
    process.stdout.write(`${say(`${file}: changed or damaged: ${problem}. Whole until there: ${read}.`)}\n`);
    return 1;
  }
  process.stdout.write(`${say(`${file}: whole, ${read}${torn ? '; the last line was cut off by a crash' : ''}.`)}\n`);
  if (last !== null) process.stdout.write(`${say(`SHA-256 of the last line: ${last}`)}\n`);
  return 0;
};
