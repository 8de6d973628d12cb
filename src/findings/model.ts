// The model every stage after detection speaks: a finding is one credential with all the places it was seen at and what
// is known of it. These types are the JSON output (docs/output.md, schema/finding.schema.json): fields may be added
// within `schema: 1`, never changed.

import type { Confidence, Encoding, Kind } from '../detect/types.js';
import type { AuditSummary } from './audit.js';

export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** Where bytes came from. `message` is the text of a commit or tag; `file` one outside any repository. */
export type OccurrenceSource = 'worktree' | 'index' | 'history' | 'message' | 'stdin' | 'file';

/** What keeps an object that no ref reaches from being swept up. */
export interface KeptBy {
  /**
   * `reflog`: a commit amended or reset away. `stash`: an older stash. `index`: staged in another work tree. `nothing`:
   * git may drop it at any time, or somebody has its name.
   */
  readonly by: 'reflog' | 'stash' | 'index' | 'nothing';
  /** Whose reflog (`refs/heads/main`, `HEAD`, `worktrees/NAME/HEAD`), or which work tree's index (`worktrees/NAME`). */
  readonly name?: string;
}

/** One place at which a credential was seen: one for each (source, path, line, column), not for each version of it. */
export interface Occurrence {
  readonly source: OccurrenceSource;
  /** The target it was seen under, when that is another than the finding's own. */
  readonly target?: string;
  /** Relative to the target, with `/`; null for stdin and messages. */
  readonly path: string | null;
  readonly line: number;
  /** 1-based, in Unicode code points of the decoded text. */
  readonly column: number;
  /** Bytes from the start of the file, blob or message. */
  readonly offset: number;
  readonly secretLine?: number;
  readonly secretColumn?: number;
  readonly secretOffset?: number;
  /** Set when the secret stands in another file than the ID. */
  readonly secretPath?: string;
  readonly encoding: readonly Encoding[];
  /** The blob (for `message`: the commit or tag object) in which the place was seen; the oldest when there are several. */
  readonly blob?: string;
  /** How many versions of the file hold it at this place or, moved, at another. */
  readonly blobs?: number;
  /** The commit that brought it in. */
  readonly commit?: string;
  /** `Name <address>` of that commit's author. */
  readonly author?: string;
  /** That commit's author date, ISO 8601 with its zone. */
  readonly date?: string;
  /** The last commit whose tree holds it, when it is not in HEAD any more and that is known. */
  readonly lastCommit?: string;
  /** True when no ref reaches the object (stash dropped, commit amended or reset away). */
  readonly unreachable?: boolean;
  /** Only where it is unreachable. */
  readonly keptBy?: KeptBy;
  readonly inHead?: boolean;
  /** With `--where`: every path it ever had, sorted; `pathsLeftOut` counts those beyond 100. */
  readonly paths?: readonly string[];
  readonly pathsLeftOut?: number;
  /** With `--where`: the refs that reach it, whole names, sorted; `refsLeftOut` counts those beyond 100. */
  readonly refs?: readonly string[];
  readonly refsLeftOut?: number;
}

export type VerdictState =
  | 'live'
  | 'restricted'
  | 'disabled'
  | 'deleted'
  | 'not-found'
  | 'wrong-secret'
  | 'expired'
  | 'unknown'
  | 'unchecked';

export type Principal = 'root' | 'ram-user' | 'assumed-role';

/**
 * What its policies let a key do, worst first. `everything`: the root account. `ram-write` can make itself an administrator:
 * it creates users or keys, or attaches policies. `other`: allowed something that is none of these.
 */
export const POWERS = [
  'everything',
  'administrator',
  'ram-write',
  'assume-roles',
  'run-commands',
  'hide-traces',
  'decrypt',
  'spend-money',
  'oss-read-all',
  'oss-write-all',
  'database-access',
  'send-messages',
  'oss-read-some',
  'oss-write-some',
  'read-logs',
  'ram-read',
  'other',
] as const;

