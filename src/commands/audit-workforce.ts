// Who reads the repositories of an audit: threads of this process, or workers behind a queue.

import type { AuditPlan } from '../audit/plan.js';
import type { MirrorSettings, Workforce } from '../audit/types.js';
import { say } from '../lang/say.js';
import { forTerminal } from '../report/escape.js';
import { type MirrorFlags, mirrorSettingsOf, threadsOf } from './audit-options.js';
import type { Run } from './run.js';

export interface WorkforceFlags extends MirrorFlags {
  readonly queue?: string | true;
}

/** @param run whose jobs they are */
export const hire = async (
  plan: AuditPlan,
  run: string,
  flags: WorkforceFlags,
  { signal }: Run,
): Promise<Workforce> => {
  if (flags.queue !== undefined) {
    const { createQueue } = await import('../audit/queue/coordinator.js');
    return createQueue(flags.queue === true ? null : flags.queue, { env: process.env, run, tell });
  }
  const settings = mirrorSettingsOf(flags, null);
  return threadsWith(settings, threadsOf(flags), plan.sources, signal);
};

/**
 * @param sources whose hosts git's own credential helper may be asked about: those that the person named
 * @throws AkscanError when something may have to be fetched, and there is no folder to fetch it into
 */
export const threadsWith = async (
  settings: MirrorSettings,
  threads: number,
  sources: readonly string[],
  signal: AbortSignal,
): Promise<Workforce> => {
  const [{ openCacheFolder }, { openMirrors }, { createThreads }, { tokenFor }, { hostsOf }] = await Promise.all([
    import('../audit/mirror/cache-folder.js'),
    import('../audit/mirror/open-mirrors.js'),
    import('../audit/work/threads.js'),
    import('../audit/sources/credentials.js'),
    import('../audit/sources/hosts.js'),
  ]);
  const { env } = process;
  const named = hostsOf(sources, env);
  // Once, instead of once for each repository.
  if (sources.length === 0 || sources.some((source) => !source.startsWith('dir:'))) {
    openCacheFolder(settings.folder, tell);
  }
  const mirrors = await openMirrors(settings, {
    credentialFor: (url) => tokenFor(url, env, { helper: named.has(url.host) ? 'ask' : 'never', signal }),
    tell,
  });
  const workforce = createThreads(threads, { mirrors });
  return {
    run: workforce.run,
    close: async () => {
      try {
        await workforce.close();
      } finally {
        await mirrors.close();
      }
    },
  };
};

export const tell = (sentence: string): void => void process.stderr.write(`akscan: ${say(forTerminal(sentence))}\n`);
