// `akscan account`: Alibaba Cloud's own list of leaked keys, beside those of a report, and how well accounts keep their keys.

import { type Command, Option } from 'commander';
import { AkscanError } from '../errors.js';
import { say } from '../lang/say.js';
import { writeAccountsText } from '../report/account.js';
import { accountExitCodeOf } from '../report/account-exit-code.js';
import { writeAccountsJson } from '../report/account-json.js';
import { pointsInWords } from '../report/account-words.js';
import { checkDestinations, put, seeFile } from '../report/deliver.js';
import { masked } from '../report/mask.js';
import { tookInWords } from '../report/words.js';
import { naturalOf, repeatable, withPlainOutputOptions } from './options.js';
import type { Finish } from './program.js';
import { withRun } from './run.js';
import { colourOf, type TalkOptions, talkOf } from './talk.js';

interface AccountFlags extends TalkOptions {
  readonly profile?: readonly string[];
  readonly leaked?: readonly string[];
  readonly leakList: boolean;
  readonly olderThan: string;
  readonly idle: string;
  readonly endpoint?: readonly string[];
  readonly format: 'text' | 'json';
  readonly output?: string;
}

const EXAMPLES = `
Examples:
  akscan account                                 the account of your own credentials
  akscan account --profile prod --profile test   several, each with a profile of its own
  akscan account --leaked report.jsonl           with the keys that a scan found
  akscan account --format json --output account.json

Asked with your credentials alone: Security Center for the AccessKeys that Alibaba Cloud found
leaked and where; RAM for the root account's keys and MFA, users with two keys, keys that are
old, idle or were never used, users with a key and a console password, quotas, settings. No
leaked key is used, and no key is changed; RAM is asked to write its credential report, at most
once in four hours. What is not permitted is left out and said with the RAM action to grant.

Exit codes: 0 nothing wrong, 1 something critical or high (the root account has a key or no MFA,
a leaked key is on), 2 an account could not be asked, or not about that, 130 stopped by Ctrl-C.`;

export const declareAccount = (command: Command, finish: Finish): void => {
  command
    .description("Alibaba Cloud's own list of an account's leaked AccessKeys, and how the account keeps its keys.")
    .addOption(repeatable('--profile <name>', 'whose account, by a profile of ~/.aliyun/config.json'))
    .addOption(
      repeatable('--leaked <report>', 'a report of akscan (jsonl, json, - for standard input): whose keys these are'),
    )
    .option('--no-leak-list', 'leave out Security Center')
    .addOption(new Option('--older-than <days>', 'name keys that are older').default('90', '90'))
    .addOption(new Option('--idle <days>', 'name keys that were not used for longer').default('90', '90'))
    .addOption(repeatable('--endpoint <service=url>', 'base URL of ram, ims, sts, actiontrail or sas'));
  withPlainOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action((flags: AccountFlags) => finish(accountCommand(flags)));
};

const accountCommand = (flags: AccountFlags): Promise<number> =>
  withRun(talkOf(flags), async (run) => {
    const file = flags.output ?? null;
    checkDestinations([{ format: flags.format, file }]);
    const olderThanDays = naturalOf(flags.olderThan, '--older-than');
    const idleDays = naturalOf(flags.idle, '--idle');
    const { endpointsOf } = await import('./endpoints.js');
    const endpoints = endpointsOf(flags.endpoint ?? []);
    const { findings, notes } = await findingsOf(flags.leaked ?? []);
    const { readAccounts } = await import('../cloud/account/accounts.js');
    const { probesOf } = await import('../cloud/probe-log.js');
    const report = await readAccounts({
      profiles: flags.profile ?? [],
      findings,
      notes,
      leakList: flags.leakList,
      olderThanDays,
      idleDays,
      endpoints,
      signal: run.signal,
      progress: run.progress,
      ownProbes: probesOf(process.env),
    });
    run.stopTalking();
    const pieces =
      flags.format === 'json'
        ? writeAccountsJson(report)
        : writeAccountsText(report, {
            colour: file === null && colourOf(flags),
            seconds: run.seconds(),
            detail: flags.quiet === true ? 'points' : 'full',
            width: file === null ? widthOf(process.stdout.columns) : WIDTH,
          });
    await put(pieces, file, 'masked');
    if ((file !== null || flags.format === 'json') && flags.quiet !== true) {
      process.stderr.write(`${say(`${pointsInWords(report)} Asked ${tookInWords(run.seconds())}.`)}${seeFile(file)}\n`);
    }
    return accountExitCodeOf(report);
  });

const WIDTH = 100;

const widthOf = (columns: number | undefined): number => Math.max(40, Math.min(columns ?? WIDTH, WIDTH));

const findingsOf = async (files: readonly string[]) => {
  if (files.length === 0) return { findings: [], notes: [] };
  if (files.filter((file) => file === '-').length > 1) throw new AkscanError('Standard input can be read once.');
  const { readReport } = await import('../report/read.js');
  const reports = [];
  for (const file of new Set(files)) reports.push(await readReport(file));
  // A report may show its secrets; a file may be named after one.
  return {
    findings: masked(reports.flatMap(({ findings }) => findings)),
    notes: reports.flatMap(({ notes, lacks }) => [...notes, ...lacks]),
  };
};
