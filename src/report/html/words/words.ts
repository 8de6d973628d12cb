// Every sentence that the page itself says, in one language. A language is one table of this shape, complete by its type.

import type { Kind } from '../../../detect/types.js';
import type { Finding, Power, Severity, Summary, Verdict, VerdictState } from '../../../findings/model.js';
import type { Reach } from '../../reach.js';
import type { Language } from '../../types.js';

export interface Totals {
  readonly found: number;
  readonly live: number;
  /** Of the live ones. */
  readonly root: number;
  /** Of the live ones, without root keys. */
  readonly administrators: number;
  /** Not proven to work, and not proven not to. */
  readonly open: number;
  readonly off: number;
  /** Whether anybody was asked about any of them. */
  readonly asked: boolean;
  /** How much of what was to be read was. */
  readonly reach: Reach;
}

export type Column = 'severity' | 'key' | 'state' | 'where' | 'since' | 'used';

export interface Words {
  readonly lang: Language;
  /** Between parts of one line. */
  readonly comma: string;
  readonly title: (totals: Totals) => string;
  /** What the page is, over its headline. */
  readonly kicker: string;
  readonly written: (moment: string) => string;
  readonly asOf: (moment: string) => string;
  readonly headline: (totals: Totals) => string;
  readonly lead: (totals: Totals) => string;
  readonly interrupted: string;
  readonly incomplete: (faults: number) => string;
  readonly holdsSecrets: string;

  readonly figures: {
    readonly found: string;
    readonly live: string;
    readonly root: string;
    readonly administrators: string;
    readonly open: string;
    readonly off: string;
  };
  readonly pictures: {
    readonly heading: string;
    readonly byState: string;
    readonly byTarget: string;
    readonly byFolder: string;
    readonly topFolder: string;
    readonly byAge: string;
    readonly others: (count: number) => string;
    readonly undated: (count: number) => string;
    readonly noDates: string;
    readonly before: (period: string) => string;
    /** `2021: 4, of which 2 live`, for those who do not see the picture. */
    readonly column: (period: string, all: number, live: number) => string;
    readonly tones: Readonly<Record<'worst' | 'live' | 'open' | 'off', string>>;
  };
  readonly liveRoot: string;
  readonly liveAdministrator: string;

  readonly columns: Readonly<Record<Column, string>>;
  readonly severities: Readonly<Record<Severity, string>>;
  readonly states: Readonly<Record<VerdictState, string>>;
  readonly kinds: Readonly<Record<Kind, string>>;
  readonly ranks: Readonly<Record<'root' | 'administrator', string>>;
  readonly ways: Readonly<Record<'inventory' | 'probe', string>>;
  /** What a power lets its holder do. */
  readonly powers: (power: Power) => string;
  readonly who: (verdict: Verdict) => string;
  readonly marks: (finding: Finding) => readonly string[];

  readonly findings: string;
  readonly noId: string;
  readonly disputed: string;
  readonly neverUsed: string;
  readonly notKnown: string;
  readonly noPowers: string;
  readonly onCondition: (power: string) => string;
  readonly throughGroup: (policy: string, group: string) => string;
  readonly andMore: (count: number) => string;
  readonly morePlaces: (count: number) => string;
  readonly next: string;
  readonly meaning: string;
  readonly verdict: string;
  readonly places: string;
  readonly powersLabel: string;
  readonly policies: string;
  readonly lastUse: string;
  readonly activity: string;
  readonly fingerprint: string;
  readonly secret: string;

  /** For the page as it is without its script. */
  readonly firstOnly: (shown: number, all: number) => string;
  readonly filters: {
    readonly heading: string;
    readonly search: string;
    readonly severity: string;
    readonly state: string;
    readonly rank: string;
    readonly target: string;
    readonly any: string;
    readonly noRank: string;
    readonly clear: string;
  };
  readonly showing: (shown: number, matching: number, all: number) => string;
  readonly sortedBy: (column: string, descending: boolean) => string;
  readonly showMore: (count: number) => string;
  readonly nothingMatches: string;

  readonly closing: string;
  readonly read: (summary: Summary, seconds: number) => string;
  readonly suppressed: (summary: Summary) => string | null;
  readonly skipped: (count: number) => string;
  readonly notes: string;
  readonly glossary: string;
  readonly terms: readonly (readonly [string, string])[];
  readonly masked: string;
}
