// What an audit remembers, as its coordinator sees it: which repositories there are, what was read of them, what was found and
// where, what was said of it. One process writes; a run that was killed goes on where its last saved outcome ends.

import type { TrendEntry } from '../../findings/audit.js';
import type { Collected } from '../../findings/collect.js';
import type { Counts, Skipped, Summary, Verdict } from '../../findings/model.js';
import type { Family, FamilyQuestion, Knowledge, LastScan, Outcome, Repository, RepositoryState } from '../types.js';

/** Where a store is kept (place.ts reads it from `--store` and the environment). */
export type StorePlace =
  | { readonly kind: 'file'; readonly file: string }
  /** Gone with the process. */
  | { readonly kind: 'memory' }
  /** Without a password in the URL; null: the server wants none. */
  | { readonly kind: 'postgres'; readonly url: string; readonly password: string | null };

export interface StoreOptions {
  readonly env: NodeJS.ProcessEnv;
  /** `sealed`: with the secrets, under the key AKSCAN_STORE_KEY. */
  readonly secrets: 'left-out' | 'sealed';
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

export interface RunRequest {
  /** As they were named, in any order: runs over the same ones are compared. */
  readonly sources: readonly string[];
  /** What narrows their repositories, as JSON: another filter is another comparison. */
  readonly filters: unknown;
  /**
   * What it means that a complete listing no longer names a repository that the last one named. `left-out`: nothing, since a
   * filter lets others through as time goes by (`--since`), or as they change (`--archived exclude`).
   */
  readonly missing: 'gone' | 'left-out';
  /** What the run was asked for, as JSON and without anything secret; given back by `unfinished`. */
  readonly settings: unknown;
}

export interface Run extends RunRequest {
  readonly id: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Whether all sources were listed to their end. */
  readonly listed: boolean;
}

/** A source that could not be listed, or a repository that it would not show. */
export interface Unlisted {
  readonly source: string;
  /** The repository's name; null: the source itself. */
  readonly name: string | null;
  readonly state: 'denied' | 'gone' | 'fault';
  readonly reason: string;
}

export interface Pending {
  readonly repository: Repository;
  readonly last: LastScan | null;
}

/**
 * `saved`. `known`: the run has an outcome of this repository already, and keeps that one. `refused`: it is another run's, or
 * of a repository that this run does not have.
 */
export type Saved = 'saved' | 'known' | 'refused';

/** A finding over all repositories of a run. */
export interface Stored extends Collected {
  /** Names the credential in this store; says nothing of its secret. */
  readonly credential: string;
}

export interface StoredFindings {
  /** In canonical order, without verdicts. */
  readonly findings: readonly Stored[];
  /** Above the limit: those that sort last are not among `findings`. */
  readonly leftOut: number;
}

export interface StoredCredential {
  readonly credential: string;
  readonly accessKeyId: string | null;
  /** Null: there is none, or it is not stored (`secretSha256` tells). */
  readonly secret: string | null;
  readonly token: string | null;
  readonly secretSha256: string | null;
  readonly fingerprint: string;
  /** Of the first commit that holds it in any repository, ISO 8601; null when that is not known. */
  readonly firstDate: string | null;
}

export interface StoredVerdict {
  readonly credential: string;
  readonly verdict: Verdict;
  readonly verdicts: readonly Verdict[];
}

/** What is known of one credential in one repository. */
export interface Fact {
  readonly credential: string;
  readonly fingerprint: string;
  readonly secretSha256: string | null;
  readonly accessKeyId: string | null;
  readonly repository: Repository;
  /** All of them, also those that no finding lists. */
  readonly places: number;
  /** Author dates of the commits that brought places in, ISO 8601, the earliest and the latest. */
  readonly firstDate: string | null;
  readonly lastDate: string | null;
  /** `Name <address>`, sorted; at most 20. */
  readonly authors: readonly string[];
  readonly inHead: boolean;
  /** False: it was not read in this run, and this is what an earlier one saw. */
  readonly read: boolean;
}

export interface StoredRepository {
  readonly repository: Repository;
  /** `pending`: no outcome yet. `unlisted`: known from the run before, and this run's listing is not complete. */
  readonly state: RepositoryState | 'pending' | 'unlisted';
  readonly reason: string | null;
  /** How many credentials it holds, as far as is known. */
  readonly findings: number;
  readonly attempts: number;
  /** When its history was read last, ISO 8601. */
  readonly readAt: string | null;
}

/** How far a run is. */
export interface Progress {
  readonly repositories: number;
  /** Without an outcome. */
  readonly pending: number;
}

/** What was read in all; what unchanged repositories had to say before is part of it. */
export interface Totals {
  readonly counts: Counts;
  readonly suppressed: Summary['suppressed'];
  /** In canonical order, at most 10,000; the counts are of all. */
  readonly skipped: readonly Skipped[];
  readonly skippedCounts: Readonly<Record<Skipped['because'], number>>;
  /** Sorted, each once, at most 1,000. */
  readonly notes: readonly string[];
  readonly repositories: number;
  /** Absent is none. */
  readonly byState: Readonly<Partial<Record<StoredRepository['state'], number>>>;
}

/** With what decides whether a report shows it. */
export interface StoredTrend extends TrendEntry {
  readonly credential: string;
  readonly allowed: boolean;
  readonly confidence: Collected['finding']['confidence'];
  /** As the run before was told; null: it did not have it, nobody was asked, or whoever should have been told was not. */
  readonly wasLive: boolean | null;
}

export interface Trend {
  /** Null: there is no finished run over the same sources before this one. */
  readonly entries: readonly StoredTrend[] | null;
  /** When that one ended, ISO 8601. */
  readonly lastRunAt: string | null;
}

export interface Store extends Knowledge {
  begin(request: RunRequest): Promise<Run>;
  /** The latest run over these sources (null: over any), if it was not finished. */
  unfinished(over: Pick<RunRequest, 'sources' | 'filters'> | null): Promise<Run | null>;

