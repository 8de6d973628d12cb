// `akscan ignore`: accepts one finding by an entry in the ignore file.

import type { Command } from 'commander';
import { lineBehind } from '../config/line-behind.js';
import { IGNORE_NAME, loadConfiguration } from '../config/load.js';
import { readTextIfAny } from '../config/read-text.js';
import { writeText } from '../config/write-text.js';
import { AkscanError } from '../errors.js';
import { checkDate, formatIgnoreEntry, type IgnoreEntry, parseIgnoreFile } from '../findings/ignore-file.js';
import { complaintAboutRelative } from '../glob-place.js';
import { say } from '../lang/say.js';
import { globsOf } from './glob-options.js';
import type { Finish } from './program.js';

interface IgnoreFlags {
  readonly reason: string;
  readonly path?: string;
  readonly expires?: string;
  readonly file?: string;
  readonly quiet?: true;
}

const EXAMPLES = `
Examples:
  akscan ignore 0123456789abcdef --reason "made up, for the unit tests"
  akscan ignore 0123456789abcdef --reason "rotates in May" --expires 2030-05-31
  akscan ignore 0123456789abcdef --reason "sample data" --path "docs/**"

Exit codes: 0 written, 2 not written or the call was wrong.`;

export const declareIgnore = (command: Command, finish: Finish): void => {
  command
    .description(
      `Accepts one finding: adds its fingerprint and your reason to ${IGNORE_NAME}, in the folder that has one or else ` +
        'at the top of the repository. Accepted findings are counted, not shown.',
    )
    .argument('<fingerprint>', 'its first 16 digits, as shown in reports, or all 64')
    .requiredOption('--reason <text>', 'why it is accepted')
    .option('--path <glob>', 'accept it at these paths only')
    .option('--expires <date>', 'accept it up to this day, YYYY-MM-DD')
    .option('--file <file>', 'write to this ignore file')
    .addHelpText('after', EXAMPLES)
    .action((fingerprint: string, flags: IgnoreFlags) => finish(ignoreCommand(fingerprint, flags)));
};

const ignoreCommand = async (fingerprint: string, flags: IgnoreFlags): Promise<number> => {
  const entry = entryOf(fingerprint, flags);
  const file = flags.file ?? (await loadConfiguration({ from: 'tree' }, ['.'])).ignoreFile;
  const text = readTextIfAny(file) ?? '';
  const line = formatIgnoreEntry(entry);
  // Also proves that what is written can be read back.
  const [read] = parseIgnoreFile(line, '--reason');
  if (read?.reason !== entry.reason || read.path !== entry.path || read.expires !== entry.expires) {
    throw new AkscanError(
      '--reason begins like a field of the entry.',
      'Say it without "path:" or "expires:" in front.',
    );
  }
  const known = parseIgnoreFile(text, file).find(
    (each) => each.fingerprint === entry.fingerprint && each.path === entry.path,
  );
  const own = { file, by: flags.file === undefined ? 'tree' : 'person' } as const;
  if (known === undefined) writeText(own, lineBehind(text, line), 'behind');
  else writeText(own, replaceLine(text, known.line, line), 'anew');
  if (flags.quiet !== true)
    process.stderr.write(`${say(`${known === undefined ? 'Added to' : 'Changed in'} ${file}: ${line}`)}\n`);
  return 0;
};

/** Up to and on that day the entry counts (UTC): of one that is over it would say so in every scan, and accept nothing. */
const dayToCome = (typed: string): string => {
  const day = checkDate(typed, '--expires');
  if (day >= new Date().toISOString().slice(0, 10)) return day;
  throw new AkscanError(`--expires: ${day} is over, so nothing would be accepted.`, 'Name a day to come, or today.');
};

const replaceLine = (text: string, line: number, by: string): string =>
  text
    .split('\n')
    .map((old, index) => (index + 1 === line ? by : old))
    .join('\n');

const wrongIn = (typed: string): string =>
  /^[0-9a-f]*$/i.test(typed) ? `has ${typed.length}` : 'holds other characters';

const entryOf = (fingerprint: string, flags: IgnoreFlags): Omit<IgnoreEntry, 'line'> => {
  if (!/^[0-9a-f]{16,64}$/i.test(fingerprint)) {
    throw new AkscanError(
      `A fingerprint is 16 to 64 hex digits, and ${JSON.stringify(fingerprint.slice(0, 80))} ${wrongIn(fingerprint)}.`,
      'It stands under each finding in the text report, and in the field "fingerprint" of the others.',
    );
  }
  const reason = flags.reason.replace(/\s+/g, ' ').trim();
  if (reason === '') throw new AkscanError('--reason is empty.', 'Say in a few words why this finding is accepted.');
  if (flags.path !== undefined && (flags.path === '' || /["\r\n]/.test(flags.path))) {
    throw new AkscanError('--path takes a glob without quotes and line feeds.');
  }
  globsOf(flags.path === undefined ? [] : [flags.path], '--path', complaintAboutRelative);
  return {
    fingerprint: fingerprint.toLowerCase(),
    path: flags.path ?? null,
    expires: flags.expires === undefined ? null : dayToCome(flags.expires),
    reason,
  };
};
