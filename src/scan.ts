// A scan from beginning to end: sources, findings, suppression, verdicts. The command line and the library
// both call it; neither prints here.

import type { CachePolicy, Endpoints, Tell } from './cloud/types.js';
import type { Loaded } from './config/load.js';
import { createDetector } from './detect/detector.js';
import type { Confidence } from './detect/types.js';
import { AkscanError } from './errors.js';
import { type Collector, createCollector } from './findings/collect.js';
import type { Finding, Report, Skipped } from './findings/model.js';
import { createPathOf } from './findings/path-of.js';
import { notAsked, reportOf } from './findings/summary.js';
import { suppress } from './findings/suppress.js';
import type { Sink, SourceOptions } from './sources/types.js';

/** What is asked of the cloud; nothing is sent unless one of the two is true. */
export interface Asking {
  readonly inventory: boolean;
  readonly probe: boolean;
  readonly endpoints: Endpoints;
  /** Whose credentials look IDs up; absent: the default chain's. */
  readonly profiles?: readonly string[];
  /** Probe IDs without a secret, too, with a made-up one. */
  readonly probeId?: boolean;
  /** With `inventory`: what each key did, from ActionTrail. */
  readonly activity?: boolean;
  /** Absent: verdicts are neither kept nor taken from an earlier run. */
  readonly cache?: CachePolicy;
  /** Note probes in the user's state folder, so that they do not pass for somebody's use of the key. */
  readonly recordProbes?: boolean;
}

/** A scan, all decisions made but those that the configuration may still make; null there means "not said". */
export interface ScanRequest extends Omit<SourceOptions, 'detector'> {
  readonly targets: readonly string[];
  readonly minConfidence: Confidence | null;
  readonly maxFindings: number;
  /** Whether the baseline hides what it lists; writing a baseline wants to see all. */
  readonly baseline: 'honour' | 'disregard';
  readonly asking: Asking;
}

/** What gives the bytes: targets, or what a commit or a push brings. */
export type Read = (targets: readonly string[], options: SourceOptions, sink: Sink) => Promise<void>;

/**
 * @param loaded the configuration that counts (src/config/load.ts); what the request says goes before it
 * @throws AkscanError for a target that is missing or rules that are wrong
 */
export const scanWith = async (request: ScanRequest, loaded: Loaded, read: Read): Promise<Report> => {
  checkRules(request, loaded);
  const collector = createCollector({ findings: request.maxFindings });
  await readAll(read, request, loaded, collector);
  request.progress.update('grouping findings');
  const collection = collector.finish();
  const shown = await suppress(collection.findings, {
    minConfidence: minConfidenceOf(request, loaded),
    allowComments: loaded.configuration.allowComments === false ? 'forbid' : 'honour',
    ignore: loaded.ignore,
    ignoreFile: loaded.ignoreFile,
    baseline: request.baseline === 'honour' ? loaded.baseline : new Set(),
    pathOf: createPathOf(loaded.root),
    today: new Date().toISOString().slice(0, 10),
    coverage: isWhole(request, loaded) && collection.skippedCounts.fault === 0 ? 'whole' : 'partial',
  });
  const { findings, skipped, notes: told } = await ask(shown.findings, request);
  const notes = [...loaded.notes, ...collection.notes, ...shown.notes, ...told];
  const interrupted = request.signal.aborted;
  const whole = {
    ...collection,
    skipped: [...collection.skipped, ...skipped],
    skippedCounts: { ...collection.skippedCounts, fault: collection.skippedCounts.fault + skipped.length },
  };
  return reportOf(findings, whole, { suppressed: shown.suppressed, notes, interrupted });
};

/** The search is for a bounded number of byte strings, and each prefix has some thirty forms. */
const checkRules = (request: ScanRequest, loaded: Loaded): void => {
  if ((loaded.configuration.rules ?? []).length === 0) return;
  try {
    createDetector(sourceOptions(request, loaded).detector);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new AkscanError(
      `${loaded.file ?? 'The configuration'}: "rules" name more prefixes and words than can be searched for at once.`,
      'Leave rules out, or scan once for each part of them with --config FILE.',
    );
  }
};

/** Findings are reported also when nobody could be asked, for want of credentials say; then that is a fault. */
const ask = async (findings: readonly Finding[], request: ScanRequest): Promise<Asked> => {
  const { inventory, probe } = request.asking;
  const skipped: Skipped[] = [];
  const notes: string[] = [];
  if ((!inventory && !probe) || findings.length === 0 || request.signal.aborted) return { findings, skipped, notes };
  const { withVerdicts } = await import('./verdicts.js');
  const tell: Tell = (what, sentence) =>
    what === 'note' ? void notes.push(sentence) : void skipped.push(notAsked(sentence));
  try {
    return { findings: await withVerdicts(findings, { ...request, tell }), skipped, notes };
  } catch (error) {
    if (!(error instanceof AkscanError)) throw error;
    tell('fault', [error.message, ...(error.hint === null ? [] : [error.hint])].join(' '));
    return { findings, skipped, notes };
  }
};

interface Asked {
  readonly findings: readonly Finding[];
  readonly skipped: readonly Skipped[];
  readonly notes: readonly string[];
}

/** What was found before Ctrl-C is worth showing, so that being stopped is no error here. */
const readAll = async (read: Read, request: ScanRequest, loaded: Loaded, collector: Collector): Promise<void> => {
  try {
    await read(request.targets, sourceOptions(request, loaded), collector);
  } catch (error) {
    if (!request.signal.aborted) throw error;
  }
};

const sourceOptions = (request: ScanRequest, { configuration }: Loaded): SourceOptions => ({
  worktree: request.worktree,
  history: request.history,
  ignored: request.ignored,
  include: request.include.length > 0 ? request.include : (configuration.include ?? []),
  exclude: [...(configuration.exclude ?? []), ...request.exclude],
  maxSize: request.maxSize ?? configuration.maxSize ?? null,
  threads: request.threads,
  since: request.since,
  branch: request.branch,
  allowPartial: request.allowPartial,
  ...(request.whereabouts === undefined ? {} : { whereabouts: request.whereabouts }),
  ...(request.verifyObjects === undefined ? {} : { verifyObjects: request.verifyObjects }),
  detector: {
    minConfidence: request.minConfidence ?? configuration.minConfidence ?? 'medium',
    ...(configuration.rules === undefined ? {} : { customRules: configuration.rules }),
  },
  signal: request.signal,
  progress: request.progress,
});

const minConfidenceOf = (request: ScanRequest, { configuration }: Loaded): Confidence =>
  request.minConfidence ?? configuration.minConfidence ?? 'medium';

/** Only a scan of the whole tree, history and all, and without a fault, can tell that an ignore entry matches nothing any more. */
const isWhole = (request: ScanRequest, loaded: Loaded): boolean =>
  request.worktree &&
  request.history &&
  request.include.length + request.exclude.length === 0 &&
  request.maxSize === null &&
  request.since === null &&
  request.branch === null &&
  !request.signal.aborted &&
  request.targets.some((target) => createPathOf(loaded.root).isRoot(target));
