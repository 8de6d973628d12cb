// `akscan report`: shows reports of earlier runs, ours or another scanner's, in any format.

import type { Command } from 'commander';
import { AkscanError } from '../errors.js';
import { checkDestinations } from '../report/deliver.js';
import type { ReadReport } from '../report/merge.js';
import { conclude } from './conclude.js';
import { destinationsOf, failOnOf, failOnOption, type OutputOptions, withOutputOptions } from './options.js';
import type { Finish } from './program.js';
import { withRun } from './run.js';
import { type TalkOptions, talkOf } from './talk.js';

interface ReportFlags extends OutputOptions, TalkOptions {
  readonly failOn?: string;
}

const EXAMPLES = `
Examples:
  akscan report report.jsonl                          look at it again
  akscan report report.jsonl --format csv -o keys.csv
  akscan report */report.jsonl --format markdown      several as one
  akscan report gitleaks.json --format jsonl          what another scanner found

Reads json and jsonl of akscan, results of gitleaks (json, csv), betterleaks (json), TruffleHog
(--json) and Kingfisher (json, jsonl), and SARIF. Of others only AccessKeys of Alibaba Cloud are
shown; akscan verify reads the same files and asks about them.

Exit codes: 0 written, 1 a finding that --fail-on names, 2 a report could not be read, or with
--fail-on one of them is of a scan that was not complete.`;

export const declareReport = (command: Command, finish: Finish): void => {
  command
    .description('Converts reports of earlier runs, joins several, and reads those of other scanners.')
    .argument('<reports...>', 'files, - for one on standard input')
    .addOption(failOnOption('never'));
  withOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action((files: readonly string[], flags: ReportFlags) => finish(reportCommand(files, flags)));
};

const reportCommand = (files: readonly string[], flags: ReportFlags): Promise<number> =>
  withRun(talkOf(flags), async (run) => {
    const destinations = destinationsOf(flags);
    checkDestinations(destinations);
    // Verdicts are the reports' own; a finding without one counts as one that may be live.
    const failOn = failOnOf({ typed: flags.failOn, byDefault: 'never' }, { inventory: true, probe: true });
    const [{ readWhole }, { mergeReports }] = await Promise.all([
      import('../report/read.js'),
      import('../report/merge.js'),
    ]);
    const reports = [];
    for (const file of new Set(files)) reports.push(await readWhole(file));
    if (flags.showSecrets === true) checkSecrets(reports);
    // How long the runs took is not in their reports.
    const still = { stopTalking: () => run.stopTalking(), seconds: () => 0 };
    const code = await conclude(mergeReports(reports), { destinations, failOn, flags, run: still, judged: 'all' });
    if (flags.failOn === undefined) return 0;
    // 130 is of a run that was stopped itself; this one only read of it.
    return code === 130 || reports.some(({ cut }) => cut !== undefined) ? 2 : code;
  });

/** @throws AkscanError when there are secrets, and none of them in a report */
const checkSecrets = (reports: readonly ReadReport[]): void => {
  const secrets = reports.flatMap(({ findings }) => findings).filter(({ secretSha256 }) => secretSha256 !== null);
  if (secrets.length === 0 || secrets.some(({ secret }) => secret !== null)) return;
  throw new AkscanError(
    '--show-secrets: these reports hold no secrets, since they were written without it.',
    'Scan again with --show-secrets, or leave it out.',
  );
};
