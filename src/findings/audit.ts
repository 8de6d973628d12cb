// What the report of an audit says beyond its findings: which repositories were read and which not, and what has changed
// since the last run. The types are part of the JSON output (docs/audit-report.md, schema/finding.schema.json): fields may be
// added within `schema: 1`, never changed. No time of the run is in them, so that reports can be compared byte for byte.

/**
 * How it ended for one repository. `unchanged`: nothing in it has changed since it was read last. `empty`: there is no object
 * in it. `too-large`: left out because the user said so. `denied`: the credentials may not read it, or there are none. `gone`:
 * it is not there any more. `broken`: it is there, and could not be read, or not whole.
 */
export const REPOSITORY_STATES = ['scanned', 'unchanged', 'empty', 'too-large', 'denied', 'gone', 'broken'] as const;

export type RepositoryState = (typeof REPOSITORY_STATES)[number];

/** `unlisted`: a source that could not say which repositories it has, or not all of them. */
export const NOT_READ_STATES = ['unlisted', 'broken', 'denied', 'too-large', 'gone'] as const;

export type NotReadState = (typeof NOT_READ_STATES)[number];

export interface RepositoryNotRead {
  /** As findings call it; of `unlisted` the source, as it was named on the command line. */
  readonly name: string;
  readonly state: NotReadState;
  /** One sentence. */
  readonly reason: string | null;
}

/**
 * What became of a credential since the last run over the same sources. `new`: seen for the first time. `gone`: no place
 * holds it any more. `fixed`: it was live and is off now. `rotated`: HEAD holds it nowhere any more, and another key stands
 * in one of its places.
 */
export const TRENDS = ['new', 'still-there', 'rotated', 'fixed', 'gone'] as const;

export type Trend = (typeof TRENDS)[number];

/** A credential is known by both: one ID may have been found with several secrets. */
export interface TrendEntry {
  readonly fingerprint: string;
  readonly secretSha256: string | null;
  readonly trend: Trend;
  /** Whole; null when only a secret is known. */
  readonly accessKeyId: string | null;
  /** One of the repositories it is, or was, in. */
  readonly repository: string | null;
}

export interface AuditTrend {
  readonly counts: Readonly<Record<Trend, number>>;
  /** All but those that are still there, by trend, then by fingerprint. */
  readonly changed: readonly TrendEntry[];
}

/** Where all places of a finding are that has more than are listed. */
export interface Spread {
  readonly fingerprint: string;
  readonly secretSha256: string | null;
  /** Of the oldest commit that holds it in any repository, ISO 8601. */
  readonly firstDate: string | null;
  /** All repositories that hold it, by name; at most 10,000. */
  readonly repositories: readonly string[];
  readonly repositoriesLeftOut?: number;
}

export interface AuditSummary {
  readonly repositories: {
    readonly total: number;
    readonly byState: Readonly<Record<RepositoryState, number>>;
  };
  /** By state, then by name; at most 1,000. */
  readonly notRead: readonly RepositoryNotRead[];
  /** How many more there are than are listed; absent when all are. */
  readonly notReadLeftOut?: number;
  /** Null when there is no run before this one. */
  readonly trend: AuditTrend | null;
  /** Of findings with more places than are listed, in their order; absent when there are none. */
  readonly spread?: readonly Spread[];
}
