// What containment works with: the state of a key, what may be done to it, and the lines of its log.

import type { ProvenOwner } from '../cloud/types.js';
import type { Sent } from '../cloud/write.js';
import type { Finding, Verdict } from '../findings/model.js';

export type { ProvenOwner } from '../cloud/types.js';
export type { Sent } from '../cloud/write.js';

/** `restrict` pins a key to a list of addresses; `delete` switches it off and puts it in the recycle bin. */
export type ContainMode = 'disable' | 'restrict' | 'delete';

/** A key in the account, as its inventory says. */
export interface KeyState {
  /** `recycled`: in the recycle bin. `gone`: not in the account. */
  readonly status: 'Active' | 'Inactive' | 'recycled' | 'gone';
  /** Its network policy, JSON as the API gave it; null when it has none; absent when it was not or could not be read. */
  readonly policy?: string | null;
}

/** The last use of a key, other than by akscan's own probes. */
export interface RecentUse {
  /** ISO 8601. */
  readonly at: string;
  /** Services that would break. */
  readonly services: readonly string[];
  /** A later probe of akscan's own, which hides any use between the two. */
  readonly ownProbe?: string;
}

/** Only akscan's own probe is known: it hides any use before it, and since then there was none. */
export interface OwnUse {
  readonly at?: never;
  /** ISO 8601. */
  readonly ownProbe: string;
}

/** One AccessKey ID of a report, with everything that decides what may be done. */
export interface Candidate {
  readonly accessKeyId: string;
  /** All findings of this ID, with the verdicts of this run. */
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
  readonly owner: ProvenOwner | null;
  /** Whether the auditor's credentials are this key or another of the same user. */
  readonly own: 'no' | 'this-key' | 'same-user' | 'same-root';
  /** Which credentials would act, for a sentence: `the profile "audit"`; null when none can. */
  readonly actsWith: string | null;
  /** The report said `wrong-secret`; a run that does not ask STS anew does not know better. */
  readonly wrongBefore?: true;
  /** Null: not used, or by nobody but ourselves. `unread`: could not be read. */
  readonly use: RecentUse | OwnUse | 'unread' | null;
}

export type Call =
  | { readonly api: 'UpdateAccessKey'; readonly status: 'Active' | 'Inactive' }
  | { readonly api: 'SetAccessKeyPolicy'; readonly policy: string }
  | { readonly api: 'DeleteAccessKey' }
  | { readonly api: 'RestoreAccessKeyFromRecycleBin' };

export type GuardName =
  | 'not-asked-for'
  | 'own-key'
  | 'not-proven'
  | 'other-account'
  | 'account-not-named'
  | 'wrong-secret'
  | 'secret-unknown'
  | 'confidence'
  | 'in-use'
  | 'too-many'
  | 'temporary'
  | 'no-address';

export type Decision =
  | { readonly kind: 'act'; readonly calls: readonly Call[] }
  /** Off already, by the inventory of this run. */
  | { readonly kind: 'off'; readonly why: string }
  /** Nobody here may; what the account's owner has to do. */
  | {
      readonly kind: 'by-hand';
      readonly why: string;
      readonly steps: readonly string[];
      readonly command: string | null;
    }
  | { readonly kind: 'refused'; readonly guard: GuardName; readonly why: string };

export interface Planned {
  readonly candidate: Candidate;
  readonly decision: Decision;
}

export interface Plan {
  readonly mode: ContainMode;
  readonly entries: readonly Planned[];
}

/** What a line of the log says, without what binds it to the others. */
export type Entry =
  | {
      readonly type: 'begin';
      readonly does: 'disable' | 'restore' | 'rotate';
      readonly mode: ContainMode | null;
      readonly account: string;
      /** Who ran it, where. */
      readonly who: { readonly user: string; readonly host: string; readonly pid: number };
      /** The principal that signs. */
      readonly arn: string;
      readonly accessKeyId: string;
      readonly endpoints: readonly string[];
    }
  | {
      readonly type: 'intent';
      readonly key: string;
      readonly owner: ProvenOwner;
      readonly call: Call;
      readonly before: KeyState;
    }
  | { readonly type: 'answer'; readonly key: string; readonly call: Call; readonly sent: Sent }
  | {
      readonly type: 'state';
      readonly key: string;
      /** Null: could not be read. */
      readonly after: KeyState | null;
      readonly why?: string;
      /** Written by a later run, in place of one that was killed. */
      readonly recovered?: true;
    }
  | {
      readonly type: 'proof';
      readonly key: string;
      readonly kind: 'refused' | 'accepted' | 'not-asked';
      readonly afterMs: number;
      readonly why: string;
    }
  /** A key is about to be made for the owner of another, which it is to replace. */
  | {
      readonly type: 'create-intent';
      readonly replaces: string;
      readonly owner: ProvenOwner;
      /** The keys that the owner has, by their IDs. */
      readonly before: readonly string[];
    }
  | {
      readonly type: 'create-answer';
      readonly replaces: string;
      readonly sent: Sent;
      /** The ID of the new key; null when none was told. */
      readonly made: string | null;
    }
  | {
      readonly type: 'create-state';
      readonly replaces: string;
      /** Null: could not be read. */
      readonly after: readonly string[] | null;
      /** IDs that were not there before. */
      readonly appeared: readonly string[];
      readonly why?: string;
      readonly recovered?: true;
    }
  /** Where the new secret went, if it did; never the secret. */
  | {
      readonly type: 'handed-over';
      readonly made: string;
      readonly to: 'file' | 'command' | null;
      readonly ok: boolean;
      readonly why?: string;
      readonly recovered?: true;
    }
  | { readonly type: 'end'; readonly off: number; readonly stillLive: number; readonly faults: number };

export type LogLine = Entry & {
  readonly v: 1;
  readonly seq: number;
  /** ISO 8601. */
  readonly at: string;
  /** One run's lines share it. */
  readonly run: string;
  /** SHA-256 of the line before, hex; null on the first. */
  readonly prev: string | null;
};
