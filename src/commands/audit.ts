// `akscan audit`: every repository of an organisation, in one report.

import type { Command } from 'commander';
import { NOTIFY_KINDS } from '../audit/notify/target.js';
import type { AuditPlan } from '../audit/plan.js';
import { type Audited, type HandedOn, runAudit } from '../audit/run.js';
import { listRepositories } from '../audit/sources/list.js';
import { parseSpec } from '../audit/sources/spec.js';
import { openStore } from '../audit/store/open-store.js';
import { storePlace } from '../audit/store/place.js';
import { send } from '../cloud/transport/http.js';
import { type Loaded, loadConfiguration } from '../config/load.js';
import { checkDestinations } from '../report/deliver.js';
import { AUDIT_TABLES, type AuditTable } from '../report/types.js';
import { checkAudit } from './audit-checks.js';
import { listRead } from './audit-list.js';
import {
  type ListingFlags,
  planOf,
  withListingOptions,
  withMirrorOptions,
  withRepositoryOptions,
} from './audit-options.js';
import { hire, tell, type WorkforceFlags } from './audit-workforce.js';
import { choice } from './choice.js';
import { conclude } from './conclude.js';
import { checkDisable, type DisableAfterFlags, disableAfter, withDisableOptions } from './disable-after.js';
import { goOnOf } from './go-on.js';
import { grouped } from './manners.js';
import {
  type AskOptions,
  askingOf,
  destinationsOf,
  failOnOf,
  failOnOption,
  naturalOf,
  type OutputOptions,
  repeatable,
  type SelectionOptions,
  withAskOptions,
  withOutputOptions,
  withSelectionOptions,
} from './options.js';
import type { Finish } from './program.js';
import { type Run, withRun } from './run.js';
import { type TalkOptions, talkOf } from './talk.js';

export interface AuditFlags
  extends OutputOptions,
    AskOptions,
    SelectionOptions,
    ListingFlags,
    WorkforceFlags,
    DisableAfterFlags,
    TalkOptions {
  readonly failOn?: string;
  readonly list?: true;
  readonly store?: string;
  readonly storeSecrets?: true;
  readonly resume?: true;
  readonly notify?: readonly string[];
  readonly by?: AuditTable;
  readonly trustRepoConfig?: true;
}

const EXAMPLES = `
Examples:
  akscan audit github:my-org --list                     what would be read
  akscan audit github:my-org --store audit.db --verify  read it all; whose keys, and are they alive
  akscan audit --store audit.db --resume                go on where the last one was stopped
  akscan audit gitee:my-org codeup:1234 --store audit.db --format html -o audit.html
  akscan audit dir:/srv/git --by account                every repository below a folder
  akscan audit list:repositories.txt --queue redis://queue.internal --store audit.db

Sources: github:ORG|USER gitlab:GROUP gitee:ORG gitea:ORG codeup:ORG bitbucket:WORKSPACE dir:PATH
list:FILE, or the URL of a repository. Tokens are taken from the environment (GITHUB_TOKEN,
GITLAB_TOKEN, GITEE_TOKEN, GITEA_TOKEN, YUNXIAO_ACCESS_TOKEN, BITBUCKET_TOKEN) or from git's
credential helper. With the same --store the next audit reads only what is new, and says what has
changed.

Exit codes: 0 nothing found that --fail-on names, 1 findings, 2 not everything could be read or
the call was wrong, 130 stopped by Ctrl-C. With --disable --yes those of akscan disable.`;

export const declareAudit = (command: Command, finish: Finish): void => {
  command
    .description('Searches the whole history of every repository of organisations, groups, folders or lists.')
    .argument('[sources...]', 'whose repositories: github:ORG, gitlab:GROUP, dir:PATH, list:FILE, a URL ...')
    .option('--list', 'list the repositories that would be read, and read nothing')
    .addOption(failOnOption('any'));
  withOutputOptions(command);
  grouped(command, 'Output:', () =>
    command
      .addOption(choice('--by <side>', 'text: the table that is shown', AUDIT_TABLES))
      .addOption(repeatable('--notify <where>', `tell of new live keys: ${NOTIFY_KINDS.join(', ')}`)),
  );
  grouped(command, 'Store and scale:', () =>
    command
      .option('--store <file|url>', 'what is known of earlier runs: a file, or postgres://user@host/database')
      .option('--resume', 'go on with the audit in the store that was not finished')
      .option('--store-secrets', 'keep secrets in the store, encrypted with AKSCAN_STORE_KEY')
      .option('--queue [url]', 'have akscan worker on other machines read: redis://host (else AKSCAN_QUEUE_URL)'),
  );
  withListingOptions(command);
  withMirrorOptions(command);
  withSelectionOptions(command);
  withRepositoryOptions(command);
  withAskOptions(command);
  withDisableOptions(command);
  command
    .addHelpText('after', EXAMPLES)
    .action((sources: readonly string[], flags: AuditFlags) => finish(auditCommand(sources, flags)));
};

