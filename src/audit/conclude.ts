// What an audit came to: findings over all repositories, what the configuration hides of them, verdicts for the rest, and what
// has changed since the last run. Made of the store, and of nothing that hangs on how this run got there.

import { amount } from '../amount.js';
import type { Loaded } from '../config/load.js';
import { isLive } from '../findings/judged.js';
import type { Finding, Report, Skipped } from '../findings/model.js';
import { notAsked, reportOf } from '../findings/summary.js';
import { type AskOptions, ask, valuesOf, verdictsOf } from './ask.js';
import { notReadOf, skippedOf } from './not-read.js';
import type { AuditPlan, Listing } from './plan.js';
import { withAudit } from './report/facts.js';
import { spreadOf } from './report/spread.js';
import { shownOf } from './shown.js';
import type { Run, Store } from './store/store.js';

export interface ConcludeOptions extends AskOptions {
  readonly plan: AuditPlan;
  readonly loaded: Loaded;
  readonly maxFindings: number;
}

export interface Concluded {
  readonly report: Report;
  /** Alive, and not known to be in the run before, by their names in the store. */
  readonly newLive: ReadonlyMap<string, Finding>;
  /** When that one ended, ISO 8601. */
  readonly lastRunAt: string | null;
}

export const concludeAudit = async (run: Run, options: ConcludeOptions, store: Store): Promise<Concluded> => {
  const { plan, loaded, maxFindings, progress, signal } = options;
  progress.update('grouping findings');
  const { findings: all, leftOut } = await store.findings(run);
  const collected = all.slice(0, maxFindings);
  const tooMany = leftOut + all.length - collected.length;
  const shown = await shownOf(collected, loaded, plan.settings.detector.minConfidence ?? 'medium');
  const credentials = new Map(collected.map(({ finding, credential }) => [finding, credential]));
  const said = await store.verdicts(run);
  const asked = await ask(shown.findings, options, (finding) => said.get(credentials.get(finding) ?? '') ?? null);
  await store.saveVerdicts(run, verdictsOf(shown.findings, asked.findings, credentials), valuesOf(asked.findings));

  const { entries, lastRunAt } = await store.trend(run);
  const trend = entries?.filter(shown.isShown) ?? null;
  const totals = await store.totals(run);
  const notRead = await notReadOf(await store.unlistedOf(run), store.repositories(run));
  // What of it could not be read says why better than that something could not.
  const isSaid = new Set(totals.skipped.flatMap(({ target, because }) => (because === 'fault' ? [target] : [])));
  const besides = [
    ...notRead.filter(({ name }) => !isSaid.has(name)).map(skippedOf),
    ...asked.skipped,
    ...(tooMany > 0 ? [leftAway(tooMany, maxFindings)] : []),
    ...(totals.repositories === 0 && notRead.length === 0 && !signal.aborted ? nothingRead(plan.listing) : []),
  ];
  const count = (because: Skipped['because']): number =>
    totals.skippedCounts[because] + besides.filter((one) => one.because === because).length;
  const report = reportOf(
    asked.findings,
    {
      skipped: [...totals.skipped, ...besides],
      skippedCounts: { fault: count('fault'), limit: count('limit') },
      counts: totals.counts,
    },
    {
      suppressed: summed(shown.suppressed, totals.suppressed),
      notes: [...loaded.notes, ...totals.notes, ...shown.notes, ...asked.notes],
      interrupted: signal.aborted,
    },
  );

  const { pending: _, unlisted: __, ...byState } = totals.byState;
  const repositories = { total: totals.repositories, byState };
  const spread = await spreadOf(asked.findings, () => store.facts(run));
  const wasLive = new Set(entries?.flatMap((entry) => (entry.wasLive === true ? [entry.credential] : [])));
  const newLive = new Map<string, Finding>();
  for (const [index, before] of shown.findings.entries()) {
    const [credential, finding] = [credentials.get(before), asked.findings[index]];
    if (credential === undefined || finding === undefined || !isLive(finding) || wasLive.has(credential)) continue;
    newLive.set(credential, finding);
  }
  return { report: withAudit(report, { repositories, notRead, trend, lastRunAt, spread }), newLive, lastRunAt };
};

/** Whoever asks for what was pushed to of late may well be told of none. */
const nothingRead = ({ include, exclude, visibility, archived, forks, since }: Listing): readonly Skipped[] => {
  if (since !== null) return [];
  const filters = [
    ...(include.length > 0 ? ['--include-repo'] : []),
    ...(exclude.length > 0 ? ['--exclude-repo'] : []),
    ...(visibility === 'any' ? [] : ['--visibility']),
    ...(archived === 'include' ? [] : ['--archived']),
    ...(forks === 'include' ? [] : ['--forks']),
  ];
  return [
    notAsked(
      filters.length > 0
        ? `No repository is left by ${filters.join(', ')}, so nothing was read (--list without them shows what there is).`
        : 'The sources have no repository, or none that your credentials may see, so nothing was read.',
    ),
  ];
};

const leftAway = (count: number, most: number): Skipped =>
  notAsked(
    `${amount(count)} more credentials were found than the ${amount(most)} that are reported (--max-findings raises that)`,
  );

const summed = <Key extends string>(
  a: Readonly<Record<Key, number>>,
  b: Readonly<Record<Key, number>>,
): Readonly<Record<Key, number>> =>
  Object.fromEntries(Object.entries<number>(a).map(([key, count]) => [key, count + b[key as Key]])) as Readonly<
    Record<Key, number>
  >;