export type Power = (typeof POWERS)[number];

/** A policy that reaches a principal. */
export interface AttachedPolicy {
  readonly name: string;
  readonly type: 'System' | 'Custom';
  readonly through: 'user' | 'group' | 'role';
  /** The group's name. */
  readonly group?: string;
}

/** What a key did, from ActionTrail. Times are ISO 8601. */
export interface Activity {
  /** The time that was asked about: at most 90 days. */
  readonly from: string;
  readonly to: string;
  /** The one region whose events were read: those of other regions are not among them. */
  readonly region: string;
  readonly events: number;
  /** False when there are more events than were read. */
  readonly complete: boolean;
  /** What could not be read and why. */
  readonly reason?: string;
  readonly failures: number;
  readonly first?: string;
  readonly last?: string;
  /** How many events came after the key got out. */
  readonly sinceLeak?: number;
  /** There may be more: it got out before the time that was asked about, or not all events were read. */
  readonly sinceLeakAtLeast?: true;
  /** Services that it was used with in the last 400 days, in every region, the latest use of each. */
  readonly products?: readonly { readonly service: string; readonly last: string }[];
  /** Most events first. */
  readonly services: readonly {
    readonly service: string;
    readonly events: number;
    readonly failures: number;
    readonly actions: readonly { readonly action: string; readonly events: number; readonly failures: number }[];
  }[];
  readonly addresses: readonly {
    readonly address: string;
    readonly events: number;
    readonly first: string;
    readonly last: string;
    /** First seen after the key got out. */
    readonly sinceLeak?: true;
  }[];
  /** What looks like an attacker's first moves, oldest first. */
  readonly moves: readonly {
    readonly at: string;
    readonly action: string;
    readonly address: string | null;
    /** Half a sentence: `creates a user`. */
    readonly why: string;
    readonly failed?: true;
  }[];
  /** Users, keys, passwords, roles, policies made with it: what disabling the key does not end. */
  readonly created: readonly {
    readonly kind:
      | 'user'
      | 'access-key'
      | 'login'
      | 'role'
      | 'policy'
      | 'group'
      | 'attachment'
      | 'session'
      | 'instance';
    readonly name: string;
    readonly at: string;
    /** Of a key or a session. */
    readonly accessKeyId?: string;
    /** When a session ends. */
    readonly until?: string;
  }[];
  /** How many entries of these lists are not listed. */
  readonly leftOut?: number;
}

/** What one way of asking said. */
export interface Verdict {
  readonly state: VerdictState;
  /** `inventory`: looked up with the auditor's own credentials. `probe`: the leaked pair itself asked STS who it is. */
  readonly how: 'inventory' | 'probe' | null;
  /** Why, in one sentence; always there for `unknown`. */
  readonly reason?: string;
  readonly principal?: Principal;
  /** The account's UID. */
  readonly account?: string;
  /** Of `inventory`: accounts that were searched whole and do not have it. */
  readonly notIn?: readonly string[];
  /** Of `inventory`: accounts that could not be searched whole, and may have it. */
  readonly partlyIn?: readonly string[];
  /** RAM user name, or role name. */
  readonly user?: string;
  readonly arn?: string;
  /** False when only the ID was looked up and the secret may be anything. */
  readonly secretProven?: boolean;
  /** ISO 8601. */
  readonly lastUsed?: string;
  readonly lastUsedService?: string;
  /** The account says that it was never used. Without this and `lastUsed`, nobody knows. */
  readonly neverUsed?: true;
  /** When akscan itself probed it, ISO 8601: the only use that is known, which hides any before it. Nobody used it since. */
  readonly ownProbe?: string;
  /** The API's own code, such as `InvalidAccessKeyId.Inactive`. */
  readonly code?: string;
  /** When it was asked, ISO 8601, whole seconds. */
  readonly checkedAt?: string;
  /** The name of a role's session. */
  readonly session?: string;
  /** Absent when nothing of them could be read; `powersReason` says why. */
  readonly powers?: readonly Power[];
  /** Those of `powers` that hold only under a condition of their policy, such as an address. */
  readonly conditional?: readonly Power[];
  readonly policies?: readonly AttachedPolicy[];
  /** What of its powers could not be read, and why. */
  readonly powersReason?: string;
  readonly activity?: Activity;
}