const auditCommand = (sources: readonly string[], given: AuditFlags): Promise<number> =>
  withRun(talkOf(given), async (run) => {
    await checkDisable(given);
    checkAudit(sources, given);
    const flags = given.disable === true ? { ...given, verify: true as const } : given;
    const destinations = destinationsOf(flags);
    checkDestinations(destinations);
    const asking = await askingOf(flags);
    const loaded = await loadConfiguration(
      flags.config === undefined ? { from: 'none' } : { from: 'file', file: flags.config },
      [],
    );
    const failOn = failOnOf({ typed: flags.failOn, loaded, byDefault: 'any' }, asking);
    const plan = sources.length === 0 ? null : planOf(sources, flags, loaded);
    if (flags.list === true && plan !== null) return listRead(plan, flags, run);
    const notify = await notifierOf(flags, run);
    const goOn = goOnOf(process.argv.slice(2), storePlace(flags.store ?? null, process.env) !== null);
    const { report, code } = await audited(plan, { asking, loaded, flags, run }, async (whole) => {
      const { report, lastRunAt: lastRun } = whole;
      const told = { lastRun, by: flags.by, goOn };
      const code = await conclude(report, { destinations, failOn, flags, run, audit: told });
      const news = await notify(whole);
      return { report, news, code: news === 'told' ? code : Math.max(code, 2) };
    });
    return flags.disable === true ? disableAfter(report, { flags, run, code }) : code;
  });

interface Auditing {
  readonly asking: Awaited<ReturnType<typeof askingOf>>;
  readonly loaded: Loaded;
  readonly flags: AuditFlags;
  readonly run: Run;
}

const audited = async <Result extends HandedOn>(
  plan: AuditPlan | null,
  { asking, loaded, flags, run }: Auditing,
  handOn: (whole: Audited) => Promise<Result>,
): Promise<Result> => {
  const { env } = process;
  const { signal, progress } = run;
  const place = storePlace(flags.store ?? null, env) ?? { kind: 'memory' };
  const store = await openStore(place, { env, secrets: flags.storeSecrets === true ? 'sealed' : 'left-out' });
  try {
    return await runAudit(
      {
        plan,
        begin: flags.resume === true ? 'resume' : 'anew',
        asking,
        loaded,
        maxFindings: naturalOf(flags.maxFindings, '--max-findings'),
      },
      {
        store,
        list: (sources, options) => listRepositories(sources.map(parseSpec), options),
        hire: (whole, { id }) => hire(whole, id, flags, run),
        http: send,
        env,
        signal,
        progress,
      },
      handOn,
    );
  } finally {
    await store.close();
  }
};

/** Reads the environment before the audit, so that a variable that is missing is said at once. */
const notifierOf = async (
  { notify = [] }: AuditFlags,
  { signal }: Run,
): Promise<(whole: Audited) => Promise<HandedOn['news']>> => {
  if (notify.length === 0) return async () => 'told';
  const [{ parseNotify }, { notify: notifyAll }] = await Promise.all([
    import('../audit/notify/target.js'),
    import('../audit/notify/notify.js'),
  ]);
  const targets = notify.map((text) => parseNotify(text, process.env));
  return async ({ sources, newLive, report: { summary } }) => {
    if (signal.aborted) return 'told';
    const repositories = summary.audit?.repositories.total ?? 0;
    const { findings, live, root } = summary;
    const news = { sources, newLive, counts: { repositories, findings, live, root }, reportUrl: null };
    const failed = (await notifyAll(targets, news, { signal })).filter(({ ok }) => !ok);
    for (const { target, reason } of failed)
      tell(`--notify ${target}: nobody was told: ${reason ?? 'no reason given'}`);
    return failed.length === 0 ? 'told' : 'untold';
  };
};
