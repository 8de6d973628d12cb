// `akscan scan`: searches targets and reports what it found.

import type { Command } from 'commander';
import { checkDestinations } from '../report/deliver.js';
import { runScan } from '../scan.js';
import { conclude } from './conclude.js';
import {
  type AskOptions,
  destinationsOf,
  failOnOf,
  failOnOption,
  loadFor,
  type OutputOptions,
  type ScopeOptions,
  scanRequestOf,
  withAskOptions,
  withOutputOptions,
  withScopeOptions,
} from './options.js';
import type { Finish } from './program.js';
import { withRun } from './run.js';
import { type TalkOptions, talkOf } from './talk.js';

interface ScanFlags extends OutputOptions, AskOptions, ScopeOptions, TalkOptions {
  readonly failOn?: string;
}

export const declareScan = (command: Command, finish: Finish): void => {
  command
    .description('Searches files, directories, repositories (work tree and every object of the history) and stdin.')
    .argument('[targets...]', 'files, directories, repositories, - for stdin; default: the current directory')
    .addOption(failOnOption('any'));
  withOutputOptions(command);
  withAskOptions(command);
  withScopeOptions(command)
    .addHelpText('after', EXAMPLES)
    .action((targets: readonly string[], flags: ScanFlags) => finish(scanCommand(targets, flags)));
};

const EXAMPLES = `
Examples:
  akscan                                      this repository, files and history
  akscan scan src config --no-history         two directories, files only
  akscan scan --verify --fail-on live         exit 1 only when a key is or may be alive
  akscan scan --probe --report json=out.json  ask STS with the leaked pairs; text here, JSON in a file
  git log -p | akscan scan -                  whatever another program prints

Exit codes: 0 nothing found that --fail-on names, 1 findings, 2 not everything could be read or the call
was wrong, 130 stopped by Ctrl-C.`;

const scanCommand = (targets: readonly string[], flags: ScanFlags): Promise<number> =>
  withRun(talkOf(flags), async (run) => {
    const destinations = destinationsOf(flags);
    checkDestinations(destinations);
    const request = await scanRequestOf(targets, flags, run);
    const loaded = await loadFor(request.targets, flags);
    const failOn = failOnOf(flags.failOn ?? loaded.configuration.failOn ?? null, request.asking);
    const report = await runScan(request, loaded);
    return conclude(report, { destinations, failOn, flags, run });
  });
