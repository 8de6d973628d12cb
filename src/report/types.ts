// What a report format is: a function from a report to pieces of text. A new format is one file and one line in
// formats.ts.

import type { Report } from '../findings/model.js';
import type { Link } from './links.js';

/** What a page for people speaks. */
export type Language = 'en' | 'zh-CN';

/** The sides that an organisation can be looked at from, a table each. */
export const AUDIT_TABLES = ['repository', 'account', 'owner', 'age', 'person', 'trend'] as const;

export type AuditTable = (typeof AUDIT_TABLES)[number];

export interface WriteOptions {
  /** Colours and terminal niceties, or plain text. */
  readonly colour: boolean;
  /**
   * Wall time of the run, 0 when it is not known; only formats for people show it, so that others can be compared byte for
   * byte.
   */
  readonly seconds: number;
  /** How wide the terminal is, for formats that break sentences; absent where there is none. */
  readonly columns?: number | undefined;
  /** Makes links of places, on terminals that show them; absent: none. */
  readonly link?: Link | undefined;
  /** `findings`: nothing but the findings (--quiet). */
  readonly detail: 'full' | 'findings';
  /** The exit code that the report gives, for a format that says whether something was refused; absent: 0. */
  readonly ends?: number | undefined;
  /** What was judged, for a format that refuses changes; absent: a change. */
  readonly judged?: 'change' | 'all' | undefined;
  /** Absent: English. */
  readonly lang?: Language | undefined;
  /** What formats for people count ages to; absent: the present moment. */
  readonly now?: Date | undefined;
  /** Of an audit: when the run before it ended, ISO 8601; only formats for people say it. */
  readonly lastRun?: string | null | undefined;
  /** Of an audit that was stopped: what to type to go on with it; null: nothing was kept of it. Absent: not known. */
  readonly goOn?: string | null | undefined;
  /** Of an audit: the table that the text report shows. */
  readonly by?: AuditTable | undefined;
}

/** Pieces rather than one string: a report of 100,000 findings is not held twice. Secrets are masked already. */
export type WriteReport = (report: Report, options: WriteOptions) => Iterable<string>;
