// `akscan scan`: searches targets and reports what it found.

import type { Command } from 'commander';
import type { Loaded } from '../config/load.js';
import { AkscanError } from '../errors.js';
import type { Report } from '../findings/model.js';
import { checkDestinations } from '../report/deliver.js';
import { type ScanRequest, scanWith } from '../scan.js';
import { scanTargets } from '../scan-targets.js';
import { conclude } from './conclude.js';
import { checkDisable, type DisableAfterFlags, disableAfter, withDisableOptions } from './disable-after.js';
import { grouped } from './manners.js';
import {
  type AskOptions,
  destinationsOf,
  failOnOf,
  failOnOption,
  loadFor,
  type OutputOptions,
  READING,
  type ScopeOptions,
  scanRequestOf,
  withAskOptions,
  withOutputOptions,
  withScopeOptions,
} from './options.js';
import type { Finish } from './program.js';
import { withRun } from './run.js';
import { type TalkOptions, talkOf } from './talk.js';

interface ScanFlags extends OutputOptions, AskOptions, ScopeOptions, DisableAfterFlags, TalkOptions {
  readonly failOn?: string;
  readonly sinceScan?: string;
  readonly where?: true;
  readonly verifyObjects?: true;
}

export const declareScan = (command: Command, finish: Finish): void => {
  command
    .description('Searches files, directories, repositories (work tree and every object of the history) and stdin.')
    .argument('[targets...]', 'files, directories, repositories, - for stdin; default: the current directory')
    .addOption(failOnOption('any'));
  withOutputOptions(command);
  withAskOptions(command);
  withScopeOptions(command);
  grouped(command, READING, () =>
    command
      .option('--where', 'history: all paths of a finding, and the branches and tags that reach it')
      .option('--verify-objects', 'history: verify the checksum of every object, and that all they name is there')
      .option('--since-scan <file>', 'read only objects that the last scan with this file did not; written when done'),
  );
  withDisableOptions(command);
  command
    .addHelpText('after', EXAMPLES)
    .action((targets: readonly string[], flags: ScanFlags) => finish(scanCommand(targets, flags)));
};

const EXAMPLES = `
Examples:
  akscan                                      this repository, files and history
  akscan scan src config --no-history         two directories, files only
  akscan scan --verify --fail-on live         exit 1 only when a key is or may be alive
  akscan scan --probe --report json=out.json  ask STS with the pairs; text here, JSON in a file
  akscan scan --disable                       and what would be switched off; --yes does it
  akscan scan --since-scan ~/.akscan.state    every night: costs what the day added
  git log -p | akscan scan -                  whatever another program prints

Exit codes: 0 nothing found that --fail-on names, 1 findings, 2 not everything could be read or
the call was wrong, 130 stopped by Ctrl-C. With --disable --yes those of akscan disable.`;

const scanCommand = (targets: readonly string[], given: ScanFlags): Promise<number> =>
  withRun(talkOf(given), async (run) => {
    await checkDisable(given);
    const flags = given.disable === true ? { ...given, verify: true as const } : given;
    const destinations = destinationsOf(flags);
    checkDestinations(destinations);
    const asked = await scanRequestOf(targets, flags, run);
    const request: ScanRequest = {
      ...asked,
      ...(flags.where === true ? { whereabouts: 'all' } : {}),
      ...(flags.verifyObjects === true ? { verifyObjects: 'all' } : {}),
    };
    const loaded = await loadFor(request.targets, flags);
    const failOn = failOnOf({ typed: flags.failOn, loaded, byDefault: 'any' }, request.asking);
    const report = await scan(request, loaded, flags);
    const code = await conclude(report, { destinations, failOn, flags, run, judged: 'all' });
    return flags.disable === true ? disableAfter(report, { flags, run, code }) : code;
  });

const scan = async (request: ScanRequest, loaded: Loaded, flags: ScanFlags): Promise<Report> => {
  const { sinceScan, history, since, branch } = flags;
  if (flags.verifyObjects === true && (sinceScan !== undefined || since !== undefined || branch !== undefined)) {
    throw new AkscanError(
      '--verify-objects reads all of history, and --since-scan, --since and --branch leave some out.',
      'Leave either out.',
    );
  }
  if (sinceScan === undefined) return scanTargets(request, loaded);
  if (!history || since !== undefined || branch !== undefined) {
    throw new AkscanError(
      '--since-scan reads all of history that is new, and --no-history, --since and --branch leave some out.',
      'Leave either out.',
    );
  }
  const { readSince } = await import('../since-scan.js');
  return scanWith(request, loaded, readSince(sinceScan));
};
