// `akscan staged`: judges what the next commit would add.

import type { Command } from 'commander';
import { checkDestinations } from '../report/deliver.js';
import { type Read, scanWith } from '../scan.js';
import { conclude } from './conclude.js';
import {
  type AskOptions,
  changeRequestOf,
  destinationsOf,
  failOnOf,
  failOnOption,
  loadFor,
  type OutputOptions,
  type SelectionOptions,
  withAskOptions,
  withOutputOptions,
  withSelectionOptions,
} from './options.js';
import type { Finish } from './program.js';
import { withRun } from './run.js';
import { type TalkOptions, talkOf } from './talk.js';

interface StagedFlags extends OutputOptions, AskOptions, SelectionOptions, TalkOptions {
  readonly failOn?: string;
}

export const declareStaged = (command: Command, finish: Finish): void => {
  command
    .description(
      'Searches what is staged, as it is staged, and reports the AccessKeys that HEAD does not hold yet: a moved file, a rename or an edit beside a key adds none.',
    )
    .addOption(failOnOption('secret'));
  withOutputOptions(command);
  withAskOptions(command);
  withSelectionOptions(command)
    .addHelpText('after', EXAMPLES)
    .action((flags: StagedFlags) => finish(stagedCommand(flags)));
};

const EXAMPLES = `
Examples:
  akscan staged                 in a pre-commit hook, or by hand before a commit
  akscan staged --quiet         nothing but findings
  akscan staged --fail-on any   an ID without its secret stops the commit, too

During a merge, what the merged branch holds already is nothing new either.

Exit codes: 0 nothing new that --fail-on names, 1 findings, 2 not everything could be read or
the call was wrong, 130 stopped by Ctrl-C.`;

const stagedCommand = (flags: StagedFlags): Promise<number> =>
  withRun(talkOf(flags), async (run) => {
    const destinations = destinationsOf(flags);
    checkDestinations(destinations);
    const request = await changeRequestOf(flags, run);
    const loaded = await loadFor(request.targets, flags);
    const failOn = failOnOf({ typed: flags.failOn, loaded, byDefault: 'secret' }, request.asking);
    const report = await scanWith(request, loaded, read);
    return conclude(report, { destinations, failOn, flags, run });
  });

const read: Read = async (_targets, options, sink) => {
  const { scanStaged } = await import('../sources/staged/scan-staged.js');
  return scanStaged(options, sink);
};