export interface Finding {
  readonly type: 'finding';
  readonly schema: 1;
  readonly rule: string;
  readonly kind: Kind;
  /** The target as it was named on the command line. */
  readonly target: string;
  readonly accessKeyId: string | null;
  /** The secret in the clear, inside the process. Writers mask it unless `--show-secrets` (src/report/mask.ts). */
  readonly secret: string | null;
  readonly token: string | null;
  /** SHA-256 of the secret, hex; null without a secret. */
  readonly secretSha256: string | null;
  /** SHA-256 of a version tag and the ID (of the secret where there is no ID), hex: survives rebase, move, reformat. */
  readonly fingerprint: string;
  readonly confidence: Confidence;
  readonly severity: Severity;
  /** In canonical order. */
  readonly occurrences: readonly Occurrence[];
  /** How many more places there are than are listed; absent when all are. */
  readonly occurrencesLeftOut?: number;
  /** True while the work tree or HEAD holds it; absent outside repositories. */
  readonly inHead?: boolean;
  /** True when every place is reached by no ref. */
  readonly unreachable?: boolean;
  /** `range` only: another branch, a tag, or the history below the range holds it, too. */
  readonly knownElsewhere?: boolean;
  /** `range` only: added and taken out again inside the range, so that its commits still hold it and its files do not. */
  readonly removedInRange?: boolean;
  /** `--since-scan` only: the scan before this one reported it. */
  readonly carriedOver?: boolean;
  /**
   * STS only: when it ends, as the text beside it says, ISO 8601. Whoever wrote the file may have written anything: no state
   * and no severity hangs on it.
   */
  readonly claimedExpiry?: string;
  /** The decisive verdict; `unchecked` when nothing was asked. */
  readonly verdict: Verdict;
  /** All verdicts, one for each way of asking. */
  readonly verdicts: readonly Verdict[];
  /** What the verdict means, one sentence; absent when nobody was asked. */
  readonly meaning?: string;
  /** What to do next, one sentence. */
  readonly next: string;
}

/** Something that should have been read and was not. */
export interface Skipped {
  readonly type: 'skipped';
  readonly schema: 1;
  readonly target: string;
  /** A path, an object id, or null for the target itself. */
  readonly what: string | null;
  /** One sentence. */
  readonly reason: string;
  /**
   * `fault` ends in exit code 2: unreadable, corrupt, missing, a default cap. `limit` does not: left out because the
   * user said so (--max-size, --exclude) or because it is no regular file.
   */
  readonly because: 'fault' | 'limit';
}

/** What was read, for the summary. */
export interface Counts {
  readonly files: number;
  readonly objects: number;
  readonly bytes: number;
}

export interface Summary {
  readonly type: 'summary';
  readonly schema: 1;
  readonly findings: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly live: number;
  readonly root: number;
  readonly counts: Counts;
  /** Findings not shown, by why. */
  readonly suppressed: {
    readonly allow: number;
    readonly ignore: number;
    readonly baseline: number;
    readonly confidence: number;
  };
  readonly skipped: { readonly fault: number; readonly limit: number };
  /** Things a person should know that are no findings: histories not read, stale ignore entries, ignored files not read. */
  readonly notes: readonly string[];
  /** True when the run was stopped before its end: what is listed is what had been found by then. */
  readonly interrupted?: true;
  /** Of an audit. */
  readonly audit?: AuditSummary;
}

export interface Report {
  readonly findings: readonly Finding[];
  readonly skipped: readonly Skipped[];
  readonly summary: Summary;
}
