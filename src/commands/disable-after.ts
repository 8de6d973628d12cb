// `--disable` of a command that finds keys: what `akscan disable` does with a report is done with what was just found. All of
// its settings come from the command line; a scanned tree has no say in it.

import type { Command } from 'commander';
import { AkscanError } from '../errors.js';
import { mayBeAsked } from '../findings/asked.js';
import type { Report } from '../findings/model.js';
import { type ContainFlags, planOptionsOf, withContainOptions } from './contain-options.js';
import { grouped } from './manners.js';
import { type AskOptions, askingOf, type OutputOptions } from './options.js';
import type { Run } from './run.js';
import type { TalkOptions } from './talk.js';

export interface DisableAfterFlags extends ContainFlags {
  readonly disable?: true;
}

export const withDisableOptions = (command: Command): Command =>
  grouped(command, 'Switching off (akscan disable --help says more):', () =>
    withContainOptions(
      command.option(
        '--disable',
        'show which of the keys would be switched off; looks them up (--verify) and asks STS with the leaked pairs',
      ),
    ),
  );

const OF_DISABLE = [
  'yes',
  'account',
  'log',
  'only',
  'except',
  'mode',
  'allow',
  'maxKeys',
  'recent',
  'forceInUse',
] as const satisfies readonly (keyof ContainFlags)[];

/** Before a long scan. @throws AkscanError for what says nothing without `--disable`, and for values that are none */
export const checkDisable = async (flags: DisableAfterFlags): Promise<void> => {
  if (flags.disable === true) {
    await planOptionsOf(flags, 'high');
    return;
  }
  const stray = OF_DISABLE.find((name) => flags[name] !== undefined);
  if (stray === undefined) return;
  const option = stray.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new AkscanError(`--${option} is for switching keys off.`, 'Add --disable.');
};

export interface After {
  readonly flags: DisableAfterFlags & AskOptions & OutputOptions & TalkOptions;
  readonly run: Run;
  /** The exit code of the command itself. */
  readonly code: number;
}

/**
 * @returns the exit code: with `--yes` that of containment, unless the command could not search all, or found what no
 *   inventory knows; else the command's own
 */
export const disableAfter = async (report: Report, { flags, run, code }: After): Promise<number> => {
  const findings = report.findings.filter(mayBeAsked);
  if (run.signal.aborted || findings.length === 0) return code;
  const { activity, profile = [], endpoint = [] } = flags;
  const asking = await askingOf({
    verify: true,
    probe: true,
    ...(activity === true ? { activity } : {}),
    profile,
    endpoint,
    cache: false,
  });
  const { containFindings } = await import('./contain.js');
  const { output: _, ...rest } = flags;
  const hasStdout = flags.format === 'text' && flags.output === undefined;
  const contained = await containFindings(findings, {
    asking,
    options: await planOptionsOf(flags, 'high'),
    flags: { ...rest, format: 'text' },
    run,
    ...(hasStdout ? {} : { beside: 'stderr' }),
  });
  if (flags.yes !== true) return contained === 130 ? contained : code;
  const isRest = code === 2 || (contained === 0 && findings.length < report.findings.length);
  return contained !== 130 && isRest ? code : contained;
};
