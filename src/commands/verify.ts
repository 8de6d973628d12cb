// `akscan verify`: verdicts for the findings of a report, or for IDs in hand.

import type { Command } from 'commander';
import { AkscanError } from '../errors.js';
import type { Finding } from '../findings/model.js';
import { checkDestinations } from '../report/deliver.js';
import { verifyFindings } from '../verify.js';
import { conclude } from './conclude.js';
import { findingsOf, type KeyFlags } from './key-targets.js';
import {
  type AskOptions,
  askingOf,
  destinationsOf,
  failOnOf,
  failOnOption,
  type OutputOptions,
  withAskOptions,
  withOutputOptions,
} from './options.js';
import type { Finish } from './program.js';
import { withRun } from './run.js';
import { type TalkOptions, talkOf } from './talk.js';

interface VerifyFlags extends OutputOptions, AskOptions, KeyFlags, TalkOptions {
  readonly failOn?: string;
  readonly explain?: true;
}

const EXAMPLES = `
Examples:
  akscan verify report.jsonl                    look its IDs up with your own credentials
  akscan verify report.jsonl --probe            re-read the secrets where they are, and ask STS
  akscan verify report.jsonl --probe --explain  what that would ask, of whom; nothing is sent
  akscan verify LTAI...                         one ID
  pass show key | akscan verify LTAI... --secret-stdin --probe
  AKSCAN_SECRET=... akscan verify LTAI... --probe

Neither --verify nor --probe: --verify. A secret is taken from standard input or from
AKSCAN_SECRET (for STS keys the token from AKSCAN_SECURITY_TOKEN), never from the command line,
where process lists and histories keep it.

Exit codes: 0 no key asked about that --fail-on names, 1 some, 2 nobody could be asked, a
report is not whole or the call was wrong, 130 stopped by Ctrl-C.`;

export const declareVerify = (command: Command, finish: Finish): void => {
  command
    .description("Asks whether a report's keys, or single IDs, are alive, whose they are, and which are root keys.")
    .argument('<report|id...>', 'reports in jsonl or json, - for one on standard input, AccessKey IDs')
    .option('--secret-stdin', 'read the secret of the one ID from standard input')
    .option('--explain', 'list the hosts and operations that would be asked, and who signs; send nothing')
    .addOption(failOnOption('live'));
  withOutputOptions(command);
  withAskOptions(command)
    .addHelpText('after', EXAMPLES)
    .action((targets: readonly string[], flags: VerifyFlags) => finish(verifyCommand(targets, flags)));
};

const verifyCommand = (targets: readonly string[], flags: VerifyFlags): Promise<number> =>
  withRun(talkOf(flags), async (run) => {
    const destinations = destinationsOf(flags);
    checkDestinations(destinations);
    const asked = flags.verify === true || flags.probe === true || flags.probeId === true;
    const asking = await askingOf(asked ? flags : { ...flags, verify: true });
    const failOn = failOnOf({ typed: flags.failOn, byDefault: 'live' }, asking);
    const { findings: read, notes, lacks } = await findingsOf(targets, flags);
    const findings = targets.length > 1 ? await once(read) : read;
    if (flags.explain === true) return explained(findings, asking, flags);
    const report = await verifyFindings(findings, { asking, notes, lacks, signal: run.signal, progress: run.progress });
    return conclude(report, { destinations, failOn, flags, run, judged: 'all' });
  });

/** What several reports say of one key, told once. A typed ID stays by itself: it is asked about whatever is known. */
const once = async (findings: readonly Finding[]): Promise<readonly Finding[]> => {
  const { mergeFindings } = await import('../report/merge.js');
  return [
    ...mergeFindings(findings.filter(({ rule }) => rule !== 'given')),
    ...findings.filter(({ rule }) => rule === 'given'),
  ];
};

const explained = async (
  findings: readonly Finding[],
  asking: Awaited<ReturnType<typeof askingOf>>,
  { format, output, report }: VerifyFlags,
): Promise<number> => {
  if ((format !== 'text' && format !== 'json') || report !== undefined) {
    throw new AkscanError(
      '--explain makes no report: it is written as text or json.',
      'Add --format json, or neither.',
    );
  }
  const [{ explain }, { resolveEndpoints }, { explanationInText }, { put }] = await Promise.all([
    import('../cloud/explain.js'),
    import('../cloud/endpoints.js'),
    import('../report/explanation.js'),
    import('../report/deliver.js'),
  ]);
  const explanation = explain(findings, asking, resolveEndpoints(asking.endpoints, process.env));
  const pieces = format === 'json' ? [`${JSON.stringify(explanation, null, 2)}\n`] : explanationInText(explanation);
  await put(pieces, output ?? null, 'masked');
  return 0;
};
