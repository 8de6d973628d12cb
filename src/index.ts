// The library: what the command line does, without printing.

import { availableParallelism } from 'node:os';
import type { Endpoints } from './cloud/types.js';
import { loadConfiguration } from './config/load.js';
import type { ConfigurationChoice } from './config/types.js';
import type { Confidence } from './detect/types.js';
import type { Finding, Report } from './findings/model.js';
import type { Progress } from './progress.js';
import type { ScanRequest } from './scan.js';
import { scanTargets } from './scan-targets.js';

export type { Endpoints, Service } from './cloud/types.js';
export type { ConfigurationChoice } from './config/types.js';
export type { Confidence, Encoding, Kind } from './detect/types.js';
export { AkscanError } from './errors.js';
export type {
  Activity,
  AttachedPolicy,
  Counts,
  Finding,
  Occurrence,
  OccurrenceSource,
  Power,
  Principal,
  Report,
  Severity,
  Skipped,
  Summary,
  Verdict,
  VerdictState,
} from './findings/model.js';
export type { Progress } from './progress.js';

/** How to ask the cloud. */
export interface AskCloud {
  /** Look IDs up with the caller's own credentials, from the SDK's default chain. */
  readonly inventory?: boolean;
  /** Let each leaked pair ask STS who it is. This uses the leaked key. */
  readonly probe?: boolean;
  /** Whose credentials look IDs up: profiles, each an account to look in. Default: the SDK's default chain. */
  readonly profiles?: readonly string[];
  /** With `inventory`: what each key did in the last 90 days, from ActionTrail; 2 requests a second. */
  readonly activity?: boolean;
  /** Base URLs instead of the public ones; plain HTTP only to loopback. */
  readonly endpoints?: Endpoints;
}

interface Common {
  /** Stops the run; what was found by then is returned, with `summary.interrupted`. */
  readonly signal?: AbortSignal;
  readonly progress?: Progress;
}

export interface ScanOptions extends Common {
  /** Whose configuration counts. Default: none, so that a scanned tree decides nothing. */
  readonly configuration?: ConfigurationChoice;
  /** What to read of repositories. Default: work tree and history. */
  readonly read?: 'all' | 'worktree' | 'history';
  /** Whether files that git ignores are read. Default: `skip`. */
  readonly ignoredFiles?: 'skip' | 'read';
  /** Globs over paths relative to the target. */
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  /** Bytes; larger files and blobs are left out and counted. */
  readonly maxSize?: number;
  /** Default: `medium`. */
  readonly minConfidence?: Confidence;
  /** Default: 100,000. */
  readonly maxFindings?: number;
  /** Narrow history, in git's own words. */
  readonly since?: string;
  readonly branch?: string;
  /** Default: as many as the machine has cores. */
  readonly threads?: number;
  /** Whether objects missing from partial and shallow clones are accepted. Default: `fault`. */
  readonly missingObjects?: 'fault' | 'accept';
  /** Default: nothing is asked and nothing leaves the machine. */
  readonly verify?: AskCloud;
}

export interface VerifyOptions extends Common, AskCloud {}

const SILENT: Progress = { update: () => {} };

/**
 * Searches files, directories, repositories and stdin (`-`). Findings carry their secrets in the clear: mask them before
 * you show or store them.
 *
 * @throws AkscanError for a target that is missing or a configuration that is wrong
 */
export const scan = async (targets: string | readonly string[], options: ScanOptions = {}): Promise<Report> => {
  const named = typeof targets === 'string' ? [targets] : targets;
  const loaded = await loadConfiguration(options.configuration ?? { from: 'none' }, named);
  const request: ScanRequest = {
    targets: named,
    worktree: options.read !== 'history',
    history: options.read !== 'worktree',
    ignored: options.ignoredFiles === 'read',
    include: options.include ?? [],
    exclude: options.exclude ?? [],
    maxSize: options.maxSize ?? null,
    minConfidence: options.minConfidence ?? null,
    maxFindings: options.maxFindings ?? 100_000,
    since: options.since ?? null,
    branch: options.branch ?? null,
    threads: options.threads ?? availableParallelism(),
    allowPartial: options.missingObjects === 'accept',
    baseline: 'honour',
    asking: askingOf(options.verify ?? {}),
    signal: options.signal ?? new AbortController().signal,
    progress: options.progress ?? SILENT,
  };
  return scanTargets(request, loaded);
};

/**
 * Asks the cloud about findings, those of `scan` or those of a report. Masked secrets are read again where they were found.
 * Asks by inventory unless told otherwise.
 *
 * @throws AkscanError when the caller's own credentials are needed and not there
 */
export const verify = async (findings: readonly Finding[], options: VerifyOptions = {}): Promise<Report> => {
  const { verifyFindings } = await import('./verify.js');
  const asked = options.inventory === true || options.probe === true;
  return verifyFindings(findings, {
    asking: askingOf(asked ? options : { ...options, inventory: true }),
    signal: options.signal ?? new AbortController().signal,
    progress: options.progress ?? SILENT,
  });
};

const askingOf = ({ inventory, probe, profiles, activity, endpoints }: AskCloud) => ({
  inventory: inventory === true,
  probe: probe === true,
  activity: inventory === true && activity === true,
  profiles: profiles ?? [],
  endpoints: endpoints ?? {},
});
