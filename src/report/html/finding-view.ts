// One finding as the page shows it: words and numbers, ready to be laid out. The script in the page sorts and filters these,
// and lays out those beyond the first by the same function that laid out the first (row.ts).

import type { Kind } from '../../detect/types.js';
import type { Severity, VerdictState } from '../../findings/model.js';

/** How bad at a glance. `worst`: live, and the root's or an administrator's. `open`: nobody knows, or only half of it is. */
export type Tone = 'worst' | 'live' | 'open' | 'off';

export const TONES: readonly Tone[] = ['worst', 'live', 'open', 'off'];

/** A name and what is said under it. */
export interface Titled {
  readonly title: string;
  readonly said: readonly string[];
}

export interface FindingView {
  readonly severity: Severity;
  readonly state: VerdictState;
  readonly tone: Tone;
  readonly rank: 'root' | 'administrator' | null;
  readonly id: string | null;
  readonly kind: Kind;
  /** `RAM user alice, account 1234`; empty when nothing of it is known. */
  readonly who: string;
  /** Its account says that it is off, and STS takes it all the same. */
  readonly disputed: boolean;
  readonly target: string;
  readonly where: string;
  readonly places: readonly Titled[];
  /** Places beyond those listed. */
  readonly morePlaces: number;
  /** `2021-03-04`, and who brought it in; empty when history does not say. */
  readonly since: string;
  readonly author: string;
  /** ISO 8601, empty when not known; `never` when the account says so. */
  readonly used: string;
  readonly usedWith: string;
  readonly marks: readonly string[];
  readonly meaning: string;
  readonly next: string;
  readonly ways: readonly Titled[];
  readonly powers: readonly string[];
  readonly policies: readonly string[];
  readonly activity: readonly string[];
  readonly fingerprint: string;
  /** Only where it was asked for. */
  readonly secrets: readonly string[];
}