  /** Of a run whose listing was cut off: what could not be listed then may be now. */
  listAnew(run: Run): Promise<void>;
  /** In batches of any size. One that is there already counts once. */
  listed(run: Run, repositories: readonly Repository[]): Promise<void>;
  unlisted(run: Run, what: Unlisted): Promise<void>;
  listingDone(run: Run): Promise<void>;
  unlistedOf(run: Run): Promise<readonly Unlisted[]>;

  /**
   * Those without an outcome, large ones first. What is listed or saved meanwhile may come or not; nothing comes twice.
   * @param secrets `needed`: to probe. Repositories that hold a secret that is not at hand come, too, with `last: null`
   */
  pending(run: Run, secrets: 'needed' | 'not needed'): AsyncIterable<Pending>;
  lastScan(repositoryId: string): Promise<LastScan | null>;
  family(question: FamilyQuestion): Promise<Family | null>;
  /**
   * All of it or nothing, and for good: it is on the disk when this settles.
   * @param attempts how often it was tried
   */
  save(run: Run, outcome: Outcome, attempts?: number): Promise<Saved>;

  /** Distinct ones, in no order that means anything. */
  credentials(run: Run): AsyncIterable<StoredCredential>;
  /** @param secrets what an answer may have repeated, and is not to be kept */
  saveVerdicts(run: Run, verdicts: readonly StoredVerdict[], secrets?: Iterable<string | null>): Promise<void>;
  /** Of this run, by credential. */
  verdicts(run: Run): Promise<ReadonlyMap<string, StoredVerdict>>;
  /**
   * The same bytes however the outcomes arrived. Where secrets are not stored, `secret` is null, and `token` the mask of a token
   * that there is.
   */
  findings(run: Run): Promise<StoredFindings>;
  facts(run: Run): AsyncIterable<Fact>;
  repositories(run: Run): AsyncIterable<StoredRepository>;
  progress(run: Run): Promise<Progress>;
  totals(run: Run): Promise<Totals>;
  /** The same before and after `finish`. */
  trend(run: Run): Promise<Trend>;
  /**
   * From now on later runs are compared with it. Again: nothing.
   * @param untold credentials that somebody should have been told of, and was not
   */
  finish(run: Run, untold?: ReadonlySet<string>): Promise<void>;
  close(): Promise<void>;
}
