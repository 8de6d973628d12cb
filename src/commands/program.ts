// The commands, their common options and their help, as commander knows them. Only the command that is called is loaded.

import { existsSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { didYouMean } from '../config/did-you-mean.js';
import { AkscanError } from '../errors.js';
import { withCommonOptions, withManners } from './manners.js';

interface Listed {
  readonly group: Group;
  /** In the list of commands: one line, no full stop. */
  readonly summary: string;
  /** What adds its arguments, options and action; the action finishes with the exit code. */
  readonly declare: () => Promise<(command: Command, finish: Finish) => void>;
}

/** Headings of the list of commands. */
type Group = 'Search:' | 'Ask and report:' | 'Act:' | 'Accept:' | 'Set up:';

/** What an action calls with the exit code it promises. */
export type Finish = (code: Promise<number>) => Promise<void>;

const COMMANDS: Readonly<Record<string, Listed>> = {
  scan: {
    group: 'Search:',
    summary: 'search files, directories, git repositories and stdin (the default command)',
    declare: async () => (await import('./scan.js')).declareScan,
  },
  staged: {
    group: 'Search:',
    summary: 'search what the next commit adds (pre-commit)',
    declare: async () => (await import('./staged.js')).declareStaged,
  },
  range: {
    group: 'Search:',
    summary: 'search what commits add: a pull request, a push (pre-push, pre-receive)',
    declare: async () => (await import('./range.js')).declareRange,
  },
  audit: {
    group: 'Search:',
    summary: 'search every repository of an organisation, a group, a folder or a list',
    declare: async () => (await import('./audit.js')).declareAudit,
  },
  worker: {
    group: 'Search:',
    summary: 'read repositories for audits on other machines, from a queue',
    declare: async () => (await import('./worker.js')).declareWorker,
  },
  verify: {
    group: 'Ask and report:',
    summary: "ask whether a report's keys, or one key, are alive and whose they are",
    declare: async () => (await import('./verify.js')).declareVerify,
  },
  report: {
    group: 'Ask and report:',
    summary: "convert and join reports, other scanners' too",
    declare: async () => (await import('./report.js')).declareReport,
  },
  account: {
    group: 'Ask and report:',
    summary: "Alibaba Cloud's own list of an account's leaked keys, and how the account keeps its keys",
    declare: async () => (await import('./account.js')).declareAccount,
  },
  disable: {
    group: 'Act:',
    summary: 'switch leaked keys off: shows the plan, does it with --yes',
    declare: async () => (await import('./disable.js')).declareDisable,
  },
  restore: {
    group: 'Act:',
    summary: 'bring back what disable changed, from its log',
    declare: async () => (await import('./restore.js')).declareRestore,
  },
  log: {
    group: 'Act:',
    summary: 'check the record of disable and restore',
    declare: async () => (await import('./log.js')).declareLog,
  },
  ignore: {
    group: 'Accept:',
    summary: 'accept one finding, with a reason, in .akscanignore',
    declare: async () => (await import('./ignore.js')).declareIgnore,
  },
  baseline: {
    group: 'Accept:',
    summary: 'record what is found today, so that only new findings are shown',
    declare: async () => (await import('./baseline.js')).declareBaseline,
  },
  hook: {
    group: 'Set up:',
    summary: 'install git hooks that refuse AccessKeys, or take them out again',
    declare: async () => (await import('./hook.js')).declareHook,
  },
  demo: {
    group: 'Set up:',
    summary: 'the whole way on a made-up repository and a simulated cloud',
    declare: async () => (await import('./declare-demo.js')).declareDemo,
  },
  completion: {
    group: 'Set up:',
    summary: 'complete what is typed: a script for bash, zsh or fish',
    declare: async () => {
      const { declareCompletion } = await import('./completion.js');
      return (command, finish) => declareCompletion(command, finish, wholeProgram);
    },
  },
};

const DEFAULT = 'scan';

const EXAMPLES = `
Examples:
  akscan                                    this repository, files and history
  akscan staged                             what the next commit adds
  akscan --verify --report jsonl=out.jsonl  ask whose keys they are; keep the findings
  akscan disable out.jsonl                  the plan to switch them off
  akscan COMMAND --help                     options and examples of one command

Without a command, \`akscan [TARGET...]\` scans: \`akscan scan --help\` has its options.`;

/** @throws AkscanError for what was typed wrong */
export const dispatch = async (given: readonly string[], version: string): Promise<number> => {
  const args = asked(given);
  const typed = chosen(args);
  let code = 0;
  const program = await programWith([typed], version, async (running) => {
    code = await running;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    throw misuse(error.message, typed);
  }
  return code;
};

/** The program, with the options of these commands and the names of the others. */
const programWith = async (declared: readonly string[], version: string, finish: Finish): Promise<Command> => {
  const program = withManners(new Command('akscan'))
    .description(
      'Finds Alibaba Cloud AccessKeys in files and git history, says which are alive and which are root keys.',
    )
    .usage('[command] [options] [arguments]')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help; `akscan COMMAND --help` has the options')
    .helpCommand(false)
    .addHelpText('after', EXAMPLES);
  for (const [name, { group, summary, declare }] of Object.entries(COMMANDS)) {
    const command = withManners(
      program
        .command(name, { isDefault: name === DEFAULT })
        .summary(summary)
        .helpGroup(group),
    );
    if (!declared.includes(name)) continue;
    (await declare())(command, finish);
    withCommonOptions(command);
  }
  return program;
};

const wholeProgram = async (): Promise<readonly [Command, string]> => [
  await programWith(Object.keys(COMMANDS), '', async () => {}),
  DEFAULT,
];

/** `akscan help [COMMAND]` is what people type first. @throws AkscanError for help on what is no command */
const asked = (args: readonly string[]): readonly string[] => {
  if (args[0] !== 'help' || existsSync('help')) return args;
  const [, name = 'help'] = args;
  if (name === 'help' || name.startsWith('-')) return ['--help'];
  if (Object.hasOwn(COMMANDS, name)) return [name, '--help'];
  const meant = didYouMean(name, Object.keys(COMMANDS));
  throw new AkscanError(
    `"${name.slice(0, 80)}" is not a command.`,
    meant === null ? 'See akscan --help.' : `Did you mean "akscan help ${meant}"?`,
  );
};

/** The command that was called, by name or by default. */
const chosen = (args: readonly string[]): string => {
  const [first] = args;
  if (first === undefined || first.startsWith('-')) return DEFAULT;
  if (Object.hasOwn(COMMANDS, first)) return first;
  const meant = /^[a-z]+$/.test(first) && !existsSync(first) ? didYouMean(first, Object.keys(COMMANDS)) : null;
  if (meant !== null) {
    throw new AkscanError(`"${first}" is neither a command nor a file.`, `Did you mean "akscan ${meant}"?`);
  }
  return DEFAULT;
};

/** `error: unknown option '--formt'\n(Did you mean --format?)` to a sentence and a hint. */
const misuse = (message: string, command: string): AkscanError => {
  const [first = '', second = ''] = message.replace(/^error: /, '').split('\n');
  const hint = /^\((Did .*)\)$/.exec(second)?.[1] ?? `See akscan ${command} --help.`;
  // What was given to an option that does not exist may be anything, a secret too: `--secret=...`.
  const said = first.replace(/^(unknown option '[^=']*)=.*$/, "$1'");
  return new AkscanError(`${said.charAt(0).toUpperCase()}${said.slice(1).replace(/\.$/, '')}.`, hint);
};
