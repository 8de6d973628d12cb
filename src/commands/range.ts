// `akscan range`: judges what commits add: a pull request, a push that is about to leave, a push that has arrived.

import { type Command, Option } from 'commander';
import { checkDestinations } from '../report/deliver.js';
import { type Read, scanWith } from '../scan.js';
import { conclude } from './conclude.js';
import {
  type AskOptions,
  changeRequestOf,
  destinationsOf,
  failOnOf,
  failOnOption,
  type OutputOptions,
  type SelectionOptions,
  withAskOptions,
  withOutputOptions,
  withSelectionOptions,
} from './options.js';
import type { Finish } from './program.js';
import { loadForRange, type RangeOptions, rangeRequestOf } from './range-request.js';
import { withRun } from './run.js';
import { type TalkOptions, talkOf } from './talk.js';

interface RangeFlags extends OutputOptions, AskOptions, SelectionOptions, TalkOptions, RangeOptions {
  readonly failOn?: string;
}

export const declareRange = (command: Command, finish: Finish): void => {
  command
    .description(
      'Reads every object that HEAD reaches and BASE does not, messages and what was taken out again included, and reports the AccessKeys that the files of BASE do not hold.',
    )
    .argument('[range]', 'BASE..HEAD, or BASE...HEAD to begin where the two parted')
    .option('--stdin', 'take the range from what git tells a pre-push or pre-receive hook')
    .option('--remote <name>', "pre-push: a new branch brings what this remote's branches lack (default: any remote's)")
    .addOption(
      new Option('--trust-repo-config', 'pre-receive: let the configuration of the receiving repository count'),
    )
    .option('--config-from <commit>', 'take configuration, ignore file and baseline from a commit, such as the base')
    .addOption(failOnOption('secret'));
  withOutputOptions(command);
  withAskOptions(command);
  withSelectionOptions(command)
    .addHelpText('after', EXAMPLES)
    .action((range: string | undefined, flags: RangeFlags) => finish(rangeCommand(range, flags)));
};

const EXAMPLES = `
Examples:
  akscan range origin/main...HEAD        what this branch adds since it left main: a pull request
  akscan range v1.0..v1.1                what one release adds to another
  akscan range --stdin --remote "$1"     in a pre-push hook
  akscan range --stdin                   in a pre-receive hook, before anything is accepted

Exit codes: 0 nothing new that --fail-on names, 1 findings, 2 not everything could be read or
the call was wrong, 130 stopped by Ctrl-C.`;

const rangeCommand = (range: string | undefined, flags: RangeFlags): Promise<number> =>
  withRun(talkOf(flags), async (run) => {
    const destinations = destinationsOf(flags);
    checkDestinations(destinations);
    const request = await changeRequestOf(flags, run);
    const asked = await rangeRequestOf(range, flags);
    const loaded = await loadForRange(asked, flags);
    const failOn = failOnOf({ typed: flags.failOn, loaded, byDefault: 'secret' }, request.asking);
    const read: Read = async (_targets, options, sink) => {
      const { scanRange } = await import('../sources/range/scan-range.js');
      return scanRange(asked, options, sink);
    };
    return conclude(await scanWith(request, loaded, read), { destinations, failOn, flags, run });
  });
