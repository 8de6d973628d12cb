// `akscan restore`: brings back what `akscan disable` changed, from its log.

import type { Command } from 'commander';
import { checkDestinations } from '../report/deliver.js';
import { type ActFlags, accountOf, meantByNames, withActOptions } from './contain-options.js';
import { askingOf, repeatable, withPlainOutputOptions } from './options.js';
import type { Finish } from './program.js';
import { withRun } from './run.js';
import { type TalkOptions, talkOf } from './talk.js';

interface RestoreFlags extends ActFlags, TalkOptions {
  readonly profile?: readonly string[];
  readonly endpoint?: readonly string[];
  readonly format: 'text' | 'json';
  readonly output?: string;
}

const EXAMPLES = `
Examples:
  akscan restore                 the plan, from the log that disable keeps by default
  akscan restore --log ./incident.jsonl --yes --account 1234567890123456
  akscan restore --only alice --yes

A key is brought back only where the account still shows it as it was left: what somebody
changed since stays. The restore is recorded in the same log.

Exit codes: 0 all that was asked for is as before, 1 something is not, or would
be brought back, 2 a fault, 130 stopped by Ctrl-C.`;

export const declareRestore = (command: Command, finish: Finish): void => {
  command
    .description('Brings back what akscan disable changed: keys on again, former policies, keys from the recycle bin.')
    .argument('[log]', 'the log of the run; default: the one that disable keeps');
  withActOptions(command)
    .addOption(repeatable('--profile <name>', 'whose credentials act'))
    .addOption(repeatable('--endpoint <service=url>', 'base URL of ram, ims, sts, actiontrail or sas'));
  withPlainOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action((log: string | undefined, flags: RestoreFlags) => finish(restoreCommand(log, flags)));
};

const restoreCommand = (named: string | undefined, flags: RestoreFlags): Promise<number> =>
  withRun(talkOf(flags), async (run) => {
    checkDestinations([{ format: flags.format, file: flags.output ?? null }]);
    const account = flags.account === undefined ? null : accountOf(flags.account);
    const asking = await askingOf({ verify: true, profile: flags.profile ?? [], endpoint: flags.endpoint ?? [] });
    const isMeant = await meantByNames(flags);
    const { restoreFrom } = await import('./restore-run.js');
    return restoreFrom(named ?? flags.log ?? null, { account, asking, isMeant, flags, run });
  });
