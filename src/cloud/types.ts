// What verification is asked and how it may ask. It knows credentials, not files.

import type { Verdict } from '../findings/model.js';
import type { Progress } from '../progress.js';
import type { Probed, ProbeLog } from './probe-log.js';

/** The APIs that are called; `sas` is Security Center. A new one has a version in call.ts and a host in endpoints.ts. */
export type Service = 'ram' | 'ims' | 'sts' | 'actiontrail' | 'sas';

/** Base URLs that replace the public ones; `http:` only for loopback addresses. */
export type Endpoints = Readonly<Partial<Record<Service, string>>>;

/** One distinct credential; each is asked once, however many findings hold it. */
export interface CredentialToVerify {
  readonly accessKeyId: string;
  /** Null: only its ID is known. */
  readonly secret: string | null;
  readonly token: string | null;
  /** When it got out, as far as is known: the date of the first commit that holds it, ISO 8601. */
  readonly leakedAt?: string;
  /** Typed by whoever asks, who wants to know how it is now: an interrupted run's verdict will not do. */
  readonly byHand?: true;
}

export interface VerifyOptions {
  /** Look IDs up with the auditor's own credentials. */
  readonly inventory: boolean;
  /** Let the leaked pair itself ask STS who it is. */
  readonly probe: boolean;
  /**
   * Whose credentials look IDs up: profiles of ~/.aliyun/config.json or ~/.alibabacloud/credentials, each tried in turn.
   * Empty or absent: the default chain.
   */
  readonly profiles?: readonly string[];
  /** With `probe`: sign for IDs without a secret with a made-up one, which tells unknown IDs from existing ones. */
  readonly probeId?: boolean;
  /** With `inventory`: what each key did in the last 90 days, from ActionTrail; slow, 2 requests a second. */
  readonly activity?: boolean;
  readonly endpoints: Endpoints;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly tell?: Tell;
  /** Absent: nothing is kept, and nothing taken from an earlier run. */
  readonly cache?: CachePolicy;
  /** Where probes are noted before they are sent; absent: nowhere. */
  readonly probeLog?: ProbeLog;
  /** Reads the probes that were noted so far; absent: none are known. */
  readonly ownProbes?: () => (accessKeyId: string) => readonly Probed[];
}

/** Verdicts are kept in the user's cache folder; those of a run that was interrupted within the last hour are taken from it. */
export interface CachePolicy {
  /** Take verdicts of any run up to this age, too, in milliseconds; null: none. */
  readonly maxAgeMs: number | null;
}

/** What a report should say besides the verdicts, once each; a fault leaves them incomplete. */
export type Tell = (what: 'note' | 'fault', sentence: string) => void;

export interface CredentialVerdicts {
  /** The one that decides; `unchecked` when nothing was asked. */
  readonly verdict: Verdict;
  /** One for each way of asking. */
  readonly verdicts: readonly Verdict[];
}

/** Whose a key is, as this run's own inventory proved: never taken from a report or a cache. */
export type ProvenOwner =
  | { readonly kind: 'root'; readonly account: string }
  | {
      readonly kind: 'user';
      readonly account: string;
      readonly user: string;
      readonly userId: string | null;
      /** `alice@company.onaliyun.com`; null where IMS was not permitted to say it. */
      readonly principalName: string | null;
    };
