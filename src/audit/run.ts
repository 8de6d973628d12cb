// An audit from beginning to end, on one screen: list, read, ask, report. It holds nothing that is not in the store, so that a run that
// was killed goes on where it was; reports are made of the store alone, so that they do not tell how it got there.

import { amount } from '../amount.js';
import type { Loaded } from '../config/load.js';
import { AkscanError } from '../errors.js';
import type { Finding, Report } from '../findings/model.js';
import type { Progress } from '../progress.js';
import type { Asking } from '../scan.js';
import { concludeAudit } from './conclude.js';
import { type List, listInto, listOptionsOf } from './listing.js';
import { type AuditPlan, missingOf } from './plan.js';
import { createSecrets, type Secrets } from './secrets.js';
import type { ListOptions } from './sources/types.js';
import type { Run, Store } from './store/store.js';
import type { Job, Outcome, Workforce } from './types.js';

export interface AuditRequest {
  /** Null: that of the run that is resumed. */
  readonly plan: AuditPlan | null;
  /** Whether it goes on with the run that was not finished. */
  readonly begin: 'anew' | 'resume';
  readonly asking: Asking;
  /** The caller's configuration: what it suppresses; never a repository's own. */
  readonly loaded: Loaded;
  readonly maxFindings: number;
}

export interface AuditMeans {
  readonly store: Store;
  readonly list: List;
  /** Who reads the repositories. */
  readonly hire: (plan: AuditPlan, run: Run) => Promise<Workforce>;
  readonly http: ListOptions['http'];
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

export interface Audited {
  readonly report: Report;
  /** Alive, and not known to be in the run before. */
  readonly newLive: readonly Finding[];
  /** When that run ended, ISO 8601. */
  readonly lastRunAt: string | null;
  /** As they were named. */
  readonly sources: readonly string[];
}

/** `untold`: somebody who should have been told of new live keys was not; the next run tells of them, too. */
export interface HandedOn {
  readonly news: 'told' | 'untold';
}

/**
 * @param handOn brings the report to where it is wanted
 * @returns what that gives. The run has ended once its report was handed on: whoever is killed before that resumes, and nobody is left untold.
 * @throws AkscanError for sources that are none, a store that cannot be written, a queue that cannot be reached
 */
export const runAudit = async <Result extends HandedOn>(
  request: AuditRequest,
  means: AuditMeans,
  handOn: (audited: Audited) => Promise<Result>,
): Promise<Result> => {
  const { store, signal, progress } = means;
  const { run, plan } = await begin(request, store);
  const secrets = createSecrets(request.maxFindings);
  try {
    if (!run.listed) await list(run, plan, means);
    await read(run, plan, secrets, request, means);
  } catch (error) {
    // What was saved before Ctrl-C is worth showing.
    if (!signal.aborted) throw error;
  }
  const concluded = await concludeAudit(run, { ...request, plan, secrets, signal, progress }, store);
  const isStopped = signal.aborted;
  const { report, newLive, lastRunAt } = concluded;
  const handed = await handOn({ report, newLive: [...newLive.values()], lastRunAt, sources: plan.sources });
  if (!isStopped) await store.finish(run, new Set(handed.news === 'told' ? [] : newLive.keys()));
  return handed;
};

const begin = async (
  { begin: how, plan }: AuditRequest,
  store: Store,
): Promise<{ readonly run: Run; readonly plan: AuditPlan }> => {
  if (how === 'anew') {
    if (plan === null) throw new RangeError('an audit of nothing');
    return { run: await store.begin(requestOf(plan)), plan };
  }
  const run = await store.unfinished(plan === null ? null : requestOf(plan));
  if (run === null) {
    throw new AkscanError(
      'There is no audit to go on with: the last one in this store ended, or was of other sources or repositories.',
      'Leave --resume out to begin a new one, which reads only what has changed since.',
    );
  }
  const began = run.settings as AuditPlan;
  if (plan !== null && JSON.stringify(plan) !== JSON.stringify(began)) {
    throw new AkscanError(
      'The audit that was not finished was begun with other options.',
      'Leave sources and options of what is read out: --resume goes on with what it was begun with.',
    );
  }
  return { run, plan: began };
};

const requestOf = (plan: AuditPlan): Parameters<Store['begin']>[0] => ({
  sources: plan.sources,
  filters: { ...plan.listing, maxRepositorySize: plan.settings.maxRepositorySize },
  missing: missingOf(plan.listing),
  settings: plan,
});

const list = async (run: Run, plan: AuditPlan, means: AuditMeans): Promise<void> => {
  const { store, env, signal, progress, http } = means;
  await store.listAnew(run);
  await listInto(
    store,
    run,
    means.list(plan.sources, listOptionsOf(plan, { env, signal, progress, http })),
    means.progress,
  );
};

const read = async (
  run: Run,
  plan: AuditPlan,
  secrets: Secrets,
  { asking }: AuditRequest,
  means: AuditMeans,
): Promise<void> => {
  const { store, signal, progress } = means;
  const { repositories, pending } = await store.progress(run);
  if (pending === 0 && !asking.probe) return;
  let done = repositories - pending;
  const say = (): void =>
    progress.update(`repositories: ${amount(done)} of ${amount(repositories)}`, { done, total: repositories });
  say();
  const workforce = await means.hire(plan, run);
  try {
    await workforce.run(
      jobsOf(run, plan, store, asking),
      {
        knowledge: store,
        done: async (outcome: Outcome) => {
          secrets.keep(outcome);
          await store.save(run, outcome);
          done += 1;
          say();
        },
      },
      signal,
    );
  } finally {
    await workforce.close();
  }
};

async function* jobsOf(run: Run, { settings }: AuditPlan, store: Store, asking: Asking): AsyncGenerator<Job> {
  for await (const { repository, last } of store.pending(run, asking.probe ? 'needed' : 'not needed')) {
    yield { run: run.id, repository, settings, last };
  }
}
