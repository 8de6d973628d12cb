// `akscan worker`: does the jobs of audits that wait in a queue, on as many machines as there are.

import type { Command } from 'commander';
import { parseDuration } from '../config/duration.js';
import { parseSize } from '../config/size.js';
import { say } from '../lang/say.js';
import { plural } from '../report/words.js';
import { type MirrorFlags, mirrorSettingsOf, threadsOf, withMirrorOptions } from './audit-options.js';
import { tell, threadsWith } from './audit-workforce.js';
import { grouped } from './manners.js';
import { naturalOf, repeatable } from './options.js';
import type { Finish } from './program.js';
import { withRun } from './run.js';
import { type TalkOptions, talkOf } from './talk.js';

interface WorkerFlags extends MirrorFlags, TalkOptions {
  readonly queue?: string | true;
  readonly allowFolder?: readonly string[];
  readonly fetchesPerMinute: string;
  readonly grace: string;
  readonly maxRepoSize?: string;
}

const EXAMPLES = `
Examples:
  akscan worker --queue rediss://queue.internal           until Ctrl-C or SIGTERM
  AKSCAN_QUEUE_URL=... akscan worker --threads 8 --keep   keeps its mirrors for the next audit
  akscan worker --allow-folder /srv/git                   reads folders that the audit names, too

AKSCAN_STORE_KEY must be that of the audit. Tokens for fetching are taken from this machine's
environment (GITHUB_TOKEN, GITLAB_TOKEN, ...): an audit sends none. A password of the queue belongs
in REDIS_PASSWORD, or with the whole address in AKSCAN_QUEUE_URL.

Exit codes: 0 stopped and nothing left in hand, 2 the queue cannot be reached or the call was
wrong, 130 stopped by a second Ctrl-C.`;

export const declareWorker = (command: Command, finish: Finish): void => {
  command.description(
    'Reads repositories for audits that run on other machines: takes jobs from a queue, several at a time.',
  );
  grouped(command, 'Queue:', () =>
    command
      .option('--queue [url]', 'redis://host or rediss://host (default: AKSCAN_QUEUE_URL)')
      .option('--fetches-per-minute <n>', 'at one host, by all workers together; the same for each of them', '600')
      .option('--grace <duration>', 'when stopped: time for what is in hand, then it goes back to the queue', '25s')
      .addOption(repeatable('--allow-folder <folder>', 'repositories below it may be read in place')),
  );
  withMirrorOptions(command);
  grouped(command, 'Mirrors:', () =>
    command.option('--max-repo-size <size>', 'leave out larger repositories, such as 2GB'),
  );
  command.addHelpText('after', EXAMPLES).action((flags: WorkerFlags) => finish(workerCommand(flags)));
};

const workerCommand = (flags: WorkerFlags): Promise<number> =>
  withRun(talkOf(flags), async ({ signal }) => {
    const { queue, allowFolder = [], maxRepoSize } = flags;
    const fetchesPerMinute = naturalOf(flags.fetchesPerMinute, '--fetches-per-minute');
    const grace = parseDuration(flags.grace, '--grace');
    const largest = maxRepoSize === undefined ? null : parseSize(maxRepoSize, '--max-repo-size');
    const threads = threadsOf(flags);
    const { startWorker } = await import('../audit/queue/worker.js');
    const { done, handedBack } = await startWorker(typeof queue === 'string' ? queue : null, {
      env: process.env,
      // Stopping gives jobs in hand time: credentials are found until the end. No source was named to this process, so
      // that git's own credential helper is asked about no host.
      hire: () => threadsWith(mirrorSettingsOf(flags, largest), threads, [], new AbortController().signal),
      threads,
      folders: allowFolder,
      fetchesPerMinute,
      grace,
      signal,
      tell: flags.quiet === true ? () => {} : tell,
    });
    const left = handedBack === 0 ? '' : `, ${handedBack} handed back`;
    if (flags.quiet !== true) process.stderr.write(`akscan: ${say(`Stopped: ${plural(done, 'job')} done${left}.`)}\n`);
    return 0;
  });
