// The command line: parse, dispatch, exit code. It imports nothing heavy; each command is loaded when it is called.

import version from 'akscan:version';
import { AkscanError, reasonOf, tooManyFiles } from './errors.js';
import { type Chosen, chooseLanguage, languageOf } from './lang/choose.js';
import { say, speak } from './lang/say.js';
import { forTerminal, withoutSecrets } from './report/escape.js';
import { watchStreams, write } from './standard-streams.js';

/**
 * Runs one call of the program.
 *
 * @param typed what follows the program's name
 * @returns the exit code
 */
export const main = async (typed: readonly string[]): Promise<number> => {
  // A reader that leaves early (`| head`) is no error, and what it left unread changes no exit code.
  watchStreams(whenUnwritable);
  // Node would end with 1, which means that keys were found.
  process.once('uncaughtException', (error) => process.exit(explain(error)));
  if (typed.length === 1 && (typed[0] === '--version' || typed[0] === '-V')) {
    write('stdout', `${version}\n`);
    return 0;
  }
  try {
    const { lang, args } = await languageFor(typed);
    await speak(lang);
    const code = await atOnce(args);
    if (code !== null) return code;
    const { dispatch } = await import('./commands/program.js');
    return await dispatch(args, version);
  } catch (error) {
    return explain(error);
  }
};

/** @throws AkscanError for a language that is not spoken, which is said in that of the environment */
const languageFor = async (typed: readonly string[]): Promise<Chosen> => {
  try {
    return chooseLanguage(typed, process.env);
  } catch (error) {
    await speak(languageOf(process.env));
    throw error;
  }
};

/** Commands that others wait for, each in a file of its own with no more than it needs; null when the parser must see it. */
const atOnce = async (words: readonly string[]): Promise<number | null> => {
  const [command, ...options] = words;
  switch (command) {
    case 'staged':
      return (await import('./commands/staged-at-once.js')).stagedAtOnce(options);
    case 'range':
      return (await import('./commands/range-at-once.js')).rangeAtOnce(options);
    default:
      return (await import('./commands/scan-at-once.js')).scanAtOnce(words);
  }
};

/** What can be written no more, to a full disk say, is said once and ends the run: a report that is cut must not look whole. */
const whenUnwritable = (error: NodeJS.ErrnoException): void => {
  if (error.code === 'EPIPE') return;
  watchStreams(() => {});
  process.exit(explain(new AkscanError(`Cannot write the output: ${reasonOf(error)}`)));
};

let isExplained = false;

/**
 * Errors that a user can meet are a sentence and a hint; all others are defects of this program. What fails while the run ends
 * follows from what ended it: the first is told.
 */
const explain = (thrown: unknown): number => {
  if (isExplained) return 2;
  isExplained = true;
  const error = plainer(thrown);
  if (error instanceof AkscanError) {
    for (const { message, hint } of [error, ...error.also]) {
      write('stderr', `akscan: ${say(withoutSecrets(forTerminal(message)))}\n`);
      if (hint !== null) write('stderr', `  ${say(withoutSecrets(forTerminal(hint)))}\n`);
    }
    return 2;
  }
  const debug = process.env['AKSCAN_DEBUG'] === '1';
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  write('stderr', `akscan: ${say(`this is a defect of akscan, please report it: ${forTerminal(what)}`)}\n`);
  if (!debug) write('stderr', `  ${say('AKSCAN_DEBUG=1 shows where it happened.')}\n`);
  else if (error instanceof Error && error.stack !== undefined) write('stderr', `${error.stack}\n`);
  return 2;
};

/** What may befall whatever akscan does, as a user can take it. */
const plainer = (thrown: unknown): unknown => {
  if (isTooManyFiles(thrown)) return tooManyFiles('akscan');
  const isLost = thrown instanceof Error && 'syscall' in thrown && thrown.syscall === 'uv_cwd';
  return isLost ? new AkscanError('The current folder is not there any more', 'Change to one that is.') : thrown;
};

const isTooManyFiles = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (SAYS_TOO_MANY.has(String(error.code)) || isThreadRefused(error));

const SAYS_TOO_MANY: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE']);

/** Of a thread that could not be started, Node tells the reason in its message only. */
const isThreadRefused = ({ code, message }: Error & { readonly code: unknown }): boolean =>
  code === 'ERR_WORKER_INIT_FAILED' && /\bE[MN]FILE\b/.test(message);
