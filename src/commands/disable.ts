// `akscan disable`: switches leaked keys off. Without --yes it shows what it would do, and does nothing.

import type { Command } from 'commander';
import type { PlaceFlags } from '../contain/rotate/place.js';
import type { Confidence } from '../detect/types.js';
import { AkscanError } from '../errors.js';
import { checkDestinations } from '../report/deliver.js';
import { choice } from './choice.js';
import { type ContainFlags, planOptionsOf, withContainOptions } from './contain-options.js';
import { findingsOf, type KeyFlags } from './key-targets.js';
import { askingOf, repeatable, withPlainOutputOptions } from './options.js';
import type { Finish } from './program.js';
import { withRun } from './run.js';
import { type TalkOptions, talkOf } from './talk.js';

interface DisableFlags extends ContainFlags, KeyFlags, PlaceFlags, TalkOptions {
  readonly rotate?: true;
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
  akscan disable report.jsonl         the plan: nothing is changed
  akscan disable report.jsonl --yes   at a terminal: asks, then does it
  akscan disable LTAI... --yes --account 1234567890123456
  akscan disable report.jsonl --only alice --mode restrict --allow 203.0.113.0/24 --yes
  akscan disable LTAI... --rotate                        still used: how to replace it first
  akscan restore --yes                bring it all back

Every run looks the keys up anew with your own credentials; only keys that their inventory proves
are touched, never the key or the RAM user that signs, and never one whose leaked secret is not
its own. With the pair at hand STS is asked, before and after (--no-probe: not). What was done is
read back and kept in the log.

Exit codes: 0 all are off, 1 some are or may be still live, 2 a fault, or a report
that is not whole, 130 stopped by Ctrl-C.`;

export const declareDisable = (command: Command, finish: Finish): void => {
  command
    .description(
      'Switches leaked AccessKeys off: shows the plan, and with --yes carries it out, proves it, records it.',
    )
    .argument('<report|id...>', 'reports in jsonl or json, - for one on standard input, AccessKey IDs')
    .option('--secret-stdin', 'read the secret of the one ID from standard input, to prove that it is off');
  withContainOptions(command)
    .addOption(
      choice('--min-confidence <level>', 'leave findings of less alone', ['low', 'medium', 'high']).default('high'),
    )
    .option('--no-probe', 'do not use the leaked pair, neither before nor after')
    .option('--rotate', 'for keys that are still used: how to replace them first; with --yes one new key is made')
    .option('--secret-file <file>', 'with --rotate --yes: a new file for the new secret, which is never shown')
    .option('--secret-command <command>', 'or a command that reads it: words and quotes, or a JSON array; no shell')
    .option('--activity', 'what was made with the keys and outlives them (ActionTrail, slow)')
    .addOption(repeatable('--profile <name>', 'whose credentials look up and act'))
    .addOption(repeatable('--endpoint <service=url>', 'base URL of ram, ims, sts, actiontrail or sas'));
  withPlainOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action((targets: readonly string[], flags: DisableFlags) => finish(disableCommand(targets, flags)));
};

const disableCommand = (targets: readonly string[], flags: DisableFlags): Promise<number> =>
  withRun(talkOf(flags), async (run) => {
    checkDestinations([{ format: flags.format, file: flags.output ?? null }]);
    refuseMixed(flags);
    const options = await planOptionsOf(flags, flags.minConfidence);
    const asking = await askingOf({
      verify: true,
      ...(flags.probe ? { probe: true } : {}),
      ...(flags.activity === true ? { activity: true } : {}),
      profile: flags.profile ?? [],
      endpoint: flags.endpoint ?? [],
      cache: false,
    });
    const { findings, notes, lacks } = await findingsOf(targets, flags, 'refused');
    if (flags.rotate === true) {
      const { rotateFindings } = await import('./rotate.js');
      return rotateFindings(findings, { asking, notes, lacks, options, flags, run });
    }
    const { containFindings } = await import('./contain.js');
    return containFindings(findings, { asking, notes, lacks, options, flags, run });
  });

/** What says nothing beside the other is a mistake, and here mistakes cost. @throws AkscanError */
const refuseMixed = ({ rotate, mode, allow, forceInUse, secretFile, secretCommand }: DisableFlags): void => {
  if (rotate !== true) {
    if (secretFile === undefined && secretCommand === undefined) return;
    throw new AkscanError('--secret-file and --secret-command are for a new key, and none is made.', 'Add --rotate.');
  }
  if ((mode ?? 'disable') === 'disable' && allow === undefined && forceInUse !== true) return;
  throw new AkscanError(
    '--rotate replaces keys that are in use and switches none off; --mode, --allow and --force-in-use are for that.',
    'Leave either out.',
  );
};
