// `akscan restore`: brings back what `akscan disable` changed, from its log.

import { randomUUID } from 'node:crypto';
import os from 'node:os';
import { type Command, Option } from 'commander';
import { AkscanError } from '../errors.js';
import { checkDestinations, put } from '../report/deliver.js';
import { proseWidth } from '../report/wrap.js';
import { type ActFlags, accountOf, meantByNames, withActOptions } from './contain-options.js';
import { askingOf, repeatable } from './options.js';
import type { Finish } from './program.js';
import { withRun } from './run.js';
import { colourOf, type TalkOptions, talkOf } from './talk.js';

interface RestoreFlags extends ActFlags, TalkOptions {
  readonly profile?: readonly string[];
  readonly endpoint?: readonly string[];
  readonly format: 'text' | 'json';
  readonly output?: string;
}

const EXAMPLES = `
Examples:
  akscan restore                                   the plan, from the log that disable keeps by default
  akscan restore --log ./incident.jsonl --yes --account 1234567890123456
  akscan restore --only alice --yes

A key is brought back only where the account still shows it as it was left: what somebody changed since stays. The
restore is recorded in the same log. Exit codes: 0 all as before, 1 something is not, 2 a fault, 130 stopped by Ctrl-C.`;

export const declareRestore = (command: Command, finish: Finish): void => {
  command
    .description('Brings back what akscan disable changed: keys on again, former policies, keys from the recycle bin.')
    .argument('[log]', 'the log of the run; default: the one that disable keeps');
  withActOptions(command)
    .addOption(repeatable('--profile <name>', 'whose credentials act'))
    .addOption(repeatable('--endpoint <service=url>', 'base URL of ram, ims, sts, actiontrail or sas'))
    .addOption(new Option('-f, --format <format>', 'how to write it').choices(['text', 'json']).default('text', 'text'))
    .option('-o, --output <file>', 'write to a file instead of standard output')
    .addHelpText('after', EXAMPLES)
    .action((log: string | undefined, flags: RestoreFlags) => finish(restoreCommand(log, flags)));
};

const restoreCommand = (named: string | undefined, flags: RestoreFlags): Promise<number> =>
  withRun(talkOf(flags), async (run) => {
    checkDestinations([{ format: flags.format, file: flags.output ?? null }]);
    const [{ defaultLogFile, openLog, readLog }, { openCloud }, { bringBack, returnsFrom }, words, contain, cloud] =
      await Promise.all([
        import('../contain/log.js'),
        import('../cloud/open.js'),
        import('../contain/bring-back.js'),
        import('../contain/restore-words.js'),
        import('../contain.js'),
        import('../contain/cloud.js'),
      ]);
    const file = named ?? flags.log ?? defaultLogFile(process.env);
    const account = flags.account === undefined ? null : accountOf(flags.account);
    const lines = readLog(file);
    const asking = await askingOf({ verify: true, profile: flags.profile ?? [], endpoint: flags.endpoint ?? [] });
    const opened = await openCloud(asking.profiles ?? [], asking.endpoints, { signal: run.signal });
    const { patience, hosts } = cloud.containCloud(opened, process.env);
    const isMeant = meantByNames(flags);
    const looked = await returnsFrom(lines, opened.auditors, ({ key, owner }) =>
      isMeant([key, owner.kind === 'root' ? 'root' : owner.user, owner.account]),
    );
    const acting = looked.filter(({ undoing }) => undoing.kind === 'act');
    let restored = { dryRun: true, account, log: file, returns: looked, interrupted: run.signal.aborted };
    if (flags.yes === true && acting.length > 0 && !run.signal.aborted) {
      const chosen = account ?? onlyAccount(acting.map(({ change }) => change.owner.account));
      const actor = opened.auditors.find((auditor) => auditor.account === chosen);
      if (actor === undefined) throw new AkscanError(`None of your credentials are of account ${chosen}.`);
      restored = await contain.underLocks(process.env, chosen, file, async () => {
        const log = openLog({ file, run: randomUUID(), now: () => new Date() });
        try {
          log.append({
            type: 'begin',
            does: 'restore',
            mode: null,
            account: chosen,
            who: { user: contain.userName(), host: os.hostname(), pid: process.pid },
            arn: actor.identity,
            accessKeyId: actor.accessKeyId,
            endpoints: hosts,
          });
          const returns = await bringBack(looked, opened.auditors, log, { account: chosen, patience, ...run });
          return { dryRun: false, account: chosen, log: file, returns, interrupted: run.signal.aborted };
        } finally {
          log.close();
        }
      });
    }
    run.stopTalking();
    const output = flags.output ?? null;
    const columns = process.stdout.isTTY === true && output === null ? process.stdout.columns : undefined;
    const pieces =
      flags.format === 'json'
        ? words.restoredInJson(restored)
        : words.restoredInText(restored, {
            colour: output === null && colourOf(flags),
            width: proseWidth(columns),
            seconds: run.seconds(),
          });
    await put(pieces, output, 'masked');
    return words.restoreExitCode(restored);
  });

const onlyAccount = (accounts: readonly string[]): never => {
  throw new AkscanError(
    '--yes needs --account UID, so that a wrong profile touches nothing.',
    `The keys are of ${[...new Set(accounts)].join(', ')}.`,
  );
};
