// What an audit came to: findings over all repositories, what the configuration hides of them, verdicts for the rest, and what
// has changed since the last run. Made of the store, and of nothing that hangs on how this run got there.

import { amount } from '../amount.js';
import type { Tell } from '../cloud/types.js';
import type { Loaded } from '../config/load.js';
import { AkscanError } from '../errors.js';
import { isLive } from '../findings/judged.js';
import type { Finding, Report, Skipped } from '../findings/model.js';
import { notAsked, reportOf } from '../findings/summary.js';
import { suppress } from '../findings/suppress.js';
import type { Progress } from '../progress.js';
import type { Asking } from '../scan.js';
import { notReadOf, skippedOf } from './not-read.js';
import { createAuditPathOf } from './path-of.js';
import type { AuditPlan } from './plan.js';
import { withAudit } from './report/facts.js';
import { spreadOf } from './report/spread.js';
import type { Secrets } from './secrets.js';
import type { Run, Store, StoredTrend } from './store/store.js';

export interface ConcludeOptions {
  readonly plan: AuditPlan;
  readonly asking: Asking;
  readonly loaded: Loaded;
  readonly maxFindings: number;
  readonly secrets: Secrets;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

export interface Concluded {
  readonly report: Report;
  readonly newLive: readonly Finding[];
  readonly lastRunAt: string | null;
}

export const concludeAudit = async (run: Run, options: ConcludeOptions, store: Store): Promise<Concluded> => {
  const { loaded, maxFindings, progress, signal } = options;
  progress.update('grouping findings');
  const { findings: all, leftOut } = await store.findings(run);
  const collected = all.slice(0, maxFindings);
  const tooMany = leftOut + all.length - collected.length;
  const shown = await suppress(collected, {
    minConfidence: options.plan.settings.detector.minConfidence ?? 'medium',
    allowComments: allowCommentsOf(loaded),
    ignore: loaded.ignore,
    ignoreFile: loaded.ignoreFile,
    baseline: loaded.baseline,
    pathOf: createAuditPathOf(loaded.root),
    today: new Date().toISOString().slice(0, 10),
    // An entry may speak of what lies in the folder it is in, and in none of these repositories.
    coverage: 'partial',
  });
  const credentials = new Map(collected.map(({ finding, credential }) => [finding, credential]));
  const asked = await ask(shown.findings, options);
  await store.saveVerdicts(run, verdictsOf(shown.findings, asked.findings, credentials));
  const trend = await store.trend(run);
  const visible = new Set(shown.findings.flatMap((finding) => credentials.get(finding) ?? []));
  const found = new Set(credentials.values());
  const entries =
    trend.entries?.filter((entry) =>
      found.has(entry.credential) ? visible.has(entry.credential) : wouldBeShown(entry, loaded),
    ) ?? null;
  const totals = await store.totals(run);
  const unlisted = await store.unlistedOf(run);
  const notRead = await notReadOf(unlisted, store.repositories(run));
  // What of it could not be read says why better than that something could not.
  const isSaid = new Set(totals.skipped.flatMap(({ target, because }) => (because === 'fault' ? [target] : [])));
  const skipped = [
    ...totals.skipped,
    ...notRead.filter(({ name }) => !isSaid.has(name)).map(skippedOf),
    ...asked.skipped,
    ...(tooMany > 0 ? [leftAway(tooMany, maxFindings)] : []),
  ];
  const more = (because: Skipped['because']): number =>
    totals.skippedCounts[because] +
    skipped.slice(totals.skipped.length).filter((one) => one.because === because).length;
  const report = reportOf(
    asked.findings,
    { skipped, skippedCounts: { fault: more('fault'), limit: more('limit') }, counts: totals.counts },
    {
      suppressed: summed(shown.suppressed, totals.suppressed),
      notes: [...loaded.notes, ...totals.notes, ...shown.notes, ...asked.notes],
      interrupted: signal.aborted,
    },
  );
  const { pending: _, unlisted: __, ...byState } = totals.byState;
  const facts = { repositories: { total: totals.repositories, byState }, notRead, trend: entries };
  const spread = await spreadOf(asked.findings, () => store.facts(run));
  const isNew = new Set(entries?.filter((entry) => entry.trend === 'new').map(({ credential }) => credential));
  const newLive = asked.findings.filter((finding, index) => {
    const credential = credentials.get(shown.findings[index] ?? finding);
    return isLive(finding) && (entries === null || (credential !== undefined && isNew.has(credential)));
  });
  return {
    report: withAudit(report, { ...facts, lastRunAt: trend.lastRunAt, spread }),
    newLive,
    lastRunAt: trend.lastRunAt,
  };
};

const allowCommentsOf = ({ configuration }: Loaded): 'forbid' | 'honour' =>
  configuration.allowComments === false ? 'forbid' : 'honour';

interface Asked {
  /** In the order of those given. */
  readonly findings: readonly Finding[];
  readonly skipped: readonly Skipped[];
  readonly notes: readonly string[];
}

/** Findings are reported also when nobody could be asked, for want of credentials say; then that is a fault. */
const ask = async (
  findings: readonly Finding[],
  { asking, secrets, signal, progress }: ConcludeOptions,
): Promise<Asked> => {
  const skipped: Skipped[] = [];
  const notes: string[] = [];
  if ((!asking.inventory && !asking.probe) || findings.length === 0 || signal.aborted)
    return { findings, skipped, notes };
  const tell: Tell = (what, sentence) =>
    what === 'note' ? void notes.push(sentence) : void skipped.push(notAsked(sentence));
  const filled = findings.map(secrets.fill);
  const without = filled.filter(({ secret, secretSha256 }) => secret === null && secretSha256 !== null).length;
  if (asking.probe && without > 0) {
    notes.push(
      `${amount(without)} ${without === 1 ? 'key was' : 'keys were'} not probed, since the secret is not at hand: ${
        without === 1 ? 'its repository' : 'their repositories'
      } could not be read this time.`,
    );
  }
  try {
    const { withVerdicts } = await import('../verdicts.js');
    const judged = await withVerdicts(filled, { asking, signal, progress, tell });
    // Whether a token is at hand is no part of what is reported.
    return {
      findings: judged.map((finding, index) => ({
        ...finding,
        token: finding.token ?? findings[index]?.token ?? null,
      })),
      skipped,
      notes,
    };
  } catch (error) {
    if (!(error instanceof AkscanError)) throw error;
    tell('fault', [error.message, ...(error.hint === null ? [] : [error.hint])].join(' '));
    return { findings, skipped, notes };
  }
};

const verdictsOf = (
  before: readonly Finding[],
  after: readonly Finding[],
  credentials: ReadonlyMap<Finding, string>,
): Parameters<Store['saveVerdicts']>[1] =>
  after.flatMap(({ verdict, verdicts }, index) => {
    const finding = before[index];
    const credential = finding === undefined ? undefined : credentials.get(finding);
    return credential === undefined || verdict.state === 'unchecked' ? [] : [{ credential, verdict, verdicts }];
  });

/** Of a key that is gone there is no finding that could be hidden; its trend is, for the same reasons. */
const wouldBeShown = ({ allowed, confidence, fingerprint }: StoredTrend, loaded: Loaded): boolean => {
  if (confidence === 'low' || (allowed && allowCommentsOf(loaded) === 'honour')) return false;
  const ignored = loaded.ignore.some((entry) => entry.path === null && fingerprint.startsWith(entry.fingerprint));
  return !ignored && !loaded.baseline.has(fingerprint);
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
