// `akscan disable`: switches leaked keys off. Without --yes it shows what it would do, and does nothing.

import { type Command, Option } from 'commander';
import type { Confidence } from '../detect/types.js';
import { checkDestinations } from '../report/deliver.js';
import { type ContainFlags, planOptionsOf, withContainOptions } from './contain-options.js';
import { findingsOf, type KeyFlags } from './key-targets.js';
import { askingOf, repeatable } from './options.js';
import type { Finish } from './program.js';
import { withRun } from './run.js';
import { type TalkOptions, talkOf } from './talk.js';

interface DisableFlags extends ContainFlags, KeyFlags, TalkOptions {
  readonly probe: boolean;
  readonly activity?: true;
  readonly minConfidence: Confidence;
  readonly profile?: readonly string[];
  readonly endpoint?: readonly string[];
  readonly format: 'text' | 'json';
  readonly output?: string;
}

const EXAMPLES = `
Examples:
  akscan disable report.jsonl                            the plan: nothing is changed
  akscan disable report.jsonl --yes                      at a terminal: asks, then does it
  akscan disable LTAI... --yes --account 1234567890123456
  akscan disable report.jsonl --only alice --mode restrict --allow 203.0.113.0/24 --yes
  akscan restore ~/.local/state/akscan/containment.jsonl --yes   bring it all back

Every run looks the keys up anew with your own credentials; only keys that their inventory proves are touched, never
the key or the RAM user that signs, and never one whose leaked secret is not its own. With the pair at hand STS is
asked, before and after (--no-probe: not). What was done is read back and kept in the log.

Exit codes: 0 all are off, 1 some are or may be still live, 2 a fault, 130 stopped by Ctrl-C.`;

export const declareDisable = (command: Command, finish: Finish): void => {
  command
    .description(
      'Switches leaked AccessKeys off: shows the plan, and with --yes carries it out, proves it, records it.',
    )
    .argument('<report|id...>', 'reports in jsonl or json, - for one on standard input, AccessKey IDs')
    .option('--secret-stdin', 'read the secret of the one ID from standard input, to prove that it is off');
  withContainOptions(command)
    .addOption(
      new Option('--min-confidence <level>', 'leave findings of less alone')
        .choices(['low', 'medium', 'high'])
        .default('high'),
    )
    .option('--no-probe', 'do not use the leaked pair, neither before nor after')
    .option('--activity', 'what was made with the keys and outlives them (ActionTrail, slow)')
    .addOption(repeatable('--profile <name>', 'whose credentials look up and act'))
    .addOption(repeatable('--endpoint <service=url>', 'base URL of ram, ims, sts, actiontrail or sas'))
    .addOption(new Option('-f, --format <format>', 'how to write it').choices(['text', 'json']).default('text', 'text'))
    .option('-o, --output <file>', 'write to a file instead of standard output')
    .addHelpText('after', EXAMPLES)
    .action((targets: readonly string[], flags: DisableFlags) => finish(disableCommand(targets, flags)));
};

const disableCommand = (targets: readonly string[], flags: DisableFlags): Promise<number> =>
  withRun(talkOf(flags), async (run) => {
    checkDestinations([{ format: flags.format, file: flags.output ?? null }]);
    const options = await planOptionsOf(flags, flags.minConfidence);
    const asking = await askingOf({
      verify: true,
      ...(flags.probe ? { probe: true } : {}),
      ...(flags.activity === true ? { activity: true } : {}),
      profile: flags.profile ?? [],
      endpoint: flags.endpoint ?? [],
      cache: false,
    });
    const findings = await findingsOf(targets, flags);
    const { containFindings } = await import('./contain.js');
    return containFindings(findings, { asking, options, flags, run });
  });
